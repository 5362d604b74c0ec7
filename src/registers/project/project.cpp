#include "registers/project/project.hpp"

#include <algorithm>

namespace greffier::project {

using records::Due;
using schema::ChoiceList;
using schema::Field;
using schema::Schema;

ChoiceList<Principle> const& choices_of(Principle)
{
    using enum Principle;
    static ChoiceList<Principle> const list("project_principle_item", {{Proactive, {"proactive"}}, {ByDefault, {"by_default"}}, {Embedded, {"embedded"}}, {PositiveSum, {"positive_sum"}},
                                                                       {EndToEnd, {"end_to_end"}}, {Transparent, {"transparent"}}, {PersonFirst, {"person_first"}}});
    return list;
}

ChoiceList<Default> const& choices_of(Default)
{
    using enum Default;
    static ChoiceList<Default> const list("project_default_item", {{NarrowPurpose, {"narrow_purpose"}}, {NoCollection, {"no_collection"}}, {FewData, {"few_data"}}, {ShortRetention, {"short_retention"}},
                                                                   {FewReaders, {"few_readers"}}, {OnlyPurpose, {"only_purpose"}}, {Separation, {"separation"}}, {NoAction, {"no_action"}}});
    return list;
}

ChoiceList<State> const& choices_of(State)
{
    static ChoiceList<State> const list("project_state", {{State::Done, {"done"}}, {State::Partly, {"partly"}}, {State::ToDo, {"to_do"}}, {State::NotApplicable, {"not_applicable"}}});
    return list;
}

ChoiceList<Advice> const& choices_of(Advice)
{
    static ChoiceList<Advice> const list("project_advice", {{Advice::Favourable, {"favourable"}}, {Advice::Reserved, {"reserved"}}, {Advice::Unfavourable, {"unfavourable"}}});
    return list;
}

std::span<Principle const> all_principles()
{
    using enum Principle;
    static constexpr Principle all[] = {Proactive, ByDefault, Embedded, PositiveSum, EndToEnd, Transparent, PersonFirst};
    return all;
}

std::span<Default const> all_defaults()
{
    using enum Default;
    static constexpr Default all[] = {NarrowPurpose, NoCollection, FewData, ShortRetention, FewReaders, OnlyPurpose, Separation, NoAction};
    return all;
}

int Project::unsettled_principles() const
{
    return static_cast<int>(std::ranges::count_if(all_principles(), [&](Principle item) {
        auto const row = std::ranges::find(by_design, item, &PrincipleRow::item);
        return row == by_design.end() || !row->state || *row->state == State::ToDo;
    }));
}

Schema<PrincipleRow> const& schema_of(PrincipleRow const*)
{
    static Schema<PrincipleRow> const schema("project_principle", 1, {
        Field("item", &PrincipleRow::item).title().required().article("25(1)"),
        Field("who", &PrincipleRow::who).max_length(200).personal_data(),
        Field("state", &PrincipleRow::state).article("25(1)"),
        Field("how", &PrincipleRow::how).max_length(2000),
    });
    return schema;
}

Schema<DefaultRow> const& schema_of(DefaultRow const*)
{
    static Schema<DefaultRow> const schema("project_default", 1, {
        Field("item", &DefaultRow::item).title().required().article("25(2)"),
        Field("state", &DefaultRow::state).article("25(2)"),
        Field("how", &DefaultRow::how).max_length(2000),
    });
    return schema;
}

Schema<Project> const& schema_of(Project const*)
{
    static Schema<Project> const schema("project", 1, {
        Field("name", &Project::name).section("project").required().max_length(300).searchable().in_list(),
        Field("description", &Project::description).mandatory().max_length(10000).searchable(),
        Field("service", &Project::service).max_length(200).searchable().in_list().suggest("service"),
        Field("sponsor", &Project::sponsor).max_length(200).personal_data(),
        Field("owner", &Project::owner).mandatory().article("24(1)").personal_data(),
        Field("live_on", &Project::live_on).mandatory().in_list(),
        Field("personal_data", &Project::personal_data).mandatory().article("4(1)"),
        Field("people_and_data", &Project::people_and_data).mandatory().max_length(4000).searchable().article("25(1)"),
        Field("processings", &Project::processings).article("30(1)"),
        Field("processors", &Project::processors).article("28(1)"),

        Field("by_design", &Project::by_design).section("design").mandatory().article("25(1)"),
        Field("by_default", &Project::by_default).section("defaults").mandatory().article("25(2)"),

        Field("dpo_asked_on", &Project::dpo_asked_on).section("advice").mandatory().article("38(1)"),
        Field("advice", &Project::advice).article("39(1)(a)"),
        Field("dpo_advice", &Project::dpo_advice).mandatory().max_length(10000).searchable().article("39(1)(a)"),
        Field("dpo_advice_date", &Project::dpo_advice_date).mandatory().in_list().article("38(1)"),
        Field("dpia_required", &Project::dpia_required).article("35(1)"),
        Field("went_live_on", &Project::went_live_on),
        Field("notes", &Project::notes).max_length(10000).searchable(),
        Field("attachments", &Project::attachments).read_only(),
    });
    return schema;
}

std::vector<Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    auto const project = project_schema().unpack(row);
    bool const coming = context.status == "draft" || context.status == "in_design";
    if (!project.ok() || !project->live_on || !coming) return {};
    return {context.on("project.live", *project->live_on, false, {"live_on"})};
}

}  // namespace greffier::project
