#include "overview/reminders.hpp"

#include <algorithm>
#include <set>

#include "accounts/calendar_feeds.hpp"
#include "accounts/memberships.hpp"
#include "core/log.hpp"
#include "overview/reminder_letters.hpp"
#include "records/notifications.hpp"

namespace greffier::overview {

using accounts::Person;
using law::Rung;
using storage::Session;
using storage::SqlText;

namespace {

constexpr int at_once = 200;          // deadlines looked at in one transaction
constexpr int told_apart = 5;         // more at once, for one person in one organisation, become one line
constexpr int hour_of_letters = 8;
constexpr auto home_zone = "Europe/Paris";
constexpr std::chrono::days week{7};

Person read_person(storage::Cursor const& row, int from)
{
    Person person;
    person.id = row.id<greffier::Person>(from);
    person.email_shown = row.text(from + 1);
    person.name = row.text(from + 2);
    person.language = parse_language(row.view(from + 3));
    return person;
}

/// A deadline whose next step may have come.
struct Row {
    std::int64_t rid = 0;
    overview::Told told;
    bool legal = true;
    std::optional<PersonId> owner;
    std::optional<Timestamp> moved_at;
    Timestamp changed_at{};
};

/// Who may be told in one organisation, found once for a transaction.
class People {
public:
    People(Session& session, OrganisationId organisation, Timestamp now) : session_(session), organisation_(organisation), now_(now) {}

    std::vector<Person> const& with_role(std::string const& role)
    {
        auto const known = roles_.find(role);
        if (known != roles_.end()) return known->second;
        auto& people = roles_[role];
        auto rows = session_.query(SqlText{"SELECT DISTINCT p.id, p.email_shown, p.name, p.language FROM membership m JOIN person p ON p.id=m.person_id AND p.disabled_at IS NULL "
                                           "WHERE m.organisation_id=? AND m.role=? AND m.revoked_at IS NULL AND (m.ends_at IS NULL OR m.ends_at>?) ORDER BY p.id"},
                                   organisation_, role, now_);
        while (rows.next()) people.push_back(read_person(rows, 0));
        return people;
    }
    /// Nothing for somebody who does not read the organisation any more.
    std::optional<Person> reader(PersonId id)
    {
        auto row = session_.query(SqlText::joined({SqlText{"SELECT p.id, p.email_shown, p.name, p.language FROM person p WHERE p.id=? AND p.disabled_at IS NULL AND EXISTS (SELECT 1 FROM membership m "
                                                           "WHERE m.person_id=p.id AND m.organisation_id=? AND m.revoked_at IS NULL AND (m.ends_at IS NULL OR m.ends_at>?) AND "},
                                                   accounts::role_reads, SqlText{")"}}),
                                  id, organisation_, now_);
        return row.next() ? std::optional{read_person(row, 0)} : std::nullopt;
    }
    bool sees(PersonId person, RecordId record) { return records::sees(session_, person, organisation_, record); }

private:
    Session& session_;
    OrganisationId organisation_;
    Timestamp now_;
    std::map<std::string, std::vector<Person>> roles_;
};

class Audience {
public:
    Audience(People& people, Row const& row) : people_(people), row_(row) {}

    void add(law::Told told)
    {
        switch (told) {
        case law::Told::Owner: add_owner(); break;
        case law::Told::Dpo: add_first_of({"dpo", "dpo_assistant"}); break;
        case law::Told::Controller: add_first_of({"representative"}); break;
        case law::Told::Administrator: add_first_of({"administrator"}); break;
        }
    }
    /// Never nobody, as long as somebody who may see the record answers for anything.
    std::vector<Person> take()
    {
        if (chosen_.empty()) add_first_of({"dpo", "dpo_assistant", "representative", "administrator"});
        return std::move(chosen_);
    }

private:
    void add_owner()
    {
        auto const owner = row_.owner ? people_.reader(*row_.owner) : std::nullopt;
        if (!owner || !add_person(*owner)) add_first_of({"dpo", "dpo_assistant"});
    }
    bool add_person(Person const& person)
    {
        if (std::ranges::any_of(chosen_, [&](Person const& one) { return one.id == person.id; })) return true;
        if (!people_.sees(person.id, row_.told.record)) return false;
        chosen_.push_back(person);
        return true;
    }
    void add_first_of(std::initializer_list<char const*> roles)
    {
        for (auto const* role : roles) {
            bool any = false;
            for (auto const& person : people_.with_role(role)) any = add_person(person) || any;
            if (any) return;
        }
    }

