#include "registers/advice/advice.hpp"

#include "law/parameters.hpp"

namespace greffier::advice {

using schema::Field;
using schema::Schema;

std::optional<Date> answer_due(Advice const& advice)
{
    if (advice.wanted_by || !advice.asked_on) return advice.wanted_by;
    return add_days(*advice.asked_on, law::parameter("advice.answer", *advice.asked_on).number());
}

Schema<Advice> const& schema_of(Advice const*)
{
    static Schema<Advice> const schema("advice", 1, {
        Field("subject", &Advice::subject).section("question").required().max_length(300).searchable().in_list(),
        Field("trigger", &Advice::trigger).mandatory().in_list().article("38(1)"),
        Field("question", &Advice::question).mandatory().max_length(10000).searchable().article("39(1)(a)"),
        Field("context", &Advice::context).max_length(10000),
        Field("service", &Advice::service).max_length(200).searchable().in_list().suggest("service"),
        Field("requester", &Advice::requester).mandatory().personal_data(),
        Field("asked_on", &Advice::asked_on).mandatory(),
        Field("wanted_by", &Advice::wanted_by).article("38(1)"),
        Field("processings", &Advice::processings),
        Field("processors", &Advice::processors),
        Field("breach", &Advice::breach).shown_when("trigger", {"breach", "inspection", "other"}),
        Field("request", &Advice::request).shown_when("trigger", {"rights", "inspection", "other"}),

        Field("answer", &Advice::answer).section("answer").max_length(20000).searchable().article("39(1)(a)"),
        Field("recommendations", &Advice::recommendations).max_length(10000).article("39(1)(a)"),
        Field("specialist", &Advice::specialist).max_length(300),
        Field("answered_by", &Advice::answered_by).max_length(200).personal_data(),
        Field("answered_on", &Advice::answered_on).in_list(),

        Field("followed", &Advice::followed).section("decision").in_list().article("24(1)"),
        Field("decision_reason", &Advice::decision_reason).max_length(4000).article("5(2)"),
        Field("decided_by", &Advice::decided_by).max_length(200).personal_data(),
        Field("decided_on", &Advice::decided_on),
        Field("notes", &Advice::notes).max_length(10000),
        Field("attachments", &Advice::attachments).read_only(),
    });
    return schema;
}

}  // namespace greffier::advice
