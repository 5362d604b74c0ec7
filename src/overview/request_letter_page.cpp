#include "overview/request_letter_page.hpp"

#include "overview/profile_read.hpp"
#include "overview/request_letter.hpp"
#include "records/attachments.hpp"
#include "records/pages/form.hpp"
#include "records/pages/panel.hpp"
#include "records/pages/paper.hpp"
#include "records/vocabulary.hpp"
#include "web/frame.hpp"

namespace greffier::overview {

using namespace web::literals;
using accounts::Context;
using records::Records;
using request::LetterKind;
using web::Html;
using web::Response;

namespace {

/// Those where data was found; all that were searched as long as nobody said which.
std::vector<SearchedProcessing> searched(records::Registers const& registers, Records const& store, request::Request const& request)
{
    std::vector<SearchedProcessing> all;
    auto const* kind = registers.find("processings");
    if (!kind) return all;
    bool const any_found = std::ranges::any_of(request.searches, [](auto const& one) { return one.result == request::SearchResult::Found; });
    for (auto const& one : request.searches) {
        if (one.processing.uuid.is_nil() || (any_found && one.result != request::SearchResult::Found)) continue;
        if (auto stored = store.find(*kind, RecordId{one.processing.uuid}); stored.ok()) all.push_back({kind->schema, std::move(stored->row)});
    }
    return all;
}

void write_lines(Html& out, web::Markup const& open, std::vector<std::string> const& lines)
{
    out << open;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i > 0) out << "<br>"_h;
        out << lines[i];
    }
    out << "</p>"_h;
}

void write_block(Html& out, LetterBlock const& block)
{
    switch (block.kind) {
    case LetterBlock::Kind::Heading: out << "<h2>"_h << block.text << "</h2>"_h; return;
    case LetterBlock::Kind::Subheading: out << "<h3>"_h << block.text << "</h3>"_h; return;
    case LetterBlock::Kind::Text:
        out << "<p>"_h;
        out.lines(block.text);
        out << "</p>"_h;
        return;
    case LetterBlock::Kind::List:
        out << "<ul>"_h;
        for (auto const& item : block.items) out << "<li>"_h << item << "</li>"_h;
        out << "</ul>"_h;
        return;
    case LetterBlock::Kind::Facts:
        out << "<dl>"_h;
        for (auto const& [noun, words] : block.facts) {
            out << "<dt>"_h << noun << "</dt><dd>"_h;
            out.lines(words);
            out << "</dd>"_h;
        }
        out << "</dl>"_h;
    }
}

/// On screen alone: what the letter would have to say and no record tells.
void write_missing(Html& out, Context const& context, Letter const& letter, std::string const& record, bool editable)
{
    auto const& locale = context.locale;
    if (letter.missing.empty()) return;
    out << "<section class=\"g-alert g-alert--warn g-screen\" aria-labelledby=\"missing-t\">"_h;
    web::icon(out, "alert-triangle");
    out << "<div class=\"g-alert-text\"><h2 id=\"missing-t\">"_h << locale.plural("request_letter.missing", static_cast<std::int64_t>(letter.missing.size())) << "</h2><ul>"_h;
    for (auto const& one : letter.missing) {
        out << "<li>"_h;
        if (editable && !one.field.empty()) {
            out << "<a"_h;
            out.url("href"_h, record + "/edit#" + records::control_id(one.field));
            out << ">"_h << words_of(one, locale) << "</a>"_h;
        } else {
            out << words_of(one, locale);
        }
        out << "</li>"_h;
    }
    out << "</ul></div></section>"_h;
}

void write_sheet(Html& out, Letter const& letter, Locale const& words)
{
    out << "<article class=\"g-letter\""_h;
    out.attr("lang"_h, words.code());
    out << ">"_h;
    write_lines(out, "<p class=\"g-letter-from\">"_h, letter.sender);
    write_lines(out, "<p class=\"g-letter-to\">"_h, letter.recipient);
    out << "<p class=\"g-letter-date\">"_h << letter.place_and_date << "</p><p class=\"g-letter-subject\"><strong>"_h << words.text("request_letter.subject") << words.text("punctuation.colon")
        << letter.subject << "</strong></p>"_h;
    for (auto const& block : letter.blocks) write_block(out, block);
    if (!letter.signature.empty()) out << "<p class=\"g-letter-signature\">"_h << letter.signature << "</p>"_h;
    out << "</article>"_h;
}

/// One file that needs nothing else: read on any machine, printed as it stands.
std::string standing_alone(Letter const& letter, Locale const& words)
{
    Html out;
    out << "<!doctype html>\n<html"_h;
    out.attr("lang"_h, words.code());
    out << "><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>"_h << letter.subject
        << "</title><style>body{font:1rem/1.5 serif;max-width:42rem;margin:3rem auto;padding:0 1rem}.g-letter-to{margin:1.5rem 0 1.5rem 50%}h2,h3{font-size:1rem;margin:1.5rem 0 .5rem}"
           "dt{font-weight:700;margin-top:.5rem}dd{margin:0}@media print{body{margin:0}}</style></head><body>"_h;
    write_sheet(out, letter, words);
    out << "</body></html>\n"_h;
    return std::move(out).take();
}

