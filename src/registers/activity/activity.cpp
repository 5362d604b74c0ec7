#include "registers/activity/activity.hpp"

namespace greffier::activity {

using schema::Field;
using schema::Schema;

Schema<Activity> const& schema_of(Activity const*)
{
    static Schema<Activity> const schema("activity", 1, {
        Field("what", &Activity::what).section("act").required().max_length(300).searchable().in_list(),
        Field("task", &Activity::task).mandatory().in_list().article("39(1)"),
        Field("day", &Activity::day).mandatory().in_list(),
        Field("minutes", &Activity::minutes).in_list().article("38(2)"),
        Field("service", &Activity::service).max_length(200).searchable().suggest("service"),
        Field("done_by", &Activity::done_by).max_length(200).personal_data(),
        Field("report_year", &Activity::report_year).shown_when("task", {"annual_report"}).article("38(3)"),
        Field("presented_to", &Activity::presented_to).max_length(300).shown_when("task", {"annual_report"}).article("38(3)"),
        Field("details", &Activity::details).max_length(10000).searchable(),
        Field("outcome", &Activity::outcome).max_length(4000),

        Field("processings", &Activity::processings).section("about").article("39(1)(b)"),
        Field("advice", &Activity::advice).article("39(1)(a)"),
        Field("trainings", &Activity::trainings).article("39(1)(b)"),
        Field("breaches", &Activity::breaches).article("33(5)"),
        Field("requests", &Activity::requests).article("38(4)"),
        Field("complaints", &Activity::complaints).article("39(1)(d)"),
        Field("attachments", &Activity::attachments).read_only(),
    });
    return schema;
}

}  // namespace greffier::activity
