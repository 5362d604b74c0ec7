#include "exchange/report_page.hpp"

#include <algorithm>

#include "exchange/formats.hpp"
#include "web/frame.hpp"

namespace greffier::exchange {

using namespace web::literals;
using records::Outcome;
using records::ReportEntry;
using web::Html;

namespace {

std::string here(accounts::Context const& context, records::Register const& kind) { return context.address("/" + std::string(kind.slug)); }

void progress(Html& out, Locale const& locale, int step)
{
    constexpr std::string_view steps[] = {"import.step.file", "import.step.check", "import.step.done"};
    out << "<ol class=\"g-progress\""_h;
    out.attr("aria-label"_h, locale.text("import.steps"));
    out << ">"_h;
    for (int i = 0; i < 3; ++i) {
        if (i < step) out << "<li class=\"done\">"_h;
        else if (i == step) out << "<li aria-current=\"step\">"_h;
        else out << "<li>"_h;
        out << locale.text(steps[i]) << "</li>"_h;
    }
    out << "</ol>"_h;
}

void format_choice(Html& out, Locale const& locale, records::Register const& kind)
{
    out << "<div class=\"g-field\"><label class=\"form-label\" for=\"format\">"_h << locale.text("import.format")
        << "</label><select class=\"form-select\" id=\"format\" name=\"format\">"_h;
    for (auto name : import_formats()) {
        if (name == "cnil-ods" && kind.slug != "processings") continue;
        out << "<option"_h;
        out.attr("value"_h, name);
        out << ">"_h << locale.text("import.format." + std::string(name)) << "</option>"_h;
    }
    out << "</select></div>"_h;
}

void totals(Html& out, Locale const& locale, records::ImportReport const& report)
{
    out << "<dl class=\"g-report-sum\">"_h;
    for (auto outcome : {Outcome::Created, Outcome::Updated, Outcome::Unchanged, Outcome::Differing, Outcome::Repaired, Outcome::Skipped, Outcome::Refused}) {
        auto const count = report.count(outcome);
        if (outcome == Outcome::Refused && count > 0) out << "<div class=\"bad\">"_h;
        else out << "<div>"_h;
        out << "<dt>"_h << locale.plural("import.count." + std::string(code_of(outcome)), count) << "</dt><dd>"_h << locale.number(count) << "</dd></div>"_h;
    }
    out << "</dl>"_h;
}

void badge(Html& out, Locale const& locale, Outcome outcome)
{
    auto const words = locale.text("import.outcome." + std::string(code_of(outcome)));
    switch (outcome) {
    case Outcome::Refused: out << "<span class=\"g-badge g-badge--danger\">"_h; web::icon(out, "alert-octagon"); break;
    case Outcome::Differing: out << "<span class=\"g-badge g-badge--warn\">"_h; web::icon(out, "alert-triangle"); break;
    case Outcome::Repaired: out << "<span class=\"g-badge g-badge--warn\">"_h; web::icon(out, "info-circle"); break;
    default: out << "<span class=\"g-badge\">"_h; break;
    }
    out << words << "</span>"_h;
}

void cell(Html& out, std::string_view label)
{
    out << "<td role=\"cell\""_h;
    out.attr("data-label"_h, label);
    out << ">"_h;
}

void entry_row(Html& out, accounts::Context const& context, records::Register const& kind, records::ImportReport const& report, ReportEntry const& entry)
{
    auto const& locale = context.locale;
    if (entry.outcome == Outcome::Refused) out << "<tr role=\"row\" class=\"g-report--bad\">"_h;
    else if (entry.outcome == Outcome::Differing || entry.outcome == Outcome::Repaired) out << "<tr role=\"row\" class=\"g-report--warn\">"_h;
    else out << "<tr role=\"row\">"_h;
    cell(out, locale.text("import.column.place"));
    out << entry.place << "</td>"_h;
    cell(out, locale.text("import.column.record"));
    auto const title = entry.reference.empty() ? entry.title : entry.reference + (entry.title.empty() ? "" : " " + entry.title);
    if (!entry.record.empty() && !report.dry_run && entry.code != "profile_filled" && entry.code != "profile_not_filled") {
        out << "<a"_h;
        out.url("href"_h, here(context, kind) + "/" + entry.record);
        out << ">"_h << title << "</a>"_h;
    } else {
        out << title;
    }
    out << "</td>"_h;
    cell(out, locale.text("import.column.finding"));
    out << "<div>"_h;
    badge(out, locale, entry.outcome);
    if (auto const words = words_of(entry, *kind.schema, locale); !words.empty()) out << "<br>"_h << words;
    for (auto const* side : {"ours", "theirs"}) {
        auto const value = entry.arguments.find(side);
        if (value == entry.arguments.end() || value->second.empty()) continue;
        out << "<br>"_h << locale.text(std::string("import.value.") + side) << locale.text("punctuation.colon") << value->second;
    }
    out << "</div></td></tr>"_h;
}

void table(Html& out, accounts::Context const& context, records::Register const& kind, records::ImportReport const& report, bool to_look_at)
{
    constexpr std::size_t most = 1000;
    auto const wanted = [&](ReportEntry const& entry) {
        bool const quiet = entry.outcome == Outcome::Created || entry.outcome == Outcome::Updated || entry.outcome == Outcome::Unchanged || entry.outcome == Outcome::Skipped;
        return quiet != to_look_at;
    };
    if (std::ranges::none_of(report.entries, wanted)) return;
    auto const& locale = context.locale;
    auto const id = to_look_at ? "lines-look" : "lines-rest";
    out << "<h2 class=\"mb-2\""_h;
    out.attr("id"_h, id);
    out << ">"_h << locale.text(to_look_at ? "import.to_look_at" : "import.the_rest") << "</h2><div class=\"g-tablewrap mb-4\" tabindex=\"0\" role=\"region\""_h;
    out.attr("aria-labelledby"_h, id);
    out << "><table class=\"g-table g-table--cards g-report\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    for (auto const* column : {"import.column.place", "import.column.record", "import.column.finding"})
        out << "<th role=\"columnheader\" scope=\"col\">"_h << locale.text(column) << "</th>"_h;
    out << "</tr></thead><tbody role=\"rowgroup\">"_h;
    std::size_t shown = 0;
    for (auto const& entry : report.entries)
        if (wanted(entry) && shown < most) {
            entry_row(out, context, kind, report, entry);
            ++shown;
        }
    out << "</tbody></table></div>"_h;
    if (shown == most) out << "<p class=\"g-hint\">"_h << locale.text("import.note.too_many_notes") << "</p>"_h;
}

void confirm_form(Html& out, accounts::Context const& context, records::Register const& kind, records::ImportReport const& report, Confirmation const& confirm)
{
    auto const& locale = context.locale;
    auto const changes = report.count(Outcome::Created) + report.count(Outcome::Updated);
    out << "<form class=\"g-inline mt-4\" method=\"post\""_h;
    out.url("action"_h, here(context, kind) + "/import");
    out << ">"_h;
    web::csrf_field(out, context.frame);
    for (auto const& [name, value] : {std::pair{"waiting", &confirm.word}, std::pair{"name", &confirm.name}, std::pair{"format", &confirm.format}}) {
        out << "<input type=\"hidden\""_h;
        out.attr("name"_h, name);
        out.attr("value"_h, *value);
        out << ">"_h;
    }
    out << "<button class=\"btn btn-primary\" type=\"submit\">"_h << locale.plural("import.confirm", changes) << "</button><a class=\"btn btn-outline\""_h;
    out.url("href"_h, here(context, kind) + "/import");
    out << ">"_h << locale.text("import.another_file") << "</a></form>"_h;
}

} // namespace

Html upload_form(accounts::Context const& context, records::Register const& kind, std::string_view problem)
{
    auto const& locale = context.locale;
    Html out;
    web::page_head(out, context.frame, locale.text("import.title"), locale.text("import.lead"), Html{});
    progress(out, locale, 0);
    if (!problem.empty()) {
        out << "<section class=\"g-alert g-alert--danger\" role=\"alert\">"_h;
        web::icon(out, "alert-octagon");
        out << "<div class=\"g-alert-text\"><h2>"_h << locale.text("import.not_read") << "</h2><p>"_h << problem << "</p></div></section>"_h;
    }
    out << "<form class=\"g-section\" method=\"post\" enctype=\"multipart/form-data\""_h;
    out.url("action"_h, here(context, kind) + "/import");
    out << ">"_h;
    web::csrf_field(out, context.frame);
    out << "<div class=\"g-field\"><label class=\"form-label\" for=\"file\">"_h << locale.text("import.file") << "</label><p class=\"g-hint\" id=\"file-h\">"_h
        << locale.text(kind.slug == "processings" ? "import.file.help" : "import.file.help_json")
        << "</p><input class=\"form-control\" type=\"file\" id=\"file\" name=\"file\" required aria-describedby=\"file-h\"></div>"_h;
    format_choice(out, locale, kind);
    out << "<div class=\"g-field\"><button class=\"btn btn-primary\" type=\"submit\">"_h << locale.text("import.read") << "</button></div></form>"_h;
    return out;
}

Html report_page(accounts::Context const& context, records::Register const& kind, records::ImportReport const& report, Confirmation const* confirm)
{
    auto const& locale = context.locale;
    Html out, actions;
    actions << "<button class=\"btn btn-outline\" type=\"button\" data-print hidden>"_h;
    web::icon(actions, "printer");
    actions << " "_h << locale.text("import.print") << "</button>"_h;
    web::page_head(out, context.frame, locale.text("import.report"), report.source, actions);
    progress(out, locale, confirm ? 1 : 2);
    totals(out, locale, report);
    if (confirm) {
        out << "<section class=\"g-alert g-alert--warn\" aria-labelledby=\"rep-t\">"_h;
        web::icon(out, "alert-triangle");
        out << "<div class=\"g-alert-text\"><h2 id=\"rep-t\">"_h << locale.text("import.nothing_yet") << "</h2><p>"_h << locale.text("import.nothing_yet.help") << "</p></div></section>"_h;
    }
    table(out, context, kind, report, true);
    table(out, context, kind, report, false);
    if (confirm) {
        confirm_form(out, context, kind, report, *confirm);
    } else {
        out << "<p class=\"g-inline mt-4\"><a class=\"btn btn-primary\""_h;
        out.url("href"_h, here(context, kind));
        out << ">"_h << locale.text("import.back") << "</a></p>"_h;
    }
    return out;
}

} // namespace greffier::exchange
