#pragma once
// Surroundings over records held in memory: those of a register file that no database knows.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "records/rule.hpp"

namespace greffier::compliance {

struct ListedRecords final : records::Surroundings {
    std::optional<schema::Row> profile_row;
    std::map<std::string, std::vector<Neighbour>, std::less<>> registers;   ///< by slug
    std::set<std::string, std::less<>> off;                                 ///< those that are switched off

    bool keeps(std::string_view register_slug) override { return !off.contains(register_slug); }
    std::optional<schema::Row> profile() override { return profile_row; }
    std::int64_t count(std::string_view register_slug) override
    {
        auto const found = keeps(register_slug) ? registers.find(register_slug) : registers.end();
        return found == registers.end() ? 0 : static_cast<std::int64_t>(found->second.size());
    }
    void each(std::string_view register_slug, std::function<bool(Neighbour const&)> const& visit) override
    {
        auto const found = keeps(register_slug) ? registers.find(register_slug) : registers.end();
        if (found == registers.end()) return;
        for (auto const& neighbour : found->second)
            if (!visit(neighbour)) return;
    }
};

}  // namespace greffier::compliance
