#pragma once
// Accounts in the organisation's systems (art. 32): who reaches what, by which right, since when.

#include <optional>
#include <string>
#include <vector>

#include "registers/account/lists.hpp"
#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::account {

struct Account {
    // account
    std::string identifier;
    std::string system;
    std::optional<AssetId> asset;
    std::optional<Kind> kind;
    std::string profile;
    std::vector<std::string> groups;
    // holder
    std::string holder;
    schema::Email holder_email;
    std::string service;
    std::string employer;
    schema::Contact owner;
    std::optional<Date> left_on;
    // shared
    schema::Text shared_with;
    schema::Text need;
    std::string approved_by;
    std::optional<Date> approved_on;
    std::optional<bool> traced;
    std::optional<Date> password_renewed_on;
    std::optional<schema::Duration> password_period;
    // protection
    std::optional<bool> mfa;
    std::optional<bool> dedicated;
    // life
    std::optional<Date> granted_on;
    std::optional<AccessRequestId> access_request;
    std::optional<Date> ends_on;
    std::optional<Date> last_review;
    std::optional<Date> next_review;
    std::string reviewer;
    std::optional<Date> closed_on;
    std::string directory;
    std::optional<Date> missing_since;
    schema::Text notes;
    std::vector<schema::Attachment> attachments;
};

/// What is odd about an account that still opens something.
enum class Anomaly { Leaver, PastItsEnd, SharedUnapproved, AdminWithoutFactor, NeverReviewed, ReviewOverdue, MissingFromList };
std::string_view code_of(Anomaly anomaly);
std::vector<Anomaly> anomalies_of(Account const& account, std::string_view status, Date today);

/// The day by which the access is to be reviewed: the one set, else a year after the last review or the opening. Absent: neither is known.
std::optional<Date> review_due(Account const& account);
/// The day by which the password is to be renewed; six months for a shared account where nothing is said.
std::optional<Date> password_due(Account const& account);

schema::Schema<Account> const& schema_of(Account const*);
inline schema::Schema<Account> const& system_account_schema() { return schema_of(static_cast<Account const*>(nullptr)); }

}  // namespace greffier::account
