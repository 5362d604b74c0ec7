#include "registers/transfer/lists.hpp"

#include <array>

namespace greffier::transfer {

using schema::ChoiceList;

ChoiceList<PartyRole> const& choices_of(PartyRole)
{
    static ChoiceList<PartyRole> const list("transfer_party", {
        {PartyRole::Controller, {"controller", "https://w3id.org/dpv#DataController"}},
        {PartyRole::JointController, {"joint_controller", "https://w3id.org/dpv#JointDataControllers"}},
        {PartyRole::Processor, {"processor", "https://w3id.org/dpv#DataProcessor"}},
    });
    return list;
}

ChoiceList<Frequency> const& choices_of(Frequency)
{
    static ChoiceList<Frequency> const list("transfer_frequency", {
        {Frequency::Occasional, {"occasional", "https://w3id.org/dpv#SporadicFrequency"}},
        {Frequency::Repeated, {"repeated", "https://w3id.org/dpv#OftenFrequency"}},
        {Frequency::Continuous, {"continuous", "https://w3id.org/dpv#ContinuousFrequency"}},
    });
    return list;
}

ChoiceList<SccVersion> const& choices_of(SccVersion)
{
    static ChoiceList<SccVersion> const list("scc_version", {
        {SccVersion::Eu2021, {"2021_914"}},
        {SccVersion::Eu2010, {"2010_87"}},
        {SccVersion::Eu2004, {"2004_915"}},
        {SccVersion::Eu2001, {"2001_497"}},
    });
    return list;
}

ChoiceList<SccAnnex> const& choices_of(SccAnnex)
{
    static ChoiceList<SccAnnex> const list("scc_annex", {
        {SccAnnex::Parties, {"I_A"}},
        {SccAnnex::Description, {"I_B"}},
        {SccAnnex::Authority, {"I_C"}},
        {SccAnnex::Measures, {"II"}},
        {SccAnnex::SubProcessors, {"III"}},
    });
    return list;
}

ChoiceList<SubProcessing> const& choices_of(SubProcessing)
{
    static ChoiceList<SubProcessing> const list("scc_sub_processing", {
        {SubProcessing::Specific, {"specific"}},
        {SubProcessing::General, {"general"}},
    });
    return list;
}

ChoiceList<TiaResult> const& choices_of(TiaResult)
{
    static ChoiceList<TiaResult> const list("tia_result", {
        {TiaResult::Effective, {"effective"}},
        {TiaResult::EffectiveWithMeasures, {"effective_with_measures"}},
        {TiaResult::NotEffective, {"not_effective"}},
    });
    return list;
}

ChoiceList<MeasureKind> const& choices_of(MeasureKind)
{
    static ChoiceList<MeasureKind> const list("supplementary_kind", {
        {MeasureKind::Technical, {"technical", "https://w3id.org/dpv#TechnicalMeasure"}},
        {MeasureKind::Contractual, {"contractual", "https://w3id.org/dpv#LegalMeasure"}},
        {MeasureKind::Organisational, {"organisational", "https://w3id.org/dpv#OrganisationalMeasure"}},
    });
    return list;
}

ChoiceList<MeasureState> const& choices_of(MeasureState)
{
    static ChoiceList<MeasureState> const list("supplementary_state", {
        {MeasureState::Planned, {"planned"}},
        {MeasureState::InPlace, {"in_place"}},
    });
    return list;
}

schema::List const& ImporterSectors::list()
{
    static constexpr auto entries = std::to_array<schema::ListEntry>({
        {"company", "https://w3id.org/dpv#ForProfitOrganisation"}, {"non_profit", "https://w3id.org/dpv#NonProfitOrganisation"},
        {"public_authority", "https://w3id.org/dpv#GovernmentalOrganisation"}, {"international_organisation", "https://w3id.org/dpv#InternationalOrganisation"},
        {"health"}, {"education_research", "https://w3id.org/dpv#AcademicScientificOrganisation"}, {"other"},
    });
    static constexpr schema::List list{"importer_sector", true, entries};
    return list;
}

}  // namespace greffier::transfer
