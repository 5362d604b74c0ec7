#include "registers/transfer/panel.hpp"

#include "records/pages/controls.hpp"
#include "records/pages/form.hpp"
#include "records/pages/panel.hpp"
#include "registers/transfer/decision.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::transfer {

using namespace web::literals;
using records::PanelView;
using web::Html;

namespace {

/// "(EU) 2023/1795", whose letters each language writes its own way.
std::string number_of(law::Adequacy const& decision, Locale const& locale)
{
    if (decision.decision.empty()) return locale.text("transfer_reasoning.unnamed_decision");
    constexpr std::string_view english = "(EU)";
    if (locale.language() != Language::French || !decision.decision.starts_with(english)) return decision.decision;
    return "(UE)" + decision.decision.substr(english.size());
}

/// What the sentences of the steps name.
Arguments arguments_of(Transfer const& t, Reasoning const& reasoning, Locale const& locale)
{
    auto const date = [&](std::optional<Date> const& day) { return day ? locale.date(*day) : std::string{}; };
    Arguments arguments{{"country", locale.country(t.importer_country.value)}, {"checked", date(t.scope_checked_on)}, {"tool", ""}, {"decision", ""}, {"scope", ""}, {"since", ""}, {"until", ""}};
    if (t.tool) arguments["tool"] = schema::code_label(choices_of(*t.tool).list, choices_of(*t.tool).code(*t.tool), locale);
    if (auto const* decision = reasoning.decision) {
        arguments["decision"] = number_of(*decision, locale);
        arguments["scope"] = locale.language() == Language::French ? decision->scope_fr : decision->scope_en;
        arguments["since"] = date(decision->validity.from);
        arguments["until"] = date(decision->validity.to);
    }
    return arguments;
}

std::string_view code_of(StepState state)
{
    switch (state) {
    case StepState::Settles: return "settles";
    case StepState::Passes: return "passes";
    case StepState::Open: return "open";
    case StepState::Stops: return "stops";
    case StepState::NotReached: return "not_reached";
    }
    return {};
}

/// The first step passes when the answer is yes, the others when it is no; behind a closed way nothing was looked at.
std::string words_of(Step const& step, Verdict verdict, Locale const& locale)
{
    if (step.state == StepState::NotReached && verdict == Verdict::Blocked) return locale.text("transfer_reasoning.state.not_looked_at");
    if (step.name == StepName::IsTransfer && step.state == StepState::Passes) return locale.text("transfer_reasoning.state.is_transfer.passes");
    return locale.text("transfer_reasoning.state." + std::string{code_of(step.state)});
}

void write_missing(Html& out, PanelView const& view, std::vector<std::string> const& missing)
{
    if (missing.empty()) return;
    auto const& locale = view.context.locale;
    out << "<p>"_h << locale.text("transfer_reasoning.missing") << " "_h;
    bool first = true;
    for (auto const& field : missing) {
        if (!first) out << ", "_h;
        first = false;
        auto const words = records::path_words(*view.kind.schema, field, locale);
        if (!view.editable) {
            out << words;
            continue;
        }
        out << "<a"_h;
        out.url("href"_h, view.address + "/edit#" + records::control_id(field));
        out << ">"_h << words << "</a>"_h;
    }
    out << "</p>"_h;
}

int steps_of_assessment(Transfer const& t)
{
    int done = !t.tia_reevaluation.empty() || t.next_review;
    for (auto const* day : {&t.tia_flow_on, &t.tia_tool_on, &t.tia_law_on, &t.tia_measures_on, &t.tia_procedure_on}) done += day->has_value();
    return done;
}

void write_step(Html& out, PanelView const& view, Transfer const& t, Step const& step, Verdict verdict, Arguments const& arguments)
{
    auto const& locale = view.context.locale;
    std::string const name{transfer::code_of(step.name)};
    out << "<li><div><strong>"_h << locale.text("transfer_reasoning.step." + name) << "</strong> <span class=\"g-muted g-xs\">"_h << locale.text("transfer_reasoning.article." + name) << "</span>"_h;
    if (!step.sentence.empty()) out << "<p>"_h << locale.text(step.sentence, arguments) << "</p>"_h;
    write_missing(out, view, step.missing);
    if (step.name == StepName::Safeguards && step.state != StepState::NotReached && t.tool && is_safeguard(*t.tool))
        out << "<p class=\"g-muted\">"_h << locale.text("transfer_reasoning.tia_count", {{"done", std::to_string(steps_of_assessment(t))}}) << "</p>"_h;
    out << "</div><span class=\"g-res\">"_h << words_of(step, verdict, locale) << "</span></li>"_h;
}

void write_verdict(Html& out, Verdict verdict, Locale const& locale)
{
    auto const key = "transfer_reasoning.verdict." + std::string{code_of(verdict)};
    out << "<div"_h;
    out.attr("class"_h, std::string{"g-alert g-alert--"} + (verdict == Verdict::Blocked ? "danger" : verdict == Verdict::Open ? "warn" : "ok"));
    out << ">"_h;
    web::icon(out, verdict == Verdict::Blocked ? "ban" : verdict == Verdict::Open ? "alert-triangle" : "circle-check");
    out << "<div class=\"g-alert-text\"><h3>"_h << locale.text(key) << "</h3><p>"_h << locale.text(key + ".lead") << "</p></div></div>"_h;
}

}  // namespace

void write_panel(Html& out, PanelView const& view)
{
    auto const read = transfer_schema().unpack(view.stored.row);
    if (!read.ok()) return;
    auto const& locale = view.context.locale;
    auto const day = local_date(view.at.value_or(view.context.now), view.place.zone);
    auto const reasoning = reason(*read, day);
    auto const arguments = arguments_of(*read, reasoning, locale);
    out << "<section class=\"g-panel mb-3\" aria-labelledby=\"transfer-reasoning\"><div class=\"g-panel-head\"><h2 id=\"transfer-reasoning\">"_h << locale.text("transfer_reasoning.title")
        << "</h2><span class=\"g-muted\">"_h << locale.text("transfer_reasoning.lead", {{"day", locale.date(day)}}) << "</span></div><div class=\"g-panel-body\">"_h;
    write_verdict(out, reasoning.verdict, locale);
    if (read->foreign_order) out << "<p>"_h << locale.text("transfer_reasoning.foreign_order") << "</p>"_h;
    out << "<ol class=\"g-steps\">"_h;
    for (auto const& step : reasoning.steps) write_step(out, view, *read, step, reasoning.verdict, arguments);
    out << "</ol></div></section>"_h;
}

}  // namespace greffier::transfer
