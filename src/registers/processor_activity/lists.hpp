#pragma once
// The closed lists of the processor's register. A code is never renamed or reused, only retired. Labels are in locales/,
// under "<list>.<code>".

#include "schema/schema.hpp"

namespace greffier::processor_activity {

/// Work done for clients, and work a processor does for us, stand in the same register and are never mixed.
enum class Direction { WeProcessForClient, ProcessorWorksForUs };
enum class AuthorisationMode { Specific, General };                    ///< art. 28(2)
enum class EndChoice { Return, Delete, ReturnThenDelete };             ///< art. 28(3)(g): the client chooses
enum class InstructionChannel { Contract, Letter, Email, Ticket, Meeting, Phone, Other };
enum class InstructionJudgement { Lawful, Unlawful };                  ///< art. 28(3), last subparagraph
enum class AssistanceKind { Rights, Security, Breach, Dpia, PriorConsultation, Audit };   ///< art. 28(3)(e), (f), (h)

schema::ChoiceList<Direction> const& choices_of(Direction);
schema::ChoiceList<AuthorisationMode> const& choices_of(AuthorisationMode);
schema::ChoiceList<EndChoice> const& choices_of(EndChoice);
schema::ChoiceList<InstructionChannel> const& choices_of(InstructionChannel);
schema::ChoiceList<InstructionJudgement> const& choices_of(InstructionJudgement);
schema::ChoiceList<AssistanceKind> const& choices_of(AssistanceKind);

}  // namespace greffier::processor_activity
