#include "accounts/organisation.hpp"

#include <algorithm>
#include <span>
#include <unordered_set>

#include "accounts/branches.hpp"
#include "accounts/check_line.hpp"
#include "accounts/colours.hpp"
#include "accounts/memberships.hpp"
#include "accounts/modules.hpp"
#include "accounts/name_words.hpp"
#include "core/crypto.hpp"
#include "core/text.hpp"

namespace greffier::accounts {

using storage::Cursor;
using storage::Session;
using storage::SqlText;

namespace {

constexpr SqlText columns{"SELECT id, slug, name, kind, parent_id, language, zone, colour, created_at, archived_at, is_demo, "
                          "(SELECT value FROM installation WHERE key='vocabulary'), modules_off, logo, accent FROM organisation "};

OrganisationInfo read_row(Cursor const& row)
{
    OrganisationInfo info;
    info.id = row.id<Organisation>(0);
    info.slug = row.text(1);
    info.name = row.text(2);
    info.kind = row.text(3);
    if (!row.is_null(4)) info.parent = row.id<Organisation>(4);
    info.language = parse_language(row.view(5)).value_or(Language::French);
    info.zone = row.text(6);
    info.colour = static_cast<int>(row.integer(7));
    info.created_at = row.timestamp(8);
    info.archived = !row.is_null(9);
    info.demo = row.integer(10) != 0;
    if (!row.is_null(11)) info.vocabulary = row.text(11);
    info.modules_off = row.text(12);
    info.logo = row.text(13);
    info.accent = row.text(14);
    return info;
}

std::optional<OrganisationInfo> first(Cursor rows)
{
    if (!rows.next()) return std::nullopt;
    return read_row(rows);
}

int colour_of(std::string_view slug) { return sha256(as_bytes(slug))[0] % 8 + 1; }

void note(std::vector<FieldError>& wrong, std::string field, std::string_view code, Arguments arguments = {})
{
    if (!code.empty()) wrong.push_back({std::move(field), std::string(code), std::move(arguments)});
}

constexpr std::size_t longest_name = 200;
void check_identity(std::vector<FieldError>& wrong, std::string const& slug, std::string const& name)
{
    note(wrong, "name", problem_of_line(name, longest_name), {{"max", std::to_string(longest_name)}});
    // The short address is drawn from the name: without either, only the name is asked for.
    if (slug.empty() && !wrong.empty()) return;
    note(wrong, "slug", problem_of_slug(slug), {{"value", slug}});
}

void check_settings(std::vector<FieldError>& wrong, std::string const& kind, std::string const& zone, int colour)
{
    auto kinds = organisation_kinds();
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) note(wrong, "kind", "unknown_choice", {{"value", kind}});
    if (!is_time_zone(zone)) note(wrong, "zone", "unknown_zone", {{"value", zone}});
    if (colour < 1 || colour > 8) note(wrong, "colour", "out_of_range", {{"min", "1"}, {"max", "8"}});
}

Status refused(std::vector<FieldError> wrong)
{
    if (wrong.empty()) return Nothing{};
    auto error = Error::invalid("invalid");
    error.fields = std::move(wrong);
    return error;
}

Error taken()
{
    auto error = Error::conflict("slug_taken");
    error.fields.push_back({"slug", "slug_taken"});
    return error;
}

/// True when another organisation has, or had, this slug.
bool is_taken(Session& session, std::string const& slug, OrganisationId by_other_than)
{
    return session.query(SqlText{"SELECT 1 FROM organisation WHERE slug=? AND id<>?"}, slug, by_other_than).next()
           || session.query(SqlText{"SELECT 1 FROM organisation_slug WHERE slug=? AND organisation_id<>?"}, slug, by_other_than).next();
}

Status rename_in(Session& session, OrganisationId id, std::string const& slug, std::string const& name)
{
    auto current = first(session.query(SqlText::joined({columns, SqlText{"WHERE id=?"}}), id));
    if (!current) return Error::not_found("unknown_organisation");
    if (slug != current->slug) {
        if (is_taken(session, slug, id)) return taken();
        session.execute(SqlText{"DELETE FROM organisation_slug WHERE slug=?"}, slug);
        session.execute(SqlText{"INSERT INTO organisation_slug(slug, organisation_id) VALUES(?, ?)"}, current->slug, id);
    }
    session.execute(SqlText{"UPDATE organisation SET slug=?, name=? WHERE id=?"}, slug, name, id);
    names_changed(session);
    return Nothing{};
}

Status change_in(Session& session, OrganisationId id, std::string const& kind, Language language, std::string const& zone, int colour)
{
    auto changed = session.execute(SqlText{"UPDATE organisation SET kind=?, language=?, zone=?, colour=? WHERE id=?"}, kind, code_of(language), zone, colour, id);
    if (changed == 0) return Error::not_found("unknown_organisation");
    return Nothing{};
}

bool exists(Session& session, OrganisationId id) { return session.query(SqlText{"SELECT 1 FROM organisation WHERE id=?"}, id).next(); }

void check_parent(std::vector<FieldError>& wrong, Session& session, OrganisationId parent)
{
    if (!exists(session, parent)) note(wrong, "parent", "unknown_organisation");
    else if (is_archived(session, parent)) note(wrong, "parent", "parent_archived");
}

Status change_one(storage::Database& database, SqlText sql, OrganisationId id, std::string const& value)
{
    return database.write([&](Session& session) -> Status {
        if (session.execute(sql, value, id) == 0) return Error::not_found("unknown_organisation", {{"value", ""}});
        return Nothing{};
    });
}

bool sees_all(Session& session, PersonId person)
{
    return session.query(SqlText{"SELECT 1 FROM membership WHERE person_id=? AND organisation_id IS NULL AND revoked_at IS NULL"}, person).next();
}

Cursor rows_of_person(Session& session, PersonId person, Organisations::Archived archived)
{
    std::vector<SqlText> pieces{columns, "WHERE "};
    if (archived == Organisations::Archived::LeftOut) pieces.push_back(SqlText{"archived_at IS NULL AND "});
    if (sees_all(session, person)) {
        pieces.push_back(SqlText{"1=1"});
        return session.query(SqlText::joined(pieces));
    }
    pieces.push_back(SqlText{"id IN (SELECT organisation_id FROM membership WHERE person_id=? AND revoked_at IS NULL)"});
    return session.query(SqlText::joined(pieces), person);
}

constexpr std::size_t most_by_id = 200;   ///< more are read in one sweep sooner than one by one
constexpr std::size_t a_slice = 50;       ///< of the names, asked at once whose they are

/// `before`, one "?" for each of some organisations, ")": a server that met them in one statement with their rows would read all.
Cursor query_of(Session& session, std::initializer_list<SqlText> before, std::vector<storage::Param> params, std::span<OrganisationId const> ids)
{
    std::vector<SqlText> pieces{before};
    for (std::size_t i = 0; i < ids.size(); ++i) {
        pieces.push_back(i == 0 ? SqlText{"?"} : SqlText{",?"});
        params.push_back(storage::to_param(ids[i]));
    }
    pieces.push_back(SqlText{")"});
    return session.query_with(SqlText::joined(pieces), std::move(params));
}

using Ids = std::unordered_set<OrganisationId>;
constexpr SqlText served{"SELECT organisation_id FROM membership WHERE person_id=? AND revoked_at IS NULL AND organisation_id "};

Ids ids_of(Cursor rows)
{
    Ids ids;
    while (rows.next()) ids.insert(rows.id<Organisation>(0));
    return ids;
}

/// Sorted and folded names are remembered: of thousands of organisations, only those that will be shown are read. Whoever
/// serves thousands serves most of the first that are named; of whom that is not so, what they serve is read instead. Nothing
/// when names are not remembered here, or too many are wanted.
std::optional<std::vector<OrganisationInfo>> first_named(Session& session, PersonId person, std::vector<std::string> const& wanted, std::size_t limit, Organisations::Archived archived)
{
    if (limit > most_by_id) return std::nullopt;
    auto named = organisations_named(session, wanted, archived == Organisations::Archived::Too);
    if (!named) return std::nullopt;
    std::vector<OrganisationInfo> found;
    if (!named->empty() && !sees_all(session, person)) {
        auto const slice = std::span{*named}.first(std::min(named->size(), std::max(a_slice, limit)));
        auto mine = ids_of(query_of(session, {served, SqlText{"IN ("}}, {storage::to_param(person)}, slice));
        if (mine.size() < limit && slice.size() < named->size()) mine = ids_of(session.query(SqlText::joined({served, SqlText{"IS NOT NULL"}}), person));
        std::erase_if(*named, [&](OrganisationId const& id) { return !mine.contains(id); });
    }
    if (named->size() > limit) named->resize(limit);
    if (named->empty()) return found;
    auto rows = query_of(session, {columns, SqlText{"WHERE id IN ("}}, {}, *named);
    while (rows.next()) found.push_back(read_row(rows));
    return found;
}

void sort_by_name(std::vector<OrganisationInfo>& all)
{
    std::vector<std::pair<std::string, OrganisationInfo>> keyed;
    keyed.reserve(all.size());
    for (auto& each : all) keyed.emplace_back(sort_key(each.name) + '\0' + each.slug, std::move(each));
    std::sort(keyed.begin(), keyed.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
    for (std::size_t i = 0; i < keyed.size(); ++i) all[i] = std::move(keyed[i].second);
}

}  // namespace

Result<OrganisationInfo> Organisations::add(NewOrganisation wanted, Timestamp now, std::optional<Uuid> actor)
{
    return database_.write_result<OrganisationInfo>([&](Session& session) { return add_in(session, wanted, now, actor); });
}

Result<OrganisationInfo> Organisations::add_in(Session& session, NewOrganisation wanted, Timestamp now, std::optional<Uuid> actor, Hook const* born)
{
    wanted.name = squeeze(wanted.name);
    if (wanted.colour == 0) wanted.colour = colour_of(wanted.slug);
    std::vector<FieldError> wrong;
    check_identity(wrong, wanted.slug, wanted.name);
    check_settings(wrong, wanted.kind, wanted.zone, wanted.colour);
    if (wanted.parent) check_parent(wrong, session, *wanted.parent);
    TRY(refused(std::move(wrong)));
    OrganisationInfo info{OrganisationId::make(), wanted.slug, wanted.name, wanted.kind, wanted.parent, wanted.language,
                          wanted.zone, wanted.colour, now, false, wanted.demo, {}, {}, {}, {}};
    if (is_taken(session, info.slug, info.id)) return taken();
    session.execute(SqlText{"INSERT INTO organisation(id, slug, name, kind, parent_id, language, zone, colour, created_at, ledger_origin, is_demo) "
                            "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
                    info.id, info.slug, info.name, info.kind, info.parent, code_of(info.language), info.zone, info.colour, now,
                    "greffier.log/" + info.id.text(), info.demo);
    names_changed(session);
    if (info.parent) roles_come_down(session, info.id, now);
    auto const& hook = born ? *born : hook_;
    if (hook) hook(session, info, actor.value_or(organisation_actor(info.id)), now);
    return info;
}

std::optional<OrganisationInfo> Organisations::find(std::string_view slug)
{
    auto session = database_.read();
    if (auto info = first(session->query(SqlText::joined({columns, SqlText{"WHERE slug=?"}}), slug))) return info;
    return first(session->query(SqlText::joined({columns, SqlText{"WHERE id=(SELECT organisation_id FROM organisation_slug WHERE slug=?)"}}), slug));
}

std::optional<OrganisationInfo> Organisations::find(OrganisationId id)
{
    auto session = database_.read();
    return first(session->query(SqlText::joined({columns, SqlText{"WHERE id=?"}}), id));
}

std::vector<OrganisationInfo> Organisations::all()
{
    std::vector<OrganisationInfo> found;
    auto session = database_.read();
    auto rows = session->query(columns);
    while (rows.next()) found.push_back(read_row(rows));
    sort_by_name(found);
    return found;
}

std::vector<OrganisationInfo> Organisations::of_person(PersonId person, std::string_view query, int limit, Archived archived)
{
    auto const wanted = words(query);
    std::vector<OrganisationInfo> found;
    {
        auto session = database_.read();
        if (auto named = first_named(*session, person, wanted, static_cast<std::size_t>(limit), archived)) {
            sort_by_name(*named);
            return std::move(*named);
        }
        auto rows = rows_of_person(*session, person, archived);
        while (rows.next()) {
            auto info = read_row(rows);
            if (name_holds_all(info.name, info.slug, wanted)) found.push_back(std::move(info));
        }
    }
    sort_by_name(found);
    if (found.size() > static_cast<std::size_t>(limit)) found.resize(static_cast<std::size_t>(limit));
    return found;
}

int Organisations::count_of_person(PersonId person, int up_to)
{
    auto session = database_.read();
    auto rows = rows_of_person(*session, person, Archived::LeftOut);
    int count = 0;
    while (count < up_to && rows.next()) ++count;
    return count;
}

Status Organisations::rename(OrganisationId id, std::string slug, std::string name)
{
    name = squeeze(name);
    std::vector<FieldError> wrong;
    check_identity(wrong, slug, name);
    TRY(refused(std::move(wrong)));
    return database_.write([&](Session& session) { return rename_in(session, id, slug, name); });
}

Status Organisations::change(OrganisationId id, std::string kind, Language language, std::string zone, int colour)
{
    std::vector<FieldError> wrong;
    check_settings(wrong, kind, zone, colour);
    TRY(refused(std::move(wrong)));
    return database_.write([&](Session& session) { return change_in(session, id, kind, language, zone, colour); });
}

Status Organisations::archive(OrganisationId id, Timestamp now)
{
    return database_.write([&](Session& session) -> Status {
        if (!exists(session, id)) return Error::not_found("unknown_organisation", {{"value", ""}});
        if (session.execute(SqlText{"UPDATE organisation SET archived_at=? WHERE id=? AND archived_at IS NULL"}, now, id) == 0) return Error::conflict("already_archived");
        names_changed(session);
        return Nothing{};
    });
}

Status Organisations::reopen(OrganisationId id)
{
    return database_.write([&](Session& session) -> Status {
        if (!exists(session, id)) return Error::not_found("unknown_organisation", {{"value", ""}});
        if (session.execute(SqlText{"UPDATE organisation SET archived_at=NULL WHERE id=? AND archived_at IS NOT NULL"}, id) == 0) return Error::conflict("not_archived");
        names_changed(session);
        return Nothing{};
    });
}

Status Organisations::switch_modules(OrganisationId id, std::vector<std::string> const& off)
{
    std::vector<std::string> codes;
    for (auto const& module : modules())
        if (std::ranges::find(off, module.code) != off.end()) codes.emplace_back(module.code);
    return change_one(database_, SqlText{"UPDATE organisation SET modules_off=? WHERE id=?"}, id, join(codes, ","));
}

Status Organisations::change_accent(OrganisationId id, std::string accent)
{
    accent = to_lower_ascii(trim(accent));
    if (!accent.empty() && !parse_colour(accent)) return refused(std::vector<FieldError>{{"accent", "bad_colour", {{"value", shorten(accent, 40)}}}});
    return change_one(database_, SqlText{"UPDATE organisation SET accent=? WHERE id=?"}, id, accent);
}

Result<std::string> Organisations::change_logo(OrganisationId id, std::string logo)
{
    return database_.write_result<std::string>([&](Session& session) -> Result<std::string> {
        auto before = first(session.query(SqlText::joined({columns, SqlText{"WHERE id=?"}}), id));
        if (!before) return Error::not_found("unknown_organisation", {{"value", ""}});
        session.execute(SqlText{"UPDATE organisation SET logo=? WHERE id=?"}, logo, id);
        return before->logo;
    });
}

bool Organisations::has_below(OrganisationId id)
{
    auto session = database_.read();
    return session->query(SqlText{"SELECT 1 FROM organisation WHERE parent_id=? LIMIT 1"}, id).next();
}

Status Organisations::move(OrganisationId id, std::optional<OrganisationId> parent, Timestamp now)
{
    return database_.write([&](Session& session) -> Status {
        std::vector<FieldError> wrong;
        if (parent) check_parent(wrong, session, *parent);
        auto const branch = branch_of(session, id);
        if (parent && std::ranges::find(branch, *parent) != branch.end()) note(wrong, "parent", "parent_below");
        TRY(refused(std::move(wrong)));
        if (session.execute(SqlText{"UPDATE organisation SET parent_id=? WHERE id=?"}, parent, id) == 0) return Error::not_found("unknown_organisation");
        for (auto const& each : branch) roles_come_down(session, each, now);
        return Nothing{};
    });
}

Status Organisations::rename_and_change(OrganisationId id, std::string slug, std::string name, std::string kind, Language language, std::string zone, int colour)
{
    name = squeeze(name);
    std::vector<FieldError> wrong;
    check_identity(wrong, slug, name);
    check_settings(wrong, kind, zone, colour);
    TRY(refused(std::move(wrong)));
    return database_.write([&](Session& session) -> Status {
        TRY(rename_in(session, id, slug, name));
        return change_in(session, id, kind, language, zone, colour);
    });
}

bool is_archived(Session& session, OrganisationId organisation)
{
    return session.query(SqlText{"SELECT 1 FROM organisation WHERE id=? AND archived_at IS NOT NULL"}, organisation).next();
}

}  // namespace greffier::accounts
