#include "exchange/report_page.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "exchange/formats.hpp"
#include "exchange/mapping_form.hpp"
#include "records/pages/paper.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::exchange {

using namespace web::literals;
using records::Outcome;
using records::ReportEntry;
using web::Html;

namespace {

std::string here(accounts::Context const& context, records::Register const& kind) { return context.address("/" + std::string(kind.slug)); }

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
        bool const quiet = entry.outcome == Outcome::Created || entry.outcome == Outcome::Updated || entry.outcome == Outcome::Unchanged || (entry.outcome == Outcome::Skipped && entry.title.empty());   // what a record lacks is worth a look
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
    std::size_t seen = 0;
    for (auto const& entry : report.entries)
        if (wanted(entry) && seen++ < most) entry_row(out, context, kind, report, entry);
    out << "</tbody></table></div>"_h;
    if (seen > most) out << "<p class=\"g-hint\">"_h << locale.text("import.note.too_many_notes") << "</p>"_h;
}

void waiting_fields(Html& out, Confirmation const& confirm)
{
    for (auto const& [name, value] : {std::pair{"waiting", &confirm.word}, std::pair{"name", &confirm.name}, std::pair{"format", &confirm.format}, std::pair{"mapping", &confirm.mapping}}) {
        if (value->empty()) continue;
        out << "<input type=\"hidden\""_h;
        out.attr("name"_h, name);
        out.attr("value"_h, *value);
        out << ">"_h;
    }
}

void link_button(Html& out, Locale const& locale, std::string const& address, char const* key, bool first)
{
    if (first) out << "<a class=\"btn btn-primary\""_h;
    else out << "<a class=\"btn btn-outline\""_h;
    out.url("href"_h, address);
    out << ">"_h << locale.text(key) << "</a>"_h;
}

std::int64_t changes_of(records::ImportReport const& report) { return report.count(Outcome::Created) + report.count(Outcome::Updated); }

/// The import would write nothing at all: neither a record nor what the file says of the organisation.
bool changes_nothing(records::ImportReport const& report)
{
    return changes_of(report) == 0 && std::ranges::find(report.entries, "profile_filled", &ReportEntry::code) == report.entries.end();
}

void confirm_form(Html& out, accounts::Context const& context, records::Register const& kind, records::ImportReport const& report, Confirmation const& confirm)
{
    auto const& locale = context.locale;
    auto const changes = changes_of(report);
    bool const nothing = changes_nothing(report);
    out << "<form class=\"g-inline mt-4\" method=\"post\""_h;
    out.url("action"_h, here(context, kind) + "/import");
    out << ">"_h;
    web::csrf_field(out, context.frame);
    waiting_fields(out, confirm);
    if (!nothing) out << "<button class=\"btn btn-primary\" type=\"submit\">"_h << (changes > 0 ? locale.plural("import.confirm", changes) : locale.text("import.confirm_profile")) << "</button>"_h;
    if (!confirm.mapping.empty()) out << "<button class=\"btn btn-outline\" type=\"submit\" name=\"step\" value=\"columns\">"_h << locale.text("mapping.change") << "</button>"_h;
    link_button(out, locale, here(context, kind) + "/import", "import.another_file", nothing);
    if (nothing) link_button(out, locale, here(context, kind), "import.back", false);
    out << "</form>"_h;
}

void before_import(Html& out, Locale const& locale, records::ImportReport const& report)
{
    bool const nothing = changes_nothing(report);
    out << "<section class=\"g-alert g-alert--warn\" aria-labelledby=\"rep-t\">"_h;
    web::icon(out, "alert-triangle");
    out << "<div class=\"g-alert-text\"><h2 id=\"rep-t\">"_h << locale.text(nothing ? "import.nothing_to_do" : "import.nothing_yet") << "</h2><p>"_h
        << locale.text(nothing ? "import.nothing_to_do.help" : "import.nothing_yet.help") << "</p></div></section>"_h;
}

void notes_box(Html& out, Locale const& locale, std::string_view lead, TableProposal const& proposal)
{
    constexpr std::size_t most = 12;
    if (lead.empty() && proposal.look.notes.empty() && proposal.missing.empty()) return;
    out << "<section class=\"g-alert g-alert--info\" aria-labelledby=\"notes-t\">"_h;
    web::icon(out, "info-circle");
    out << "<div class=\"g-alert-text\"><h2 id=\"notes-t\">"_h << locale.text("mapping.seen") << "</h2>"_h;
    if (!lead.empty()) out << "<p>"_h << lead << "</p>"_h;
    out << "<ul>"_h;
    std::size_t told = 0;
    for (auto const* notes : {&proposal.missing, &proposal.look.notes})
        for (auto const& note : *notes)
            if (told++ < most) out << "<li>"_h << note.place << locale.text("punctuation.colon") << locale.text("import.note." + note.code, note.arguments) << "</li>"_h;
    out << "</ul></div></section>"_h;
}

