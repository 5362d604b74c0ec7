#pragma once
// What cross-register rules look at: the subject, the profile, and the other processings, each read once.

#include <optional>
#include <string>
#include <vector>

#include "records/rule.hpp"
#include "registers/processing/processing.hpp"
#include "registers/profile/profile.hpp"

namespace greffier::compliance {

inline constexpr std::string_view processings_slug = "processings";
inline constexpr std::string_view profile_slug = "profile";

/// Lives for one examination; not thread-safe.
class Scene {
public:
    /// Above `most_compared` processings, others() is empty: comparing each with each would slow every write.
    Scene(records::Subject const& subject, records::Surroundings& around, std::int64_t most_compared)
        : subject_(subject), around_(around), most_compared_(most_compared) {}

    [[nodiscard]] records::Subject const& subject() const { return subject_; }
    [[nodiscard]] records::Surroundings& around() { return around_; }

    /// An organisation without profile reads as an empty one.
    profile::Profile const& profile();

    struct Other {
        RecordId id;
        std::string reference, purpose, service;   ///< folded
    };
    /// The other processings of the organisation.
    std::vector<Other> const& others();

private:
    records::Subject const& subject_;
    records::Surroundings& around_;
    std::int64_t most_compared_;
    std::optional<profile::Profile> profile_;
    std::optional<std::vector<Other>> others_;
};

/// The record of a Row that the register's check accepted; another is a programming error and throws.
processing::Processing processing_of(schema::Row const& row);
profile::Profile profile_of(schema::Row const& row);

}  // namespace greffier::compliance
