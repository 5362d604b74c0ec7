#pragma once
// Internal to records/: what the codes and labels that organisations add have in common.

#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace greffier::records {

constexpr std::size_t longest_code = 40;
constexpr std::size_t longest_label = 120;

/// [a-z][a-z0-9_]{0,39}
bool is_added_code(std::string_view text);
/// "Agents d’été" -> "agents_d_ete"; "" for a text without a letter or figure.
std::string code_from(std::string_view label);
/// required, bad_utf8, too_long, control_characters.
void check_label(std::vector<FieldError>& out, std::string field, std::string const& label, std::size_t longest = longest_label);

}  // namespace greffier::records
