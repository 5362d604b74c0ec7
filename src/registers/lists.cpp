#include "registers/lists.hpp"

#include <array>

namespace greffier {

using schema::List;
using schema::ListEntry;

// Order and meaning: vulnerable by default where the person stands in a weaker position (WP248 K7).
List const& SubjectCategories::list()
{
    static constexpr auto entries = std::to_array<ListEntry>({
        {"employees", "https://w3id.org/dpv#Employee", "staff vulnerable"}, {"candidates", "https://w3id.org/dpv#JobApplicant", "vulnerable"},
        {"trainees", "", "staff vulnerable"}, {"temporary_workers", "", "staff"}, {"contractors", "", ""}, {"officers", "", ""},
        {"former_employees", "", ""}, {"customers", "https://w3id.org/dpv#Customer", ""}, {"prospects", "", "prospects"},
        {"service_users", "https://w3id.org/dpv#User", ""}, {"members", "https://w3id.org/dpv#Member", ""}, {"donors", "", ""},
        {"subscribers", "https://w3id.org/dpv#Subscriber", ""}, {"supplier_contacts", "", ""}, {"visitors", "https://w3id.org/dpv#Visitor", ""},
        {"internet_users", "", ""}, {"students", "https://w3id.org/dpv#Student", ""}, {"minors", "https://w3id.org/dpv#Child", "minors vulnerable"},
        {"parents", "https://w3id.org/dpv#ParentOfDataSubject", ""}, {"patients", "https://w3id.org/dpv#Patient", "vulnerable"},
        {"elderly", "https://w3id.org/dpv#ElderlyDataSubject", "vulnerable"}, {"disabled", "https://w3id.org/dpv#DisabledDataSubject", "vulnerable"},
        {"protected_adults", "", "vulnerable"}, {"asylum_seekers", "https://w3id.org/dpv#AsylumSeeker", "vulnerable"},
        {"social_beneficiaries", "", "vulnerable"}, {"tenants", "", ""}, {"witnesses_victims_whistleblowers", "", "vulnerable"},
        {"public_agents", "", "staff"}, {"elected_officials", "", ""}, {"voters", "", ""}, {"internal_services", "", ""}, {"other", "", ""},
    });
    static constexpr List list{"subject_category", true, entries};
    return list;
}

List const& DataCategories::list()
{
    static constexpr auto entries = std::to_array<ListEntry>({
        {"identity", "https://w3id.org/dpv/pd#Identifying", ""}, {"contact_details", "https://w3id.org/dpv/pd#Contact", ""},
        {"personal_life", "https://w3id.org/dpv/pd#Family", ""}, {"professional_life", "https://w3id.org/dpv/pd#Professional", ""},
        {"economic", "https://w3id.org/dpv/pd#Financial", "highly_personal"}, {"bank", "https://w3id.org/dpv/pd#BankAccount", "highly_personal"},
        {"connection", "https://w3id.org/dpv/pd#DeviceBased", ""}, {"location", "https://w3id.org/dpv/pd#Location", "highly_personal"},
        {"internet", "https://w3id.org/dpv/pd#BrowsingBehavior", ""}, {"communications", "https://w3id.org/dpv/pd#Communication", "highly_personal"},
        {"computed", "https://w3id.org/dpv/pd#Profile", ""}, {"image_voice", "https://w3id.org/dpv/pd#Picture", ""},
        {"nir", "https://w3id.org/dpv/pd#OfficialID", "nir highly_personal"}, {"other", "", ""},
        {"racial_ethnic", "https://w3id.org/dpv/pd#EthnicOrigin", "special"}, {"political", "https://w3id.org/dpv/pd#PoliticalOpinion", "special"},
        {"religious", "https://w3id.org/dpv/pd#ReligiousBelief", "special"}, {"trade_union", "https://w3id.org/dpv/pd#TradeUnionMembership", "special"},
        {"genetic", "https://w3id.org/dpv/pd#Genetic", "special"}, {"biometric", "https://w3id.org/dpv/pd#Biometric", "special"},
        {"health", "https://w3id.org/dpv/pd#Health", "special"}, {"sexual", "https://w3id.org/dpv/pd#Sexual", "special"},
        {"criminal", "https://w3id.org/dpv/pd#CriminalOffense", "art10"},
    });
    static constexpr List list{"data_category", true, entries};
    return list;
}

schema::List const& MeasureTypes::list()
{
    static constexpr auto entries = std::to_array<schema::ListEntry>({
        {"access_control", "https://w3id.org/dpv#AccessControlMethod"}, {"authentication", "https://w3id.org/dpv#AuthenticationProtocols"},
        {"traceability", "https://w3id.org/dpv#ActivityMonitoring"}, {"software_protection"}, {"backup", "https://w3id.org/dpv#DataBackupProtocols"},
        {"encryption", "https://w3id.org/dpv#Encryption", "encryption"}, {"pseudonymisation", "https://w3id.org/dpv#Pseudonymisation", "pseudonymisation"},
        {"processor_control"}, {"premises", "https://w3id.org/dpv#PhysicalMeasure"}, {"workstations"}, {"mobile_devices"}, {"network"}, {"servers"},
        {"websites"}, {"exchanges"}, {"awareness", "https://w3id.org/dpv#StaffTraining"}, {"maintenance"}, {"continuity"}, {"incident_management"},
        {"archiving"}, {"other"},
    });
    static constexpr schema::List list{"measure_type", true, entries};
    return list;
}

schema::ChoiceList<SccModule> const& choices_of(SccModule)
{
    static schema::ChoiceList<SccModule> const list("scc_module", {
        {SccModule::One, {"1"}},
        {SccModule::Two, {"2"}},
        {SccModule::Three, {"3"}},
        {SccModule::Four, {"4"}},
    });
    return list;
}

schema::ChoiceList<TransferTool> const& choices_of(TransferTool)
{
    static schema::ChoiceList<TransferTool> const list("transfer_tool", {
        {TransferTool::Adequacy, {"adequacy", "https://w3id.org/dpv/legal/eu/gdpr#A45-3"}},
        {TransferTool::Scc, {"scc", "https://w3id.org/dpv/legal/eu/gdpr#A46-2-c"}},
        {TransferTool::AuthorityScc, {"authority_scc", "https://w3id.org/dpv/legal/eu/gdpr#A46-2-d"}},
        {TransferTool::Bcr, {"bcr", "https://w3id.org/dpv/legal/eu/gdpr#A46-2-b"}},
        {TransferTool::PublicInstrument, {"public_instrument", "https://w3id.org/dpv/legal/eu/gdpr#A46-2-a"}},
        {TransferTool::CodeOfConduct, {"code_of_conduct", "https://w3id.org/dpv/legal/eu/gdpr#A46-2-e"}},
        {TransferTool::Certification, {"certification", "https://w3id.org/dpv/legal/eu/gdpr#A46-2-f"}},
        {TransferTool::AdHocClauses, {"ad_hoc_clauses", "https://w3id.org/dpv/legal/eu/gdpr#A46-3-a"}},
        {TransferTool::AdministrativeArrangement, {"administrative_arrangement", "https://w3id.org/dpv/legal/eu/gdpr#A46-3-b"}},
        {TransferTool::Derogation, {"49"}},   // the letter is not stated, as in the CNIL workbook
        {TransferTool::Art49A, {"49a", "https://w3id.org/dpv/legal/eu/gdpr#A49-1-a"}},
        {TransferTool::Art49B, {"49b", "https://w3id.org/dpv/legal/eu/gdpr#A49-1-b"}},
        {TransferTool::Art49C, {"49c", "https://w3id.org/dpv/legal/eu/gdpr#A49-1-c"}},
        {TransferTool::Art49D, {"49d", "https://w3id.org/dpv/legal/eu/gdpr#A49-1-d"}},
        {TransferTool::Art49E, {"49e", "https://w3id.org/dpv/legal/eu/gdpr#A49-1-e"}},
        {TransferTool::Art49F, {"49f", "https://w3id.org/dpv/legal/eu/gdpr#A49-1-f"}},
        {TransferTool::Art49G, {"49g", "https://w3id.org/dpv/legal/eu/gdpr#A49-1-g"}},
        {TransferTool::LastResort, {"49-1-2", "https://w3id.org/dpv/legal/eu/gdpr#A49-2"}},
        {TransferTool::PrivacyShield, {"privacy_shield", "", "", true}},   // invalid since 16 July 2020 (C-311/18)
    });
    return list;
}

}  // namespace greffier