    People& people_;
    Row const& row_;
    std::vector<Person> chosen_;
};

std::vector<Row> rows_due(Session& session, OrganisationId organisation, overview::Told const& where, Timestamp now)
{
    std::vector<Row> all;
    auto rows = session.query(SqlText{"SELECT d.rid, d.record_id, d.register, d.kind, d.place, d.at, d.day, d.legal, d.owner_id, d.moved_at, d.changed_at, r.reference FROM due d JOIN record r ON r.rid=d.rid "
                                      "WHERE d.organisation_id=? AND d.next_at<=? ORDER BY d.next_at, d.rid, d.kind, d.place LIMIT ?"},
                              organisation, now, at_once);
    while (rows.next()) {
        Row row;
        row.rid = rows.integer(0);
        row.told = where;
        row.told.record = rows.id<Record>(1);
        row.told.register_slug = rows.text(2);
        row.told.kind = rows.text(3);
        row.told.place = rows.text(4);
        row.told.at = rows.timestamp(5);
        row.told.day = parse_date(rows.view(6));
        row.legal = rows.integer(7) != 0;
        if (!rows.is_null(8)) row.owner = rows.id<greffier::Person>(8);
        row.moved_at = rows.optional_timestamp(9);
        row.changed_at = rows.timestamp(10);
        row.told.reference = rows.text(11);
        all.push_back(std::move(row));
    }
    return all;
}

/// Where a deadline stands on its ladder.
struct Standing {
    std::optional<Rung> passed;              ///< the last step that came
    Timestamp before{};                      ///< when the one before it came, or the deadline itself into being
    std::optional<Timestamp> next;
};

Standing standing_of(Row const& row, OwnRungs const& own, law::Place const& place, Timestamp now)
{
    std::vector<std::pair<Timestamp, Rung>> steps;
    for (auto& rung : ladder_here(own, row.told.kind, row.legal, local_date(row.told.at, place.zone))) {
        auto const at = law::instant_of(rung, row.told.at, row.told.day, place);
        steps.emplace_back(at, std::move(rung));
    }
    std::ranges::stable_sort(steps, {}, &std::pair<Timestamp, Rung>::first);
    Standing standing;
    standing.before = row.changed_at;
    std::optional<Timestamp> last;
    for (auto& [at, rung] : steps) {
        if (at > now) {
            standing.next = at;
            break;
        }
        if (last) standing.before = *last;
        last = at;
        standing.passed = std::move(rung);
    }
    return standing;
}

}  // namespace

struct Reminders::Town {
    overview::Told where;
    law::Place place;
};

Reminders::Reminders(records::Machinery const& machinery, mail::Outbox& outbox, mail::Refusals const* refusals, std::string base)
    : machinery_(machinery), outbox_(outbox), refusals_(refusals), base_(std::move(base))
{
    if (base_.ends_with('/')) base_.pop_back();
}

namespace {

/// One transaction of one organisation: tells, and keeps count of how much each person is told.
class Telling {
public:
    Telling(Session& session, mail::Outbox& outbox, std::string const& base, OrganisationId organisation, Uuid round, Timestamp now)
        : session_(session), outbox_(outbox), base_(base), organisation_(organisation), round_(round), now_(now), people_(session, organisation, now) {}

