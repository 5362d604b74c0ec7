// The data protection officer, and the representative in the Union (GOV): art. 27, 37 and 38 over the profile.

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "law/countries.hpp"
#include "registers/profile/rules.hpp"

namespace greffier::profile {
namespace {

using records::Circumstances;
using records::Report;
using enum records::Severity;

/// One who was designated, and whose time has not run out.
bool has_officer(Profile const& profile, Date today) { return profile.dpo.exists() && (!profile.dpo.ends_on || *profile.dpo.ends_on >= today); }

void mandatory_officer_missing(Profile const& profile, Circumstances const& now, Report& report)
{
    if (profile.needs_officer() && !has_officer(profile, now.today)) report.at("dpo");
}

void authority_not_told(Profile const& profile, Circumstances const& now, Report& report)
{
    if (has_officer(profile, now.today) && is_blank(profile.dpo.cnil_number)) report.at("dpo");
}

// --- conflict of interests (art. 38(6)) -----------------------------------------------------------------------

using Codes = std::array<std::string_view, 9>;
constexpr Codes conflicting{"general_management", "operations", "finance", "marketing", "human_resources", "it_management", "chief_physician", "sole_manager", "lawyer"};
constexpr std::array<std::string_view, 3> doubtful{"ciso", "elected_official", "town_clerk"};

/// Functions in words, folded: who decides what data is for and how it is used.
constexpr std::array<std::string_view, 20> deciding{
    "gerant", "gerante", "pdg", "president", "presidente", "directeur general", "directrice generale", "directeur financier", "directrice financiere", "directeur marketing", "directrice marketing",
    "directeur commercial", "directeur operationnel", "directeur des ressources humaines", "directrice des ressources humaines", "drh", "dsi", "directeur informatique", "chief executive", "managing director"};
constexpr std::array<std::string_view, 9> delicate{"rssi", "maire", "adjoint au maire", "elu", "elue", "secretaire de mairie", "secretaire generale de mairie", "dgs", "ciso"};

bool holds_one(Dpo const& dpo, auto const& codes)
{
    return std::ranges::any_of(dpo.other_roles, [&](auto const& role) { return std::ranges::find(codes, std::string_view{role.code}) != codes.end(); });
}

/// Whole words: "adjoint au DRH" is not the head of staff, but says enough to be looked at.
bool says_one(std::string_view text, auto const& functions)
{
    auto const said = " " + join(words(text), " ") + " ";
    return std::ranges::any_of(functions, [&](std::string_view function) { return said.find(" " + std::string{function} + " ") != std::string::npos; });
}

/// An external officer's function is one in their own firm.
std::string_view function_here(Dpo const& dpo) { return dpo.kind == DpoKind::External ? std::string_view{} : std::string_view{dpo.function}; }

bool is_representative(Profile const& profile)
{
    return !profile.dpo.name.empty() && fold(squeeze(profile.dpo.name)) == fold(squeeze(profile.legal_representative.name));
}

bool in_conflict(Profile const& profile)
{
    return holds_one(profile.dpo, conflicting) || says_one(function_here(profile.dpo), deciding) || is_representative(profile);
}

void conflicting_role(Profile const& profile, Circumstances const& now, Report& report)
{
    if (has_officer(profile, now.today) && in_conflict(profile)) report.at("dpo");
}

void delicate_role(Profile const& profile, Circumstances const& now, Report& report)
{
    if (!has_officer(profile, now.today) || in_conflict(profile)) return;
    if (holds_one(profile.dpo, doubtful) || says_one(function_here(profile.dpo), delicate)) report.at("dpo");
}

// --- position and means ---------------------------------------------------------------------------------------

void not_reporting_to_the_top(Profile const& profile, Circumstances const& now, Report& report)
{
    if (has_officer(profile, now.today) && profile.dpo.reports_to != ReportsTo::TopManagement) report.at("dpo");
}

void means_not_described(Profile const& profile, Circumstances const& now, Report& report)
{
    if (!has_officer(profile, now.today)) return;
    if (!profile.dpo.time_pct) report.at("dpo");
    else if (is_blank(profile.dpo.resources.value)) report.at("dpo");
}

void no_analysis(Profile const& profile, Circumstances const& now, Report& report)
{
    if (!profile.needs_officer() && !has_officer(profile, now.today) && is_blank(profile.dpo_analysis.value)) report.at("dpo_analysis");
}

void certificate_expired(Profile const& profile, Circumstances const& now, Report& report)
{
    if (has_officer(profile, now.today) && profile.dpo.certificate_until && *profile.dpo.certificate_until < now.today) report.at("dpo");
}

void representative_missing(Profile const& profile, Circumstances const& now, Report& report)
{
    if (!profile.country.empty() && law::is_third_country(profile.country.value, now.today) && profile.eu_representative.empty()) report.at("eu_representative");
}

}  // namespace

std::span<records::Rule<Profile> const> officer_rules()
{
    static constexpr records::Rule<Profile> rules[] = {
        {"GOV-001", Blocking, "37(1)", mandatory_officer_missing},
        {"GOV-002", Major, "37(7)", authority_not_told},
        {"GOV-003", Major, "38(6)", conflicting_role},
        {"GOV-003", Minor, "38(6)", delicate_role},
        {"GOV-004", Minor, "38(3)", not_reporting_to_the_top},
        {"GOV-005", Minor, "38(2)", means_not_described},
        {"GOV-006", Advice, "37(1)", no_analysis},
        {"GOV-007", Advice, "", certificate_expired},
        {"GOV-015", Major, "27(1)", representative_missing},
    };
    return rules;
}

}  // namespace greffier::profile
