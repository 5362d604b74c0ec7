#pragma once
// The log of an archive: recomputed, and asked for the entry that vouches for a version.

#include <vector>

#include "archive/reader.hpp"
#include "ledger/ledger.hpp"

namespace greffier::archive {

class LogCheck {
public:
    /// Reads every entry: its form, place, organisation and time; then the root, and the signature over it.
    static Result<LogCheck> read(ArchiveReader const& archive);

    /// The entry of that place vouches for exactly this version; true at most once for each entry.
    bool vouches(std::string_view register_slug, Uuid const& record, KeptVersion const& version);
    /// Entries about versions that none was asked for: their versions are missing.
    [[nodiscard]] bool is_complete() const;

private:
    struct Vouched {
        Uuid record, actor;
        Hash commitment{};
        Timestamp time{};
        std::int64_t version = 0;
        int schema_version = 0;
        std::size_t register_index = 0;
        ledger::Action action{};
        bool asked = false;
    };
    std::vector<Vouched> entries_;
    std::vector<std::string> registers_;
    bool is_copy_ = false;   ///< begins by saying of what it is a copy: its entries are younger than its versions
};

}  // namespace greffier::archive
