#pragma once
// Invitations to a session of training, by mail, with the entry for one's calendar (RFC 5545, 5546, 6047; docs/decisions/0054). Somebody
// sends them; from then on, those who hold one are told by themselves that the session moved, that it is off, or that they no longer come.
// Nobody is told the same twice. Thread-safe; each call opens its own transaction.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "accounts/organisation.hpp"
#include "exchange/icalendar.hpp"
#include "mail/outbox.hpp"
#include "records/store.hpp"
#include "registers/training/training.hpp"

namespace greffier::overview {

/// One letter that was sent.
struct InvitationLetter {
    std::string address;               ///< in small letters
    std::int64_t version = 0;          ///< of the record it told of; SEQUENCE of its calendar entry
    bool cancelled = false;            ///< it said that they need not come
    std::string name, organiser, told;
    Timestamp starts_at{}, sent_at{};
    Uuid sent_by;
};

struct Invitee {
    enum class Standing {
        NoAddress,   ///< cannot be invited
        Waiting,     ///< to be invited
        Outdated,    ///< holds an invitation that says another hour or place
        Leaving,     ///< holds an invitation to what they no longer come to
        Told,        ///< knows what is so
        Off,         ///< was told that they need not come
        Idle,        ///< never invited, and no longer to be
    };
    std::string name, service, address;
    std::string row = {};              ///< id of the attendee's row; empty: no longer in the record
    Standing standing{};
    std::optional<InvitationLetter> last = {};
};
std::string_view code_of(Invitee::Standing standing);

struct InvitationPlan {
    records::Stored stored;
    training::Training training;
    bool off = false;                  ///< called off, thrown away, without hour, or no session at all
    bool past = false;                 ///< held, or over
    std::optional<exchange::CalendarPerson> organiser;   ///< who invites, and gets the answers
    std::vector<Invitee> people;       ///< as they stand in the record, then those who were taken off it

    [[nodiscard]] std::int64_t count(Invitee::Standing standing) const;
    /// Something would be sent.
    [[nodiscard]] bool is_news() const;
};

constexpr std::int64_t usual_minutes = 60;
/// Of one that has an hour; it lasts an hour when nobody said how long.
Timestamp end_of(training::Training const& training);
constexpr std::chrono::minutes time_to_mend{10};   ///< a slip that is mended at once reaches nobody

/// The session as an entry of a calendar, for `attendees`; what is downloaded and what is mailed are the same thing. Without organiser:
/// something to be published.
exchange::Calendar calendar_of(RecordId record, std::int64_t version, Timestamp changed_at, training::Training const& training, bool off, std::optional<exchange::CalendarPerson> const& organiser,
                               std::vector<exchange::CalendarPerson> attendees, Language language);
/// Whoever answers for the record, else the trainer; nobody when neither has an address.
std::optional<exchange::CalendarPerson> organiser_of(training::Training const& training);
/// A hash of what an invitation says that its reader must know again when it changes: when, where, what, who invites. It needs an hour.
std::string what_is_told(training::Training const& training, exchange::CalendarPerson const& organiser);
/// `sent`: in the order of versions.
InvitationPlan plan_invitations(records::Stored stored, training::Training training, std::vector<InvitationLetter> const& sent, Timestamp now);

class TrainingInvitations {
public:
    TrainingInvitations(records::Machinery const& machinery, mail::Outbox& outbox) : machinery_(machinery), outbox_(outbox) {}

    struct Sent {
        std::int64_t invited = 0, updated = 0, cancelled = 0;
        [[nodiscard]] std::int64_t all() const { return invited + updated + cancelled; }
    };
    enum class Whom { Everybody, WhoHoldsOne };

    [[nodiscard]] Result<InvitationPlan> plan(records::Register const& kind, OrganisationId organisation, accounts::Sight const& sight, RecordId id, Timestamp now) const;
    /// What became of each letter, by address and version; of the last 30 days.
    [[nodiscard]] std::map<std::pair<std::string, std::int64_t>, mail::State> fates(InvitationPlan const& plan, OrganisationId organisation) const;
    /// `version`: the one the sender saw; 0: whatever it is. Errors: stale, mail_not_set, invitation_organiser, organisation_archived.
    Result<Sent> send(records::Register const& kind, accounts::OrganisationInfo const& where, accounts::Sight const& sight, RecordId id, std::int64_t version, Whom whom, records::By const& by) const;
    /// For the periodic work: what changed more than `time_to_mend` ago. How many letters.
    int catch_up(Timestamp now) const;

private:
    records::Machinery const& machinery_;
    mail::Outbox& outbox_;
};

}  // namespace greffier::overview
