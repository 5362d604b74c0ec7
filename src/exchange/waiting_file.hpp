#pragma once
// Internal to the pages: files that wait for their import to be confirmed.

#include <filesystem>
#include <optional>
#include <string>

#include "accounts/actor.hpp"

namespace greffier::exchange {

/// Keeps a file for an hour; the answer is the word that finds it again. Throws when the disk refuses.
std::string keep_waiting(std::filesystem::path const& directory, accounts::Actor const& actor, std::string const& bytes);
/// The file of that word, if it was this actor's, in this organisation, within the hour.
std::optional<std::filesystem::path> waiting_file(std::filesystem::path const& directory, accounts::Actor const& actor, std::string_view word);

} // namespace greffier::exchange
