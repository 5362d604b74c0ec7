#pragma once
// Insurance policies, and what each pays for: by cause of a loss, by the person harmed, by kind of damage.

#include <optional>
#include <string>
#include <vector>

#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::insurance {

using schema::Text;

enum class InsuranceKind { Cyber, Liability, LegalProtection, Officials, Property, Other };
enum class Cover { Included, Sometimes, Excluded };
enum class LossCause {
    HumanError, Negligence, Attack, Malware, Power, Telecom, HostingProvider, RecoveryProvider, Infrastructure, MissingPatches, MissingAntivirus, MissingFirewall, WrongDeclaration,
};
enum class Harmed { Customer, Prospect, Employee, Trainee, Applicant, Contractor, Officer, ProvenClaim, AllegedClaim };
enum class Damage {
    Privacy, Defamation, Confidentiality, Image, Moral, Bodily, Notification, Compensation, Settlement, Procedure, Processor, GroupAction, PunitiveDamages, OwnPay, ContractualSums, Rebates, Fines,
};
schema::ChoiceList<InsuranceKind> const& choices_of(InsuranceKind);
schema::ChoiceList<Cover> const& choices_of(Cover);
schema::ChoiceList<LossCause> const& choices_of(LossCause);
schema::ChoiceList<Harmed> const& choices_of(Harmed);
schema::ChoiceList<Damage> const& choices_of(Damage);

struct CauseRow { std::string id; LossCause item{}; std::optional<Cover> cover; std::string comment; };
struct HarmedRow { std::string id; Harmed item{}; std::optional<Cover> cover; std::string comment; };
struct DamageRow { std::string id; Damage item{}; std::optional<Cover> cover; std::string comment; };

struct Insurance {
    std::string name, insurer, policy_number;
    std::optional<InsuranceKind> kind;
    schema::Contact broker, owner;
    std::optional<Date> start_date, end_date;
    bool tacit_renewal = false;
    std::optional<schema::Duration> notice_period;
    std::optional<schema::Money> ceiling, excess, premium;
    Text limits, exclusions;
    std::vector<CauseRow> causes;
    std::vector<HarmedRow> persons;
    std::vector<DamageRow> damages;
    // a claim
    schema::Contact claims_contact;
    std::optional<std::int64_t> declare_within_days;
    Text declare_how;
    std::optional<Date> last_review, next_review;
    std::string reviewer;
    Text notes;
    std::vector<schema::Attachment> attachments;

    [[nodiscard]] std::optional<Cover> cover_of(Damage damage) const;
};

schema::Schema<CauseRow> const& schema_of(CauseRow const*);
schema::Schema<HarmedRow> const& schema_of(HarmedRow const*);
schema::Schema<DamageRow> const& schema_of(DamageRow const*);
schema::Schema<Insurance> const& schema_of(Insurance const*);
inline schema::Schema<Insurance> const& insurance_schema() { return schema_of(static_cast<Insurance const*>(nullptr)); }

}  // namespace greffier::insurance
