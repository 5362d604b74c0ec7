#include "registers/action/lists.hpp"

namespace greffier::action {

using schema::ChoiceList;

ChoiceList<Source> const& choices_of(Source)
{
    using enum Source;
    static ChoiceList<Source> const list("action_source", {
        {Finding, {"finding"}}, {Breach, {"breach"}}, {Request, {"request"}}, {Dpia, {"dpia"}}, {Audit, {"audit"}}, {Recommendation, {"recommendation"}},
        {Committee, {"committee"}}, {Project, {"project"}}, {Authority, {"authority"}}, {Plan, {"plan"}}, {Own, {"own"}},
    });
    return list;
}

ChoiceList<Step> const& choices_of(Step)
{
    using enum Step;
    static ChoiceList<Step> const list("action_step", {
        {Responsibilities, {"responsibilities"}}, {Priorities, {"priorities"}}, {ByDesign, {"by_design"}},
        {Governance, {"governance"}}, {Organisation, {"organisation"}}, {Further, {"further"}},
    });
    return list;
}

ChoiceList<Priority> const& choices_of(Priority)
{
    static ChoiceList<Priority> const list("action_priority", {{Priority::Low, {"low"}}, {Priority::Normal, {"normal"}}, {Priority::High, {"high"}}});
    return list;
}

}  // namespace greffier::action
