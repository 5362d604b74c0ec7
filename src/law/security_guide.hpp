#pragma once
// The points of the authority's security guide (law/measures.csv), each in our own words, dated, with its source. What an
// organisation does about a point is a record of the register of measures, which names the point by its code.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/locale.hpp"
#include "law/csv_table.hpp"

namespace greffier::law {

struct SecurityPoint {
    std::string code;                    ///< "04.3"; never reused
    std::string sheet;                   ///< "04", a code of the list security_sheet
    std::vector<std::string> kinds;      ///< codes of the list measure_type
    std::vector<std::string> risks;      ///< access, change, loss
    std::string text_fr, text_en;
    std::string source;
    bool verified = false;
    Validity validity;
    [[nodiscard]] std::string const& text(Language language) const { return language == Language::French ? text_fr : text_en; }
};

/// Sheets of the guide in its order: "01" to "25"; then "archive", which older editions had.
std::span<std::string_view const> security_sheets();
/// Code of the chapter a sheet stands in: steering, users, equipment, data, incident, focus.
std::string_view security_chapter(std::string_view sheet);
/// Every point, past ones too, in the order of the sheets. Thread-safe.
std::span<SecurityPoint const> security_points();
/// nullptr when there is none of that code.
SecurityPoint const* security_point(std::string_view code);

}  // namespace greffier::law
