#pragma once
// What allows a transfer, in the order the law asks it: is it one, adequacy (45), appropriate safeguards (46),
// derogations (49), the last resort (49(1), second subparagraph); else it is forbidden. Computed on a day from the
// record's answers and the dated tables, never stored: a decision that ends shows the day after.

#include <string>
#include <vector>

#include "core/result.hpp"
#include "law/countries.hpp"
#include "registers/transfer/transfer.hpp"

namespace greffier::transfer {

bool is_safeguard(TransferTool tool);    ///< a tool of article 46
bool is_derogation(TransferTool tool);   ///< a letter of article 49(1), or none said yet
/// "a" to "g"; empty for other tools.
std::string_view letter_of(TransferTool tool);

/// What the adequacy decisions say of this importer on that day.
enum class Adequacy {
    NotNeeded,      ///< within the EEA, or a French territory to which the French act extends the regime
    Unknown,        ///< the country is not said
    None,           ///< no decision, today or before
    Lost,           ///< a decision held once
    Covered,        ///< one holds, for every importer or for this one
    Unchecked,      ///< one holds for some importers; nobody has said whether this one is among them, or on what day it was checked
    OutOfScope,     ///< … and this one is not, or its certification has ended, or does not reach staff data
};
Adequacy adequacy_of(Transfer const& t, Date day);

/// False when the record itself says that chapter V does not apply, or the country is in the EEA.
bool concerns_chapter_five(Transfer const& t, Date day);
/// On the footing of a decision that does not hold for it, though it says so (art. 45).
bool relies_on_lost_adequacy(Transfer const& t, Date day);
/// Data clauses of a text that is no longer one, or the Privacy Shield.
bool relies_on_repealed_tool(Transfer const& t);
/// The module that the roles of the parties ask for; nothing when one of them is not said.
std::optional<SccModule> module_of_roles(Transfer const& t);

/// Fields of the declaration still to be answered, or answered no, before the chosen ground can hold; empty when it does.
std::vector<std::string> missing_of_safeguard(Transfer const& t);
std::vector<std::string> missing_of_assessment(Transfer const& t);
std::vector<std::string> missing_of_derogation(Transfer const& t);
std::vector<std::string> missing_of_last_resort(Transfer const& t);

enum class StepName { IsTransfer, Adequacy, Safeguards, Derogation, LastResort };
std::string_view code_of(StepName name);   ///< "is_transfer" …
enum class StepState {
    Settles,      ///< the answer is here
    Passes,       ///< not here: look at the next
    Open,         ///< something is missing
    Stops,        ///< this way is closed, and the transfer with it
    NotReached,
};

struct Step {
    StepName name{};
    StepState state = StepState::NotReached;
    std::string sentence;                  ///< locale key; empty when not reached
    std::vector<std::string> missing = {}; ///< fields of the declaration
};

enum class Verdict { NoTransfer, Adequate, Safeguarded, Derogated, LastResort, Open, Blocked };
std::string_view code_of(Verdict verdict);   ///< "no_transfer" …
/// Nothing forbids it and nothing is missing.
constexpr bool allows(Verdict verdict) { return verdict != Verdict::Open && verdict != Verdict::Blocked; }

struct Reasoning {
    std::vector<Step> steps;               ///< the five, in order
    Verdict verdict = Verdict::Open;
    law::Adequacy const* decision = nullptr;   ///< the adequacy decision that the second step speaks of, in force or ended
};

Reasoning reason(Transfer const& t, Date day);

}  // namespace greffier::transfer
