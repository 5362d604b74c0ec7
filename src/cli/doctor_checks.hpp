#pragma once
// What `doctor` looks at, one function per matter. Each says what it found; nothing is repaired.

#include <string>
#include <vector>

#include "app/application.hpp"
#include "core/locale.hpp"

namespace greffier::cli {

struct CheckResult {
    enum class State { Ok, Warning, Failed } state{};
    std::string check;       ///< stable code: "database", "ledger" …
    std::string key;         ///< locale key of the sentence
    Arguments arguments{};
};
std::string_view code_of(CheckResult::State state);   ///< "ok" "warning" "failed"

using Checks = std::vector<CheckResult>;

void check_permissions(app::Application const& application, Checks& found);
void check_database(app::Application& application, Checks& found);
/// Roots computed again from the entries, and the last signature, for each organisation.
void check_ledgers(app::Application& application, Checks& found);
/// Stored bytes against the commitments of the history, for each organisation.
void check_versions(app::Application& application, Checks& found);
void check_attachments(app::Application& application, Checks& found);
/// Under which generation of its organisation's key each sealed record lies.
void check_sealed(app::Application& application, Checks& found);
void check_space(app::Application const& application, Locale const& locale, Checks& found);

}  // namespace greffier::cli
