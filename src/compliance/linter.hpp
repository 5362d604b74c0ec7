#pragma once
// The compliance linter: every rule over one record, called by each write inside its transaction, by the
// nightly check and by `greffier lint`.

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "compliance/scene.hpp"
#include "records/gate.hpp"
#include "records/rule.hpp"

namespace greffier::compliance {

/// One rule as the catalogue shows it; its words are the locale keys rule.<id>.title, .why, .remedy.
struct RuleInfo {
    std::string_view id;              ///< "REG-011"
    std::string_view family;          ///< "REG"
    records::Severity severity{};
    std::string_view article;         ///< "30(1)(f)"; empty when no text demands it
    std::string_view register_slug;   ///< whose records it judges
    std::string_view since;           ///< version of the program that brought it
};

/// By id. Thread-safe.
std::vector<RuleInfo> const& all_rules();
/// nullptr when there is no such rule.
RuleInfo const* find_rule(std::string_view id);

class Linter final : public records::Examiner, public records::Gatekeeper {
public:
    static constexpr std::int64_t compare_all = std::numeric_limits<std::int64_t>::max();

    /// An organisation with more processings than `most_compared` is not searched for doubles (REG-005, REG-019).
    explicit Linter(std::int64_t most_compared = most_compared_in_a_write) : most_compared_(most_compared) {}

    [[nodiscard]] std::vector<records::Finding> examine(records::Subject const& subject, records::Surroundings& around) const override;
    [[nodiscard]] std::vector<records::Concerned> concerned(records::Change const& change, records::Surroundings& around) const override;
    [[nodiscard]] std::vector<records::Finding> hold_back(records::Subject const& subject, records::Surroundings& around) const override;

private:
    std::int64_t most_compared_;
};

}  // namespace greffier::compliance
