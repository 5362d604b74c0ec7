#pragma once
// Judging a whole organisation inside a transaction of the caller's: for whoever writes many records and judges them
// once, when all are there. examine_all() (store.hpp) opens its own.

#include "records/store.hpp"

namespace greffier::records {

/// Judges every live record as of that instant, and what is due next. Returns how many records' findings changed.
int examine_in(Machinery const& machinery, OrganisationId organisation, storage::Session& session, Timestamp now, std::string const& zone);

}  // namespace greffier::records
