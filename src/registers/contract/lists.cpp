#include "registers/contract/lists.hpp"

namespace greffier::contract {

using schema::ChoiceList;

ChoiceList<Clause> const& choices_of(Clause)
{
    using enum Clause;
    static ChoiceList<Clause> const list("contract_clause_item", {
        {Written, {"C01"}}, {Subject, {"C02"}}, {Purpose, {"C03"}}, {DataAndPeople, {"C04"}}, {ControllerDuties, {"C05"}},
        {Instructions, {"C06"}}, {Confidentiality, {"C07"}}, {Security, {"C08"}}, {Subprocessors, {"C09"}}, {RightsHelp, {"C10"}},
        {DutiesHelp, {"C11"}}, {DeletionOrReturn, {"C12"}}, {Audits, {"C13"}}, {UnlawfulInstruction, {"C14"}}, {BreachNotice, {"C15"}},
        {Responsibilities, {"C16"}}, {Authentication, {"C17"}}, {ReturnConditions, {"C18"}}, {IncidentRules, {"C19"}}, {AuthorisationMode, {"C20"}},
        {FlowDown, {"C21"}}, {ProcessorRecord, {"C22"}}, {Location, {"C23"}}, {OutsideOperations, {"C24"}}, {InformationOfPersons, {"C25"}},
    });
    return list;
}

ChoiceList<ClauseState> const& choices_of(ClauseState)
{
    static ChoiceList<ClauseState> const list("clause_state", {
        {ClauseState::Present, {"present"}},
        {ClauseState::Partial, {"partial"}},
        {ClauseState::Absent, {"absent"}},
        {ClauseState::NotApplicable, {"not_applicable"}},
    });
    return list;
}

ChoiceList<Form> const& choices_of(Form)
{
    static ChoiceList<Form> const list("contract_form", {
        {Form::Contract, {"contract"}},
        {Form::PublicContract, {"public_contract"}},
        {Form::Annex, {"annex"}},
        {Form::Amendment, {"amendment"}},
        {Form::Terms, {"terms"}},
        {Form::LegalAct, {"legal_act"}},
    });
    return list;
}

ChoiceList<ModelClauses> const& choices_of(ModelClauses)
{
    static ChoiceList<ModelClauses> const list("model_clauses", {
        {ModelClauses::None, {"none"}},
        {ModelClauses::Commission, {"2021_915"}},
        {ModelClauses::Authority, {"authority"}},
    });
    return list;
}

ChoiceList<Renewal> const& choices_of(Renewal)
{
    static ChoiceList<Renewal> const list("contract_renewal", {
        {Renewal::None, {"none"}},
        {Renewal::Tacit, {"tacit"}},
        {Renewal::Express, {"express"}},
    });
    return list;
}

ChoiceList<Subprocessing> const& choices_of(Subprocessing)
{
    static ChoiceList<Subprocessing> const list("contract_subprocessing", {
        {Subprocessing::Specific, {"specific"}},
        {Subprocessing::General, {"general"}},
        {Subprocessing::Forbidden, {"forbidden"}},
    });
    return list;
}

ChoiceList<InstructionKind> const& choices_of(InstructionKind)
{
    static ChoiceList<InstructionKind> const list("contract_instruction_kind", {
        {InstructionKind::Instruction, {"instruction"}},
        {InstructionKind::Amendment, {"amendment"}},
    });
    return list;
}

ChoiceList<DataEnd> const& choices_of(DataEnd)
{
    static ChoiceList<DataEnd> const list("contract_data_end", {
        {DataEnd::Return, {"return"}},
        {DataEnd::Deletion, {"deletion"}},
        {DataEnd::ReturnThenDeletion, {"return_then_deletion"}},
    });
    return list;
}

}  // namespace greffier::contract
