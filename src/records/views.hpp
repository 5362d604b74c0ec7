#pragma once
// Saved views: a name and the state of a list (search, filters, sort, columns, page size), a person's own or shared
// with the organisation; and what a person chose for a register's list (columns, the view it opens with). A person is
// their membership's id, as in versions. The tenant is a constructor argument; another's view is NotFound.

#include <optional>
#include <string>
#include <vector>

#include "accounts/actor.hpp"
#include "accounts/sight.hpp"
#include "records/register.hpp"
#include "storage/database.hpp"

namespace greffier::records {

struct View;
using ViewId = Id<View>;

struct SavedView {
    ViewId id;
    std::string register_slug, name;
    std::string state;                 ///< of the list's address: "status=draft&sort=-updated&columns=status,tags"
    Uuid owner;
    bool shared = false;
    std::int64_t version = 1;
    Timestamp created_at{}, updated_at{};
};

struct ViewWords {
    std::string name, state;
    bool shared = false;
};

struct ListChoice {
    std::string columns;               ///< "status,tags"; empty: the usual ones
    std::optional<ViewId> default_view;
};

/// What stands above a list: counts, views and choices, in one statement.
struct AboveList {
    std::vector<std::pair<std::string, std::int64_t>> by_status;   ///< live records, in the register's order
    std::vector<SavedView> views;      ///< one's own and the shared ones, by name
    ListChoice choice;
};

constexpr int most_views = 60;         ///< of one person in one register
constexpr int most_view_name = 80;     ///< characters

/// Thread-safe.
class Views {
public:
    Views(storage::Database& database, OrganisationId organisation, accounts::Sight const& sight) : database_(database), organisation_(organisation), sight_(sight) {}

    std::vector<SavedView> all(std::string_view register_slug, Uuid owner) const;      ///< by name
    Result<SavedView> find(std::string_view register_slug, ViewId id, Uuid owner) const;
    AboveList above(Register const& kind, Uuid owner) const;

    /// Errors name the fields name and state. Sharing, and changing what is shared, asks for may_share().
    Result<SavedView> create(std::string_view register_slug, accounts::Actor const& who, ViewWords words, Timestamp now) const;
    /// `version` 0 = whatever it is; another one is Conflict stale.
    Result<SavedView> update(std::string_view register_slug, ViewId id, accounts::Actor const& who, ViewWords words, std::int64_t version, Timestamp now) const;
    Status remove(std::string_view register_slug, ViewId id, accounts::Actor const& who) const;
    static bool may_share(accounts::Actor const& who);
    static bool may_change(SavedView const& view, accounts::Actor const& who);

    ListChoice choice(std::string_view register_slug, Uuid owner) const;
    Status choose_columns(std::string_view register_slug, Uuid owner, std::string_view columns) const;
    /// A view one does not see is NotFound; nothing: the list as it comes.
    Status choose_default(std::string_view register_slug, Uuid owner, std::optional<ViewId> view) const;

private:
    /// In the transaction that writes: between a look and a write, another could take the name or the last place.
    Status check(storage::Session& session, std::string_view register_slug, Uuid owner, ViewWords const& words, ViewId own) const;
    Result<SavedView> find_in(storage::Session& session, std::string_view register_slug, ViewId id, Uuid owner) const;

    storage::Database& database_;
    OrganisationId organisation_;
    accounts::Sight sight_;
};

}  // namespace greffier::records
