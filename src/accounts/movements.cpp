#include "accounts/movements.hpp"

#include <algorithm>
#include <charconv>

#include "accounts/check_line.hpp"
#include "core/text.hpp"

namespace greffier::accounts {

using storage::Session;
using storage::SqlText;

namespace {

constexpr std::size_t longest_words = 300, longest_who = 100, longest_note = 300;
constexpr int farthest = 365;

constexpr SqlText columns{"SELECT m.id, m.kind, m.person_id, m.name, m.email, m.note, m.day, m.opened_at, m.opened_by, m.closed_at, m.closed_by, m.left_at, m.left_by, m.successor, m.rights, "
                          "(SELECT count(*) FROM movement_step s WHERE s.movement_id=m.id), (SELECT count(*) FROM movement_step s WHERE s.movement_id=m.id AND s.done_at IS NOT NULL), "
                          "(SELECT min(s.due) FROM movement_step s WHERE s.movement_id=m.id AND s.done_at IS NULL) FROM movement m WHERE m.organisation_id=?"};

std::optional<Uuid> optional_uuid(storage::Cursor const& row, int at) { return row.is_null(at) ? std::nullopt : std::optional{row.uuid(at)}; }

Movement read_movement(storage::Cursor const& row)
{
    Movement movement;
    movement.id = row.id<Moved>(0);
    movement.kind = parse_movement_kind(row.view(1)).value_or(MovementKind::Joiner);
    if (!row.is_null(2)) movement.person = row.id<greffier::Person>(2);
    movement.name = row.text(3);
    movement.email = row.text(4);
    movement.note = row.text(5);
    movement.day = parse_date(row.view(6)).value_or(Date{});
    movement.opened_at = row.timestamp(7);
    movement.opened_by = row.uuid(8);
    movement.closed_at = row.optional_timestamp(9);
    movement.closed_by = optional_uuid(row, 10);
    movement.left_at = row.optional_timestamp(11);
    movement.left_by = optional_uuid(row, 12);
    movement.successor = row.text(13);
    movement.taken_back = row.text(14);
    movement.steps = static_cast<int>(row.integer(15));
    movement.done = static_cast<int>(row.integer(16));
    if (!row.is_null(17)) movement.next_due = parse_date(row.view(17));
    return movement;
}

/// How many days after, and how many things there are, by the words the program comes with: "movement.item.joiner.1" …
struct Shipped {
    MovementKind kind;
    std::string_view code;
    int days;
};
constexpr std::array shipped{
    Shipped{MovementKind::Joiner, "undertaking", 0}, Shipped{MovementKind::Joiner, "roles", 0},    Shipped{MovementKind::Joiner, "factor", 7},   Shipped{MovementKind::Joiner, "training", 30},
    Shipped{MovementKind::Mover, "roles", 0},        Shipped{MovementKind::Mover, "records", 7},   Shipped{MovementKind::Mover, "tokens", 7},
    Shipped{MovementKind::Leaver, "departure", 0},   Shipped{MovementKind::Leaver, "records", 0},  Shipped{MovementKind::Leaver, "equipment", 0}, Shipped{MovementKind::Leaver, "accounts", 1},
    Shipped{MovementKind::Leaver, "reminder", 0},
};

std::vector<MovementItem> shipped_items(MovementKind kind, Locale const& locale)
{
    std::vector<MovementItem> items;
    for (auto const& each : shipped) {
        if (each.kind != kind) continue;
        auto const key = "movement.item." + std::string{code_of(kind)} + "." + std::string{each.code};
        items.push_back({locale.text(key), locale.text(key + ".who"), each.days});
    }
    return items;
}

/// NotFound, or Conflict when it is over.
Status check_open(Session& session, OrganisationId organisation, MovementId id)
{
    auto found = session.query(SqlText{"SELECT closed_at FROM movement WHERE id=? AND organisation_id=?"}, id, organisation);
    if (!found.next()) return Error::not_found();
    if (!found.is_null(0)) return Error::conflict("movement_closed");
    return Nothing{};
}

void check(Error& error, std::string const& field, std::string const& text, std::size_t most, bool may_be_empty)
{
    if (may_be_empty && is_blank(text)) return;
    if (auto const problem = problem_of_line(text, most); !problem.empty()) error.fields.push_back({field, std::string{problem}, {{"max", std::to_string(most)}}});
}

Status check_items(std::array<std::vector<MovementItem>, movement_kinds.size()> const& items)
{
    auto error = Error::invalid("invalid");
    for (auto const kind : movement_kinds) {
        auto const& list = items[static_cast<std::size_t>(kind)];
        if (list.size() > static_cast<std::size_t>(Movements::most_items)) error.fields.push_back({"", "movement_too_many", {{"max", std::to_string(Movements::most_items)}}});
        for (std::size_t i = 0; i < list.size(); ++i) {
            auto const stem = std::string{code_of(kind)} + "-" + std::to_string(i) + "-";
            check(error, stem + "words", list[i].words, longest_words, false);
            check(error, stem + "who", list[i].who, longest_who, true);
            if (list[i].days < -farthest || list[i].days > farthest) error.fields.push_back({stem + "days", "movement_days", {}});
        }
    }
    if (!error.fields.empty()) return error;
    return Nothing{};
}

}  // namespace

std::string_view code_of(MovementKind kind)
{
    switch (kind) {
    case MovementKind::Joiner: return "joiner";
    case MovementKind::Mover: return "mover";
    case MovementKind::Leaver: return "leaver";
    }
    return "";
}

std::optional<MovementKind> parse_movement_kind(std::string_view code)
{
    for (auto const kind : movement_kinds)
        if (code_of(kind) == code) return kind;
    return std::nullopt;
}

std::vector<MovementItem> Movements::items(MovementKind kind, Locale const& locale) const
{
    std::vector<MovementItem> items;
    auto session = database_.read_of(organisation_);
    {
        auto rows = session->query(SqlText{"SELECT words, who, days FROM movement_item WHERE organisation_id=? AND kind=? ORDER BY position"}, organisation_, code_of(kind));
        while (rows.next()) items.push_back({rows.text(0), rows.text(1), static_cast<int>(rows.integer(2))});
    }
    // An organisation that shaped one list shaped them all: an empty one is what it wants.
    if (items.empty() && !session->query(SqlText{"SELECT 1 FROM movement_item WHERE organisation_id=?"}, organisation_).next()) return shipped_items(kind, locale);
    return items;
}

Status Movements::set_items(std::array<std::vector<MovementItem>, movement_kinds.size()> const& items) const
{
    TRY(check_items(items));
    return database_.write([&](Session& session) -> Status {
        session.execute(SqlText{"DELETE FROM movement_item WHERE organisation_id=?"}, organisation_);
        for (auto const kind : movement_kinds) {
            int position = 0;
            for (auto const& item : items[static_cast<std::size_t>(kind)]) {
                auto const id = Uuid::make();
                session.execute(SqlText{"INSERT INTO movement_item(id, organisation_id, kind, position, words, who, days) VALUES(?,?,?,?,?,?,?)"}, id, organisation_, code_of(kind), position++,
                                item.words, item.who, item.days);
            }
        }
        return Nothing{};
    });
}

std::vector<Movement> Movements::all() const
{
    std::vector<Movement> found;
    auto session = database_.read_of(organisation_);
    auto rows = session->query(SqlText::joined({columns, SqlText{" ORDER BY CASE WHEN m.closed_at IS NULL THEN 0 ELSE 1 END, m.day DESC, m.opened_at DESC, m.id LIMIT 1000"}}), organisation_);
    while (rows.next()) found.push_back(read_movement(rows));
    return found;
}

std::optional<Movement> Movements::find(MovementId id) const
{
    auto session = database_.read_of(organisation_);
    auto row = session->query(SqlText::joined({columns, SqlText{" AND m.id=?"}}), organisation_, id);
    if (!row.next()) return std::nullopt;
    return read_movement(row);
}

std::vector<MovementStep> Movements::steps(MovementId id) const
{
    std::vector<MovementStep> found;
    auto session = database_.read_of(organisation_);
    auto rows = session->query(SqlText{"SELECT position, words, who, due, done_at, done_by FROM movement_step WHERE movement_id=? AND organisation_id=? ORDER BY position"}, id, organisation_);
    while (rows.next())
        found.push_back({static_cast<int>(rows.integer(0)), rows.text(1), rows.text(2), parse_date(rows.view(3)).value_or(Date{}), rows.optional_timestamp(4), optional_uuid(rows, 5)});
    return found;
}

std::optional<MovementId> Movements::open_in(Session& session, NewMovement const& wanted, std::vector<MovementItem> const& items, Uuid actor, Timestamp now) const
{
    {
        auto open = session.query(SqlText{"SELECT id FROM movement WHERE organisation_id=? AND person_id=? AND kind=? AND closed_at IS NULL"}, organisation_, wanted.person, code_of(wanted.kind));
        if (open.next()) return open.id<Moved>(0);
    }
    if (items.empty() && wanted.kind != MovementKind::Leaver) return std::nullopt;
    auto const id = MovementId::make();
    auto const day = to_text(wanted.day);
    session.execute(SqlText{"INSERT INTO movement(id, organisation_id, kind, person_id, name, email, note, day, opened_at, opened_by) VALUES(?,?,?,?,?,?,?,?,?,?)"}, id, organisation_, code_of(wanted.kind),
                    wanted.person, wanted.name, wanted.email, wanted.note, day, now, actor);
    int position = 0;
    for (auto const& item : items) {
        auto const due = to_text(add_days(wanted.day, item.days));
        session.execute(SqlText{"INSERT INTO movement_step(organisation_id, movement_id, position, words, who, due) VALUES(?,?,?,?,?,?)"}, organisation_, id, ++position, item.words, item.who, due);
    }
    return id;
}

Result<MovementId> Movements::open(NewMovement const& wanted, Locale const& locale, Uuid actor, Timestamp now) const
{
    auto error = Error::invalid("invalid");
    check(error, "note", wanted.note, longest_note, true);
    if (!error.fields.empty()) return error;
    auto const list = items(wanted.kind, locale);
    if (list.empty()) return Error::conflict("movement_no_items");
    return database_.write_result<MovementId>([&](Session& session) -> Result<MovementId> {
        if (session.query(SqlText{"SELECT 1 FROM movement WHERE organisation_id=? AND person_id=? AND kind=? AND closed_at IS NULL"}, organisation_, wanted.person, code_of(wanted.kind)).next())
            return Error::conflict("movement_open");
        return *open_in(session, wanted, list, actor, now);
    });
}

Status Movements::tick(MovementId id, int position, bool done, Uuid actor, Timestamp now) const
{
    return database_.write([&](Session& session) -> Status {
        TRY(check_open(session, organisation_, id));
        auto const changed = done ? session.execute(SqlText{"UPDATE movement_step SET done_at=COALESCE(done_at, ?), done_by=COALESCE(done_by, ?) WHERE movement_id=? AND position=?"}, now, actor, id, position)
                                  : session.execute(SqlText{"UPDATE movement_step SET done_at=NULL, done_by=NULL WHERE movement_id=? AND position=?"}, id, position);
        if (changed == 0) return Error::not_found();
        return Nothing{};
    });
}

Status Movements::close(MovementId id, Uuid actor, Timestamp now) const
{
    return database_.write([&](Session& session) -> Status {
        TRY(check_open(session, organisation_, id));
        std::int64_t left = 0;
        {
            auto open = session.query(SqlText{"SELECT count(*) FROM movement_step WHERE movement_id=? AND done_at IS NULL"}, id);
            if (open.next()) left = open.integer(0);
        }
        if (left > 0) return Error::conflict("movement_unfinished", {{"count", std::to_string(left)}});
        session.execute(SqlText{"UPDATE movement SET closed_at=?, closed_by=? WHERE id=?"}, now, actor, id);
        return Nothing{};
    });
}

void Movements::note_departure(Session& session, MovementId id, std::string const& successor, std::string const& taken_back, Uuid actor, Timestamp now) const
{
    session.execute(SqlText{"UPDATE movement SET left_at=?, left_by=?, successor=?, rights=? WHERE id=? AND organisation_id=?"}, now, actor, successor, taken_back, id, organisation_);
}

}  // namespace greffier::accounts
