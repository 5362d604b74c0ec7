#pragma once
// Archives: what is kept behind daily use, where, who may open it, and when it is destroyed or handed over (art. 5(1)(e), 89).

#include <optional>
#include <string>
#include <vector>

#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::archival {

using schema::Text;

enum class Medium { Paper, Digital, Both };
enum class Fate { Destroy, Sort, KeepForEver };                  ///< at the end of the period
enum class Destruction { Shredding, Burning, Wiping, KeyDestroyed, DeviceDestroyed, Deletion, Other };
schema::ChoiceList<Medium> const& choices_of(Medium);
schema::ChoiceList<Fate> const& choices_of(Fate);
schema::ChoiceList<Destruction> const& choices_of(Destruction);

/// A group of files archived together: boxes of a service and a year, an export of a closed application.
struct ArchivedFile {
    std::string name;
    Text contents;
    std::string service;
    schema::Contact owner;
    std::vector<ProcessingId> processings;
    std::optional<Date> oldest, newest;
    std::optional<Medium> medium;
    std::string shelf_mark, volume;
    // where, and who opens it
    std::string location;
    std::optional<ProcessorId> keeper;
    Text access, access_procedure;
    std::optional<Date> archived_on;
    // until when
    Text retention_rule;
    std::optional<Fate> fate;
    std::optional<Date> destroy_on;
    bool public_archives = false;                 ///< then nothing is destroyed without a visa (Code du patrimoine L. 212-2)
    std::optional<Date> visa_asked_on, visa_given_on;
    std::string visa_reference;
    // the end
    std::optional<Date> destroyed_on;
    std::optional<Destruction> destruction;
    std::string destroyed_by, witness, destroyed_volume, handed_to;
    std::optional<Date> last_review, next_review;
    std::string reviewer;
    Text notes;
    std::vector<schema::Attachment> attachments;
};

schema::Schema<ArchivedFile> const& schema_of(ArchivedFile const*);
inline schema::Schema<ArchivedFile> const& archive_schema() { return schema_of(static_cast<ArchivedFile const*>(nullptr)); }

}  // namespace greffier::archival
