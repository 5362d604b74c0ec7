#include "registers/processor/lists.hpp"

#include <array>

namespace greffier::processor {

using schema::ChoiceList;
using schema::List;
using schema::ListEntry;

ChoiceList<Qualification> const& choices_of(Qualification)
{
    static ChoiceList<Qualification> const list("processor_qualification", {
        {Qualification::NotQualified, {"not_qualified"}},
        {Qualification::Processor, {"processor", "https://w3id.org/dpv#DataProcessor"}},
        {Qualification::JointController, {"joint_controller", "https://w3id.org/dpv#JointDataControllers"}},
        {Qualification::IndependentController, {"independent_controller", "https://w3id.org/dpv#DataController"}},
        {Qualification::NoData, {"no_data"}},
    });
    return list;
}

ChoiceList<GuaranteeResult> const& choices_of(GuaranteeResult)
{
    static ChoiceList<GuaranteeResult> const list("guarantee_result", {
        {GuaranteeResult::Sufficient, {"sufficient"}},
        {GuaranteeResult::Reserves, {"reserves"}},
        {GuaranteeResult::Insufficient, {"insufficient"}},
    });
    return list;
}

ChoiceList<AuthorisationMode> const& choices_of(AuthorisationMode)
{
    static ChoiceList<AuthorisationMode> const list("authorisation_mode", {
        {AuthorisationMode::Specific, {"specific"}},
        {AuthorisationMode::General, {"general"}},
    });
    return list;
}

ChoiceList<ChainState> const& choices_of(ChainState)
{
    static ChoiceList<ChainState> const list("subprocessor_state", {
        {ChainState::Requested, {"requested"}},
        {ChainState::Authorised, {"authorised"}},
        {ChainState::Refused, {"refused"}},
        {ChainState::Notified, {"notified"}},
        {ChainState::Opposed, {"opposed"}},
        {ChainState::TacitlyAccepted, {"tacitly_accepted"}},
    });
    return list;
}

List const& Activities::list()
{
    static constexpr auto entries = std::to_array<ListEntry>({
        {"hosting"}, {"software"}, {"it_maintenance"}, {"backup"}, {"payroll"}, {"mailing"}, {"telephony"}, {"website"}, {"survey"}, {"video"},
        {"archiving"}, {"destruction"}, {"security"}, {"training"}, {"advice"}, {"delegated_service"}, {"other"},
    });
    static constexpr List list{"provider_activity", true, entries};
    return list;
}

List const& EvidenceKinds::list()
{
    static constexpr auto entries = std::to_array<ListEntry>({
        {"security_policy"}, {"questionnaire"}, {"audit_report"}, {"register_extract"}, {"dpo_designation"}, {"procedures"}, {"references"}, {"site_visit"}, {"other"},
    });
    static constexpr List list{"processor_evidence_kind", true, entries};
    return list;
}

List const& CertificateSchemes::list()
{
    static constexpr auto entries = std::to_array<ListEntry>({
        {"iso_27001"}, {"iso_27701"}, {"hds"}, {"secnumcloud"}, {"gdpr_42"}, {"soc_2"}, {"pci_dss"}, {"other"},
    });
    static constexpr List list{"certificate_scheme", true, entries};
    return list;
}

}  // namespace greffier::processor
