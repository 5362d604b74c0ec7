#include "registers/committee/committee.hpp"

namespace greffier::committee {

using records::Due;
using schema::Field;
using schema::Schema;

Schema<Decision> const& schema_of(Decision const*)
{
    static Schema<Decision> const schema("committee_decision", 1, {
        Field("text", &Decision::text).title().required().max_length(300).searchable(),
        Field("by", &Decision::by).max_length(200).personal_data(),
        Field("due", &Decision::due),
        Field("action", &Decision::action),
    });
    return schema;
}

Schema<Committee> const& schema_of(Committee const*)
{
    static Schema<Committee> const schema("committee", 1, {
        Field("name", &Committee::name).section("meeting").required().max_length(300).searchable().in_list(),
        Field("meeting_on", &Committee::meeting_on).mandatory().in_list().article("24(1)"),
        Field("place", &Committee::place).max_length(200),
        Field("chair", &Committee::chair).mandatory().max_length(200).personal_data(),
        Field("service", &Committee::service).max_length(200).suggest("service"),
        Field("owner", &Committee::owner).personal_data(),
        Field("participants", &Committee::participants).mandatory().personal_data(),
        Field("excused", &Committee::excused).personal_data(),
        Field("agenda", &Committee::agenda).mandatory().max_length(10000).searchable(),
        Field("actions", &Committee::actions),

        Field("minutes", &Committee::minutes).section("outcome").mandatory().max_length(20000).searchable().article("5(2)"),
        Field("decisions", &Committee::decisions).article("24(1)"),
        Field("next_on", &Committee::next_on).mandatory().in_list(),
        Field("notes", &Committee::notes).max_length(10000).searchable(),
        Field("attachments", &Committee::attachments).read_only(),
    });
    return schema;
}

std::vector<Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    auto const meeting = committee_schema().unpack(row);
    if (!meeting.ok()) return {};
    if (context.status == "to_come" && meeting->meeting_on) return {context.on("committee.meeting", *meeting->meeting_on, false, {"meeting_on"})};
    // Once its day has come, the next meeting is a record of its own; that none was held is for the linter to say.
    if (context.status == "took_place" && meeting->next_on && *meeting->next_on >= context.today) return {context.on("committee.next", *meeting->next_on, false, {"next_on"})};
    return {};
}

}  // namespace greffier::committee
