#include "registers/responsibility/responsibility.hpp"

namespace greffier::responsibility {

using schema::Field;
using schema::Schema;

Schema<Share> const& schema_of(Share const*)
{
    static Schema<Share> const schema("responsibility_share", 1, {
        Field("workstream", &Share::workstream).title().required(),
        Field("part", &Share::part).required().article("24(1)"),
        Field("details", &Share::details).max_length(500),
    });
    return schema;
}

Schema<Responsibility> const& schema_of(Responsibility const*)
{
    static Schema<Responsibility> const schema("responsibility", 2, {
        Field("role", &Responsibility::role).section("role").required().max_length(200).searchable().in_list(),
        Field("kind", &Responsibility::kind).mandatory(),
        Field("nature", &Responsibility::nature).mandatory().in_list(),
        Field("service", &Responsibility::service).max_length(200).searchable().in_list().suggest("service"),
        Field("missions", &Responsibility::missions).max_length(4000).searchable().article("24(1)"),

        Field("holder", &Responsibility::holder).section("people").mandatory().personal_data().article("24(1)"),
        Field("deputy", &Responsibility::deputy).personal_data(),
        Field("provider", &Responsibility::provider).shown_when("nature", {"provider"}),
        Field("mandate", &Responsibility::mandate).max_length(300),
        Field("since", &Responsibility::since),
        Field("until", &Responsibility::until),

        Field("shares", &Responsibility::shares).section("part").mandatory().article("24(1)"),

        Field("escalation", &Responsibility::escalation).section("calling").in_list().article("33(1)"),
        Field("call_when", &Responsibility::call_when).max_length(2000),
        Field("hours", &Responsibility::hours).max_length(200),
        Field("out_of_hours", &Responsibility::out_of_hours),

        Field("in_place_of", &Responsibility::in_place_of).section("outside").shown_when("nature", {"authority"}).since(2),
        Field("website", &Responsibility::website).shown_when("nature", {"provider", "lawyer", "insurer", "authority", "partner"}).since(2),
        Field("report_at", &Responsibility::report_at).shown_when("nature", {"provider", "lawyer", "insurer", "authority", "partner"}).since(2),
        Field("unlisted", &Responsibility::unlisted).shown_when("nature", {"authority"}).since(2),

        Field("last_review", &Responsibility::last_review).section("keeping").article("24(1)"),
        Field("next_review", &Responsibility::next_review).article("24(1)"),
        Field("reviewer", &Responsibility::reviewer).max_length(200).personal_data(),
        Field("notes", &Responsibility::notes).max_length(10000).searchable(),
        Field("attachments", &Responsibility::attachments).read_only(),
    });
    return schema;
}

}  // namespace greffier::responsibility
