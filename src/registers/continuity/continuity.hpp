#pragma once
// Continuity and recovery (art. 32(1)(b) and (c)): for each application how long it may be down, how much data may be lost,
// what is done, who is called, and the exercises.

#include <optional>
#include <string>
#include <vector>

#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::continuity {

using schema::Email;
using schema::Phone;
using schema::Text;

enum class Exercise { Desk, Partial, Full, Real };
enum class ExerciseResult { Met, Partly, Missed };
schema::ChoiceList<Exercise> const& choices_of(Exercise);
schema::ChoiceList<ExerciseResult> const& choices_of(ExerciseResult);

struct CrisisContact {
    std::string id;
    std::string name, role;
    Phone phone;
    Email email;
};

struct Drill {
    std::string id;
    std::optional<Date> held_on;
    std::optional<Exercise> kind;
    std::optional<ExerciseResult> result;
    std::optional<std::int64_t> recovered_hours;   ///< what it really took
    Text lessons;
};

struct Plan {
    // what it is for
    std::string name;
    std::vector<AssetId> applications;
    std::vector<ProcessingId> processings;
    std::string service;
    schema::Contact owner;
    // what is aimed at, in hours
    std::optional<std::int64_t> rto, rpo;
    Text impact;
    // what is done
    Text fallback, recovery;
    std::vector<BackupId> backups;
    std::string kept_at;
    std::vector<CrisisContact> contacts;
    // exercises
    std::vector<Drill> drills;
    std::optional<Date> next_test, last_review, next_review;
    std::string reviewer;
    Text notes;
    std::vector<schema::Attachment> attachments;
};

schema::Schema<CrisisContact> const& schema_of(CrisisContact const*);
schema::Schema<Drill> const& schema_of(Drill const*);
schema::Schema<Plan> const& schema_of(Plan const*);
inline schema::Schema<Plan> const& plan_schema() { return schema_of(static_cast<Plan const*>(nullptr)); }

}  // namespace greffier::continuity
