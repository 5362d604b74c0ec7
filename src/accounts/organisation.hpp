#pragma once
// Organisations of the installation: who is served. What the law says of an organisation is its `profile` record;
// here stands only what the machine needs: slug, name, language, time zone, colour mark, place in the tree.

#include <functional>
#include <optional>
#include <span>
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
    std::string vocabulary;            ///< stamp of the terms and fields the installation's organisations added; empty: none ever
    std::string modules_off = {};      ///< codes of modules it does without, with commas (accounts/modules.hpp)
    std::string logo = {};             ///< "<sha256>.png" or ".jpg": its picture, kept like an attachment; empty: none
    std::string accent = {};           ///< "#rrggbb": a colour of its own, in place of `colour`; empty: none
};

struct NewOrganisation {
    std::string slug, name, kind = "other";
    std::optional<OrganisationId> parent;
    Language language = Language::French;
    std::string zone = "Europe/Paris";
    int colour = 0;                    ///< 0 = chosen from the slug
    bool demo = false;
};

/// Codes of organisation_kind, in the order of forms (the same as the profile register's list).
std::span<std::string_view const> organisation_kinds();
/// Error code of a slug nobody may take ("bad_slug", "reserved_slug"); "" when it is fit.
std::string_view problem_of_slug(std::string_view slug);

class Organisations {
public:
    /// What must be born with an organisation (its `profile` record), inside the same transaction. It must not call write().
    using Hook = std::function<void(storage::Session&, OrganisationInfo const&, Uuid actor, Timestamp)>;

    explicit Organisations(storage::Database& database) : database_(database) {}
    /// To be set once, before anything runs.
    void on_created(Hook hook) { hook_ = std::move(hook); }

    /// `actor` is who creates it; absent: the organisation's command-line actor. Errors name the fields slug, name, kind, zone, colour, parent.
    Result<OrganisationInfo> add(NewOrganisation wanted, Timestamp now, std::optional<Uuid> actor = {});
    /// The same within a transaction of the caller's.
    /// `born`: in place of what on_created() was given.
    Result<OrganisationInfo> add_in(storage::Session& session, NewOrganisation wanted, Timestamp now, std::optional<Uuid> actor = {}, Hook const* born = nullptr);
    /// Also by a former slug: then `slug` of the answer is the new one and the caller redirects.
    std::optional<OrganisationInfo> find(std::string_view slug);
    std::optional<OrganisationInfo> find(OrganisationId id);
    std::vector<OrganisationInfo> all();                                ///< by name
    /// Those a person holds a role in (all, for an installation administrator), filtered by folded words, by name; at most `limit`.
    enum class Archived { LeftOut, Too };
    std::vector<OrganisationInfo> of_person(PersonId person, std::string_view query, int limit, Archived archived = Archived::LeftOut);
    /// How many of_person() would find without limit: 2 is enough to know whether to show the switch.
    int count_of_person(PersonId person, int up_to);
    /// The former slug keeps leading here, and nobody else may take it.
    Status rename(OrganisationId id, std::string slug, std::string name);
    Status change(OrganisationId id, std::string kind, Language language, std::string zone, int colour);
    /// Under another organisation, or none: roles held on a branch follow. Errors name the field parent: "unknown_organisation",
    /// "parent_below" (it would stand below itself).
    Status move(OrganisationId id, std::optional<OrganisationId> parent, Timestamp now);
    /// An archived organisation is read and no more written: see is_archived(). Error unknown_organisation; Conflict
    /// already_archived, not_archived.
    Status archive(OrganisationId id, Timestamp now);
    Status reopen(OrganisationId id);
    /// Codes that are no module's are left out.
    Status switch_modules(OrganisationId id, std::vector<std::string> const& off);
    /// "#rrggbb" or ""; Error names the field accent ("bad_colour").
    Status change_accent(OrganisationId id, std::string accent);
    /// The former one is given back, for its content to be released.
    Result<std::string> change_logo(OrganisationId id, std::string logo);
    /// True when other organisations stand below it.
    bool has_below(OrganisationId id);
    /// Both at once: nothing changes when one is refused.
    Status rename_and_change(OrganisationId id, std::string slug, std::string name, std::string kind, Language language, std::string zone, int colour);

private:
    storage::Database& database_;
    Hook hook_;
};

/// Within the caller's transaction: nothing may be written in this organisation.
bool is_archived(storage::Session& session, OrganisationId organisation);

}  // namespace greffier::accounts
