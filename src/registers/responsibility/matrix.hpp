#pragma once
// The matrix of responsibilities: who takes which part in each work, and where one answer is missing or too many.

#include <map>
#include <string>
#include <vector>

#include "registers/responsibility/responsibility.hpp"

namespace greffier::responsibility {

struct MatrixRole {
    std::string name, holder;
    std::map<std::string, std::vector<Part>> parts;   ///< by workstream code
};
/// What is wrong with a row: nobody answers for it, several do, nobody does it.
enum class Gap { None, NobodyAnswers, SeveralAnswer, NobodyDoes };

class Matrix {
public:
    /// A role whose end has come takes no part any more.
    void add(Responsibility const& role, Date today);
    [[nodiscard]] std::vector<MatrixRole> const& roles() const { return roles_; }
    [[nodiscard]] Gap gap(std::string const& workstream) const;
    /// "R", "A R", "" for nobody's part.
    [[nodiscard]] static std::string letters(MatrixRole const& role, std::string const& workstream);

private:
    std::vector<MatrixRole> roles_;
};

}  // namespace greffier::responsibility
