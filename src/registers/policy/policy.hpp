#pragma once
// Policies and procedures of the house: what is in force, since when, for whom, and who has read it (art. 24(2), 32(4)).

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::policy {

using schema::Text;

enum class PolicyKind {
    Security, ItCharter, Conduct, Breaches, Inspection, Rights, Retention, Access, Backup, Processors, DesignReview, Operations, Privacy, EmploymentContract, Other,
};
/// What an IT charter has to speak of.
enum class CharterHeading { DataProtection, Scope, Use, Administration, Sanctions };
enum class PolicyAudience { AllStaff, Managers, ItTeam, HumanResources, FrontDesk, Newcomers, Trainees, Contractors, Elected, Public };
enum class ReadingProof { Acknowledged, Signature, Message, Session, Other };
schema::ChoiceList<PolicyKind> const& choices_of(PolicyKind);
schema::ChoiceList<CharterHeading> const& choices_of(CharterHeading);
schema::ChoiceList<PolicyAudience> const& choices_of(PolicyAudience);
schema::ChoiceList<ReadingProof> const& choices_of(ReadingProof);

/// Somebody who read one edition.
struct Reading {
    std::string id;
    std::string reader, service, edition;
    std::optional<Date> read_on;
    std::optional<ReadingProof> proof;
    std::string account;      ///< id of whoever acknowledged it here; empty when somebody noted it for them
};

struct Policy {
    std::string name;
    std::optional<PolicyKind> kind;
    Text summary;
    std::vector<PolicyAudience> audience;
    std::string service;
    schema::Contact owner;
    // the edition in force
    std::string edition;
    std::optional<Date> adopted_on, applies_from;
    std::string adopted_by;
    std::string kept_at;
    schema::Url address;
    // of a charter
    std::vector<CharterHeading> headings;
    std::optional<bool> annexed_to_rules;
    std::optional<Date> staff_consulted_on;
    // its words
    Text text;                               ///< in parts, as records/told_text.hpp reads them
    std::optional<bool> asks_agreement;      ///< of staff, to a use of their data
    Text agreement_reason;                   ///< why saying no costs them nothing
    bool in_public = false;                  ///< on the public page of documents, while in force
    // who knows it
    std::vector<Reading> readings;
    std::optional<std::int64_t> expected_readers;
    std::optional<Date> last_review, next_review;
    std::string reviewer;
    Text notes;
    std::vector<schema::Attachment> attachments;

    [[nodiscard]] bool read_by_account(std::string_view account) const;   ///< this edition
    [[nodiscard]] std::int64_t readers() const;                           ///< of this edition
};

std::span<CharterHeading const> all_headings();

schema::Schema<Reading> const& schema_of(Reading const*);
schema::Schema<Policy> const& schema_of(Policy const*);
inline schema::Schema<Policy> const& policy_schema() { return schema_of(static_cast<Policy const*>(nullptr)); }

}  // namespace greffier::policy
