#include "registers/action/rules.hpp"

namespace greffier::action {
namespace {

using records::Circumstances;
using records::Report;
using records::Rule;
using enum records::Severity;

void action_late(Action const& action, Circumstances const& now, Report& report)
{
    if (is_open(now.status) && action.due_date && *action.due_date < now.today) report.at("due_date");
}

}  // namespace

std::span<Rule<Action> const> action_rules()
{
    static constexpr Rule<Action> rules[] = {
        {"GOV-013", Minor, "24", action_late},
    };
    return rules;
}

}  // namespace greffier::action
