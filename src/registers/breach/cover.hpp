#pragma once
// What an insurance may have to say of a breach: its facts in the words of the insurers' three grids (cause, person harmed, damage),
// and what each policy answers to them. The register of insurance is known here by its slug and the names of its fields alone, and
// learns nothing: nothing is written there.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registers/breach/breach.hpp"

namespace greffier::breach {

/// A line of a grid that this breach is about. `grid`: causes, persons or damages.
struct CoverQuestion {
    std::string_view grid, item;
    bool operator==(CoverQuestion const&) const = default;
};
/// In the order of the grids, each once. Answered from coded fields alone: no words that name people are read.
std::vector<CoverQuestion> cover_questions(Breach const& breach);

/// The day it happened, for want of better the day it was seen.
std::optional<Date> day_of_loss(Breach const& breach, std::string_view zone);
/// When the time to declare runs from: who is insured knew.
std::optional<Timestamp> known_at(Breach const& breach);
/// When the insurer was told, as the record says.
std::optional<Timestamp> insurer_told_at(Breach const& breach);
/// Somebody attacked a system: what an insurance pays for then waits for a complaint within 72 hours (Code des assurances, art. L. 12-10-1).
bool is_attack(Breach const& breach);

/// One policy, as its own register tells it.
struct CoverAnswer {
    CoverQuestion question;
    std::string cover;                  ///< included, sometimes, excluded; empty: nobody asked the insurer
};
struct Policy {
    std::vector<CoverAnswer> answers;   ///< to the questions of this breach
    std::optional<Date> from, until;
    bool renews = false;
    std::optional<std::int64_t> declare_within_days;
    std::vector<std::string> missing;   ///< fields that a claim needs and the record does not say

    /// On that day: with dates that are not said, it may have been.
    [[nodiscard]] bool held_on(Date day) const;
    /// The insurer said no to every cause of this breach.
    [[nodiscard]] bool excludes_all_causes() const;
};
Policy policy_of(schema::SchemaInfo const& info, schema::Row const& row, std::vector<CoverQuestion> const& questions);

}  // namespace greffier::breach
