#pragma once
// "Is an agreement needed?": the cases in which consent is the answer, and those in which another basis serves (arts. 6, 7, 9).

#include <span>
#include <string_view>
#include <vector>

#include "accounts/context.hpp"

namespace greffier::consent {

enum class Answer { Needed, Other, Depends };

/// One case; words: locale keys consent.when.<code>, .answer and .example.
struct When {
    std::string_view code;
    Answer answer;
    std::string_view articles;      ///< ';' between them, as schema::article_words takes each
    std::string_view model = "";    ///< code of a model of consent points to start from
};
std::span<When const> all_cases();

/// /o/{organisation}/consent-points/when
std::vector<accounts::Route> when_routes();

}  // namespace greffier::consent
