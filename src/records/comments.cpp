#include "records/comments.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "accounts/memberships.hpp"
#include "core/text.hpp"
#include "core/utf8.hpp"
#include "records/notifications.hpp"

namespace greffier::records {

using accounts::Actor;
using storage::Cursor;
using storage::Session;
using storage::SqlText;

namespace {

constexpr SqlText columns{"SELECT c.id, c.thread_id, c.author_id, c.body, c.created_at, c.edited_at, c.deleted_at FROM record_comment c "};

Comment read_comment(Cursor const& row)
{
    return {row.id<Said>(0), row.id<Said>(1), row.uuid(2), row.text(3), row.timestamp(4), row.optional_timestamp(5), row.optional_timestamp(6), {}};
}

std::vector<Reader> readers_in(Session& session, OrganisationId organisation)
{
    std::vector<Reader> readers;
    auto rows = session.query(SqlText::joined({SqlText{"SELECT p.id, p.name FROM membership m JOIN person p ON p.id=m.person_id "
                                                       "WHERE m.organisation_id=? AND m.revoked_at IS NULL AND p.disabled_at IS NULL AND "},
                                               accounts::role_reads, SqlText{" GROUP BY p.id, p.name"}}),
                              organisation);
    while (rows.next()) readers.push_back({rows.id<Person>(0), rows.text(1)});
    std::ranges::sort(readers, {}, [](Reader const& reader) { return sort_key(reader.name); });
    return readers;
}

std::optional<Comment> comment_in(Session& session, OrganisationId organisation, RecordId record, CommentId id)
{
    std::optional<Comment> found;
    {
        auto row = session.query(SqlText::joined({columns, SqlText{"WHERE c.organisation_id=? AND c.id=? AND c.record_id=?"}}), organisation, id, record);
        if (row.next()) found = read_comment(row);
    }
    if (!found) return found;
    auto mentions = session.query(SqlText{"SELECT person_id, called FROM record_mention WHERE organisation_id=? AND comment_id=? ORDER BY person_id"}, organisation, id);
    while (mentions.next()) found->mentions.push_back({mentions.id<Person>(0), mentions.text(1)});
    return found;
}

/// One's own words as they are kept: plain lines, nothing that a terminal or a page would obey.
std::string tidy(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        auto const from = at;
        auto const letter = next_code_point(text, at);
        if (letter == '\n' || letter == '\t' || (letter >= 0x20 && letter != 0x7f && !(letter >= 0x80 && letter < 0xa0) && letter != invalid_code_point))
            out.append(text.substr(from, at - from));
    }
    return std::string{trim(out)};
}

Result<std::string> checked_body(std::string_view text)
{
    auto body = tidy(text);
    if (is_blank(body)) return Error{ErrorKind::Invalid, "invalid", {}, {{"body", "required", {}}}};
    if (length_utf8(body) > longest_comment) return Error{ErrorKind::Invalid, "invalid", {}, {{"body", "too_long", {{"max", std::to_string(longest_comment)}}}}};
    return body;
}

/// A record of the organisation that is not in the bin.
Status expect_live(Session& session, OrganisationId organisation, Register const& kind, RecordId record)
{
    auto row = session.query(SqlText{"SELECT deleted_at FROM record WHERE organisation_id=? AND id=? AND register=?"}, organisation, record, kind.slug);
    if (!row.next()) return Error::not_found();
    if (!row.is_null(0)) return Error::conflict("deleted_record");
    return Nothing{};
}

struct Act {
    Session& session;
    OrganisationId organisation;
    Register const& kind;
    RecordId record;
    Actor const& actor;
    Timestamp now;
};

void tell(Act const& act, PersonId person, NotificationKind kind, CommentId comment)
{
    notify(act.session, {person, act.organisation, kind, act.actor.id, act.now, std::string{act.kind.slug}, act.record, {}, comment.uuid});
}

/// Keeps whom the comment calls, and tells those it did not call before.
void keep_mentions(Act const& act, Comment const& comment, std::vector<Mention> const& before, std::set<PersonId>& told)
{
    for (auto const& mention : comment.mentions) {
        bool const known = std::ranges::find(before, mention.person, &Mention::person) != before.end();
        act.session.execute(SqlText{"INSERT INTO record_mention(organisation_id, comment_id, person_id, called) VALUES(?,?,?,?) "
                                    "ON CONFLICT(organisation_id, comment_id, person_id) DO UPDATE SET called=excluded.called"},
                            act.organisation, comment.id, mention.person, mention.called);
        if (!known && told.insert(mention.person).second) tell(act, mention.person, NotificationKind::Mention, comment.id);
    }
}

/// Everyone else who wrote in the thread hears of the answer, unless it called them already.
void tell_of_answer(Act const& act, Comment const& comment, std::set<PersonId>& told)
{
    std::vector<Uuid> authors;
    {
        auto rows = act.session.query(SqlText{"SELECT DISTINCT author_id FROM record_comment WHERE organisation_id=? AND record_id=? AND thread_id=? AND deleted_at IS NULL AND id<>?"},
                                      act.organisation, act.record, comment.thread, comment.id);
        while (rows.next()) authors.push_back(rows.uuid(0));
    }
    for (auto const& author : authors)
        if (auto const person = reader_behind(act.session, act.organisation, author); person && told.insert(*person).second)
            tell(act, *person, NotificationKind::Reply, comment.id);
}

/// Whoever was chosen from the list and is not called in the text is called in front of it.
std::string with_chosen(std::string body, std::vector<Reader> const& readers, std::vector<PersonId> const& chosen)
{
    std::string front;
    auto const called = find_mentions(body, readers, chosen);
    for (auto const& reader : readers)
        if (std::ranges::find(chosen, reader.person) != chosen.end() && std::ranges::find(called, reader.person, &Mention::person) == called.end())
            front += "@" + reader.name + " ";
    return front + body;
}

}  // namespace

