#include "registers/insurance/insurance.hpp"

#include <algorithm>

namespace greffier::insurance {

using schema::Field;
using schema::Schema;

std::optional<Cover> Insurance::cover_of(Damage damage) const
{
    auto const found = std::ranges::find(damages, damage, &DamageRow::item);
    return found == damages.end() ? std::nullopt : found->cover;
}

Schema<CauseRow> const& schema_of(CauseRow const*)
{
    static Schema<CauseRow> const schema("insurance_cause", 1, {
        Field("item", &CauseRow::item).title().required(),
        Field("cover", &CauseRow::cover),
        Field("comment", &CauseRow::comment).max_length(500),
    });
    return schema;
}

Schema<HarmedRow> const& schema_of(HarmedRow const*)
{
    static Schema<HarmedRow> const schema("insurance_person", 1, {
        Field("item", &HarmedRow::item).title().required(),
        Field("cover", &HarmedRow::cover),
        Field("comment", &HarmedRow::comment).max_length(500),
    });
    return schema;
}

Schema<DamageRow> const& schema_of(DamageRow const*)
{
    static Schema<DamageRow> const schema("insurance_damage", 1, {
        Field("item", &DamageRow::item).title().required(),
        Field("cover", &DamageRow::cover).article("82(1)"),
        Field("comment", &DamageRow::comment).max_length(500),
    });
    return schema;
}

Schema<Insurance> const& schema_of(Insurance const*)
{
    static Schema<Insurance> const schema("insurance", 1, {
        Field("name", &Insurance::name).section("policy").required().max_length(300).searchable().in_list(),
        Field("kind", &Insurance::kind).mandatory().in_list(),
        Field("insurer", &Insurance::insurer).mandatory().max_length(200).searchable().in_list(),
        Field("policy_number", &Insurance::policy_number).mandatory().max_length(100).searchable(),
        Field("broker", &Insurance::broker).personal_data(),
        Field("owner", &Insurance::owner).mandatory().article("5(2)").personal_data(),
        Field("start_date", &Insurance::start_date).mandatory(),
        Field("end_date", &Insurance::end_date).mandatory().in_list(),
        Field("tacit_renewal", &Insurance::tacit_renewal),
        Field("notice_period", &Insurance::notice_period),
        Field("premium", &Insurance::premium),

        Field("ceiling", &Insurance::ceiling).section("cover").mandatory().in_list(),
        Field("excess", &Insurance::excess).mandatory(),
        Field("limits", &Insurance::limits).max_length(4000),
        Field("causes", &Insurance::causes).mandatory(),
        Field("persons", &Insurance::persons).mandatory().article("82(1)"),
        Field("damages", &Insurance::damages).mandatory().article("82(1)"),
        Field("exclusions", &Insurance::exclusions).max_length(4000).searchable(),

        Field("claims_contact", &Insurance::claims_contact).section("claim").mandatory().personal_data(),
        Field("declare_within_days", &Insurance::declare_within_days).mandatory(),
        Field("declare_how", &Insurance::declare_how).max_length(2000),

        Field("last_review", &Insurance::last_review).section("follow_up"),
        Field("next_review", &Insurance::next_review),
        Field("reviewer", &Insurance::reviewer).max_length(200).personal_data(),
        Field("notes", &Insurance::notes).max_length(10000).searchable(),
        Field("attachments", &Insurance::attachments).read_only(),
    });
    return schema;
}

}  // namespace greffier::insurance
