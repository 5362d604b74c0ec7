#include "registers/retention/retention.hpp"

namespace greffier::retention {

using schema::Field;
using schema::Schema;

Schema<RetentionLine> const& schema_of(RetentionLine const*)
{
    static Schema<RetentionLine> const schema("retention_line", 1, {
        Field("category", &RetentionLine::category).title().required().article("5(1)(e)"),
        Field("details", &RetentionLine::details).max_length(500).searchable(),
        Field("cut_off", &RetentionLine::cut_off).article("5(1)(e)"),
        Field("outcome", &RetentionLine::outcome).article("5(1)(e)").material(),
        Field("count", &RetentionLine::count),
    });
    return schema;
}

Schema<RetentionHold> const& schema_of(RetentionHold const*)
{
    static Schema<RetentionHold> const schema("retention_hold", 1, {
        Field("subject", &RetentionHold::subject).title().required().max_length(300),
        Field("reason", &RetentionHold::reason).mandatory().article("17(3)"),
        Field("details", &RetentionHold::details).max_length(1000),
        Field("ordered_by", &RetentionHold::ordered_by).max_length(200),
        Field("since", &RetentionHold::since),
        Field("until", &RetentionHold::until).article("5(1)(e)"),
        Field("lifted_on", &RetentionHold::lifted_on),
    });
    return schema;
}

Schema<RetentionRun> const& schema_of(RetentionRun const*)
{
    static Schema<RetentionRun> const schema("retention_run", 1, {
        Field("name", &RetentionRun::name).section("run").required().max_length(300).searchable().in_list(),
        Field("processings", &RetentionRun::processings).mandatory().article("5(1)(e)").material(),
        Field("system", &RetentionRun::system).max_length(200).searchable().suggest("hosting"),
        Field("asset", &RetentionRun::asset),
        Field("service", &RetentionRun::service).max_length(200).searchable().in_list().suggest("service"),
        Field("owner", &RetentionRun::owner).mandatory().article("5(2)").personal_data(),
        Field("planned_on", &RetentionRun::planned_on).mandatory().in_list().article("5(1)(e)"),
        Field("lines", &RetentionRun::lines).section("content").mandatory().article("5(1)(e)").material(),
        Field("done_on", &RetentionRun::done_on).section("proof").in_list().article("5(2)").material(),
        Field("done_by", &RetentionRun::done_by).max_length(200).mandatory().personal_data(),
        Field("witness", &RetentionRun::witness).max_length(200).personal_data(),
        Field("method", &RetentionRun::method).mandatory().article("32(1)"),
        Field("method_details", &RetentionRun::method_details).max_length(2000),
        Field("backups_until", &RetentionRun::backups_until).article("5(1)(e)"),
        Field("visa_needed", &RetentionRun::visa_needed),
        Field("visa_reference", &RetentionRun::visa_reference).max_length(200).shown_when("visa_needed", {"true"}),
        Field("visa_on", &RetentionRun::visa_on).shown_when("visa_needed", {"true"}),
        Field("proof", &RetentionRun::proof).max_length(300).article("5(2)"),
        Field("holds", &RetentionRun::holds).section("exceptions").article("17(3)").material(),
        Field("frequency", &RetentionRun::frequency).section("next"),
        Field("next_run", &RetentionRun::next_run),
        Field("notes", &RetentionRun::notes).max_length(10000).searchable(),
        Field("attachments", &RetentionRun::attachments).read_only(),
    });
    return schema;
}

}  // namespace greffier::retention