std::vector<Thread> Comments::threads(RecordId record) const
{
    std::map<CommentId, std::vector<Mention>> mentions;
    accounts::Seen const session(database_, organisation_, sight_);
    {
        auto rows = session->query(SqlText{"SELECT m.comment_id, m.person_id, m.called FROM record_comment c JOIN record_mention m ON m.organisation_id=c.organisation_id AND m.comment_id=c.id "
                                           "WHERE c.organisation_id=? AND c.record_id=? ORDER BY m.comment_id, m.person_id"},
                                   organisation_, record);
        while (rows.next()) mentions[rows.id<Said>(0)].push_back({rows.id<Person>(1), rows.text(2)});
    }
    std::vector<Thread> threads;
    auto rows = session->query(SqlText{"SELECT c.id, c.thread_id, c.author_id, c.body, c.created_at, c.edited_at, c.deleted_at, c.resolved_at, c.resolved_by FROM record_comment c "
                                       // Whoever began a thread stands first in it, also when an answer came from a clock that was late.
                                       "WHERE c.organisation_id=? AND c.record_id=? ORDER BY c.thread_id, c.id<>c.thread_id, c.created_at, c.id"},
                               organisation_, record);
    while (rows.next()) {
        auto comment = read_comment(rows);
        if (auto const found = mentions.find(comment.id); found != mentions.end()) comment.mentions = std::move(found->second);
        if (threads.empty() || threads.back().id() != comment.thread) {
            threads.push_back({{}, rows.optional_timestamp(7), {}});
            if (!rows.is_null(8)) threads.back().resolved_by = rows.uuid(8);
        }
        threads.back().comments.push_back(std::move(comment));
    }
    std::ranges::stable_partition(threads, [](Thread const& thread) { return !thread.resolved_at; });
    return threads;
}

