#include "registers/contract/annex_page.hpp"

#include "records/articles.hpp"
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

/// What the wordings name; a fact that the record does not hold is a gap that stands out.
Arguments facts_of(Context const& context, Contract const& contract, std::string const& processor)
{
    auto const& locale = context.locale;
    auto const gap = [&](char const* what) { return locale.text("contract.annex.gap", {{"what", locale.text(what)}}); };
    auto const end = contract.data_end_period ? schema::show(*contract_schema().info().find("data_end_period"), schema::get(contract_schema().info(), contract_schema().pack(contract), "data_end_period"), locale) : std::string{};
    return {
        {"controller", context.where().name},
        {"processor", processor.empty() ? gap("contract.processor") : processor},
        {"subject", contract.subject.empty() ? gap("contract.subject") : contract.subject.value},
        {"hours", contract.breach_notice_hours ? std::to_string(*contract.breach_notice_hours) : gap("contract.breach_notice_hours")},
        {"mode", contract.subprocessor_mode ? schema::code_label(choices_of(*contract.subprocessor_mode).list, choices_of(*contract.subprocessor_mode).code(*contract.subprocessor_mode), locale) : gap("contract.subprocessor_mode")},
        {"end", contract.data_end ? schema::code_label(choices_of(*contract.data_end).list, choices_of(*contract.data_end).code(*contract.data_end), locale) : gap("contract.data_end")},
        {"period", end.empty() ? gap("contract.data_end_period") : end},
    };
}

void write_clause(Html& out, Locale const& locale, ClauseInfo const& clause, Arguments const& facts)
{
    auto const key = "contract_clause_item." + std::string{clause.code};
    out << "<h2>"_h << locale.text(key) << "</h2><p>"_h << locale.text(key + ".wording", facts) << "</p>"_h;
    if (auto const sources = records::articles_in_words(clause.article, ',', locale); !sources.empty()) out << "<p class=\"g-xs g-muted\">"_h << sources << "</p>"_h;
}

/// The processor's name, when the reader may see its record.
std::string processor_of(records::Registers const& registers, records::Records const& records, Contract const& contract)
{
    auto const* kind = registers.find("processors");
    if (!kind || !contract.processor) return {};
    auto const found = records.find(*kind, RecordId{contract.processor->uuid});
    return found.ok() ? found->head.title : std::string{};
}

/// All of them, or those that the contract still lacks.
void write_choice(Html& out, Locale const& locale, std::string const& here, bool missing)
{
    out << "<nav class=\"g-tabs g-screen\""_h;
    out.attr("aria-label"_h, locale.text("contract.annex.choice"));
    out << ">"_h;
    for (bool const only : {false, true}) {
        out << "<a"_h;
        out.url("href"_h, here + (only ? "?only=missing" : ""));
        if (only == missing) out.attr("aria-current"_h, "page");
        out << ">"_h << locale.text(only ? "contract.annex.missing" : "contract.annex.all") << "</a>"_h;
    }
    out << "</nav>"_h;
}

Result<Response> show_annex(records::Machinery const& machinery, Context& context, web::Request const& request)
{
    auto const& locale = context.locale;
    auto const& registers = records::known_registers(machinery, context);
    auto const* kind = registers.find(contract_register().slug);
    auto const id = RecordId::parse(request.param("id"));
    if (!kind || !id) return Error::not_found();
    records::Records const records{machinery, context.where().id, context.who().sight};
    auto const stored = TRY(records.find(*kind, *id));
    auto const contract = TRY(contract_schema().unpack(stored.row));
    bool const missing = request.query.get("only") == "missing";
    auto const back = context.address("/contracts/" + stored.head.id.text());
    context.frame.title = locale.text("contract.annex.title");
    context.frame.crumbs = {{locale.text("register.contracts"), context.address("/contracts")}, {stored.head.reference + " " + stored.head.title, back}};
    Html out;
    web::page_head(out, context.frame, context.frame.title, stored.head.reference + " · " + stored.head.title, records::paper_actions(locale, back, locale.text("contract.checklist.back")));
    out << "<p class=\"g-alert g-alert--warn g-screen\">"_h;
    web::icon(out, "alert-triangle");
    out << "<span class=\"g-alert-text\">"_h << locale.text("contract.annex.no_advice") << "</span></p>"_h;
    write_choice(out, locale, back + "/annex", missing);
    auto const facts = facts_of(context, contract, processor_of(registers, records, contract));
    out << "<article class=\"g-letter\"><p><strong>"_h << locale.text("contract.annex.heading", facts) << "</strong></p>"_h;
    int written = 0;
    for (auto const& clause : all_clauses()) {
        auto const* row = contract.clause(clause.item);
        if (missing && row && row->settled()) continue;
        write_clause(out, locale, clause, facts);
        ++written;
    }
    if (written == 0) out << "<p>"_h << locale.text("contract.annex.none") << "</p>"_h;
    else out << "<p>"_h << locale.text("contract.annex.sign") << "</p>"_h;
    out << "</article>"_h;
    return Response::html(web::page(context.frame, out));
}

}  // namespace

std::vector<accounts::Route> annex_routes(records::Machinery const& machinery)
{
    return {{web::Method::Get, "/o/{organisation}/contracts/{id}/annex", web::Permission::ReadRecords,
             [&machinery](Context& context, web::Request const& request) { return show_annex(machinery, context, request); }}};
}

}  // namespace greffier::contract
