#include "reception/submissions.hpp"

#include <algorithm>
#include <chrono>

#include "accounts/visitor.hpp"
#include "core/log.hpp"
#include "core/text.hpp"
#include "reception/follow_ups.hpp"
#include "reception/letters.hpp"
#include "reception/pages.hpp"
#include "records/notifications.hpp"

namespace greffier::reception {

using accounts::Role;
using storage::Session;
using storage::SqlText;

namespace {

records::By by_of(Visit const& visit) { return {accounts::visitor_actor(visit.where().id), visit.context.now, visit.where().zone}; }

/// Members who have an account by one of these addresses.
void add_known(Visit const& visit, std::vector<accounts::Member>& readers, std::vector<std::string> const& addresses)
{
    if (addresses.empty()) return;
    for (auto const& member : visit.services.accounts.memberships.in(visit.where().id)) {
        auto const is_one = [&](std::string const& address) { return fold(squeeze(address)) == fold(squeeze(member.person.email_shown)); };
        bool const there = std::ranges::any_of(readers, [&](accounts::Member const& one) { return one.person.id == member.person.id; });
        if (!there && !member.person.disabled && std::ranges::any_of(addresses, is_one)) readers.push_back(member);
    }
}

std::vector<accounts::Member> readers_of(Visit const& visit, std::vector<Role> const& roles) { return members_holding(visit.services.accounts.memberships, visit.where().id, roles); }

/// The form was kept already: its number is all that is said again.
Status note_form(Session& session, Visit const& visit, std::string const& word, std::string const& reference)
{
    auto const noted = session.execute(SqlText{"INSERT INTO public_form(organisation_id, word, reference, received_at) VALUES(?,?,?,?) ON CONFLICT DO NOTHING"}, visit.where().id, word, reference,
                                       visit.context.now);
    if (noted == 1) return Nothing{};
    auto row = session.query(SqlText{"SELECT reference FROM public_form WHERE organisation_id=? AND word=?"}, visit.where().id, word);
    return Error::conflict("form_sent_already", {{"reference", row.next() ? row.text(0) : std::string{}}});
}

Status was_sent(Visit const& visit, std::string const& word)
{
    auto session = visit.services.database().read_of(visit.where().id);
    auto row = session->query(SqlText{"SELECT reference FROM public_form WHERE organisation_id=? AND word=?"}, visit.where().id, word);
    if (row.next()) return Error::conflict("form_sent_already", {{"reference", row.text(0)}});
    return Nothing{};
}

}  // namespace

accounts::Sight arriving() { return accounts::Sight::everything(); }

bool is_full(records::Machinery const& machinery, OrganisationId organisation, records::Register const& kind)
{
    records::Records const records(machinery, organisation, arriving());
    for (auto const& [status, count] : records.count_by_status(kind))
        if (status == kind.first_status()) return count >= most_waiting;
    return false;
}

std::vector<accounts::Member> members_holding(accounts::Memberships& memberships, OrganisationId organisation, std::vector<Role> const& roles)
{
    auto const members = memberships.in(organisation);
    auto const holding = [&](std::vector<Role> const& wanted) {
        std::vector<accounts::Member> found;
        for (auto const& member : members) {
            auto const held = member.roles();
            bool const holds = std::ranges::any_of(wanted, [&](Role role) { return std::ranges::find(held, role) != held.end(); });
            if (!member.person.disabled && holds) found.push_back(member);
        }
        return found;
    };
    auto found = holding(roles);
    return found.empty() ? holding({Role::Administrator}) : found;
}

bool keep_files(records::Machinery const& machinery, records::Vault& vault, records::By const& by, OrganisationId organisation, records::Register const& kind, RecordId id,
                std::vector<records::NewAttachment> const& files)
{
    if (files.empty()) return true;
    records::ContentOwner const owner(organisation, kind, id);
    std::vector<schema::Attachment> kept;
    auto const stored = [&]() -> Status {
        for (auto const& file : files) kept.push_back(TRY(records::keep_attachment(vault, owner, file)));
        std::function<void()> once_committed;
        TRY(machinery.database.write([&](Session& session) -> Status {
            session.lock(organisation);
            records::Batch batch(machinery, organisation, session, by, arriving());
            for (auto const& one : kept) TRY(records::add_attachment(batch, kind, id, 0, one));
            batch.finish();
            once_committed = batch.once_committed();
            return Nothing{};
        }));
        once_committed();
        return Nothing{};
    }();
    if (stored.ok()) return true;
    for (auto const& one : kept) records::release_attachment(vault, owner, one);
    log(LogLevel::Warning, "public_files_not_kept", {{"code", std::string_view{stored.error().code}}});
    return false;
}

Result<Kept> keep(Visit const& visit, Submission submission, Acknowledgement const& acknowledge)
{
    TRY(was_sent(visit, submission.word));
    if (is_full(visit.services.machinery, visit.where().id, submission.kind)) return Error::conflict("public_full");
    auto const& services = visit.services;
    auto const organisation = visit.where().id;
    auto const readers = readers_of(visit, submission.told);
    std::function<void()> once_committed;
    Kept kept;
    TRY(services.database().write([&](Session& session) -> Status {
        session.lock(organisation);
        if (accounts::is_archived(session, organisation)) return Error::not_found();
        records::Batch batch(services.machinery, organisation, session, by_of(visit), arriving());
        records::NewRecord record;
        record.row = submission.row;
        kept.record = TRY(batch.create(submission.kind, std::move(record)));
        auto const& head = kept.record.head;
        TRY(note_form(session, visit, submission.word, head.reference));
        if (submission.followed) kept.token = FollowUps::make_in(session, organisation, head.id, visit.context.now);
        for (auto const& reader : readers)
            records::notify(session, {reader.person.id, organisation, records::NotificationKind::Received, accounts::visitor_actor(organisation), visit.context.now, std::string{submission.kind.slug}, head.id});
        if (auto* post = services.accounts.post) {
            if (auto const letter = acknowledge ? acknowledge(kept) : std::nullopt) (void)post->outbox.queue(session, *letter, visit.context.now);
            for (auto const& reader : readers) (void)post->outbox.queue(session, arrival_letter(visit, reader.person, submission.kind, kept.record), visit.context.now);
        }
        batch.finish();
        once_committed = batch.once_committed();
        return Nothing{};
    }));
    once_committed();
    if (services.accounts.post) services.accounts.post->outbox.ring();
    kept.files_kept = keep_files(services.machinery, services.vault, by_of(visit), organisation, submission.kind, kept.record.head.id, submission.files);
    return kept;
}

Result<records::Stored> add_to(Visit const& visit, records::Register const& kind, RecordId id, std::string const& word, std::vector<records::NewAttachment> const& files,
                               std::function<Status(records::Batch&, records::Stored&)> const& change, std::vector<std::string> const& also_told)
{
    TRY(was_sent(visit, word));
    auto const& services = visit.services;
    auto const organisation = visit.where().id;
    auto readers = readers_of(visit, {Role::Dpo, Role::DpoAssistant});
    add_known(visit, readers, also_told);
    std::function<void()> once_committed;
    auto stored = TRY(services.database().write_result<records::Stored>([&](Session& session) -> Result<records::Stored> {
        session.lock(organisation);
        records::Batch batch(services.machinery, organisation, session, by_of(visit), arriving());
        auto current = batch.find(kind, id);
        if (!current) return Error::not_found();
        TRY(note_form(session, visit, word, current->head.reference));
        TRY(change(batch, *current));
        for (auto const& reader : readers)
            records::notify(session, {reader.person.id, organisation, records::NotificationKind::Received, accounts::visitor_actor(organisation), visit.context.now, std::string{kind.slug}, id});
        batch.finish();
        once_committed = batch.once_committed();
        return std::move(*current);
    }));
    once_committed();
    if (!keep_files(services.machinery, services.vault, by_of(visit), organisation, kind, id, files)) return Error::conflict("public_files_lost");
    return stored;
}

Status change_as_visitor(Visit const& visit, records::Register const& kind, RecordId id, std::function<Status(records::Batch&, records::Stored&)> const& change)
{
    std::function<void()> once_committed;
    TRY(visit.services.database().write([&](Session& session) -> Status {
        session.lock(visit.where().id);
        records::Batch batch(visit.services.machinery, visit.where().id, session, by_of(visit), arriving());
        auto current = batch.find(kind, id);
        if (!current) return Error::not_found();
        TRY(change(batch, *current));
        batch.finish();
        once_committed = batch.once_committed();
        return Nothing{};
    }));
    once_committed();
    return Nothing{};
}

void tell_readers(Visit const& visit, records::Register const& kind, RecordId id)
{
    auto const organisation = visit.where().id;
    auto const readers = readers_of(visit, {Role::Dpo, Role::DpoAssistant});
    (void)visit.services.database().write([&](Session& session) -> Status {
        session.lock(organisation);
        for (auto const& reader : readers)
            records::notify(session, {reader.person.id, organisation, records::NotificationKind::Received, accounts::visitor_actor(organisation), visit.context.now, std::string{kind.slug}, id});
        return Nothing{};
    });
}

std::int64_t forget_old_forms(storage::Database& database, Timestamp now)
{
    std::int64_t gone = 0;
    auto const before = now - form_life;
    (void)database.write([&](Session& session) -> Status {
        session.lock_nothing();
        gone = session.execute(SqlText{"DELETE FROM public_form WHERE received_at<?"}, before);
        // Addresses of preferences are made by the thousand, one a letter; those of requests stay, for their page tells when they ended.
        session.execute(SqlText{"DELETE FROM follow_up WHERE expires_at<? AND expires_at-created_at<=?"}, now, std::chrono::milliseconds{FollowUps::life_of_preferences}.count());
        return Nothing{};
    });
    return gone;
}

}  // namespace greffier::reception
