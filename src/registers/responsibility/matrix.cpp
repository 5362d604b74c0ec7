#include "registers/responsibility/matrix.hpp"

#include <algorithm>

namespace greffier::responsibility {

void Matrix::add(Responsibility const& role, Date today)
{
    if (role.shares.empty() || (role.until && *role.until < today)) return;
    MatrixRole one{role.role, role.holder.name, {}};
    for (auto const& share : role.shares) {
        auto& parts = one.parts[share.workstream.code];
        if (std::ranges::find(parts, share.part) == parts.end()) parts.push_back(share.part);
    }
    roles_.push_back(std::move(one));
}

Gap Matrix::gap(std::string const& workstream) const
{
    int answer = 0, act = 0;
    for (auto const& role : roles_) {
        auto const found = role.parts.find(workstream);
        if (found == role.parts.end()) continue;
        answer += std::ranges::count(found->second, Part::Accountable) > 0;
        act += std::ranges::count(found->second, Part::Responsible) > 0;
    }
    if (answer == 0) return Gap::NobodyAnswers;
    if (answer > 1) return Gap::SeveralAnswer;
    return act == 0 ? Gap::NobodyDoes : Gap::None;
}

std::string Matrix::letters(MatrixRole const& role, std::string const& workstream)
{
    std::string letters;
    auto const found = role.parts.find(workstream);
    if (found == role.parts.end()) return letters;
    auto parts = found->second;
    std::ranges::sort(parts);
    for (auto const part : parts) letters += (letters.empty() ? "" : " ") + std::string{choices_of(Part{}).code(part)};
    return letters;
}

}  // namespace greffier::responsibility
