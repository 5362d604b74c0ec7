#include "app/demo/processors.hpp"

#include <algorithm>

#include "registers/contract/contract.hpp"
#include "registers/processing/processing.hpp"
#include "registers/processor/processor.hpp"

namespace greffier::app::demo {

using contract::Contract;
using processor::Processor;

namespace {

std::vector<processing::Recipient> processors_among(schema::Row const& row)
{
    auto processing = processing::processing_schema().unpack(row);
    if (!processing.ok()) return {};
    std::erase_if(processing->recipients, [](auto const& one) { return !one.type || one.type->code != "processor" || one.name.empty(); });
    return std::move(processing->recipients);
}

Processor provider(processing::Recipient const& recipient)
{
    Processor p;
    p.name = recipient.name;
    p.country = recipient.country;
    p.hosting_country = recipient.country;
    p.services = recipient.details;
    p.handles_data = true;
    p.on_instructions = true;
    p.own_purposes = false;
    p.decides_together = false;
    p.legal_duty = false;
    p.qualification = processor::Qualification::Processor;
    return p;
}

/// By turns: in order, to be assessed again, or with a sub-processor one may still object to.
void add_assessment(Processor& p, int number, Date today)
{
    p.assessment = number % 3 == 2 ? processor::GuaranteeResult::Reserves : processor::GuaranteeResult::Sufficient;
    p.assessment_date = add_days(today, number % 3 == 1 ? -800 : -150 - 20 * number);
    p.compliance_request_date = add_days(*p.assessment_date, -30);
    p.compliance_answer_date = add_days(*p.assessment_date, -12);
    p.evidence.push_back({.kind = schema::Term<processor::EvidenceKinds>{"questionnaire"}, .reference = "Questionnaire de sécurité", .received_on = p.compliance_answer_date, .result = p.assessment});
    p.certificates.push_back({.scheme = schema::Term<processor::CertificateSchemes>{"iso_27001"}, .issued_by = "Certilande", .issued_on = add_days(today, -700), .expires_on = add_days(today, 395 - 60 * number)});
    p.audits.push_back({.subject = "Sauvegardes et accès à distance", .held_on = add_days(today, -200), .auditor = "Service informatique", .result = p.assessment, .next_on = add_days(today, 165)});
    if (number % 3 != 0) return;
    p.subprocessors.push_back({.name = "Armorvent Hébergement", .country = {"FR"}, .service = "Serveurs et sauvegardes", .mode = processor::AuthorisationMode::General,
                               .state = processor::ChainState::TacitlyAccepted, .notified_on = add_days(today, -500), .active = true});
    p.subprocessors.push_back({.name = "Nuage du Levant", .country = {"DE"}, .service = "Envoi de SMS", .mode = processor::AuthorisationMode::General,
                               .state = processor::ChainState::Notified, .notified_on = add_days(today, -12), .objection_days = 30});
}

/// By turns: complete, with gaps, or come to its term.
Contract contract_of(std::string const& name, RecordId processor, int number, Date today)
{
    Contract c;
    c.name = "Contrat avec " + name;
    c.processor = ProcessorId{processor.uuid};
    c.contract_reference = "M-" + std::to_string(2023 - number % 3) + "-" + std::to_string(11 + 7 * number);
    c.form = contract::Form::PublicContract;
    c.signature_date = add_days(today, -900 - 20 * number);
    c.start_date = c.signature_date;
    c.end_date = number % 3 == 2 ? add_days(today, -20) : add_days(today, 190 + 30 * number);
    c.renewal = number % 3 == 0 ? contract::Renewal::Tacit : contract::Renewal::None;
    if (number % 3 == 0) {
        c.renewal_period = schema::Duration{.years = 1};
        c.notice_period = schema::Duration{.months = 3};
    }
    c.subprocessor_mode = contract::Subprocessing::General;
    c.breach_notice_hours = 24 + 24 * (number % 2);
    c.data_end = contract::DataEnd::ReturnThenDeletion;
    for (auto const& clause : contract::all_clauses()) {
        auto& row = c.clauses.emplace_back();
        row.item = clause.item;
        auto const place = static_cast<int>(c.clauses.size());
        bool const gap = number % 3 != 0 && (place + number) % 7 == 0;
        row.state = gap ? contract::ClauseState::Absent : place % 11 == 5 ? contract::ClauseState::Partial : contract::ClauseState::Present;
        if (number % 3 == 0) row.state = contract::ClauseState::Present;
        if (!gap) row.place = "art. " + std::to_string(1 + place / 3) + ", p. " + std::to_string(2 + place / 2);
    }
    return c;
}

}  // namespace

Result<Processors> write_processors(records::Batch& batch, records::Registers const& registers, ModelOrganisation const& model)
{
    auto const& kind = *registers.find("processors");
    Processors known;
    for (auto const& record : model.processings)
        for (auto const& recipient : processors_among(record.versions.back().row))
            if (!known.contains(recipient.name))
                known[recipient.name] = TRY(batch.create(kind, {processor::processor_schema().pack(provider(recipient)), "", "in_use"})).head.id;
    return known;
}

Status write_contracts(records::Batch& batch, records::Registers const& registers, Processors const& processors, Date today)
{
    auto const& kind = *registers.find("processors");
    int number = 0;
    for (auto const& [name, id] : processors) {
        auto const current = batch.find(kind, id);
        auto p = TRY(processor::processor_schema().unpack(current->row));
        add_assessment(p, number, today);
        records::Edit edit;
        edit.id = id;
        edit.row = processor::processor_schema().pack(p);
        TRY(batch.update(kind, std::move(edit)));
        TRY(batch.create(*registers.find("contracts"), {contract::contract_schema().pack(contract_of(name, id, number, today)), "", "signed"}));
        ++number;
    }
    return Nothing{};
}

schema::Row with_processors(schema::Row processing, Processors const& known)
{
    schema::Texts ids;
    for (auto const& recipient : processors_among(processing))
        if (auto const found = known.find(recipient.name); found != known.end() && std::ranges::find(ids, found->second.text()) == ids.end()) ids.push_back(found->second.text());
    if (!ids.empty()) schema::set(processing::processing_schema().info(), processing, "processors", std::move(ids));
    return processing;
}

}  // namespace greffier::app::demo
