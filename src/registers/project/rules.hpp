#pragma once
// What the linter says of a project (GOV).

#include <span>

#include "records/rule.hpp"
#include "registers/project/project.hpp"

namespace greffier::project {

std::span<records::Rule<Project> const> project_rules();

}  // namespace greffier::project
