#include "registers/audit/audit.hpp"

#include <algorithm>

namespace greffier::audit {

using records::Due;
using schema::ChoiceList;
using schema::Field;
using schema::Schema;

ChoiceList<AuditKind> const& choices_of(AuditKind)
{
    using enum AuditKind;
    static ChoiceList<AuditKind> const list("audit_kind", {{Infrastructure, {"infrastructure"}}, {Application, {"application"}}, {Access, {"access"}}, {Compliance, {"compliance"}},
                                                            {PreAudit, {"pre_audit"}}, {Processor, {"processor"}}, {Other, {"other"}}});
    return list;
}

ChoiceList<By> const& choices_of(By)
{
    static ChoiceList<By> const list("audit_by", {{By::Internal, {"internal"}}, {By::External, {"external"}}});
    return list;
}

ChoiceList<Level> const& choices_of(Level)
{
    static ChoiceList<Level> const list("audit_level", {{Level::Negligible, {"negligible"}}, {Level::Limited, {"limited"}}, {Level::Important, {"important"}}, {Level::Maximal, {"maximal"}}});
    return list;
}

ChoiceList<State> const& choices_of(State)
{
    static ChoiceList<State> const list("audit_state", {{State::Open, {"open"}}, {State::UnderWay, {"under_way"}}, {State::Mended, {"mended"}}, {State::Accepted, {"accepted"}}});
    return list;
}

std::string_view code_of(Risk risk)
{
    constexpr std::string_view codes[] = {"low", "medium", "high", "critical"};
    return codes[static_cast<int>(risk)];
}

Risk risk_of(Level gravity, Level likelihood)
{
    // What weighs is the product; the gravest harm is never a low risk, however unlikely.
    int const g = static_cast<int>(gravity) + 1, weight = g * (static_cast<int>(likelihood) + 1);
    if (weight >= 12) return Risk::Critical;
    if (weight >= 6) return Risk::High;
    return weight >= 3 || gravity == Level::Maximal ? Risk::Medium : Risk::Low;
}

std::optional<Risk> Observation::risk() const
{
    if (!gravity || !likelihood) return std::nullopt;
    return risk_of(*gravity, *likelihood);
}

Schema<Observation> const& schema_of(Observation const*)
{
    static Schema<Observation> const schema("audit_observation", 1, {
        Field("title", &Observation::title).title().required().max_length(200).searchable(),
        Field("description", &Observation::description).max_length(4000).searchable(),
        Field("gravity", &Observation::gravity).mandatory(),
        Field("likelihood", &Observation::likelihood).mandatory(),
        Field("remedy", &Observation::remedy).max_length(2000),
        Field("owner", &Observation::owner).max_length(200).personal_data(),
        Field("due", &Observation::due).mandatory().article("32(1)(d)"),
        Field("state", &Observation::state).mandatory(),
        Field("mended_on", &Observation::mended_on),
        Field("accepted_because", &Observation::accepted_because).max_length(2000),
    });
    return schema;
}

Schema<Audit> const& schema_of(Audit const*)
{
    static Schema<Audit> const schema("audit", 1, {
        Field("name", &Audit::name).section("scope").required().max_length(300).searchable().in_list(),
        Field("kind", &Audit::kind).mandatory().in_list().article("32(1)(d)"),
        Field("scope", &Audit::scope).mandatory().max_length(4000).searchable().article("32(1)(d)"),
        Field("method", &Audit::method).max_length(4000),
        Field("processings", &Audit::processings),
        Field("processors", &Audit::processors).article("28(3)(h)"),
        Field("service", &Audit::service).max_length(200).searchable().in_list().suggest("service"),
        Field("owner", &Audit::owner).mandatory().article("24(1)").personal_data(),

        Field("by", &Audit::by).section("when").mandatory(),
        Field("auditor", &Audit::auditor).mandatory().max_length(200).personal_data(),
        Field("planned_on", &Audit::planned_on).in_list(),
        Field("held_on", &Audit::held_on).mandatory().in_list().article("32(1)(d)"),
        Field("report_on", &Audit::report_on),

        Field("conclusions", &Audit::conclusions).section("outcome").mandatory().max_length(10000).searchable().article("5(2)"),
        Field("observations", &Audit::observations).article("32(1)(d)"),
        Field("next_on", &Audit::next_on).in_list(),
        Field("notes", &Audit::notes).max_length(10000).searchable(),
        Field("attachments", &Audit::attachments).read_only(),
    });
    return schema;
}

std::vector<Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    std::vector<Due> dues;
    auto const audit = audit_schema().unpack(row);
    if (!audit.ok()) return dues;
    if (context.status == "to_come" && audit->planned_on) dues.push_back(context.on("audit.planned", *audit->planned_on, false, {"planned_on"}));
    for (auto const& one : audit->observations)
        if (one.is_open() && one.due) dues.push_back(context.on("audit.observation", *one.due, false, {"observations", one.id, "due"}));
    // Once its day has come, the next audit is a record of its own; that none was held is for the linter to say.
    if (audit->next_on && *audit->next_on >= context.today) dues.push_back(context.on("audit.next", *audit->next_on, false, {"next_on"}));
    return dues;
}

}  // namespace greffier::audit
