#include "accounts/modules.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"

namespace greffier::accounts {

namespace {

using Segments = std::span<std::string_view const>;
constexpr std::array<std::string_view, 2> of_discussion{"comments", "threads"};
constexpr std::array<std::string_view, 1> of_breaches{"breaches"};
constexpr std::array<std::string_view, 2> of_own_words{"terms", "fields"};
constexpr std::array<std::string_view, 3> of_imports{"import", "imports", "mappings"};
constexpr std::array<std::string_view, 1> of_contracts{"checklist"};
constexpr std::array<std::string_view, 2> of_measures{"assessment", "passwords"};
constexpr std::array<std::string_view, 1> of_responsibilities{"responsibilities"};
constexpr std::array<std::string_view, 1> of_trainings{"trainings"};
constexpr std::array<std::string_view, 1> of_activity{"activity"};
constexpr std::array<std::string_view, 1> of_retention{"retention"};
constexpr std::array<std::string_view, 1> of_accounts{"accounts"};
constexpr std::array<std::string_view, 1> of_access_requests{"access-requests"};
constexpr std::array<std::string_view, 1> of_processes{"processes"};
constexpr std::array<std::string_view, 1> of_declarations{"declarations"};
constexpr std::array<std::string_view, 1> of_actions{"plan"};
constexpr std::array<std::string_view, 1> of_evidence{"map"};
constexpr std::array<std::string_view, 1> of_notices{"sheets"};
constexpr std::array<std::string_view, 1> of_points{"consent-points"};
constexpr std::array<std::string_view, 1> of_consents{"consents"};
constexpr std::array<std::string_view, 1> of_objections{"objections"};
constexpr std::array<std::string_view, 1> of_reviews{"reviews"};
constexpr std::array<std::string_view, 1> of_own_use{"own-use"};
constexpr std::array<std::string_view, 1> of_api{"tokens"};

// The last is confided to the officer, and nobody's to switch off (confided.hpp).
constexpr std::array all{
    Module{"processings", "processings"},
    Module{.code = "breaches", .register_slug = "breaches", .segments = of_breaches},
    Module{"requests", "requests"},
    Module{"processors", "processors"},
    Module{"contracts", "contracts", of_contracts},
    Module{"processor-activities", "processor-activities"},
    Module{"transfers", "transfers"},
    Module{"policies", "policies"},
    Module{"undertakings", "undertakings"},
    Module{"delegations", "delegations"},
    Module{"insurance", "insurance"},
    Module{"archives", "archives"},
    Module{"assets", "assets"},
    Module{"measures", "measures", of_measures},
    Module{"backups", "backups"},
    Module{"continuity", "continuity"},
    Module{"complaints", "complaints"},
    Module{"responsibilities", "responsibilities", of_responsibilities},
    Module{"trainings", "trainings", of_trainings},
    Module{"advice", "advice"},
    Module{"activity", "activity", of_activity},
    Module{"retention", "retention", of_retention},
    Module{"accounts", "accounts", of_accounts},
    Module{"access-requests", "access-requests", of_access_requests},
    Module{"data-items", "data-items"},
    Module{"processes", "processes", of_processes},
    Module{"declarations", "declarations", of_declarations},
    Module{"actions", "actions", of_actions},
    Module{"audits", "audits"},
    Module{"projects", "projects"},
    Module{"recommendations", "recommendations"},
    Module{"committees", "committees"},
    Module{"evidence", "evidence", of_evidence},
    Module{"notices", "notices", of_notices},
    Module{"consent-points", "consent-points", of_points},
    Module{"consents", "consents", of_consents},
    Module{"objections", "objections", of_objections},
    Module{.code = "discussion", .segments = of_discussion},
    Module{.code = "own_words", .segments = of_own_words},
    Module{.code = "imports", .segments = of_imports},
    Module{.code = "access_reviews", .segments = of_reviews},
    Module{.code = "own_use", .segments = of_own_use},
    Module{.code = "api", .segments = of_api, .api = true},
    Module{"notes", "notes"},
};

bool is_of_api(std::string_view pattern) { return pattern.starts_with("/api/"); }

/// Literal words of a pattern behind {organisation}.
bool holds_segment(std::string_view pattern, Segments segments)
{
    constexpr std::string_view town = "{organisation}/";
    auto const at = pattern.find(town);
    if (at == std::string_view::npos) return false;
    auto const words = split(pattern.substr(at + town.size()), '/');
    return std::ranges::any_of(words, [&](std::string const& word) { return std::ranges::find(segments, std::string_view{word}) != segments.end(); });
}

}  // namespace

std::span<Module const> modules() { return std::span(all).first(all.size() - 1); }

bool is_off(std::string_view modules_off, std::string_view code)
{
    if (modules_off.empty()) return false;
    auto const off = split(modules_off, ',');
    return std::ranges::find(off, code) != off.end();
}

bool keeps_register(OrganisationInfo const& organisation, std::string_view register_slug)
{
    return std::ranges::none_of(all, [&](Module const& module) { return !module.register_slug.empty() && module.register_slug == register_slug && is_off(organisation.modules_off, module.code); });
}

bool keeps_address(OrganisationInfo const& organisation, std::string_view pattern, std::string_view register_slug)
{
    if (organisation.modules_off.empty()) return true;
    return std::ranges::none_of(all, [&](Module const& module) {
        if (!is_off(organisation.modules_off, module.code)) return false;
        if (module.api && is_of_api(pattern)) return true;
        if (!module.register_slug.empty() && module.register_slug == register_slug) return true;
        return holds_segment(pattern, module.segments);
    });
}

}  // namespace greffier::accounts
