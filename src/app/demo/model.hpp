#pragma once
// Internal to demo/: the files of models/demo, read, with their dates counted from the day of loading.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "accounts/actor.hpp"
#include "core/locale.hpp"
#include "core/time.hpp"
#include "schema/value.hpp"

namespace greffier::app::demo {

/// One state of a record, and who brought it there.
struct ModelVersion {
    Timestamp when{};
    std::string by;            ///< key of a person; empty = whoever keeps the register
    std::string status;
    schema::Row row;
};

struct ModelRecord {
    std::string reference;
    std::vector<ModelVersion> versions;   ///< oldest first, never empty
};

struct ModelOrganisation {
    std::string slug, name, kind, parent, zone;
    Language language = Language::French;
    int colour = 0;
    schema::Row profile;
    std::vector<ModelRecord> processings;
};

struct ModelPerson {
    std::string key, name, email;
    Language language = Language::French;
    std::vector<std::pair<std::string, accounts::Role>> roles;   ///< slug, role
};

struct Model {
    std::vector<ModelOrganisation> organisations;   ///< a parent before its children
    std::vector<ModelPerson> people;
};

/// "@-400d": a day counted from today; nothing when the text is none.
std::optional<Date> counted_date(std::string const& text, Date today);

/// Throws std::runtime_error with the file and the field when a file does not follow the declarations.
Model read_model(Timestamp now);

}  // namespace greffier::app::demo
