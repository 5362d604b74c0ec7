#pragma once
// What a reader of a foreign file hands to the import: rows with the places they come from, in no format.

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/crypto.hpp"
#include "core/result.hpp"
#include "records/record.hpp"
#include "schema/info.hpp"

namespace greffier::records {

enum class Outcome { Created, Updated, Unchanged, Skipped, Repaired, Differing, Refused };
std::string_view code_of(Outcome outcome);                        ///< "created" …
std::optional<Outcome> parse_outcome(std::string_view code);

/// One line of the report about a place of the file. Words: locale key "import.note.<code>", or for Refused the
/// error's own "error.<code>".
struct ImportNote {
    Outcome outcome = Outcome::Skipped;   ///< Skipped, Repaired, Differing or Refused
    std::string place;                    ///< "Sheet!C12", "items[3].name"
    std::string code;
    Arguments arguments{};
    std::string field{};                  ///< path in the record, when it is about one
};

/// One record as the file tells it.
struct ImportItem {
    std::string place;                    ///< where it begins
    std::string key;                      ///< its place in the source, stable from one import to the next
    std::string reference, name;          ///< as the file says; may be empty
    std::optional<RecordId> id;           ///< said by our own JSON
    std::string status{};                 ///< said by our own JSON; a new record comes in as draft all the same
    std::int64_t version = 0;             ///< the one the file was made from, 0 = unknown
    schema::Row row;
    std::vector<std::string> present;     ///< fields the file speaks of; the others are left alone
    std::vector<ImportNote> notes;
    std::map<std::string, std::string, std::less<>> places{};   ///< of fields and parts: "purposes[0].text" -> "Sheet!B17"
    std::optional<Error> refused;         ///< could not be read as a record
    bool skipped = false;                 ///< its notes say why
    bool example = false;                 ///< an example the file's author marked as such
};

/// The place of a path of the record: its own, else that of the nearest thing around it.
std::string place_of(ImportItem const& item, std::string path);

/// What the format can say of a field made of owned rows.
struct Carried {
    std::string field;
    std::vector<std::string> parts;       ///< empty = all of them
    /// Parts computed by the reader from another one: they follow it and are never compared.
    std::vector<std::pair<std::string, std::string>> derived{};   ///< derived part, part it comes from
    std::string anchor_part{}, anchor_value{};                    ///< the row with this code is the same row whatever else changed
};

/// Values for the one record of another register (the header of a workbook): they fill what is empty there.
struct Offer {
    std::string register_slug;
    schema::Row row;
    std::vector<std::pair<std::string, std::string>> fields;      ///< field, its place in the file
};

struct ImportFile {
    std::string format;                   ///< "cnil-ods"
    std::string source;                   ///< the file's name: what tells one source from another
    Hash hash{};                          ///< of its bytes: an import that was stopped resumes on the same file only
    std::vector<ImportItem> items;
    std::vector<ImportNote> notes;        ///< about the file, not about one record
    std::vector<Carried> carried;         ///< how fields of rows are compared; a field not named has all its parts
    std::vector<Offer> offers;
    /// What the format keeps of a record of ours; absent = all of it.
    std::function<schema::Row(schema::Row const&)> project{};
    /// The state of ours it was exported from, when it says so: then that state is what it is compared with.
    struct Origin { OrganisationId organisation; Timestamp at{}; };
    std::optional<Origin> origin{};
    bool matches_by_reference = false;    ///< a reference is enough, whatever the name
    std::string family{};                 ///< formats that tell the same source's words; empty = the format alone
    /// Links stand in words, see import_links.hpp; `unseen`: ids its reader cannot follow, which may only stay where they stand.
    bool links_in_words = false;
    std::set<std::string, std::less<>> unseen{};
    std::string key_scope{};              ///< what the items' keys are unique in; empty = the format and the file's name
    [[nodiscard]] std::string const& kept_under() const { return family.empty() ? format : family; }
};

}  // namespace greffier::records
