#pragma once
// Closed and open lists of the register of processors. A code is never renamed or reused, only retired.

#include "schema/schema.hpp"

namespace greffier::processor {

/// What the provider is in the eyes of the law (art. 4(7)-(8), 26, 28): a commercial subcontractor is not always a processor.
enum class Qualification { NotQualified, Processor, JointController, IndependentController, NoData };
/// What a piece of evidence, an audit or the whole assessment shows.
enum class GuaranteeResult { Sufficient, Reserves, Insufficient };
enum class AuthorisationMode { Specific, General };                       ///< art. 28(2)
/// Silence is no authorisation where each must be authorised; where they are told of in general, it is one after the window.
enum class ChainState { Requested, Authorised, Refused, Notified, Opposed, TacitlyAccepted };

schema::ChoiceList<Qualification> const& choices_of(Qualification);
schema::ChoiceList<GuaranteeResult> const& choices_of(GuaranteeResult);
schema::ChoiceList<AuthorisationMode> const& choices_of(AuthorisationMode);
schema::ChoiceList<ChainState> const& choices_of(ChainState);

struct Activities { static schema::List const& list(); };
struct EvidenceKinds { static schema::List const& list(); };
struct CertificateSchemes { static schema::List const& list(); };

}  // namespace greffier::processor
