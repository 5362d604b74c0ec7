#include "registers/action/action.hpp"

namespace greffier::action {

using schema::Field;
using schema::Schema;

bool is_open(std::string_view status) { return status == "to_do" || status == "under_way"; }

Schema<Action> const& schema_of(Action const*)
{
    static Schema<Action> const schema("action", 1, {
        Field("name", &Action::name).section("what").required().max_length(300).searchable().in_list(),
        Field("description", &Action::description).mandatory().max_length(10000).searchable(),
        Field("step", &Action::step).in_list(),
        Field("priority", &Action::priority).mandatory().in_list(),
        Field("deliverable", &Action::deliverable).mandatory().max_length(4000).searchable().article("5(2)"),

        Field("source", &Action::source).section("origin").mandatory().in_list(),
        Field("rule", &Action::rule).max_length(20).shown_when("source", {"finding"}),
        Field("origin", &Action::origin).max_length(300).searchable(),
        Field("origin_part", &Action::origin_part).max_length(300).shown_when("source", {"audit", "committee"}),
        Field("processings", &Action::processings),
        Field("processors", &Action::processors),
        Field("contracts", &Action::contracts),
        Field("transfers", &Action::transfers),
        Field("processor_activities", &Action::processor_activities),
        Field("breaches", &Action::breaches),
        Field("requests", &Action::requests),
        Field("audits", &Action::audits),
        Field("recommendations", &Action::recommendations),
        Field("projects", &Action::projects),
        Field("committees", &Action::committees),

        Field("service", &Action::service).section("who").max_length(200).searchable().in_list().suggest("service"),
        Field("owner", &Action::owner).mandatory().article("24(1)").personal_data(),
        Field("start_date", &Action::start_date),
        Field("due_date", &Action::due_date).mandatory().in_list().article("24(1)"),
        Field("repeat_every", &Action::repeat_every),
        Field("cost_planned", &Action::cost_planned),
        Field("cost_actual", &Action::cost_actual),
        Field("workload", &Action::workload).max_length(100),

        Field("progress", &Action::progress).section("follow_up").in_list(),
        Field("done_on", &Action::done_on),
        Field("checked_on", &Action::checked_on),
        Field("result", &Action::result).max_length(4000).searchable().article("5(2)"),
        Field("evidence", &Action::evidence).article("5(2)"),
        Field("notes", &Action::notes).max_length(10000).searchable(),
        Field("attachments", &Action::attachments).read_only(),
    });
    return schema;
}

}  // namespace greffier::action
