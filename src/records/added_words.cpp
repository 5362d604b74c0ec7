#include "records/added_words.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace greffier::records {

namespace {

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_code_letter(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; }

}  // namespace

bool is_added_code(std::string_view text)
{
    return !text.empty() && text.size() <= longest_code && is_letter(text.front()) && std::ranges::all_of(text, is_code_letter);
}

std::string code_from(std::string_view label)
{
    auto code = join(words(label), "_");
    std::erase_if(code, [](char c) { return !is_code_letter(c); });
    if (code.empty()) return code;
    if (!is_letter(code.front())) code = "t_" + code;
    if (code.size() > longest_code) code.resize(longest_code);
    while (code.ends_with('_')) code.pop_back();
    return code;
}

void check_label(std::vector<FieldError>& out, std::string field, std::string const& label, std::size_t longest)
{
    if (label.empty()) out.push_back({std::move(field), "required", {}});
    else if (!is_utf8(label)) out.push_back({std::move(field), "bad_utf8", {}});
    else if (length_utf8(label) > longest) out.push_back({std::move(field), "too_long", {{"max", std::to_string(longest)}}});
    else if (std::ranges::any_of(label, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; })) out.push_back({std::move(field), "control_characters", {}});
}

}  // namespace greffier::records
