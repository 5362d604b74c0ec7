#include "records/notifications.hpp"

#include <algorithm>
#include <array>

#include "accounts/memberships.hpp"
#include "accounts/people.hpp"
#include "core/text.hpp"
#include "schema/schema.hpp"

namespace greffier::records {

using storage::Session;
using storage::SqlText;

namespace {

struct Code { NotificationKind kind; std::string_view code; };
constexpr std::array codes{
    Code{NotificationKind::Mention, "mention"},     Code{NotificationKind::Reply, "reply"},       Code{NotificationKind::Assigned, "assigned"},
    Code{NotificationKind::Returned, "returned"},   Code{NotificationKind::Validated, "validated"}, Code{NotificationKind::ActDone, "act_done"},
    Code{NotificationKind::ImportDone, "import_done"}, Code{NotificationKind::FactorReset, "factor_reset"},
    Code{NotificationKind::SeeAsAsked, "see_as_asked"}, Code{NotificationKind::SeeAsEnded, "see_as_ended"},
    Code{NotificationKind::Received, "received"},   Code{NotificationKind::Reminder, "reminder"}, Code{NotificationKind::PurgeSoon, "purge_soon"},
};

/// Who wrote the record last before this version, other than the one who acts now.
std::optional<Uuid> last_author(Session& session, std::int64_t rid, Uuid but)
{
    auto row = session.query(SqlText{"SELECT actor_id FROM record_version WHERE rid=? AND actor_id<>? ORDER BY version DESC LIMIT 1"}, rid, but);
    if (!row.next() || row.is_null(0)) return std::nullopt;
    return row.uuid(0);
}

std::optional<NewNotification> notice_of_status(Session& session, Written const& written)
{
    auto const& from = written.before->status;
    auto const& to = written.head.status;
    bool const validated = written.kind.is_settled(to) && !written.kind.is_settled(from) && !written.kind.is_closed(from);
    bool const returned = sends_back(written.kind, from, to) && !is_blank(written.reason);
    if (!returned && !validated) return std::nullopt;
    auto const author = last_author(session, written.rid, written.actor);
    auto const person = author ? reader_behind(session, written.organisation, *author) : std::nullopt;
    if (!person) return std::nullopt;
    return NewNotification{*person, written.organisation, returned ? NotificationKind::Returned : NotificationKind::Validated, written.actor, written.head.updated_at,
                           std::string{written.kind.slug}, written.head.id, written.head.version, {}, {}, to};
}

std::optional<NewNotification> notice_of_owner(Session& session, Written const& written)
{
    auto const email = owner_email(written.kind, written.row);
    if (email.empty() || (written.row_before && owner_email(written.kind, *written.row_before) == email)) return std::nullopt;
    auto const person = reader_with_email(session, written.organisation, email);
    if (!person || person == reader_behind(session, written.organisation, written.actor)) return std::nullopt;
    return NewNotification{*person, written.organisation, NotificationKind::Assigned, written.actor, written.head.updated_at,
                           std::string{written.kind.slug}, written.head.id, written.head.version};
}

}  // namespace

std::string owner_email(Register const& kind, schema::Row const& row)
{
    if (!kind.schema->find("owner")) return {};
    auto const* owner = std::get_if<schema::Rows>(&schema::get(*kind.schema, row, "owner"));
    if (!owner || owner->empty()) return {};
    return accounts::fold_email(schema::text_of(schema::contact_info(), owner->front(), "email"));
}

std::string_view code_of(NotificationKind kind) { return std::ranges::find(codes, kind, &Code::kind)->code; }

std::optional<NotificationKind> parse_notification_kind(std::string_view code)
{
    auto const found = std::ranges::find(codes, code, &Code::code);
    return found == codes.end() ? std::nullopt : std::optional{found->kind};
}

bool sees(Session& session, PersonId person, OrganisationId organisation, RecordId record)
{
    return accounts::Seen::across(session, person)->query(SqlText{"SELECT 1 FROM record WHERE organisation_id=? AND id=?"}, organisation, record).next();
}

void notify(Session& session, NewNotification const& one)
{
    if (one.record && !sees(session, one.person, one.organisation, *one.record)) return;
    session.execute(SqlText{"INSERT INTO notification(id, person_id, organisation_id, kind, register, record_id, version, comment_id, about_id, actor_id, detail, created_at) "
                            "VALUES(?,?,?,?,?,?,?,?,?,?,?,?)"},
                    Uuid::make(), one.person, one.organisation, code_of(one.kind), one.register_slug, one.record, one.version, one.comment, one.about, one.actor,
                    one.detail, one.now);
}

void notify_of_many(Session& session, NewNotification one, Uuid act, std::int64_t count)
{
    std::optional<Uuid> told;
    {
        auto row = session.query(SqlText{"SELECT id, detail FROM notification WHERE person_id=? AND organisation_id=? AND about_id=? AND kind=? AND record_id IS NULL"},
                                 one.person, one.organisation, act, code_of(one.kind));
        if (row.next()) {
            told = row.uuid(0);
            count += std::stoll(row.text(1));
        }
    }
    one.about = act;
    one.record.reset();
    one.version.reset();
    one.detail = std::to_string(count);
    // What was read of the groups before is news again, and stands where the last of them puts it.
    if (told) session.execute(SqlText{"UPDATE notification SET detail=?, created_at=?, read_at=NULL WHERE id=?"}, one.detail, one.now, *told);
    else notify(session, one);
}

bool sends_back(Register const& kind, std::string_view from, std::string_view to)
{
    return !kind.is_settled(to) && std::ranges::find(kind.statuses, to) < std::ranges::find(kind.statuses, from);
}

std::optional<PersonId> reader_behind(Session& session, OrganisationId organisation, Uuid actor)
{
    // The actor is a person's first role here, perhaps taken back since: any role of today lets them read.
    auto row = session.query(SqlText::joined({SqlText{"SELECT p.id FROM membership a JOIN person p ON p.id=a.person_id WHERE a.id=? AND a.organisation_id=? AND p.disabled_at IS NULL "
                                                      "AND EXISTS (SELECT 1 FROM membership m WHERE m.person_id=a.person_id AND m.organisation_id=a.organisation_id "
                                                      "AND m.revoked_at IS NULL AND "},
                                              accounts::role_reads, SqlText{")"}}),
                             actor, organisation);
    if (!row.next()) return std::nullopt;
    return row.id<Person>(0);
}

std::optional<PersonId> reader_with_email(Session& session, OrganisationId organisation, std::string_view email)
{
    auto row = session.query(SqlText::joined({SqlText{"SELECT p.id FROM person p WHERE p.email=? AND p.disabled_at IS NULL AND EXISTS (SELECT 1 FROM membership m "
                                                      "WHERE m.person_id=p.id AND m.organisation_id=? AND m.revoked_at IS NULL AND "},
                                              accounts::role_reads, SqlText{")"}}),
                             accounts::fold_email(email), organisation);
    if (!row.next()) return std::nullopt;
    return row.id<Person>(0);
}

std::vector<NewNotification> notices_of_write(Session& session, Written const& written)
{
    std::vector<NewNotification> notices;
    if (written.head.deleted_at) return notices;
    // An edit that unsettles a record, and the undoing of an act, carry a reason too: nobody sent anything back by them.
    if (written.before && written.action == "status" && written.before->status != written.head.status)
        if (auto notice = notice_of_status(session, written)) notices.push_back(std::move(*notice));
    if (auto notice = notice_of_owner(session, written)) notices.push_back(std::move(*notice));
    return notices;
}

std::int64_t forget_old_notifications(storage::Database& database, Timestamp now)
{
    std::int64_t gone = 0;
    [[maybe_unused]] auto const done = database.write([&](Session& session) -> Status {
        session.lock_nothing();
        gone = session.execute(SqlText{"DELETE FROM notification WHERE created_at < ?"}, now - notification_life);
        return Nothing{};
    });
    return gone;
}

Status Notifications::mark_read(PersonId person, NotificationId id, Timestamp now, std::optional<OrganisationId> only)
{
    return database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        auto const changed = only ? session.execute(SqlText{"UPDATE notification SET read_at=coalesce(read_at, ?) WHERE id=? AND person_id=? AND organisation_id=?"}, now, id, person, *only)
                                  : session.execute(SqlText{"UPDATE notification SET read_at=coalesce(read_at, ?) WHERE id=? AND person_id=?"}, now, id, person);
        if (changed == 0) return Error::not_found();
        return Nothing{};
    });
}

Status Notifications::mark_all_read(PersonId person, Timestamp now, std::optional<OrganisationId> only)
{
    return database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        if (only) session.execute(SqlText{"UPDATE notification SET read_at=? WHERE person_id=? AND organisation_id=? AND read_at IS NULL"}, now, person, *only);
        else session.execute(SqlText{"UPDATE notification SET read_at=? WHERE person_id=? AND read_at IS NULL"}, now, person);
        return Nothing{};
    });
}

}  // namespace greffier::records
