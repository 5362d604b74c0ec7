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

/// The code that opens an answer, and nothing that says where it is.
mail::NewMail code_letter(Visit const& visit, mail::Mailbox to, records::Stored const& record, std::string const& delivery, std::string const& code);

}  // namespace greffier::reception
