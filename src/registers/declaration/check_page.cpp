#include "registers/declaration/check_page.hpp"

#include <algorithm>
#include <map>

#include "core/text.hpp"
#include "records/pages/paper.hpp"
#include "records/vocabulary.hpp"
#include "registers/declaration/declaration.hpp"
#include "registers/declaration/register.hpp"
#include "schema/show.hpp"
#include "schema/unpacked.hpp"
#include "web/frame.hpp"

namespace greffier::declaration {

using accounts::Context;
using web::Html;
using web::Response;
using namespace web::literals;

namespace {

/// A processing as an answer: by its id, and by the number its record gives.
struct Answer { std::string id, reference, title; bool by_number = false; };
struct Answers {
    std::map<std::string, Answer, std::less<>> by_id, by_number;

    [[nodiscard]] Answer const* of(Declaration const& declaration) const
    {
        if (declaration.processing)
            if (auto const found = by_id.find(declaration.processing->text()); found != by_id.end()) return &found->second;
        if (auto const found = by_number.find(fold(squeeze(declaration.number))); !is_blank(declaration.number) && found != by_number.end()) return &found->second;
        return nullptr;
    }
};

Answers answers_of(records::Registers const& registers, records::Records const& store)
{
    Answers answers;
    auto const* kind = registers.find("processings");
    if (!kind) return answers;
    store.each(*kind, std::nullopt, [&](records::Stored const& stored) {
        Answer answer{stored.head.id.text(), stored.head.reference, stored.head.title};
        answers.by_id.emplace(answer.id, answer);
        answer.by_number = true;
        if (auto const& number = schema::text_of(*kind->schema, stored.row, "cnil_declaration_number"); !is_blank(number)) answers.by_number.emplace(fold(squeeze(number)), answer);
    });
    return answers;
}

struct Line {
    std::string id, reference;
    Declaration declaration;
    Answer const* answer;
    [[nodiscard]] bool open() const { return !answer && !declaration.ended_on; }
};

void write_answer(Html& out, Context const& context, Line const& line)
{
    auto const& locale = context.locale;
    if (line.answer) {
        out << "<a"_h;
        out.url("href"_h, context.address("/processings/" + line.answer->id));
        out << "><span class=\"g-ref\">"_h << line.answer->reference << "</span> "_h << line.answer->title << "</a>"_h;
        if (line.answer->by_number) out << " <span class=\"g-badge g-badge--line\">"_h << locale.text("declaration.check.number") << "</span>"_h;
    } else if (line.declaration.ended_on) out << locale.text("declaration.check.ended", {{"day", locale.date(*line.declaration.ended_on)}});
    else {
        out << "<span class=\"g-badge g-badge--warn\">"_h;
        web::icon(out, "alert-circle");
        out << " "_h << locale.text("declaration.check.none") << "</span>"_h;
    }
}

void write_line(Html& out, Context const& context, Line const& line)
{
    auto const& locale = context.locale;
    auto const& one = line.declaration;
    out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><a"_h;
    out.url("href"_h, context.address("/declarations/" + line.id));
    out << ">"_h << one.name << "</a></th>"_h;
    auto const& info = prior_declaration_schema().info();
    auto cell = [&](std::string const& label, std::string const& text) {
        out << "<td role=\"cell\""_h;
        out.attr("data-label"_h, label);
        out << ">"_h << text;
    };
    auto kind = one.kind ? schema::code_label(choices_of(*one.kind).list, choices_of(*one.kind).code(*one.kind), locale) : std::string{};
    if (!one.norm.empty()) kind += (kind.empty() ? "" : ", ") + one.norm;
    for (auto const& [name, text] : {std::pair{"number", one.number}, std::pair{"kind", kind}, std::pair{"declared_on", one.declared_on ? locale.date(*one.declared_on) : std::string{}}}) {
        cell(schema::short_label(info, *info.find(name), locale), text);
        out << "</td>"_h;
    }
    cell(locale.text("declaration.check.answer"), {});
    write_answer(out, context, line);
    out << "</td></tr>"_h;
}

Result<Response> show_check(records::Machinery const& machinery, Context& context, web::Request const&)
{
    auto const& locale = context.locale;
    auto const& registers = records::known_registers(machinery, context);
    auto const* kind = registers.find(declaration_register().slug);
    if (!kind) return Error::not_found();
    records::Records const store{machinery, context.where().id, context.who().sight};
    auto const answers = answers_of(registers, store);
    std::vector<Line> lines;
    store.each(*kind, std::nullopt, [&](records::Stored const& stored) {
        auto declaration = schema::unpacked(prior_declaration_schema(), stored.row);
        auto const* answer = answers.of(declaration);
        lines.push_back({stored.head.id.text(), stored.head.reference, std::move(declaration), answer});
    });
    std::ranges::stable_sort(lines, std::greater{}, &Line::open);
    auto const& info = prior_declaration_schema().info();
    context.frame.title = locale.text("declaration.check.title");
    context.frame.crumbs = {{locale.text("register.declarations"), context.address("/declarations")}};
    Html out;
    web::page_head(out, context.frame, context.frame.title, locale.text("declaration.check.lead"), records::print_button(locale));
    auto const open = std::ranges::count_if(lines, &Line::open);
    if (lines.empty()) {
        out << "<p>"_h << locale.text("declaration.check.empty") << "</p>"_h;
        return Response::html(web::page(context.frame, out));
    }
    out << "<p><strong>"_h << (open ? locale.plural("declaration.check.count", open) : locale.text("declaration.check.all_answered")) << "</strong></p><div class=\"g-tablewrap\" tabindex=\"0\" role=\"group\""_h;
    out.attr("aria-label"_h, context.frame.title);
    out << "><table class=\"g-table g-table--cards\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    for (auto const* name : {"name", "number", "kind", "declared_on"}) out << "<th role=\"columnheader\" scope=\"col\">"_h << schema::short_label(info, *info.find(name), locale) << "</th>"_h;
    out << "<th role=\"columnheader\" scope=\"col\">"_h << locale.text("declaration.check.answer") << "</th></tr></thead><tbody role=\"rowgroup\">"_h;
    for (auto const& line : lines) write_line(out, context, line);
    out << "</tbody></table></div>"_h;
    return Response::html(web::page(context.frame, out));
}

}  // namespace

std::vector<accounts::Route> declaration_check_routes(records::Machinery const& machinery)
{
    return {{web::Method::Get, "/o/{organisation}/declarations/check", web::Permission::ReadRecords,
             [&machinery](Context& context, web::Request const& request) { return show_check(machinery, context, request); }}};
}

}  // namespace greffier::declaration
