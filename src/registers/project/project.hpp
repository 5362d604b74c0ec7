#pragma once
// Projects (art. 25): asked about before they begin, so that data protection is built in and switched on by default.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "records/due.hpp"
#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::project {

using schema::Text;

/// The seven principles of data protection by design.
enum class Principle { Proactive, ByDefault, Embedded, PositiveSum, EndToEnd, Transparent, PersonFirst };
/// What holds without anybody doing anything (art. 25(2)).
enum class Default { NarrowPurpose, NoCollection, FewData, ShortRetention, FewReaders, OnlyPurpose, Separation, NoAction };
enum class State { Done, Partly, ToDo, NotApplicable };
enum class Advice { Favourable, Reserved, Unfavourable };
schema::ChoiceList<Principle> const& choices_of(Principle);
schema::ChoiceList<Default> const& choices_of(Default);
schema::ChoiceList<State> const& choices_of(State);
schema::ChoiceList<Advice> const& choices_of(Advice);

struct PrincipleRow {
    std::string id;
    Principle item{};
    std::string who;                    ///< who sees to it
    std::optional<State> state;         ///< absent: nobody has looked yet
    Text how;
};
struct DefaultRow {
    std::string id;
    Default item{};
    std::optional<State> state;
    Text how;
};

struct Project {
    // the project
    std::string name;
    Text description;
    std::string service, sponsor;
    schema::Contact owner;
    std::optional<Date> live_on;
    std::optional<bool> personal_data;
    Text people_and_data;
    std::vector<ProcessingId> processings;
    std::vector<ProcessorId> processors;
    // by design and by default
    std::vector<PrincipleRow> by_design;
    std::vector<DefaultRow> by_default;
    // the officer
    std::optional<Date> dpo_asked_on, dpo_advice_date;
    std::optional<Advice> advice;
    Text dpo_advice;
    std::optional<bool> dpia_required;
    // life
    std::optional<Date> went_live_on;
    Text notes;
    std::vector<schema::Attachment> attachments;

    /// Principles that nobody has looked at, or that are still to be seen to.
    [[nodiscard]] int unsettled_principles() const;
};

std::span<Principle const> all_principles();
std::span<Default const> all_defaults();

schema::Schema<PrincipleRow> const& schema_of(PrincipleRow const*);
schema::Schema<DefaultRow> const& schema_of(DefaultRow const*);
schema::Schema<Project> const& schema_of(Project const*);
inline schema::Schema<Project> const& project_schema() { return schema_of(static_cast<Project const*>(nullptr)); }

/// The day it goes live, while it is a project.
std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context);

}  // namespace greffier::project
