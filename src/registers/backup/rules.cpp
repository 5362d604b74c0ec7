#include "registers/backup/rules.hpp"

#include "law/parameters.hpp"
#include "law/periods.hpp"

namespace greffier::backup {
namespace {

using records::Circumstances;
using records::Report;
using records::Rule;
using enum records::Severity;

// What was planned does not count: a test put off for years is no test.
void restore_untested(Backup const& backup, Circumstances const& now, Report& report)
{
    if (now.status == "retired") return;
    auto const months = law::parameter("backup.restore_test", now.today).number();
    bool const tested = backup.last_restore_test && law::months_after_unmoved(*backup.last_restore_test, months).due >= now.today && backup.restore_result != RestoreResult::Failed;
    if (!tested) report.at("last_restore_test", {{"months", std::to_string(months)}});
}

void no_copy_apart(Backup const& backup, Circumstances const& now, Report& report)
{
    if (now.status == "retired") return;
    if (!backup.offsite.value_or(false)) report.at("offsite");
    if (!backup.offline.value_or(false)) report.at("offline");
}

}  // namespace

std::span<Rule<Backup> const> backup_rules()
{
    static constexpr Rule<Backup> rules[] = {
        {"SEC-008", Major, "32(1)(d)", restore_untested},
        {"SEC-009", Minor, "", no_copy_apart},
    };
    return rules;
}

}  // namespace greffier::backup
