#include "accounts/access_reviews.hpp"

#include <algorithm>

#include "accounts/branches.hpp"
#include "accounts/has_administrator.hpp"
#include "core/text.hpp"

namespace greffier::accounts {

using storage::Session;
using storage::SqlText;

namespace {

constexpr SqlText reviews{"SELECT v.id, v.started_at, v.started_by, v.finished_at, v.finished_by, "
                          "(SELECT count(*) FROM access_review_line l WHERE l.review_id=v.id AND l.from_above=''), "
                          "(SELECT count(*) FROM access_review_line l WHERE l.review_id=v.id AND l.from_above='' AND l.decision=''), "
                          "(SELECT count(*) FROM access_review_line l WHERE l.review_id=v.id AND l.from_above='' AND l.decision='removed') "
                          "FROM access_review v WHERE v.organisation_id=?"};

AccessReview read_review(storage::Cursor const& row)
{
    AccessReview review;
    review.id = row.id<AccessReviewed>(0);
    review.started_at = row.timestamp(1);
    review.started_by = row.uuid(2);
    review.finished_at = row.optional_timestamp(3);
    if (!row.is_null(4)) review.finished_by = row.uuid(4);
    review.lines = row.integer(5);
    review.undecided = row.integer(6);
    review.removed = row.integer(7);
    return review;
}

/// NotFound, or Conflict when it is over.
Status check_open(Session& session, OrganisationId organisation, AccessReviewId id)
{
    auto found = session.query(SqlText{"SELECT finished_at FROM access_review WHERE id=? AND organisation_id=?"}, id, organisation);
    if (!found.next()) return Error::not_found();
    if (!found.is_null(0)) return Error::conflict("review_finished");
    return Nothing{};
}

void add_line(Session& session, OrganisationId organisation, AccessReviewId review, ReviewedAccess const& line)
{
    session.execute(SqlText{"INSERT INTO access_review_line(organisation_id, review_id, subject, kind, name, email, role, from_above, since, last_seen) VALUES(?,?,?,?,?,?,?,?,?,?)"}, organisation,
                    review, line.subject, line.token ? "token" : "role", line.name, line.email, code_of(line.role), line.from_above, line.since, line.last_seen);
}

std::vector<ReviewedAccess> roles_held(Session& session, OrganisationId organisation)
{
    std::vector<ReviewedAccess> all;
    auto rows = session.query(SqlText{"SELECT m.id, p.name, p.email_shown, m.role, m.created_at, "
                                      "COALESCE((SELECT o.name FROM membership a JOIN organisation o ON o.id=a.organisation_id WHERE a.id=m.via), "
                                      "(SELECT s.provider FROM membership_source s WHERE s.membership_id=m.id)), "
                                      "(SELECT max(j.at) FROM journal_entry j WHERE j.person_id=p.id AND j.event='signed_in') "
                                      "FROM membership m JOIN person p ON p.id=m.person_id WHERE m.organisation_id=? AND m.revoked_at IS NULL"},
                              organisation);
    while (rows.next())
        if (auto const role = parse_role(rows.view(3)))
            all.push_back({rows.uuid(0), false, rows.text(1), rows.text(2), *role, rows.is_null(5) ? std::string{} : rows.text(5), rows.timestamp(4), rows.optional_timestamp(6), {}});
    return all;
}

std::vector<ReviewedAccess> tokens_in_force(Session& session, OrganisationId organisation, Timestamp now)
{
    std::vector<ReviewedAccess> all;
    auto rows = session.query(SqlText{"SELECT t.id, t.name, (SELECT p.name FROM person p WHERE p.id=t.person_id), t.role, t.created_at, t.last_used_at FROM api_token t "
                                      "WHERE t.organisation_id=? AND t.revoked_at IS NULL AND t.expires_at>?"},
                              organisation, now);
    while (rows.next())
        if (auto const role = parse_role(rows.view(3)))
            all.push_back({rows.uuid(0), true, rows.text(1), rows.is_null(2) ? std::string{} : rows.text(2), *role, {}, rows.timestamp(4), rows.optional_timestamp(5), {}});
    return all;
}

/// What has gone meanwhile has gone: nothing is said of it.
void take_back(Session& session, OrganisationId organisation, ReviewedAccess const& line, Timestamp now)
{
    if (line.token) {
        session.execute(SqlText{"UPDATE api_token SET revoked_at=? WHERE id=? AND organisation_id=? AND revoked_at IS NULL"}, now, line.subject, organisation);
        return;
    }
    auto held = session.query(SqlText{"SELECT person_id FROM membership WHERE id=? AND organisation_id=? AND via IS NULL AND revoked_at IS NULL"}, line.subject, organisation);
    if (!held.next()) return;
    auto const person = held.id<greffier::Person>(0);
    revoke_on(session, person, organisation, line.role, now);
}

std::vector<ReviewedAccess> lines_of(Session& session, OrganisationId organisation, AccessReviewId id)
{
    std::vector<ReviewedAccess> all;
    auto rows = session.query(SqlText{"SELECT l.subject, l.kind, l.name, l.email, l.role, l.from_above, l.since, l.last_seen, l.decision FROM access_review_line l "
                                      "WHERE l.review_id=? AND l.organisation_id=?"},
                              id, organisation);
    while (rows.next())
        all.push_back({rows.uuid(0), rows.view(1) == "token", rows.text(2), rows.text(3), parse_role(rows.view(4)).value_or(Role::Reader), rows.text(5), rows.timestamp(6),
                       rows.optional_timestamp(7), parse_verdict(rows.view(8)).value_or(Verdict::None)});
    std::ranges::sort(all, {}, [](ReviewedAccess const& line) { return std::tuple{line.token, sort_key(line.name), line.role, line.subject}; });
    return all;
}

}  // namespace

std::string_view code_of(Verdict verdict)
{
    switch (verdict) {
    case Verdict::None: return "";
    case Verdict::Kept: return "kept";
    case Verdict::Removed: return "removed";
    }
    return "";
}

std::optional<Verdict> parse_verdict(std::string_view code)
{
    for (auto verdict : {Verdict::None, Verdict::Kept, Verdict::Removed})
        if (code_of(verdict) == code) return verdict;
    return std::nullopt;
}

std::vector<AccessReview> AccessReviews::all() const
{
    std::vector<AccessReview> found;
    auto session = database_.read_of(organisation_);
    auto rows = session->query(SqlText::joined({reviews, SqlText{" ORDER BY v.started_at DESC, v.id DESC"}}), organisation_);
    while (rows.next()) found.push_back(read_review(rows));
    return found;
}

std::optional<AccessReview> AccessReviews::find(AccessReviewId id) const
{
    auto session = database_.read_of(organisation_);
    auto row = session->query(SqlText::joined({reviews, SqlText{" AND v.id=?"}}), organisation_, id);
    if (!row.next()) return std::nullopt;
    return read_review(row);
}

std::vector<ReviewedAccess> AccessReviews::lines(AccessReviewId id) const
{
    auto session = database_.read_of(organisation_);
    return lines_of(*session, organisation_, id);
}

Result<AccessReviewId> AccessReviews::start(Uuid actor, Timestamp now) const
{
    return database_.write_result<AccessReviewId>([&](Session& session) -> Result<AccessReviewId> {
        if (session.query(SqlText{"SELECT 1 FROM access_review WHERE organisation_id=? AND finished_at IS NULL"}, organisation_).next()) return Error::conflict("review_open");
        auto const id = AccessReviewId::make();
        session.execute(SqlText{"INSERT INTO access_review(id, organisation_id, started_at, started_by) VALUES(?,?,?,?)"}, id, organisation_, now, actor);
        for (auto const& line : roles_held(session, organisation_)) add_line(session, organisation_, id, line);
        for (auto const& line : tokens_in_force(session, organisation_, now)) add_line(session, organisation_, id, line);
        return id;
    });
}

Status AccessReviews::decide(AccessReviewId id, std::map<Uuid, Verdict> const& verdicts, Uuid actor, Timestamp now) const
{
    return database_.write([&](Session& session) -> Status {
        TRY(check_open(session, organisation_, id));
        for (auto const& [subject, verdict] : verdicts)
            session.execute(SqlText{"UPDATE access_review_line SET decision=?, decided_at=?, decided_by=? WHERE review_id=? AND subject=? AND from_above='' AND decision<>?"},
                            code_of(verdict), now, actor, id, subject, code_of(verdict));
        return Nothing{};
    });
}

Status AccessReviews::finish(AccessReviewId id, Uuid actor, Timestamp now) const
{
    return database_.write([&](Session& session) -> Status {
        TRY(check_open(session, organisation_, id));
        auto const lines = lines_of(session, organisation_, id);
        auto const undecided = std::ranges::count_if(lines, [](ReviewedAccess const& line) { return line.decided_here() && line.verdict == Verdict::None; });
        if (undecided > 0) return Error::conflict("review_undecided", {{"count", std::to_string(undecided)}});
        bool const administered = has_administrator(session, organisation_);
        for (auto const& line : lines)
            if (line.decided_here() && line.verdict == Verdict::Removed) take_back(session, organisation_, line, now);
        if (administered && !has_administrator(session, organisation_)) return Error::conflict("last_administrator");
        session.execute(SqlText{"UPDATE access_review SET finished_at=?, finished_by=? WHERE id=?"}, now, actor, id);
        return Nothing{};
    });
}

Status AccessReviews::abandon(AccessReviewId id) const
{
    return database_.write([&](Session& session) -> Status {
        TRY(check_open(session, organisation_, id));
        session.execute(SqlText{"DELETE FROM access_review WHERE id=?"}, id);
        return Nothing{};
    });
}

}  // namespace greffier::accounts
