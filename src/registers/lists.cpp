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

}  // namespace greffier
