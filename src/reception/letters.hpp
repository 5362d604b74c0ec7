#pragma once
// What public pages write to people: the number to whoever sent something, and word to those who answer for it. Neither
// letter says what was sent.

#include "mail/outbox.hpp"
#include "reception/visit.hpp"

namespace greffier::reception {

/// To whoever asked: the number, the day by which they are answered, and where to follow it (`token` may be empty).
mail::NewMail number_letter(Visit const& visit, mail::Mailbox to, records::Stored const& record, std::string const& due, std::string const& token);
/// To an officer: something came by a public page.
mail::NewMail arrival_letter(Visit const& visit, accounts::Person const& reader, records::Register const& kind, records::Stored const& record);

/// To whoever asked what they agreed to, or is asked again: the address of their preferences. `asked`: they asked themselves.
mail::NewMail preferences_letter(accounts::AccountServices const& services, Request const& request, Locale const& locale, std::string const& organisation_name, accounts::OrganisationInfo const& where,
                                 mail::Mailbox to, RecordId record, std::string const& token, bool asked, Timestamp now);
/// The code that opens an answer, and nothing that says where it is.
mail::NewMail code_letter(Visit const& visit, mail::Mailbox to, records::Stored const& record, std::string const& delivery, std::string const& code);

/// The code that opens an answer, and nothing that says where it is.
mail::NewMail code_letter(Visit const& visit, mail::Mailbox to, records::Stored const& record, std::string const& delivery, std::string const& code);

}  // namespace greffier::reception
