#include "accounts/journal.hpp"

#include <algorithm>
#include <array>

#include "core/json_writer.hpp"

namespace greffier::accounts {

using storage::Session;
using storage::SqlText;

namespace {

constexpr std::array events = std::to_array<std::string_view>({
    "signed_in", "sign_in_failed", "signed_out", "session_ended", "password_changed", "password_chosen", "link_given", "person_invited",
    "factor_added", "factor_removed", "codes_renewed", "factor_reset",
    "account_created", "identity_linked", "identity_unlinked", "role_mapped", "role_unmapped", "last_administrator_kept",
    "roles_changed", "services_renamed", "access_revoked", "token_added", "token_revoked", "calendar_made", "calendar_revoked", "review_started", "review_answered", "review_abandoned", "organisation_added", "organisation_moved", "organisation_archived", "organisation_reopened", "organisations_made", "organisations_undone", "organisation_removed", "modules_switched", "settings_changed", "follow_up_changed", "purge_held", "invitations_sent", "exported", "downloaded",
    "imported", "read_by_auditor", "see_as_asked", "see_as_answered", "see_as_withdrawn", "see_as_started", "see_as_ended", "read_as", "movement_opened", "movement_ticked", "person_left",
    "movement_items_changed", "restricted_read", "record_access_changed", "refused",
});

constexpr std::int64_t most_counted = 10'000;
constexpr SqlText columns{"SELECT j.id, j.at, j.event, j.organisation_id, j.person_id, j.actor_id, j.subject, j.address, j.details, "
                          "(SELECT p.name FROM person p WHERE p.id=j.person_id), (SELECT t.name FROM api_token t WHERE t.id=j.actor_id), "
                          "(SELECT s.name FROM membership m JOIN person s ON s.id=m.person_id WHERE m.id=j.actor_id AND m.person_id<>j.person_id), "
                          "(SELECT o.slug FROM organisation o WHERE o.id=j.organisation_id), (SELECT o.name FROM organisation o WHERE o.id=j.organisation_id) "
                          "FROM journal_entry j WHERE 1=1"};

std::string details_text(JournalNote const& note)
{
    std::string text;
    for (auto const& [name, value] : note.details) text.append(text.empty() ? "" : "\n").append(name).append("=").append(value);
    return text;
}

/// "role=dpo" on each line: codes, which hold neither.
std::map<std::string, std::string> details_of(std::string_view text)
{
    std::map<std::string, std::string> details;
    while (!text.empty()) {
        auto const end = text.find('\n');
        auto const line = text.substr(0, end);
        if (auto const equals = line.find('='); equals != line.npos) details.emplace(line.substr(0, equals), line.substr(equals + 1));
        text = end == text.npos ? std::string_view{} : text.substr(end + 1);
    }
    return details;
}

JournalEntry read_row(storage::Cursor const& row)
{
    JournalEntry entry;
    entry.id = row.uuid(0);
    entry.at = row.timestamp(1);
    entry.note.event = row.text(2);
    if (!row.is_null(3)) entry.note.organisation = row.id<Organisation>(3);
    if (!row.is_null(4)) entry.note.person = row.id<greffier::Person>(4);
    if (!row.is_null(5)) entry.note.actor = row.uuid(5);
    entry.note.subject = row.text(6);
    entry.note.address = row.text(7);
    entry.note.details = details_of(row.view(8));
    if (!row.is_null(9)) entry.person_name = row.text(9);
    if (!row.is_null(10)) entry.token_name = row.text(10);
    if (!row.is_null(11)) entry.seen_as = row.text(11);
    if (!row.is_null(12)) entry.organisation_slug = row.text(12);
    if (!row.is_null(13)) entry.organisation_name = row.text(13);
    return entry;
}

/// Conditions and what they bind; `wish` must outlive it.
struct Where {
    std::vector<SqlText> pieces;
    std::vector<storage::Param> params;

