#include "overview/overview.hpp"

#include <algorithm>

#include "records/arguments.hpp"
#include "records/notifications.hpp"

namespace greffier::overview {

using records::Finding;
using records::Severity;
using storage::Cursor;
using storage::SqlText;

namespace {

// The five columns every statement begins with.
Line read_line(Cursor const& row) { return {row.id<Record>(0), row.text(1), row.text(2), row.text(3), row.text(4)}; }

Finding read_finding(Cursor const& row, int from)
{
    return {row.text(from), static_cast<Severity>(row.integer(from + 1)), records::Place::parse(row.view(from + 2)), records::parse_arguments(row.view(from + 3))};
}

/// A parameter that filters nothing when absent.
std::optional<std::int64_t> number_of(std::optional<Severity> severity)
{
    return severity ? std::optional{static_cast<std::int64_t>(*severity)} : std::nullopt;
}

bool passes(FindingFilter const& filter, Finding const& finding)
{
    return (!filter.severity || *filter.severity == finding.severity) && (filter.rule.empty() || filter.rule == finding.rule);
}

}  // namespace

std::vector<Tally> Overview::tallies() const
{
    auto const session = seen();
    auto row = session->query(SqlText{"SELECT register, status, -1, count(*) FROM record WHERE organisation_id=? AND deleted_at IS NULL GROUP BY register, status "
                                      "UNION ALL SELECT register, '', worst_finding, count(*) FROM record "
                                      "WHERE organisation_id=? AND deleted_at IS NULL AND worst_finding > 0 GROUP BY register, worst_finding"},
                              organisation_, organisation_);
    std::vector<Tally> tallies;
    while (row.next()) {
        auto const worst = row.integer(2);   // 0 = none, else 1 + severity
        tallies.push_back({row.text(0), row.text(1), worst > 0 ? std::optional{static_cast<Severity>(worst - 1)} : std::nullopt, row.integer(3)});
    }
    return tallies;
}

std::vector<Wrong> Overview::wrong(int limit) const
{
    auto const session = seen();
    // "> 0" says nothing more than ">= 3": it is there for the partial index. The inner limit comes first, so that
    // findings are read of the shown records alone.
    auto row = session->query(SqlText{"SELECT r.id, r.register, r.reference, r.title, r.status, r.worst_finding, "
                                      "(SELECT f.rule FROM finding f WHERE f.rid=r.rid ORDER BY f.severity DESC, f.rule LIMIT 1), "
                                      "(SELECT count(*) FROM finding f WHERE f.rid=r.rid AND f.severity >= 2) "
                                      "FROM (SELECT rid, id, register, reference, title, status, worst_finding, title_key FROM record "
                                      "WHERE organisation_id=? AND deleted_at IS NULL AND worst_finding > 0 AND worst_finding >= 3 "
                                      "ORDER BY worst_finding DESC, register, title_key, id LIMIT ?) r "
                                      "ORDER BY r.worst_finding DESC, r.register, r.title_key, r.id"},
                              organisation_, limit);
    std::vector<Wrong> wrong;
    while (row.next()) wrong.push_back({read_line(row), static_cast<Severity>(row.integer(5) - 1), row.text(6), row.integer(7)});
    return wrong;
}

DueList Overview::due(Timestamp today, Timestamp until, int limit) const
{
    auto const session = seen();
    auto row = session->query(SqlText{"SELECT r.id, r.register, r.reference, r.title, r.status, r.review_at, count(*) OVER (), "
                                      "sum(CASE WHEN r.review_at < ? THEN 1 ELSE 0 END) OVER () "
                                      "FROM record r WHERE r.organisation_id=? AND r.deleted_at IS NULL AND r.review_at < ? AND r.status <> 'archived' "
                                      "ORDER BY r.review_at, r.id LIMIT ?"},
                              today, organisation_, until, limit);
    DueList due;
    while (row.next()) {
        due.first.push_back({read_line(row), row.timestamp(5)});
        due.total = row.integer(6);
        due.late = row.integer(7);
    }
    return due;
}

std::vector<Changed> Overview::changed(int limit) const
{
    auto const session = seen();
    auto row = session->query(SqlText{"SELECT r.id, r.register, r.reference, r.title, r.status, r.version, v.action, r.updated_at, v.actor_id "
                                      "FROM record r JOIN record_version v ON v.rid=r.rid AND v.version=r.version "
                                      "WHERE r.organisation_id=? AND r.deleted_at IS NULL ORDER BY r.updated_at DESC, r.id DESC LIMIT ?"},
                              organisation_, limit);
    std::vector<Changed> changed;
    while (row.next()) changed.push_back({read_line(row), row.integer(5), row.text(6), row.timestamp(7), row.is_null(8) ? Uuid{} : row.uuid(8)});
    return changed;
}

std::vector<Waiting> Overview::waiting(std::string_view register_slug, std::string_view status, int limit) const
{
    auto const session = seen();
    auto row = session->query(SqlText{"SELECT r.id, r.register, r.reference, r.title, r.status, r.updated_at FROM record r "
                                      "WHERE r.organisation_id=? AND r.register=? AND r.status=? AND r.deleted_at IS NULL ORDER BY r.updated_at, r.id LIMIT ?"},
                              organisation_, register_slug, status, limit);
    std::vector<Waiting> waiting;
    while (row.next()) waiting.push_back({read_line(row), row.timestamp(5)});
    return waiting;
}

std::vector<Returned> Overview::returned_to(records::Registers const& registers, PersonId person, int limit) const
{
    auto const session = seen();
    // A bulk act tells of all its records in one line: they are its steps back from what this person wrote last.
    auto row = session->query(SqlText{"SELECT r.id, r.register, r.reference, r.title, r.status, n.actor_id, n.created_at AS told_at, '' AS status_before FROM notification n "
                                      "JOIN record r ON r.organisation_id=n.organisation_id AND r.id=n.record_id "
                                      "WHERE n.person_id=? AND n.organisation_id=? AND n.kind='returned' AND r.status=n.detail AND r.deleted_at IS NULL "
                                      "UNION ALL SELECT r.id, r.register, r.reference, r.title, r.status, n.actor_id, n.created_at, p.status FROM notification n "
                                      "JOIN act_step s ON s.act_id=n.about_id AND s.outcome='done' "
                                      "JOIN record r ON r.organisation_id=n.organisation_id AND r.id=s.record_id "
                                      "JOIN record_version v ON v.rid=r.rid AND v.version=s.after_version "
                                      "JOIN record_version p ON p.rid=r.rid AND p.version=s.before_version "
                                      "WHERE n.person_id=? AND n.organisation_id=? AND n.kind='returned' AND n.record_id IS NULL AND r.status=v.status AND p.status<>v.status AND r.deleted_at IS NULL "
                                      "AND (SELECT m.person_id FROM membership m WHERE m.id=(SELECT w.actor_id FROM record_version w "
                                      "WHERE w.rid=r.rid AND w.version<s.after_version AND w.actor_id<>n.actor_id ORDER BY w.version DESC LIMIT 1))=n.person_id "
                                      "ORDER BY told_at DESC, 1 LIMIT ?"},
                              person, organisation_, person, organisation_, 20 * limit);   // one that came back twice is shown once, and not all steps go back
    std::vector<Returned> returned;
    while (row.next() && returned.size() < static_cast<std::size_t>(limit)) {
        auto line = read_line(row);
        auto const* kind = registers.find(line.register_slug);
        if (auto const before = row.text(7); !before.empty() && (!kind || !records::sends_back(*kind, before, line.status))) continue;
        if (std::ranges::none_of(returned, [&](Returned const& one) { return one.record.id == line.id; })) returned.push_back({std::move(line), row.uuid(5), row.timestamp(6)});
    }
    return returned;
}

std::int64_t Overview::unread_exchanges(PersonId person) const
{
    auto const session = seen();
    auto row = session->query(SqlText{"SELECT count(*) FROM notification WHERE person_id=? AND organisation_id=? AND read_at IS NULL AND kind IN ('mention','reply')"}, person, organisation_);
    row.next();
    return row.integer(0);
}

Overview::ReviewCalendar Overview::reviews_by_month(Timestamp now, std::string const& zone) const
{
    auto const today = local_date(now, zone);
    ReviewCalendar calendar;
    auto month = std::chrono::year_month{today.year(), today.month()};
    for (int i = 0; i < 12; ++i, month += std::chrono::months{1}) calendar.months.push_back({Date{month / std::chrono::day{1}}, 0});
    // The bounds are computed here, for months begin at midnight where the organisation is; the index holds all that is read.
    auto const session = seen();
    auto row = session->query(SqlText{"SELECT review_at FROM record WHERE organisation_id=? AND deleted_at IS NULL AND review_at IS NOT NULL AND review_at < ?"},
                              organisation_, start_of_day(Date{month / std::chrono::day{1}}, zone));
    auto const begins_today = start_of_day(today, zone);   // a review is not late on its own day
    std::vector<Timestamp> begins;
    for (auto const& one : calendar.months) begins.push_back(start_of_day(one.first, zone));
    while (row.next()) {
        auto const at = row.timestamp(0);
        if (at < begins_today) ++calendar.late;
        else ++calendar.months[static_cast<std::size_t>(std::ranges::upper_bound(begins, at) - begins.begin()) - 1].count;
    }
    return calendar;
}

std::vector<RuleTally> Overview::rules() const
{
    auto const session = seen();
    auto row = session->query(SqlText{"SELECT f.rule, f.severity, count(*) FROM record r JOIN finding f ON f.rid=r.rid "
                                      "WHERE r.organisation_id=? AND r.deleted_at IS NULL AND r.worst_finding > 0 "
                                      "GROUP BY f.rule, f.severity ORDER BY f.severity DESC, f.rule"},
                              organisation_);
    std::vector<RuleTally> rules;
    while (row.next()) rules.push_back({row.text(0), static_cast<Severity>(row.integer(1)), row.integer(2)});
    return rules;
}

std::vector<FoundHere> Overview::findings(FindingFilter const& filter, int limit, std::int64_t offset) const
{
    auto const session = seen();
    auto const severity = number_of(filter.severity);
    auto row = session->query(SqlText{"SELECT r.id, r.register, r.reference, r.title, r.status, f.rule, f.severity, f.place, f.message_args "
                                      "FROM record r JOIN finding f ON f.rid=r.rid "
                                      "WHERE r.organisation_id=? AND r.deleted_at IS NULL AND r.worst_finding > 0 "
                                      "AND f.severity = coalesce(?, f.severity) AND (? = '' OR f.rule = ?) "
                                      "ORDER BY f.severity DESC, f.rule, r.title_key, r.id, f.place LIMIT ? OFFSET ?"},
                              organisation_, severity, filter.rule, filter.rule, limit, offset);
    std::vector<FoundHere> found;
    while (row.next()) found.push_back({read_line(row), read_finding(row, 5)});
    return found;
}

std::vector<compliance::LintItem> Overview::lint_items(records::Registers const& registers, FindingFilter const& filter) const
{
    auto const session = seen();
    auto row = session->query(SqlText{"SELECT r.id, r.register, r.reference, r.title, r.status, f.rule, f.severity, f.place, f.message_args "
                                      "FROM record r LEFT JOIN finding f ON f.rid=r.rid WHERE r.organisation_id=? AND r.deleted_at IS NULL "
                                      "ORDER BY r.register, r.reference, r.id, f.severity DESC, f.rule, f.place"},
                              organisation_);
    std::vector<compliance::LintItem> items;
    while (row.next()) {
        auto line = read_line(row);
        auto const id = line.id.text();
        if (items.empty() || items.back().id != id) {
            auto const* kind = registers.find(line.register_slug);
            items.push_back({id, std::move(line.reference), std::move(line.title), std::move(line.register_slug), {}, std::nullopt, kind ? kind->schema : nullptr});
        }
        if (row.is_null(5)) continue;
        if (auto finding = read_finding(row, 5); passes(filter, finding)) items.back().findings.push_back(std::move(finding));
    }
    return items;
}

}  // namespace greffier::overview
