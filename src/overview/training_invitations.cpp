#include "overview/training_invitations.hpp"

#include <algorithm>

#include "accounts/memberships.hpp"
#include "accounts/people.hpp"
#include "core/crypto.hpp"
#include "core/log.hpp"
#include "core/text.hpp"
#include "overview/training_letters.hpp"
#include "records/vocabulary.hpp"

namespace greffier::overview {

using exchange::CalendarPerson;
using storage::Session;
using storage::SqlText;
using training::Training;
using Standing = Invitee::Standing;

namespace {

constexpr std::int64_t longest_minutes = 24 * 60;
constexpr std::chrono::hours told_of_late{24 * 30};   // a session whose hour passed longer ago is nobody's news
constexpr int at_once = 100;

Standing standing_of(InvitationPlan const& plan, std::optional<InvitationLetter> const& last, bool comes, Timestamp now)
{
    bool const holds_one = last && !last->cancelled;
    if (plan.past) return holds_one ? Standing::Told : last ? Standing::Off : Standing::Idle;
    if (plan.off || !comes) return !last ? Standing::Idle : !holds_one ? Standing::Off : last->starts_at > now ? Standing::Leaving : Standing::Told;
    if (!holds_one) return Standing::Waiting;
    auto const organiser = plan.organiser.value_or(CalendarPerson{{}, last->organiser});
    return what_is_told(plan.training, organiser) == last->told ? Standing::Told : Standing::Outdated;
}

std::vector<InvitationLetter> letters_of(Session& session, OrganisationId organisation, RecordId record)
{
    std::vector<InvitationLetter> all;
    auto rows = session.query(SqlText{"SELECT address, version, method, name, organiser, told, starts_at, sent_at, sent_by FROM training_invitation WHERE organisation_id=? AND record_id=? "
                                      "ORDER BY version, address"},
                              organisation, record);
    while (rows.next())
        all.push_back({rows.text(0), rows.integer(1), rows.view(2) == "cancel", rows.text(3), rows.text(4), rows.text(5), rows.timestamp(6), rows.timestamp(7), rows.uuid(8)});
    return all;
}

std::string once_of(mail::Outbox const& outbox, RecordId record, std::string_view address, std::int64_t version)
{
    return "training " + record.text() + " " + std::to_string(version) + " " + outbox.veiled(address);
}

bool is_told_now(Standing standing, TrainingInvitations::Whom whom)
{
    return standing == Standing::Outdated || standing == Standing::Leaving || (standing == Standing::Waiting && whom == TrainingInvitations::Whom::Everybody);
}

/// The day of a first invitation stands in the record itself, with who came.
schema::Row with_days(records::Register const& kind, InvitationPlan const& plan, Date today)
{
    auto row = plan.stored.row;
    auto const& rows_of = *kind.schema->find("attendees")->rows;
    auto attendees = std::get<schema::Rows>(schema::get(*kind.schema, row, "attendees"));
    for (auto& one : attendees)
        if (std::ranges::any_of(plan.people, [&](Invitee const& invitee) { return invitee.row == one.id && invitee.standing == Standing::Waiting; })) schema::set(rows_of, one, "invited_on", today);
    schema::set(*kind.schema, row, "attendees", std::move(attendees));
    return row;
}

/// One sending, in its transaction.
class Sending {
public:
    Sending(mail::Outbox const& outbox, Session& session, accounts::OrganisationInfo const& where, InvitationPlan const& plan, records::By const& by) : outbox_(outbox), session_(session), where_(where), plan_(plan), by_(by) {}

