#pragma once
// The severity score of ENISA's method (recommendations of December 2013): SE = DPC x EI + CB, in our own words.
// Data in their context, times how easily people are recognised, plus what happened to the data. A help to judge the
// risk: it is shown with its calculation and decides nothing.

#include <optional>

#include "registers/breach/breach.hpp"

namespace greffier::breach {

enum class ScoreLevel { Low, Medium, High, VeryHigh };

/// All figures but `context` in quarters of a point, as the method's own are.
struct Score {
    int base = 0, shift = 0;               ///< of the data, 1 to 4, and of its context
    int context = 0;                       ///< DPC: base + shift, kept between 1 and 4
    int identification = 0;                ///< EI
    int confidentiality = 0, integrity = 0, availability = 0, malice = 0;
    int circumstances = 0;                 ///< CB: the sum of the four
    int total = 0;                         ///< SE
    ScoreLevel level = ScoreLevel::Low;
    bool many_people = false;              ///< over a hundred: stands beside the score
    bool unintelligible = false;           ///< so does this
    [[nodiscard]] Risk suggested() const;
    bool operator==(Score const&) const = default;
};

/// Absent until data and identification are answered.
std::optional<Score> score_of(Breach const& breach);

std::string_view code_of(ScoreLevel level);   ///< "low" …; words: locale key "score.level.<code>"

}  // namespace greffier::breach
