#include "records/judge.hpp"

#include <set>

#include "accounts/modules.hpp"
#include "records/arguments.hpp"
#include "records/columns.hpp"
#include "records/judging.hpp"
#include "records/sealing.hpp"

namespace greffier::records {

using schema::Row;
using storage::SqlText;

std::optional<Severity> worst_of(std::vector<Finding> const& found)
{
    std::optional<Severity> worst;
    for (auto const& finding : found)
        if (!worst || finding.severity > *worst) worst = finding.severity;
    return worst;
}

Judge::House const& Judge::house()
{
    if (!house_) {
        house_.emplace();
        auto row = session_.query(SqlText{"SELECT archived_at, modules_off FROM organisation WHERE id=?"}, organisation_);
        if (row.next()) *house_ = {!row.is_null(0), row.text(1)};
    }
    return *house_;
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
    if (accounts::is_off(house().modules_off, kind.slug)) return {};
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

bool Judge::differs(std::int64_t rid, std::vector<Finding> const& found)
{
    std::set<std::tuple<std::string, std::string, std::int64_t, std::string>> now, was;
    for (auto const& f : found) now.emplace(f.rule, f.place.text(), static_cast<int>(f.severity), arguments_json(f.arguments));
    auto rows = session_.query(SqlText{"SELECT rule, place, severity, message_args FROM finding WHERE rid=?"}, rid);
    while (rows.next()) was.emplace(rows.text(0), rows.text(1), rows.integer(2), rows.text(3));
    return now != was;
}

void Judge::keep_first(std::int64_t rid, std::vector<Finding> const& found)
{
    for (auto const& finding : found)
        session_.execute(SqlText{"INSERT INTO finding(rid, rule, severity, field, place, message_args) VALUES(?,?,?,?,?,?) ON CONFLICT DO NOTHING"},
                         rid, finding.rule, static_cast<int>(finding.severity), finding.place.field, finding.place.text(), arguments_json(finding.arguments));
}

bool Judge::keep(std::int64_t rid, std::vector<Finding> const& found)
{
    if (!differs(rid, found)) return false;
    session_.execute(SqlText{"DELETE FROM finding WHERE rid=?"}, rid);
    keep_first(rid, found);
    auto const worst = worst_of(found);
    session_.execute(SqlText{"UPDATE record SET worst_finding=? WHERE rid=?"}, worst ? static_cast<int>(*worst) + 1 : 0, rid);
    return true;
}

std::vector<Due> Judge::dues_of(Register const& kind, std::string_view status, Row const& row)
{
    std::vector<Due> dues;
    if (kind.is_closed(status) || accounts::is_off(house().modules_off, kind.slug)) return dues;
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
    while (rows.next()) {
        auto head = detail::read_head(rows);
        SealedBody const body{head.id, head.version, static_cast<int>(rows.integer(detail::head_columns + 2)), rows.view(detail::head_columns + 1)};
        items.push_back({rows.integer(detail::head_columns), std::move(head), bodies.row(body)});
    }
    return items;
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
    int changed = 0;
    for (auto const& item : items) changed += keep(item.rid, findings_of(kind, item.head.id, item.head.status, item.head.reference, item.row));
    date_records(kind, items);
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
