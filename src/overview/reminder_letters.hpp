#pragma once
// Internal to reminders: their letters. They name a record by its reference and its register, never by its title or by a person.

#include <optional>
#include <string>
#include <vector>

#include "accounts/people.hpp"
#include "mail/outbox.hpp"

namespace greffier::overview {

/// One deadline as a letter tells of it.
struct Told {
    OrganisationId organisation;
    std::string slug, organisation_name, zone;
    Language language = Language::French;       ///< of the organisation
    std::string register_slug, reference, kind, place;
    RecordId record;
    Timestamp at{};
    std::optional<Date> day = {};
};

mail::NewMail reminder_letter(accounts::Person const& person, Told const& told, std::string const& rung, std::string const& base, Timestamp now);
/// `day`: of the letter; `told` is not empty, soonest first.
mail::NewMail digest_letter(accounts::Person const& person, std::vector<Told> const& told, std::string const& base, std::string const& refuse_address, Date day, Timestamp now);

}  // namespace greffier::overview
