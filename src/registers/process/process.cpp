#include "registers/process/process.hpp"

namespace greffier::process {

using schema::Field;
using schema::Schema;

Schema<ProcessStep> const& schema_of(ProcessStep const*)
{
    static Schema<ProcessStep> const schema("process_step", 1, {
        Field("name", &ProcessStep::name).title().required().max_length(300).searchable(),
        Field("stage", &ProcessStep::stage).mandatory().article("5(1)(e)"),
        Field("description", &ProcessStep::description).max_length(2000),
        Field("processings", &ProcessStep::processings).article("30(1)"),
        Field("tools", &ProcessStep::tools).max_length(300).searchable(),
        Field("actor", &ProcessStep::actor).max_length(200),
    });
    return schema;
}

Schema<Process> const& schema_of(Process const*)
{
    static Schema<Process> const schema("business_process", 1, {
        Field("name", &Process::name).section("process").required().max_length(300).searchable().in_list(),
        Field("kind", &Process::kind).mandatory().in_list(),
        Field("description", &Process::description).max_length(4000).searchable(),
        Field("service", &Process::service).max_length(200).searchable().in_list().suggest("service"),
        Field("owner", &Process::owner).article("5(2)").personal_data(),
        Field("steps", &Process::steps).section("steps").mandatory().article("5(1)(e)").material(),
        Field("last_review", &Process::last_review).section("follow_up"),
        Field("next_review", &Process::next_review).in_list(),
        Field("notes", &Process::notes).max_length(10000).searchable(),
        Field("attachments", &Process::attachments).read_only(),
    });
    return schema;
}

}  // namespace greffier::process
