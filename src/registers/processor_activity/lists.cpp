#include "registers/processor_activity/lists.hpp"

namespace greffier::processor_activity {

using schema::ChoiceList;

ChoiceList<Direction> const& choices_of(Direction)
{
    static ChoiceList<Direction> const list("activity_direction", {
        {Direction::WeProcessForClient, {"we_process_for_client"}},
        {Direction::ProcessorWorksForUs, {"processor_works_for_us"}},
    });
    return list;
}

ChoiceList<AuthorisationMode> const& choices_of(AuthorisationMode)
{
    static ChoiceList<AuthorisationMode> const list("activity_authorisation", {
        {AuthorisationMode::Specific, {"specific"}},
        {AuthorisationMode::General, {"general"}},
    });
    return list;
}

ChoiceList<EndChoice> const& choices_of(EndChoice)
{
    static ChoiceList<EndChoice> const list("activity_end_choice", {
        {EndChoice::Return, {"return"}},
        {EndChoice::Delete, {"delete"}},
        {EndChoice::ReturnThenDelete, {"return_then_delete"}},
    });
    return list;
}

ChoiceList<InstructionChannel> const& choices_of(InstructionChannel)
{
    static ChoiceList<InstructionChannel> const list("instruction_channel", {
        {InstructionChannel::Contract, {"contract"}},
        {InstructionChannel::Letter, {"letter"}},
        {InstructionChannel::Email, {"email"}},
        {InstructionChannel::Ticket, {"ticket"}},
        {InstructionChannel::Meeting, {"meeting"}},
        {InstructionChannel::Phone, {"phone"}},
        {InstructionChannel::Other, {"other"}},
    });
    return list;
}

ChoiceList<InstructionJudgement> const& choices_of(InstructionJudgement)
{
    static ChoiceList<InstructionJudgement> const list("instruction_judgement", {
        {InstructionJudgement::Lawful, {"lawful"}},
        {InstructionJudgement::Unlawful, {"unlawful"}},
    });
    return list;
}

ChoiceList<AssistanceKind> const& choices_of(AssistanceKind)
{
    static ChoiceList<AssistanceKind> const list("assistance_kind", {
        {AssistanceKind::Rights, {"rights"}},
        {AssistanceKind::Security, {"security"}},
        {AssistanceKind::Breach, {"breach"}},
        {AssistanceKind::Dpia, {"dpia"}},
        {AssistanceKind::PriorConsultation, {"prior_consultation"}},
        {AssistanceKind::Audit, {"audit"}},
    });
    return list;
}

}  // namespace greffier::processor_activity
