// What is about to be purged, for who works with it; and, for who decides, holding one record back with a reason.
#include "accounts/pages/form.hpp"
#include "core/text.hpp"
#include "law/parameters.hpp"
#include "reception/page_handlers.hpp"
#include "reception/purge.hpp"
#include "records/vocabulary.hpp"
#include "web/problem.hpp"

namespace greffier::reception {

using namespace web::literals;

namespace {

records::Records store_of(ReceptionServices const& services, Context const& context) { return {services.machinery, context.where().id, context.who().sight}; }

std::string record_address(Context const& context, ToPurge const& item) { return context.address("/" + std::string{item.kind->slug} + "/" + item.head.id.text()); }
std::string hold_address(Context const& context, records::Register const& kind, RecordId id) { return context.address("/purge/" + std::string{kind.slug} + "/" + id.text()); }

void write_row(Html& out, Context const& context, ToPurge const& item, bool decides)
{
    auto const& locale = context.locale;
    out << "<tr role=\"row\">"_h;
    accounts::open_cell(out, locale, "purge.record");
    if (item.head.deleted_at) out << item.head.title;
    else {
        out << "<a"_h;
        out.url("href"_h, record_address(context, item));
        out << ">"_h << item.head.title << "</a>"_h;
    }
    out << " <span class=\"g-ref\">"_h << item.head.reference << "</span></div></td>"_h;
    accounts::open_cell(out, locale, "purge.why");
    out << locale.text("purge.why." + std::string{code_of(item.why)}) << "</div></td>"_h;
    accounts::open_cell(out, locale, "purge.on");
    out << (item.hold ? locale.text("purge.held", {{"reason", item.hold->reason}}) : locale.date(item.on)) << "</div></td>"_h;
    accounts::open_cell(out, locale, "purge.act");
    if (decides) {
        out << "<a"_h;
        out.url("href"_h, hold_address(context, *item.kind, item.head.id));
        out << ">"_h << locale.text(item.hold ? "purge.lift" : "purge.hold") << "<span class=\"g-hidden\"> "_h << item.head.reference << "</span></a>"_h;
    }
    out << "</div></td></tr>"_h;
}

struct Held {
    records::Register const& kind;
    records::Stored record;
};

Result<Held> held_of(ReceptionServices& services, Context& context, Request const& request)
{
    auto const* kind = TRY(records::register_of_path(services.machinery, context, request));
    auto const id = RecordId::parse(request.param("id"));
    if (!id || (kind->slug != "requests" && kind->slug != "breaches")) return Error::not_found();
    auto record = TRY(store_of(services, context).find(*kind, *id, true));
    // Found before it is refused: what one does not see is not there.
    if (!accounts::may(context.who(), web::Permission::DecideRecords)) return Error::forbidden();
    return Held{*kind, std::move(record)};
}

Response hold_page(ReceptionServices& services, Context& context, Held const& held, FormState const& form, int status = 200)
{
    auto const& locale = context.locale;
    auto const title = locale.text("purge.hold_title", {{"number", held.record.head.reference}});
    context.frame.crumbs = {{locale.text("purge.title"), context.address("/purge")}};
    Html out;
    web::page_head(out, context.frame, title, locale.text("purge.hold_lead"), {});
    accounts::error_summary(out, locale, form, {{"reason", "purge.reason"}});
    out << "<div class=\"g-settings\"><section class=\"g-section\">"_h;
    auto const all = PurgeHolds(services.database(), context.where().id).of(held.record.head.id);
    bool stands = false;
    if (!all.empty()) out << "<ul>"_h;
    for (auto const& one : all) {
        stands = stands || !one.lifted_at;
        out << "<li>"_h << locale.text("purge.placed", {{"when", locale.instant(one.placed_at)}}) << locale.text("punctuation.colon") << one.reason;
        if (one.lifted_at) out << " · "_h << locale.text("purge.lifted", {{"when", locale.instant(*one.lifted_at)}});
        out << "</li>"_h;
    }
    if (!all.empty()) out << "</ul>"_h;
    accounts::open_form(out, context, hold_address(context, held.kind, held.record.head.id));
    out << "<input type=\"hidden\" name=\"op\""_h;
    out.attr("value"_h, stands ? "lift" : "hold");
    out << ">"_h;
    if (!stands) accounts::text_field(out, locale, form, {.name = "reason", .label = "purge.reason", .hint = "purge.reason.hint", .max_length = 1000});
    accounts::submit_button(out, locale.text(stands ? "purge.lift_button" : "purge.hold_button"));
    out << "</form></section></div>"_h;
    return accounts::shown(context, title, out, status);
}

}  // namespace

Answer show_purge(ReceptionServices& services, Context& context, Request const&)
{
    auto const& locale = context.locale;
    auto const zone = context.where().zone;
    auto const today = local_date(context.now, zone);
    auto const title = locale.text("purge.title");
    context.frame.crumbs = {{locale.text("register.requests"), context.address("/requests")}};
    auto const items = to_purge(store_of(services, context), records::known_registers(services.machinery, context), zone, today, add_months(today, 12));
    Html out;
    web::page_head(out, context.frame, title, locale.text("purge.lead", {{"request", locale.number(law::parameter("request.retention", today).number())},
                                                                         {"submission", locale.number(law::parameter("submission.retention", today).number())},
                                                                         {"notice", locale.number(law::parameter("purge.notice", today).number())}}), {});
    if (items.empty()) {
        out << "<p class=\"g-muted\">"_h << locale.text("purge.none") << "</p>"_h;
        return accounts::shown(context, title, out);
    }
    bool const decides = accounts::may(context.who(), web::Permission::DecideRecords) && !context.seeing_as;
    accounts::open_wide_table(out, locale, {"purge.record", "purge.why", "purge.on", "purge.act"}, title);
    for (auto const& item : items) write_row(out, context, item, decides);
    accounts::close_table(out);
    return accounts::shown(context, title, out);
}

Answer show_hold(ReceptionServices& services, Context& context, Request const& request)
{
    return hold_page(services, context, TRY(held_of(services, context, request)), {});
}

Answer change_hold(ReceptionServices& services, Context& context, Request const& request)
{
    auto const held = TRY(held_of(services, context, request));
    PurgeHolds const holds(services.database(), context.where().id);
    auto const op = request.form.get("op");
    if (op != "hold" && op != "lift") return Error::not_found();
    auto const done = op == "hold" ? holds.place(held.record.head.id, request.form.get("reason"), context.who().id, context.now) : holds.lift(held.record.head.id, context.who().id, context.now);
    if (done.ok()) return Response::redirect(context.address("/purge?done=purge_" + op));
    auto form = accounts::typed(request, {"reason"});
    form.take(done.error());
    return hold_page(services, context, held, form, web::status_of(done.error().kind));
}

}  // namespace greffier::reception
