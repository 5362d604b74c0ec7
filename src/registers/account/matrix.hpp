#pragma once
// The access matrix: the active accounts of each profile in each system. Pure; what a page and a table are written from.

#include <map>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "registers/account/account.hpp"

namespace greffier::account {

struct KnownAccount {
    RecordId id;
    std::string reference, status;
    Account account;
    /// Who it is for people: the holder, else the identifier.
    [[nodiscard]] std::string const& name() const { return account.holder.empty() ? account.identifier : account.holder; }
};

struct Matrix {
    std::vector<std::string> systems, profiles;       ///< as first written; "" where nobody said, and last
    std::map<std::pair<std::size_t, std::size_t>, std::vector<KnownAccount const*>> cells;   ///< by profile, system
    [[nodiscard]] std::vector<KnownAccount const*> const& at(std::size_t profile, std::size_t system) const;
};

/// Words that differ by case and accents alone are one profile, one system. `accounts` must outlive the matrix.
Matrix matrix_of(std::vector<KnownAccount> const& accounts);

}  // namespace greffier::account
