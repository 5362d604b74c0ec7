#pragma once
// The general description of the security measures (art. 30(1)(g)), written from what a processing names: its own lines, the
// records of the register of measures that it links, and those that protect everything.

#include <string>
#include <string_view>
#include <vector>

#include "core/locale.hpp"
#include "schema/info.hpp"

namespace greffier::processing {

/// One measure that stands today, as the text says it.
struct SaidMeasure {
    std::string kind;        ///< code of measure_type; empty when nobody said
    std::string words;       ///< may be empty where the kind says it all
    bool partial = false;
};

/// One sentence for each kind, in the order of the list, what has no kind last; the same words of a kind are said once.
std::vector<std::string> security_text(std::vector<SaidMeasure> const& measures, schema::List const& kinds, Locale const& locale);

}  // namespace greffier::processing
