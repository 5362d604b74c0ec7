#include "records/views.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace greffier::records {

using storage::Cursor;
using storage::Session;
using storage::SqlText;

namespace {

#define GREFFIER_VIEW "id, register, name, state, owner_id, shared, version, created_at, updated_at"

SavedView read_view(Cursor const& row)
{
    SavedView view;
    view.id = row.id<View>(0);
    view.register_slug = row.text(1);
    view.name = row.text(2);
    view.state = row.text(3);
    view.owner = row.uuid(4);
    view.shared = row.integer(5) != 0;
    view.version = row.integer(6);
    view.created_at = row.timestamp(7);
    view.updated_at = row.timestamp(8);
    return view;
}

void by_name(std::vector<SavedView>& views)
{
    std::ranges::sort(views, [](SavedView const& a, SavedView const& b) {
        auto const x = sort_key(a.name), y = sort_key(b.name);
        return x != y ? x < y : a.id < b.id;
    });
}

Error field_error(char const* field, char const* code, Arguments arguments = {}) { return {ErrorKind::Invalid, "invalid", {}, {{field, code, std::move(arguments)}}}; }

/// Also puts the name in its normal form.
Status check_words(ViewWords& words)
{
    words.name = squeeze(words.name);
    if (words.name.empty()) return field_error("name", "required");
    if (length_utf8(words.name) > most_view_name) return field_error("name", "too_long", {{"max", std::to_string(most_view_name)}});
    if (words.state.size() > 4000) return field_error("state", "too_long", {{"max", "4000"}});
    return Nothing{};
}

}  // namespace

bool Views::may_share(accounts::Actor const& who)
{
    return accounts::may(who, web::Permission::ShapeRecords);
}

bool Views::may_change(SavedView const& view, accounts::Actor const& who) { return view.shared ? may_share(who) : view.owner == who.id; }

std::vector<SavedView> Views::all(std::string_view register_slug, Uuid owner) const
{
    std::vector<SavedView> views;
    accounts::Seen const session(database_, organisation_, sight_);
    auto rows = session->query(SqlText{"SELECT " GREFFIER_VIEW " FROM saved_view WHERE organisation_id=? AND register=? AND (owner_id=? OR shared=1)"}, organisation_, register_slug, owner);
    while (rows.next()) views.push_back(read_view(rows));
    by_name(views);
    return views;
}

Result<SavedView> Views::find(std::string_view register_slug, ViewId id, Uuid owner) const
{
    return find_in(*accounts::Seen(database_, organisation_, sight_), register_slug, id, owner);
}

Result<SavedView> Views::find_in(Session& session, std::string_view register_slug, ViewId id, Uuid owner) const
{
    auto row = session.query(SqlText{"SELECT " GREFFIER_VIEW " FROM saved_view WHERE organisation_id=? AND register=? AND id=? AND (owner_id=? OR shared=1)"}, organisation_, register_slug, id, owner);
    if (!row.next()) return Error::not_found();
    return read_view(row);
}

AboveList Views::above(Register const& kind, Uuid owner) const
{
    AboveList above;
    for (auto status : kind.statuses) above.by_status.emplace_back(status, 0);
    accounts::Seen const session(database_, organisation_, sight_);
    // Three questions in one statement: a list page has three in all. No column is NULL: engines guess its type apart.
    auto rows = session->query(SqlText{"SELECT 1 AS part, status AS name, count(*) AS number, '' AS state, organisation_id AS id, organisation_id AS owner, 0 AS version FROM record "
                                       "WHERE organisation_id=? AND register=? AND deleted_at IS NULL GROUP BY organisation_id, status "
                                       "UNION ALL SELECT 2, name, shared, state, id, owner_id, version FROM saved_view WHERE organisation_id=? AND register=? AND (owner_id=? OR shared=1) "
                                       "UNION ALL SELECT 3, columns, CASE WHEN default_view IS NULL THEN 0 ELSE 1 END, '', coalesce(default_view, organisation_id), organisation_id, 0 "
                                       "FROM list_choice WHERE organisation_id=? AND register=? AND owner_id=?"},
                               organisation_, kind.slug, organisation_, kind.slug, owner, organisation_, kind.slug, owner);
    while (rows.next()) {
        auto const part = rows.integer(0);
        if (part == 1) {
            for (auto& [status, count] : above.by_status)
                if (status == rows.view(1)) count = rows.integer(2);
        } else if (part == 2) {
            SavedView view;
            view.id = rows.id<View>(4);
            view.register_slug = kind.slug;
            view.name = rows.text(1);
            view.state = rows.text(3);
            view.owner = rows.uuid(5);
            view.shared = rows.integer(2) != 0;
            view.version = rows.integer(6);
            above.views.push_back(std::move(view));
        } else {
            above.choice.columns = rows.text(1);
            if (rows.integer(2) != 0) above.choice.default_view = rows.id<View>(4);
        }
    }
    // A view that is shared no more would send its former readers nowhere.
    if (std::ranges::find(above.views, above.choice.default_view, [](SavedView const& view) { return std::optional{view.id}; }) == above.views.end()) above.choice.default_view.reset();
    by_name(above.views);
    return above;
}

