#pragma once
// The accounts of a directory (LDAP, Active Directory), as records of the register of accounts: new, changed, and gone.

#include <string>
#include <vector>

#include "accounts/ldap_way.hpp"
#include "records/import_item.hpp"
#include "records/store.hpp"

namespace greffier::exchange {

constexpr int most_directory_accounts = 20'000;

/// Those that may come in there: a closed account is as good as gone. The operator's own search account reads them. Errors:
/// those of a session (net/ldap.hpp), ldap_account. Waits for the directory; thread-safe.
Result<std::vector<net::LdapEntry>> read_directory(accounts::LdapSettings const& settings);

/// What they say of accounts; what a directory does not know (approval, review, second factor) is not in it. An entry without
/// the attribute that tells accounts apart for ever is a note.
records::ImportFile directory_file(records::Register const& kind, accounts::LdapSettings const& settings, std::vector<net::LdapEntry> const& entries);

/// An account that was read from this directory before, is active here, and no longer there.
struct GoneAccount {
    RecordId id;
    std::string reference, identifier, holder;
    bool noted = false;   ///< since an earlier reading
};
std::vector<GoneAccount> gone_accounts(records::Records const& store, records::Register const& kind, std::string const& directory, records::ImportFile const& file);

/// Writes since when each is missing, and takes it back from those that are there again.
Status note_gone(records::Records const& store, records::Register const& kind, std::string const& directory, std::vector<GoneAccount> const& gone, records::By const& by);

}  // namespace greffier::exchange
