#pragma once
// Reminders: who is told of what falls due, and when (docs/decisions/0050). One step of a ladder is passed once for one deadline, in the
// transaction that tells of it; where several were missed, the last one alone is told. Called by whoever holds the lease of the periodic
// work, every half minute; done twice, or by two programs at once, it tells nothing twice.

#include <map>
#include <string>
#include <vector>

#include "law/ladders.hpp"
#include "mail/outbox.hpp"
#include "mail/refusals.hpp"
#include "records/store.hpp"

namespace greffier::overview {

/// What an organisation changed of the ladders: by kind, then by the code of a step. Nobody told: it does without.
using OwnRungs = std::map<std::string, std::map<std::string, std::vector<law::Told>>>;
OwnRungs own_rungs(storage::Session& session, OrganisationId organisation);
/// The ladder of a kind here: what the law says, what the house left out of what is not law's, what it added.
std::vector<law::Rung> ladder_here(OwnRungs const& own, std::string_view kind, bool legal, Date day);
/// Errors: unknown kind or step (not_found), legal_rung (it cannot be left out), rung_exists, rung_people.
Status keep_rung(storage::Database& database, OrganisationId organisation, std::string const& kind, law::Rung const& rung, Timestamp now);
Status leave_out_rung(storage::Database& database, OrganisationId organisation, std::string const& kind, std::string const& code, Timestamp now);
/// Back to what the program comes with.
Status forget_rung(storage::Database& database, OrganisationId organisation, std::string const& kind, std::string const& code, Timestamp now);

/// Somebody sees to it: until the next step nobody else is called. NotFound when nothing of the kind is due, or it moved meanwhile.
struct DueName {
    RecordId record;
    std::string kind, place;
    Timestamp at{};
};
Status take_due(storage::Database& database, OrganisationId organisation, accounts::Sight const& sight, DueName const& due, Uuid actor, Timestamp now);

class Reminders {
public:
    /// `base`: "https://rgpd.example"; empty: letters lead nowhere.
    Reminders(records::Machinery const& machinery, mail::Outbox& outbox, mail::Refusals const* refusals, std::string base);

    /// Tells of every step that came. How many.
    int remind(Timestamp now);
    /// Sends the letters that gather, from eight in the morning. How many.
    int send_digests(Timestamp now);

private:
    struct Town;
    int remind_in(Town const& town, Timestamp now, bool& more);

    records::Machinery const& machinery_;
    mail::Outbox& outbox_;
    mail::Refusals const* refusals_;   ///< absent: letters cannot be refused from within
    std::string base_;
};

}  // namespace greffier::overview
