#include "records/judge.hpp"

#include <set>

#include "records/arguments.hpp"
#include "records/columns.hpp"
#include "schema/json.hpp"

namespace greffier::records {

using schema::Row;
using storage::SqlText;

namespace {

std::optional<Severity> worst_of(std::vector<Finding> const& found)
{
    std::optional<Severity> worst;
    for (auto const& finding : found)
        if (!worst || finding.severity > *worst) worst = finding.severity;
    return worst;
}

}  // namespace

std::vector<Finding> Judge::findings_of(Register const& kind, RecordId id, Circumstances context, Row const& row)
{
    return examiner_.examine({organisation_, std::string{kind.slug}, id, kind.schema, &row, std::move(context)}, around_);
}

std::optional<Severity> Judge::judge(Register const& kind, std::int64_t rid, Head const& head, Row const& row, Date today, bool had_findings)
{
    return store(rid, findings_of(kind, head.id, {today, head.status, head.reference}, row), had_findings);
}

std::optional<Severity> Judge::clear(std::int64_t rid)
{
    session_.execute(SqlText{"DELETE FROM finding WHERE rid=?"}, rid);
    session_.execute(SqlText{"UPDATE record SET worst_finding=0 WHERE rid=?"}, rid);
    return std::nullopt;
}

bool Judge::differs(std::int64_t rid, std::vector<Finding> const& found)
{
    std::set<std::tuple<std::string, std::string, std::int64_t, std::string>> now, was;
    for (auto const& f : found) now.emplace(f.rule, f.place.text(), static_cast<int>(f.severity), arguments_json(f.arguments));
    auto rows = session_.query(SqlText{"SELECT rule, place, severity, message_args FROM finding WHERE rid=?"}, rid);
    while (rows.next()) was.emplace(rows.text(0), rows.text(1), rows.integer(2), rows.text(3));
    return now != was;
}

std::optional<Severity> Judge::store(std::int64_t rid, std::vector<Finding> const& found, bool had_findings)
{
    auto const worst = worst_of(found);
    if (had_findings) {
        if (!differs(rid, found)) return worst;
        session_.execute(SqlText{"DELETE FROM finding WHERE rid=?"}, rid);
    }
    for (auto const& finding : found)
        session_.execute(SqlText{"INSERT INTO finding(rid, rule, severity, field, place, message_args) VALUES(?,?,?,?,?,?) ON CONFLICT DO NOTHING"},
                         rid, finding.rule, static_cast<int>(finding.severity), finding.place.field, finding.place.text(), arguments_json(finding.arguments));
    session_.execute(SqlText{"UPDATE record SET worst_finding=? WHERE rid=?"}, worst ? static_cast<int>(*worst) + 1 : 0, rid);
    return worst;
}

int Judge::judge_register(Register const& kind, Date today)
{
    struct Item { std::int64_t rid; Head head; Row row; };
    std::vector<Item> items;
    {
        auto rows = session_.query(SqlText{"SELECT " GREFFIER_HEAD ", r.rid, b.body, b.schema_version FROM record r JOIN record_body b ON b.rid=r.rid "
                                           "WHERE r.organisation_id=? AND r.register=? AND r.deleted_at IS NULL"},
                                   organisation_, kind.slug);
        while (rows.next())
            items.push_back({rows.integer(detail::head_columns), detail::read_head(rows),
                             schema::from_stored(*kind.schema, rows.view(detail::head_columns + 1), static_cast<int>(rows.integer(detail::head_columns + 2)))});
    }
    int changed = 0;
    for (auto const& item : items) {
        auto const found = findings_of(kind, item.head.id, {today, item.head.status, item.head.reference}, item.row);
        if (!differs(item.rid, found)) continue;
        store(item.rid, found, true);
        ++changed;
    }
    return changed;
}

}  // namespace greffier::records
