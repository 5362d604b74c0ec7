#pragma once
// Backups (art. 32(1)(c)): for each application what is copied, how often, where, and when a restore last worked.

#include <optional>
#include <string>
#include <vector>

#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::backup {

using schema::Text;

enum class Frequency { Continuous, Hourly, Daily, Weekly, Monthly, Rarer };
enum class RestoreResult { Complete, Partial, Failed };
schema::ChoiceList<Frequency> const& choices_of(Frequency);
schema::ChoiceList<RestoreResult> const& choices_of(RestoreResult);

struct Backup {
    // what is copied
    std::string name;
    std::vector<AssetId> applications;
    Text content;
    std::string service;
    schema::Contact owner;
    // how
    std::optional<Frequency> frequency;
    std::optional<schema::Duration> retention;
    std::string method;
    std::optional<bool> encrypted, offsite, offline;
    std::string offsite_place;
    std::optional<ProcessorId> keeper;
    // restore tests
    std::optional<Date> last_restore_test, next_restore_test;
    std::optional<RestoreResult> restore_result;
    Text restore_remarks;
    Text notes;
    std::vector<schema::Attachment> attachments;
};

schema::Schema<Backup> const& schema_of(Backup const*);
inline schema::Schema<Backup> const& backup_schema() { return schema_of(static_cast<Backup const*>(nullptr)); }
/// The last day of the next restore test: the one planned, else a year after the last. Nothing when neither is known.
std::optional<Date> restore_test_due(Backup const& backup, Date today);

}  // namespace greffier::backup
