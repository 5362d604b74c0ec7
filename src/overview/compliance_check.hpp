#pragma once
// A compliance file checked by whoever received it: from the file alone, without network, database or trust in its author.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/crypto.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

namespace greffier::overview {

/// One thing that does not hold: words "compliance_check.<code>", with the file it is about.
struct CheckProblem {
    std::string code;
    std::string file = {};
    bool operator==(CheckProblem const&) const = default;
};

struct CheckedFile {
    std::vector<CheckProblem> problems;      ///< none: whole and unchanged
    std::int64_t files = 0;                  ///< whose sum is right
    Hash fingerprint{};                      ///< SHA-256 of the list of sums
    std::optional<Timestamp> signed_at;      ///< when the list was signed; absent when its signature does not hold
    std::uint64_t ledger_size = 0;
    std::string verifier_key;                ///< as the file says: to be compared with what its author gave by another way
};

struct CheckWish {
    std::string key = {};                    ///< a verifier key got by another way; empty: the file's own
    std::string checkpoint = {};             ///< a checkpoint kept from before: the log must have grown from it
};
/// Errors: compliance_check.not_one for what is no such file, compliance_check.bad_key, compliance_check.bad_checkpoint for a
/// wish that cannot be read; what the zip's own reader refuses.
Result<CheckedFile> check_compliance_file(std::filesystem::path const& file, CheckWish const& wish);

}  // namespace greffier::overview
