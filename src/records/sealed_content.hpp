#pragma once
// Internal to records/: how contents of attachments lie on disk, each a secretstream under its organisation's
// key, or under one made of its record's.

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "core/crypto.hpp"

namespace greffier::records {

/// Of the row of organisation_key that opens them.
constexpr std::string_view contents_key_purpose = "attachments";

/// Fills the buffer as far as it can; less than asked for means the end.
using ContentReader = std::function<std::size_t(char* buffer, std::size_t size)>;

/// Of the files of a record that has a key of its own: destroying that one destroys this one.
Secret<Bytes> contents_key_of(Secret<Bytes> const& record_key);

/// A keyed hash: neither its words nor what it is can be told from it.
std::string content_name(Secret<Bytes> const& key, Hash const& sha256);
std::filesystem::path content_place(std::filesystem::path const& directory, std::string const& name);

/// Writes a new file, synced. Throws with the system's reason, and leaves nothing.
void write_sealed_content(std::filesystem::path const& path, Secret<Bytes> const& key, ContentReader const& read);

/// Makes it and those above, for its owner alone, synced.
void make_content_directory(std::filesystem::path const& directory);
void sync_directory(std::filesystem::path const& directory);

}  // namespace greffier::records
