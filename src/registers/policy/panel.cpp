#include "registers/policy/panel.hpp"

#include "records/pages/paper.hpp"
#include "records/told_text.hpp"
#include "records/vocabulary.hpp"
#include "registers/policy/policy.hpp"
#include "registers/policy/register.hpp"
#include "web/frame.hpp"

namespace greffier::policy {

using accounts::Context;
using records::PanelView;
using records::Records;
using web::Html;
using web::Response;
using namespace web::literals;

namespace {

constexpr std::string_view in_force = "in_force";
constexpr int tries = 5;   // two colleagues who say they read it in the same second must both be kept

void write_button(Html& out, PanelView const& view, Policy const& policy)
{
    auto const& context = view.context;
    auto const& locale = context.locale;
    if (view.at || context.seeing_as || !context.who().person || view.stored.head.status != in_force) return;
    if (policy.read_by_account(context.who().id.text())) {
        out << "<p class=\"mb-0 mt-2\">"_h;
        web::icon(out, "circle-check");
        out << " "_h << locale.text("policy.reading.done") << "</p>"_h;
        return;
    }
    out << "<form method=\"post\" class=\"mt-2\""_h;
    out.url("action"_h, view.address + "/read");
    out << ">"_h;
    web::csrf_field(out, context.frame);
    out << "<input type=\"hidden\" name=\"edition\""_h;
    out.attr("value"_h, policy.edition);
    out << "><button class=\"btn btn-primary\">"_h;
    web::icon(out, "check");
    out << " "_h << locale.text("policy.reading.button") << "</button></form>"_h;
}

Result<Response> note_reading(records::Machinery const& machinery, Context& context, web::Request const& request)
{
    auto const& registers = records::known_registers(machinery, context);
    auto const* kind = registers.find(policy_register().slug);
    auto const id = RecordId::parse(request.param("id"));
    if (!kind || !id) return Error::not_found();
    if (!context.who().person) return Error::forbidden("policy.reader_without_account");
    // Whoever may read a policy may say so, and writes nothing else: the record is found by their own sight, and the one
    // line is written by the program in their name.
    Records const seen(machinery, context.where().id, context.who().sight);
    Records const store(machinery, context.where().id, accounts::Sight::everything());
    for (int attempt = 1;; ++attempt) {
        auto const stored = TRY(seen.find(*kind, *id));
        auto policy = TRY(policy_schema().unpack(stored.row));
        auto const here = context.address("/policies/" + id->text());
        if (stored.head.status != in_force) return Error::conflict("policy.not_in_force");
        // What one read is what the page showed: an edition that came meanwhile is still to be read.
        if (request.form.get("edition") != policy.edition) return Error::conflict("policy.other_edition");
        auto const account = context.who().id.text();
        if (policy.read_by_account(account)) return Response::redirect(here + "?done=kept");
        policy.readings.push_back({.reader = context.frame.person_name, .edition = policy.edition, .read_on = local_date(context.now, context.where().zone), .proof = ReadingProof::Acknowledged, .account = account});
        auto row = stored.row;   // with the organisation's own questions
        schema::set(*kind->schema, row, "readings", schema::get(policy_schema().info(), policy_schema().pack(policy), "readings"));
        auto kept = store.update(*kind, {.id = *id, .version = stored.head.version, .row = std::move(row), .changes_validated = false}, {context.who().id, context.now, context.where().zone});
        if (kept.ok()) return Response::redirect(here + "?done=kept");
        if (kept.error().code != "stale" || attempt == tries) return kept.error();
    }
}

/// The document itself, on a page made to be printed.
Result<Response> show_text(records::Machinery const& machinery, Context& context, web::Request const& request)
{
    auto const& locale = context.locale;
    auto const* kind = records::known_registers(machinery, context).find(policy_register().slug);
    auto const id = RecordId::parse(request.param("id"));
    if (!kind || !id) return Error::not_found();
    auto const stored = TRY((Records{machinery, context.where().id, context.who().sight}.find(*kind, *id)));
    auto const policy = TRY(policy_schema().unpack(stored.row));
    if (policy.text.empty()) return Error::not_found();
    auto const back = context.address("/policies/" + id->text());
    context.frame.title = policy.name;
    context.frame.crumbs = {{locale.text("register.policies"), context.address("/policies")}, {stored.head.reference + " " + stored.head.title, back}};
    auto const version = policy.edition.empty() ? locale.text("status." + stored.head.status) : policy.edition + " · " + locale.text("status." + stored.head.status);
    Html out;
    web::page_head(out, context.frame, policy.name, context.where().name + " · " + version, records::paper_actions(locale, back, locale.text("policy.text.back")));
    out << "<article class=\"g-letter\">"_h;
    records::write_told(out, records::parse_told(policy.text.value));
    out << "</article>"_h;
    return Response::html(web::page(context.frame, out));
}

}  // namespace

void write_panel(Html& out, PanelView const& view)
{
    auto const& locale = view.context.locale;
    auto const policy = policy_schema().unpack(view.stored.row);
    if (!policy.ok()) return;
    auto const readers = policy->readers();
    out << "<section class=\"g-panel mb-4\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << locale.text("policy.reading.title") << "</h2></div><div class=\"g-panel-body\"><span class=\"g-rail-big\">"_h;
    if (policy->expected_readers.value_or(0) > 0) out << locale.text("policy.reading.of", {{"count", locale.number(readers)}, {"expected", locale.number(*policy->expected_readers)}});
    else out << locale.plural("policy.reading.count", readers);
    out << "</span>"_h;
    if (!policy->edition.empty()) out << "<p class=\"mb-0\">"_h << locale.text("policy.reading.edition", {{"edition", policy->edition}}) << "</p>"_h;
    write_button(out, view, *policy);
    if (!policy->text.empty() && !view.at) {
        out << "<p class=\"mb-0 mt-2\"><a class=\"btn btn-outline\""_h;
        out.url("href"_h, view.address + "/text");
        out << ">"_h;
        web::icon(out, "file-text");
        out << " "_h << locale.text("policy.text.open") << "</a></p>"_h;
    }
    out << "</div></section>"_h;
}

std::vector<accounts::Route> reading_routes(records::Machinery const& machinery)
{
    return {
        {web::Method::Post, "/o/{organisation}/policies/{id}/read", web::Permission::ReadRecords, [&machinery](Context& context, web::Request const& request) { return note_reading(machinery, context, request); }},
        {web::Method::Get, "/o/{organisation}/policies/{id}/text", web::Permission::ReadRecords, [&machinery](Context& context, web::Request const& request) { return show_text(machinery, context, request); }},
    };
}

}  // namespace greffier::policy
