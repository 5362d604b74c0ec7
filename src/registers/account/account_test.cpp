#include <gtest/gtest.h>

#include "registers/account/account.hpp"
#include "registers/account/dues.hpp"
#include "registers/account/matrix.hpp"
#include "registers/account/register.hpp"
#include "registers/account/rules.hpp"
#include "schema/test_bodies.hpp"

namespace greffier::account {
namespace {

Date day(char const* text) { return *parse_date(text); }
Date const today = day("2026-11-22");

Account sound()
{
    Account account;
    account.identifier = "m.durand";
    account.system = "État civil";
    account.profile = "Agent";
    account.kind = Kind::Named;
    account.last_review = day("2026-06-01");
    return account;
}

std::vector<std::string_view> rules_hit(Account const& account, std::string const& status = "enabled")
{
    std::vector<std::string_view> hit;
    for (auto const& rule : account_rules()) {
        std::vector<records::Finding> findings;
        records::Report report(findings, rule.id, rule.severity);
        records::Circumstances now;
        now.today = today;
        now.status = status;
        rule.check(account, now, report);
        if (!findings.empty()) hit.push_back(rule.id);
    }
    return hit;
}
using Ids = std::vector<std::string_view>;

TEST(AccountSchema, bodies_of_released_versions_are_read_for_ever) { schema::expect_old_bodies_read(system_account_schema().info()); }

TEST(AccountRules, find_nothing_in_a_sound_account) { EXPECT_EQ(rules_hit(sound()), Ids{}); }

TEST(AccountRules, want_a_review_each_year_counted_from_the_opening_when_there_was_none)
{
    auto account = sound();
    account.last_review = day("2025-11-22");
    EXPECT_EQ(rules_hit(account), Ids{}) << "the anniversary is the last day";
    account.last_review = day("2025-11-21");
    EXPECT_EQ(rules_hit(account), Ids{"SEC-001"});
    account.last_review.reset();
    EXPECT_EQ(rules_hit(account), Ids{}) << "nobody knows how old it is";
    EXPECT_EQ(anomalies_of(account, "enabled", today), std::vector{Anomaly::NeverReviewed});
    account.granted_on = day("2024-01-10");
    EXPECT_EQ(rules_hit(account), Ids{"SEC-001"});
    EXPECT_EQ(rules_hit(account, "disabled"), Ids{}) << "nobody comes in with it";
}

TEST(AccountRules, want_a_shared_account_approved_and_traced)
{
    auto account = sound();
    account.kind = Kind::Shared;
    account.approved_on = day("2026-01-05");
    EXPECT_EQ(rules_hit(account), Ids{"SEC-002"});
    account.traced = true;
    EXPECT_EQ(rules_hit(account), Ids{});
    account.approved_on.reset();
    EXPECT_EQ(rules_hit(account), Ids{"SEC-002"});
}

TEST(AccountRules, close_the_account_of_whoever_left_or_whose_mission_is_over)
{
    auto account = sound();
    account.left_on = today;
    EXPECT_EQ(rules_hit(account), Ids{}) << "the last day at work";
    account.left_on = day("2026-11-21");
    EXPECT_EQ(rules_hit(account), Ids{"SEC-003"});
    EXPECT_EQ(rules_hit(account, "disabled"), Ids{});
    account.left_on.reset();
    account.ends_on = day("2026-11-21");
    EXPECT_EQ(rules_hit(account), Ids{"SEC-003"});
}

TEST(AccountRules, want_a_second_factor_of_administrators)
{
    auto account = sound();
    account.kind = Kind::Privileged;
    EXPECT_EQ(rules_hit(account), Ids{"SEC-004"}) << "unanswered is no";
    account.mfa = true;
    EXPECT_EQ(rules_hit(account), Ids{});
}

TEST(AccountDues, remind_of_the_password_of_a_shared_account_each_six_months_unless_another_period_is_said)
{
    auto account = sound();
    account.password_renewed_on = day("2026-08-31");
    EXPECT_FALSE(password_due(account)) << "one's own password is one's own matter";
    account.kind = Kind::Shared;
    EXPECT_EQ(password_due(account), day("2027-02-28"));
    account.password_period = schema::Duration{.months = 3};
    EXPECT_EQ(password_due(account), day("2026-11-30"));
}

TEST(AccountDues, fall_for_an_active_account_alone)
{
    auto account = sound();
    account.ends_on = day("2026-12-31");
    auto const row = system_account_schema().pack(account);
    auto const where = law::Place::of("METRO");
    auto kinds = [&](std::string_view status) {
        std::vector<std::string_view> found;
        for (auto const& due : dues_of(row, {status, {}, today, where})) found.push_back(due.kind);
        return found;
    };
    EXPECT_EQ(kinds("enabled"), (Ids{"system_account.review", "system_account.end"}));
    EXPECT_EQ(kinds("disabled"), Ids{});
}

TEST(AccessMatrix, puts_active_accounts_by_profile_and_system_whatever_their_case)
{
    auto one = [](char const* identifier, char const* system, char const* profile, char const* status = "enabled") {
        Account account;
        account.identifier = identifier;
        account.system = system;
        account.profile = profile;
        return KnownAccount{RecordId::make(), "CPT", status, account};
    };
    std::vector<KnownAccount> const accounts{one("a", "Paie", "Agent"), one("b", "paie", "AGENT"), one("c", "État civil", "Administrateur"), one("d", "Paie", ""), one("e", "Paie", "Agent", "disabled")};
    auto const matrix = matrix_of(accounts);
    EXPECT_EQ(matrix.systems, (std::vector<std::string>{"État civil", "Paie"}));
    EXPECT_EQ(matrix.profiles, (std::vector<std::string>{"Administrateur", "Agent", ""})) << "whoever has no profile comes last";
    EXPECT_EQ(matrix.at(1, 1).size(), 2U);
    EXPECT_EQ(matrix.at(0, 0).size(), 1U);
    EXPECT_EQ(matrix.at(2, 1).front()->name(), "d");
    EXPECT_TRUE(matrix.at(0, 1).empty());
}

}  // namespace
}  // namespace greffier::account
