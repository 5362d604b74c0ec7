#pragma once
// The installation's own keys, one a use: letters that wait, second factors, places people sign in from. Each lies in the
// table `installation`, wrapped by the master key and bound to its use, so that they outlive the rotation of that key.

#include <map>
#include <string>
#include <string_view>

#include "core/crypto.hpp"
#include "storage/database.hpp"

namespace greffier::app {

/// Immutable once opened.
class InstallationKeys {
public:
    /// Those that are missing are made; an installation from before they were there keeps what it sealed by keys
    /// derived from its data.key. With `may_write` false nothing is kept. A key that `master` does not open throws.
    static InstallationKeys open(storage::Database& database, Secret<Bytes> const& master, bool may_write);

    /// 32 bytes. Throws for a use that installation_keys.cpp does not name.
    [[nodiscard]] Secret<Bytes> const& of(std::string_view use) const;

private:
    std::map<std::string, Secret<Bytes>, std::less<>> keys_;
};

/// All of them wrapped anew, inside one write. Returns how many there were; one that `before` does not open throws.
std::int64_t rewrap_installation_keys(storage::Session& session, Secret<Bytes> const& before, Secret<Bytes> const& after);

}  // namespace greffier::app