    /// False when this step of this deadline was told before.
    bool tell(Row const& row, Standing const& standing)
    {
        auto const code = standing.passed->code();
        auto const audience = audience_of(row, standing);
        auto const& told = row.told;
        if (session_.execute(SqlText{"INSERT INTO reminder_sent(organisation_id, record_id, kind, place, due_at, rung, sent_at, people) VALUES(?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING"}, organisation_,
                             told.record, told.kind, told.place, told.at, code, now_, static_cast<std::int64_t>(audience.size())) == 0)
            return false;
        for (auto const& person : audience) {
            notify(person, row);
            write_to(person, row, *standing.passed);
        }
        return true;
    }
    /// What was too much to be told line by line.
    void finish()
    {
        for (auto const& [person, count] : told_)
            if (count > told_apart) records::notify_of_many(session_, notice(person), round_, count - told_apart);
    }

private:
    std::vector<Person> audience_of(Row const& row, Standing const& standing)
    {
        Audience audience{people_, row};
        for (auto const one : standing.passed->told) audience.add(one);
        if (!standing.passed->escalated.empty() && !handled_since(row, standing.before))
            for (auto const one : standing.passed->escalated) audience.add(one);
        return audience.take();
    }
    bool handled_since(Row const& row, Timestamp before)
    {
        if (row.moved_at && *row.moved_at > before) return true;
        auto taken = session_.query(SqlText{"SELECT taken_at FROM due_taken WHERE organisation_id=? AND record_id=? AND kind=? AND place=? AND due_at=?"}, organisation_, row.told.record, row.told.kind,
                                    row.told.place, row.told.at);
        return taken.next() && taken.timestamp(0) > before;
    }
    records::NewNotification notice(PersonId person) const
    {
        return {person, organisation_, records::NotificationKind::Reminder, accounts::job_actor(organisation_), now_};
    }
    void notify(Person const& person, Row const& row)
    {
        if (++told_[person.id] > told_apart) return;
        auto one = notice(person.id);
        one.register_slug = row.told.register_slug;
        one.record = row.told.record;
        one.detail = row.told.kind + " " + std::to_string(to_millis(row.told.at)) + " " + (row.told.day ? to_text(*row.told.day) : "-");
        records::notify(session_, one);
    }
    void write_to(Person const& person, Row const& row, Rung const& rung)
    {
        if (!outbox_.sends()) return;
        if (rung.urgent && ++written_[person.id] <= told_apart) {
            outbox_.queue(session_, reminder_letter(person, row.told, rung.code(), base_, now_), now_);
            return;
        }
        session_.execute(SqlText{"INSERT INTO reminder_waiting(person_id, organisation_id, record_id, kind, place, due_at, queued_at) VALUES(?,?,?,?,?,?,?) "
                                 "ON CONFLICT(person_id, organisation_id, record_id, kind, place) DO UPDATE SET due_at=excluded.due_at"},
                         person.id, organisation_, row.told.record, row.told.kind, row.told.place, row.told.at, now_);
    }

