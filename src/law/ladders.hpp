#pragma once
// When one is reminded of a deadline, and who: law/ladders.csv, dated rows. A ladder is the steps ("rungs") of one kind of deadline, before
// it and after it. A kind without rows of its own has those of "*legal" or "*house". Pure; thread-safe.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "law/csv_table.hpp"
#include "law/periods.hpp"

namespace greffier::law {

/// Who is told, weakest first: one who is absent is stood in for by the next.
enum class Told { Owner, Dpo, Controller, Administrator };
std::string_view code_of(Told told);                          ///< owner dpo controller administrator
std::optional<Told> parse_told(std::string_view code);

struct Rung {
    enum class Anchor { Start, Due };                         ///< counted from what set the clock going, or from the deadline
    enum class Unit { Hours, Days, WorkingDays, Months, None };   ///< None: a kind that nothing is said of
    enum class Nature { Legal, Contract, House };
    std::string kind;
    Nature nature = Nature::House;                            ///< whose deadline it is: none of the law's steps can be left out
    Anchor anchor = Anchor::Due;
    int amount = 0;                                           ///< before the deadline: negative
    Unit unit = Unit::Days;
    std::vector<Told> told;
    std::vector<Told> escalated = {};                         ///< told too when nobody moved since the step before
    bool urgent = false;                                      ///< a mail of its own, at once
    Validity validity = {};
    std::string source = {};

    /// "start+24h", "due-7d", "due-5w", "due+1m": what it is called wherever it is kept.
    [[nodiscard]] std::string code() const;
};
/// Nothing for what code() does not write, and for more than ten years.
std::optional<Rung> parse_rung(std::string_view code);

/// Every row, past ones too.
std::span<Rung const> rungs();
/// The steps that hold on `day`.
std::vector<Rung> ladder_of(std::string_view kind, bool legal, Date day);
/// True for a kind whose own rows are the law's.
bool is_legal_ladder(std::string_view kind);
/// Kinds that have rows of their own, in the order of the table.
std::vector<std::string> kinds_with_ladders();

/// When a step comes: hours to the minute, days at seven in the morning of the place. `day`: of what is due by the end of a day.
Timestamp instant_of(Rung const& rung, Timestamp due, std::optional<Date> day, Place const& place);

}  // namespace greffier::law
