#pragma once
// Lists of the register of trainings. A code is never renamed or reused, only retired.

#include "schema/schema.hpp"

namespace greffier::training {

enum class Kind { Session, Workshop, Webinar, ELearning, Campaign };
enum class Channel { Mail, Poster, Procedure, Intranet, Meeting, Other };

schema::ChoiceList<Kind> const& choices_of(Kind);
schema::ChoiceList<Channel> const& choices_of(Channel);

/// Whom it is for: staff, and those who are not staff.
struct Audiences { static schema::List const& list(); };
struct Topics { static schema::List const& list(); };

}  // namespace greffier::training
