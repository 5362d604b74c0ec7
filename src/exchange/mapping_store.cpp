#include "exchange/mapping_store.hpp"

#include <algorithm>

#include "core/json_writer.hpp"
#include "core/text.hpp"

namespace greffier::exchange {

using storage::Session;
using storage::SqlText;

namespace {

constexpr int most_mappings = 200;
constexpr std::size_t longest_name = 100;
constexpr double fits_from = 0.8;   // of the columns it maps

#define GREFFIER_MAPPING "id, name, headings, body, created_at, updated_at"

std::optional<SavedMapping> read(storage::Cursor const& row)
{
    auto mapping = read_mapping(row.view(3));
    if (!mapping.ok()) return std::nullopt;   // of another program's making: as if it were not there
    SavedMapping saved{row.uuid(0), std::move(mapping).value(), split(row.view(2), '\n'), row.timestamp(4), row.timestamp(5)};
    saved.mapping.name = row.text(1);
    return saved;
}

std::string headings_text(TableMapping const& mapping)
{
    std::vector<std::string> headings;
    for (auto const& column : mapping.columns) headings.push_back(word_key(column.heading));
    std::ranges::sort(headings);
    return join(headings, "\n");
}

Error wrong_name(std::string code, Arguments arguments = {}) { return Error{ErrorKind::Invalid, "invalid", {}, {{"name", std::move(code), std::move(arguments)}}}; }

Status check_name(TableMapping& mapping)
{
    mapping.name = squeeze(mapping.name);
    if (mapping.name.empty()) return wrong_name("required");
    if (length_utf8(mapping.name) > longest_name) return wrong_name("too_long", {{"max", std::to_string(longest_name)}});
    return Nothing{};
}

} // namespace

std::vector<SavedMapping> Mappings::all() const
{
    auto session = database_.read_of(organisation_);
    auto rows = session->query(SqlText{"SELECT " GREFFIER_MAPPING " FROM import_mapping WHERE organisation_id=? AND register=? ORDER BY folded_name, id LIMIT ?"}, organisation_, register_, most_mappings);
    std::vector<SavedMapping> all;
    while (rows.next())
        if (auto one = read(rows)) all.push_back(std::move(*one));
    return all;
}

Result<SavedMapping> Mappings::find(Uuid id) const
{
    auto session = database_.read_of(organisation_);
    auto row = session->query(SqlText{"SELECT " GREFFIER_MAPPING " FROM import_mapping WHERE organisation_id=? AND register=? AND id=?"}, organisation_, register_, id);
    if (!row.next()) return Error::not_found();
    auto saved = read(row);
    return saved ? Result<SavedMapping>(std::move(*saved)) : Result<SavedMapping>(Error::not_found());
}

Result<SavedMapping> Mappings::named(std::string_view name) const
{
    auto session = database_.read_of(organisation_);
    auto row = session->query(SqlText{"SELECT " GREFFIER_MAPPING " FROM import_mapping WHERE organisation_id=? AND register=? AND folded_name=?"}, organisation_, register_, word_key(name));
    if (row.next())
        if (auto saved = read(row)) return std::move(*saved);
    return Error::not_found("mapping.no_such_name", {{"name", shorten(name, 80)}});
}

std::optional<SavedMapping> Mappings::fitting(TableLook const& look) const
{
    std::vector<std::string> headings;
    for (auto const& column : look.columns) headings.push_back(word_key(column.heading));
    std::optional<SavedMapping> best;
    double score = fits_from;
    for (auto& saved : all()) {
        double mapped = 0, there = 0;
        for (auto const& column : saved.mapping.columns) {
            if (column.target.empty()) continue;
            ++mapped;
            there += std::ranges::find(headings, word_key(column.heading)) != headings.end();
        }
        auto const share = mapped > 0 ? there / mapped : 0;
        if (share < score || (share == score && best && best->updated_at >= saved.updated_at)) continue;
        score = share;
        best = std::move(saved);
    }
    return best;
}

Result<SavedMapping> Mappings::save(TableMapping mapping, Uuid actor, Timestamp now) const
{
    TRY(check_name(mapping));
    auto const body = to_json(mapping), headings = headings_text(mapping), folded = word_key(mapping.name);
    auto const id = Uuid::make();
    auto done = database_.write([&](Session& session) -> Status {
        session.lock(organisation_);
        auto counted = session.query(SqlText{"SELECT count(*) FROM import_mapping WHERE organisation_id=? AND register=? AND folded_name<>?"}, organisation_, register_, folded);
        if (counted.next() && counted.integer(0) >= most_mappings) return wrong_name("too_many_values", {{"max", std::to_string(most_mappings)}});
        session.execute(SqlText{"INSERT INTO import_mapping(id, organisation_id, register, name, folded_name, headings, body, created_at, updated_at, updated_by) VALUES(?,?,?,?,?,?,?,?,?,?) "
                                "ON CONFLICT(organisation_id, register, folded_name) DO UPDATE SET name=excluded.name, headings=excluded.headings, body=excluded.body, "
                                "updated_at=excluded.updated_at, updated_by=excluded.updated_by"},
                        id, organisation_, register_, mapping.name, folded, headings, body, now, now, actor);
        return Nothing{};
    });
    if (!done.ok()) return done.error();
    return named(mapping.name);
}

Result<SavedMapping> Mappings::change(Uuid id, TableMapping mapping, Uuid actor, Timestamp now) const
{
    TRY(check_name(mapping));
    auto const body = to_json(mapping), headings = headings_text(mapping), folded = word_key(mapping.name);
    auto done = database_.write([&](Session& session) -> Status {
        session.lock(organisation_);
        auto taken = session.query(SqlText{"SELECT count(*) FROM import_mapping WHERE organisation_id=? AND register=? AND folded_name=? AND id<>?"}, organisation_, register_, folded, id);
        if (taken.next() && taken.integer(0) > 0) return wrong_name("not_unique", {{"value", mapping.name}});
        auto const changed = session.execute(SqlText{"UPDATE import_mapping SET name=?, folded_name=?, headings=?, body=?, updated_at=?, updated_by=? WHERE organisation_id=? AND register=? AND id=?"},
                                             mapping.name, folded, headings, body, now, actor, organisation_, register_, id);
        return changed == 1 ? Status(Nothing{}) : Status(Error::not_found());
    });
    if (!done.ok()) return done.error();
    return find(id);
}

Status Mappings::remove(Uuid id) const
{
    return database_.write([&](Session& session) -> Status {
        session.lock(organisation_);
        auto const removed = session.execute(SqlText{"DELETE FROM import_mapping WHERE organisation_id=? AND register=? AND id=?"}, organisation_, register_, id);
        return removed == 1 ? Status(Nothing{}) : Status(Error::not_found());
    });
}

std::string to_json(SavedMapping const& saved, std::string_view register_slug)
{
    JsonWriter out;
    out.begin_object().member("id", std::string_view{saved.id.text()}).member("register", register_slug);
    out.member("created_at", std::string_view{to_text(saved.created_at)}).member("updated_at", std::string_view{to_text(saved.updated_at)});
    auto json = std::move(out).take();
    return json + "," + to_json(saved.mapping).substr(1);
}

} // namespace greffier::exchange
