// The one place where it is said who sees which record: conditions over `s`, a row of record.
#include "accounts/sight.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"

namespace greffier::accounts {

using storage::Screen;
using storage::Screens;
using storage::SqlText;

namespace {

constexpr int person = 0, actor = 1, membership = 2;   // places in values()

// One condition each. They bind: NAMED the person; OPEN the person; OWN_SERVICES actor, membership, person; ACROSS the person
// four times; UNCONFIDED nothing.
// What is confided to the officer (confided.hpp) is hidden from all of them, named or not.
#define GREFFIER_UNCONFIDED "s.register<>'notes'"
#define GREFFIER_IS_NAMED "EXISTS (SELECT 1 FROM record_reader w WHERE w.organisation_id=s.organisation_id AND w.record_id=s.id AND w.person_id=?)"
#define GREFFIER_NAMED "(" GREFFIER_UNCONFIDED " AND " GREFFIER_IS_NAMED ")"
#define GREFFIER_OPEN "(" GREFFIER_UNCONFIDED " AND (s.restricted=0 OR " GREFFIER_IS_NAMED "))"
#define GREFFIER_OWN_SERVICES                                                                                                                                         \
    "(" GREFFIER_UNCONFIDED " AND ((s.restricted=0 AND (s.service='*' OR s.created_by=? OR s.service IN (SELECT k.service FROM membership_service k "                 \
    "WHERE k.membership_id=?))) OR " GREFFIER_IS_NAMED "))"
#define GREFFIER_ACROSS                                                                                                                                               \
    "((" GREFFIER_UNCONFIDED " OR EXISTS (SELECT 1 FROM membership g WHERE g.person_id=? AND g.organisation_id=s.organisation_id AND g.revoked_at IS NULL AND g.role='dpo')) AND " \
    "(EXISTS (SELECT 1 FROM membership g WHERE g.person_id=? AND g.organisation_id=s.organisation_id AND g.revoked_at IS NULL AND ("                                   \
    "g.role IN ('dpo','dpo_assistant','representative') OR (s.restricted=0 AND (g.role IN ('administrator','ciso','reader','auditor') "                                 \
    "OR (g.role='contributor' AND (g.limited=0 OR s.service='*' OR s.service IN (SELECT k.service FROM membership_service k WHERE k.membership_id=g.id))))))) "         \
    "OR (s.restricted=0 AND EXISTS (SELECT 1 FROM membership g JOIN membership h ON h.person_id=g.person_id AND h.organisation_id=g.organisation_id "                   \
    "WHERE g.id=s.created_by AND g.person_id=? AND h.role='contributor' AND h.revoked_at IS NULL)) OR " GREFFIER_IS_NAMED "))"

// What hangs on a record goes with it; what hangs on none that is there stays. The CASE: a comparison with an absent value is
// neither true nor false, and what is not known to be seen is hidden.
#define GREFFIER_RECORDS(condition) "(SELECT s.* FROM record s WHERE " condition ")"
#define GREFFIER_OF_RECORD(table, condition)                                                                                                                          \
    "(SELECT t.* FROM " table " t WHERE NOT EXISTS (SELECT 1 FROM record s WHERE s.organisation_id=t.organisation_id AND s.id=t.record_id AND (CASE WHEN " condition   \
    " THEN 0 ELSE 1 END)=1))"
#define GREFFIER_STEPS(condition)                                                                                                                                     \
    "(SELECT t.* FROM act_step t WHERE NOT EXISTS (SELECT 1 FROM act a JOIN record s ON s.organisation_id=a.organisation_id AND s.id=t.record_id WHERE a.id=t.act_id "  \
    "AND (CASE WHEN " condition " THEN 0 ELSE 1 END)=1))"
// Somebody with part of the records has no business with what others did to many at once.
#define GREFFIER_OWN_ACTS "(SELECT a.* FROM act a WHERE a.actor_id=?)"

constexpr std::array one{person};
constexpr std::array own{actor};
constexpr std::array service_values{actor, membership, person};
constexpr std::array four{person, person, person, person};
constexpr std::array<int, 0> nothing{};

constexpr std::array named_screens{
    Screen{"record", SqlText{GREFFIER_RECORDS(GREFFIER_NAMED)}, one},
    Screen{"record_comment", SqlText{GREFFIER_OF_RECORD("record_comment", GREFFIER_NAMED)}, one},
    Screen{"record_favourite", SqlText{GREFFIER_OF_RECORD("record_favourite", GREFFIER_NAMED)}, one},
    Screen{"draft", SqlText{GREFFIER_OF_RECORD("draft", GREFFIER_NAMED)}, one},
    Screen{"notification", SqlText{GREFFIER_OF_RECORD("notification", GREFFIER_NAMED)}, one},
    Screen{"act_step", SqlText{GREFFIER_STEPS(GREFFIER_NAMED)}, one},
    Screen{"act", SqlText{GREFFIER_OWN_ACTS}, own},
};
constexpr std::array service_screens{
    Screen{"record", SqlText{GREFFIER_RECORDS(GREFFIER_OWN_SERVICES)}, service_values},
    Screen{"record_comment", SqlText{GREFFIER_OF_RECORD("record_comment", GREFFIER_OWN_SERVICES)}, service_values},
    Screen{"record_favourite", SqlText{GREFFIER_OF_RECORD("record_favourite", GREFFIER_OWN_SERVICES)}, service_values},
    Screen{"draft", SqlText{GREFFIER_OF_RECORD("draft", GREFFIER_OWN_SERVICES)}, service_values},
    Screen{"notification", SqlText{GREFFIER_OF_RECORD("notification", GREFFIER_OWN_SERVICES)}, service_values},
    Screen{"act_step", SqlText{GREFFIER_STEPS(GREFFIER_OWN_SERVICES)}, service_values},
    Screen{"act", SqlText{GREFFIER_OWN_ACTS}, own},
};
constexpr std::array open_screens{
    Screen{"record", SqlText{GREFFIER_RECORDS(GREFFIER_OPEN)}, one},
    Screen{"record_comment", SqlText{GREFFIER_OF_RECORD("record_comment", GREFFIER_OPEN)}, one},
    Screen{"record_favourite", SqlText{GREFFIER_OF_RECORD("record_favourite", GREFFIER_OPEN)}, one},
    Screen{"draft", SqlText{GREFFIER_OF_RECORD("draft", GREFFIER_OPEN)}, one},
    Screen{"notification", SqlText{GREFFIER_OF_RECORD("notification", GREFFIER_OPEN)}, one},
    Screen{"act_step", SqlText{GREFFIER_STEPS(GREFFIER_OPEN)}, one},
};
constexpr std::array answering_screens{   // who answers for data protection: all but what is confided to the officer
    Screen{"record", SqlText{GREFFIER_RECORDS(GREFFIER_UNCONFIDED)}, nothing},
    Screen{"record_comment", SqlText{GREFFIER_OF_RECORD("record_comment", GREFFIER_UNCONFIDED)}, nothing},
    Screen{"record_favourite", SqlText{GREFFIER_OF_RECORD("record_favourite", GREFFIER_UNCONFIDED)}, nothing},
    Screen{"draft", SqlText{GREFFIER_OF_RECORD("draft", GREFFIER_UNCONFIDED)}, nothing},
    Screen{"notification", SqlText{GREFFIER_OF_RECORD("notification", GREFFIER_UNCONFIDED)}, nothing},
    Screen{"act_step", SqlText{GREFFIER_STEPS(GREFFIER_UNCONFIDED)}, nothing},
};
constexpr std::array across_screens{
    Screen{"record", SqlText{GREFFIER_RECORDS(GREFFIER_ACROSS)}, four},
    Screen{"record_comment", SqlText{GREFFIER_OF_RECORD("record_comment", GREFFIER_ACROSS)}, four},
    Screen{"notification", SqlText{GREFFIER_OF_RECORD("notification", GREFFIER_ACROSS)}, four},
};

}  // namespace

bool sees_restricted(Role role) { return role == Role::Dpo || role == Role::DpoAssistant || role == Role::Representative; }

Sight Sight::everything()
{
    Sight all;
    all.reach_ = all.written_ = Reach::Everything;
    all.sees_restricted_ = true;
    return all;
}

Sight Sight::of(Viewer const& viewer)
{
    Sight sight;
    sight.person_ = viewer.person.value_or(PersonId{});
    sight.actor_ = viewer.actor;
    sight.limited_by_ = viewer.limited_by.value_or(Uuid{});
    bool officer = false;
    for (auto role : viewer.roles) {
        auto reach = Reach::Open;
        sight.sees_restricted_ = sight.sees_restricted_ || accounts::sees_restricted(role);
        officer = officer || (role == Role::Dpo && viewer.person);
        if (accounts::sees_restricted(role)) reach = Reach::Everything;
        else if (role == Role::ExternalAuthor) reach = Reach::Named;
        else if (role == Role::Contributor && viewer.limited_by) reach = Reach::Services;
        sight.reach_ = std::max(sight.reach_, reach);
        // Readers write nothing: their sight is no leave to. What each role may do besides is the table's to say.
        if (role != Role::Reader && role != Role::Auditor) sight.written_ = std::max(sight.written_, reach);
    }
    for (auto* reach : {&sight.reach_, &sight.written_}) {
        if (*reach == Reach::Open && !viewer.keeps_restricted) *reach = Reach::Everything;
        // Whoever answers for data protection sees what is restricted, and not what is confided to the officer.
        else if (*reach == Reach::Everything && !officer && viewer.keeps_restricted) *reach = Reach::Open;
    }
    return sight;
}

Sight Sight::within(Sight const& maker) const
{
    Sight sight = maker;
    sight.reach_ = std::min(reach_, maker.reach_);
    sight.written_ = std::min(written_, maker.written_);
    sight.sees_restricted_ = sees_restricted_ && maker.sees_restricted_;
    return sight;
}

Sight Sight::writing() const
{
    Sight written = *this;
    written.reach_ = std::min(reach_, written_);
    return written;
}

Screens Sight::screens() const
{
    switch (reach_) {
    case Reach::Named: return named_screens;
    case Reach::Services: return service_screens;
    case Reach::Open:
        if (sees_restricted_) return answering_screens;
        return open_screens;
    case Reach::Everything: break;
    }
    return {};
}

Seen::Seen(storage::Database& database, OrganisationId organisation, Sight const& sight) : Seen(database.read_of(organisation))
{
    if (!sight.is_everything()) narrow(sight.screens(), sight.values());
}

Seen::Seen(storage::Session& session, Sight const& sight) : session_(&session)
{
    if (!sight.is_everything()) narrow(sight.screens(), sight.values());
}

Seen Seen::across(storage::Database& database, PersonId person_seen)
{
    Seen seen{database.read()};
    seen.narrow(across_screens, {person_seen.uuid});
    return seen;
}

Seen Seen::across(storage::Session& session, PersonId person_seen)
{
    Seen seen{session, Sight::everything()};
    seen.narrow(across_screens, {person_seen.uuid});
    return seen;
}

Seen Seen::anywhere(storage::Database& database, Sight const& sight)
{
    Seen seen{database.read()};
    if (!sight.is_everything()) seen.narrow(sight.screens(), sight.values());
    return seen;
}

void Seen::narrow(Screens screens, std::vector<Uuid> values)
{
    narrowed_ = std::make_unique<storage::NarrowedSession>(*session_, screens, std::move(values));
    session_ = narrowed_.get();
}

std::vector<ServiceOf> services_of(storage::Session& session, Uuid membership_id)
{
    std::vector<ServiceOf> services;
    auto rows = session.query(SqlText{"SELECT service, name FROM membership_service WHERE membership_id=? ORDER BY service"}, membership_id);
    while (rows.next()) services.push_back({rows.text(0), rows.text(1)});
    return services;
}

std::string service_key(std::string_view name) { return is_blank(name) ? std::string{} : sort_key(squeeze(name)); }

}  // namespace greffier::accounts
