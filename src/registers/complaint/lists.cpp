#include "registers/complaint/lists.hpp"

namespace greffier::complaint {

using schema::ChoiceList;

ChoiceList<Addressee> const& choices_of(Addressee)
{
    using enum Addressee;
    static ChoiceList<Addressee> const list("complaint_addressee", {
        {Organisation, {"organisation"}}, {Authority, {"authority"}}, {OtherAuthority, {"other_authority"}}, {Defender, {"defender"}}, {Court, {"court"}}, {Association, {"association"}},
    });
    return list;
}

ChoiceList<Topic> const& choices_of(Topic)
{
    using enum Topic;
    static ChoiceList<Topic> const list("complaint_topic", {
        {Access, {"access"}}, {Erasure, {"erasure"}}, {Objection, {"objection"}}, {Rectification, {"rectification"}}, {Marketing, {"marketing"}}, {Security, {"security"}}, {Video, {"video"}},
        {Staff, {"staff"}}, {Information, {"information"}}, {Retention, {"retention"}}, {Transfer, {"transfer"}}, {Delay, {"delay"}}, {Other, {"other"}},
    });
    return list;
}

ChoiceList<Outcome> const& choices_of(Outcome)
{
    using enum Outcome;
    static ChoiceList<Outcome> const list("complaint_outcome", {
        {Founded, {"founded"}}, {PartlyFounded, {"partly_founded"}}, {Unfounded, {"unfounded"}}, {Settled, {"settled"}}, {ClosedByAuthority, {"closed_by_authority"}},
        {ReminderOfLaw, {"reminder"}}, {FormalNotice, {"formal_notice"}}, {Sanction, {"sanction"}}, {Withdrawn, {"withdrawn"}},
    });
    return list;
}

ChoiceList<Direction> const& choices_of(Direction)
{
    using enum Direction;
    static ChoiceList<Direction> const list("complaint_direction", {
        {FromAuthority, {"from_authority"}}, {ToAuthority, {"to_authority"}}, {FromPerson, {"from_person"}}, {ToPerson, {"to_person"}},
    });
    return list;
}

}  // namespace greffier::complaint