void saved_choice(Html& out, Locale const& locale, std::vector<SavedMapping> const& saved, std::string const& chosen)
{
    out << "<section class=\"g-section\"><div class=\"g-mapreading\"><div><label class=\"form-label\" for=\"saved\">"_h << locale.text("mapping.saved") << "</label><select class=\"form-select\" id=\"saved\" name=\"saved\"><option value=\"\">"_h
        << locale.text("mapping.saved.none") << "</option>"_h;
    for (auto const& one : saved) {
        out << "<option"_h;
        out.attr("value"_h, one.id.text());
        out.flag("selected"_h, one.mapping.name == chosen);
        out << ">"_h << one.mapping.name << "</option>"_h;
    }
    out << "</select></div><div class=\"g-mapagain\"><button class=\"btn btn-outline\" type=\"submit\" name=\"step\" value=\"load\" formnovalidate>"_h << locale.text("mapping.load") << "</button></div></div></section>"_h;
}

} // namespace

void steps(Html& out, Locale const& locale, Step step, bool table)
{
    constexpr std::pair<Step, std::string_view> all[] = {{Step::File, "import.step.file"}, {Step::Columns, "import.step.columns"}, {Step::Check, "import.step.check"}, {Step::Done, "import.step.done"}};
    out << "<ol class=\"g-progress\""_h;
    out.attr("aria-label"_h, locale.text("import.steps"));
    out << ">"_h;
    for (auto const& [each, words] : all) {
        if (each == Step::Columns && !table) continue;
        if (each < step) out << "<li class=\"done\">"_h;
        else if (each == step) out << "<li aria-current=\"step\">"_h;
        else out << "<li>"_h;
        out << locale.text(words) << "</li>"_h;
    }
    out << "</ol>"_h;
}

Html upload_form(accounts::Context const& context, records::Register const& kind, std::string_view problem)
{
    auto const& locale = context.locale;
    Html out;
    web::page_head(out, context.frame, locale.text("import.title"), locale.text("import.lead"), Html{});
    steps(out, locale, Step::File, false);
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
        << locale.text(kind.slug == "processings" ? "import.file.help" : "import.file.help_table")
        << "</p><input class=\"form-control\" type=\"file\" id=\"file\" name=\"file\" required aria-describedby=\"file-h\"></div>"_h;
    format_choice(out, locale, kind);
    out << "<div class=\"g-field\"><button class=\"btn btn-primary\" type=\"submit\">"_h << locale.text("import.read") << "</button></div></form>"_h;
    out << "<p><a"_h;
    out.url("href"_h, here(context, kind) + "/imports");
    out << ">"_h << locale.text("import.runs.link") << "</a></p>"_h;
    return out;
}

Html columns_page(accounts::Context const& context, records::Register const& kind, Confirmation const& waiting, TableProposal const& proposal, std::vector<FieldError> const& problems,
                  std::vector<SavedMapping> const& saved, std::string_view lead)
{
    auto const& locale = context.locale;
    Html out;
    web::page_head(out, context.frame, locale.text("mapping.title"), waiting.name, Html{});
    steps(out, locale, Step::Columns, true);
    write_problems(out, locale, problems);
    notes_box(out, locale, lead, proposal);
    out << "<form method=\"post\""_h;
    out.url("action"_h, here(context, kind) + "/import");
    out << ">"_h;
    web::csrf_field(out, context.frame);
    waiting_fields(out, waiting);
    // The first button of a form is the one that Enter presses.
    out << "<button class=\"g-hidden\" type=\"submit\" name=\"step\" value=\"preview\" tabindex=\"-1\" aria-hidden=\"true\">"_h << locale.text("mapping.preview") << "</button>"_h;
    if (!saved.empty()) saved_choice(out, locale, saved, proposal.mapping.name);
    MappingView const view{kind, proposal.mapping, &proposal.look, problems};
    write_reading(out, locale, view);
    write_columns(out, locale, view);
    out << "<section class=\"g-section\"><div class=\"g-field\"><label class=\"form-label\" for=\"save_as\">"_h << locale.text("mapping.save_as") << "</label><p class=\"g-hint\" id=\"save_as-h\">"_h
        << locale.text("mapping.save_as.help") << "</p><input class=\"form-control\" type=\"text\" id=\"save_as\" name=\"save_as\" maxlength=\"100\" aria-describedby=\"save_as-h\""_h;
    out.attr("value"_h, proposal.mapping.name);
    out << "></div></section><p class=\"g-inline mt-4\"><button class=\"btn btn-primary\" type=\"submit\" name=\"step\" value=\"preview\">"_h << locale.text("mapping.preview")
        << "</button><a class=\"btn btn-outline\""_h;
    out.url("href"_h, here(context, kind) + "/import");
    out << ">"_h << locale.text("import.another_file") << "</a></p></form>"_h;
    return out;
}

