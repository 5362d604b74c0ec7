// The acts on a record, each on a page of its own that says what will happen: status, review, delete, restore.
#include <algorithm>

#include "records/gate.hpp"
#include "records/pages/controls.hpp"
#include "records/pages/form.hpp"
#include "records/pages/shared.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::records::pages {

using namespace web::literals;
using web::Html;
using web::Response;

namespace {

struct ActPage {
    Context& context;
    Register const& kind;
    Stored const& stored;
    std::string act;                        ///< last word of the address
    std::string title, lead, button;
    bool destructive = false;
    std::vector<FieldError> errors = {};
};

void write_field(Html& out, ActPage const& page, char const* name, std::string const& words, std::string const& hint, std::string const& value, char const* type, bool required)
{
    auto const error = std::ranges::find(page.errors, std::string_view{name}, &FieldError::field);
    bool const wrong = error != page.errors.end();
    std::string const id = name;
    out << "<div"_h;
    out.attr("class"_h, wrong ? "g-field g-field--err" : "g-field");
    out << "><label class=\"form-label\""_h;
    out.attr("for"_h, id);
    out << ">"_h << words;
    if (required) out << " <span class=\"g-req\">"_h << page.context.locale.text("form.required") << "</span>"_h;
    out << "</label>"_h;
    if (!hint.empty()) { out << "<p class=\"g-hint\""_h; out.attr("id"_h, id + "-h"); out << ">"_h << hint << "</p>"_h; }
    if (wrong) {
        out << "<p class=\"g-err\""_h;
        out.attr("id"_h, id + "-e");
        out << ">"_h;
        web::icon(out, "alert-circle");
        out << "<span>"_h << page.context.locale.text("error." + error->code, error->arguments) << "</span></p>"_h;
    }
    auto const described = wrong ? id + "-e" : (hint.empty() ? "" : id + "-h");
    if (std::string_view{type} == "textarea") {
        out << "<textarea class=\"form-control\" rows=\"3\" maxlength=\"2000\""_h;
        out.attr("id"_h, id).attr("name"_h, name);
        if (!described.empty()) out.attr("aria-describedby"_h, described);
        if (wrong) out.attr("aria-invalid"_h, "true");
        out << ">\n"_h << value << "</textarea>"_h;
    } else {
        out << "<input"_h;
        out.attr("class"_h, std::string_view{type} == "date" ? "form-control w-auto" : "form-control").attr("type"_h, type).attr("id"_h, id).attr("name"_h, name).attr("value"_h, value);
        if (!described.empty()) out.attr("aria-describedby"_h, described);
        if (wrong) out.attr("aria-invalid"_h, "true");
        out << ">"_h;
    }
    out << "</div>"_h;
}

template <class Fields>
Response write_act(ActPage& page, int status, Fields const& fields)
{
    auto& context = page.context;
    begin(context, page.kind, page.title + context.locale.text("punctuation.colon") + page.stored.head.title);
    context.frame.crumbs.push_back({page.stored.head.reference + " " + page.stored.head.title, address(context, page.kind, page.stored.head.id)});
    context.frame.refused = !page.errors.empty();
    Html out;
    web::page_top(out, context.frame);
    out << "<form class=\"g-confirm\" method=\"post\" novalidate"_h;
    out.url("action"_h, address(context, page.kind, page.stored.head.id, "/" + page.act));
    out << "><h1>"_h << page.title << "</h1><p id=\"record\" tabindex=\"-1\"><span class=\"g-ref\">"_h << page.stored.head.reference << "</span> <a"_h;
    out.url("href"_h, address(context, page.kind, page.stored.head.id));
    out << ">"_h << page.stored.head.title << "</a></p><p>"_h << page.lead << "</p>"_h;
    web::csrf_field(out, context.frame);
    out << "<input type=\"hidden\" name=\"_version\""_h;
    out.attr("value"_h, page.stored.head.version);
    out << ">"_h;
    write_act_errors(out, page.context.locale, page.errors);
    fields(out);
    out << "<div class=\"g-confirm-foot\"><button type=\"submit\""_h;
    out.attr("class"_h, page.destructive ? "btn btn-danger" : "btn btn-primary");
    out << ">"_h << page.button << "</button><a class=\"btn btn-outline\""_h;
    out.url("href"_h, address(context, page.kind, page.stored.head.id));
    out << ">"_h << context.locale.text("act.cancel") << "</a></div></form>"_h;
    return Response::html(web::page(context.frame, out), status);
}

struct Loaded {
    Register const* kind;
    Stored stored;
};

Result<Loaded> load(PageServices const& services, Context& context, web::Request const& request)
{
    auto const* kind = TRY(register_of(services, context, request));
    return Loaded{kind, TRY(store(services, context).find(*kind, TRY(id_of(request))))};
}

/// Somebody changed the record since this page was opened: it is asked again, over what stands now.
std::vector<FieldError> changed_meanwhile() { return {{"record", "act_on_changed", {}}}; }

// ---- status -----------------------------------------------------------------------------------------------

struct Typed { std::string reason, decided_by, decided_on; };

Result<Response> status_page(Context& context, Loaded const& loaded, Transition const& step, Typed const& typed, std::vector<FieldError> errors, std::vector<Finding> const& blocking, int status)
{
    auto const& locale = context.locale;
    std::string const to{step.to};
    ActPage page{context, *loaded.kind, loaded.stored, "status", locale.text("transition." + to),
                 locale.text("act.status_lead", {{"from", locale.text("status." + loaded.stored.head.status)}, {"to", locale.text("status." + to)}}),
                 locale.text("transition." + to), to == "suspended" || to == "archived", std::move(errors)};
    bool const asked = std::ranges::any_of(page.errors, [](FieldError const& error) { return error.field == "decided_by"; });
    bool const decision = step.needs_decision || !blocking.empty() || asked;
    return write_act(page, status, [&](Html& out) {
        out << "<input type=\"hidden\" name=\"to\""_h;
        out.attr("value"_h, to);
        out << ">"_h;
        if (!blocking.empty()) {
            out << "<section class=\"g-alert g-alert--danger\">"_h;
            web::icon(out, "alert-octagon");
            out << "<div class=\"g-alert-text\"><h2>"_h << locale.plural("act.blocked_title", static_cast<std::int64_t>(blocking.size())) << "</h2><p>"_h << locale.text("act.blocked_lead") << "</p></div></section>"_h;
            for (auto const& finding : blocking) write_finding(out, finding, locale, address(context, *loaded.kind, loaded.stored.head.id, "/edit"), false);
        }
        write_field(out, page, "reason", locale.text("field.reason"), locale.text(step.needs_reason ? "act.reason_needed" : "act.reason_hint"), typed.reason, "textarea", step.needs_reason);
        if (decision) {
            write_field(out, page, "decided_by", locale.text("field.decided_by"), locale.text("act.decided_by_hint"), typed.decided_by, "text", step.needs_decision);
            write_field(out, page, "decided_on", locale.text("field.decided_on"), "", typed.decided_on, "date", step.needs_decision);
        }
    });
}

std::vector<Finding> blocking_findings(PageServices const& services, Context& context, Loaded const& loaded, Transition const& step)
{
    std::vector<Finding> blocking;
    if (!step.guarded) return blocking;
    for (auto& finding : store(services, context).findings(loaded.stored.head.id))
        if (finding.severity == Severity::Blocking) blocking.push_back(std::move(finding));
    Gate const gate(services.machinery, context.where().id, context.who().sight);
    for (auto& finding : gate.hold_back(*loaded.kind, loaded.stored, step.to, local_date(context.now, context.where().zone))) blocking.push_back(std::move(finding));
    return blocking;
}

Result<Transition const*> step_of(Context const& context, Loaded const& loaded, std::string const& to)
{
    auto const* step = loaded.kind->transition(loaded.stored.head.status, to);
    if (!step) return Error::conflict("no_transition", {{"from", context.locale.text("status." + loaded.stored.head.status)}, {"to", context.locale.find("status." + to).value_or(to)}});
    if (!can(context, step->permission)) return Error::forbidden("transition_forbidden");
    return step;
}

Result<Response> ask_status(PageServices const& services, Context& context, web::Request const& request)
{
    auto const loaded = TRY(load(services, context, request));
    auto const* step = TRY(step_of(context, loaded, request.query.get("to")));
    Typed typed;
    // Who decides for the controller decides in their own name, today, until they say otherwise.
    if (std::ranges::find(context.who().roles, accounts::Role::Representative) != context.who().roles.end()) {
        typed.decided_by = context.frame.person_name;
        typed.decided_on = to_text(local_date(context.now, context.locale.zone()));
    }
    return status_page(context, loaded, *step, typed, {}, blocking_findings(services, context, loaded, *step), 200);
}

Result<Response> change_status(PageServices const& services, Context& context, web::Request const& request)
{
    auto const loaded = TRY(load(services, context, request));
    auto const* step = TRY(step_of(context, loaded, request.form.get("to")));
    Typed const typed{request.form.get("reason"), request.form.get("decided_by"), request.form.get("decided_on")};
    std::vector<FieldError> errors;
    auto on = parse_date(typed.decided_on);
    if (!on) on = parse_french_date(typed.decided_on);
    if (!typed.decided_on.empty() && !on) errors.push_back({"decided_on", "not_a_date", {}});
    if (errors.empty()) {
        auto changed = store(services, context).change_status(*loaded.kind, {loaded.stored.head.id, sent_version(request.form), std::string{step->to}, typed.reason, {typed.decided_by, on}}, by(context), context.who());
        if (changed.ok()) return done(address(context, *loaded.kind, loaded.stored.head.id), "status");
        auto const& error = changed.error();
        if (error.code == "blocked_by_findings") errors.push_back({"decided_by", "blocked_by_findings", error.arguments});
        else if (error.code == "stale") errors = changed_meanwhile();
        else if (error.kind != ErrorKind::Invalid) return error;
        else errors = error.fields;
    }
    return status_page(context, loaded, *step, typed, std::move(errors), blocking_findings(services, context, loaded, *step), 422);
}

// ---- review -----------------------------------------------------------------------------------------------

Result<Response> review_page(Context& context, Loaded const& loaded, std::string const& next, std::vector<FieldError> errors, int status)
{
    auto const& locale = context.locale;
    ActPage page{context, *loaded.kind, loaded.stored, "review", locale.text("act.review"), locale.text("act.review_lead"), locale.text("act.review_button"), false, std::move(errors)};
    return write_act(page, status, [&](Html& out) {
        write_field(out, page, "next_review", locale.text("field.next_review"), locale.text("act.review_hint"), next, "date", false);
    });
}

Result<Response> ask_review(PageServices const& services, Context& context, web::Request const& request)
{
    auto const loaded = TRY(load(services, context, request));
    if (loaded.kind->reviewed_field.empty()) return Error::not_found();
    return review_page(context, loaded, to_text(add_months(local_date(context.now, context.where().zone), 12)), {}, 200);
}

Result<Response> do_review(PageServices const& services, Context& context, web::Request const& request)
{
    auto const loaded = TRY(load(services, context, request));
    auto const typed = request.form.get("next_review");
    auto next = parse_date(typed);
    if (!next) next = parse_french_date(typed);
    if (!typed.empty() && !next) return review_page(context, loaded, typed, {{"next_review", "not_a_date", {}}}, 422);
    auto reviewed = store(services, context).review(*loaded.kind, loaded.stored.head.id, sent_version(request.form), context.frame.person_name, next, by(context));
    if (reviewed.ok()) return done(address(context, *loaded.kind, loaded.stored.head.id), "reviewed");
    if (reviewed.error().code == "stale") return review_page(context, loaded, typed, changed_meanwhile(), 409);
    if (reviewed.error().kind != ErrorKind::Invalid) return reviewed.error();
    return review_page(context, loaded, typed, reviewed.error().fields, 422);
}

// ---- delete and restore -----------------------------------------------------------------------------------

Response delete_page(Context& context, Loaded const& loaded, std::vector<FieldError> errors, int status)
{
    auto const& locale = context.locale;
    ActPage page{context, *loaded.kind, loaded.stored, "delete", locale.text("act.delete_title"), locale.text("act.delete_lead"), locale.text("act.delete"), true, std::move(errors)};
    return write_act(page, status, [](Html&) {});
}

Result<Response> ask_delete(PageServices const& services, Context& context, web::Request const& request)
{
    auto const loaded = TRY(load(services, context, request));
    if (loaded.kind->single) return Error::not_found();
    return delete_page(context, loaded, {}, 200);
}

Result<Response> do_delete(PageServices const& services, Context& context, web::Request const& request)
{
    auto const loaded = TRY(load(services, context, request));
    auto const removed = store(services, context).remove(*loaded.kind, loaded.stored.head.id, sent_version(request.form), by(context));
    if (removed.ok()) return done(address(context, *loaded.kind), "deleted");
    if (removed.error().code != "stale") return removed.error();
    return delete_page(context, loaded, changed_meanwhile(), 409);
}

Result<Response> do_restore(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const id = TRY(id_of(request));
    (void)TRY(store(services, context).restore(kind, id, by(context)));
    return done(address(context, kind, id), "restored");
}

// ---- destroy what is sealed -------------------------------------------------------------------------------

Response destroy_page(Context& context, Loaded const& loaded, std::string const& reason, std::vector<FieldError> errors, int status)
{
    auto const& locale = context.locale;
    ActPage page{context, *loaded.kind, loaded.stored, "destroy", locale.text("act.destroy"), locale.text("act.destroy_lead"), locale.text("act.destroy_button"), true, std::move(errors)};
    return write_act(page, status, [&](Html& out) {
        out << "<ul>"_h;
        for (auto const& field : loaded.kind->schema->fields)
            if (loaded.kind->seals(field)) out << "<li>"_h << schema::short_label(*loaded.kind->schema, field, locale) << "</li>"_h;
        out << "</ul>"_h;
        write_field(out, page, "reason", locale.text("field.reason"), locale.text("act.reason_needed"), reason, "textarea", true);
    });
}

Result<Response> ask_destroy(PageServices const& services, Context& context, web::Request const& request)
{
    auto const loaded = TRY(load(services, context, request));
    if (!loaded.kind->sealed) return Error::not_found();
    if (!can(context, web::Permission::DecideRecords)) return Error::forbidden("destroy_forbidden");
    return destroy_page(context, loaded, "", {}, 200);
}

Result<Response> do_destroy(PageServices const& services, Context& context, web::Request const& request)
{
    auto const loaded = TRY(load(services, context, request));
    if (!loaded.kind->sealed) return Error::not_found();
    if (!can(context, web::Permission::DecideRecords)) return Error::forbidden("destroy_forbidden");
    auto const reason = request.form.get("reason");
    auto const destroyed = store(services, context).destroy(*loaded.kind, loaded.stored.head.id, sent_version(request.form), reason, by(context));
    if (destroyed.ok()) return done(address(context, *loaded.kind, loaded.stored.head.id), "destroyed");
    if (destroyed.error().code == "stale") return destroy_page(context, loaded, reason, changed_meanwhile(), 409);
    if (destroyed.error().kind != ErrorKind::Invalid) return destroyed.error();
    return destroy_page(context, loaded, reason, destroyed.error().fields, 422);
}

}  // namespace

