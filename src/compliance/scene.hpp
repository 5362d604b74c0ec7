#pragma once
// What cross-register rules look at: the subject, the profile, and the other processings, each read once.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <typeindex>
#include <vector>

#include "records/rule.hpp"
#include "registers/processing/processing.hpp"
#include "registers/profile/profile.hpp"

namespace greffier::compliance {

inline constexpr std::string_view processings_slug = "processings";
inline constexpr std::string_view profile_slug = "profile";
inline constexpr std::string_view breaches_slug = "breaches";

/// A write does not compare the processings of a larger register with each other: the night does.
inline constexpr std::int64_t most_compared_in_a_write = 1000;

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
        std::string name;                          ///< as it was written
        std::string reference, purpose, service;   ///< folded
        bool about_staff = false;                  ///< by its tags or its name
        std::vector<std::string> processors;       ///< ids of those it names
    };
    /// Every processing of the organisation but the subject, until `visit` returns false.
    void each_other(std::function<bool(RecordId, Other const&)> const& visit);
    bool any_about_staff();
    /// Every processing that names this processor, however many there are, until `visit` returns false.
    void each_naming(std::string const& processor, std::function<bool(records::Surroundings::Neighbour const&)> const& visit);

    /// What `gather` makes of the neighbours, once however many rules ask; no more than one `gather` a type.
    template <class T>
    T const& once(T (*gather)(Scene&))
    {
        auto& kept = gathered_[typeid(T)];
        if (!kept) kept = std::make_shared<T const>(gather(*this));
        return *static_cast<T const*>(kept.get());
    }

private:
    records::Subject const& subject_;
    records::Surroundings& around_;
    std::int64_t most_compared_;
    std::optional<profile::Profile> profile_;
    std::map<std::type_index, std::shared_ptr<void const>> gathered_;   // shared: only their maker knows their type
};

/// Every processing of the organisation, until `visit` returns false.
void each_processing(records::Surroundings& around, std::function<bool(RecordId, Scene::Other const&)> const& visit);
/// What is compared of a processing; its row may hold no other fields than compared_fields().
Scene::Other sketch(std::string_view reference, schema::Row const& row);
std::span<std::string const> compared_fields();
/// The fields of the profile that say by which calendar and clock its deadlines run.
std::span<std::string const> says_where();

/// The record of a Row that the register's check accepted; another is a programming error and throws.
processing::Processing processing_of(schema::Row const& row);
profile::Profile profile_of(schema::Row const& row);

}  // namespace greffier::compliance
