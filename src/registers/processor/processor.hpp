#pragma once
// Providers that may handle personal data for the organisation (art. 28): who they are, what they are in law, what they
// guarantee, whom they call on in turn. Their contracts are a register of their own; which processings they serve is said
// by the processings, and read here from their links (docs/decisions/0043).

#include <optional>
#include <string>
#include <vector>

#include "registers/processor/lists.hpp"
#include "schema/schema.hpp"

namespace greffier::processor {

using schema::Contact;
using schema::Country;
using schema::Term;
using schema::Text;

/// One thing the provider showed of its guarantees (art. 28(1)).
struct Evidence {
    std::string id;
    std::optional<Term<EvidenceKinds>> kind;
    std::string reference;
    std::optional<Date> received_on;
    std::optional<GuaranteeResult> result;
    Text comment;
};

struct Certificate {
    std::string id;
    std::optional<Term<CertificateSchemes>> scheme;
    std::string number, issued_by, scope;
    std::optional<Date> issued_on, expires_on;
};

struct Audit {
    std::string id;
    std::string subject;
    std::optional<Date> held_on;
    std::string auditor;
    std::optional<GuaranteeResult> result;
    Text findings;
    std::optional<Date> next_on;
};

/// What happened at the provider's; what proves to be a breach is a record of its own.
struct Incident {
    std::string id;
    std::string description;
    std::optional<Date> happened_on, told_on;
    Text outcome;
};

/// A processor that the provider calls on in turn (art. 28(2), 28(4)).
struct Subprocessor {
    std::string id;
    std::string name;
    Country country;
    std::string service;
    std::optional<AuthorisationMode> mode;
    std::optional<ChainState> state;
    std::optional<Date> notified_on;              ///< asked for, or told of
    std::optional<std::int64_t> objection_days;   ///< what the contract gives; usual_objection_days when it is silent
    std::optional<Date> decided_on;
    Text reason;
    bool active = false;

    /// The last day on which the organisation may object, when it was told of this one under a general authorisation.
    [[nodiscard]] std::optional<Date> objection_end() const;
    /// Told of, not yet answered, and the last day not yet over.
    [[nodiscard]] bool may_be_opposed(Date today) const;
};

struct OutsideTransfer {
    std::string id;
    Country country;
    std::string recipient, safeguard, document;
};

inline constexpr int usual_objection_days = 30;   ///< house value, where the contract is silent

struct Processor {
    // identity
    std::string name;
    std::vector<Term<Activities>> activities;
    std::string siren, address, postcode, city;
    Country country;
    schema::Phone phone;
    schema::Email email;
    schema::Url website;
    Contact contact, dpo, representative;
    // what it does for us
    std::string service;
    Contact owner;
    Text services, data, people;
    std::string hosting;
    Country hosting_country;
    std::optional<Date> started_on;
    // what it is in law
    std::optional<bool> handles_data, on_instructions, own_purposes, decides_together, legal_duty;
    Qualification qualification = Qualification::NotQualified;
    Text qualification_reason;
    std::optional<Date> qualified_on;
    // sufficient guarantees
    std::optional<GuaranteeResult> assessment;
    Text assessment_reason;
    std::optional<Date> assessment_date;
    std::string assessed_by;
    std::vector<Evidence> evidence;
    std::vector<Certificate> certificates;
    Text codes_of_conduct;
    std::optional<Date> compliance_request_date, compliance_answer_date;
    Text compliance_answer;
    // life
    std::vector<Audit> audits;
    std::vector<Incident> incidents;
    std::vector<Subprocessor> subprocessors;
    std::vector<OutsideTransfer> transfers;
    // end
    std::optional<Date> ended_on, data_returned_on, deletion_certificate_date;
    std::string deletion_certificate;
    // follow-up
    std::optional<Date> last_review, next_review;
    std::string reviewer;
    Text notes;
    std::vector<schema::Attachment> attachments;

    /// Held to article 28: said to be a processor, or nobody has said yet what it is.
    [[nodiscard]] bool falls_under_28() const { return qualification == Qualification::Processor || qualification == Qualification::NotQualified; }
};

/// What the answers to the questions point to; NotQualified while they do not settle it.
Qualification suggested_qualification(Processor const& processor);

schema::Schema<Evidence> const& schema_of(Evidence const*);
schema::Schema<Certificate> const& schema_of(Certificate const*);
schema::Schema<Audit> const& schema_of(Audit const*);
schema::Schema<Incident> const& schema_of(Incident const*);
schema::Schema<Subprocessor> const& schema_of(Subprocessor const*);
schema::Schema<OutsideTransfer> const& schema_of(OutsideTransfer const*);
schema::Schema<Processor> const& schema_of(Processor const*);
inline schema::Schema<Processor> const& processor_schema() { return schema_of(static_cast<Processor const*>(nullptr)); }

}  // namespace greffier::processor