std::vector<accounts::Route> act_routes(PageServices const& services)
{
    using web::Method;
    using web::Permission;
    auto route = [&services](auto handler) { return [&services, handler](Context& context, web::Request const& request) { return handler(services, context, request); }; };
    return {
        {Method::Get, "/o/{organisation}/{register}/{id}/status", Permission::WriteRecords, route(ask_status)},
        {Method::Post, "/o/{organisation}/{register}/{id}/status", Permission::WriteRecords, route(change_status)},
        {Method::Get, "/o/{organisation}/{register}/{id}/review", Permission::WriteRecords, route(ask_review)},
        {Method::Post, "/o/{organisation}/{register}/{id}/review", Permission::WriteRecords, route(do_review)},
        {Method::Get, "/o/{organisation}/{register}/{id}/delete", Permission::WriteRecords, route(ask_delete)},
        {Method::Post, "/o/{organisation}/{register}/{id}/delete", Permission::WriteRecords, route(do_delete)},
        {Method::Post, "/o/{organisation}/{register}/{id}/restore", Permission::WriteRecords, route(do_restore)},
        {Method::Get, "/o/{organisation}/{register}/{id}/destroy", Permission::WriteRecords, route(ask_destroy)},
        {Method::Post, "/o/{organisation}/{register}/{id}/destroy", Permission::WriteRecords, route(do_destroy)},
    };
}

}  // namespace greffier::records::pages
