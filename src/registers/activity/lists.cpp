#include "registers/activity/lists.hpp"

namespace greffier::activity {

schema::ChoiceList<Task> const& choices_of(Task)
{
    static schema::ChoiceList<Task> const list("activity_task", {
        {Task::Inform, {"inform"}}, {Task::Advise, {"advise"}}, {Task::Monitor, {"monitor"}}, {Task::Train, {"train"}}, {Task::Dpia, {"dpia"}}, {Task::Cooperate, {"cooperate"}},
        {Task::ContactPoint, {"contact_point"}}, {Task::People, {"people"}}, {Task::AnnualReport, {"annual_report"}}, {Task::OwnSkills, {"own_skills"}}, {Task::Other, {"other"}},
    });
    return list;
}

}  // namespace greffier::activity
