#include "records/judge.hpp"

#include <set>

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

std::vector<Finding> Judge::findings_of(Register const& kind, RecordId id, Circumstances context, Row const& row)
{
    return machinery_.examiner.examine({organisation_, std::string{kind.slug}, id, kind.schema, &row, std::move(context)}, around_);
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

int Judge::judge_register(Register const& kind, Date today)
{
    struct Item { std::int64_t rid; Head head; Row row; };
    std::vector<Item> items;
    {
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
    }
    int changed = 0;
    for (auto const& item : items) {
        auto const found = findings_of(kind, item.head.id, {today, item.head.status, item.head.reference}, item.row);
        changed += keep(item.rid, found);
    }
    return changed;
}

int examine_in(Machinery const& machinery, OrganisationId organisation, storage::Session& session, Date today)
{
    Judge judge{machinery, organisation, session};
    int changed = 0;
    for (auto const* kind : machinery.registers.all()) changed += judge.judge_register(*kind, today);
    return changed;
}

}  // namespace greffier::records
