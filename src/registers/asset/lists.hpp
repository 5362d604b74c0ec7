#pragma once
// Lists of the register of assets. A code is never renamed or reused, only retired.

#include "schema/schema.hpp"

namespace greffier::asset {

enum class Family { Hardware, Software, Channel, Paper, Premises };
enum class Criticality { Low, Medium, High, Vital };
enum class PasswordCase { Alone, Restricted, Device, None };        ///< deliberation 2022-100; None: no password at all
enum class Characters { Lower, Upper, Digit, Special };
enum class TlsGrade { APlus, A, B, C, D, E, F, T };                 ///< T: a certificate nobody trusts

schema::ChoiceList<Family> const& choices_of(Family);
schema::ChoiceList<Criticality> const& choices_of(Criticality);
schema::ChoiceList<PasswordCase> const& choices_of(PasswordCase);
schema::ChoiceList<Characters> const& choices_of(Characters);
schema::ChoiceList<TlsGrade> const& choices_of(TlsGrade);

/// What it is more closely; flags: "mobile" leaves the premises, "system" keeps or handles data by itself, "hosted" stands somewhere that must be known.
struct AssetTypes { static schema::List const& list(); };

}  // namespace greffier::asset
