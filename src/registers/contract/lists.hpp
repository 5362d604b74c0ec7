#pragma once
// Closed lists of the register of contracts. A code is never renamed or reused, only retired.

#include "schema/schema.hpp"

namespace greffier::contract {

/// The twenty-five things looked for in a contract; C01 to C14 are what article 28 demands.
enum class Clause {
    Written, Subject, Purpose, DataAndPeople, ControllerDuties, Instructions, Confidentiality, Security, Subprocessors, RightsHelp, DutiesHelp,
    DeletionOrReturn, Audits, UnlawfulInstruction, BreachNotice, Responsibilities, Authentication, ReturnConditions, IncidentRules,
    AuthorisationMode, FlowDown, ProcessorRecord, Location, OutsideOperations, InformationOfPersons,
};
enum class ClauseState { Present, Partial, Absent, NotApplicable };
enum class Form { Contract, Amendment, Annex, PublicContract, Terms, LegalAct };
enum class ModelClauses { None, Commission, Authority };            ///< art. 28(7): decision (EU) 2021/915; art. 28(8)
enum class Renewal { None, Tacit, Express };
enum class Subprocessing { Specific, General, Forbidden };          ///< art. 28(2)
enum class InstructionKind { Instruction, Amendment };               ///< art. 28(3)(a): what was not foreseen is put in writing
enum class DataEnd { Return, Deletion, ReturnThenDeletion };        ///< art. 28(3)(g): the controller's choice

schema::ChoiceList<Clause> const& choices_of(Clause);
schema::ChoiceList<ClauseState> const& choices_of(ClauseState);
schema::ChoiceList<Form> const& choices_of(Form);
schema::ChoiceList<ModelClauses> const& choices_of(ModelClauses);
schema::ChoiceList<Renewal> const& choices_of(Renewal);
schema::ChoiceList<Subprocessing> const& choices_of(Subprocessing);
schema::ChoiceList<InstructionKind> const& choices_of(InstructionKind);
schema::ChoiceList<DataEnd> const& choices_of(DataEnd);

}  // namespace greffier::contract
