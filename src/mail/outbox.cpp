#include "mail/outbox.hpp"

#include <algorithm>

#include "mail/refusals.hpp"

namespace greffier::mail {

using storage::Session;
using storage::SqlText;

namespace {

constexpr std::chrono::minutes clock_slack{5};   // a time farther off than it can be was given by a clock set back since
constexpr std::size_t words_of_mail = 7, former_words_of_mail = 5;   // the latter: queued by a version that knew neither Reply-To nor parts
constexpr std::size_t words_of_part = 3;

/// Each with its length in front, so that no part can pass for two.
std::string packed(std::vector<std::string> const& parts)
{
    std::string out;
    for (auto const& part : parts) out += std::to_string(part.size()) + ":" + part;
    return out;
}

std::optional<std::vector<std::string>> unpacked(std::string_view text)
{
    std::vector<std::string> parts;
    while (!text.empty()) {
        auto const colon = text.find(':');
        if (colon == text.npos || colon > 9) return std::nullopt;
        std::size_t size = 0;
        for (char const c : text.substr(0, colon)) size = 10 * size + static_cast<std::size_t>(c - '0');
        if (size > text.size() - colon - 1) return std::nullopt;
        parts.emplace_back(text.substr(colon + 1, size));
        text.remove_prefix(colon + 1 + size);
    }
    return parts;
}

std::vector<std::string> words_of(NewMail const& mail)
{
    std::vector<std::string> words{mail.to.name, mail.subject, mail.text, mail.html, mail.unsubscribe, mail.reply_to.name, mail.reply_to.address};
    for (auto const& part : mail.parts) words.insert(words.end(), {part.type, part.content, part.name});
    return words;
}

/// False when they are no mail's.
bool read_words(std::vector<std::string> words, Leased& mail)
{
    if (words.size() == former_words_of_mail) words.resize(words_of_mail);
    if (words.size() < words_of_mail || (words.size() - words_of_mail) % words_of_part != 0) return false;
    mail.to.name = words[0];
    mail.subject = words[1];
    mail.text = words[2];
    mail.html = words[3];
    mail.unsubscribe = words[4];
    mail.reply_to = {words[5], words[6]};
    for (auto at = words_of_mail; at < words.size(); at += words_of_part) mail.parts.push_back({words[at], words[at + 1], words[at + 2]});
    return true;
}

std::optional<State> parse_state(std::string_view code)
{
    for (auto const state : {State::Asked, State::Waiting, State::Sent, State::Failed, State::Void})
        if (code_of(state) == code) return state;
    return std::nullopt;
}

}  // namespace

std::string_view code_of(State state)
{
    switch (state) {
    case State::Asked: return "asked";
    case State::Waiting: return "waiting";
    case State::Sent: return "sent";
    case State::Failed: return "failed";
    case State::Void: return "void";
    }
    return "";
}

std::chrono::minutes delay_after(std::int64_t attempts)
{
    auto const doublings = std::clamp<std::int64_t>(attempts - 1, 0, 20);
    return std::min<std::chrono::minutes>(first_delay * (1LL << doublings), longest_delay);
}

Bytes Outbox::sealed(MailId id, std::vector<std::string> const& parts) const
{
    auto with_id = parts;
    with_id.insert(with_id.begin(), id.text());   // the words of one message do not open as another's
    return seal(key_, as_bytes(packed(with_id)));
}

std::optional<std::vector<std::string>> Outbox::opened(MailId id, ByteView sealed) const
{
    auto const plain = open_sealed(key_, sealed);
    auto parts = plain ? unpacked(as_text(plain->reveal())) : std::nullopt;
    if (!parts || parts->empty() || parts->front() != id.text()) return std::nullopt;
    parts->erase(parts->begin());
    return parts;
}

bool Outbox::queue(Session& session, NewMail const& mail, Timestamp now) const
{
    if (!sends() || (mail.person && Refusals::refuses(session, *mail.person, mail.kind))) return false;
    auto const id = MailId::make();
    auto const body = sealed(id, words_of(mail));
    return session.execute(SqlText{"INSERT INTO mail_outbox(id, kind, once_key, state, person_id, organisation_id, recipient, language, sealed, next_try, created_at, queued_at, expires_at) "
                                   "VALUES(?,?,?,'waiting',?,?,?,?,?,?,?,?,?) ON CONFLICT(once_key) DO NOTHING"},
                           id, code_of(mail.kind), mail.once, mail.person, mail.organisation, mail.to.address, code_of(mail.language), body, now, now, now, mail.expires_at) == 1;
}

std::map<std::string, State> Outbox::fates(OrganisationId organisation, Kind kind) const
{
    std::map<std::string, State> all;
    auto session = database_.read();
    auto rows = session->query(SqlText{"SELECT once_key, state FROM mail_outbox WHERE organisation_id=? AND kind=?"}, organisation, code_of(kind));
    while (rows.next())
        if (auto const state = parse_state(rows.view(1))) all.emplace(rows.text(0), *state);
    return all;
}

void Outbox::ring() const
{
    std::lock_guard const held(bell_mutex_);
    if (bell_) bell_();
}

void Outbox::on_ring(std::function<void()> bell)
{
    std::lock_guard const held(bell_mutex_);
    bell_ = std::move(bell);
}

bool Outbox::ask(Session& session, Kind kind, std::string const& once, std::vector<std::string> const& words, Timestamp now) const
{
    if (!sends()) return false;
    auto const id = MailId::make();
    auto const body = sealed(id, words);
    return session.execute(SqlText{"INSERT INTO mail_outbox(id, kind, once_key, state, recipient, language, sealed, next_try, created_at, queued_at, expires_at) "
                                   "VALUES(?,?,?,'asked','','',?,?,?,?,?) ON CONFLICT(once_key) DO NOTHING"},
                           id, code_of(kind), once, body, now, now, now, now + patience) == 1;
}

std::vector<Outbox::Asked> Outbox::asked() const
{
    std::vector<Asked> all;
    auto session = database_.read();
    auto rows = session->query(SqlText{"SELECT id, kind, sealed FROM mail_outbox WHERE state='asked' ORDER BY created_at, id LIMIT 500"});
    while (rows.next()) {
        Asked one{rows.id<Letterbox>(0), parse_kind(rows.view(1)).value_or(Kind::PasswordReset), {}};
        if (!rows.is_null(2))
            if (auto words = opened(one.id, rows.bytes(2))) one.words = std::move(*words);
        all.push_back(std::move(one));
    }
    return all;
}

bool Outbox::answer(Session& session, MailId id, std::optional<NewMail> const& mail, Timestamp now) const
{
    if (!mail) return session.execute(SqlText{"UPDATE mail_outbox SET state='void', sealed=NULL, finished_at=? WHERE id=? AND state='asked'"}, now, id) == 1;
    auto const body = sealed(id, words_of(*mail));
    return session.execute(SqlText{"UPDATE mail_outbox SET state='waiting', person_id=?, organisation_id=?, recipient=?, language=?, sealed=?, next_try=?, queued_at=?, expires_at=? "
                                   "WHERE id=? AND state='asked'"},
                           mail->person, mail->organisation, mail->to.address, code_of(mail->language), body, now, now, mail->expires_at, id) == 1;
}

std::string Outbox::veiled(std::string_view text) const { return to_hex(hmac_sha256(key_.reveal(), as_bytes("once " + std::string(text)))); }

std::optional<Leased> Outbox::take(Uuid owner, Timestamp now)
{
    auto const lost = now + mail_lease + clock_slack, too_far = now + longest_delay + clock_slack;
    while (true) {
        // Looked for with a reader first, so that an idle sender writes nothing.
        std::optional<MailId> due;
        bool late = false;
        {
            auto session = database_.read();
            auto rows = session->query(SqlText{"SELECT id, expires_at FROM mail_outbox WHERE state='waiting' AND (next_try<=? OR next_try>? OR expires_at<=?) "
                                               "AND (lease_until IS NULL OR lease_until<=? OR lease_until>?) ORDER BY next_try, id LIMIT 1"},
                                       now, too_far, now, now, lost);
            if (rows.next()) {
                due = rows.id<Letterbox>(0);
                late = rows.timestamp(1) <= now;
            }
        }
        if (!due) return std::nullopt;
        if (late) {
            fail(*due, "too_late", now);
            continue;
        }
        std::optional<Leased> taken;
        bool legible = true;
        (void)database_.write([&](Session& session) -> Status {
            session.lock_nothing();
            auto rows = session.query(SqlText{"UPDATE mail_outbox SET lease_owner=?, lease_until=? WHERE id=? AND state='waiting' AND (next_try<=? OR next_try>?) "
                                              "AND (lease_until IS NULL OR lease_until<=? OR lease_until>?) RETURNING kind, language, attempts, created_at, recipient, sealed"},
                                      owner, now + mail_lease, *due, now, too_far, now, lost);
            if (!rows.next()) return Nothing{};   // another sender was quicker
            auto parts = rows.is_null(5) ? std::nullopt : opened(*due, rows.bytes(5));
            auto const kind = parse_kind(rows.view(0));
            Leased mail{*due, kind.value_or(Kind{}), parse_language(rows.view(1)).value_or(Language::French), rows.integer(2), rows.timestamp(3), {{}, rows.text(4)}, {}, {}, {}, {}};
            legible = kind && parts && read_words(std::move(*parts), mail);
            if (legible) taken = std::move(mail);
            while (rows.next()) {}
            return Nothing{};
        });
        if (!legible) fail(*due, "unreadable", now);
        else if (taken) return taken;
    }
}

void Outbox::fail(MailId id, std::string_view problem, Timestamp now)
{
    (void)database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        session.execute(SqlText{"UPDATE mail_outbox SET state='failed', sealed=NULL, problem=?, lease_owner=NULL, lease_until=NULL, finished_at=? WHERE id=? AND state='waiting'"}, problem, now, id);
        return Nothing{};
    });
}