    void tell(Invitee const& invitee)
    {
        auto const& head = plan_.stored.head;
        bool const off = invitee.standing == Standing::Leaving;
        // An entry goes as whoever set it says: an organiser who came since could not take it away.
        bool const same = plan_.organiser && (!off || accounts::fold_email(plan_.organiser->address) == accounts::fold_email(invitee.last->organiser));
        auto const organiser = same ? *plan_.organiser : CalendarPerson{{}, invitee.last->organiser};
        outbox_.queue(session_, training_letter(where_, plan_, invitee, organiser, once_of(outbox_, head.id, invitee.address, head.version)), by_.now);
        session_.execute(SqlText{"INSERT INTO training_invitation(organisation_id, record_id, address, version, method, name, organiser, told, starts_at, sent_at, sent_by, checked) VALUES(?,?,?,?,?,?,?,?,?,?,?,?) "
                                 "ON CONFLICT(organisation_id, record_id, address, version) DO NOTHING"},
                         where_.id, head.id, invitee.address, head.version, off ? "cancel" : "request", invitee.name, organiser.address,
                         off ? std::string{} : what_is_told(plan_.training, organiser), off ? invitee.last->starts_at : *plan_.training.starts_at, by_.now, by_.actor, head.version);
        auto& counted = off ? sent.cancelled : invitee.standing == Standing::Outdated ? sent.updated : sent.invited;
        ++counted;
    }
    TrainingInvitations::Sent sent;

private:
    mail::Outbox const& outbox_;
    Session& session_;
    accounts::OrganisationInfo const& where_;
    InvitationPlan const& plan_;
    records::By const& by_;
};

}  // namespace

std::string_view code_of(Standing standing)
{
    switch (standing) {
    case Standing::NoAddress: return "no_address";
    case Standing::Waiting: return "waiting";
    case Standing::Outdated: return "outdated";
    case Standing::Leaving: return "leaving";
    case Standing::Told: return "told";
    case Standing::Off: return "off";
    case Standing::Idle: return "idle";
    }
    return "";
}

std::int64_t InvitationPlan::count(Standing standing) const { return std::ranges::count(people, standing, &Invitee::standing); }

bool InvitationPlan::is_news() const { return count(Standing::Waiting) + count(Standing::Outdated) + count(Standing::Leaving) > 0; }

std::optional<CalendarPerson> organiser_of(Training const& training)
{
    for (auto const* contact : {&training.owner, &training.trainer})
        if (is_email(contact->email.value)) return CalendarPerson{contact->name, contact->email.value};
    return std::nullopt;
}

Timestamp end_of(Training const& training)
{
    return *training.starts_at + std::chrono::minutes(std::clamp<std::int64_t>(training.minutes.value_or(usual_minutes), 1, longest_minutes));
}

std::string what_is_told(Training const& training, CalendarPerson const& organiser)
{
    std::string said;
    auto add = [&](std::string_view part) { said += std::to_string(part.size()) + ":" + std::string{part}; };
    add(std::to_string(to_millis(*training.starts_at)));
    add(std::to_string(training.minutes.value_or(usual_minutes)));
    for (auto const* part : {&training.title, &training.place, &training.link.value}) add(*part);
    add(accounts::fold_email(organiser.address));
    return to_hex(sha256(as_bytes(said))).substr(0, 32);
}

exchange::Calendar calendar_of(RecordId record, std::int64_t version, Timestamp changed_at, Training const& training, bool off, std::optional<CalendarPerson> const& organiser,
                               std::vector<CalendarPerson> attendees, Language language)
{
    exchange::CalendarEvent event{.uid = record.text() + "@greffier", .stamp = changed_at};
    event.starts = *training.starts_at;
    event.ends = end_of(training);
    event.summary = training.title;
    event.description = training.objectives.value;
    event.location = training.place;
    event.address = training.link.value;
    event.sequence = static_cast<int>(std::min<std::int64_t>(version, 1'000'000));
    event.busy = true;
    event.organiser = organiser;
    if (organiser) event.attendees = std::move(attendees);
    if (off) event.state = exchange::CalendarEvent::State::Cancelled;
    using Method = exchange::Calendar::Method;
    auto const method = !organiser ? Method::Publish : off ? Method::Cancel : Method::Request;
    return {.method = method, .name = training.title, .language = language, .events = {std::move(event)}};
}

InvitationPlan plan_invitations(records::Stored stored, Training training, std::vector<InvitationLetter> const& sent, Timestamp now)
{
    InvitationPlan plan{std::move(stored), std::move(training), false, false, {}, {}};
    auto const& head = plan.stored.head;
    plan.off = head.status == "called_off" || head.deleted_at || !plan.training.starts_at || plan.training.kind == training::Kind::Campaign;
    plan.past = !plan.off && (head.status == "held" || end_of(plan.training) <= now);
    plan.organiser = organiser_of(plan.training);
    std::map<std::string, InvitationLetter> last;
    for (auto const& letter : sent) last.insert_or_assign(letter.address, letter);
    auto const last_to = [&](std::string const& address) { auto const found = last.find(address); return found == last.end() ? std::nullopt : std::optional{found->second}; };
    std::map<std::string, bool> seen;
    for (auto const& one : plan.training.attendees) {
        Invitee invitee{one.name, one.service, accounts::fold_email(one.email.value), one.id, Standing::NoAddress};
        if (is_email(invitee.address)) {
            invitee.last = last_to(invitee.address);
            // Two people behind one address are invited by one letter.
            invitee.standing = seen.contains(invitee.address) ? Standing::Told : standing_of(plan, invitee.last, true, now);
            seen[invitee.address] = true;
        }
        plan.people.push_back(std::move(invitee));
    }
    for (auto const& [address, letter] : last)
        if (!seen.contains(address)) plan.people.push_back({letter.name, {}, address, {}, standing_of(plan, letter, false, now), letter});
    return plan;
}

Result<InvitationPlan> TrainingInvitations::plan(records::Register const& kind, OrganisationId organisation, accounts::Sight const& sight, RecordId id, Timestamp now) const
{
    auto stored = TRY(records::Records(machinery_, organisation, sight).find(kind, id));
    auto training = TRY(training::training_schema().unpack(stored.row));
    auto session = machinery_.database.read();
    return plan_invitations(std::move(stored), std::move(training), letters_of(*session, organisation, id), now);
}

std::map<std::pair<std::string, std::int64_t>, mail::State> TrainingInvitations::fates(InvitationPlan const& plan, OrganisationId organisation) const
{
    std::map<std::pair<std::string, std::int64_t>, mail::State> all;
    auto const known = outbox_.fates(organisation, mail::Kind::TrainingInvitation);
    for (auto const& one : plan.people)
        if (one.last)
            if (auto const found = known.find(once_of(outbox_, plan.stored.head.id, one.address, one.last->version)); found != known.end()) all[{one.address, one.last->version}] = found->second;
    return all;
}

Result<TrainingInvitations::Sent> TrainingInvitations::send(records::Register const& kind, accounts::OrganisationInfo const& where, accounts::Sight const& sight, RecordId id, std::int64_t version, Whom whom,
                                                           records::By const& by) const
{
    Sent sent;
    std::function<void()> once_committed = [] {};
    TRY(machinery_.database.write([&](Session& session) -> Status {
        session.lock(where.id);
        if (accounts::is_archived(session, where.id)) return Error::conflict("organisation_archived");
        records::Batch batch(machinery_, where.id, session, by, sight);
        auto stored = batch.find(kind, id, whom == Whom::WhoHoldsOne);
        if (!stored) return Error::not_found();
        if (version != 0 && stored->head.version != version) return Error::conflict("stale", {{"version", std::to_string(stored->head.version)}});
        if (!outbox_.sends()) return Error::conflict("mail_not_set");
        auto training = TRY(training::training_schema().unpack(stored->row));
        auto const plan = plan_invitations(std::move(*stored), std::move(training), letters_of(session, where.id, id), by.now);
        bool const invites = whom == Whom::Everybody && plan.count(Standing::Waiting) > 0;
        if (invites && !plan.organiser) return Error::conflict("invitation_organiser");
        Sending sending(outbox_, session, where, plan, by);
        for (auto const& invitee : plan.people)
            if (is_told_now(invitee.standing, whom)) sending.tell(invitee);
        auto checked = plan.stored.head.version;
        if (invites) checked = TRY(batch.update(kind, {.id = id, .version = checked, .row = with_days(kind, plan, by.today())})).head.version;
        session.execute(SqlText{"UPDATE training_invitation SET checked=? WHERE organisation_id=? AND record_id=?"}, checked, where.id, id);
        batch.finish();
        once_committed = batch.once_committed();
        sent = sending.sent;
        return Nothing{};
    }));
    once_committed();
    if (sent.all() > 0) outbox_.ring();
    return sent;
}

int TrainingInvitations::catch_up(Timestamp now) const
{
    if (!outbox_.sends()) return 0;
    std::vector<std::pair<accounts::OrganisationInfo, RecordId>> changed;
    {
        auto session = machinery_.database.read();
        auto rows = session->query(SqlText{"SELECT DISTINCT o.id, o.slug, o.name, o.zone, o.language, i.record_id FROM training_invitation i JOIN organisation o ON o.id=i.organisation_id AND o.archived_at IS NULL "
                                           "JOIN record r ON r.organisation_id=i.organisation_id AND r.id=i.record_id WHERE i.starts_at>? AND r.version>i.checked AND r.updated_at<=? LIMIT ?"},
                                   now - told_of_late, now - time_to_mend, at_once);
        while (rows.next()) {
            accounts::OrganisationInfo where{.id = rows.id<Organisation>(0), .slug = rows.text(1), .name = rows.text(2), .kind = {}, .parent = {}};
            where.zone = rows.text(3);
            where.language = parse_language(rows.view(4)).value_or(Language::French);
            changed.emplace_back(std::move(where), rows.id<Record>(5));
        }
    }
    std::int64_t letters = 0;
    for (auto const& [where, record] : changed) {
        auto const kinds = records::known_registers(machinery_, where.id);
        auto const* kind = kinds->find("trainings");
        if (!kind) continue;
        auto const sent = send(*kind, where, accounts::Sight::everything(), record, 0, Whom::WhoHoldsOne, {accounts::job_actor(where.id), now, where.zone});
        if (sent.ok()) letters += sent->all();
        else log(LogLevel::Warning, "training_not_told", {{"record", record.text()}, {"reason", sent.error().code}});
    }
    if (letters > 0) log(LogLevel::Info, "trainings_told", {{"letters", letters}});
    return static_cast<int>(letters);
}

}  // namespace greffier::overview
