#pragma once
// Internal to records/pages: the pages of bulk acts. One address per act shows what it is at: what is asked and what
// would happen (prepared), how far it is (running), what was done and what was not (done), and the way back.

#include "records/bulk.hpp"
#include "records/pages/shared.hpp"
#include "records/vocabulary.hpp"

namespace greffier::records::pages {

struct BulkPage {
    Context& context;
    PageServices const& services;
    Register const& kind;
    Act act;

    [[nodiscard]] Locale const& locale() const { return context.locale; }
    [[nodiscard]] std::string here() const { return context.address("/bulk-acts/" + act.id.text()); }
    [[nodiscard]] Bulk bulk() const { return {services.machinery, context.where().id, context.who().sight, kind}; }
};

/// What was typed and what is wrong with it.
struct BulkTyped {
    BulkWish wish;
    std::string decided_on, next_review;
    std::vector<FieldError> errors = {};
};

/// Reads the fields of the act's kind; problems of form stand in `errors`.
BulkTyped read_wish(BulkPage const& page, web::Pairs const& form);

web::Response ask_page(BulkPage& page, web::Request const& request, BulkTyped const& typed, int status = 200);
web::Response progress_page(BulkPage& page);
web::Response report_page(BulkPage& page);
web::Response undo_page(BulkPage& page);

/// "Changer l'état", "Importer"…
std::string act_title(std::string_view kind, Locale const& locale);
/// What is asked in one line: "Service : remplacer par « Enfance »".
std::string wish_words(Register const& kind, Act const& act, Locale const& locale);
std::string refusal_words(std::string const& code, Arguments const& arguments, Locale const& locale);
void bulk_crumbs(BulkPage& page, std::string title);
void write_count(web::Html& out, Locale const& locale, std::string const& key, std::int64_t count, bool bad = false);

}  // namespace greffier::records::pages
