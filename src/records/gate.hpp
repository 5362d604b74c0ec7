#pragma once
// What holds a record back from a step and nobody holds against it once there: the advice of the data protection officer before
// a processing goes live. Like a blocking finding it gives way to the controller's recorded decision; unlike one it is not kept.

#include <optional>
#include <string_view>
#include <vector>

#include "records/store.hpp"

namespace greffier::records {

/// An examiner may be one too (compliance/linter). Thread-safe.
class Gatekeeper {
public:
    virtual ~Gatekeeper() = default;
    /// `subject` is the record as the step would leave it; of its surroundings, the profile alone is sure to be there.
    [[nodiscard]] virtual std::vector<Finding> hold_back(Subject const& subject, Surroundings& around) const = 0;
};

/// Within a write.
std::vector<Finding> held_back(Examiner const& examiner, Subject const& subject, Surroundings& around);

/// Before one, to tell what it would meet: reads the profile once.
class Gate {
public:
    Gate(Machinery const& machinery, OrganisationId organisation, accounts::Sight const& sight);
    [[nodiscard]] std::vector<Finding> hold_back(Register const& kind, Stored const& stored, std::string_view to, Date today) const;

private:
    Machinery const& machinery_;
    OrganisationId organisation_;
    std::optional<schema::Row> profile_;
};

}  // namespace greffier::records
