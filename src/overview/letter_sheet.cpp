#include "overview/letter_sheet.hpp"

#include "records/pages/form.hpp"
#include "web/frame.hpp"

namespace greffier::overview {

using namespace web::literals;
using accounts::Context;
using web::Html;

namespace {

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

}  // namespace

std::string words_of(Missing const& missing, Locale const& locale) { return locale.text("request_letter.missing." + missing.what, missing.arguments); }

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

Html letter_actions(Context const& context, Language shown, std::string const& here, bool may_keep)
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
    auto const other = shown == Language::French ? Language::English : Language::French;
    actions << "<a class=\"btn btn-outline\""_h;
    actions.url("href"_h, here + "?lang=" + std::string{code_of(other)});
    actions << ">"_h << context.locale.text("request_letter.in_" + std::string{code_of(other)}) << "</a><button class=\"btn btn-primary\" type=\"button\" data-print hidden>"_h;
    web::icon(actions, "printer");
    actions << " "_h << context.locale.text("request_letter.print") << "</button>"_h;
    return actions;
}

}  // namespace greffier::overview
