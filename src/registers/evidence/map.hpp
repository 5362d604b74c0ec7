#pragma once
// The map of documents: by family, what somebody who inspects expects, and whether it is there. Pure.

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "records/record.hpp"
#include "registers/evidence/evidence.hpp"

namespace greffier::evidence {

/// One thing expected: records of a register, or pieces of evidence, or either.
struct Expected {
    Family family;
    std::string_view code;               ///< words: "evidence_expected.<code>", or the document's own
    std::string_view register_slug;      ///< records of it are what is expected; empty = only pieces
    std::optional<Document> document;    ///< pieces of that kind; absent = only records
    std::string_view article;            ///< empty when no text demands it
    std::string_view status = {};        ///< the records that count: a notice counts once it is published; empty = all but archived ones
};
std::span<Expected const> all_expected();

enum class Found { There, Expired, Missing };
std::string_view code_of(Found found);   ///< "there"; words: "evidence_found.<code>"

struct Piece {
    records::Head head;
    Evidence evidence;
};
struct MapLine {
    Expected const* expected = nullptr;
    Found found = Found::Missing;
    std::int64_t records = 0;                 ///< of the register, live and not archived
    std::vector<Piece const*> pieces;         ///< valid first
};
/// `count` answers how many records of what is expected a register holds.
std::vector<MapLine> map_of(std::vector<Piece> const& pieces, std::function<std::int64_t(Expected const&)> const& count, Date today);

}  // namespace greffier::evidence
