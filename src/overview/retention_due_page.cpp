#include "overview/retention_due_page.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "overview/retention_due.hpp"
#include "records/pages/panel.hpp"
#include "records/pages/paper.hpp"
#include "records/vocabulary.hpp"
#include "schema/show.hpp"
#include "schema/unpacked.hpp"
#include "web/frame.hpp"

namespace greffier::overview {

using accounts::Context;
using processing::DataCategory;
using web::Html;
using web::Response;
using namespace web::literals;

namespace {

/// One line of the page, with what it needs of its processing.
struct Line {
    RecordId processing;
    std::string reference, title;
    DataCategory category;
    RetentionDue due;
};

std::vector<KnownRun> runs_of(records::Registers const& registers, records::Records const& store)
{
    std::vector<KnownRun> runs;
    if (auto const* kind = registers.find("retention"))
        store.each(*kind, std::nullopt, [&](records::Stored const& stored) { runs.push_back({stored.head.id, stored.head.reference, stored.head.status, schema::unpacked(retention::retention_run_schema(), stored.row)}); });
    return runs;
}

/// Most urgent first, then by reference.
std::vector<Line> lines_of(records::Registers const& registers, records::Records const& store, std::string const& zone, Date today)
{
    std::vector<Line> lines;
    auto const* kind = registers.find("processings");
    if (!kind) return lines;
    auto const runs = runs_of(registers, store);
    store.each(*kind, std::nullopt, [&](records::Stored const& stored) {
        if (stored.head.status == "archived") return;
        auto const processing = schema::unpacked(processing::processing_schema(), stored.row);
        for (auto const& due : retention_dues(processing, stored.head.id, local_date(stored.head.created_at, zone), runs, today))
            lines.push_back({stored.head.id, stored.head.reference, stored.head.title, *due.category, due});
    });
    std::ranges::stable_sort(lines, [](Line const& a, Line const& b) {
        if (a.due.state != b.due.state) return a.due.state < b.due.state;
        return a.due.next && b.due.next && *a.due.next < *b.due.next;
    });
    return lines;
}

std::string_view tone_of(RetentionState state)
{
    if (state == RetentionState::Late) return "danger";
    if (state == RetentionState::Soon || state == RetentionState::Unknown) return "warn";
    return state == RetentionState::UpToDate || state == RetentionState::Planned ? "ok" : "line";
}

/// "La fin du contrat" -> "la fin du contrat".
std::string in_a_sentence(std::string words)
{
    if (!words.empty() && words[0] >= 'A' && words[0] <= 'Z') words[0] = static_cast<char>(words[0] - 'A' + 'a');
    return words;
}

/// "5 ans après la fin du contrat, puis 10 ans en archives"; else as it was written.
std::string kept_words(DataCategory const& category, Locale const& locale)
{
    if (!category.retention_period || *category.retention_period == schema::Duration{}) return category.retention_text;
    auto words = schema::duration_words(category.retention_period->text(), locale);
    if (category.retention_start && !category.retention_start->empty())
        words = locale.text("retention.due.after", {{"period", words}, {"start", in_a_sentence(schema::code_label(processing::RetentionStarts::list(), category.retention_start->code, locale))}});
    if (category.archive_period && *category.archive_period != schema::Duration{})
        words += ", " + locale.text("retention.due.archive", {{"period", schema::duration_words(category.archive_period->text(), locale)}});
    return words;
}

void write_plan(Html& out, Context const& context, Line const& line)
{
    out << "<form method=\"post\" class=\"g-noprint\""_h;
    out.url("action"_h, context.address("/retention/plan"));
    out << ">"_h;
    web::csrf_field(out, context.frame);
    out << "<input type=\"hidden\" name=\"processing\""_h;
    out.attr("value"_h, line.processing.text());
    out << "><input type=\"hidden\" name=\"category\""_h;
    out.attr("value"_h, line.category.category.code);
    out << "><button class=\"btn btn-outline btn-sm\" type=\"submit\">"_h << context.locale.text("retention.due.plan") << "<span class=\"g-hidden\">"_h << context.locale.text("punctuation.colon") << line.title << "</span></button></form>"_h;
}

void write_line(Html& out, Context const& context, records::Registers const& registers, Line const& line, bool may_plan)
{
    auto const& locale = context.locale;
    auto const* kind = registers.find("processings");
    auto const* rows = kind->schema->find("data_categories")->rows;
    auto const label = schema::code_label(*rows->find("category")->list, line.category.category.code, locale);
    auto cell = [&](std::string_view key) {
        out << "<td role=\"cell\""_h;
        out.attr("data-label"_h, locale.text("retention.due." + std::string{key}));
        out << ">"_h;
    };
    out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><a"_h;
    out.url("href"_h, context.address("/processings/" + line.processing.text()));
    out << "><span class=\"g-ref\">"_h << line.reference << "</span> "_h << line.title << "</a></th>"_h;
    cell("category");
    out << "<div><strong>"_h << label << "</strong>"_h;
    if (!line.category.description.empty()) out << "<br><span class=\"g-small g-muted\">"_h << line.category.description.value << "</span>"_h;
    out << "</div></td>"_h;
    cell("kept");
    out << kept_words(line.category, locale) << "</td>"_h;
    cell("fate");
    if (line.category.final_disposition) {
        auto const fate = *line.category.final_disposition;
        out << schema::code_label(processing::choices_of(fate).list, processing::choices_of(fate).code(fate), locale);
    }
    out << "</td>"_h;
    cell("last");
    out << (line.due.last ? locale.date(*line.due.last) : locale.text("retention.due.never")) << "</td>"_h;
    cell("next");
    out << "<div><span"_h;
    out.attr("class"_h, "g-badge g-badge--" + std::string{tone_of(line.due.state)});
    out << ">"_h << locale.text("retention.due." + std::string{code_of(line.due.state)}) << "</span> "_h;
    if (line.due.next) out << "<span class=\"g-nowrap\">"_h << locale.date(*line.due.next) << "</span>"_h;
    if (line.due.planned) {
        out << " <a"_h;
        out.url("href"_h, context.address("/retention/" + line.due.planned->text()));
        out << ">"_h << locale.text("register.retention.one") << "</a>"_h;
    } else if (may_plan) write_plan(out, context, line);
    out << "</div></td></tr>"_h;
}

void write_filter(Html& out, Context const& context, std::vector<Line> const& lines, std::string_view chosen)
{
    auto const& locale = context.locale;
    out << "<nav class=\"g-inline mb-3 g-noprint\""_h;
    out.attr("aria-label"_h, locale.text("retention.due.filter"));
    out << ">"_h;
    auto chip = [&](std::string_view code, std::string const& words, std::ptrdiff_t count) {
        out << "<a"_h;
        out.attr("class"_h, code == chosen ? "btn btn-primary btn-sm" : "btn btn-outline btn-sm");
        out.url("href"_h, context.address(code.empty() ? "/retention/due" : "/retention/due?state=" + std::string{code}));
        if (code == chosen) out << " aria-current=\"true\""_h;
        out << ">"_h << words << " "_h << static_cast<std::int64_t>(count) << "</a> "_h;
    };
    chip("", locale.text("retention.due.all"), std::ssize(lines));
    for (auto const state : {RetentionState::Late, RetentionState::Soon, RetentionState::Planned, RetentionState::UpToDate, RetentionState::Unplanned, RetentionState::Unknown})
        if (auto const count = std::ranges::count_if(lines, [&](Line const& line) { return line.due.state == state; }); count > 0) chip(code_of(state), locale.text("retention.due." + std::string{code_of(state)}), count);
    out << "</nav>"_h;
}

void write_table(Html& out, Context const& context, records::Registers const& registers, std::vector<Line> const& lines, std::string_view chosen)
{
    auto const& locale = context.locale;
    bool const may_plan = accounts::may(context.who(), web::Permission::WriteRecords) && !context.seeing_as && !context.where().archived;
    out << "<div class=\"g-tablewrap\" tabindex=\"0\" role=\"group\""_h;
    out.attr("aria-label"_h, context.frame.title);
    out << "><table class=\"g-table g-table--cards\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    for (auto const* key : {"processing", "category", "kept", "fate", "last", "next"}) out << "<th role=\"columnheader\" scope=\"col\">"_h << locale.text("retention.due." + std::string{key}) << "</th>"_h;
    out << "</tr></thead><tbody role=\"rowgroup\">"_h;
    for (auto const& line : lines)
        if (chosen.empty() || code_of(line.due.state) == chosen) write_line(out, context, registers, line, may_plan);
    out << "</tbody></table></div><p class=\"g-small g-muted mt-3\">"_h << locale.text("retention.due.why") << "</p>"_h;
}

Result<Response> show_due(OverviewServices const& services, Context& context, web::Request const& request)
{
    auto const& locale = context.locale;
    auto const& registers = records::known_registers(services.machinery, context);
    records::Records const store{services.machinery, context.where().id, context.who().sight};
    auto const& zone = context.where().zone;
    auto const lines = lines_of(registers, store, zone, local_date(context.now, zone));
    context.frame.title = locale.text("retention.due.title");
    context.frame.crumbs = {{locale.text("register.retention"), context.address("/retention")}};
    Html out;
    web::page_head(out, context.frame, context.frame.title, locale.text("retention.due.lead"), records::print_button(locale));
    auto const chosen = request.query.get("state");
    if (lines.empty()) out << "<p>"_h << locale.text("retention.due.empty") << "</p>"_h;
    else {
        write_filter(out, context, lines, chosen);
        write_table(out, context, registers, lines, chosen);
    }
    return Response::html(web::page(context.frame, out));
}

retention::Outcome outcome_of(std::optional<processing::FinalDisposition> fate)
{
    if (fate == processing::FinalDisposition::Anonymise) return retention::Outcome::Anonymised;
    return fate == processing::FinalDisposition::Archive ? retention::Outcome::Archived : retention::Outcome::Deleted;
}

/// A planned deletion of one category, with what its processing says already.
Result<Response> plan(OverviewServices const& services, Context& context, web::Request const& request)
{
    auto const& registers = records::known_registers(services.machinery, context);
    auto const *kind = registers.find("processings"), *runs = registers.find("retention");
    auto const id = RecordId::parse(request.form.get("processing"));
    if (!kind || !runs || !id) return Error::not_found();
    records::Records const store{services.machinery, context.where().id, context.who().sight};
    auto const stored = TRY(store.find(*kind, *id));
    auto const processing = schema::unpacked(processing::processing_schema(), stored.row);
    auto const found = std::ranges::find_if(processing.data_categories, [&](DataCategory const& one) { return one.category.code == request.form.get("category"); });
    if (found == processing.data_categories.end()) return Error::not_found();
    auto const& zone = context.where().zone;
    auto const today = local_date(context.now, zone);
    auto const dues = retention_dues(processing, *id, local_date(stored.head.created_at, zone), runs_of(registers, store), today);
    auto const due = std::ranges::find(dues, &*found, &RetentionDue::category);
    retention::RetentionRun run;
    auto const label = schema::code_label(*kind->schema->find("data_categories")->rows->find("category")->list, found->category.code, context.locale);
    run.name = shorten(stored.head.title + " – " + label, 300);
    run.processings.push_back(ProcessingId{id->uuid});
    run.system = shorten(processing.hosting, 200);
    run.service = processing.service;
    run.owner = processing.owner;
    run.planned_on = due->next && *due->next >= today ? *due->next : add_months(today, 1);
    auto& line = run.lines.emplace_back();
    line.category = found->category;
    line.details = shorten(found->description.value, 500);
    line.outcome = outcome_of(found->final_disposition);
    auto row = retention::retention_run_schema().pack(run);
    row.values.resize(runs->schema->fields.size());
    auto const made = TRY(store.create(*runs, {.row = std::move(row)}, {context.who().id, context.now, zone}));
    return Response::redirect(context.address("/retention/" + made.head.id.text() + "?done=created"));
}

}  // namespace

std::vector<accounts::Route> retention_due_routes(OverviewServices const& services)
{
    return {
        {web::Method::Get, "/o/{organisation}/retention/due", web::Permission::ReadRecords, [&services](Context& context, web::Request const& request) { return show_due(services, context, request); }},
        {web::Method::Post, "/o/{organisation}/retention/plan", web::Permission::WriteRecords, [&services](Context& context, web::Request const& request) { return plan(services, context, request); }},
    };
}

}  // namespace greffier::overview
