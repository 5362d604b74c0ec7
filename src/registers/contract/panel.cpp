#include "registers/contract/panel.hpp"

#include "accounts/modules.hpp"
#include "records/pages/prefilled.hpp"
#include "records/pages/treatment.hpp"
#include "registers/contract/contract.hpp"
#include "web/frame.hpp"

namespace greffier::contract {

using records::Due;
using records::PanelView;
using web::Html;
using namespace web::literals;

namespace {

Date later(Date from, Duration const& period, int sign) { return add_days(add_months(from, sign * (period.years * 12 + period.months)), sign * (period.weeks * 7 + period.days)); }

void write_bar(Html& out, Locale const& locale, Coverage const& coverage)
{
    auto const words = locale.text("contract.coverage.of", {{"settled", std::to_string(coverage.settled())}, {"count", std::to_string(clause_count)}});
    out << "<span class=\"g-rail-big\">"_h << words << "</span><svg class=\"g-bar\" viewBox=\"0 0 200 10\" preserveAspectRatio=\"none\" role=\"img\""_h;
    out.attr("aria-label"_h, locale.text("contract.coverage") + locale.text("punctuation.colon") + words);
    out << "><rect class=\"t\" x=\".5\" y=\".5\" width=\"199\" height=\"9\" rx=\"2\"/><rect class=\"f\" x=\"1\" y=\"1\" height=\"8\" rx=\"2\""_h;
    out.attr("width"_h, static_cast<std::int64_t>(coverage.settled() * 198 / clause_count));
    out << "/></svg><p class=\"mb-0\">"_h
        << locale.text("contract.coverage.obligatory", {{"settled", std::to_string(coverage.obligatory_settled)}, {"count", std::to_string(obligatory_clauses)}}) << "</p>"_h;
}

void write_missing(Html& out, Locale const& locale, std::vector<ClauseInfo const*> const& missing, std::string_view heading)
{
    if (missing.empty()) return;
    out << "<details class=\"g-disclose\"><summary>"_h;
    web::icon(out, "chevron-right");
    out << locale.text(heading) << locale.text("punctuation.colon") << missing.size() << "</summary><ul class=\"mb-2\">"_h;
    for (auto const* clause : missing) out << "<li>"_h << locale.text("contract_clause_item." + std::string{clause->code}) << "</li>"_h;
    out << "</ul></details>"_h;
}

/// Names one review of one contract, in every language: the next one is another task.
std::string review_part(PanelView const& view, Contract const& contract)
{
    return contract.next_review ? view.stored.head.reference + " " + to_text(*contract.next_review) : view.stored.head.reference;
}

std::string review_task(PanelView const& view, Contract const& contract)
{
    auto const& locale = view.context.locale;
    auto const today = local_date(view.context.now, view.place.zone);
    web::Pairs answers;
    answers.add("name", records::origin_words(locale.text("contract.review.name", {{"contract", contract.name}})));
    answers.add("description", locale.text("contract.review.description"));
    answers.add("deliverable", locale.text("contract.review.deliverable"));
    answers.add("source", "own");
    answers.add("contracts", view.stored.head.id.text());
    answers.add("origin", view.stored.head.reference);
    answers.add(std::string{records::origin_part}, review_part(view, contract));
    answers.add("service", contract.service);
    // A review that is late already is not asked for yesterday.
    answers.add("due_date", to_text(contract.next_review && *contract.next_review > today ? *contract.next_review : add_months(today, 1)));
    return records::new_form_address(view.context, "actions", answers);
}

/// Who reviews it, once somebody was asked; before that, the way to ask.
void write_review(Html& out, PanelView const& view, Contract const& contract)
{
    auto const& status = view.stored.head.status;
    if (view.at || status == "terminated" || status == "archived" || !accounts::keeps_register(view.context.where(), "actions")) return;
    auto const& locale = view.context.locale;
    Html given;
    bool const is_given = records::ActionsFrom(view).write(given, review_part(view, contract));
    if (!is_given && !accounts::may(view.context.who(), web::Permission::WriteRecords)) return;
    out << "<section class=\"g-panel mb-3\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << locale.text("contract.review") << "</h2></div><div class=\"g-panel-body\">"_h;
    out << "<p class=\"mb-0\">"_h << locale.text("contract.review.lead");
    if (is_given) {
        out << given;
    } else {
        out << "</p><p class=\"mb-0 mt-2\"><a class=\"btn btn-outline\""_h;
        out.url("href"_h, review_task(view, contract));
        out << ">"_h;
        web::icon(out, "list-check");
        out << " "_h << locale.text("contract.review.give") << "</a>"_h;
    }
    out << "</p>"_h;
    out << "</div></section>"_h;
}

}  // namespace

void write_panel(Html& out, PanelView const& view)
{
    auto const& locale = view.context.locale;
    auto const contract = contract_schema().unpack(view.stored.row);
    if (!contract.ok()) return;
    auto const coverage = coverage_of(*contract);
    out << "<div class=\"g-cols\"><section class=\"g-panel g-col-5\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << locale.text("contract.coverage") << "</h2></div><div class=\"g-panel-body\">"_h;
    write_bar(out, locale, coverage);
    out << "</div></section><section class=\"g-panel g-col-7\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << locale.text("contract.coverage.missing") << "</h2></div><div class=\"g-panel-body\">"_h;
    if (coverage.missing_obligatory.empty()) out << "<p>"_h << locale.text("contract.coverage.complete") << "</p>"_h;
    write_missing(out, locale, coverage.missing_obligatory, "contract.checklist.obligatory");
    write_missing(out, locale, coverage.missing_recommended, "contract.checklist.recommended");
    if (!view.at) {
        out << "<p class=\"mb-0 mt-2\"><a class=\"btn btn-outline\""_h;
        out.url("href"_h, view.address + "/checklist");
        out << ">"_h;
        web::icon(out, "printer");
        out << " "_h << locale.text("contract.checklist.open") << "</a> <a class=\"btn btn-outline\""_h;
        out.url("href"_h, view.address + "/annex");
        out << ">"_h;
        web::icon(out, "file-text");
        out << " "_h << locale.text("contract.annex.open") << "</a></p>"_h;
    }
    out << "</div></section></div>"_h;
    write_review(out, view, *contract);
}

std::vector<Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    std::vector<Due> dues;
    auto const contract = contract_schema().unpack(row);
    if (!contract.ok()) return dues;
    auto const end = end_of(*contract, context.today);
    if (end && is_signed(*contract, context.status, context.today)) {
        dues.push_back(context.on("contract.end", *end, false, {"end_date"}));
        // Counted backwards, and never moved: the day after is too late.
        if (contract->notice_period && *end >= context.today) dues.push_back(context.on("contract.notice", later(*end, *contract->notice_period, -1), false, {"notice_period"}));
    }
    if (contract->ended_on && contract->data_end_period && !contract->deleted_on)
        dues.push_back(context.on("contract.data_end", later(*contract->ended_on, *contract->data_end_period, 1), false, {"deleted_on"}));
    return dues;
}

}  // namespace greffier::contract