bool Outbox::note(MailId id, Uuid owner, Delivery const& delivery, Timestamp now)
{
    std::int64_t changed = 0;
    (void)database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        if (delivery.outcome == Delivery::Outcome::Sent) {
            changed = session.execute(SqlText{"UPDATE mail_outbox SET state='sent', sealed=NULL, attempts=attempts+1, problem='', said='', away=0, lease_owner=NULL, lease_until=NULL, finished_at=? "
                                              "WHERE id=? AND lease_owner=? AND state='waiting'"},
                                      now, id, owner);
            return Nothing{};
        }
        if (delivery.outcome == Delivery::Outcome::Stopped) {
            changed = session.execute(SqlText{"UPDATE mail_outbox SET lease_owner=NULL, lease_until=NULL WHERE id=? AND lease_owner=? AND state='waiting'"}, id, owner);
            return Nothing{};
        }
        std::int64_t attempts = 0;
        Timestamp queued_at{};
        {
            auto row = session.query(SqlText{"SELECT attempts, queued_at FROM mail_outbox WHERE id=? AND lease_owner=? AND state='waiting'"}, id, owner);
            if (!row.next()) return Nothing{};
            attempts = row.integer(0);
            queued_at = row.timestamp(1);
        }
        auto const next = now + delay_after(attempts + 1);
        bool const ends = delivery.outcome == Delivery::Outcome::Never || next > queued_at + patience;
        std::optional<Timestamp> const finished = ends ? std::optional{now} : std::nullopt;
        std::string_view const state = ends ? "failed" : "waiting";
        changed = session.execute(SqlText{"UPDATE mail_outbox SET state=?, attempts=attempts+1, next_try=?, problem=?, said=?, away=?, lease_owner=NULL, lease_until=NULL, finished_at=? "
                                          "WHERE id=? AND lease_owner=? AND state='waiting'"},
                                  state, next, delivery.problem, delivery.said, delivery.away ? 1 : 0, finished, id, owner);
        return Nothing{};
    });
    return changed == 1;
}

void Outbox::hurry(Timestamp now)
{
    {
        auto session = database_.read();
        if (!session->query(SqlText{"SELECT 1 FROM mail_outbox WHERE state='waiting' AND away=1 AND next_try>? LIMIT 1"}, now).next()) return;
    }
    (void)database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        session.execute(SqlText{"UPDATE mail_outbox SET next_try=? WHERE state='waiting' AND away=1 AND next_try>?"}, now, now);
        return Nothing{};
    });
}

void Outbox::give_back_all()
{
    (void)database_.write([&](Session& session) -> Status {
        session.execute(SqlText{"UPDATE mail_outbox SET lease_owner=NULL, lease_until=NULL WHERE lease_until IS NOT NULL"});
        return Nothing{};
    });
}

}  // namespace greffier::mail
