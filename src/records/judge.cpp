#include "records/judge.hpp"

#include "records/arguments.hpp"
#include "records/columns.hpp"
#include "records/judging.hpp"
#include "records/sealing.hpp"

namespace greffier::records {

using schema::Row;
using storage::SqlText;

namespace {
constexpr std::size_t few = 10;   // records worth a statement each
}

std::optional<Severity> worst_of(std::vector<Finding> const& found)
{
    std::optional<Severity> worst;
    for (auto const& finding : found)
        if (!worst || finding.severity > *worst) worst = finding.severity;
    return worst;
}

// Asked each time: a write of the profile inside this transaction changes it, and the surroundings keep what was read.
law::Place const& Judge::where()
{
    auto const* says = machinery_.registers.of_place();
    auto const profile = says ? around_.profile() : std::nullopt;
    where_ = profile ? says->place(*profile) : law::Place{};
    where_.zone = zone_;
    return where_;
}

std::vector<Finding> Judge::findings_of(Register const& kind, RecordId id, std::string const& status, std::string const& reference, Row const& row)
{
    if (!around_.keeps(kind.slug)) return {};
    Circumstances context{local_date(now_, zone_), status, reference, now_, kind.dues ? &where() : nullptr};
    return machinery_.examiner.examine({organisation_, std::string{kind.slug}, id, kind.schema, &row, std::move(context)}, around_);
}

std::optional<Timestamp> Judge::next_deadline(Register const& kind, std::string_view status, Row const& row)
{
    if (kind.is_closed(status)) return std::nullopt;
    std::optional<Timestamp> next;
    if (!kind.review_field.empty())
        if (auto const* date = std::get_if<Date>(&schema::get(*kind.schema, row, kind.review_field))) next = start_of_day(*date, zone_);
    if (kind.dues)
        for (auto const& due : kind.dues(row, {status, now_, local_date(now_, zone_), where()}))
            if (!next || due.at < *next) next = due.at;
    return next;
}

Judge::Kept Judge::kept_of(std::int64_t rid)
{
    Kept kept;
    auto rows = session_.query(SqlText{"SELECT rule, place, severity, message_args FROM finding WHERE rid=?"}, rid);
    while (rows.next()) kept.emplace(rows.text(0), rows.text(1), rows.integer(2), rows.text(3));
    return kept;
}

std::map<std::int64_t, Judge::Kept> Judge::kept_of(Register const& kind)
{
    std::map<std::int64_t, Kept> kept;
    auto rows = session_.query(SqlText{"SELECT f.rule, f.place, f.severity, f.message_args, f.rid FROM finding f JOIN record r ON r.rid=f.rid WHERE r.organisation_id=? AND r.register=? AND r.deleted_at IS NULL"},
                               organisation_, kind.slug);
    while (rows.next()) kept[rows.integer(4)].emplace(rows.text(0), rows.text(1), rows.integer(2), rows.text(3));
    return kept;
}

void Judge::keep_first(std::int64_t rid, std::vector<Finding> const& found)
{
    for (auto const& finding : found)
        session_.execute(SqlText{"INSERT INTO finding(rid, rule, severity, field, place, message_args) VALUES(?,?,?,?,?,?) ON CONFLICT DO NOTHING"},
                         rid, finding.rule, static_cast<int>(finding.severity), finding.place.field, finding.place.text(), arguments_json(finding.arguments));
}

bool Judge::keep(std::int64_t rid, std::vector<Finding> const& found) { return keep(rid, found, kept_of(rid)); }

bool Judge::keep(std::int64_t rid, std::vector<Finding> const& found, Kept const& was)
{
    Kept now;
    for (auto const& f : found) now.emplace(f.rule, f.place.text(), static_cast<int>(f.severity), arguments_json(f.arguments));
    if (now == was) return false;
    session_.execute(SqlText{"DELETE FROM finding WHERE rid=?"}, rid);
    keep_first(rid, found);
    auto const worst = worst_of(found);
    session_.execute(SqlText{"UPDATE record SET worst_finding=? WHERE rid=?"}, worst ? static_cast<int>(*worst) + 1 : 0, rid);
    return true;
}

std::vector<Due> Judge::dues_of(Register const& kind, std::string_view status, Row const& row)
{
    std::vector<Due> dues;
    if (kind.is_closed(status) || !around_.keeps(kind.slug)) return dues;
    DueContext const context{status, now_, local_date(now_, zone_), where()};
    if (kind.dues) dues = kind.dues(row, context);
    if (!kind.review_field.empty())
        if (auto const* date = std::get_if<Date>(&schema::get(*kind.schema, row, kind.review_field))) dues.push_back(context.on(review_due, *date, false, {std::string{kind.review_field}}));
    return dues;
}

void Judge::keep_dues(DueKeeper::Of const& record, std::string_view status, bool deleted, bool born, bool moved)
{
    if (!keeps_dues(record.kind)) return;
    DueKeeper{organisation_, session_}.keep(record, deleted ? std::vector<Due>{} : dues_of(record.kind, status, record.row), now_, born, moved);
}

std::vector<Judge::Item> Judge::live_records(Register const& kind)
{
    std::vector<Item> items;
    BodyReader bodies(machinery_.sealing, session_, organisation_, kind);
    bodies.read_all_keys();
    auto rows = session_.query(SqlText{"SELECT " GREFFIER_HEAD ", r.rid, b.body, b.schema_version FROM record r JOIN record_body b ON b.rid=r.rid "
                                       "WHERE r.organisation_id=? AND r.register=? AND r.deleted_at IS NULL"},
                               organisation_, kind.slug);
    while (rows.next()) items.push_back(item_of(bodies, rows));
    return items;
}

/// One by one where they are few, else all of the register at once.
std::vector<Judge::Item> Judge::live_records(Register const& kind, std::set<RecordId> const& wanted)
{
    if (wanted.size() > few) {
        auto items = live_records(kind);
        std::erase_if(items, [&](Item const& item) { return !wanted.contains(item.head.id); });
        return items;
    }
    std::vector<Item> items;
    BodyReader bodies(machinery_.sealing, session_, organisation_, kind);
    for (auto const& id : wanted) {
        auto row = session_.query(SqlText{"SELECT " GREFFIER_HEAD ", r.rid, b.body, b.schema_version FROM record r JOIN record_body b ON b.rid=r.rid "
                                          "WHERE r.organisation_id=? AND r.id=? AND r.register=? AND r.deleted_at IS NULL"},
                                  organisation_, id, kind.slug);
        if (row.next()) items.push_back(item_of(bodies, row));
    }
    return items;
}

Judge::Item Judge::item_of(BodyReader& bodies, storage::Cursor const& row)
{
    auto head = detail::read_head(row);
    SealedBody const body{head.id, head.version, static_cast<int>(row.integer(detail::head_columns + 2)), row.view(detail::head_columns + 1)};
    return {row.integer(detail::head_columns), std::move(head), bodies.row(body)};
}

void Judge::date_records(Register const& kind, std::vector<Item> const& items)
{
    if (!keeps_dues(kind)) return;
    DueKeeper dues{organisation_, session_};
    dues.read_all(kind);
    for (auto const& item : items) {
        dues.keep({kind, item.rid, item.head.id, item.row}, dues_of(kind, item.head.status, item.row), now_, false, false);
        if (auto const next = next_deadline(kind, item.head.status, item.row); next != item.head.review_at)
            session_.execute(SqlText{"UPDATE record SET review_at=? WHERE rid=?"}, next, item.rid);
    }
}

void Judge::date_register(Register const& kind)
{
    if (keeps_dues(kind)) date_records(kind, live_records(kind));
}

int Judge::judge_register(Register const& kind)
{
    auto const items = live_records(kind);
    auto const changed = judge_items(kind, items);
    date_records(kind, items);
    return changed;
}

int Judge::judge_again(Register const& kind, std::set<RecordId> const& records)
{
    return around_.keeps(kind.slug) ? judge_items(kind, live_records(kind, records)) : 0;
}

int Judge::judge_items(Register const& kind, std::vector<Item> const& items)
{
    bool const many = items.size() > few;
    auto const kept = many ? kept_of(kind) : std::map<std::int64_t, Kept>{};
    int changed = 0;
    for (auto const& item : items) {
        auto const found = findings_of(kind, item.head.id, item.head.status, item.head.reference, item.row);
        auto const was = kept.find(item.rid);
        changed += many ? keep(item.rid, found, was == kept.end() ? Kept{} : was->second) : keep(item.rid, found);
    }
    return changed;
}

int examine_in(Machinery const& machinery, OrganisationId organisation, storage::Session& session, Timestamp now, std::string const& zone)
{
    Judge judge{machinery, organisation, session, now, zone};
    int changed = 0;
    for (auto const* kind : machinery.registers.all()) changed += judge.judge_register(*kind);
    return changed;
}

}  // namespace greffier::records