/// The other language, the button that keeps and the one that prints.
Html actions_of(Context const& context, Language shown, std::string const& here, bool may_keep)
{
    Html actions;
    if (may_keep) {
        actions << "<form method=\"post\""_h;
        actions.url("action"_h, here + "?lang=" + std::string{code_of(shown)});
        actions << ">"_h;
        web::csrf_field(actions, context.frame);
        actions << "<button class=\"btn btn-outline\" type=\"submit\">"_h;
        web::icon(actions, "paperclip");
        actions << " "_h << context.locale.text("request_letter.keep") << "</button></form>"_h;
    }
    actions << records::paper_in_two_languages(context.locale, here, shown);
    return actions;
}

Language language_of(Context const& context, web::Request const& request, request::Request const& asked)
{
    if (auto const wanted = parse_language(request.query.get("lang"))) return *wanted;
    if (asked.language) return *asked.language == request::LetterLanguage::English ? Language::English : Language::French;
    return context.where().language;
}

/// A letter as it would be printed now.
struct Written {
    records::Register const& kind;
    records::Stored stored;
    LetterKind letter_kind;
    Language language;
    Locale words;
    Letter letter;
};

Result<Written> written(OverviewServices const& services, Context& context, web::Request const& request)
{
    auto const letter_kind = request::parse_letter_kind(request.param("kind"));
    auto const id = RecordId::parse(request.param("id"));
    if (request.param("register") != "requests" || !letter_kind || !id) return Error::not_found();
    auto const& registers = records::known_registers(services.machinery, context);
    auto const* kind = registers.find("requests");
    if (!kind) return Error::not_found();
    Records const store(services.machinery, context.where().id, context.who().sight);
    auto const stored = TRY(store.find(*kind, *id));
    auto const asked = TRY(request::request_schema().unpack(stored.row));
    auto const place = records::legal_place(services.machinery, context);
    LetterFacts const facts{asked, stored.head.reference, profile_read(registers, store), searched(registers, store, asked), local_date(context.now, place.zone), place};
    auto const language = language_of(context, request, asked);
    Locale const words(language, place.zone);
    auto letter = write_letter(*letter_kind, facts, words);
    return Written{*kind, stored, *letter_kind, language, words, std::move(letter)};
}

Result<Response> show_letter(OverviewServices const& services, Context& context, web::Request const& request)
{
    auto const one = TRY(written(services, context, request));
    auto const& [kind, stored, letter_kind, language, words, letter] = one;
    auto const record = context.address("/requests/" + stored.head.id.text());
    auto const title = context.locale.text("request.letter." + std::string{code_of(letter_kind)});
    context.frame.title = title;
    context.frame.crumbs = {{context.locale.text("register.requests"), context.address("/requests")}, {stored.head.reference, record}};
    Html out;
    bool const editable = accounts::may(context.who(), web::Permission::WriteRecords) && !context.seeing_as && !kind.is_closed(stored.head.status);
    web::page_head(out, context.frame, title, context.locale.text("request_letter.lead"), actions_of(context, language, record + "/letters/" + std::string{code_of(letter_kind)}, editable && services.vault));
    write_missing(out, context, letter, record, editable);
    write_sheet(out, letter, words);
    return Response::html(web::page(context.frame, out));
}

/// As an attachment, sealed like the others: what was written that day, to be given or proved.
Result<Response> keep_letter(OverviewServices const& services, Context& context, web::Request const& request)
{
    auto const one = TRY(written(services, context, request));
    if (!services.vault) return Error::not_found();
    Records const store(services.machinery, context.where().id, context.who().sight);
    auto const content = standing_alone(one.letter, one.words);
    auto const name = one.stored.head.reference + " " + std::string{request::code_of(one.letter_kind)} + ".html";
    TRY(records::attach(store, *services.vault, one.kind, one.stored.head.id, 0, {std::string_view{content}, name, one.words.text("request.letter." + std::string{request::code_of(one.letter_kind)})},
                        {context.who().id, context.now, context.where().zone}));
    return Response::redirect(context.address("/requests/" + one.stored.head.id.text() + "/attachments?done=letter_kept"));
}

}  // namespace

std::vector<accounts::Route> request_letter_routes(OverviewServices const& services)
{
    return {{web::Method::Get, "/o/{organisation}/{register}/{id}/letters/{kind}", web::Permission::ReadRecords,
             [&services](Context& context, web::Request const& request) { return show_letter(services, context, request); }},
            {web::Method::Post, "/o/{organisation}/{register}/{id}/letters/{kind}", web::Permission::WriteRecords,
             [&services](Context& context, web::Request const& request) { return keep_letter(services, context, request); }}};
}

}  // namespace greffier::overview
