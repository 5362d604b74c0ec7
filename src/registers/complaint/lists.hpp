#pragma once
// Lists of the register of complaints. A code is never renamed or reused, only retired.

#include "schema/schema.hpp"

namespace greffier::complaint {

/// To whom the person complained.
enum class Addressee { Organisation, Authority, OtherAuthority, Defender, Court, Association };
enum class Topic { Access, Erasure, Objection, Rectification, Marketing, Security, Video, Staff, Information, Retention, Transfer, Delay, Other };
enum class Outcome { Founded, PartlyFounded, Unfounded, Settled, ClosedByAuthority, ReminderOfLaw, FormalNotice, Sanction, Withdrawn };
enum class Direction { FromAuthority, ToAuthority, FromPerson, ToPerson };

schema::ChoiceList<Addressee> const& choices_of(Addressee);
schema::ChoiceList<Topic> const& choices_of(Topic);
schema::ChoiceList<Outcome> const& choices_of(Outcome);
schema::ChoiceList<Direction> const& choices_of(Direction);

}  // namespace greffier::complaint
