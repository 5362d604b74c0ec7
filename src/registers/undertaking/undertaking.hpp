#pragma once
// Undertakings of confidentiality: who promised what, when, and what they gave back at the end (art. 28(3)(b), 29, 32(4)).

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::undertaking {

using schema::Text;

enum class Standing { Staff, Manager, Trainee, Temporary, Contractor, Elected, Volunteer, Other };
enum class UndertakingForm { Signed, ContractClause };   ///< a clause of the employment contract stands for a signature
schema::ChoiceList<Standing> const& choices_of(Standing);
schema::ChoiceList<UndertakingForm> const& choices_of(UndertakingForm);

struct Undertaking {
    std::string person, function, company, service;
    schema::Email email;
    std::optional<Standing> standing;
    Text access;
    std::vector<ProcessingId> processings;
    std::optional<ProcessorId> processor;
    std::optional<Date> access_from;
    // what was signed
    std::optional<UndertakingForm> form;
    std::string edition, place, clause;
    std::optional<Date> signed_on;
    std::optional<std::int64_t> originals;
    // the end of the function
    std::optional<Date> ends_on, returned_on;
    std::string returned;
    schema::Contact owner;
    Text notes;
    std::vector<schema::Attachment> attachments;
};

/// Words of the seven promises: locale keys undertaking.promise.<code>.
std::span<std::string_view const> all_promises();

schema::Schema<Undertaking> const& schema_of(Undertaking const*);
inline schema::Schema<Undertaking> const& undertaking_schema() { return schema_of(static_cast<Undertaking const*>(nullptr)); }

}  // namespace greffier::undertaking
