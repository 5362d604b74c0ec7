#pragma once
// Proofs of consent (art. 7(1)): one record per person and purpose. Sealed: who the person is, and what proves it.

#include <optional>
#include <string>
#include <vector>

#include "registers/consent/lists.hpp"
#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::consent {

using schema::Text;

struct Consent {
    // who
    std::string identifier;              ///< a pseudonym where possible: number of a customer, of an account
    schema::Email email;                 ///< where a link can be sent
    bool minor = false;
    std::string guardian;
    Text guardian_verification;
    // what
    std::string purpose;                 ///< the name of one of the point's purposes
    std::optional<ConsentPointId> point;
    std::string wording_version;
    bool explicit_given = false;
    std::vector<ExplicitFor> explicit_for;
    // how
    std::optional<Timestamp> given_at;
    std::optional<Act> act;
    std::string source;                  ///< the system it came from
    std::string evidence, evidence_hash; ///< where the proof lies; SHA-256 of it
    // withdrawn
    std::optional<Timestamp> withdrawn_at;
    std::optional<Channel> withdrawal_channel;
    Text effects;                        ///< what was stopped
    std::optional<Date> effects_on;
    std::optional<Timestamp> last_use;   ///< of the data, on this consent
    // asked again
    std::optional<Date> asked_again_on, confirmed_on;
    std::vector<schema::Attachment> attachments;
};

schema::Schema<Consent> const& schema_of(Consent const*);
inline schema::Schema<Consent> const& consent_schema() { return schema_of(static_cast<Consent const*>(nullptr)); }

/// The day after which it should be asked anew, by the months its point sets; nothing when it never was given.
std::optional<Date> fresh_until(Consent const& consent, std::int64_t refresh_months, std::string_view zone);

}  // namespace greffier::consent
