#include "registers/project/rules.hpp"

namespace greffier::project {
namespace {

using records::Circumstances;
using records::Report;
using records::Rule;
using enum records::Severity;

void by_design_not_documented(Project const& project, Circumstances const& now, Report& report)
{
    if ((now.status != "in_design" && now.status != "live") || project.personal_data == false) return;
    if (auto const open = project.unsettled_principles(); open > 0) report.at("by_design", {{"count", std::to_string(open)}});
}

}  // namespace

std::span<Rule<Project> const> project_rules()
{
    static constexpr Rule<Project> rules[] = {
        {"GOV-018", Minor, "25", by_design_not_documented},
    };
    return rules;
}

}  // namespace greffier::project
