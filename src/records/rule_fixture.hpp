#pragma once
// What the tests of a register's rules share: a day of judgement, and the places at which one rule finds something.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "records/rule.hpp"

namespace greffier::records {

using Places = std::vector<std::string>;

inline Date day(char const* text) { return *parse_date(text); }

/// Judges on 22 November 2026, and tells the places of what the rule `id` alone finds.
template <typename Rules, typename T>
Places places_found(Rules const& rules, std::string_view id, T const& record, std::string status)
{
    std::vector<Finding> all;
    Circumstances now;
    now.today = day("2026-11-22");
    now.status = std::move(status);
    for (auto const& rule : rules)
        if (rule.id == id) {
            Report report(all, rule.id, rule.severity);
            rule.check(record, now, report);
        }
    Places found;
    for (auto const& one : all) found.push_back(one.place.text());
    return found;
}

}  // namespace greffier::records
