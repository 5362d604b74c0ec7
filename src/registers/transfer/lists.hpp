#pragma once
// The closed lists (the law's) and the open one (ours to begin with) of the register of transfers. The grounds of a
// transfer and the modules of the clauses are shared with other registers: registers/lists.hpp.
// A code is never renamed or reused, only retired. Labels are in locales/, under "<list>.<code>".

#include "schema/schema.hpp"

namespace greffier::transfer {

/// What the exporter or the importer is for the data that leave.
enum class PartyRole { Controller, JointController, Processor };
enum class Frequency { Occasional, Repeated, Continuous };             ///< recital 111: some derogations are for the occasional only
/// The Commission's clauses; those before decision (EU) 2021/914 have held nothing since 27 December 2022.
enum class SccVersion { Eu2021, Eu2010, Eu2004, Eu2001 };
enum class SccAnnex { Parties, Description, Authority, Measures, SubProcessors };   ///< I.A, I.B, I.C, II, III
enum class SubProcessing { Specific, General };                        ///< clause 9(a), options 1 and 2
enum class TiaResult { Effective, EffectiveWithMeasures, NotEffective };
enum class MeasureKind { Technical, Contractual, Organisational };
enum class MeasureState { Planned, InPlace };

schema::ChoiceList<PartyRole> const& choices_of(PartyRole);
schema::ChoiceList<Frequency> const& choices_of(Frequency);
schema::ChoiceList<SccVersion> const& choices_of(SccVersion);
schema::ChoiceList<SccAnnex> const& choices_of(SccAnnex);
schema::ChoiceList<SubProcessing> const& choices_of(SubProcessing);
schema::ChoiceList<TiaResult> const& choices_of(TiaResult);
schema::ChoiceList<MeasureKind> const& choices_of(MeasureKind);
schema::ChoiceList<MeasureState> const& choices_of(MeasureState);

/// What the importer is: some adequacy decisions hold for one sector only.
struct ImporterSectors { static schema::List const& list(); };

}  // namespace greffier::transfer
