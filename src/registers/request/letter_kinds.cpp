#include "registers/request/letter_kinds.hpp"

#include <array>

namespace greffier::request {

namespace {

constexpr std::array<std::pair<LetterKind, std::string_view>, 6> kinds{{
    {LetterKind::Acknowledgement, "acknowledgement"}, {LetterKind::Identity, "identity"}, {LetterKind::Extension, "extension"},
    {LetterKind::Access, "access"}, {LetterKind::Refusal, "refusal"}, {LetterKind::Done, "done"},
}};

}  // namespace

std::string_view code_of(LetterKind kind)
{
    for (auto const& [one, code] : kinds)
        if (one == kind) return code;
    return {};
}

std::optional<LetterKind> parse_letter_kind(std::string_view code)
{
    for (auto const& [kind, one] : kinds)
        if (one == code) return kind;
    return std::nullopt;
}

std::vector<LetterKind> letters_for(Request const& request)
{
    std::vector<LetterKind> letters{LetterKind::Acknowledgement, LetterKind::Identity, LetterKind::Extension};
    bool const access = request.asks_any({Right::Access, Right::Information});
    if (access) letters.push_back(LetterKind::Access);
    if (!access || request.rights.size() > 1) letters.push_back(LetterKind::Done);
    letters.push_back(LetterKind::Refusal);
    return letters;
}

}  // namespace greffier::request
