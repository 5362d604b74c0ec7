#pragma once
// What cross-register rules look at: the subject, the profile, and the other processings, each read once.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "records/rule.hpp"
#include "registers/processing/processing.hpp"
#include "registers/profile/profile.hpp"

namespace greffier::compliance {

inline constexpr std::string_view processings_slug = "processings";
inline constexpr std::string_view profile_slug = "profile";
inline constexpr std::string_view breaches_slug = "breaches";

/// Lives for one examination; not thread-safe.
class Scene {
public:
    /// Above `most_compared` processings, each_other() visits none: comparing each with each would slow every write.
    Scene(records::Subject const& subject, records::Surroundings& around, std::int64_t most_compared)
        : subject_(subject), around_(around), most_compared_(most_compared) {}

    [[nodiscard]] records::Subject const& subject() const { return subject_; }
    [[nodiscard]] records::Surroundings& around() { return around_; }

    /// An organisation without profile reads as an empty one.
    profile::Profile const& profile();

    struct Other {
        std::string reference, purpose, service;   ///< folded
        bool about_staff = false;                  ///< by its tags or its name
        std::vector<std::string> processors;       ///< ids of those it names
    };
    /// Every processing of the organisation but the subject, until `visit` returns false.
    void each_other(std::function<bool(RecordId, Other const&)> const& visit);
    bool any_about_staff();
    /// Every processing that names this processor, however many there are, until `visit` returns false.
    void each_naming(std::string const& processor, std::function<bool(records::Surroundings::Neighbour const&)> const& visit);

private:
    records::Subject const& subject_;
    records::Surroundings& around_;
    std::int64_t most_compared_;
    std::optional<profile::Profile> profile_;
};

/// The record of a Row that the register's check accepted; another is a programming error and throws.
processing::Processing processing_of(schema::Row const& row);
profile::Profile profile_of(schema::Row const& row);

}  // namespace greffier::compliance
