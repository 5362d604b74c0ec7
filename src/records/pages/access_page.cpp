// Who sees a record: restricted or not, and the people named on it. One page, one act, one reason.
#include <algorithm>

#include "records/access.hpp"
#include "records/pages/controls.hpp"
#include "records/pages/shared.hpp"
#include "web/frame.hpp"

namespace greffier::records::pages {

using namespace web::literals;
using web::Html;
using web::Response;

namespace {

struct AccessPage {
    Context& context;
    Register const& kind;
    Stored const& stored;
    std::vector<Nameable> people;
    bool restricted = false;
    std::string reason = {};
    std::vector<FieldError> errors = {};
};

void write_choice(Html& out, Locale const& locale, bool restricted, bool chosen)
{
    std::string const id = restricted ? "restricted" : "open";
    out << "<div class=\"form-check\"><input class=\"form-check-input\" type=\"radio\" name=\"restricted\""_h;
    out.attr("id"_h, id).attr("value"_h, restricted ? "yes" : "no").attr("aria-describedby"_h, id + "-h").flag("checked"_h, chosen);
    out << "><div><label"_h;
    out.attr("for"_h, id);
    out << ">"_h << locale.text("access." + id) << "</label><p class=\"g-hint\""_h;
    out.attr("id"_h, id + "-h");
    out << ">"_h << locale.text("access." + id + "_hint") << "</p></div></div>"_h;
}

void write_people(Html& out, AccessPage const& page)
{
    auto const& locale = page.context.locale;
    out << "<fieldset class=\"g-field\" id=\"named\"><legend class=\"form-label\">"_h << locale.text("access.named") << "</legend><p class=\"g-hint\" id=\"named-h\">"_h << locale.text("access.named_hint") << "</p>"_h;
    for (auto const& one : page.people) {
        if (one.sees_restricted) continue;
        auto const id = one.person.text();
        out << "<div class=\"form-check\"><input class=\"form-check-input\" type=\"checkbox\" name=\"named\""_h;
        out.attr("id"_h, "named-" + id).attr("value"_h, id).flag("checked"_h, one.named);
        out << "><label"_h;
        out.attr("for"_h, "named-" + id);
        out << ">"_h << one.name << " <span class=\"g-small g-muted\">"_h << one.email << "</span></label></div>"_h;
    }
    out << "</fieldset>"_h;
    std::string always;
    for (auto const& one : page.people)
        if (one.sees_restricted) always += (always.empty() ? "" : ", ") + one.name;
    if (!always.empty()) out << "<p class=\"g-small g-muted\">"_h << locale.text("access.always", {{"people", always}}) << "</p>"_h;
}

void write_reason(Html& out, AccessPage const& page)
{
    auto const& locale = page.context.locale;
    auto const wrong = std::ranges::find(page.errors, std::string_view{"reason"}, &FieldError::field);
    bool const is_wrong = wrong != page.errors.end();
    out << "<div"_h;
    out.attr("class"_h, is_wrong ? "g-field g-field--err" : "g-field");
    out << "><label class=\"form-label\" for=\"reason\">"_h << locale.text("field.reason") << "</label><p class=\"g-hint\" id=\"reason-h\">"_h << locale.text("access.reason_hint") << "</p>"_h;
    if (is_wrong) {
        out << "<p class=\"g-err\" id=\"reason-e\">"_h;
        web::icon(out, "alert-circle");
        out << "<span>"_h << locale.text("error." + wrong->code, wrong->arguments) << "</span></p>"_h;
    }
    out << "<textarea class=\"form-control\" rows=\"3\" maxlength=\"2000\" id=\"reason\" name=\"reason\""_h;
    out.attr("aria-describedby"_h, is_wrong ? "reason-e" : "reason-h");
    if (is_wrong) out.attr("aria-invalid"_h, "true");
    out << ">\n"_h << page.reason << "</textarea></div>"_h;
}

Response write_page(AccessPage const& page, int status)
{
    auto& context = page.context;
    auto const& locale = context.locale;
    auto const here = address(context, page.kind, page.stored.head.id);
    begin(context, page.kind, locale.text("act.access") + locale.text("punctuation.colon") + page.stored.head.title);
    context.frame.crumbs.push_back({page.stored.head.reference + " " + page.stored.head.title, here});
    context.frame.refused = !page.errors.empty();
    Html out;
    web::page_top(out, context.frame);
    out << "<form class=\"g-confirm\" method=\"post\" novalidate"_h;
    out.url("action"_h, here + "/access");
    out << "><h1>"_h << locale.text("act.access") << "</h1><p id=\"record\" tabindex=\"-1\"><span class=\"g-ref\">"_h << page.stored.head.reference << "</span> <a"_h;
    out.url("href"_h, here);
    out << ">"_h << page.stored.head.title << "</a></p><p>"_h << locale.text("access.lead") << "</p>"_h;
    web::csrf_field(out, context.frame);
    out << "<input type=\"hidden\" name=\"_version\""_h;
    out.attr("value"_h, page.stored.head.version);
    out << ">"_h;
    write_act_errors(out, page.context.locale, page.errors);
    out << "<fieldset class=\"g-field\"><legend class=\"g-hidden\">"_h << locale.text("act.access") << "</legend>"_h;
    write_choice(out, locale, false, !page.restricted);
    write_choice(out, locale, true, page.restricted);
    out << "</fieldset>"_h;
    write_people(out, page);
    write_reason(out, page);
    out << "<div class=\"g-confirm-foot\"><button type=\"submit\" class=\"btn btn-primary\">"_h << locale.text("access.button") << "</button><a class=\"btn btn-outline\""_h;
    out.url("href"_h, here);
    out << ">"_h << locale.text("act.cancel") << "</a></div></form>"_h;
    return Response::html(web::page(context.frame, out), status);
}

Result<Response> ask_access(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const records = store(services, context);
    auto const stored = TRY(records.find(kind, TRY(id_of(request))));
    return write_page({context, kind, stored, nameable_on(records, stored.head.id), stored.head.restricted}, 200);
}

Result<Response> change_access(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const records = store(services, context);
    auto const stored = TRY(records.find(kind, TRY(id_of(request))));
    AccessChange change{stored.head.id, sent_version(request.form), request.form.get("restricted") == "yes", {}, request.form.get("reason")};
    for (auto const& text : request.form.all("named"))
        if (auto const person = PersonId::parse(text)) change.named.push_back(*person);
    auto const changed = records.set_access(kind, change, by(context));
    if (changed.ok()) return done(address(context, kind, stored.head.id), "access_changed");
    auto const& error = changed.error();
    if (error.kind != ErrorKind::Invalid && error.code != "stale") return error;
    AccessPage page{context, kind, stored, nameable_on(records, stored.head.id), change.restricted, change.reason, error.fields};
    if (error.code == "stale") page.errors = {{"record", "act_on_changed", {}}};
    for (auto& one : page.people) one.named = std::ranges::find(change.named, one.person) != change.named.end();
    return write_page(page, error.code == "stale" ? 409 : 422);
}

}  // namespace

std::vector<accounts::Route> access_routes(PageServices const& services)
{
    using web::Method;
    using web::Permission;
    auto route = [&services](auto handler) { return [&services, handler](Context& context, web::Request const& request) { return handler(services, context, request); }; };
    return {
        {Method::Get, "/o/{organisation}/{register}/{id}/access", Permission::RestrictRecords, route(ask_access)},
        {Method::Post, "/o/{organisation}/{register}/{id}/access", Permission::RestrictRecords, route(change_access)},
    };
}

}  // namespace greffier::records::pages
