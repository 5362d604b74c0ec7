#pragma once
// The master key of an installation, which wraps the keys of its organisations. It lies in keys/data.key, or in no file:
// then keys/master.json says where it comes from and how to tell whether it is the right one.
//   environment   GREFFIER_MASTER_KEY, 32 bytes in base64
//   passphrase    argon2id of the first line of the file GREFFIER_MASTER_PASSPHRASE_FILE names ("fd:3": of that open
//                 descriptor), else of what is typed on the terminal. Never an argument: others read command lines.

#include <string_view>

#include "app/config.hpp"
#include "app/data_directory.hpp"

namespace greffier::app {

enum class MasterKeyPlace { File, Environment, Passphrase };
std::string_view code_of(MasterKeyPlace place);                       ///< "file" "environment" "passphrase"
std::optional<MasterKeyPlace> parse_master_key_place(std::string_view code);
MasterKeyPlace master_key_place(DataDirectory const& directory);

/// The key in force; one that a rotation left half-way is put in its place (when `may_write`). Errors: master_key_absent,
/// master_key_wrong, passphrase_absent, and those of read_key_file().
Result<Secret<Bytes>> master_key(DataDirectory const& directory, storage::Database& database, Environment const& environment, bool may_write);

/// A new master key: every organisation's keys are wrapped by it in one transaction, then it takes the place of the old
/// one, which is overwritten. Killed at any point, the installation opens with one of the two. Nobody may serve
/// meanwhile. The new one comes from GREFFIER_NEW_MASTER_KEY or GREFFIER_NEW_MASTER_PASSPHRASE_FILE (else the terminal).
/// Returns how many keys were wrapped.
Result<std::int64_t> rotate_master_key(DataDirectory const& directory, storage::Database& database, SigningKey const& ledger_key, Secret<Bytes> const& before, MasterKeyPlace to,
                                       Environment const& environment);

}  // namespace greffier::app
