#pragma once
// Notifications: what happened that concerns a person, written in the transaction of its cause. They hold ids alone;
// what they say is read when they are shown, by the reader's rights of that day (overview/portfolio.hpp).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/actor.hpp"
#include "records/record.hpp"
#include "records/register.hpp"
#include "storage/database.hpp"

namespace greffier::records {

struct Told;
using NotificationId = Id<Told>;

enum class NotificationKind {
    Mention,      ///< called by name in a comment
    Reply,        ///< an answer in a thread one has written in
    Assigned,     ///< named as the one who answers for a record
    Returned,     ///< a record sent back to be corrected, with a reason
    Validated,    ///< a record of one's own that became final
    ActDone,      ///< a bulk act, or its undo, came to its end
    ImportDone,
    FactorReset,  ///< an administrator took one's second factor back: nothing of any record
    SeeAsAsked,   ///< somebody asks to see the product as oneself, or as one whom one represents
    SeeAsEnded,   ///< …and did
    Received,     ///< a record that came by a public page, or more of one
    Reminder,     ///< a deadline draws near, or has passed; of many at once: `about` their round
    PurgeSoon,    ///< a record whose time of keeping is about to end
};
std::string_view code_of(NotificationKind kind);       ///< mention reply assigned returned validated act_done import_done factor_reset see_as_asked see_as_ended received reminder purge_soon
std::optional<NotificationKind> parse_notification_kind(std::string_view code);

struct NewNotification {
    PersonId person;
    OrganisationId organisation;
    NotificationKind kind{};
    Uuid actor;                                        ///< who caused it
    Timestamp now{};
    std::string register_slug = {};
    std::optional<RecordId> record = {};
    std::optional<std::int64_t> version = {};          ///< of the record, where its reason stands
    std::optional<Uuid> comment = {};
    std::optional<Uuid> about = {};                    ///< act or import run; of a kind that concerns records: all those of the act
    std::string detail = {};                           ///< a status code or a count
};

/// Within the transaction of its cause.
/// Nobody is told of a record they do not see.
void notify(storage::Session& session, NewNotification const& notification);
bool sees(storage::Session& session, PersonId person, OrganisationId organisation, RecordId record);
/// One line for all records of theirs that an act concerns, whatever the number of transactions it takes: `count` more.
void notify_of_many(storage::Session& session, NewNotification notification, Uuid act, std::int64_t count);

/// Statuses stand in the order of a record's life: a step to an earlier one sends it back, unless that one is settled (from
/// suspended to production).
bool sends_back(Register const& kind, std::string_view from, std::string_view to);

/// The person behind an actor, while they may still read the organisation; nothing for the command line, jobs, tokens
/// without a person, and whoever has left.
std::optional<PersonId> reader_behind(storage::Session& session, OrganisationId organisation, Uuid actor);
/// Folded; empty when nobody is named as answering for the record, or its register has no such field.
std::string owner_email(Register const& kind, schema::Row const& row);
/// The reader of the organisation who signs in with that address, if any.
std::optional<PersonId> reader_with_email(storage::Session& session, OrganisationId organisation, std::string_view email);

/// For the last author, that somebody sent their record back with a reason, or made it final; and for whoever is named as
/// answering for it from now on. Nobody is told of what they did themselves. `before` is absent for a new record.
struct Written {
    OrganisationId organisation;
    Register const& kind;
    std::int64_t rid = 0;
    Head const* before = nullptr;
    schema::Row const* row_before = nullptr;
    Head const& head;
    schema::Row const& row;
    std::string_view action, reason;
    Uuid actor;
};
std::vector<NewNotification> notices_of_write(storage::Session& session, Written const& written);

constexpr std::chrono::days notification_life{90};
/// For the daily job: notifications of more than 90 days ago. Returns how many went.
std::int64_t forget_old_notifications(storage::Database& database, Timestamp now);

/// What one person does with their own notifications. Thread-safe.
class Notifications {
public:
    explicit Notifications(storage::Database& database) : database_(database) {}
    /// Another person's is NotFound; `only` keeps a token to its organisation.
    Status mark_read(PersonId person, NotificationId id, Timestamp now, std::optional<OrganisationId> only = {});
    Status mark_all_read(PersonId person, Timestamp now, std::optional<OrganisationId> only = {});

private:
    storage::Database& database_;
};

}  // namespace greffier::records
