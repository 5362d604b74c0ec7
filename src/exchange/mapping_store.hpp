#pragma once
// Saved mappings of one organisation: named, found again by the headings of a file. The tenant is a constructor argument;
// another organisation's mapping is NotFound. Thread-safe.

#include <string>
#include <vector>

#include "core/id.hpp"
#include "core/time.hpp"
#include "exchange/table_look.hpp"
#include "storage/database.hpp"

namespace greffier::exchange {

struct SavedMapping {
    Uuid id;
    TableMapping mapping;              ///< with its name
    std::vector<std::string> headings; ///< folded, of the file it was made on
    Timestamp created_at{}, updated_at{};
};

class Mappings {
public:
    Mappings(storage::Database& database, OrganisationId organisation, std::string_view register_slug) : database_(database), organisation_(organisation), register_(register_slug) {}

    [[nodiscard]] std::vector<SavedMapping> all() const;                     ///< by name, at most 200
    [[nodiscard]] Result<SavedMapping> find(Uuid id) const;
    [[nodiscard]] Result<SavedMapping> named(std::string_view name) const;   ///< whatever its case and accents
    /// The one made for such headings: most of what it maps is there. Nothing when none fits.
    [[nodiscard]] std::optional<SavedMapping> fitting(TableLook const& look) const;
    /// Under mapping.name; one of that name is replaced. Errors name the field name (required, too_long, too_many).
    Result<SavedMapping> save(TableMapping mapping, Uuid actor, Timestamp now) const;
    /// The same, of a given id: renamed when its name changed.
    Result<SavedMapping> change(Uuid id, TableMapping mapping, Uuid actor, Timestamp now) const;
    Status remove(Uuid id) const;

private:
    storage::Database& database_;
    OrganisationId organisation_;
    std::string register_;
};

/// {"id":…, "register":…, "created_at":…, "updated_at":…, then the mapping's members}
std::string to_json(SavedMapping const& saved, std::string_view register_slug);

} // namespace greffier::exchange
