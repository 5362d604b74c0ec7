#include "registers/contract/checklist_page.hpp"

#include "records/articles.hpp"
#include "records/link_words.hpp"
#include "records/pages/paper.hpp"
#include "records/vocabulary.hpp"
#include "registers/contract/contract.hpp"
#include "registers/contract/register.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::contract {

using accounts::Context;
using web::Html;
using web::Response;
using namespace web::literals;

namespace {

std::string_view tone_of(std::optional<ClauseState> state)
{
    if (!state || state == ClauseState::NotApplicable) return "line";
    return state == ClauseState::Present ? "ok" : state == ClauseState::Partial ? "warn" : "danger";
}

std::string_view icon_of(std::optional<ClauseState> state)
{
    if (!state) return "circle-dashed";
    return state == ClauseState::Present ? "circle-check" : state == ClauseState::Partial ? "alert-triangle" : state == ClauseState::Absent ? "circle-x" : "circle-minus";
}

void write_state(Html& out, Locale const& locale, std::optional<ClauseState> state)
{
    out << "<span"_h;
    out.attr("class"_h, "g-badge g-badge--" + std::string{tone_of(state)});
    out << ">"_h;
    web::icon(out, icon_of(state));
    out << " "_h << (state ? locale.text("clause_state." + std::string{choices_of(ClauseState{}).code(*state)}) : locale.text("contract.checklist.unseen")) << "</span>"_h;
}

void fact(Html& out, std::string_view label, std::string const& words)
{
    if (words.empty()) return;
    out << "<div><dt>"_h << label << "</dt><dd>"_h << words << "</dd></div>"_h;
}

/// Answers that a reader of the paper needs to know which contract it is.
void write_facts(Html& out, Context const& context, schema::Row const& row, records::LinkWords const& links)
{
    auto const& locale = context.locale;
    auto const& info = contract_schema().info();
    auto const shown = records::with_link_words(info, row, links);
    out << "<section class=\"g-sheet mb-3\"><dl class=\"g-fields\">"_h;
    for (auto const* name : {"processor", "contract_reference", "form", "model_clauses", "signature_date", "end_date", "subprocessor_mode", "breach_notice_hours", "data_end"}) {
        auto const& field = *info.find(name);
        auto const& value = schema::get(info, shown, name);
        auto const* text = std::get_if<std::string>(&value);
        fact(out, schema::short_label(info, field, locale), field.kind == schema::Kind::Link && text ? *text : schema::show(field, value, locale));
    }
    fact(out, locale.text("contract.checklist.printed"), locale.date(local_date(context.now, context.where().zone)));
    out << "</dl></section>"_h;
}

void write_clause(Html& out, Locale const& locale, ClauseInfo const& clause, ClauseRow const* row)
{
    auto const key = "contract_clause_item." + std::string{clause.code};
    out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><strong>"_h << locale.text(key) << "</strong><p class=\"mb-0\">"_h << locale.text(key + ".help") << "</p>"_h;
    if (auto const sources = records::articles_in_words(clause.article, ',', locale); !sources.empty()) out << "<p class=\"g-xs g-muted mb-0\">"_h << sources << "</p>"_h;
    out << "</th><td role=\"cell\">"_h;
    write_state(out, locale, row ? row->state : std::nullopt);
    out << "</td><td role=\"cell\">"_h << (row ? row->place : std::string{}) << "</td><td role=\"cell\">"_h;
    if (row && !row->evidence.empty()) out << "<p class=\"mb-1\">"_h << row->evidence << "</p>"_h;
    if (row) out.lines(row->comment.value);
    out << "</td></tr>"_h;
}

void write_table(Html& out, Locale const& locale, Contract const& contract, bool obligatory)
{
    auto const& info = schema_of(static_cast<ClauseRow const*>(nullptr)).info();
    auto const heading = locale.text(obligatory ? "contract.checklist.obligatory" : "contract.checklist.recommended");
    out << "<section class=\"mb-4\"><h2 class=\"g-h3 mb-2\">"_h << heading << "</h2><div class=\"g-tablewrap\" tabindex=\"0\" role=\"group\""_h;
    out.attr("aria-label"_h, heading);
    out << "><table class=\"g-table g-table--cards\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    for (auto const* name : {"item", "state", "place"}) out << "<th role=\"columnheader\" scope=\"col\">"_h << schema::short_label(info, *info.find(name), locale) << "</th>"_h;
    out << "<th role=\"columnheader\" scope=\"col\">"_h << locale.text("contract.checklist.remarks") << "</th></tr></thead><tbody role=\"rowgroup\">"_h;
    for (auto const& clause : all_clauses())
        if (clause.obligatory == obligatory) write_clause(out, locale, clause, contract.clause(clause.item));
    out << "</tbody></table></div></section>"_h;
}

Result<Response> show_checklist(records::Machinery const& machinery, Context& context, web::Request const& request)
{
    auto const& locale = context.locale;
    auto const* kind = records::known_registers(machinery, context).find(contract_register().slug);
    auto const id = RecordId::parse(request.param("id"));
    if (!kind || !id) return Error::not_found();
    records::Records const records{machinery, context.where().id, context.who().sight};
    auto const stored = TRY(records.find(*kind, *id));
    auto const contract = TRY(contract_schema().unpack(stored.row));
    auto const back = context.address("/contracts/" + stored.head.id.text());
    context.frame.title = locale.text("contract.checklist.title");
    context.frame.crumbs = {{locale.text("register.contracts"), context.address("/contracts")}, {stored.head.reference + " " + stored.head.title, back}};
    Html out;
    auto const actions = records::paper_actions(locale, back, locale.text("contract.checklist.back"));
    auto const coverage = coverage_of(contract);
    web::page_head(out, context.frame, context.frame.title, stored.head.reference + " · " + stored.head.title, actions);
    out << "<p class=\"mb-3\">"_h
        << locale.text("contract.checklist.coverage", {{"settled", std::to_string(coverage.settled())}, {"count", std::to_string(clause_count)},
                                                        {"obligatory", std::to_string(coverage.obligatory_settled)}, {"demanded", std::to_string(obligatory_clauses)}})
        << "</p>"_h;
    write_facts(out, context, stored.row, records::link_words(records, contract_schema().info(), stored.row));
    write_table(out, locale, contract, true);
    write_table(out, locale, contract, false);
    return Response::html(web::page(context.frame, out));
}

}  // namespace

std::vector<accounts::Route> checklist_routes(records::Machinery const& machinery)
{
    return {{web::Method::Get, "/o/{organisation}/contracts/{id}/checklist", web::Permission::ReadRecords,
             [&machinery](Context& context, web::Request const& request) { return show_checklist(machinery, context, request); }}};
}

}  // namespace greffier::contract
