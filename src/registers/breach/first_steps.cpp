#include "registers/breach/first_steps.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "records/pages/shared.hpp"
#include "records/store.hpp"
#include "records/vocabulary.hpp"
#include "registers/breach/register.hpp"
#include "web/frame.hpp"

namespace greffier::breach {

using namespace web::literals;
using accounts::Context;
using records::PageServices;
using records::PanelView;
using web::Html;
using web::Response;

namespace {

constexpr int tries = 5;   // in an emergency several people tick at once, and each tick must be kept

std::string code_of(FirstStepKind kind) { return std::string{choices_of(FirstStepKind{}).code(kind)}; }

void write_button(Html& out, PanelView const& view, FirstStepKind kind, bool done)
{
    auto const& locale = view.context.locale;
    out << "<form method=\"post\""_h;
    out.url("action"_h, view.address + "/first-steps");
    out << ">"_h;
    web::csrf_field(out, view.context.frame);
    out << "<input type=\"hidden\" name=\"step\""_h;
    out.attr("value"_h, code_of(kind));
    out << "><button type=\"submit\" name=\"op\""_h;
    out.attr("value"_h, done ? "undo" : "done").attr("class"_h, done ? "btn btn-ghost btn-sm" : "btn btn-outline btn-sm");
    out << ">"_h << locale.text(done ? "first_steps.undo" : "first_steps.tick") << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon") << locale.text("breach_first_step." + code_of(kind)) << "</span></button></form>"_h;
}

void write_step(Html& out, PanelView const& view, Breach const& b, FirstStepKind kind)
{
    auto const& locale = view.context.locale;
    auto const* done = done_step(b, kind);
    out << "<li class=\"mb-2\">"_h;
    web::icon(out, done ? "circle-check" : "circle-dashed");
    out << " <strong>"_h << locale.text("breach_first_step." + code_of(kind)) << "</strong>"_h;
    if (done) {
        out << "<p class=\"g-small mb-1\">"_h << locale.text("first_steps.done_at", {{"when", done->done_at ? locale.instant(*done->done_at) : ""}, {"who", done->done_by}});
        if (!done->note.empty()) out << " "_h << done->note.value;
        out << "</p>"_h;
    } else {
        out << "<p class=\"g-small g-muted mb-1\">"_h << locale.text("first_steps." + code_of(kind) + ".how") << "</p>"_h;
    }
    if (view.editable && !view.context.seeing_as) write_button(out, view, kind, done != nullptr);
    out << "</li>"_h;
}

/// Ticked, or taken back; as it is when it is so already.
bool change(Breach& b, FirstStepKind kind, bool done, Context const& context)
{
    if (done == (done_step(b, kind) != nullptr)) return false;
    if (done) b.first_steps.push_back({.id = {}, .step = kind, .done_at = context.now, .done_by = context.frame.person_name, .note = {}});
    else std::erase_if(b.first_steps, [&](FirstStep const& row) { return row.step == kind; });
    return true;
}

Result<Response> tick(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& registers = records::known_registers(services.machinery, context);
    auto const* kind = registers.find(breach_register().slug);
    if (!kind) return Error::not_found();
    auto const id = TRY(records::pages::id_of(request));
    auto const step = choices_of(FirstStepKind{}).find(request.form.get("step"));
    auto const op = request.form.get("op");
    auto const store = records::pages::store(services, context);
    TRY(store.find(*kind, id));   // another town's is not found, whatever was sent
    if (!step || (op != "done" && op != "undo")) return Error::invalid("unknown_choice", {{"value", shorten(step ? op : request.form.get("step"), 40)}});
    for (int attempt = 1;; ++attempt) {
        auto const stored = TRY(store.find(*kind, id));
        auto b = breach_of(stored.row);
        auto const here = records::pages::address(context, *kind, id);
        if (!change(b, *step, op == "done", context)) return Response::redirect(here + "#first-steps");
        auto row = stored.row;   // with the organisation's own questions
        schema::set(*kind->schema, row, "first_steps", schema::get(breach_schema().info(), breach_schema().pack(b), "first_steps"));
        auto const kept = store.update(*kind, {.id = id, .version = stored.head.version, .row = std::move(row), .changes_validated = false}, records::pages::by(context));
        if (kept.ok()) return Response::redirect(here + "?done=kept#first-steps");
        if (kept.error().code != "stale" || attempt == tries) return kept.error();
    }
}

}  // namespace

std::vector<FirstStepGroup> const& first_step_groups()
{
    using enum FirstStepKind;
    static std::vector<FirstStepGroup> const groups = {
        {"minutes", {Disconnect, LeaveOn, Alert, OtherChannel, Logbook}},
        {"hours", {KeepEvidence, Backups, Access, NoRansom, SeekHelp, OneVoice}},
        {"days", {Insurer, Police, Authority}},
    };
    return groups;
}

FirstStep const* done_step(Breach const& breach, FirstStepKind kind)
{
    auto const found = std::ranges::find(breach.first_steps, kind, &FirstStep::step);
    return found == breach.first_steps.end() ? nullptr : &*found;
}

void write_first_steps(Html& out, PanelView const& view, Breach const& b)
{
    if (!view.editable && b.first_steps.empty()) return;
    auto const& locale = view.context.locale;
    std::size_t all = 0, done = 0;
    for (auto const& group : first_step_groups())
        for (auto const kind : group.steps) ++all, done += done_step(b, kind) ? 1 : 0;
    out << "<section class=\"g-panel mb-4\" id=\"first-steps\" aria-labelledby=\"first-steps-t\"><div class=\"g-panel-head\"><h2 id=\"first-steps-t\">"_h << locale.text("first_steps.title") << "</h2> <span class=\"g-muted\">"_h
        << locale.text("first_steps.count", {{"done", std::to_string(done)}, {"all", std::to_string(all)}}) << "</span></div><div class=\"g-panel-body\">"_h;
    if (!view.at) {
        out << "<p><a"_h;
        out.url("href"_h, view.context.address("/sheets/attack"));
        out << ">"_h;
        web::icon(out, "printer");
        out << " "_h << locale.text("first_steps.card") << "</a></p>"_h;
    }
    // What is fresh is open; once all is judged, the ticks are a memory that one unfolds.
    out << "<details class=\"g-disclose\""_h;
    out.flag("open"_h, view.stored.head.status == "reported" || (done > 0 && done < all));
    out << "><summary>"_h;
    web::icon(out, "chevron-right");
    out << locale.text("first_steps.show") << "</summary>"_h;
    for (auto const& group : first_step_groups()) {
        out << "<h3 class=\"g-h3 mt-3\">"_h << locale.text("first_steps." + std::string{group.code}) << "</h3><ul class=\"list-unstyled mb-0\">"_h;
        for (auto const kind : group.steps) write_step(out, view, b, kind);
        out << "</ul>"_h;
    }
    out << "</details></div></section>"_h;
}

std::vector<accounts::Route> first_steps_routes(PageServices const& services)
{
    return {{web::Method::Post, "/o/{organisation}/breaches/{id}/first-steps", web::Permission::WriteRecords, [&services](Context& context, web::Request const& request) { return tick(services, context, request); }}};
}

}  // namespace greffier::breach
