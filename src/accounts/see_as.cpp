#include "accounts/see_as.hpp"

#include <algorithm>

#include "accounts/check_line.hpp"
#include "accounts/letters.hpp"
#include "core/text.hpp"

namespace greffier::accounts {

using storage::Session;
using storage::SqlText;

namespace {

constexpr std::size_t longest_reason = 500;
constexpr std::chrono::minutes clock_slack{5};

constexpr SqlText consent_columns{"SELECT c.id, c.person_id, c.asked_by, p.name, a.name, (SELECT w.name FROM person w WHERE w.id=c.answered_by), c.reason, c.answer, c.days, c.asked_at, c.state, "
                                  "c.basis, c.answered_at, c.ends_at FROM see_as_consent c JOIN person p ON p.id=c.person_id JOIN person a ON a.id=c.asked_by "};
constexpr SqlText visit_columns{"SELECT v.id, v.organisation_id, v.consent_id, v.visitor_id, v.person_id, w.name, p.name, o.slug, v.started_at, v.until_at, v.ended_at, v.ended, v.pages, v.base "
                                "FROM see_as_visit v JOIN person w ON w.id=v.visitor_id JOIN person p ON p.id=v.person_id JOIN organisation o ON o.id=v.organisation_id "};

ConsentState parse_state(std::string_view code)
{
    for (auto const state : {ConsentState::Asked, ConsentState::Given, ConsentState::Refused})
        if (code_of(state) == code) return state;
    return ConsentState::Withdrawn;
}

ConsentBasis parse_basis(std::string_view code)
{
    for (auto const basis : {ConsentBasis::Person, ConsentBasis::Controller})
        if (code_of(basis) == code) return basis;
    return ConsentBasis::None;
}

SeeAsConsent read_consent(storage::Cursor const& row)
{
    SeeAsConsent consent;
    consent.id = row.id<SeeAsAsked>(0);
    consent.person = row.id<greffier::Person>(1);
    consent.asked_by = row.id<greffier::Person>(2);
    consent.person_name = row.text(3);
    consent.asker_name = row.text(4);
    if (!row.is_null(5)) consent.answerer_name = row.text(5);
    consent.reason = row.text(6);
    consent.answer = row.text(7);
    consent.days = static_cast<int>(row.integer(8));
    consent.asked_at = row.timestamp(9);
    consent.state = parse_state(row.view(10));
    consent.basis = parse_basis(row.view(11));
    consent.answered_at = row.optional_timestamp(12);
    consent.ends_at = row.timestamp(13);
    return consent;
}

SeeAsVisit read_visit(storage::Cursor const& row)
{
    SeeAsVisit visit;
    visit.id = row.id<SeeAsVisited>(0);
    visit.organisation = row.id<Organisation>(1);
    visit.consent = row.id<SeeAsAsked>(2);
    visit.visitor = row.id<greffier::Person>(3);
    visit.person = row.id<greffier::Person>(4);
    visit.visitor_name = row.text(5);
    visit.person_name = row.text(6);
    visit.organisation_slug = row.text(7);
    visit.started_at = row.timestamp(8);
    visit.until = row.timestamp(9);
    visit.ended_at = row.optional_timestamp(10);
    visit.ended = row.text(11);
    visit.pages = row.integer(12);
    visit.base = row.text(13);
    return visit;
}

bool holds(std::vector<Role> const& roles, Role role) { return std::ranges::find(roles, role) != roles.end(); }

std::optional<SeeAsConsent> find_in(Session& session, OrganisationId organisation, SeeAsConsentId id)
{
    auto row = session.query(SqlText::joined({consent_columns, SqlText{"WHERE c.id=? AND c.organisation_id=?"}}), id, organisation);
    if (!row.next()) return std::nullopt;
    return read_consent(row);
}

/// Whoever looks after the organisation's people, or answers for them.
bool sees_all(Actor const& who) { return may(who, web::Permission::AdministerOrganisation) || holds(who.roles, Role::Representative); }

Error refused(std::string field, std::string code)
{
    auto error = Error::invalid("invalid");
    error.fields.push_back({std::move(field), std::move(code)});
    return error;
}

Error refused_line(std::string field, std::string_view problem)
{
    auto error = Error::invalid("invalid");
    error.fields.push_back({std::move(field), std::string{problem}, {{"max", std::to_string(longest_reason)}}});
    return error;
}

/// The rights of a person with which another may read: an audit is read by the auditor alone.
std::optional<Actor> readable(Memberships& memberships, PersonId person, OrganisationId organisation)
{
    auto membership = memberships.of(person, organisation);
    if (!membership) return std::nullopt;
    std::erase(membership->roles, Role::Auditor);
    if (membership->roles.empty()) return std::nullopt;
    membership->installation_administrator = false;
    membership->over_branch = false;
    return make_actor(*membership);
}

std::vector<PersonId> representatives(Session& session, OrganisationId organisation)
{
    std::vector<PersonId> all;
    auto rows = session.query(SqlText{"SELECT DISTINCT m.person_id FROM membership m JOIN person p ON p.id=m.person_id "
                                      "WHERE m.organisation_id=? AND m.role='representative' AND m.revoked_at IS NULL AND p.disabled_at IS NULL"},
                              organisation);
    while (rows.next()) all.push_back(rows.id<greffier::Person>(0));
    return all;
}

/// What a letter says of where it comes from.
struct Place {
    std::string slug, name;
    Language language = Language::French;
};

Place place_of(Session& session, OrganisationId organisation)
{
    auto row = session.query(SqlText{"SELECT slug, name, language FROM organisation WHERE id=?"}, organisation);
    if (!row.next()) return {};
    return {row.text(0), row.text(1), parse_language(row.view(2)).value_or(Language::French)};
}

std::optional<Person> reader(Session& session, PersonId id)
{
    auto row = session.query(SqlText{"SELECT email_shown, name, language FROM person WHERE id=? AND disabled_at IS NULL"}, id);
    if (!row.next()) return std::nullopt;
    Person person;
    person.id = id;
    person.email_shown = row.text(0);
    person.name = row.text(1);
    person.language = parse_language(row.view(2));
    return person;
}

std::int64_t pages_read(Session& session, SeeAsVisit const& visit)
{
    auto row = session.query(SqlText{"SELECT count(*) FROM journal_entry WHERE organisation_id=? AND person_id=? AND event='read_as' AND at>=?"}, visit.organisation, visit.visitor, visit.started_at);
    row.next();
    return row.integer(0);
}

}  // namespace

std::string_view code_of(ConsentState state)
{
    switch (state) {
    case ConsentState::Asked: return "asked";
    case ConsentState::Given: return "given";
    case ConsentState::Refused: return "refused";
    case ConsentState::Withdrawn: return "withdrawn";
    }
    return "";
}

std::string_view code_of(ConsentBasis basis)
{
    switch (basis) {
    case ConsentBasis::None: return "";
    case ConsentBasis::Person: return "person";
    case ConsentBasis::Controller: return "controller";
    }
    return "";
}

bool SeeAs::entitled(PersonId visitor, OrganisationId organisation, ConsentBasis basis)
{
    Memberships memberships(database_);
    if (auto const membership = memberships.of(visitor, organisation); membership && holds(membership->roles, Role::Administrator)) return basis != ConsentBasis::None;
    // Whoever only runs the machine reads no register unless the controller said so.
    return basis == ConsentBasis::Controller && memberships.is_installation_administrator(visitor);
}

Result<SeeAsConsentId> SeeAs::ask(Actor const& asker, OrganisationId organisation, Question const& question, Timestamp now)
{
    if (!asker.person || !may(asker, web::Permission::AdministerOrganisation)) return Error::forbidden();
    if (question.person == *asker.person) return refused("person", "see_as_self");
    Memberships memberships(database_);
    if (!memberships.of(question.person, organisation)) return refused("person", "unknown_person");
    if (!readable(memberships, question.person, organisation)) return refused("person", "see_as_auditor");
    auto const reason = squeeze(question.reason);
    if (auto const problem = problem_of_line(reason, longest_reason); !problem.empty()) return refused_line("reason", problem);
    if (question.days < 1 || question.days > most_days) return refused("days", "see_as_days");
    bool const by_controller_alone = !holds(asker.roles, Role::Administrator);
    auto const id = SeeAsConsentId::make();
    auto const asked = database_.write([&](Session& session) -> Status {
        if (session.query(SqlText{"SELECT 1 FROM see_as_consent WHERE organisation_id=? AND person_id=? AND asked_by=? AND state='asked' AND ends_at>?"}, organisation, question.person, *asker.person, now)
                .next())
            return Error::conflict("see_as_waits");
        session.execute(SqlText{"INSERT INTO see_as_consent(id, organisation_id, person_id, asked_by, reason, days, asked_at, state, ends_at) VALUES(?,?,?,?,?,?,?,'asked',?)"}, id, organisation,
                        question.person, *asker.person, reason, question.days, now, now + question_life);
        auto const place = place_of(session, organisation);
        auto const from = reader(session, *asker.person);
        auto told = by_controller_alone ? representatives(session, organisation) : std::vector<PersonId>{};
        if (std::ranges::find(told, question.person) == told.end()) told.push_back(question.person);
        for (auto const& each : told) {
            if (tell) tell(session, {SeeAsNews::What::Asked, each, organisation}, now);
            if (auto const person = reader(session, each)) {
                auto letter = see_as_asked_letter(*person, {id.text(), from ? from->name : "", reason, place.name, question.base + "/o/" + place.slug + "/see-as"}, place.language, now);
                letter.organisation = organisation;
                outbox_.queue(session, letter, now);
            }
        }
        return Nothing{};
    });
    if (!asked.ok()) return asked.error();
    outbox_.ring();
    return id;
}

Status SeeAs::answer(Actor const& who, OrganisationId organisation, SeeAsConsentId id, bool give, std::string const& reason, Timestamp now)
{
    return database_.write([&](Session& session) -> Status {
        auto const consent = find_in(session, organisation, id);
        if (!consent || !who.person || who.by_token) return Error::not_found();
        bool const own = consent->person == *who.person;
        bool const represents = holds(who.roles, Role::Representative) && consent->asked_by != *who.person;
        if (!own && !represents) return Error::not_found();
        if (!consent->waits(now)) return Error::conflict("see_as_answered");
        // Own consent opens to the organisation's administrators; the installation's come in with the controller's alone.
        auto const basis = represents && !own ? ConsentBasis::Controller : ConsentBasis::Person;
        auto const said = squeeze(reason);
        if (give) {
            if (basis == ConsentBasis::Controller)
                if (auto const problem = problem_of_line(said, longest_reason); !problem.empty()) return refused_line("answer", problem);
            auto administers = session.query(SqlText{"SELECT 1 FROM membership WHERE person_id=? AND organisation_id=? AND role='administrator' AND revoked_at IS NULL"}, consent->asked_by, organisation);
            if (basis == ConsentBasis::Person && !administers.next()) return Error::conflict("see_as_controller_needed");
        }
        session.execute(SqlText{"UPDATE see_as_consent SET state=?, basis=?, answered_at=?, answered_by=?, answer=?, ends_at=? WHERE id=?"}, code_of(give ? ConsentState::Given : ConsentState::Refused),
                        code_of(give ? basis : ConsentBasis::None), now, *who.person, said, give ? now + std::chrono::days(consent->days) : now, id);
        return Nothing{};
    });
}

Status SeeAs::withdraw(Actor const& who, OrganisationId organisation, SeeAsConsentId id, Timestamp now)
{
    std::vector<SeeAsVisitId> open;
    TRY(database_.write([&](Session& session) -> Status {
        auto const consent = find_in(session, organisation, id);
        if (!consent || !who.person || who.by_token) return Error::not_found();
        if (consent->person != *who.person && consent->asked_by != *who.person && !holds(who.roles, Role::Representative)) return Error::not_found();
        if (!consent->waits(now) && !consent->holds(now)) return Error::conflict("see_as_answered");
        session.execute(SqlText{"UPDATE see_as_consent SET state='withdrawn', withdrawn_at=?, withdrawn_by=?, ends_at=? WHERE id=?"}, now, *who.person, now, id);
        auto rows = session.query(SqlText{"SELECT id FROM see_as_visit WHERE consent_id=? AND ended_at IS NULL"}, id);
        while (rows.next()) open.push_back(rows.id<SeeAsVisited>(0));
        return Nothing{};
    }));
    for (auto const& visit : open) end(visit, "consent", now);
    return Nothing{};
}

std::vector<SeeAsConsent> SeeAs::consents(Actor const& who, OrganisationId organisation)
{
    std::vector<SeeAsConsent> all;
    auto session = database_.read_of(organisation);
    auto rows = session->query(SqlText::joined({consent_columns, SqlText{"WHERE c.organisation_id=? ORDER BY c.asked_at DESC, c.id DESC LIMIT 500"}}), organisation);
    while (rows.next()) all.push_back(read_consent(rows));
    if (!sees_all(who)) std::erase_if(all, [&](SeeAsConsent const& each) { return each.person != who.person; });
    return all;
}

std::vector<SeeAsVisit> SeeAs::visits(Actor const& who, OrganisationId organisation)
{
    std::vector<SeeAsVisit> all;
    auto session = database_.read_of(organisation);
    auto rows = session->query(SqlText::joined({visit_columns, SqlText{"WHERE v.organisation_id=? ORDER BY v.started_at DESC, v.id DESC LIMIT 500"}}), organisation);
    while (rows.next()) all.push_back(read_visit(rows));
    if (!sees_all(who)) std::erase_if(all, [&](SeeAsVisit const& each) { return each.person != who.person; });
    return all;
}

std::vector<SeeAs::Concerning> SeeAs::concerning(PersonId person, Timestamp now)
{
    std::vector<Concerning> all;
    auto session = database_.read();
    auto rows = session->query(SqlText{"SELECT c.id, c.person_id, c.asked_by, p.name, a.name, (SELECT w.name FROM person w WHERE w.id=c.answered_by), c.reason, c.answer, c.days, c.asked_at, c.state, "
                                       "c.basis, c.answered_at, c.ends_at, o.slug, o.name FROM see_as_consent c JOIN person p ON p.id=c.person_id JOIN person a ON a.id=c.asked_by "
                                       "JOIN organisation o ON o.id=c.organisation_id WHERE c.person_id=? AND c.state IN ('asked','given') AND c.ends_at>? ORDER BY c.asked_at DESC, c.id DESC"},
                               person, now);
    while (rows.next()) all.push_back({read_consent(rows), rows.text(14), rows.text(15)});
    return all;
}

Status SeeAs::start(Actor const& visitor, OrganisationId organisation, SeeAsConsentId id, ByteView session_hash, std::string const& base, std::string const& address, Timestamp now)
{
    if (!visitor.person || session_hash.empty()) return Error::forbidden();
    std::optional<SeeAsConsent> consent;
    {
        auto session = database_.read_of(organisation);
        consent = find_in(*session, organisation, id);
    }
    if (!consent) return Error::not_found();
    if (consent->asked_by != *visitor.person) return Error::forbidden();
    if (!consent->holds(now)) return Error::conflict("see_as_over");
    Memberships memberships(database_);
    auto const seen = readable(memberships, consent->person, organisation);
    if (!seen || !entitled(*visitor.person, organisation, consent->basis)) return Error::conflict("see_as_over");
    end_of_session(session_hash, "button", now);
    // First in the journal: what cannot be told of must not begin.
    journal_.keep({.event = "see_as_started", .organisation = organisation, .person = visitor.person, .actor = seen->id, .subject = "people/" + consent->person.text(), .address = address}, now);
    auto const visit = SeeAsVisitId::make();
    auto const until = std::min(now + longest_visit, consent->ends_at);
    return database_.write([&](Session& session) -> Status {
        auto const again = find_in(session, organisation, id);
        if (!again || !again->holds(now)) return Error::conflict("see_as_over");
        session.execute(SqlText{"INSERT INTO see_as_visit(id, organisation_id, consent_id, session_hash, visitor_id, person_id, base, started_at, until_at) VALUES(?,?,?,?,?,?,?,?,?)"}, visit, organisation,
                        id, session_hash, *visitor.person, again->person, base, now, until);
        return Nothing{};
    });
}

std::optional<SeeAs::UnderWay> SeeAs::under_way(ByteView session_hash, Timestamp now)
{
    std::optional<SeeAsVisit> visit;
    std::optional<SeeAsConsent> consent;
    {
        auto session = database_.read();
        {
            auto row = session->query(SqlText::joined({visit_columns, SqlText{"WHERE v.session_hash=? AND v.ended_at IS NULL"}}), session_hash);
            if (!row.next()) return std::nullopt;
            visit = read_visit(row);
        }
        consent = find_in(*session, visit->organisation, visit->consent);
    }
    bool const in_time = visit->started_at <= now + clock_slack && now < visit->until;
    bool const consented = consent && consent->holds(now) && entitled(visit->visitor, visit->organisation, consent->basis);
    Memberships memberships(database_);
    auto actor = in_time && consented ? readable(memberships, visit->person, visit->organisation) : std::nullopt;
    if (!actor) {
        end(visit->id, in_time ? "consent" : "time", now);
        return std::nullopt;
    }
    return UnderWay{std::move(*visit), std::move(*actor)};
}

void SeeAs::end(SeeAsVisitId id, std::string_view how, Timestamp now)
{
    std::optional<SeeAsVisit> ended;
    auto const done = database_.write([&](Session& session) -> Status {
        {
            auto row = session.query(SqlText::joined({visit_columns, SqlText{"WHERE v.id=? AND v.ended_at IS NULL"}}), id);
            if (!row.next()) return Nothing{};
            ended = read_visit(row);
        }
        ended->ended_at = std::max(std::min(now, ended->until), ended->started_at);
        ended->pages = pages_read(session, *ended);
        session.execute(SqlText{"UPDATE see_as_visit SET ended_at=?, ended=?, pages=? WHERE id=?"}, *ended->ended_at, how, ended->pages, id);
        if (tell) tell(session, {SeeAsNews::What::Ended, ended->person, ended->organisation}, now);
        auto const consent = find_in(session, ended->organisation, ended->consent);
        auto const person = reader(session, ended->person);
        if (!consent || !person) return Nothing{};
        auto const place = place_of(session, ended->organisation);
        auto letter = see_as_ended_letter(*person, {.id = id.text(), .visitor = ended->visitor_name, .organisation = place.name, .reason = consent->reason,
                                                    .address = ended->base + "/o/" + place.slug + "/see-as", .started_at = ended->started_at, .ended_at = *ended->ended_at, .pages = ended->pages,
                                                    .by_controller = consent->basis == ConsentBasis::Controller},
                                          place.language, now);
        letter.organisation = ended->organisation;
        outbox_.queue(session, letter, now);
        return Nothing{};
    });
    if (!done.ok()) throw storage::StorageFailure("the end of a visit could not be written: " + done.error().code);
    if (!ended) return;
    outbox_.ring();
    std::optional<Uuid> actor;
    if (auto const seen = Memberships(database_).of(ended->person, ended->organisation)) actor = seen->actor;
    journal_.keep({.event = "see_as_ended", .organisation = ended->organisation, .person = ended->visitor, .actor = actor, .subject = "people/" + ended->person.text(), .details = {{"how", std::string{how}}}}, now);
}

void SeeAs::end_of_session(ByteView session_hash, std::string_view how, Timestamp now)
{
    std::optional<SeeAsVisitId> visit;
    {
        auto session = database_.read();
        auto row = session->query(SqlText{"SELECT id FROM see_as_visit WHERE session_hash=? AND ended_at IS NULL"}, session_hash);
        if (row.next()) visit = row.id<SeeAsVisited>(0);
    }
    if (visit) end(*visit, how, now);
}

int SeeAs::end_due(Timestamp now)
{
    std::vector<std::pair<SeeAsVisitId, std::string_view>> due;
    {
        auto session = database_.read();
        auto rows = session->query(SqlText{"SELECT v.id, v.until_at, v.started_at, EXISTS(SELECT 1 FROM session s WHERE s.token_hash=v.session_hash), "
                                           "EXISTS(SELECT 1 FROM see_as_consent c WHERE c.id=v.consent_id AND c.state='given' AND c.ends_at>?) FROM see_as_visit v WHERE v.ended_at IS NULL"},
                                   now);
        while (rows.next()) {
            if (rows.timestamp(1) <= now || rows.timestamp(2) > now + clock_slack) due.emplace_back(rows.id<SeeAsVisited>(0), "time");
            else if (rows.integer(3) == 0) due.emplace_back(rows.id<SeeAsVisited>(0), "sign_out");
            else if (rows.integer(4) == 0) due.emplace_back(rows.id<SeeAsVisited>(0), "consent");
        }
    }
    for (auto const& [visit, how] : due) end(visit, how, now);
    return static_cast<int>(due.size());
}

}  // namespace greffier::accounts
