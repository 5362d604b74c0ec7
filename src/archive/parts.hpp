#pragma once
// The parts of an archive as JSON text, both ways. Keys are sorted and nothing depends on the hour: two archives of one
// state are the same bytes.

#include "archive/format.hpp"
#include "archive/json_line.hpp"
#include "core/result.hpp"

namespace greffier::archive {

std::string to_text(Manifest const& manifest);
/// Errors: archive.not_one, archive.newer_format, archive.damaged_part.
Result<Manifest> parse_manifest(std::string_view text);

std::string to_text(KeptOrganisation const& organisation);
Result<KeptOrganisation> parse_organisation(std::string_view text);

std::string to_text(KeptPeople const& people);
Result<KeptPeople> parse_people(std::string_view text);

// Lines, each {"<name>":{…}}.
std::string to_line(KeptContent const& content);
std::string to_line(KeptRecord const& record);
std::string to_line(KeptKey const& key);
std::string to_line(KeptVersion const& version);
std::string to_line(KeptLink const& link);
std::string to_line(KeptBase const& base);

Result<KeptContent> parse_content(std::string_view line, Place const& place);

/// A line of a register's part: one of the five.
struct RegisterLine {
    std::optional<KeptRecord> record;
    std::optional<KeptKey> key;
    std::optional<KeptVersion> version;
    std::optional<KeptLink> link;
    std::optional<KeptBase> base;
};
Result<RegisterLine> parse_register_line(std::string_view line, Place const& place);

}  // namespace greffier::archive
