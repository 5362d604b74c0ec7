#pragma once
// The organisation itself, as a register of one record: the header that article 30(1)(a) asks for, and what
// rules read about the controller. Versioned, linted and exported as it stood, like every other record.

#include <optional>
#include <string>

#include "law/periods.hpp"
#include "schema/schema.hpp"

namespace greffier::profile {

enum class OrganisationKind { Commune, InterCommunal, SocialCentre, Department, Region, Syndicate, PublicBody, Health, Association, Company, SoftwarePublisher, Other };
schema::ChoiceList<OrganisationKind> const& choices_of(OrganisationKind);

enum class DpoKind { Internal, External, Shared };
schema::ChoiceList<DpoKind> const& choices_of(DpoKind);

/// Why there is an officer: the law wants one, or the organisation chose to have one; the rules are the same (art. 37(4)).
enum class Designation { Mandatory, Voluntary };
schema::ChoiceList<Designation> const& choices_of(Designation);

/// Whom the officer answers to: the highest level of management, or another (art. 38(3)).
enum class ReportsTo { TopManagement, Director, Other };
schema::ChoiceList<ReportsTo> const& choices_of(ReportsTo);

/// The calendars of public holidays that legal periods are counted with.
enum class HolidayCalendar { Metro, AlsaceMoselle, AlsaceMoselleNoTemple, Gp, Mq, Gf, Re, Yt, Mf, Mf28, Bl, Pm, Custom };
schema::ChoiceList<HolidayCalendar> const& choices_of(HolidayCalendar);

/// What the officer does besides (art. 38(6)); rules know which of them conflict.
struct DpoFunctions { static schema::List const& list(); };

/// A department of the organisation, and who heads it.
struct Service {
    std::string id;
    std::string name, head;
    schema::Email email;
    std::optional<std::int64_t> headcount;   ///< who is to be trained (art. 39(1)(b))
};

/// A place where the organisation works.
struct Site {
    std::string id;
    std::string name, address, postcode, city;
    schema::Country country;
};

/// A day of rest of the place that no list of the law has.
struct OwnHoliday {
    std::string id, name;
    std::optional<Date> day;
    bool every_year = true;
};

/// Somebody who speaks for data protection in a service.
struct Referent {
    std::string id;
    std::string name, service;
    schema::Phone phone;
    schema::Email email;
};

/// The data protection officer and their designation (art. 37-39).
struct Dpo {
    std::string name, function, company, address, postcode, city;
    schema::Country country;
    schema::Phone phone;
    schema::Email email;
    std::optional<DpoKind> kind;
    std::optional<Date> designated_on;
    std::string cnil_number;
    std::string published_contact;           ///< what the organisation publishes (art. 37(7))
    std::string contract;                    ///< contract or mission letter (art. 37(6))
    std::optional<Date> ends_on;
    std::string replaced_by;
    schema::Text qualifications;             ///< art. 37(5)
    std::string certified_by, certifier_contact, certificate_number;   ///< certifier_contact: who can confirm it, and how to reach them
    std::optional<Date> certificate_until;
    std::optional<schema::Percent> time_pct; ///< art. 38(2)
    schema::Text resources;                  ///< art. 38(2)
    std::optional<ReportsTo> reports_to;     ///< art. 38(3)
    schema::Text independence;               ///< art. 38(3): no instructions, no penalty, and where it is written
    std::vector<schema::Term<DpoFunctions>> other_roles;   ///< art. 38(6)
    schema::Text involvement;                ///< art. 38(1)
    std::optional<Designation> designation;  ///< art. 37(1), 37(4)
    // Independence, point by point.
    std::optional<bool> no_instructions, no_penalty, consulted_early, reachable, secrecy;
    schema::Text trainings, other_clients;   ///< how skills are kept up; whom else a shared or external officer serves
    [[nodiscard]] bool exists() const { return !name.empty() || !company.empty(); }
};

/// The test of article 37(1): what the main activity consists of, once as controller and once as processor, for each is
/// judged by itself. A public body needs no such test.
struct OfficerTest {
    std::optional<bool> monitoring, sensitive;                       ///< on a large scale: 37(1)(b), 37(1)(c)
    std::optional<bool> processor_monitoring, processor_sensitive;
    schema::Text scale;                                              ///< people, data, duration, extent
    std::optional<Date> assessed_on;
    [[nodiscard]] bool any() const { return monitoring == true || sensitive == true || processor_monitoring == true || processor_sensitive == true; }
};

struct Profile {
    std::string name;                        ///< the controller (art. 30(1)(a))
    std::optional<OrganisationKind> kind;
    std::string siren, siret, insee_code, naf, sector;
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
    OfficerTest officer_test;                ///< art. 37(1)
    schema::Text dpo_analysis;               ///< why none was designated (art. 37(1))
    schema::Contact ciso;
    std::vector<Referent> referents;
    std::vector<Service> services;
    std::vector<Site> sites;
    std::optional<HolidayCalendar> holiday_calendar;
    std::vector<OwnHoliday> own_holidays;    ///< besides those of the calendar; alone with CUSTOM
    std::string lead_authority;              ///< art. 56
    std::string rights_contact;              ///< art. 12(2)
    bool claims_30_5 = false;
    bool acts_as_processor = false;
    std::string pssi;
    std::optional<Date> pssi_reviewed_on;
    std::vector<schema::Attachment> attachments;

    /// Article 37(1) wants an officer, as far as the profile says.
    [[nodiscard]] bool needs_officer() const { return public_body || officer_test.any(); }
    [[nodiscard]] bool has_contact() const { return !address.empty() || !phone.empty() || !email.empty(); }
};

schema::Schema<Service> const& schema_of(Service const*);
schema::Schema<Site> const& schema_of(Site const*);
schema::Schema<OwnHoliday> const& schema_of(OwnHoliday const*);
schema::Schema<Referent> const& schema_of(Referent const*);
schema::Schema<Dpo> const& schema_of(Dpo const*);
schema::Schema<OfficerTest> const& schema_of(OfficerTest const*);
schema::Schema<Profile> const& schema_of(Profile const*);
/// The calendar that the profile names, mainland France's when it names none. The zone is the calendar's.
law::Place place_of(schema::Row const& profile);
inline schema::Schema<Profile> const& profile_schema() { return schema_of(static_cast<Profile const*>(nullptr)); }

}  // namespace greffier::profile
