#pragma once
// Overview: what stands in all the registers of one organisation at once. Read-only; the organisation is a constructor
// argument, put in every statement. Each function is one statement. Thread-safe.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "accounts/sight.hpp"
#include "compliance/lint_report.hpp"
#include "records/record.hpp"
#include "records/register.hpp"
#include "storage/database.hpp"

namespace greffier::overview {

/// A record as a line that leads to it.
struct Line {
    RecordId id;
    std::string register_slug, reference, title, status;
};

/// Live records: of one status, or whose worst finding is of one severity.
struct Tally {
    std::string register_slug;
    std::string status;                                ///< empty when the tally is by severity
    std::optional<records::Severity> worst = {};       ///< absent when the tally is by status, or nothing was found
    std::int64_t count = 0;
};

struct Wrong {
    Line record;
    records::Severity worst{};
    std::string rule;            ///< of the finding to mend first
    std::int64_t findings = 0;   ///< major and blocking
};

struct Due {
    Line record;
    Timestamp review_at{};
};
struct DueList {
    std::vector<Due> first;                 ///< soonest first
    std::int64_t total = 0, late = 0;
};

struct Changed {
    Line record;
    std::int64_t version = 0;
    std::string action;
    Timestamp at{};
    Uuid by;
};

/// What waits for one person in this organisation.
struct Returned {
    Line record;
    Uuid by;
    Timestamp at{};
};
struct Waiting {
    Line record;
    Timestamp since{};
};

/// Reviews that fall in one month and are not late.
struct MonthOfReviews {
    Date first;                 ///< of the month
    std::int64_t count = 0;
};

struct FoundHere {
    Line record;
    records::Finding finding;
};
struct RuleTally {
    std::string rule;
    records::Severity severity{};
    std::int64_t count = 0;
};
struct FindingFilter {
    std::optional<records::Severity> severity;
    std::string rule;
};

class Overview {
public:
    Overview(storage::Database& database, OrganisationId organisation, accounts::Sight const& sight) : database_(database), organisation_(organisation), sight_(sight) {}

    [[nodiscard]] std::vector<Tally> tallies() const;
    /// Records with a blocking or a major finding, worst first.
    [[nodiscard]] std::vector<Wrong> wrong(int limit) const;
    /// Reviews before `until`; late are those before `today`, the beginning of the day where the organisation is.
    [[nodiscard]] DueList due(Timestamp today, Timestamp until, int limit) const;
    [[nodiscard]] std::vector<Changed> changed(int limit) const;

    /// Records in that status, the longest untouched first.
    [[nodiscard]] std::vector<Waiting> waiting(std::string_view register_slug, std::string_view status, int limit) const;
    /// Records sent back to a person with a reason, still where they were sent back to; newest first.
    [[nodiscard]] std::vector<Returned> returned_to(records::Registers const& registers, PersonId person, int limit) const;
    /// Calls by name and answers this person has not read yet.
    [[nodiscard]] std::int64_t unread_exchanges(PersonId person) const;
    struct ReviewCalendar {
        std::int64_t late = 0;
        std::vector<MonthOfReviews> months;      ///< twelve, from the current one on
    };
    [[nodiscard]] ReviewCalendar reviews_by_month(Timestamp now, std::string const& zone) const;

    /// Every rule that finds something, worst first.
    [[nodiscard]] std::vector<RuleTally> rules() const;
    /// Worst first, then by rule, then by title of the record. `offset` counts findings.
    [[nodiscard]] std::vector<FoundHere> findings(FindingFilter const& filter, int limit, std::int64_t offset) const;
    /// Every live record with its findings, as lint reports write them: by register and reference.
    [[nodiscard]] std::vector<compliance::LintItem> lint_items(records::Registers const& registers, FindingFilter const& filter = {}) const;

private:
    [[nodiscard]] accounts::Seen seen() const { return accounts::Seen::anywhere(database_, sight_); }

    storage::Database& database_;
    OrganisationId organisation_;
    accounts::Sight sight_;
};

}  // namespace greffier::overview
