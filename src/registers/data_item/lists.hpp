#pragma once
// Closed lists of the register. A code is never renamed or reused, only retired.

#include "registers/lists.hpp"
#include "schema/schema.hpp"

namespace greffier::data_item {

enum class Origin { Internal, External };
enum class Sensitivity { Ordinary, HighlyPersonal, Special, Criminal, Nir };

schema::ChoiceList<Origin> const& choices_of(Origin);
schema::ChoiceList<Sensitivity> const& choices_of(Sensitivity);

}  // namespace greffier::data_item
