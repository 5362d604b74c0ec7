#pragma once
// Internal to founding/: the making and the taking back in the background.

#include "founding/services.hpp"

namespace greffier::founding {

constexpr std::string_view make_kind = "found", undo_kind = "unfound";

enum class Direction { There, Back };
/// Begins it and hands it over. Conflict founding.other_state.
Status hand_over(FoundingServices& services, accounts::Actor const& actor, Founding const& founding, Direction direction, Timestamp now);
/// The job that makes or takes back, when there is one: its progress, and why it failed.
std::optional<jobs::Job> job_of(FoundingServices& services, Founding const& founding);

/// For commands and tests: all of it, here and now. `progress` is told what is done of how much.
using Progress = std::function<void(std::int64_t done, std::int64_t total)>;
Status make_all(Foundings const& foundings, records::Machinery const& machinery, accounts::Organisations& organisations, FoundingId id, Timestamp now, Progress const& progress = {});
Status undo_all(Foundings const& foundings, FoundingId id, Timestamp now, Progress const& progress = {});

}  // namespace greffier::founding
