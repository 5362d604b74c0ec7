#pragma once
// Actions ready to be adopted: a plan of six steps, seven to begin with, works that come back. Words: locale keys
// "action_template.<code>" and, for what is to come of it, "action_template.<code>.result".

#include <span>
#include <string_view>

#include "records/store.hpp"
#include "registers/action/action.hpp"

namespace greffier::action {

enum class Set { Steps, Starter, Recurring };
/// "steps", "starter", "recurring"; words: "action_set.<code>" and ".help".
std::string_view code_of(Set set);
std::optional<Set> parse_set(std::string_view code);
std::span<Set const> all_sets();

struct Template {
    Set set;
    std::string_view code;
    Step step;
    int months;              ///< from the day of adoption to the day it is due
    int repeat_months = 0;   ///< of works that come back
};
std::span<Template const> all_templates();

struct Adopted { int made = 0, already_there = 0; };
/// Writes the actions of a set that this organisation has not adopted yet, all or none, in the words of `locale`.
Result<Adopted> adopt(records::Machinery const& machinery, OrganisationId organisation, accounts::Sight const& sight, records::Register const& kind, Set set, records::By const& by, Locale const& locale);
/// How many of a set's actions are in the plan.
int adopted_of(records::Records const& records, records::Register const& kind, Set set);
int size_of(Set set);

}  // namespace greffier::action
