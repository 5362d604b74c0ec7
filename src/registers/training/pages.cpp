#include "registers/training/pages.hpp"

#include <algorithm>

#include "core/phone.hpp"
#include "core/text.hpp"
#include "law/parameters.hpp"
#include "records/pages/panel.hpp"
#include "records/pages/paper.hpp"
#include "records/pages/shared.hpp"
#include "records/vocabulary.hpp"
#include "registers/training/register.hpp"
#include "registers/training/training.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::training {

using namespace web::literals;
using accounts::Context;
using records::PageServices;
using records::PaperTable;
using web::Html;
using web::Response;

namespace {

// --- the sheet people sign --------------------------------------------------------------------------------------

constexpr int blank_lines = 4;   // somebody always comes who was not invited

void write_facts(Html& out, Context const& context, schema::SchemaInfo const& info, schema::Row const& row)
{
    auto const& locale = context.locale;
    out << "<section class=\"g-sheet mb-3\"><dl class=\"g-fields\">"_h;
    for (auto const* name : {"starts_at", "minutes", "place", "trainer", "audiences", "topics"}) {
        auto const& field = *info.find(name);
        auto const words = with_phones_in_pairs(schema::show(field, schema::get(info, row, name), locale));
        if (!words.empty()) out << "<div><dt>"_h << schema::short_label(info, field, locale) << "</dt><dd>"_h << words << "</dd></div>"_h;
    }
    out << "</dl></section>"_h;
}

Result<Response> show_attendance(PageServices const& services, Context& context, web::Request const& request)
{
    auto const* kind = records::known_registers(services.machinery, context).find(training_register().slug);
    if (!kind) return Error::not_found();
    auto const id = TRY(records::pages::id_of(request));
    auto const stored = TRY(records::pages::store(services, context).find(*kind, id));
    auto const training = TRY(training_schema().unpack(stored.row));
    auto const& locale = context.locale;
    auto const back = records::pages::address(context, *kind, id);
    records::pages::begin(context, *kind, locale.text("training.attendance.title"));
    context.frame.crumbs.push_back({stored.head.reference + " " + stored.head.title, back});
    Html out;
    web::page_head(out, context.frame, context.frame.title, stored.head.reference + " · " + stored.head.title, records::paper_actions(locale, back, locale.text("training.back")));
    write_facts(out, context, *kind->schema, stored.row);
    PaperTable table(out, context.frame.title, {locale.text("training_attendee.name.short"), locale.text("training_attendee.service.short"), locale.text("training.attendance.signature")});
    for (auto const& one : training.attendees) {
        table.row(one.name);
        table.cell(one.service);
        table.cell(one.attended == true ? locale.text("training.attendance.came") : one.attended == false ? locale.text("training.attendance.absent") : std::string{"\n"});
    }
    for (int line = 0; line < blank_lines; ++line) table.blank_row();
    table.end();
    out << "<p class=\"mt-4\">"_h << locale.text("training.attendance.trainer_signs") << "</p>"_h;
    return Response::html(web::page(context.frame, out));
}

// --- trained people by service ----------------------------------------------------------------------------------

/// Names and headcounts of the services, as the profile has them.
std::vector<std::pair<std::string, std::optional<std::int64_t>>> services_of(PageServices const& services, Context& context)
{
    std::vector<std::pair<std::string, std::optional<std::int64_t>>> all;
    auto const* profile = records::known_registers(services.machinery, context).find("profile");
    if (!profile) return all;
    auto const stored = records::pages::store(services, context).only(*profile);
    if (!stored.ok()) return all;
    auto const* field = profile->schema->find("services");
    auto const* rows = field ? std::get_if<schema::Rows>(&schema::get(*profile->schema, stored->row, "services")) : nullptr;
    if (!rows) return all;
    for (auto const& row : *rows) {
        auto const* staff = std::get_if<std::int64_t>(&schema::get(*field->rows, row, "headcount"));
        all.emplace_back(schema::text_of(*field->rows, row, "name"), staff ? std::optional{*staff} : std::nullopt);
    }
    return all;
}

void write_share(PaperTable& table, Locale const& locale, std::string const& service, Coverage::Share const& share, std::optional<std::int64_t> staff, int threshold)
{
    table.row(service.empty() ? locale.text("training.coverage.no_service") : service);
    table.number(share.trained, locale);
    table.cell(staff.value_or(0) > 0 ? locale.number(*staff) : share.known > 0 ? locale.text("training.coverage.known", {{"count", locale.number(share.known)}}) : "–");
    Html part;
    if (auto const percent = percent_of(share, staff)) {
        part << (*percent < threshold ? "<span class=\"g-badge g-badge--warn\">"_h : "<span class=\"g-badge g-badge--ok\">"_h);
        web::icon(part, *percent < threshold ? "alert-triangle" : "circle-check");
        part << " "_h << locale.percent(*percent) << "</span>"_h;
    } else part << "<span class=\"g-badge g-badge--line\">"_h << locale.text("training.coverage.nothing") << "</span>"_h;
    table.cell(part);
}

Result<Response> show_coverage(PageServices const& services, Context& context)
{
    auto const* kind = records::known_registers(services.machinery, context).find(training_register().slug);
    if (!kind) return Error::not_found();
    auto const& locale = context.locale;
    auto const& zone = context.where().zone;
    auto const today = local_date(context.now, zone);
    Coverage coverage(today, zone);
    records::pages::store(services, context).each(*kind, {}, [&](records::Stored const& stored) {
        if (auto const training = training_schema().unpack(stored.row); training.ok()) coverage.add(*training, stored.head.status);
    });
    auto const threshold = law::parameter("training.share", today).number();
    records::pages::begin(context, *kind, locale.text("training.coverage.title"));
    Html out;
    web::page_head(out, context.frame, context.frame.title, locale.text("training.coverage.lead", {{"percent", locale.percent(threshold)}, {"months", std::to_string(law::parameter("training.validity", today).number())}}),
                   records::paper_actions(locale, records::pages::address(context, *kind), locale.text("training.back_to_list")));
    PaperTable table(out, context.frame.title, {locale.text("training_attendee.service.short"), locale.text("training.coverage.trained"), locale.text("training.coverage.staff"), locale.text("training.coverage.share")});
    auto const named = services_of(services, context);
    for (auto const& [service, staff] : named) write_share(table, locale, service, coverage.of(service), staff, threshold);
    for (auto const& share : coverage.shares())
        if (std::ranges::none_of(named, [&](auto const& one) { return fold(squeeze(one.first)) == fold(share.service); })) write_share(table, locale, share.service, share, {}, threshold);
    table.end();
    auto const all = coverage.all();
    out << "<p class=\"mt-3\">"_h << locale.text("training.coverage.all", {{"trained", locale.number(all.trained)}, {"known", locale.number(all.known)}}) << " "_h << locale.text("training.coverage.how") << "</p>"_h;
    return Response::html(web::page(context.frame, out));
}

}  // namespace

std::vector<accounts::Route> training_routes(PageServices const& services)
{
    using web::Method;
    using web::Permission;
    return {
        {Method::Get, "/o/{organisation}/trainings/coverage", Permission::ReadRecords, [&services](Context& context, web::Request const&) { return show_coverage(services, context); }},
        {Method::Get, "/o/{organisation}/trainings/{id}/attendance", Permission::ReadRecords, [&services](Context& context, web::Request const& request) { return show_attendance(services, context, request); }},
    };
}

}  // namespace greffier::training
