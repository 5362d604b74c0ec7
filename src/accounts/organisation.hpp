#pragma once
// Organisations of the installation: who is served. What the law says of an organisation is its `profile` record;
// here stands only what the machine needs: slug, name, language, time zone, colour mark, place in the tree.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/id.hpp"
#include "core/locale.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

struct OrganisationInfo {
    OrganisationId id;
    std::string slug, name, kind;      ///< kind: code of organisation_kind
    std::optional<OrganisationId> parent;
    Language language = Language::French;
    std::string zone = "Europe/Paris";
    int colour = 1;                    ///< 1..8
    Timestamp created_at{};
    bool archived = false;
    bool demo = false;
};

struct NewOrganisation {
    std::string slug, name, kind = "other";
    std::optional<OrganisationId> parent;
    Language language = Language::French;
    std::string zone = "Europe/Paris";
    int colour = 0;                    ///< 0 = chosen from the slug
    bool demo = false;
};

class Organisations {
public:
    explicit Organisations(storage::Database& database) : database_(database) {}

    Result<OrganisationInfo> add(NewOrganisation wanted, Timestamp now);
    /// Also by a former slug: then `slug` of the answer is the new one and the caller redirects.
    std::optional<OrganisationInfo> find(std::string_view slug);
    std::optional<OrganisationInfo> find(OrganisationId id);
    std::vector<OrganisationInfo> all();                                ///< by name
    /// Those a person holds a role in (all, for an installation administrator), filtered by folded words; at most `limit`.
    std::vector<OrganisationInfo> of_person(PersonId person, std::string_view query, int limit);
    Status rename(OrganisationId id, std::string slug, std::string name);
    Status change(OrganisationId id, std::string kind, Language language, std::string zone, int colour);

private:
    storage::Database& database_;
};

}  // namespace greffier::accounts
