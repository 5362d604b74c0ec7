#pragma once
// The register of breaches (art. 33(5)): every incident from its report on, breach or not, notified or not.
// Fields and names: docs/reference/breaches.md, generated from the declaration in breach.cpp.
// What names people or tells what happened to them is sealed; the title must not.

#include <optional>
#include <string>
#include <vector>

#include "registers/breach/lists.hpp"
#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::breach {

using schema::Attachment;
using schema::Contact;
using schema::Term;
using schema::Text;

/// What somebody noted, beside what the record's own dates say.
struct TimelineRow {
    std::string id;
    std::optional<Timestamp> at;
    Text what;
    std::string who;
};

struct Measure {
    std::string id;
    MeasureStage stage = MeasureStage::Immediate;
    Text what;
    std::string owner;
    std::optional<Date> due, done_on;
};

/// A gesture of the checklist that somebody did; the page of the record ticks it (first_steps.hpp).
struct FirstStep {
    std::string id;
    FirstStepKind step = FirstStepKind::Disconnect;
    std::optional<Timestamp> done_at;
    std::string done_by;
    Text note;
};

/// One sending to the supervisory authority, as it was sent.
struct Notification {
    std::string id;
    NotificationType type = NotificationType::Initial;
    std::optional<Timestamp> sent_at;
    std::string receipt, author, authority;
    Text content;
};

/// Another organisation that has a part in what happened (art. 26, 28, 33(2)).
struct Party {
    std::string id;
    PartyRole role = PartyRole::Processor;
    std::string name, contact;
    std::optional<Timestamp> aware_at, told_us_at, we_told_at;
    std::optional<std::int64_t> contract_hours;   ///< within which the contract has the processor tell
    Text details;
};

/// Somebody else who is told, or need not be.
struct Told {
    std::string id;
    Term<Bodies> body;
    std::string name, reference;
    std::optional<Timestamp> told_at;
    bool not_needed = false;
    Text details;
};

struct Breach {
    // facts
    std::string title;
    std::string service;
    std::optional<Term<Intakes>> intake;
    std::optional<Timestamp> reported_at;
    Contact reported_by;
    std::optional<bool> personal_data;             ///< does the incident touch personal data at all?
    std::vector<Nature> nature;                    ///< art. 33(3)(a)
    Text facts;                                    ///< art. 33(5)
    std::vector<Term<Causes>> causes;
    Text cause_details;
    std::optional<Origin> origin;
    std::optional<Intent> intent;
    // dates
    std::optional<Timestamp> started_at, ended_at;
    bool ongoing = false;
    std::optional<Timestamp> detected_at;
    Text discovery;
    std::optional<Timestamp> aware_at;             ///< reasonable certainty: the 72 hours start here (art. 33(1))
    Text awareness;                                ///< how, and by whom
    std::vector<TimelineRow> timeline;
    // what is touched
    std::vector<ProcessingId> processings;
    Text systems, sites;
    std::vector<Term<SubjectCategories>> subject_categories;
    std::optional<std::int64_t> people_count;
    std::vector<Term<DataCategories>> data_categories;
    std::optional<std::int64_t> records_count;
    std::string counts_note;
    bool sensitive_data = false, vulnerable_people = false;
    std::optional<bool> unintelligible;            ///< to whoever has the data now: enciphered, and the key is safe
    std::optional<bool> cross_border;
    Text cross_border_details;
    // effects
    Text consequences;                             ///< art. 33(3)(c)
    std::vector<Term<Effects>> effects;
    std::optional<Level> severity, likelihood;
    std::optional<Risk> risk;                      ///< art. 33(1), 34(1)
    Text risk_reason;
    std::optional<DataContext> score_data;
    std::optional<ContextShift> score_context;
    std::optional<Identification> score_identification;
    std::optional<LostConfidentiality> score_confidentiality;
    std::optional<LostIntegrity> score_integrity;
    std::optional<LostAvailability> score_availability;
    std::optional<InternalImpact> internal_impact;
    // measures
    std::vector<FirstStep> first_steps;
    std::vector<Measure> measures;                 ///< art. 33(3)(d)
    // telling the authority
    std::optional<bool> notify;
    Text notify_reason;                            ///< the controller's
    std::string notify_decided_by;
    std::optional<Date> notify_decided_on;
    Text dpo_advice;
    std::optional<Date> dpo_advice_date;
    std::vector<Notification> notifications;
    Text delay_reasons;
    Contact contact_point;                         ///< when it is not the officer (art. 33(3)(b))
    // telling the persons
    std::optional<bool> tell_persons;
    std::optional<Date> persons_decided_on;
    std::optional<Art34Exemption> art34_exemption;
    Text art34_reason;
    std::optional<Timestamp> persons_informed_at;
    std::optional<std::int64_t> persons_informed_count;
    std::vector<Term<Channels>> persons_channels;
    Text persons_advice, persons_text;
    // the others
    Role role = Role::Controller;
    std::vector<Party> parties;
    std::vector<Told> told;
    // closing
    Text lessons, to_update;
    std::optional<Date> reviewed_on;               ///< what was learnt of it was drawn together
    std::string reviewed_by;
    std::optional<Date> closed_on;
    Text notes;
    std::vector<Attachment> attachments;

    [[nodiscard]] bool has_special_data() const;
    [[nodiscard]] bool has_vulnerable_people() const;
    /// The first initial or complete notification that has an hour; nullptr while none has.
    [[nodiscard]] Notification const* first_notification() const;
    /// What an initial notification announced was sent: a complement, the whole, or a withdrawal.
    [[nodiscard]] bool is_completed() const;
    /// A withdrawal was sent: there was no breach after all.
    [[nodiscard]] bool is_withdrawn() const;
    /// The officer advised, as this record says.
    [[nodiscard]] bool has_advice() const { return dpo_advice_date || !dpo_advice.empty(); }
    /// Somebody drew the lessons, and said when or which.
    [[nodiscard]] bool is_reviewed() const { return reviewed_on || !lessons.empty(); }
    /// Something done or to be done since, beside what protected before.
    [[nodiscard]] bool has_remedial_measures() const;
};

schema::Schema<TimelineRow> const& schema_of(TimelineRow const*);
schema::Schema<Measure> const& schema_of(Measure const*);
schema::Schema<FirstStep> const& schema_of(FirstStep const*);
schema::Schema<Notification> const& schema_of(Notification const*);
schema::Schema<Party> const& schema_of(Party const*);
schema::Schema<Told> const& schema_of(Told const*);
schema::Schema<Breach> const& schema_of(Breach const*);

/// The record of a row that the register's check accepted; another is a programming error and throws.
Breach breach_of(schema::Row const& row);
/// The register's schema: what everything generic reads.
inline schema::Schema<Breach> const& breach_schema() { return schema_of(static_cast<Breach const*>(nullptr)); }

}  // namespace greffier::breach
