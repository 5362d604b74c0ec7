#pragma once
// The letter by which a processor tells its client that an instruction breaks the law (art. 28(3), last sentence), written from the
// instruction in the processor's register. Pure: facts in, words out; what is missing is named, never invented.

#include "overview/letter_sheet.hpp"
#include "registers/processor_activity/processor_activity.hpp"
#include "registers/profile/profile.hpp"

namespace greffier::overview {

struct InstructionFacts {
    processor_activity::Activity const& activity;
    processor_activity::Instruction const& instruction;
    std::string reference;                  ///< of the record
    profile::Profile organisation;
    Date today{};
};

/// The client who gave it: the one it names, else the only one there is.
processor_activity::Client const* client_of(processor_activity::Activity const& activity, processor_activity::Instruction const& instruction);
Letter write_instruction_letter(InstructionFacts const& facts, Locale const& locale);

}  // namespace greffier::overview
