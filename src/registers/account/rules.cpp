#include "registers/account/rules.hpp"

#include <algorithm>

namespace greffier::account {
namespace {

using records::Circumstances;
using records::Report;
using records::Rule;
using enum records::Severity;

bool has(Account const& account, Circumstances const& now, Anomaly anomaly)
{
    auto const found = anomalies_of(account, now.status, now.today);
    return std::ranges::find(found, anomaly) != found.end();
}

// An account nobody knows the age of is shown in the matrix, and is no finding yet.
void review_overdue(Account const& account, Circumstances const& now, Report& report)
{
    if (has(account, now, Anomaly::ReviewOverdue)) report.at("last_review");
}

void shared_unapproved(Account const& account, Circumstances const& now, Report& report)
{
    if (has(account, now, Anomaly::SharedUnapproved)) report.at(account.traced.value_or(false) ? "approved_on" : "traced");
}

void leaver_active(Account const& account, Circumstances const& now, Report& report)
{
    if (has(account, now, Anomaly::Leaver)) report.at("left_on");
    else if (has(account, now, Anomaly::PastItsEnd)) report.at("ends_on");
}

void admin_without_factor(Account const& account, Circumstances const& now, Report& report)
{
    if (has(account, now, Anomaly::AdminWithoutFactor)) report.at("mfa");
}

}  // namespace

std::span<Rule<Account> const> account_rules()
{
    static constexpr Rule<Account> rules[] = {
        {"SEC-001", Major, "32", review_overdue},
        {"SEC-002", Major, "32", shared_unapproved},
        {"SEC-003", Blocking, "32", leaver_active},
        {"SEC-004", Major, "32", admin_without_factor},
    };
    return rules;
}

}  // namespace greffier::account
