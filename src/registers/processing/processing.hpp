#pragma once
// The controller's register (art. 30(1)): one record per processing activity.
// Fields and names: docs/reference/processings.md, generated from the declaration in processing.cpp.

#include <optional>
#include <string>
#include <vector>

#include "registers/ids.hpp"
#include "registers/processing/lists.hpp"
#include "schema/schema.hpp"

namespace greffier::processing {

using schema::Attachment;
using schema::Contact;
using schema::Country;
using schema::Duration;
using schema::Email;
using schema::Percent;
using schema::Phone;
using schema::Term;
using schema::Text;

/// One purpose with its own legal basis; exactly one row is the main purpose.
struct Purpose {
    std::string id;
    PurposeKind kind = PurposeKind::Secondary;
    Text text;
    std::optional<PurposeNature> nature;
    std::optional<LegalBasis> basis;               ///< art. 6(1)
    std::string legal_text;                        ///< art. 6(3), for c and e
    Text interest;                                 ///< art. 13(1)(d), for f
    Text balancing;
    std::optional<Art9Condition> art9_condition;   ///< art. 9(2)
    bool further_use = false;                      ///< art. 6(4)
    Text compatibility_test;
};

struct SubjectCategory {
    std::string id;
    Term<SubjectCategories> category;
    std::string details;
    bool vulnerable = false;
    [[nodiscard]] bool is_vulnerable() const { return vulnerable || category.has_flag("vulnerable"); }
};

/// One category of data with its life: in use, archived, then its end (CNIL's three phases).
struct DataCategory {
    std::string id;
    Term<DataCategories> category;
    Text description;
    bool special = false, highly_personal = false, nir = false, art10 = false;
    Text necessity;
    std::string retention_text;                    ///< as people wrote it, word for word
    std::optional<Duration> retention_period;
    std::optional<Term<RetentionStarts>> retention_start;
    std::string retention_criterion;
    std::optional<Term<RetentionRules>> retention_rule;   ///< the reference it is held against
    Text justification;
    std::optional<Duration> archive_period;
    std::string archive_reason, archive_access;
    std::optional<FinalDisposition> final_disposition;
    std::optional<Collected> collected;

    [[nodiscard]] bool is_special() const { return special || category.has_flag("special"); }
    [[nodiscard]] bool is_art10() const { return art10 || category.has_flag("art10"); }
    [[nodiscard]] bool is_nir() const { return nir || category.has_flag("nir"); }
    [[nodiscard]] bool is_highly_personal() const { return highly_personal || category.has_flag("highly_personal"); }
};

struct Recipient {
    std::string id;
    std::optional<Term<RecipientTypes>> type;
    std::string name, role;
    Country country;
    Text details;
};

struct Transfer {
    std::string id;
    std::string recipient;
    Country country;
    std::optional<TransferTool> tool;
    std::optional<SccModule> module;
    std::string document;
};

struct JointController {
    std::string id;
    std::string name, address, postcode, city, country;
    Phone phone;
    Email email;
    Text responsibilities;
};

/// Who an imported sheet says the actors are, kept when it differs from the organisation's profile.
struct StatedActor {
    std::string id;
    StatedRole role{};
    std::string name, address, postcode, city, country, phone, email;
};

struct Measure {
    std::string id;
    std::optional<Term<MeasureTypes>> type;
    Text details;
};

struct Step {
    std::string id;
    std::optional<Stage> stage;
    std::string tools, operator_, retention;   ///< how long the data stay at this step, in words
    Text measures, data;
};

struct Processing {
    // identity and purposes
    std::string name;
    Role role = Role::Controller;
    std::vector<Purpose> purposes;
    std::vector<Term<ProcessingTags>> tags;
    std::optional<Date> start_date;
    bool occasional = false, public_task = false, public_archives = false, online = false, b2c = false, soft_optin = false;
    std::optional<Date> sheet_created_on, sheet_updated_on;
    // actors
    std::string service;
    Contact owner, technical_owner, referent, sponsor;
    std::vector<JointController> joint_controllers;
    std::string art26_agreement;
    std::optional<Date> art26_agreement_date;
    bool art26_essence_published = false;
    std::vector<StatedActor> stated_actors;
    // people
    std::vector<SubjectCategory> subject_categories;
    std::optional<std::int64_t> people_count;
    std::string data_volume;
    std::optional<Extent> geographic_extent;
    std::optional<Percent> population_share;
    // data
    std::vector<DataCategory> data_categories;
    std::optional<Source> source;
    Text source_details;
    std::optional<bool> source_public;
    Text nir_ground, art10_ground;
    // recipients and transfers
    std::vector<Recipient> recipients;
    std::vector<ProcessorId> processors;
    bool no_recipient_confirmed = false;
    std::vector<Transfer> transfers;
    // security and life cycle
    std::vector<Measure> measures;                 ///< in words of its own, beside those of the register
    std::vector<MeasureId> applied_measures;
    std::vector<AssetId> assets;
    Text security_description, encryption_reason;
    std::string hosting;
    Country hosting_country;
    std::vector<Step> steps;
    // information and rights
    Text information_method;
    Text notice_exception, art14_exception;
    Text consent_method;
    std::string external_consent_store;
    Text parental_mechanism;
    Text rights_procedure;
    std::string export_format;
    bool automated_decision = false;
    Text automated_logic;
    std::optional<Art22Exception> art22_exception;
    Text human_intervention;
    // impact assessment
    std::optional<bool> scoring, systematic_monitoring, large_scale, matching, innovative_use, exclusion;
    std::optional<bool> automated_effects, sensitive_or_personal, vulnerable_people;
    std::optional<bool> dpia_required;
    std::string dpia_reference;
    std::optional<Date> dpia_date, dpia_next_review;
    // follow-up
    Text dpo_advice;
    std::optional<Date> dpo_advice_date;
    std::optional<Date> validated_on, last_review, next_review;
    std::string reviewer;
    std::string cnil_declaration_number;
    std::optional<Date> cnil_declaration_date;
    Text notes;
    std::vector<Attachment> attachments;

    [[nodiscard]] Purpose const* main_purpose() const;
    [[nodiscard]] bool has_art9() const;
    [[nodiscard]] bool has_art10() const;
    [[nodiscard]] bool has_nir() const;
    /// High risk when two of WP248's nine criteria hold; what nobody answered is read from the data and the people.
    [[nodiscard]] bool risk() const;
    [[nodiscard]] bool has_tag(std::string_view code) const;
};

schema::Schema<Purpose> const& schema_of(Purpose const*);
schema::Schema<SubjectCategory> const& schema_of(SubjectCategory const*);
schema::Schema<DataCategory> const& schema_of(DataCategory const*);
schema::Schema<Recipient> const& schema_of(Recipient const*);
schema::Schema<Transfer> const& schema_of(Transfer const*);
schema::Schema<JointController> const& schema_of(JointController const*);
schema::Schema<StatedActor> const& schema_of(StatedActor const*);
schema::Schema<Measure> const& schema_of(Measure const*);
schema::Schema<Step> const& schema_of(Step const*);
schema::Schema<Processing> const& schema_of(Processing const*);

/// The register's schema: what everything generic reads.
inline schema::Schema<Processing> const& processing_schema() { return schema_of(static_cast<Processing const*>(nullptr)); }

}  // namespace greffier::processing
