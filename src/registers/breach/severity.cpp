#include "registers/breach/severity.hpp"

#include <algorithm>

namespace greffier::breach {

namespace {

constexpr int lowest_context = 1, highest_context = 4;
constexpr int medium_from = 2 * 4, high_from = 3 * 4, very_high_from = 4 * 4;   // in quarters
constexpr int many = 100;

/// The answers of each question stand in the order of their figures, a quarter apart.
template <class E>
int quarters(std::optional<E> const& answer) { return answer ? static_cast<int>(*answer) : 0; }

ScoreLevel level_of(int total)
{
    if (total >= very_high_from) return ScoreLevel::VeryHigh;
    if (total >= high_from) return ScoreLevel::High;
    return total >= medium_from ? ScoreLevel::Medium : ScoreLevel::Low;
}

}  // namespace

std::optional<Score> score_of(Breach const& breach)
{
    if (!breach.score_data || !breach.score_identification) return std::nullopt;
    Score score;
    score.base = static_cast<int>(*breach.score_data) + 1;
    score.shift = breach.score_context ? static_cast<int>(*breach.score_context) - static_cast<int>(ContextShift::None) : 0;
    score.context = std::clamp(score.base + score.shift, lowest_context, highest_context);
    score.identification = static_cast<int>(*breach.score_identification) + 1;
    score.confidentiality = quarters(breach.score_confidentiality);
    score.integrity = quarters(breach.score_integrity);
    score.availability = quarters(breach.score_availability);
    score.malice = breach.intent == Intent::Malicious ? 2 : 0;
    score.circumstances = score.confidentiality + score.integrity + score.availability + score.malice;
    score.total = score.context * score.identification + score.circumstances;
    score.level = level_of(score.total);
    score.many_people = breach.people_count.value_or(0) > many;
    score.unintelligible = breach.unintelligible.value_or(false);
    return score;
}

Risk Score::suggested() const
{
    if (level == ScoreLevel::Low) return Risk::Unlikely;
    return level == ScoreLevel::Medium ? Risk::Risk : Risk::High;
}

std::string_view code_of(ScoreLevel level)
{
    switch (level) {
    case ScoreLevel::Low: return "low";
    case ScoreLevel::Medium: return "medium";
    case ScoreLevel::High: return "high";
    default: return "very_high";
    }
}

}  // namespace greffier::breach