    explicit Where(JournalWish const& wish)
    {
        auto add = [&](SqlText piece, storage::Param param) {
            pieces.push_back(piece);
            params.push_back(param);
        };
        if (wish.organisation) add(" AND j.organisation_id=?", storage::to_param(*wish.organisation));
        if (!wish.event.empty()) add(" AND j.event=?", storage::to_param(wish.event));
        if (wish.person) add(" AND j.person_id=?", storage::to_param(*wish.person));
        if (wish.from) add(" AND j.at>=?", storage::to_param(*wish.from));
        if (wish.before) add(" AND j.at<?", storage::to_param(*wish.before));
        if (wish.after) add(" AND (j.at, j.id) < (SELECT a.at, a.id FROM journal_entry a WHERE a.id=?)", storage::to_param(*wish.after));
    }
    [[nodiscard]] SqlText text(SqlText first, std::initializer_list<SqlText> last) const
    {
        std::vector<SqlText> all{first};
        all.insert(all.end(), pieces.begin(), pieces.end());
        all.insert(all.end(), last.begin(), last.end());
        return SqlText::joined(all);
    }
};

storage::Database::Lease session_for(storage::Database& database, JournalWish const& wish)
{
    return wish.organisation ? database.read_of(*wish.organisation) : database.read();
}

}  // namespace

std::span<std::string_view const> journal_events() { return events; }

std::string to_json_line(Timestamp at, JournalNote const& note)
{
    JsonWriter out;
    auto id = [&](std::string_view name, std::string const& text) {
        if (text.empty()) out.null_member(name);
        else out.member(name, std::string_view{text});
    };
    out.begin_object().member("at", to_text(at)).member("event", std::string_view{note.event});
    id("organisation", note.organisation ? note.organisation->text() : "");
    id("person", note.person ? note.person->text() : "");
    id("actor", note.actor ? note.actor->text() : "");
    id("subject", note.subject);
    id("address", note.address);
    for (auto const& [name, value] : note.details) out.member(name, std::string_view{value});
    out.end_object();
    return std::string{out.text()};
}

void Journal::keep_in(Session& session, JournalNote const& note, Timestamp now)
{
    session.execute(SqlText{"INSERT INTO journal_entry(id, at, event, organisation_id, person_id, actor_id, subject, address, details) VALUES(?,?,?,?,?,?,?,?,?)"}, Uuid::make(), now,
                    note.event, note.organisation, note.person, note.actor, note.subject, note.address, details_text(note));
}

void Journal::keep(JournalNote note, Timestamp now)
{
    auto const kept = database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        keep_in(session, note, now);
        return Nothing{};
    });
    if (!kept.ok()) throw storage::StorageFailure("The journal of access could not be written: " + kept.error().code);
    if (also_) also_(now, note);
}

JournalPage Journal::list(JournalWish const& wish)
{
    JournalPage page;
    auto session = session_for(database_, wish);
    Where where(wish);
    {
        auto count = session->query_with(where.text("SELECT count(*) FROM (SELECT 1 FROM journal_entry j WHERE 1=1", {SqlText{" LIMIT 10001) counted"}}), where.params);
        count.next();
        page.total = std::min(count.integer(0), most_counted);
        page.total_capped = count.integer(0) > most_counted;
    }
    auto params = where.params;
    params.push_back(storage::to_param(wish.per_page));
    params.push_back((static_cast<std::int64_t>(wish.page) - 1) * wish.per_page);
    auto rows = session->query_with(where.text(columns, {SqlText{" ORDER BY j.at DESC, j.id DESC LIMIT ? OFFSET ?"}}), std::move(params));
    while (rows.next()) page.items.push_back(read_row(rows));
    return page;
}

void Journal::each(JournalWish const& wish, std::function<void(JournalEntry const&)> const& visit)
{
    constexpr std::int64_t at_once = 500;
    auto session = session_for(database_, wish);
    Where where(wish);
    std::int64_t after = 0;
    Uuid last{};
    for (std::int64_t met = at_once; met == at_once;) {
        auto params = where.params;
        params.push_back(after);
        params.push_back(storage::to_param(last));
        params.push_back(at_once);
        auto rows = session->query_with(where.text(columns, {SqlText{" AND (j.at, j.id) > (?,?) ORDER BY j.at, j.id LIMIT ?"}}), std::move(params));
        std::vector<JournalEntry> some;
        for (met = 0; rows.next(); ++met) some.push_back(read_row(rows));
        for (auto const& entry : some) visit(entry);
        if (!some.empty()) {
            after = to_millis(some.back().at);
            last = some.back().id;
        }
    }
}

std::int64_t Journal::remove_before(Timestamp instant)
{
    std::int64_t removed = 0;
    (void)database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        removed = session.execute(SqlText{"DELETE FROM journal_entry WHERE at<?"}, instant);
        return Nothing{};
    });
    return removed;
}

std::int64_t Journal::forget(PersonId person)
{
    std::int64_t changed = 0;
    (void)database_.write([&](Session& session) -> Status {
        // The actor names them too: a membership leads to its person.
        changed = session.execute(SqlText{"UPDATE journal_entry SET person_id=NULL, actor_id=NULL, address='' WHERE person_id=? "
                                          "OR actor_id IN (SELECT id FROM membership WHERE person_id=?)"},
                                  person, person);
        return Nothing{};
    });
    return changed;
}

}  // namespace greffier::accounts
