// What the administrator sees of the outbox, and what they may do about it; and what becomes of old mail.
#include "mail/outbox.hpp"

namespace greffier::mail {

using storage::Session;
using storage::SqlText;

namespace {

constexpr std::chrono::hours void_for{1};   // long enough to hold back the same question

}  // namespace

std::vector<Listed> Outbox::list(Timestamp now, int limit) const
{
    std::vector<Listed> all;
    auto session = database_.read();
    auto rows = session->query(SqlText{"SELECT m.id, m.kind, m.state, m.recipient, o.name, m.attempts, m.created_at, m.next_try, m.problem, m.said, m.lease_until, m.sealed IS NOT NULL, m.expires_at "
                                       "FROM mail_outbox m LEFT JOIN organisation o ON o.id=m.organisation_id WHERE m.state IN ('waiting','failed') "
                                       "ORDER BY m.state, m.created_at DESC, m.id DESC LIMIT ?"},
                               limit);
    while (rows.next()) {
        Listed one;
        one.id = rows.id<Letterbox>(0);
        one.kind = parse_kind(rows.view(1)).value_or(Kind::Invitation);
        one.state = rows.view(2) == code_of(State::Failed) ? State::Failed : State::Waiting;
        one.recipient = rows.text(3);
        if (!rows.is_null(4)) one.organisation = rows.text(4);
        one.attempts = rows.integer(5);
        one.created_at = rows.timestamp(6);
        one.next_try = rows.timestamp(7);
        one.problem = rows.text(8);
        one.said = rows.text(9);
        one.under_way = !rows.is_null(10) && rows.timestamp(10) > now;
        one.can_retry = rows.integer(11) != 0 && rows.timestamp(12) > now && !one.under_way;
        all.push_back(std::move(one));
    }
    return all;
}

Tally Outbox::tally() const
{
    Tally tally;
    auto session = database_.read();
    auto rows = session->query(SqlText{"SELECT state, count(*) FROM mail_outbox GROUP BY state"});
    while (rows.next()) {
        if (rows.view(0) == code_of(State::Waiting)) tally.waiting = rows.integer(1);
        if (rows.view(0) == code_of(State::Failed)) tally.failed = rows.integer(1);
        if (rows.view(0) == code_of(State::Sent)) tally.sent = rows.integer(1);
    }
    return tally;
}

Status Outbox::retry(MailId id, Timestamp now)
{
    return database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        auto const changed = session.execute(SqlText{"UPDATE mail_outbox SET state='waiting', attempts=0, queued_at=?, next_try=?, finished_at=NULL "
                                                     "WHERE id=? AND state IN ('waiting','failed') AND sealed IS NOT NULL AND expires_at>? AND (lease_until IS NULL OR lease_until<=?)"},
                                             now, now, id, now, now);
        if (changed == 1) return Nothing{};
        auto there = session.query(SqlText{"SELECT 1 FROM mail_outbox WHERE id=? AND state IN ('waiting','failed')"}, id);
        if (!there.next()) return Error::not_found();
        return Error::conflict("mail_gone");
    });
}

Status Outbox::remove(MailId id)
{
    return database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        if (session.execute(SqlText{"DELETE FROM mail_outbox WHERE id=? AND state IN ('waiting','failed')"}, id) == 0) return Error::not_found();
        return Nothing{};
    });
}

int Outbox::forget_old(Timestamp now)
{
    std::int64_t gone = 0;
    (void)database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        gone = session.execute(SqlText{"DELETE FROM mail_outbox WHERE finished_at<=? OR (state='void' AND finished_at<=?) OR (state='asked' AND expires_at<=?)"}, now - kept_for, now - void_for, now);
        session.execute(SqlText{"UPDATE mail_outbox SET sealed=NULL WHERE state='failed' AND sealed IS NOT NULL AND expires_at<=?"}, now);
        // With the door closed since, nobody takes what waited: it must not wait for ever.
        session.execute(SqlText{"UPDATE mail_outbox SET state='failed', sealed=NULL, problem='too_late', finished_at=? WHERE state='waiting' AND expires_at<=? AND lease_until IS NULL"}, now, now);
        return Nothing{};
    });
    return static_cast<int>(gone);
}

}  // namespace greffier::mail
