#include "registers/delegation/delegation.hpp"

namespace greffier::delegation {

using schema::ChoiceList;
using schema::Field;
using schema::Schema;

ChoiceList<DelegationKind> const& choices_of(DelegationKind)
{
    static ChoiceList<DelegationKind> const list("delegation_kind", {
        {DelegationKind::Power, {"power"}},
        {DelegationKind::Signature, {"signature"}},
    });
    return list;
}

Schema<Delegation> const& schema_of(Delegation const*)
{
    static Schema<Delegation> const schema("delegation", 1, {
        Field("name", &Delegation::name).section("parties").required().max_length(300).searchable().in_list(),
        Field("kind", &Delegation::kind).mandatory().in_list().article("24(1)").material(),
        Field("delegator", &Delegation::delegator).mandatory().article("24(1)").personal_data().material(),
        Field("delegate", &Delegation::delegate).mandatory().article("29").personal_data().material(),
        Field("scope", &Delegation::scope).mandatory().max_length(4000).searchable().article("24(1)").material(),
        Field("limits", &Delegation::limits).max_length(4000).material(),
        Field("may_pass_on", &Delegation::may_pass_on).material(),
        Field("processings", &Delegation::processings).article("24(1)"),
        Field("service", &Delegation::service).max_length(200).searchable().in_list().suggest("service"),
        Field("owner", &Delegation::owner).article("5(2)").personal_data(),

        Field("basis", &Delegation::basis).section("act").mandatory().max_length(300).searchable().material(),
        Field("act_reference", &Delegation::act_reference).max_length(100).searchable().in_list(),
        Field("decided_on", &Delegation::decided_on).mandatory().material(),
        Field("published_on", &Delegation::published_on),
        Field("accepted_on", &Delegation::accepted_on).mandatory().article("29"),
        Field("start_date", &Delegation::start_date).mandatory().in_list().material(),
        Field("end_date", &Delegation::end_date).in_list().material(),

        Field("last_review", &Delegation::last_review).section("follow_up").article("24(1)"),
        Field("next_review", &Delegation::next_review).article("24(1)"),
        Field("reviewer", &Delegation::reviewer).max_length(200).personal_data(),
        Field("notes", &Delegation::notes).max_length(10000).searchable(),
        Field("attachments", &Delegation::attachments).read_only(),
    });
    return schema;
}

}  // namespace greffier::delegation
