// The published register: processings in force, with what the organisation chose to show of each. Never a restricted one.
#include <algorithm>
#include <charconv>

#include "accounts/sight.hpp"
#include "reception/page_handlers.hpp"
#include "records/vocabulary.hpp"
#include "schema/show.hpp"

namespace greffier::reception {

using namespace web::literals;

namespace {

constexpr int per_page = 25;

/// A part that may be shown, and where it is read: columns of owned rows, one line a row.
struct Part {
    std::string_view code, field;
    std::vector<std::string_view> columns;
};
std::vector<Part> const& parts()
{
    static std::vector<Part> const all{
        {"", "purposes", {"text"}},
        {"basis", "purposes", {"basis"}},
        {"people", "subject_categories", {"category", "details"}},
        {"data", "data_categories", {"category"}},
        {"retention", "data_categories", {"category", "retention_text", "retention_period"}},
        {"recipients", "recipients", {"type", "name"}},
        {"transfers", "transfers", {"recipient", "country", "tool"}},
    };
    return all;
}

std::vector<std::string> lines_of(schema::SchemaInfo const& info, schema::Row const& row, Part const& part, Locale const& locale)
{
    std::vector<std::string> lines;
    auto const* field = info.find(part.field);
    auto const* rows = field && field->rows ? std::get_if<schema::Rows>(&schema::get(info, row, part.field)) : nullptr;
    if (!rows) return lines;
    for (auto const& one : *rows) {
        std::string line;
        for (auto const column : part.columns)
            if (auto const* sub = field->rows->find(column)) {
                auto const text = schema::show(*sub, schema::get(*field->rows, one, column), locale);
                if (!text.empty()) line += (line.empty() ? "" : locale.text("public.register.joint")) + text;
            }
        if (!line.empty() && std::ranges::find(lines, line) == lines.end()) lines.push_back(std::move(line));
    }
    return lines;
}

void write_part(Html& out, std::string const& name, std::vector<std::string> const& lines)
{
    if (lines.empty()) return;
    out << "<dt>"_h << name << "</dt>"_h;
    for (auto const& line : lines) out << "<dd>"_h << line << "</dd>"_h;
}

void write_one(Html& out, Visit const& visit, records::Register const& kind, records::Listed const& listed)
{
    auto const& locale = visit.locale();
    out << "<section class=\"g-public-record\"><h2>"_h << listed.head.title << "</h2><dl>"_h;
    auto const& chosen = visit.own().shown;
    for (auto const& part : parts()) {
        if (!part.code.empty() && std::ranges::find(chosen, part.code) == chosen.end()) continue;
        write_part(out, locale.text("public.part." + std::string{part.code.empty() ? "purposes" : part.code}), lines_of(*kind.schema, *listed.row, part, locale));
    }
    out << "</dl></section>\n"_h;
}

int page_number(Request const& request)
{
    auto const text = request.query.get("page", "1");
    int number = 1;
    auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    return problem == std::errc{} && end == text.data() + text.size() ? std::clamp(number, 1, 400) : 1;
}

void write_pages(Html& out, Visit const& visit, int page, std::int64_t total)
{
    auto const& locale = visit.locale();
    auto const last = (total + per_page - 1) / per_page;
    if (last <= 1) return;
    auto link = [&](std::int64_t number, std::string_view key) {
        auto address = visit.address("/register");
        address += (address.find('?') == std::string::npos ? "?page=" : "&page=") + std::to_string(number);
        out << "<a class=\"btn btn-outline\""_h;
        out.url("href"_h, address);
        out << ">"_h << locale.text(key) << "</a> "_h;
    };
    out << "<nav class=\"g-public-pages\""_h;
    out.attr("aria-label"_h, locale.text("public.register.pages"));
    out << "><p>"_h << locale.text("public.register.page", {{"page", locale.number(page)}, {"pages", locale.number(last)}}) << "</p>"_h;
    if (page > 1) link(page - 1, "public.register.before");
    if (page < last) link(page + 1, "public.register.after");
    out << "</nav>"_h;
}

}  // namespace

records::Records as_any_reader(Visit const& visit) { return {visit.services.machinery, visit.where().id, accounts::Sight::of({.roles = {accounts::Role::Reader}})}; }

Answer show_register(Visit& visit)
{
    auto const& locale = visit.locale();
    auto const& kind = *records::known_registers(visit.services.machinery, visit.context).find("processings");
    // As a reader of the organisation sees it: what is restricted is not there.
    auto const records = as_any_reader(visit);
    records::ListQuery query;
    query.statuses = {"validated", "production"};
    query.per_page = per_page;
    query.page = page_number(visit.request);
    query.now = visit.context.now;
    query.with_rows = true;
    for (auto const& part : parts()) query.fields.emplace_back(part.field);
    auto const list = TRY(records.list(kind, query));
    auto const title = locale.text("public.register.title");
    Html out;
    page_title(out, visit, title, locale.text("public.register.lead", {{"organisation", visit.organisation_name()}}));
    out << "<p class=\"g-muted\">"_h << (list.total == 0 ? locale.text("public.register.none") : locale.plural("public.register.count", list.total)) << "</p>"_h;
    for (auto const& listed : list.items) write_one(out, visit, kind, listed);
    write_pages(out, visit, query.page, list.total);
    return shown(visit, title, out);
}

}  // namespace greffier::reception