Result<Comment> Comments::find(RecordId record, CommentId id) const
{
    accounts::Seen const session(database_, organisation_, sight_);
    auto found = comment_in(*session, organisation_, record, id);
    if (!found) return Error::not_found();
    return std::move(*found);
}

Comments::Count Comments::count(RecordId record) const
{
    accounts::Seen const session(database_, organisation_, sight_);
    auto row = session->query(SqlText{"SELECT coalesce(sum(CASE WHEN deleted_at IS NULL THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN id=thread_id AND resolved_at IS NULL THEN 1 ELSE 0 END), 0) "
                                      "FROM record_comment WHERE organisation_id=? AND record_id=?"},
                              organisation_, record);   // a beginning that was taken back stands as long as it has answers: its thread is open
    row.next();
    return {row.integer(0), row.integer(1)};
}

std::vector<Reader> Comments::readers() const
{
    accounts::Seen const session(database_, organisation_, sight_);
    return readers_in(*session, organisation_);
}

Result<Comment> Comments::add(Register const& kind, RecordId record, NewComment wanted, Actor const& actor, Timestamp now) const
{
    auto const typed = TRY(checked_body(wanted.body));
    return database_.write_result<Comment>([&](Session& session) -> Result<Comment> {
        session.lock(organisation_);
        accounts::Seen const seen(session, sight_);
        (void)TRY(expect_live(*seen, organisation_, kind, record));
        Act const act{session, organisation_, kind, record, actor, now};
        Comment comment{CommentId::make(), {}, actor.id, {}, now, {}, {}, {}};
        comment.thread = comment.id;
        if (wanted.thread) {
            auto const answered = comment_in(*seen, organisation_, record, *wanted.thread);
            if (!answered) return Error{ErrorKind::Invalid, "invalid", {}, {{"thread", "unknown_choice", {{"value", wanted.thread->text()}}}}};
            comment.thread = answered->thread;
        }
        auto const readers = readers_in(session, organisation_);
        comment.body = TRY(checked_body(with_chosen(typed, readers, wanted.mentioned)));
        comment.mentions = find_mentions(comment.body, readers, wanted.mentioned);
        session.execute(SqlText{"INSERT INTO record_comment(organisation_id, id, record_id, thread_id, author_id, body, created_at) VALUES(?,?,?,?,?,?,?)"},
                        organisation_, comment.id, record, comment.thread, comment.author, comment.body, now);
        // An answer opens a settled thread again: somebody still has something to say.
        if (wanted.thread) session.execute(SqlText{"UPDATE record_comment SET resolved_at=NULL, resolved_by=NULL WHERE organisation_id=? AND id=?"}, organisation_, comment.thread);
        std::set<PersonId> told;
        if (actor.person) told.insert(*actor.person);
        keep_mentions(act, comment, {}, told);
        if (wanted.thread) tell_of_answer(act, comment, told);
        return comment;
    });
}

Result<Comment> Comments::edit(Register const& kind, RecordId record, CommentId id, EditedComment wanted, Actor const& actor, Timestamp now) const
{
    auto const typed = TRY(checked_body(wanted.body));
    return database_.write_result<Comment>([&](Session& session) -> Result<Comment> {
        session.lock(organisation_);
        accounts::Seen const seen(session, sight_);
        (void)TRY(expect_live(*seen, organisation_, kind, record));
        auto comment = comment_in(*seen, organisation_, record, id);
        if (!comment || comment->deleted_at) return Error::not_found();
        if (!may_edit(*comment, actor)) return Error::forbidden("comment_not_yours");
        auto const readers = readers_in(session, organisation_);
        auto body = TRY(checked_body(with_chosen(typed, readers, wanted.mentioned)));
        if (comment->body == body) return std::move(*comment);
        if (now >= comment->created_at + quiet_edit) comment->edited_at = now;
        auto const before = std::move(comment->mentions);
        comment->body = std::move(body);
        // Of two people of one name, whoever was meant is meant still.
        auto meant = wanted.mentioned;
        for (auto const& mention : before) meant.push_back(mention.person);
        comment->mentions = find_mentions(comment->body, readers, meant);
        session.execute(SqlText{"UPDATE record_comment SET body=?, edited_at=? WHERE organisation_id=? AND id=?"}, comment->body, comment->edited_at, organisation_, id);
        for (auto const& mention : before)
            if (std::ranges::find(comment->mentions, mention.person, &Mention::person) == comment->mentions.end())
                session.execute(SqlText{"DELETE FROM record_mention WHERE organisation_id=? AND comment_id=? AND person_id=?"}, organisation_, id, mention.person);
        std::set<PersonId> told;
        if (actor.person) told.insert(*actor.person);
        keep_mentions({session, organisation_, kind, record, actor, now}, *comment, before, told);
        return std::move(*comment);
    });
}

