#pragma once
// Countries and what Chapter V says of them on a given day: law/countries.csv and law/adequacy.csv.
// Their names in French and English come from Locale::country; the tables hold codes, dates and sources.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "law/csv_table.hpp"

namespace greffier::law {

struct Country {
    std::string code;       ///< ISO 3166-1 alpha-2, "XK", or "EPO"
    std::string alpha3;
    bool organisation = false;   ///< an international organisation (art. 44)
    std::optional<Validity> eea;
    std::string note;       ///< "french_oct": French territory outside the EU, where the French act adapts the regime
    std::vector<std::string> aliases;
};

/// A decision under article 45, limited in time and sometimes in scope.
struct Adequacy {
    std::string country, decision;
    Validity validity;
    bool partial = false;   ///< holds for some recipients only: `scope` says which
    std::string condition;  ///< what to check of the recipient: "dpf", "pipeda", "appi", "pipa", "automated"; empty when not partial
    std::string flag;       ///< "fragile", "annulled", "renewed", "confirmed_2024", "bridge" or empty
    std::string scope_fr, scope_en;
    std::string source;
    bool verified = false;
    std::optional<Date> checked_on;
};

// All functions are thread-safe; `code` is that of Country, in capitals.
std::span<Country const> countries();
Country const* find_country(std::string_view code);
/// Within the European Economic Area on that day: no transfer under Chapter V.
bool is_eea(std::string_view code, Date day);
/// Outside the EEA on that day, and no French territory to which the French act extends the regime.
bool is_third_country(std::string_view code, Date day);
/// The decision that holds on that day; nullptr when there is none.
Adequacy const* adequacy(std::string_view code, Date day);
/// The latest decision that ended before that day; nullptr when none did, or when one holds.
Adequacy const* lost_adequacy(std::string_view code, Date day);
std::span<Adequacy const> adequacy_decisions();

/// Code of a country named in French or English, or by its ISO code, whatever case, accents and hyphens.
std::optional<std::string> country_from_name(std::string_view name);

}  // namespace greffier::law
