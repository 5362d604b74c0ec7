#pragma once
// Where consent is asked (arts. 4(11), 7, 8): its purposes, the wordings people saw, and whether what they say counts.

#include <optional>
#include <string>
#include <vector>

#include "registers/consent/lists.hpp"
#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::consent {

using schema::Duration;
using schema::Text;

/// One thing people may say yes or no to, apart from the others.
struct PointPurpose {
    std::string id;
    std::string name;
    Text details;
    std::string recipients;              ///< others who get the data by it
    bool explicit_needed = false;
};

/// What people read, from one day to another.
struct Wording {
    std::string id;
    std::string version;
    Text wording_fr, wording_en;
    std::optional<Date> used_from, used_to;
    std::string notice_version;
    std::string controller_shown;        ///< recital 42
    std::string screenshot;              ///< name of the attached file
};

struct Point {
    std::string name;
    std::optional<ProcessingId> processing;
    std::optional<PointKind> kind;
    std::string place;                   ///< address of the form, or where the paper lies
    std::string service;
    schema::Contact owner;
    // what is asked
    std::vector<Act> acts;
    bool pre_ticked = false, granular = false;
    std::vector<PointPurpose> purposes;
    std::vector<ExplicitFor> explicit_for;
    bool give_again = false;             ///< people may say yes again on the page of preferences
    std::vector<Wording> wordings;
    // validity
    std::optional<bool> freely_given, specific, informed, unambiguous;
    bool imbalance = false, staff = false, bundled = false, detriment = false, collective_agreement = false, blanket = false;
    Text assessment;
    // the form that carries it; absent: nobody has looked yet
    std::optional<bool> form_unticked, form_objection, form_marked, form_notice;
    std::optional<Date> form_checked_on;
    // withdrawing
    std::optional<std::int64_t> give_steps, withdraw_steps;
    bool give_login = false, withdraw_login = false;
    Text withdraw_how;
    // children
    bool minors = false;
    Text parental_mechanism;
    // keeping
    std::optional<std::int64_t> refresh_months;
    std::optional<Duration> proof_retention;
    std::optional<ProcessingId> proof_processing;   ///< the store of proofs is a processing, too
    std::optional<Date> last_review, next_review;
    std::string reviewer;
    Text notes;
    std::vector<schema::Attachment> attachments;

    /// The purpose of that name, whatever its case and accents.
    [[nodiscard]] PointPurpose const* purpose(std::string_view name) const;
    /// What is shown on that day: the last that began and has not ended.
    [[nodiscard]] Wording const* wording_on(Date day) const;
    [[nodiscard]] Wording const* wording(std::string_view version) const;
    [[nodiscard]] bool is_pre_ticked() const;
};

schema::Schema<PointPurpose> const& schema_of(PointPurpose const*);
schema::Schema<Wording> const& schema_of(Wording const*);
schema::Schema<Point> const& schema_of(Point const*);
inline schema::Schema<Point> const& point_schema() { return schema_of(static_cast<Point const*>(nullptr)); }

}  // namespace greffier::consent
