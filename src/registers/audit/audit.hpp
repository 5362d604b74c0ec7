#pragma once
// Audits (art. 32(1)(d)): scope, who did it, what was found, how grave, until when it is to be mended.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/due.hpp"
#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::audit {

using schema::Text;

enum class AuditKind { Infrastructure, Application, Access, Compliance, PreAudit, Processor, Other };
enum class By { Internal, External };
enum class Level { Negligible, Limited, Important, Maximal };            ///< of likelihood and of gravity
enum class State { Open, UnderWay, Mended, Accepted };
schema::ChoiceList<AuditKind> const& choices_of(AuditKind);
schema::ChoiceList<By> const& choices_of(By);
schema::ChoiceList<Level> const& choices_of(Level);
schema::ChoiceList<State> const& choices_of(State);

/// How much a gap weighs, from its gravity and its likelihood.
enum class Risk { Low, Medium, High, Critical };
std::string_view code_of(Risk risk);
Risk risk_of(Level gravity, Level likelihood);

/// One thing that the audit found.
struct Observation {
    std::string id;
    std::string title;
    Text description;
    std::optional<Level> gravity, likelihood;
    Text remedy;
    std::string owner;
    std::optional<Date> due;
    std::optional<State> state;
    std::optional<Date> mended_on;
    Text accepted_because;               ///< the controller's reason to live with it
    [[nodiscard]] bool is_open() const { return state != State::Mended && state != State::Accepted; }
    /// Nothing while one of the two is unsaid.
    [[nodiscard]] std::optional<Risk> risk() const;
};

struct Audit {
    // what is looked at
    std::string name;
    std::optional<AuditKind> kind;
    Text scope, method;
    std::vector<ProcessingId> processings;
    std::vector<ProcessorId> processors;
    std::string service;
    schema::Contact owner;
    // by whom and when
    std::optional<By> by;
    std::string auditor;
    std::optional<Date> planned_on, held_on, report_on;
    // what was found
    Text conclusions;
    std::vector<Observation> observations;
    std::optional<Date> next_on;
    Text notes;
    std::vector<schema::Attachment> attachments;
};

inline constexpr int months_between_audits = 12;

schema::Schema<Observation> const& schema_of(Observation const*);
schema::Schema<Audit> const& schema_of(Audit const*);
inline schema::Schema<Audit> const& audit_schema() { return schema_of(static_cast<Audit const*>(nullptr)); }

/// The audit to hold, each gap to mend, and the next audit.
std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context);

}  // namespace greffier::audit