Status Comments::remove(RecordId record, CommentId id, Actor const& actor, Timestamp now) const
{
    return database_.write([&](Session& session) -> Status {
        session.lock(organisation_);
        auto const comment = comment_in(*accounts::Seen(session, sight_), organisation_, record, id);
        if (!comment || comment->deleted_at) return Error::not_found();
        if (!may_remove(*comment, actor)) return Error::forbidden("comment_not_yours");
        session.execute(SqlText{"DELETE FROM record_mention WHERE organisation_id=? AND comment_id=?"}, organisation_, id);
        session.execute(SqlText{"DELETE FROM notification WHERE organisation_id=? AND record_id=? AND comment_id=?"}, organisation_, record, id);
        bool const answered = comment->id == comment->thread &&
                              session.query(SqlText{"SELECT 1 FROM record_comment WHERE organisation_id=? AND record_id=? AND thread_id=? AND id<>? LIMIT 1"},
                                            organisation_, record, id, id).next();
        if (answered) session.execute(SqlText{"UPDATE record_comment SET body='', deleted_at=? WHERE organisation_id=? AND id=?"}, now, organisation_, id);
        else session.execute(SqlText{"DELETE FROM record_comment WHERE organisation_id=? AND id=?"}, organisation_, id);
        // The last answer gone, nothing holds the place of a beginning that was taken back.
        session.execute(SqlText{"DELETE FROM record_comment WHERE organisation_id=? AND id=? AND deleted_at IS NOT NULL AND NOT EXISTS "
                                "(SELECT 1 FROM record_comment o WHERE o.organisation_id=? AND o.record_id=? AND o.thread_id=? AND o.id<>?)"},
                        organisation_, comment->thread, organisation_, record, comment->thread, comment->thread);
        return Nothing{};
    });
}

Status Comments::resolve(RecordId record, CommentId id, bool resolved, Actor const& actor, Timestamp now) const
{
    return database_.write([&](Session& session) -> Status {
        session.lock(organisation_);
        auto const comment = comment_in(*accounts::Seen(session, sight_), organisation_, record, id);
        if (!comment) return Error::not_found();
        if (resolved) session.execute(SqlText{"UPDATE record_comment SET resolved_at=?, resolved_by=? WHERE organisation_id=? AND id=? AND resolved_at IS NULL"}, now, actor.id, organisation_, comment->thread);
        else session.execute(SqlText{"UPDATE record_comment SET resolved_at=NULL, resolved_by=NULL WHERE organisation_id=? AND id=?"}, organisation_, comment->thread);
        return Nothing{};
    });
}

bool Comments::may_edit(Comment const& comment, Actor const& actor) { return !comment.deleted_at && comment.author == actor.id; }

bool Comments::may_remove(Comment const& comment, Actor const& actor)
{
    return may_edit(comment, actor) || (!comment.deleted_at && accounts::may(actor, web::Permission::DecideRecords));
}

}  // namespace greffier::records
