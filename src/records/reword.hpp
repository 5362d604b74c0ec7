#pragma once
// Words by which records are found follow the labels of what they hold: terms and answers an organisation added.

#include "records/custom_fields.hpp"
#include "records/store.hpp"
#include "records/terms.hpp"

namespace greffier::records {

/// Makes the records that hold an answer whose label changed findable by the new one, here and below. Returns how many
/// were looked at.
int reword_options(Machinery const& machinery, OrganisationId organisation, CustomField const& before, CustomField const& after, Timestamp now);

}  // namespace greffier::records
