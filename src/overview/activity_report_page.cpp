#include "overview/activity_report_page.hpp"

#include <charconv>

#include "accounts/modules.hpp"
#include "overview/activity_report.hpp"
#include "records/pages/panel.hpp"
#include "records/pages/paper.hpp"
#include "records/vocabulary.hpp"
#include "registers/profile/profile.hpp"
#include "web/frame.hpp"

namespace greffier::overview {

using namespace web::literals;
using accounts::Context;
using records::PaperTable;
using web::Html;
using web::Response;

namespace {

constexpr int first_year = 2018;

struct ReportView {
    Context& context;
    ActivityReport report;
    profile::Profile profile;
    [[nodiscard]] Locale const& locale() const { return context.locale; }
};

void fact(Html& out, std::string_view label, std::string_view words) { out << "<div><dt>"_h << label << "</dt><dd>"_h << words << "</dd></div>"_h; }

void figure(Html& out, Locale const& locale, std::string_view key, std::int64_t count) { fact(out, locale.text(key), locale.number(count)); }

std::string days(Locale const& locale, std::int64_t sum, std::int64_t count) { return locale.plural("activity.report.days", count > 0 ? (sum + count / 2) / count : 0); }

std::string hours(Locale const& locale, std::int64_t minutes)
{
    return locale.text("activity.report.hours", {{"hours", locale.number(minutes / 60)}, {"minutes", (minutes % 60 < 10 ? "0" : "") + std::to_string(minutes % 60)}});
}

void write_officer(Html& out, ReportView const& view)
{
    auto const& locale = view.locale();
    auto const& dpo = view.profile.dpo;
    fact(out, locale.text("dpo.name.short"), dpo.exists() ? (dpo.name.empty() ? dpo.company : dpo.name) : locale.text("activity.report.no_officer"));
    if (dpo.designated_on) fact(out, locale.text("dpo.designated_on.short"), locale.date(*dpo.designated_on));
    if (dpo.time_pct) fact(out, locale.text("dpo.time_pct.short"), locale.percent(static_cast<int>(dpo.time_pct->value)));
    if (!dpo.resources.empty()) fact(out, locale.text("dpo.resources.short"), dpo.resources.value);
    if (!dpo.independence.empty()) fact(out, locale.text("dpo.independence.short"), dpo.independence.value);
}

/// A line of the sheet: "Accès : 3, Effacement : 1".
void write_tally(Html& out, Locale const& locale, Tally const& tally, std::string const& list, std::string_view label)
{
    std::string words;
    for (auto const& [code, count] : tally)
        if (count > 0) words += (words.empty() ? "" : ", ") + locale.text(list + "." + code) + locale.text("punctuation.colon") + locale.number(count);
    if (!words.empty()) fact(out, locale.text(label), words);
}

void write_log(Html& out, ReportView const& view)
{
    auto const& locale = view.locale();
    auto const& log = view.report.log;
    if (log.entries == 0) {
        out << "<p class=\"g-sub g-muted\">"_h << locale.text("activity.report.log_empty") << "</p>"_h;
        return;
    }
    PaperTable table(out, locale.text("activity.report.log"), {locale.text("activity.task.short"), locale.text("activity.report.acts"), locale.text("activity.report.time")});
    for (auto const& [code, count] : log.count) {
        table.row(locale.text("activity_task." + code));
        table.number(count, locale);
        table.cell(hours(locale, log.time.at(code)));
    }
    table.row(locale.text("activity.report.all"));
    table.number(log.entries, locale);
    table.cell(hours(locale, log.minutes));
    table.end();
}

void write_requests(Html& out, ReportView const& view)
{
    auto const& locale = view.locale();
    auto const& counts = view.report.requests;
    figure(out, locale, "activity.report.received", counts.received);
    figure(out, locale, "activity.report.answered", counts.answered);
    if (counts.answered > 0) fact(out, locale.text("activity.report.delay"), days(locale, counts.days, counts.answered));
    figure(out, locale, "activity.report.late", counts.late);
    figure(out, locale, "activity.report.open_now", counts.open);
    write_tally(out, locale, counts.rights, "request_right", "request.rights.short");
}

void write_breaches(Html& out, ReportView const& view)
{
    auto const& locale = view.locale();
    auto const& counts = view.report.breaches;
    figure(out, locale, "activity.report.incidents", counts.reported);
    figure(out, locale, "activity.report.breaches", counts.breaches);
    figure(out, locale, "activity.report.notified", counts.notified);
    figure(out, locale, "activity.report.notified_late", counts.late);
    figure(out, locale, "activity.report.persons_told", counts.persons_told);
}

void write_advice(Html& out, ReportView const& view)
{
    auto const& locale = view.locale();
    auto const& counts = view.report.advice;
    figure(out, locale, "activity.report.asked", counts.asked);
    figure(out, locale, "activity.report.answered", counts.answered);
    if (counts.answered > 0) fact(out, locale.text("activity.report.delay"), days(locale, counts.days, counts.answered));
    for (auto const* code : {"yes", "partly", "no"}) {
        auto const found = counts.followed.find(code);
        figure(out, locale, "activity.report.followed_" + std::string{code}, found == counts.followed.end() ? 0 : found->second);
    }
    write_tally(out, locale, counts.triggers, "advice_trigger", "advice.trigger.short");
}

void write_trainings(Html& out, ReportView const& view)
{
    auto const& locale = view.locale();
    auto const& counts = view.report.trainings;
    figure(out, locale, "activity.report.sessions", counts.held);
    figure(out, locale, "activity.report.present", counts.present);
    figure(out, locale, "activity.report.campaigns", counts.campaigns);
    figure(out, locale, "activity.report.reminders", counts.reminders);
}

void write_complaints(Html& out, ReportView const& view)
{
    auto const& locale = view.locale();
    auto const& counts = view.report.complaints;
    figure(out, locale, "activity.report.received", counts.received);
    figure(out, locale, "activity.report.open_now", counts.open);
    write_tally(out, locale, counts.addressees, "complaint_addressee", "complaint.addressee.short");
    write_tally(out, locale, counts.outcomes, "complaint_outcome", "complaint.outcome.short");
}

void write_registers(Html& out, ReportView const& view)
{
    auto const& locale = view.locale();
    PaperTable table(out, locale.text("activity.report.registers"), {locale.text("activity.report.register"), locale.text("activity.report.records"), locale.text("activity.report.by_status")});
    for (auto const& one : view.report.registers) {
        table.row(locale.text("register." + one.slug));
        table.number(one.total, locale);
        std::string words;
        for (auto const& [status, count] : one.statuses)
            if (count > 0) words += (words.empty() ? "" : ", ") + locale.text("status." + status) + locale.text("punctuation.colon") + locale.number(count);
        table.cell(words);
    }
    table.end();
}

/// A part of the report: its heading, and what stands under it, in a list of facts or as it likes.
struct Section {
    std::string_view heading;
    void (*write)(Html&, ReportView const&);
    bool facts;
};

constexpr Section sections[] = {
    {"activity.report.officer", write_officer, true},
    {"activity.report.log", write_log, false},
    {"register.advice", write_advice, true},
    {"register.requests", write_requests, true},
    {"register.complaints", write_complaints, true},
    {"register.breaches", write_breaches, true},
    {"register.trainings", write_trainings, true},
    {"activity.report.registers", write_registers, false},
};

void write_section(Html& out, ReportView const& view, Section const& section)
{
    out << "<section class=\"g-panel mb-3\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << view.locale().text(section.heading) << "</h2></div><div class=\"g-panel-body\">"_h;
    if (section.facts) out << "<dl class=\"g-fields\">"_h;
    section.write(out, view);
    if (section.facts) out << "</dl>"_h;
    out << "</div></section>"_h;
}

void year_link(Html& out, Context const& context, int year)
{
    out << "<a class=\"btn btn-outline\""_h;
    out.url("href"_h, context.address("/activity/report/" + std::to_string(year)));
    out << ">"_h << year << "</a>"_h;
}

Result<Response> show_report(OverviewServices const& services, Context& context, web::Request const& request)
{
    auto const text = request.param("year");
    int year = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
    auto const place = records::legal_place(services.machinery, context);
    auto const today = local_date(context.now, place.zone);
    if (error != std::errc{} || end != text.data() + text.size() || year < first_year || year > static_cast<int>(today.year())) return Error::not_found();
    auto const& registers = records::known_registers(services.machinery, context);
    records::Records const records{services.machinery, context.where().id, context.who().sight};
    std::vector<records::Register const*> kept;
    for (auto const* kind : registers.all())
        if (accounts::keeps_register(context.where(), kind->slug)) kept.push_back(kind);
    ReportView view{context, report_of(records, kept, year, today, place), {}};
    if (auto const* own = registers.of_place())
        if (auto const stored = records.only(*own); stored.ok())
            if (auto read = profile::profile_schema().unpack(stored->row); read.ok()) view.profile = std::move(read).value();

    auto const& locale = context.locale;
    context.frame.title = locale.text("activity.report.title", {{"year", std::to_string(year)}});
    context.frame.crumbs = {{locale.text("register.activity"), context.address("/activity")}};
    Html out, actions;
    if (year > first_year) year_link(actions, context, year - 1);
    if (year < static_cast<int>(today.year())) year_link(actions, context, year + 1);
    actions << records::paper_actions(locale, context.address("/activity"), locale.text("activity.report.back"));
    web::page_head(out, context.frame, context.frame.title, context.where().name, actions);
    out << "<p>"_h
        << (view.report.presented_on ? locale.text(view.report.presented_to.empty() ? "activity.report.presented" : "activity.report.presented_to", {{"date", locale.date(*view.report.presented_on)}, {"to", view.report.presented_to}})
                                     : locale.text("activity.report.not_presented"))
        << "</p>"_h;
    if (context.who().sight.is_partial()) out << "<p class=\"g-muted\">"_h << locale.text("activity.report.partial") << "</p>"_h;
    for (auto const& section : sections) write_section(out, view, section);
    out << "<p class=\"g-muted\">"_h << locale.text("activity.report.drawn", {{"date", locale.date(today)}}) << "</p>"_h;
    return Response::html(web::page(context.frame, out));
}

}  // namespace

std::vector<accounts::Route> activity_report_routes(OverviewServices const& services)
{
    return {{web::Method::Get, "/o/{organisation}/activity/report/{year}", web::Permission::ReadRecords,
             [&services](Context& context, web::Request const& request) { return show_report(services, context, request); }}};
}

}  // namespace greffier::overview
