#pragma once
// The generated reference: pages and locale keys that follow from the declarations.

#include <string>
#include <vector>

namespace greffier::cli {

struct ReferencePage {
    std::string name;      ///< "processings.md"
    std::string content;   ///< Markdown; the same bytes for the same program
};
std::vector<ReferencePage> reference_pages();

/// Every locale key that code composes from a declared name, sorted.
std::vector<std::string> derived_locale_keys();

}  // namespace greffier::cli
