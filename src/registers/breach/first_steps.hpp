#pragma once
// The first gestures after an attack or a loss: what to do in the first minutes, hours and days, ticked on the record by whoever
// did it, each tick a version of its own (art. 33(5)).

#include <vector>

#include "accounts/context.hpp"
#include "records/pages/panel.hpp"
#include "records/pages/pages.hpp"
#include "registers/breach/breach.hpp"

namespace greffier::breach {

/// The steps of one stretch of time, in the order they are done; words "first_steps.<code>".
struct FirstStepGroup {
    std::string_view code;
    std::vector<FirstStepKind> steps;
};
std::vector<FirstStepGroup> const& first_step_groups();

/// The row that says it was done; nullptr while nobody did.
FirstStep const* done_step(Breach const& breach, FirstStepKind kind);

void write_first_steps(web::Html& out, records::PanelView const& view, Breach const& breach);
std::vector<accounts::Route> first_steps_routes(records::PageServices const& services);

}  // namespace greffier::breach
