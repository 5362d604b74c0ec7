#pragma once
// Internal to the pages: files that wait for their import to be confirmed.

#include <filesystem>
#include <optional>
#include <string>

#include "accounts/actor.hpp"

namespace greffier::exchange {

/// Keeps a file for an hour, sealed: the answer is the word that finds and opens it again, which only the browser keeps.
/// Throws when the disk refuses.
std::string keep_waiting(std::filesystem::path const& directory, accounts::Actor const& actor, std::string const& bytes);
/// The content of the file of that word, if it was this actor's, in this organisation, within the hour.
std::optional<std::string> read_waiting(std::filesystem::path const& directory, accounts::Actor const& actor, std::string_view word);
void forget_waiting(std::filesystem::path const& directory, accounts::Actor const& actor, std::string_view word);

} // namespace greffier::exchange
