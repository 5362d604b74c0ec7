#pragma once
// The roles a person can hold in an organisation. What each may do: the table in actor.cpp; what each sees: sight.cpp.

#include <optional>
#include <string_view>

namespace greffier::accounts {

/// Strongest first. Shown in the reference and on a page.
enum class Role {
    Administrator,     ///< runs the organisation's file: people, settings
    Dpo,               ///< keeps the registers and advises (art. 39)
    DpoAssistant,      ///< does the DPO's daily work, and decides nothing
    Representative,    ///< decides and signs for the controller (art. 24)
    Ciso,              ///< answers for security (art. 32)
    Contributor,       ///< writes; perhaps for some services alone
    Reader,
    Auditor,           ///< reads for a time that was said beforehand
    ExternalAuthor,    ///< from outside: reads and writes the records they are named on, and no other
};
std::string_view code_of(Role role);                       ///< "administrator" …
std::optional<Role> parse_role(std::string_view code);

}  // namespace greffier::accounts
