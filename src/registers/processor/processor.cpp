#include "registers/processor/processor.hpp"

namespace greffier::processor {

using schema::Field;
using schema::Schema;

// Each question settles what the ones before it left open: who does not touch data is nothing under the law; who has
// purposes of its own, or a duty of its own, answers for them; who decides with us shares; who only obeys is a processor.
Qualification suggested_qualification(Processor const& p)
{
    if (p.handles_data == false) return Qualification::NoData;
    if (p.decides_together == true) return Qualification::JointController;
    if (p.own_purposes == true || p.legal_duty == true) return Qualification::IndependentController;
    if (p.handles_data == true && p.on_instructions == true && p.own_purposes == false) return Qualification::Processor;
    return Qualification::NotQualified;
}

// A period of the contract, in days: nothing moves its end to a working day.
std::optional<Date> Subprocessor::objection_end() const
{
    if (mode != AuthorisationMode::General || !notified_on) return std::nullopt;
    return add_days(*notified_on, static_cast<int>(objection_days.value_or(usual_objection_days)));
}

bool Subprocessor::may_be_opposed(Date today) const
{
    auto const end = objection_end();
    return end && state == ChainState::Notified && today <= *end;
}

Schema<Evidence> const& schema_of(Evidence const*)
{
    static Schema<Evidence> const schema("processor_evidence", 1, {
        Field("kind", &Evidence::kind).title().mandatory().article("28(1)"),
        Field("reference", &Evidence::reference).max_length(300).searchable(),
        Field("received_on", &Evidence::received_on),
        Field("result", &Evidence::result).article("28(1)"),
        Field("comment", &Evidence::comment).max_length(4000),
    });
    return schema;
}

Schema<Certificate> const& schema_of(Certificate const*)
{
    static Schema<Certificate> const schema("processor_certificate", 1, {
        Field("scheme", &Certificate::scheme).title().mandatory().article("28(5)"),
        Field("number", &Certificate::number).max_length(100).searchable(),
        Field("issued_by", &Certificate::issued_by).max_length(200),
        Field("scope", &Certificate::scope).max_length(500),
        Field("issued_on", &Certificate::issued_on),
        Field("expires_on", &Certificate::expires_on),
    });
    return schema;
}

Schema<Audit> const& schema_of(Audit const*)
{
    static Schema<Audit> const schema("processor_audit", 1, {
        Field("subject", &Audit::subject).title().mandatory().max_length(300).searchable().article("28(3)(h)"),
        Field("held_on", &Audit::held_on),
        Field("auditor", &Audit::auditor).max_length(200),
        Field("result", &Audit::result),
        Field("findings", &Audit::findings).max_length(10000),
        Field("next_on", &Audit::next_on).article("28(3)(h)"),
    });
    return schema;
}

Schema<Incident> const& schema_of(Incident const*)
{
    static Schema<Incident> const schema("processor_incident", 1, {
        Field("description", &Incident::description).title().mandatory().max_length(300).searchable(),
        Field("happened_on", &Incident::happened_on),
        Field("told_on", &Incident::told_on).article("33(2)"),
        Field("outcome", &Incident::outcome).max_length(4000),
    });
    return schema;
}

Schema<Subprocessor> const& schema_of(Subprocessor const*)
{
    static Schema<Subprocessor> const schema("subprocessor", 1, {
        Field("name", &Subprocessor::name).title().required().max_length(300).searchable().article("28(2)").material(),
        Field("country", &Subprocessor::country).article("44").material(),
        Field("service", &Subprocessor::service).max_length(300).material(),
        Field("mode", &Subprocessor::mode).mandatory().article("28(2)").material(),
        Field("state", &Subprocessor::state).mandatory().article("28(2)").material(),
        Field("notified_on", &Subprocessor::notified_on).article("28(2)"),
        Field("objection_days", &Subprocessor::objection_days).article("28(2)").shown_when("mode", {"general"}),
        Field("decided_on", &Subprocessor::decided_on),
        Field("reason", &Subprocessor::reason).max_length(2000),
        Field("active", &Subprocessor::active).material(),
    });
    return schema;
}

Schema<OutsideTransfer> const& schema_of(OutsideTransfer const*)
{
    static Schema<OutsideTransfer> const schema("processor_transfer", 1, {
        Field("country", &OutsideTransfer::country).title().required().article("44").material(),
        Field("recipient", &OutsideTransfer::recipient).max_length(300).searchable(),
        Field("safeguard", &OutsideTransfer::safeguard).mandatory().max_length(300).article("46").material(),
        Field("document", &OutsideTransfer::document).max_length(500),
    });
    return schema;
}

Schema<Processor> const& schema_of(Processor const*)
{
    static Schema<Processor> const schema("processor", 1, {
        Field("name", &Processor::name).section("identity").required().max_length(300).searchable().in_list().article("28(1)").material(),
        Field("activities", &Processor::activities).in_list(),
        Field("country", &Processor::country).mandatory().in_list().article("44").material(),
        Field("siren", &Processor::siren).max_length(14).searchable(),
        Field("address", &Processor::address).max_length(500),
        Field("postcode", &Processor::postcode).max_length(20),
        Field("city", &Processor::city).max_length(200),
        Field("phone", &Processor::phone),
        Field("email", &Processor::email),
        Field("website", &Processor::website),
        Field("contact", &Processor::contact).mandatory().personal_data(),
        Field("dpo", &Processor::dpo).article("37(1)").personal_data(),
        Field("representative", &Processor::representative).article("27").personal_data(),

        Field("services", &Processor::services).section("work").mandatory().max_length(4000).searchable().article("28(3)").material(),
        Field("data", &Processor::data).mandatory().max_length(4000).article("28(3)").material(),
        Field("people", &Processor::people).mandatory().max_length(4000).article("28(3)").material(),
        Field("hosting", &Processor::hosting).max_length(300).searchable(),
        Field("hosting_country", &Processor::hosting_country).article("44").material(),
        Field("service", &Processor::service).max_length(200).searchable().in_list().suggest("service"),
        Field("owner", &Processor::owner).mandatory().article("5(2)").personal_data(),
        Field("started_on", &Processor::started_on),

        Field("handles_data", &Processor::handles_data).section("qualification").mandatory().article("4(8)").material(),
        Field("on_instructions", &Processor::on_instructions).mandatory().article("28(3)(a)").material(),
        Field("own_purposes", &Processor::own_purposes).mandatory().article("28(10)").material(),
        Field("decides_together", &Processor::decides_together).mandatory().article("26(1)").material(),
        Field("legal_duty", &Processor::legal_duty).mandatory().article("4(7)").material(),
        Field("qualification", &Processor::qualification).in_list().article("4(8)").material(),
        Field("qualification_reason", &Processor::qualification_reason).max_length(4000).article("5(2)"),
        Field("qualified_on", &Processor::qualified_on).article("5(2)"),

        Field("assessment", &Processor::assessment).section("guarantees").mandatory().in_list().article("28(1)").material(),
        Field("assessment_reason", &Processor::assessment_reason).max_length(10000).article("28(1)"),
        Field("assessment_date", &Processor::assessment_date).mandatory().article("28(1)"),
        Field("assessed_by", &Processor::assessed_by).max_length(200).personal_data(),
        Field("evidence", &Processor::evidence).article("28(1)"),
        Field("certificates", &Processor::certificates).article("28(5)"),
        Field("codes_of_conduct", &Processor::codes_of_conduct).max_length(2000).article("28(5)"),
        Field("compliance_request_date", &Processor::compliance_request_date).article("28(1)"),
        Field("compliance_answer_date", &Processor::compliance_answer_date).article("28(1)"),
        Field("compliance_answer", &Processor::compliance_answer).max_length(4000),

        Field("subprocessors", &Processor::subprocessors).section("chain").article("28(2)"),

        Field("transfers", &Processor::transfers).section("transfers").article("44"),

        Field("audits", &Processor::audits).section("watch").article("28(3)(h)"),
        Field("incidents", &Processor::incidents).article("33(2)"),
        Field("last_review", &Processor::last_review).article("24(1)"),
        Field("next_review", &Processor::next_review).article("24(1)"),
        Field("reviewer", &Processor::reviewer).max_length(200).personal_data(),
        Field("notes", &Processor::notes).max_length(10000).searchable(),
        Field("attachments", &Processor::attachments).read_only(),

        Field("ended_on", &Processor::ended_on).section("end").article("28(3)(g)"),
        Field("data_returned_on", &Processor::data_returned_on).article("28(3)(g)"),
        Field("deletion_certificate_date", &Processor::deletion_certificate_date).article("28(3)(g)"),
        Field("deletion_certificate", &Processor::deletion_certificate).max_length(300).article("28(3)(g)"),
    });
    return schema;
}

}  // namespace greffier::processor
