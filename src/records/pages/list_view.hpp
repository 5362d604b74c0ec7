#pragma once
// Internal to records/pages: what a list page shows, and the parts that write it (one file each).

#include "records/list_state.hpp"
#include "records/pages/shared.hpp"
#include "records/views.hpp"

namespace greffier::records::pages {

struct ListView {
    Context& context;
    PageServices const& services;
    Register const& kind;
    ListState state;                       ///< as the address says it, or its view
    std::vector<std::string> columns;      ///< shown, in their order
    AboveList above;
    std::optional<SavedView> saved;        ///< the view the list came from
    bool modified = false;                 ///< it says something else by now
    ListPage page = {};

    [[nodiscard]] ListQuery const& query() const { return state.query; }
    [[nodiscard]] Locale const& locale() const { return context.locale; }
    [[nodiscard]] std::string words() const { return locale().text("register." + std::string{kind.slug}); }
    /// The list in another state, the columns and the view it came from kept: `query` is list_address() text.
    [[nodiscard]] std::string link(std::string query) const;
    /// The list as the address shows it, without page: what a view would keep.
    [[nodiscard]] std::string shown_state() const;
};

/// What the address, the view it names and the person's choices make of a list; a bare address opens the person's own
/// default view: then `redirect` says where.
struct FoundList { ListView view; std::string redirect = {}; };
Result<FoundList> find_list(PageServices const& services, Context& context, web::Request const& request);
/// The list's own page size and page, all of the filter, or what was ticked: sent by the form around the table.
struct Selection {
    std::vector<RecordId> ids;
    std::optional<ListQuery> all;
};
Result<Selection> selection_of(Records const& records, Register const& kind, Context const& context, web::Pairs const& form);

void write_views(web::Html& out, ListView const& view);        ///< tabs: by status, by what is wrong, saved ones
void write_filters(web::Html& out, ListView const& view);      ///< search, filters, columns; the filters in force as chips
void write_table(web::Html& out, ListView const& view);        ///< the form around it, with the acts on what is ticked
void write_pager(web::Html& out, ListView const& view);
void write_empty(web::Html& out, ListView const& view);

/// A filter by a coded value, "tags:hr", in the reader's words; as it is when the register knows no such field.
std::string facet_words(Register const& kind, std::string_view facet, Locale const& locale);

/// "name=value" pairs of a state as hidden fields, but `except`.
void hidden_state(web::Html& out, std::string_view state, std::string_view except = "");
/// The CSRF token as the value of one button, for a form whose other buttons are addresses to look at.
void csrf_button(web::Html& out, Context const& context);

}  // namespace greffier::records::pages
