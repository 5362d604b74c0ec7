#include "registers/recommendation/recommendation.hpp"

namespace greffier::recommendation {

using records::Due;
using schema::ChoiceList;
using schema::Field;
using schema::Schema;

ChoiceList<Subject> const& choices_of(Subject)
{
    using enum Subject;
    static ChoiceList<Subject> const list("recommendation_subject", {{Failure, {"failure"}}, {Compliance, {"compliance"}}, {Security, {"security"}}, {Rights, {"rights"}},
                                                                      {Project, {"project"}}, {Policy, {"policy"}}, {Training, {"training"}}, {Other, {"other"}}});
    return list;
}

ChoiceList<Weight> const& choices_of(Weight)
{
    static ChoiceList<Weight> const list("recommendation_weight", {{Weight::Obligation, {"obligation"}}, {Weight::Strong, {"strong"}}, {Weight::Advice, {"advice"}}});
    return list;
}

Schema<Recommendation> const& schema_of(Recommendation const*)
{
    static Schema<Recommendation> const schema("recommendation", 1, {
        Field("name", &Recommendation::name).section("what").required().max_length(300).searchable().in_list(),
        Field("text", &Recommendation::text).mandatory().max_length(10000).searchable().article("39(1)(a)"),
        Field("grounds", &Recommendation::grounds).max_length(4000).searchable().article("39(1)(b)"),
        Field("subject", &Recommendation::subject).mandatory().in_list(),
        Field("weight", &Recommendation::weight).mandatory().in_list(),
        Field("author", &Recommendation::author).mandatory().max_length(200).article("39(1)").personal_data(),
        Field("made_on", &Recommendation::made_on).in_list(),
        Field("processings", &Recommendation::processings),
        Field("breaches", &Recommendation::breaches),
        Field("contracts", &Recommendation::contracts),
        Field("audits", &Recommendation::audits),
        Field("projects", &Recommendation::projects),

        Field("addressee", &Recommendation::addressee).section("answer").mandatory().max_length(200).article("38(3)").personal_data(),
        Field("service", &Recommendation::service).max_length(200).searchable().in_list().suggest("service"),
        Field("owner", &Recommendation::owner).article("24(1)").personal_data(),
        Field("answer_due", &Recommendation::answer_due).in_list(),
        Field("answered_on", &Recommendation::answered_on),
        Field("answer", &Recommendation::answer).max_length(4000).searchable().article("5(2)"),

        Field("follow_up_due", &Recommendation::follow_up_due).section("follow_up").in_list(),
        Field("followed_on", &Recommendation::followed_on),
        Field("outcome", &Recommendation::outcome).max_length(4000).searchable().article("39(1)(b)"),
        Field("evidence", &Recommendation::evidence).article("5(2)"),
        Field("notes", &Recommendation::notes).max_length(10000).searchable(),
        Field("attachments", &Recommendation::attachments).read_only(),
    });
    return schema;
}

std::vector<Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    auto const one = recommendation_schema().unpack(row);
    if (!one.ok()) return {};
    if (context.status == "issued" && one->answer_due) return {context.on("recommendation.answer", *one->answer_due, false, {"answer_due"})};
    if (context.status == "accepted" && one->follow_up_due) return {context.on("recommendation.follow_up", *one->follow_up_due, false, {"follow_up_due"})};
    return {};
}

}  // namespace greffier::recommendation
