// The self-assessment by the sheets of the guide; one press answers a point with a measure in the register.
#include <algorithm>

#include "registers/measure/assessment.hpp"
#include "registers/measure/measure.hpp"
#include "registers/measure/pages.hpp"
#include "registers/measure/password_page.hpp"
#include "registers/measure/register.hpp"

#include "core/text.hpp"
#include "records/pages/shared.hpp"
#include "records/vocabulary.hpp"
#include "web/csrf.hpp"
#include "web/frame.hpp"

namespace greffier::measure {

using accounts::Context;
using records::PageServices;
using web::Html;
using web::Response;
using namespace web::literals;

namespace {

struct Look {
    std::string_view state, tone, icon;
};
constexpr std::array<Look, 6> looks{{
    {"in_place", "ok", "circle-check"}, {"tested", "ok", "circle-check"}, {"partial", "warn", "alert-triangle"},
    {"planned", "info", "clock"}, {"absent", "danger", "circle-x"}, {"not_applicable", "line", "circle-minus"},
}};

Look const& look_of(std::string_view state)
{
    auto const found = std::ranges::find(looks, state, &Look::state);
    return found == looks.end() ? looks.back() : *found;
}

// What one press answers; that a measure was tested is told on its own page, with the result.
constexpr std::array<std::string_view, 5> pressed{"in_place", "partial", "planned", "absent", "not_applicable"};

std::vector<Answer> answers_of(records::Records const& records, records::Register const& kind, std::optional<Timestamp> at)
{
    std::vector<Answer> answers;
    records.each(kind, at, [&](records::Stored const& stored) {
        auto const point = schema::text_of(*kind.schema, stored.row, "point");
        if (!point.empty() && !kind.is_closed(stored.head.status)) answers.push_back({stored.head.id, stored.head.reference, stored.head.title, stored.head.status, point});
    });
    return answers;
}

void write_bar(Html& out, Locale const& locale, Tally const& tally)
{
    out << "<span class=\"g-rail-big\">"_h << locale.percent(tally.score()) << "</span><svg class=\"g-bar\" viewBox=\"0 0 200 10\" preserveAspectRatio=\"none\" role=\"img\""_h;
    out.attr("aria-label"_h, locale.text("measure.assessment.score") + locale.text("punctuation.colon") + locale.percent(tally.score()));
    out << "><rect class=\"t\" x=\".5\" y=\".5\" width=\"199\" height=\"9\" rx=\"2\"/><rect class=\"f\" x=\"1\" y=\"1\" height=\"8\" rx=\"2\""_h;
    out.attr("width"_h, static_cast<std::int64_t>(tally.score() * 198 / 100));
    out << "/></svg>"_h;
}

/// What the same points made a year ago, when there was anything then.
void write_trend(Html& out, Context const& context, records::Records const& records, records::Register const& kind)
{
    constexpr auto year = std::chrono::hours{24 * 365};
    auto const before = answers_of(records, kind, context.now - year);
    if (before.empty()) return;
    auto const then = assess(before, local_date(context.now - year, context.where().zone));
    out << "<p class=\"g-small g-muted mb-0\">"_h << context.locale.text("measure.assessment.a_year_ago", {{"score", context.locale.percent(then.tally.score())}}) << "</p>"_h;
}

void write_summary(Html& out, Context const& context, records::Records const& records, records::Register const& kind, Tally const& tally)
{
    auto const& locale = context.locale;
    out << "<div class=\"g-cols\"><section class=\"g-panel g-col-5\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << locale.text("measure.assessment.score") << "</h2></div><div class=\"g-panel-body\">"_h;
    write_bar(out, locale, tally);
    write_trend(out, context, records, kind);
    out << "</div></section><section class=\"g-panel g-col-7\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << locale.text("measure.assessment.points") << "</h2></div><div class=\"g-panel-body\"><dl class=\"g-fields\">"_h;
    auto line = [&](std::string_view key, int count) { out << "<div><dt>"_h << locale.text(key) << "</dt><dd>"_h << count << "</dd></div>"_h; };
    line("status.in_place", tally.there);
    line("status.partial", tally.partial);
    line("status.planned", tally.planned);
    line("status.absent", tally.absent);
    line("measure.assessment.unseen", tally.unseen);
    line("status.not_applicable", tally.not_applicable);
    out << "</dl></div></section></div>"_h;
}

void write_badge(Html& out, Locale const& locale, std::string_view state)
{
    auto const& look = look_of(state);
    out << "<span"_h;
    out.attr("class"_h, "g-badge g-badge--" + std::string{look.tone});
    out << ">"_h;
    web::icon(out, look.icon);
    out << " "_h << locale.text("status." + std::string{state}) << "</span>"_h;
}

void write_answers(Html& out, Context const& context, law::SecurityPoint const& point)
{
    auto const& locale = context.locale;
    out << "<form class=\"g-inline\" method=\"post\""_h;
    out.url("action"_h, context.address("/measures/assessment"));
    out.attr("aria-label"_h, point.text(locale.language()));
    out << ">"_h;
    web::csrf_field(out, context.frame);
    out << "<input type=\"hidden\" name=\"point\""_h;
    out.attr("value"_h, point.code);
    out << ">"_h;
    for (auto const state : pressed) {
        out << "<button class=\"btn btn-outline btn-sm me-1 mb-1\" name=\"state\""_h;
        out.attr("value"_h, state);
        out << ">"_h << locale.text("status." + std::string{state}) << "</button>"_h;
    }
    out << "</form>"_h;
}

void write_point(Html& out, Context const& context, PointState const& state)
{
    auto const& locale = context.locale;
    out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">"_h << state.point->text(locale.language()) << "</th><td role=\"cell\">"_h;
    if (state.answer) {
        write_badge(out, locale, state.answer->status);
        out << " <a"_h;
        out.url("href"_h, context.address("/measures/" + state.answer->id.text()));
        out << ">"_h << state.answer->reference << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon") << state.answer->title << "</span></a>"_h;
    } else if (records::pages::can(context, web::Permission::WriteRecords)) {
        write_answers(out, context, *state.point);
    } else {
        out << "<span class=\"g-muted\">"_h << locale.text("measure.assessment.unseen") << "</span>"_h;
    }
    out << "</td></tr>"_h;
}

void write_sheet(Html& out, Context const& context, SheetState const& sheet, bool open)
{
    auto const& locale = context.locale;
    auto const title = locale.text("security_sheet." + std::string{sheet.sheet});
    out << "<details class=\"g-disclose\""_h;
    out.attr("id"_h, "sheet-" + std::string{sheet.sheet});
    if (open) out << " open"_h;
    out << "><summary>"_h;
    web::icon(out, "chevron-right");
    out << "<span>"_h << (sheet.sheet == "archive" ? std::string{} : std::string{sheet.sheet} + " · ") << title << "</span> <span class=\"g-muted\">"_h;
    if (sheet.tally.counted() == 0) out << locale.text("status.not_applicable");
    else if (sheet.tally.gaps() == 0) out << locale.text("measure.assessment.complete");
    else out << locale.percent(sheet.tally.score()) << " · "_h << locale.plural("measure.assessment.gaps", sheet.tally.gaps());
    out << "</span>"_h;
    out << "</summary><div class=\"g-tablewrap mb-3\" tabindex=\"0\" role=\"group\""_h;
    out.attr("aria-label"_h, title);
    out << "><table class=\"g-table g-table--cards\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\"><th role=\"columnheader\" scope=\"col\">"_h << locale.text("measure.point.short")
        << "</th><th role=\"columnheader\" scope=\"col\">"_h << locale.text("measure.assessment.state") << "</th></tr></thead><tbody role=\"rowgroup\">"_h;
    for (auto const& point : sheet.points) write_point(out, context, point);
    out << "</tbody></table></div></details>"_h;
}

void begin(Context& context, std::string title)
{
    auto const& locale = context.locale;
    context.frame.title = std::move(title);
    context.frame.crumbs = {{locale.text("register.measures"), context.address("/measures")}};
}

void link(Html& out, std::string const& href, std::string_view icon, std::string const& words)
{
    out << "<a class=\"btn btn-outline\""_h;
    out.url("href"_h, href);
    out << ">"_h;
    web::icon(out, icon);
    out << " "_h << words << "</a>"_h;
}

Result<Response> show_assessment(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& locale = context.locale;
    auto const* kind = records::known_registers(services.machinery, context).find(measure_register().slug);
    if (!kind) return Error::not_found();
    auto const records = records::pages::store(services, context);
    auto const answers = answers_of(records, *kind, std::nullopt);
    auto const assessment = assess(answers, local_date(context.now, context.where().zone));
    begin(context, locale.text("measure.assessment.title"));
    Html out, actions;
    link(actions, context.address("/measures/passwords"), "key", locale.text("measure.passwords.title"));
    link(actions, context.address("/measures"), "shield-lock", locale.text("measure.assessment.all"));
    web::page_head(out, context.frame, context.frame.title, locale.text("measure.assessment.lead"), actions);
    write_summary(out, context, records, *kind, assessment.tally);
    auto const opened = request.query.get("sheet");
    std::string_view chapter;
    for (auto const& sheet : assessment.sheets) {
        // Archiving stands last although it belongs to an earlier chapter: the guide of 2024 has no sheet for it.
        auto const of = sheet.sheet == "archive" ? std::string_view{"archive"} : law::security_chapter(sheet.sheet);
        if (of != chapter) out << "<h2 class=\"g-h3 mt-4 mb-2\">"_h << locale.text("measure.chapter." + std::string{of}) << "</h2>"_h;
        chapter = of;
        write_sheet(out, context, sheet, sheet.sheet == opened);
    }
    out << "<p class=\"g-small g-muted mt-4\">"_h << locale.text("measure.assessment.source") << "</p>"_h;
    return Response::html(web::page(context.frame, out));
}

Measure measure_of(law::SecurityPoint const& point, Language language)
{
    Measure measure;
    measure.name = point.text(language);
    if (measure.name.ends_with('.')) measure.name.pop_back();
    measure.sheet = schema::Term<SecuritySheets>{point.sheet};
    measure.point = point.code;
    for (auto const& code : point.kinds) measure.kinds.push_back({code});
    for (auto const& code : point.risks)
        if (auto const risk = choices_of(Risk{}).find(code)) measure.risks.push_back(*risk);
    return measure;
}

Result<Response> answer_point(PageServices const& services, Context& context, web::Request const& request)
{
    auto const* kind = records::known_registers(services.machinery, context).find(measure_register().slug);
    auto const* point = law::security_point(request.form.get("point"));
    auto const state = request.form.get("state");
    if (!kind || !point || std::ranges::find(pressed, state) == pressed.end()) return Error::not_found();
    auto const records = records::pages::store(services, context);
    auto const answers = answers_of(records, *kind, std::nullopt);
    // Pressed twice, or by two people at once: the first answer stands.
    if (std::ranges::find(answers, point->code, &Answer::point) == answers.end()) {
        auto measure = measure_of(*point, context.locale.language());
        if (state == "in_place") measure.in_place_since = local_date(context.now, context.where().zone);
        auto row = measure_schema().pack(measure);
        row.values.resize(kind->schema->fields.size());   // fields of the organisation's own stand behind
        (void)TRY(records.create(*kind, {.row = std::move(row), .status = std::string{state}}, records::pages::by(context)));
    }
    return Response::redirect(context.address("/measures/assessment?sheet=" + point->sheet + "#sheet-" + point->sheet));
}

}  // namespace

std::vector<accounts::Route> measure_routes(PageServices const& services)
{
    using web::Method;
    using web::Permission;
    auto route = [&services](auto handler) { return [&services, handler](Context& context, web::Request const& request) { return handler(services, context, request); }; };
    return {
        {Method::Get, "/o/{organisation}/measures/assessment", Permission::ReadRecords, route(show_assessment)},
        {Method::Post, "/o/{organisation}/measures/assessment", Permission::WriteRecords, route(answer_point)},
        {Method::Get, "/o/{organisation}/measures/passwords", Permission::ReadRecords, route(show_passwords)},
    };
}

}  // namespace greffier::measure
