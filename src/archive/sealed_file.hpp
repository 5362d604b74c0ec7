#pragma once
// An archive under a passphrase: one line that names the form, a salt, then a secretstream (src/core/seal.cpp) under
// the key that argon2id makes of the words and the salt.

#include <filesystem>

#include "core/crypto.hpp"
#include "core/result.hpp"
#include "documents/scratch_file.hpp"

namespace greffier::archive {

/// In the clear until it is sealed: it never outlives the work.
struct PlainFile {
    std::filesystem::path path;
    ~PlainFile()
    {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
    }
};

bool is_sealed(std::filesystem::path const& file);

/// Key and salt of one file; never used for a second one.
struct FileKey {
    Bytes salt;
    Secret<Bytes> key;
};
constexpr std::size_t shortest_passphrase = 12;   ///< characters
/// Error archive.passphrase_short.
Result<FileKey> key_for(SecretText const& passphrase);

/// Writes `sealed`, readable by its owner alone, whole or not at all.
void seal_file(std::filesystem::path const& plain, std::filesystem::path const& sealed, FileKey const& key);

/// What it holds, in a file without a name in `scratch`. Errors: archive.wrong_passphrase, archive.truncated.
Result<documents::ScratchFile> open_file(std::filesystem::path const& sealed, SecretText const& passphrase, std::filesystem::path const& scratch);

/// The same, of a file whose key nobody typed.
Result<documents::ScratchFile> open_file(std::filesystem::path const& sealed, Secret<Bytes> const& key, std::filesystem::path const& scratch);
/// A key of its own for one file: to be kept sealed.
FileKey made_key();

}  // namespace greffier::archive
