#include "registers/continuity/continuity.hpp"

namespace greffier::continuity {

using schema::ChoiceList;
using schema::Field;
using schema::Schema;

ChoiceList<Exercise> const& choices_of(Exercise)
{
    static ChoiceList<Exercise> const list("continuity_exercise", {
        {Exercise::Desk, {"desk"}},
        {Exercise::Partial, {"partial"}},
        {Exercise::Full, {"full"}},
        {Exercise::Real, {"real"}},
    });
    return list;
}

ChoiceList<ExerciseResult> const& choices_of(ExerciseResult)
{
    static ChoiceList<ExerciseResult> const list("continuity_exercise_result", {
        {ExerciseResult::Met, {"met"}},
        {ExerciseResult::Partly, {"partly"}},
        {ExerciseResult::Missed, {"missed"}},
    });
    return list;
}

Schema<CrisisContact> const& schema_of(CrisisContact const*)
{
    static Schema<CrisisContact> const schema("continuity_contact", 1, {
        Field("name", &CrisisContact::name).title().required().max_length(200).personal_data(),
        Field("role", &CrisisContact::role).max_length(200),
        Field("phone", &CrisisContact::phone).personal_data(),
        Field("email", &CrisisContact::email).personal_data(),
    });
    return schema;
}

Schema<Drill> const& schema_of(Drill const*)
{
    static Schema<Drill> const schema("continuity_drill", 1, {
        Field("held_on", &Drill::held_on).title().mandatory().article("32(1)(d)"),
        Field("kind", &Drill::kind).mandatory(),
        Field("result", &Drill::result).mandatory(),
        Field("recovered_hours", &Drill::recovered_hours),
        Field("lessons", &Drill::lessons).max_length(4000),
    });
    return schema;
}

Schema<Plan> const& schema_of(Plan const*)
{
    static Schema<Plan> const schema("continuity_plan", 1, {
        Field("name", &Plan::name).section("what").required().max_length(300).searchable().in_list(),
        Field("applications", &Plan::applications).mandatory().article("32(1)(b)").material(),
        Field("processings", &Plan::processings),
        Field("service", &Plan::service).max_length(200).searchable().suggest("service"),
        Field("owner", &Plan::owner).mandatory().article("5(2)").personal_data(),

        Field("rto", &Plan::rto).section("aims").mandatory().in_list().article("32(1)(c)").material(),
        Field("rpo", &Plan::rpo).mandatory().in_list().article("32(1)(c)").material(),
        Field("impact", &Plan::impact).max_length(4000).article("32(2)"),

        Field("fallback", &Plan::fallback).section("plan").max_length(10000).searchable().article("32(1)(b)").material(),
        Field("recovery", &Plan::recovery).mandatory().max_length(10000).searchable().article("32(1)(c)").material(),
        Field("backups", &Plan::backups),
        Field("kept_at", &Plan::kept_at).max_length(300),
        Field("contacts", &Plan::contacts).personal_data(),

        Field("drills", &Plan::drills).section("tests").article("32(1)(d)"),
        Field("next_test", &Plan::next_test).in_list().article("32(1)(d)"),
        Field("last_review", &Plan::last_review),
        Field("next_review", &Plan::next_review),
        Field("reviewer", &Plan::reviewer).max_length(200).personal_data(),
        Field("notes", &Plan::notes).max_length(10000).searchable(),
        Field("attachments", &Plan::attachments).read_only(),
    });
    return schema;
}

}  // namespace greffier::continuity