    Session& session_;
    mail::Outbox& outbox_;
    std::string const& base_;
    OrganisationId organisation_;
    Uuid round_;
    Timestamp now_;
    People people_;
    std::map<PersonId, int> told_, written_;
};

}  // namespace

int Reminders::remind_in(Town const& town, Timestamp now, bool& more)
{
    int told = 0;
    auto const organisation = town.where.organisation;
    auto const round = Uuid::make();
    auto const done = machinery_.database.write([&](Session& session) -> Status {
        session.lock(organisation);
        auto const rows = rows_due(session, organisation, town.where, now);
        more = rows.size() == static_cast<std::size_t>(at_once);
        auto const own = own_rungs(session, organisation);
        Telling telling{session, outbox_, base_, organisation, round, now};
        told = 0;
        for (auto const& row : rows) {
            auto const standing = standing_of(row, own, town.place, now);
            if (standing.passed && telling.tell(row, standing)) ++told;
            session.execute(SqlText{"UPDATE due SET next_at=? WHERE rid=? AND kind=? AND place=?"}, standing.next, row.rid, row.told.kind, row.told.place);
        }
        telling.finish();
        return Nothing{};
    });
    if (!done.ok()) throw std::runtime_error("reminders could not be kept: " + done.error().code);
    return told;
}

int Reminders::remind(Timestamp now)
{
    std::vector<Town> towns;
    {
        auto session = machinery_.database.read();
        auto rows = session->query(SqlText{"SELECT o.id, o.slug, o.name, o.zone, o.language FROM organisation o WHERE o.archived_at IS NULL "
                                           "AND o.id IN (SELECT d.organisation_id FROM due d WHERE d.next_at IS NOT NULL AND d.next_at<=?)"},
                                   now);
        while (rows.next()) {
            Town town;
            town.where.organisation = rows.id<Organisation>(0);
            town.where.slug = rows.text(1);
            town.where.organisation_name = rows.text(2);
            town.where.zone = rows.text(3);
            town.where.language = parse_language(rows.view(4)).value_or(Language::French);
            towns.push_back(std::move(town));
        }
    }
    int told = 0;
    auto const* says = machinery_.registers.of_place();
    for (auto& town : towns) {
        if (says)
            if (auto const profile = records::Records{machinery_, town.where.organisation, accounts::Sight::everything()}.only(*says); profile.ok()) town.place = says->place(profile->row);
        town.place.zone = town.where.zone;
        for (bool more = true; more;) told += remind_in(town, now, more);
    }
    if (told > 0) {
        outbox_.ring();
        log(LogLevel::Info, "reminded", {{"steps", told}});
    }
    return told;
}

// ---- letters that gather --------------------------------------------------------------------------------

namespace {

bool is_time(accounts::DigestChoice const& choice, LocalTime const& now)
{
    if (now.hour < hour_of_letters || (choice.last && *choice.last >= now.date)) return false;
    if (choice.pace == accounts::DigestPace::Daily) return true;
    bool const monday = std::chrono::weekday{std::chrono::sys_days{now.date}} == std::chrono::Monday;
    // One that was missed on its Monday comes on the next day, once it is a week since the last.
    return monday || (choice.last && std::chrono::sys_days{now.date} - std::chrono::sys_days{*choice.last} >= week);
}

/// What still holds of what waits for a person, as they may see it today.
std::vector<overview::Told> waiting_for(Session& session, PersonId person)
{
    std::vector<overview::Told> all;
    auto const seen = accounts::Seen::across(session, person);
    auto rows = seen->query(SqlText{"SELECT o.id, o.slug, o.name, o.zone, o.language, r.register, r.reference, d.kind, d.place, d.record_id, d.at, d.day FROM reminder_waiting w "
                                    "JOIN due d ON d.organisation_id=w.organisation_id AND d.record_id=w.record_id AND d.kind=w.kind AND d.place=w.place AND d.at=w.due_at "
                                    "JOIN record r ON r.rid=d.rid JOIN organisation o ON o.id=w.organisation_id AND o.archived_at IS NULL WHERE w.person_id=? ORDER BY d.at, r.reference, d.kind"},
                            person);
    while (rows.next()) {
        overview::Told told;
        told.organisation = rows.id<Organisation>(0);
        told.slug = rows.text(1);
        told.organisation_name = rows.text(2);
        told.zone = rows.text(3);
        told.language = parse_language(rows.view(4)).value_or(Language::French);
        told.register_slug = rows.text(5);
        told.reference = rows.text(6);
        told.kind = rows.text(7);
        told.place = rows.text(8);
        told.record = rows.id<Record>(9);
        told.at = rows.timestamp(10);
        told.day = parse_date(rows.view(11));
        all.push_back(std::move(told));
    }
    return all;
}

}  // namespace

int Reminders::send_digests(Timestamp now)
{
    auto const today = local_time(now, home_zone);
    if (today.hour < hour_of_letters || !outbox_.sends()) return 0;
    std::vector<Person> people;
    {
        auto session = machinery_.database.read();
        auto rows = session->query(SqlText{"SELECT p.id, p.email_shown, p.name, p.language FROM person p WHERE p.disabled_at IS NULL AND p.id IN (SELECT w.person_id FROM reminder_waiting w)"});
        while (rows.next()) people.push_back(read_person(rows, 0));
    }
    int sent = 0;
    for (auto const& person : people) {
        (void)machinery_.database.write([&](Session& session) -> Status {
            if (!is_time(accounts::digest_choice(session, person.id), today)) return Nothing{};
            auto const told = waiting_for(session, person.id);
            auto const refuse = refusals_ ? base_ + "/mail/stop/" + refusals_->token(person.id, mail::Kind::ReminderDigest) : std::string{};
            if (!told.empty() && outbox_.queue(session, digest_letter(person, told, base_, refuse, today.date, now), now)) ++sent;
            session.execute(SqlText{"DELETE FROM reminder_waiting WHERE person_id=?"}, person.id);
            accounts::note_digest(session, person.id, today.date);
            return Nothing{};
        });
    }
    if (sent > 0) outbox_.ring();
    return sent;
}

}  // namespace greffier::overview