Status Views::check(Session& session, std::string_view register_slug, Uuid owner, ViewWords const& words, ViewId own) const
{
    int theirs = 0;
    auto rows = session.query(SqlText{"SELECT name FROM saved_view WHERE organisation_id=? AND register=? AND owner_id=? AND id<>?"}, organisation_, register_slug, owner, own);
    while (rows.next()) {
        ++theirs;
        if (sort_key(rows.view(0)) == sort_key(words.name)) return field_error("name", "not_unique", {{"value", words.name}});
    }
    if (theirs >= most_views) return field_error("name", "too_many", {{"max", std::to_string(most_views)}});
    return Nothing{};
}

Result<SavedView> Views::create(std::string_view register_slug, accounts::Actor const& who, ViewWords words, Timestamp now) const
{
    if (words.shared && !may_share(who)) return Error::forbidden("view_not_shared_by_you");
    TRY(check_words(words));
    auto const id = ViewId::make();
    TRY(database_.write([&](Session& session) -> Status {
        session.lock(organisation_);
        TRY(check(session, register_slug, who.id, words, {}));
        session.execute(SqlText{"INSERT INTO saved_view(id, organisation_id, register, owner_id, name, state, shared, version, created_at, updated_at) VALUES(?,?,?,?,?,?,?,1,?,?)"},
                        id, organisation_, register_slug, who.id, words.name, words.state, words.shared ? 1 : 0, now, now);
        return Nothing{};
    }));
    return find(register_slug, id, who.id);
}

Result<SavedView> Views::update(std::string_view register_slug, ViewId id, accounts::Actor const& who, ViewWords words, std::int64_t version, Timestamp now) const
{
    auto owner = who.id;
    TRY(database_.write([&](Session& session) -> Status {
        session.lock(organisation_);
        auto const view = TRY(find_in(session, register_slug, id, who.id));
        owner = view.owner;
        if (!may_change(view, who)) return Error::forbidden("view_not_yours");
        if (words.shared && !may_share(who)) return Error::forbidden("view_not_shared_by_you");
        // First: a name to mend must not hide that another changed the view meanwhile.
        if (version != 0 && version != view.version) return Error::conflict("stale", {{"version", std::to_string(view.version)}, {"yours", std::to_string(version)}});
        TRY(check_words(words));
        TRY(check(session, register_slug, view.owner, words, id));
        session.execute(SqlText{"UPDATE saved_view SET name=?, state=?, shared=?, version=version+1, updated_at=? WHERE organisation_id=? AND id=?"},
                        words.name, words.state, words.shared ? 1 : 0, now, organisation_, id);
        return Nothing{};
    }));
    return find(register_slug, id, owner);
}

Status Views::remove(std::string_view register_slug, ViewId id, accounts::Actor const& who) const
{
    return database_.write([&](Session& session) -> Status {
        session.lock(organisation_);
        auto const view = TRY(find_in(session, register_slug, id, who.id));
        if (!may_change(view, who)) return Error::forbidden("view_not_yours");
        session.execute(SqlText{"DELETE FROM saved_view WHERE organisation_id=? AND id=?"}, organisation_, id);
        session.execute(SqlText{"UPDATE list_choice SET default_view=NULL WHERE organisation_id=? AND register=? AND default_view=?"}, organisation_, register_slug, id);
        return Nothing{};
    });
}

ListChoice Views::choice(std::string_view register_slug, Uuid owner) const
{
    ListChoice choice;
    accounts::Seen const session(database_, organisation_, sight_);
    auto row = session->query(SqlText{"SELECT columns, default_view FROM list_choice WHERE organisation_id=? AND register=? AND owner_id=?"}, organisation_, register_slug, owner);
    if (!row.next()) return choice;
    choice.columns = row.text(0);
    if (!row.is_null(1)) choice.default_view = row.id<View>(1);
    return choice;
}

Status Views::choose_columns(std::string_view register_slug, Uuid owner, std::string_view columns) const
{
    return database_.write([&](Session& session) -> Status {
        session.execute(SqlText{"INSERT INTO list_choice(organisation_id, register, owner_id, columns) VALUES(?,?,?,?) "
                                "ON CONFLICT(organisation_id, register, owner_id) DO UPDATE SET columns=excluded.columns"},
                        organisation_, register_slug, owner, columns);
        return Nothing{};
    });
}

Status Views::choose_default(std::string_view register_slug, Uuid owner, std::optional<ViewId> view) const
{
    return database_.write([&](Session& session) -> Status {
        session.lock(organisation_);
        if (view) TRY(find_in(session, register_slug, *view, owner));
        session.execute(SqlText{"INSERT INTO list_choice(organisation_id, register, owner_id, default_view) VALUES(?,?,?,?) "
                                "ON CONFLICT(organisation_id, register, owner_id) DO UPDATE SET default_view=excluded.default_view"},
                        organisation_, register_slug, owner, view);
        return Nothing{};
    });
}

}  // namespace greffier::records
