#include "registers/advice/lists.hpp"

namespace greffier::advice {

using schema::ChoiceList;

ChoiceList<Trigger> const& choices_of(Trigger)
{
    static ChoiceList<Trigger> const list("advice_trigger", {
        {Trigger::NewProcessing, {"new_processing"}}, {Trigger::Dpia, {"dpia"}}, {Trigger::Breach, {"breach"}}, {Trigger::Rights, {"rights"}}, {Trigger::Inspection, {"inspection"}}, {Trigger::Other, {"other"}},
    });
    return list;
}

ChoiceList<Followed> const& choices_of(Followed)
{
    static ChoiceList<Followed> const list("advice_followed", {{Followed::Yes, {"yes"}}, {Followed::Partly, {"partly"}}, {Followed::No, {"no"}}});
    return list;
}

}  // namespace greffier::advice
