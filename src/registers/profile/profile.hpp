#pragma once
// The organisation itself, as a register of one record: the header that article 30(1)(a) asks for, and what
// rules read about the controller. Versioned, linted and exported as it stood, like every other record.

#include <optional>
#include <string>

#include "schema/schema.hpp"

namespace greffier::profile {

enum class OrganisationKind { Commune, InterCommunal, SocialCentre, Department, Region, Syndicate, PublicBody, Health, Association, Company, SoftwarePublisher, Other };
schema::ChoiceList<OrganisationKind> const& choices_of(OrganisationKind);

/// The data protection officer (art. 37-39), the part of domain §8 that registers and notices need.
struct Dpo {
    std::string name, function, company, address, postcode, city;
    schema::Country country;
    schema::Phone phone;
    schema::Email email;
    std::optional<Date> designated_on;
    std::string cnil_number;
    [[nodiscard]] bool exists() const { return !name.empty() || !company.empty(); }
};

struct Profile {
    std::string name;                        ///< the controller (art. 30(1)(a))
    std::optional<OrganisationKind> kind;
    std::string siren, siret, naf, sector;
    std::optional<std::int64_t> headcount;
    bool public_body = false;
    std::string address, postcode, city;
    schema::Country country;
    schema::Phone phone;
    schema::Email email;
    schema::Url website;
    schema::Contact legal_representative;
    schema::Contact eu_representative;       ///< art. 27
    Dpo dpo;
    std::string lead_authority;              ///< art. 56
    std::string rights_contact;              ///< art. 12(2)
    bool claims_30_5 = false;
    bool acts_as_processor = false;
    std::string pssi;
    std::optional<Date> pssi_reviewed_on;
    std::vector<schema::Attachment> attachments;

    [[nodiscard]] bool has_contact() const { return !address.empty() || !phone.empty() || !email.empty(); }
};

schema::Schema<Dpo> const& schema_of(Dpo const*);
schema::Schema<Profile> const& schema_of(Profile const*);
inline schema::Schema<Profile> const& profile_schema() { return schema_of(static_cast<Profile const*>(nullptr)); }

}  // namespace greffier::profile
