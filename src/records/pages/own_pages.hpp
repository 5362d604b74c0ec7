#pragma once
// The pages that some registers have beside their list (a matrix, a report): where the list leads to them.

#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"

namespace greffier::records::pages {

struct OwnPage {
    std::string address;             ///< behind that of the list
    std::string_view icon, words;    ///< words: locale key
};
/// `today`: a page of a year is that of the year before until it is over.
std::vector<OwnPage> own_pages(std::string_view register_slug, Date today);

}  // namespace greffier::records::pages
