// Which slugs an organisation may have: never a word that stands in an address, today or probably tomorrow.
#include <algorithm>
#include <array>

#include "accounts/organisation.hpp"
#include "core/text.hpp"

namespace greffier::accounts {

namespace {

constexpr std::array reserved = std::to_array<std::string_view>({
    // Addresses
    "api", "o", "p", "static", "login", "logout", "sign-in", "sign-out", "signin", "signout", "setup", "welcome", "account", "organisations",
    "organizations", "organisation", "organization", "organismes", "organisme", "preferences", "new", "edit", "search", "healthz", "readyz", "metrics",
    "calendar", "test", "clock", "v1", "openapi", "portfolio", "theme", "language", "reset", "invitation", "follow-up",
    // Pages of an organisation
    "settings", "people", "tokens", "history", "versions", "findings", "links", "attachments", "ledger", "agenda", "dashboard", "own-use", "journal", "import", "imports",
    "export", "exports", "trash", "jobs", "reports", "library", "models", "documents", "discovery", "inspection",
    // Words of commands
    "auto", "all", "none", "me", "self", "installation", "admin", "administrator", "root", "system", "greffier", "list", "add", "show", "remove",
    // Pages of the site itself
    "help", "about", "accessibility", "accessibilite", "privacy", "legal", "security", "well-known", "robots", "favicon", "assets", "images", "fonts", "css",
    "js", "www", "docs", "reference", "errors", "null", "undefined", "true", "false",
    // Registers
    "profile", "processings", "processor-activities", "processors", "contracts", "transfers", "breaches", "requests", "consents", "notices", "dpias",
    "measures", "assets", "accounts", "evidence", "actions", "recommendations", "trainings", "undertakings", "delegations", "policies", "audits", "backups",
    "continuity", "archives", "retention", "data-items", "processes", "projects", "declarations", "committees", "insurance", "inspections", "advice",
    "activity", "complaints", "responsibilities",
});

}  // namespace

std::string_view problem_of_slug(std::string_view slug)
{
    // A leading dash would read as an option on the command line.
    if (!is_slug(slug) || slug.front() == '-' || slug.back() == '-') return "bad_slug";
    if (std::find(reserved.begin(), reserved.end(), slug) != reserved.end()) return "reserved_slug";
    return "";
}

std::span<std::string_view const> organisation_kinds()
{
    static constexpr std::array kinds = std::to_array<std::string_view>({"commune", "inter_communal", "social_centre", "department", "region", "syndicate",
                                                                        "public_body", "health", "association", "company", "software_publisher", "other"});
    return kinds;
}

}  // namespace greffier::accounts
