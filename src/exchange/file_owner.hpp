#pragma once
// Whose register a file is: the SIREN and the name it gives the controller. For `--organisation auto`.

#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"

namespace greffier::exchange {

struct FileOwner {
    std::string siren;     ///< 9 digits, or empty
    std::string name;
    [[nodiscard]] bool empty() const { return siren.empty() && name.empty(); }
};

/// Looks at the header of a CNIL workbook, at the organisation of a JSON export, at the lines above the headings of a
/// table ("SIREN : 210 001 234", "Organisme" beside its name). Empty when the file does not say. Errors: it cannot be read.
Result<FileOwner> owner_of_file(std::string_view bytes, std::string const& source, Date today);

/// The nine digits of a SIREN, or those of a SIRET; nothing else.
std::string siren_of(std::string_view text);

/// What an installation knows of one body.
struct KnownBody {
    std::string siren, name, display_name;
};
/// Index in `bodies`. Errors: import_no_organisation, import_other_organisation, import_many_organisations,
/// import_siren_of_another, each with its file.
Result<std::size_t> choose_body(std::vector<KnownBody> const& bodies, FileOwner const& owner, std::string const& file);

} // namespace greffier::exchange
