#include "overview/compliance_pages.hpp"

#include "core/text.hpp"
#include "exchange/html_file.hpp"
#include "schema/show.hpp"
#include "web/html.hpp"

namespace greffier::overview {

using evidence::Found;
using evidence::MapLine;
using records::ToldBlock;
using web::Html;
using namespace web::literals;

namespace {

void close_page(Html& out) { out << "</main></body></html>\n"_h; }

void fact(Html& out, std::string_view label, std::string_view words)
{
    out << "<div><dt>"_h << label << "</dt><dd>"_h;
    out.lines(words);
    out << "</dd></div>"_h;
}

void heading(Html& out, Locale const& locale, std::string_view key) { out << "<section class=\"record\"><h2>"_h << locale.text(key) << "</h2>"_h; }

void paragraph(Html& out, std::string_view words) { out << "<p>"_h << words << "</p>"_h; }

void file_link(Html& out, std::string const& path, std::string_view words)
{
    out << "<a"_h;
    out.url("href"_h, path);
    out << ">"_h << words << "</a>"_h;
}

/// Opens a table as wide as it needs; closed by close_table().
void open_table(Html& out, Locale const& locale, std::string_view caption, std::initializer_list<std::string_view> columns)
{
    auto const words = locale.text(caption);
    out << "<div class=\"sheet\" role=\"region\" tabindex=\"0\""_h;
    out.attr("aria-label"_h, words);
    out << "><table><caption>"_h << words << "</caption><thead><tr>"_h;
    for (auto const key : columns) out << "<th scope=\"col\">"_h << locale.text(key) << "</th>"_h;
    out << "</tr></thead><tbody>"_h;
}
void close_table(Html& out) { out << "</tbody></table></div>"_h; }

std::string names_of(std::vector<records::Register const*> const& kinds, Locale const& locale)
{
    std::vector<std::string> names;
    for (auto const* kind : kinds) names.push_back(locale.text("register." + std::string{kind->slug}));
    return join(names, ", ");
}

std::string held_back_words(FileContents const& contents)
{
    auto const& locale = contents.source.locale;
    std::vector<std::string> all;
    if (!contents.left_out.empty()) all.push_back(locale.text("compliance_file.left_out_registers", {{"registers", names_of(contents.left_out, locale)}}));
    if (!contents.wish.confidential) all.push_back(locale.text("compliance_file.left_out_records"));
    else if (!contents.source.sight.is_everything()) all.push_back(locale.text("export.fact.covers_seen"));
    if (!contents.wish.attachments) all.push_back(locale.text("compliance_file.left_out_attachments"));
    if (contents.unreadable > 0) all.push_back(locale.plural("compliance_file.left_out_destroyed", contents.unreadable));
    return all.empty() ? locale.text("compliance_file.left_out_nothing") : join(all, "\n");
}

void write_facts(Html& out, FileContents const& contents)
{
    auto const& source = contents.source;
    auto const& wish = contents.wish;
    auto const& locale = source.locale;
    auto const now = locale.instant(source.now);
    out << "<dl class=\"facts\">"_h;
    fact(out, locale.text("export.fact.organisation"), source.organisation.name);
    fact(out, locale.text("compliance_file.made_at"), now);
    fact(out, locale.text("compliance_file.asked_by"), source.asked_by);
    if (!wish.reason.empty()) fact(out, locale.text("compliance_file.reason"), locale.text("compliance_file.reason." + wish.reason));
    fact(out, locale.text("export.fact.state"), wish.at ? locale.instant(*wish.at) : locale.text("export.fact.state_now", {{"instant", now}}));
    fact(out, locale.text("compliance_file.scope"), locale.text(wish.registers.empty() ? "compliance_file.scope_all" : "compliance_file.scope_chosen"));
    fact(out, locale.text("compliance_file.left_out"), held_back_words(contents));
    out << "</dl>"_h;
}

void write_registers(Html& out, FileContents const& contents)
{
    auto const& locale = contents.source.locale;
    heading(out, locale, "compliance_file.registers");
    paragraph(out, locale.text("compliance_file.registers_lead"));
    open_table(out, locale, "compliance_file.registers", {"compliance_file.register", "compliance_file.records", "compliance_file.read", "compliance_file.reuse"});
    for (auto const& one : contents.registers) {
        auto const slug = std::string{one.kind->slug};
        auto const path = std::string{compliance_part::registers} + slug;
        out << "<tr><th scope=\"row\">"_h << locale.text("register." + slug) << "</th><td>"_h << locale.number(one.records) << "</td><td>"_h;
        if (one.records == 0) out << locale.text("export.no_record") << "</td><td>"_h;
        else {
            file_link(out, path + ".html", slug + ".html");
            out << "</td><td>"_h;
            file_link(out, path + ".csv", "CSV");
            out << " · "_h;
            file_link(out, path + ".json", "JSON");
        }
        out << "</td></tr>"_h;
    }
    close_table(out);
    out << "</section>"_h;
}

void write_documents(Html& out, FileContents const& contents)
{
    auto const& locale = contents.source.locale;
    heading(out, locale, "compliance_file.documents");
    out << "<p>"_h;
    file_link(out, std::string{compliance_part::map}, locale.text("evidence.map"));
    out << "</p>"_h;
    paragraph(out, locale.text("compliance_file.documents_count", {{"texts", locale.number(contents.texts)}, {"documents", locale.number(contents.documents)}}));
    out << "<ul>"_h;
    for (auto const& part : contents.parts) {
        if (!part.name.starts_with(compliance_part::texts) && !part.name.starts_with(compliance_part::documents)) continue;
        std::vector<std::string> steps;
        for (auto const& step : split(part.name, '/')) steps.push_back(web::encode_component(step));
        out << "<li>"_h;
        file_link(out, join(steps, "/"), part.name);
        out << "</li>"_h;
    }
    out << "</ul></section>"_h;
}

void write_proof(Html& out, FileContents const& contents)
{
    auto const& locale = contents.source.locale;
    heading(out, locale, "compliance_file.proof");
    paragraph(out, locale.text("compliance_file.proof_log", {{"size", locale.number(static_cast<std::int64_t>(contents.ledger_size))}}));
    out << "<pre>"_h << contents.checkpoint << "</pre>"_h;
    paragraph(out, locale.text("compliance_file.proof_key"));
    out << "<pre>"_h << contents.verifier_key << "</pre><h3>"_h << locale.text("compliance_file.verify") << "</h3>"_h;
    paragraph(out, locale.text("compliance_file.verify_program"));
    out << "<pre>greffier verify "_h << locale.text("compliance_file.verify_name") << "</pre>"_h;
    paragraph(out, locale.text("compliance_file.verify_plain"));
    out << "<pre>sha256sum -c SHA256SUMS</pre>"_h;
    paragraph(out, locale.text("compliance_file.verify_fingerprint"));
    out << "</section>"_h;
}

void write_sums(Html& out, FileContents const& contents)
{
    auto const& locale = contents.source.locale;
    heading(out, locale, "compliance_file.sums");
    open_table(out, locale, "compliance_file.sums", {"compliance_file.file", "compliance_file.size", "compliance_file.sum"});
    for (auto const& part : contents.parts)
        out << "<tr><th scope=\"row\">"_h << part.name << "</th><td>"_h << locale.bytes(part.size) << "</td><td><code>"_h << to_hex(part.sha256) << "</code></td></tr>"_h;
    close_table(out);
    out << "</section>"_h;
}

}  // namespace

std::string index_page(FileContents const& contents)
{
    Html out;
    exchange::open_html_file(out, contents.source.locale, contents.source.locale.text("compliance_file.title_of", {{"organisation", contents.source.organisation.name}}));
    write_facts(out, contents);
    out << "</header><main>"_h;
    write_registers(out, contents);
    write_documents(out, contents);
    write_proof(out, contents);
    write_sums(out, contents);
    close_page(out);
    return std::move(out).take();
}

std::string map_page(FileSource const& source, std::vector<MapLine> const& lines)
{
    auto const& locale = source.locale;
    Html out;
    exchange::open_html_file(out, locale, locale.text("evidence.map"));
    paragraph(out, locale.text("compliance_file.map_lead", {{"organisation", source.organisation.name}}));
    out << "</header><main>"_h;
    open_table(out, locale, "evidence.map", {"evidence.map.expected", "evidence.map.state", "evidence.map.pieces"});
    for (auto const& line : lines) {
        out << "<tr><th scope=\"row\">"_h << locale.text("evidence_expected." + std::string{line.expected->code});
        if (!line.expected->article.empty()) out << "<br><small>"_h << schema::article_words(line.expected->article, locale) << "</small>"_h;
        out << "</th><td>"_h << locale.text("evidence_found." + std::string{code_of(line.found)}) << "</td><td>"_h;
        std::vector<std::string> pieces;
        if (line.records > 0) pieces.push_back(locale.text("register." + std::string{line.expected->register_slug}) + locale.text("punctuation.colon") + locale.number(line.records));
        for (auto const* piece : line.pieces) pieces.push_back(piece->head.reference + " " + piece->head.title);
        out.lines(join(pieces, "\n"));
        out << "</td></tr>"_h;
    }
    close_table(out);
    close_page(out);
    return std::move(out).take();
}

std::string text_page(FileSource const& source, std::string const& title, std::vector<ToldBlock> const& blocks)
{
    Html out;
    exchange::open_html_file(out, source.locale, title);
    paragraph(out, source.organisation.name);
    out << "</header><main>"_h;
    records::write_told(out, blocks);
    close_page(out);
    return std::move(out).take();
}

}  // namespace greffier::overview
