#include "registers/breach/lists.hpp"

#include <array>

namespace greffier::breach {

using schema::ChoiceList;
using schema::List;
using schema::ListEntry;

ChoiceList<Nature> const& choices_of(Nature)
{
    using enum Nature;
    static ChoiceList<Nature> const list("breach_nature", {
        {Confidentiality, {"confidentiality", "https://w3id.org/dpv/risk#ConfidentialityBreach"}},
        {Integrity, {"integrity", "https://w3id.org/dpv/risk#IntegrityBreach"}},
        {Availability, {"availability", "https://w3id.org/dpv/risk#AvailabilityBreach"}},
    });
    return list;
}

ChoiceList<Origin> const& choices_of(Origin)
{
    using enum Origin;
    static ChoiceList<Origin> const list("breach_origin", {{Internal, {"internal"}}, {External, {"external"}}, {Unknown, {"unknown"}}});
    return list;
}

ChoiceList<Intent> const& choices_of(Intent)
{
    using enum Intent;
    static ChoiceList<Intent> const list("breach_intent", {{Accidental, {"accidental"}}, {Malicious, {"malicious"}}, {Unknown, {"unknown"}}});
    return list;
}

ChoiceList<Role> const& choices_of(Role)
{
    using enum Role;
    static ChoiceList<Role> const list("breach_role", {
        {Controller, {"controller", "https://w3id.org/dpv#DataController"}},
        {JointController, {"joint_controller", "https://w3id.org/dpv#JointDataControllers"}},
        {Processor, {"processor", "https://w3id.org/dpv#DataProcessor"}},
    });
    return list;
}

ChoiceList<Level> const& choices_of(Level)
{
    using enum Level;
    static ChoiceList<Level> const list("breach_level", {
        {Negligible, {"negligible"}}, {Limited, {"limited"}}, {Important, {"important"}}, {Maximal, {"maximal"}},
    });
    return list;
}

ChoiceList<Risk> const& choices_of(Risk)
{
    static ChoiceList<Risk> const list("breach_risk", {{Risk::Unlikely, {"unlikely"}}, {Risk::Risk, {"risk"}}, {Risk::High, {"high"}}});
    return list;
}

ChoiceList<MeasureStage> const& choices_of(MeasureStage)
{
    using enum MeasureStage;
    static ChoiceList<MeasureStage> const list("breach_measure_stage", {{Before, {"before"}}, {Immediate, {"immediate"}}, {Planned, {"planned"}}});
    return list;
}

ChoiceList<FirstStepKind> const& choices_of(FirstStepKind)
{
    using enum FirstStepKind;
    static ChoiceList<FirstStepKind> const list("breach_first_step", {{Disconnect, {"disconnect"}}, {LeaveOn, {"leave_on"}}, {Alert, {"alert"}}, {OtherChannel, {"other_channel"}}, {Logbook, {"logbook"}},
                                                                      {KeepEvidence, {"keep_evidence"}}, {Backups, {"backups"}}, {Access, {"access"}}, {NoRansom, {"no_ransom"}}, {SeekHelp, {"seek_help"}},
                                                                      {OneVoice, {"one_voice"}}, {Insurer, {"insurer"}}, {Police, {"police"}}, {Authority, {"authority"}}});
    return list;
}

ChoiceList<NotificationType> const& choices_of(NotificationType)
{
    using enum NotificationType;
    static ChoiceList<NotificationType> const list("breach_notification_type", {
        {Initial, {"initial"}}, {Complementary, {"complementary"}}, {Complete, {"complete"}}, {Withdrawal, {"withdrawal"}},
    });
    return list;
}

ChoiceList<Art34Exemption> const& choices_of(Art34Exemption)
{
    using enum Art34Exemption;
    static ChoiceList<Art34Exemption> const list("art34_exemption", {{A, {"a"}}, {B, {"b"}}, {C, {"c"}}});
    return list;
}

ChoiceList<PartyRole> const& choices_of(PartyRole)
{
    using enum PartyRole;
    static ChoiceList<PartyRole> const list("breach_party_role", {
        {Processor, {"processor"}}, {JointController, {"joint_controller"}}, {Controller, {"controller"}}, {Other, {"other"}},
    });
    return list;
}

ChoiceList<InternalImpact> const& choices_of(InternalImpact)
{
    using enum InternalImpact;
    static ChoiceList<InternalImpact> const list("breach_internal_impact", {
        {PersonalData, {"personal_data"}}, {OrganisationOnly, {"organisation_only"}}, {ServiceOurs, {"service_ours"}}, {ServiceTheirs, {"service_theirs"}},
    });
    return list;
}

ChoiceList<DataContext> const& choices_of(DataContext)
{
    using enum DataContext;
    static ChoiceList<DataContext> const list("score_data", {
        {Simple, {"simple"}}, {Behavioural, {"behavioural"}}, {Financial, {"financial"}}, {Sensitive, {"sensitive"}},
    });
    return list;
}

ChoiceList<ContextShift> const& choices_of(ContextShift)
{
    using enum ContextShift;
    static ChoiceList<ContextShift> const list("score_context", {
        {LessByThree, {"less_3"}}, {LessByTwo, {"less_2"}}, {LessByOne, {"less_1"}}, {None, {"none"}}, {MoreByOne, {"more_1"}}, {MoreByTwo, {"more_2"}}, {MoreByThree, {"more_3"}},
    });
    return list;
}

ChoiceList<Identification> const& choices_of(Identification)
{
    using enum Identification;
    static ChoiceList<Identification> const list("score_identification", {
        {Negligible, {"negligible"}}, {Limited, {"limited"}}, {Significant, {"significant"}}, {Maximum, {"maximum"}},
    });
    return list;
}

ChoiceList<LostConfidentiality> const& choices_of(LostConfidentiality)
{
    using enum LostConfidentiality;
    static ChoiceList<LostConfidentiality> const list("score_confidentiality", {
        {NoEvidence, {"no_evidence"}}, {KnownRecipients, {"known_recipients"}}, {UnknownRecipients, {"unknown_recipients"}},
    });
    return list;
}

ChoiceList<LostIntegrity> const& choices_of(LostIntegrity)
{
    using enum LostIntegrity;
    static ChoiceList<LostIntegrity> const list("score_integrity", {
        {NoKnownUse, {"no_known_use"}}, {Recoverable, {"recoverable"}}, {NotRecoverable, {"not_recoverable"}},
    });
    return list;
}

ChoiceList<LostAvailability> const& choices_of(LostAvailability)
{
    using enum LostAvailability;
    static ChoiceList<LostAvailability> const list("score_availability", {
        {AtOnce, {"at_once"}}, {Temporary, {"temporary"}}, {Permanent, {"permanent"}},
    });
    return list;
}

List const& Intakes::list()
{
    static constexpr auto entries = std::to_array<ListEntry>({
        {"staff"}, {"public_form"}, {"e_mail"}, {"phone"}, {"monitoring"}, {"processor"}, {"data_subject"}, {"authority"}, {"press"}, {"other"},
    });
    static constexpr List list{"breach_intake", true, entries};
    return list;
}

List const& Causes::list()
{
    static constexpr auto entries = std::to_array<ListEntry>({
        {"lost_equipment"}, {"stolen_equipment"}, {"lost_paper"}, {"opened_mail"}, {"hacking", "", "attack"}, {"phishing", "", "attack"}, {"ransomware", "", "attack"},
        {"malware", "", "attack"}, {"stolen_account", "", "attack"}, {"wrong_recipient"}, {"visible_recipients"}, {"unintended_publication"}, {"recycled_equipment"},
        {"paper_not_destroyed"}, {"spoken"}, {"excessive_access"}, {"technical_failure"}, {"disaster"}, {"human_error"}, {"other"},
    });
    static constexpr List list{"breach_cause", true, entries};
    return list;
}

List const& Effects::list()
{
    static constexpr auto entries = std::to_array<ListEntry>({
        {"further_spread"}, {"matching"}, {"misuse"}, {"wrong_data_used"}, {"service_missing"}, {"service_degraded"}, {"loss_of_control"}, {"rights_limited"},
        {"discrimination"}, {"identity_theft"}, {"fraud"}, {"financial_loss"}, {"reputation"}, {"secrecy_lost"}, {"pseudonyms_lifted"}, {"targeted_phishing"}, {"harassment"},
        {"physical_harm"}, {"other"},
    });
    static constexpr List list{"breach_effect", true, entries};
    return list;
}

List const& Channels::list()
{
    static constexpr auto entries = std::to_array<ListEntry>({
        {"letter"}, {"e_mail"}, {"sms"}, {"phone"}, {"in_person"}, {"account_message"}, {"website"}, {"posting"}, {"press"}, {"other"},
    });
    static constexpr List list{"breach_channel", true, entries};
    return list;
}

List const& Bodies::list()
{
    static constexpr auto entries = std::to_array<ListEntry>({
        {"management"}, {"dpo"}, {"ciso"}, {"client_controller"}, {"insurer"}, {"csirt"}, {"anssi"}, {"police"}, {"bank"}, {"other_authority"}, {"staff_representatives"}, {"other"},
    });
    static constexpr List list{"breach_body", true, entries};
    return list;
}

}  // namespace greffier::breach
