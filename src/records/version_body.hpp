#pragma once
// The bytes a version keeps for ever and the ledger commits to: the record and the act that made it.
// {"action":…,"decided_by":…,"decided_on":…,"reason":…,"record":{stored body},"reference":…,"status":…}
// Absent members are omitted; keys stand in this order. docs/developer/ledger.md fixes the form.

#include <string>
#include <string_view>

#include "core/crypto.hpp"
#include "records/record.hpp"

namespace greffier::records {

struct VersionBody {
    std::string action, reason, reference, status;
    Decision decision;
    std::string record;      ///< stored JSON
};

std::string to_text(VersionBody const& body);
/// Throws std::runtime_error on bytes this program never wrote.
VersionBody parse_version_body(std::string_view text);

/// How the bytes lie in record_version: 0 = as they are, 1 = zstd.
struct Packed { int codec = 0; Bytes bytes; };
Packed pack(std::string_view text);
std::string unpack(int codec, ByteView bytes);

}  // namespace greffier::records
