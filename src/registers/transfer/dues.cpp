// What falls due in a transfer: its assessment, what it was certified for, the decision it rests on, the measures promised.

#include "law/countries.hpp"
#include "registers/transfer/decision.hpp"
#include "registers/transfer/register.hpp"
#include "registers/transfer/rules.hpp"

namespace greffier::transfer {

std::vector<records::Due> transfer_dues(schema::Row const& row, records::DueContext const& context)
{
    auto const read = transfer_schema().unpack(row);
    if (!read.ok()) return {};
    auto const& t = *read;
    std::vector<records::Due> dues;   // the next review is the register's review_field
    if (!concerns_chapter_five(t, context.today)) return dues;
    if (auto const due = assessment_due(t)) dues.push_back(context.on("transfer.assessment", due->due, false, {"tia_on"}));
    bool const dated = t.tool && (is_safeguard(*t.tool) || t.tool == TransferTool::Adequacy);
    if (dated && t.valid_until) dues.push_back(context.on("transfer.certificate", *t.valid_until, true, {"valid_until"}));
    if (t.tool == TransferTool::Adequacy)
        if (auto const* decision = law::adequacy(t.importer_country.value, context.today); decision && decision->validity.to)
            dues.push_back(context.on("transfer.adequacy", *decision->validity.to, true, {"tool"}));
    for (auto const& measure : t.supplementary_measures)
        if (measure.state != MeasureState::InPlace && measure.due_on) dues.push_back(context.on("transfer.measure", *measure.due_on, false, {"supplementary_measures", measure.id, "due_on"}));
    return dues;
}

}  // namespace greffier::transfer