Html running_page(accounts::Context const& context, records::Register const& kind, records::ImportReport const& report, Confirmation const& confirm)
{
    auto const& locale = context.locale;
    Html out;
    web::page_head(out, context.frame, locale.text("import.running.title"), confirm.name, Html{});
    steps(out, locale, Step::Done, is_table_format(report.format));
    totals(out, locale, report);
    out << "<form class=\"g-section\" method=\"post\" data-go-on"_h;
    out.url("action"_h, here(context, kind) + "/import");
    out << "><p role=\"status\">"_h << locale.plural("import.running.left", report.remaining) << "</p>"_h;
    web::csrf_field(out, context.frame);
    waiting_fields(out, confirm);
    out << "<button class=\"btn btn-primary\" type=\"submit\">"_h << locale.text("import.running.go_on") << "</button></form>"_h;
    return out;
}

void write_first_records(Html& out, accounts::Context const& context, records::Register const& kind, records::ImportFile const& file)
{
    constexpr std::size_t shown = 3;
    auto const& locale = context.locale;
    if (file.items.empty()) return;
    out << "<h2 class=\"mb-2\">"_h << locale.text("mapping.first_records") << "</h2>"_h;
    for (std::size_t i = 0; i < std::min(shown, file.items.size()); ++i) {
        auto const& item = file.items[i];
        out << "<details class=\"g-section g-first\""_h;
        out.flag("open"_h, i == 0);
        out << "><summary>"_h;
        web::icon(out, "chevron-right");
        out << "<strong>"_h << (item.reference.empty() ? item.name : item.reference + " " + item.name) << "</strong> <span class=\"g-muted\">"_h << item.place << "</span></summary><dl class=\"g-mapfirst\">"_h;
        for (std::size_t f = 0; f < kind.schema->fields.size(); ++f) {
            auto const words = schema::show(kind.schema->fields[f], item.row.values[f], locale);
            if (!words.empty()) out << "<dt>"_h << schema::short_label(*kind.schema, kind.schema->fields[f], locale) << "</dt><dd>"_h << shorten(words, 600) << "</dd>"_h;
        }
        out << "</dl></details>"_h;
    }
}

void undo_link(Html& out, accounts::Context const& context, records::ImportRun const& run, bool small)
{
    auto const& locale = context.locale;
    auto const page = context.address("/bulk-acts/" + run.id.text());
    bool const undone = run.act && run.act->undone_at;
    if (!run.act || (!undone && !records::Acts::why_not_undone(*run.act, context.who(), context.now).empty())) return;
    // What an import did is an act: its page asks first, goes back in the background when it is long, and tells what stayed.
    if (undone) out << "<a class=\"btn btn-outline"_h;
    else out << "<a class=\"btn btn-danger-outline"_h;
    out << (small ? " btn-sm\""_h : "\""_h);
    out.url("href"_h, undone ? page : page + "/undo");
    out << ">"_h << locale.text(undone ? "import.undone.look" : "import.undo") << "<span class=\"g-hidden\"> "_h << run.source << "</span></a>"_h;
}

Html report_page(accounts::Context const& context, records::Register const& kind, records::ImportReport const& report, Confirmation const* confirm, records::ImportRun const* run)
{
    auto const& locale = context.locale;
    Html out;
    web::page_head(out, context.frame, locale.text("import.report"), report.source, records::print_button(locale));
    steps(out, locale, confirm ? Step::Check : Step::Done, is_table_format(report.format));
    totals(out, locale, report);
    if (confirm) before_import(out, locale, report);
    if (confirm && confirm->records) out << *confirm->records;
    table(out, context, kind, report, true);
    table(out, context, kind, report, false);
    if (confirm) {
        confirm_form(out, context, kind, report, *confirm);
    } else {
        out << "<p class=\"g-inline mt-4\">"_h;
        link_button(out, locale, here(context, kind), "import.back", true);
        if (run) undo_link(out, context, *run, false);
        out << "</p>"_h;
    }
    return out;
}

} // namespace greffier::exchange
