#include "overview/agenda.hpp"

#include "core/json_writer.hpp"
#include "overview/reach.hpp"

namespace greffier::overview {

using storage::SqlText;

namespace {

void add_conditions(Statement& statement, accounts::Actor const& actor, AgendaFilter const& filter)
{
    if (filter.only) statement.add(" WHERE d.organisation_id=?", *filter.only);
    else {
        statement.add(" WHERE d.organisation_id IN ");
        add_reach(statement, actor);
    }
    if (!filter.chosen.empty()) {
        statement.add(" AND d.organisation_id IN (?", filter.chosen.front());
        for (std::size_t i = 1; i < filter.chosen.size(); ++i) statement.add(",?", filter.chosen[i]);
        statement.add(")");
    }
    if (!filter.register_slug.empty()) statement.add(" AND d.register=?", filter.register_slug);
    if (!filter.kind.empty()) statement.add(" AND d.kind=?", filter.kind);
    if (filter.legal) statement.add(" AND d.legal=?", *filter.legal ? 1 : 0);
    if (filter.owner) statement.add(" AND d.owner_id=?", *filter.owner);
    if (filter.from) statement.add(" AND d.at>=?", *filter.from);
    if (filter.until) statement.add(" AND d.at<?", *filter.until);
}

AgendaItem read_item(storage::Cursor const& row)
{
    AgendaItem item;
    item.record = {{row.id<Organisation>(0), row.text(1), row.text(2), row.text(3), static_cast<int>(row.integer(4))},
                   row.id<Record>(5), row.text(6), row.text(7), row.text(8), row.text(9), row.timestamp(10)};
    item.kind = row.text(11);
    item.place = row.text(12);
    item.day = parse_date(row.view(13));
    item.legal = row.integer(14) != 0;
    if (!row.is_null(15)) item.owner = row.id<Person>(15);
    if (!row.is_null(16)) item.owner_name = row.text(16);
    item.changed_at = row.timestamp(17);
    item.revision = static_cast<int>(row.integer(18));
    item.taken_at = row.optional_timestamp(19);
    return item;
}

}  // namespace

accounts::Seen Agenda::seen() const { return filter_.only ? accounts::Seen{database_, *filter_.only, actor_.sight} : seen_by(database_, actor_); }

std::vector<AgendaItem> Agenda::items(int limit, std::int64_t offset) const
{
    Statement statement;
    statement.add("SELECT o.id, o.slug, o.name, o.kind, o.colour, r.id, r.register, r.reference, r.title, r.status, d.at, d.kind, d.place, d.day, d.legal, d.owner_id, p.name, d.changed_at, d.revision, "
                  "(SELECT t.taken_at FROM due_taken t WHERE t.organisation_id=d.organisation_id AND t.record_id=d.record_id AND t.kind=d.kind AND t.place=d.place AND t.due_at=d.at) "
                  "FROM due d JOIN record r ON r.rid=d.rid JOIN organisation o ON o.id=d.organisation_id AND o.archived_at IS NULL LEFT JOIN person p ON p.id=d.owner_id");
    add_conditions(statement, actor_, filter_);
    statement.add(" ORDER BY d.at, d.rid, d.kind, d.place LIMIT ? OFFSET ?", limit, offset);
    std::vector<AgendaItem> items;
    auto const session = seen();
    auto rows = statement.run(*session);
    while (rows.next()) items.push_back(read_item(rows));
    return items;
}

AgendaTally Agenda::tally(Timestamp now) const
{
    Statement statement;
    statement.add("SELECT count(*), coalesce(sum(CASE WHEN q.at < ? THEN 1 ELSE 0 END), 0) FROM (SELECT d.at FROM due d JOIN record r ON r.rid=d.rid "
                  "JOIN organisation o ON o.id=d.organisation_id AND o.archived_at IS NULL", now);
    add_conditions(statement, actor_, filter_);
    statement.add(" ORDER BY d.at LIMIT ?) q", AgendaTally::most);
    auto const session = seen();
    auto row = statement.run(*session);
    row.next();
    return {row.integer(0), row.integer(1)};
}

std::vector<AgendaOwner> Agenda::owners(int limit) const
{
    Statement statement;
    statement.add("SELECT p.id, p.name FROM due d JOIN record r ON r.rid=d.rid JOIN person p ON p.id=d.owner_id");
    add_conditions(statement, actor_, filter_);
    statement.add(" GROUP BY p.id, p.name ORDER BY p.name, p.id LIMIT ?", limit);
    std::vector<AgendaOwner> owners;
    auto const session = seen();
    auto rows = statement.run(*session);
    while (rows.next()) owners.push_back({rows.id<Person>(0), rows.text(1)});
    return owners;
}

std::string words_of_due(std::string_view kind, Locale const& locale) { return locale.find("due." + std::string{kind}).value_or(std::string{kind}); }

std::string when_due(Timestamp at, std::optional<Date> day, Locale const& locale) { return day ? locale.date(*day) : locale.instant(at); }

void write_json(JsonWriter& out, AgendaItem const& item, Timestamp now, Locale const& locale)
{
    out.begin_object().member("register", item.record.register_slug).member("record", item.record.id.text()).member("reference", item.record.reference).member("title", item.record.title);
    out.member("status", item.record.status).member("kind", item.kind).member("what", words_of_due(item.kind, locale)).member("place", item.place).member("due_at", to_text(item.record.at));
    if (item.day) out.member("day", to_text(*item.day));
    else out.null_member("day");
    out.member("legal", item.legal).member("late", item.record.at < now);
    if (item.owner_name.empty()) out.null_member("owner");
    else out.member("owner", item.owner_name);
    if (item.taken_at) out.member("taken_at", to_text(*item.taken_at));
    else out.null_member("taken_at");
    out.member("address", item.record.address()).end_object();
}

}  // namespace greffier::overview
