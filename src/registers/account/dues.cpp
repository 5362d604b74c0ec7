#include "registers/account/dues.hpp"

#include "registers/account/account.hpp"

namespace greffier::account {

namespace {

constexpr int months_between_reviews = 12, months_of_a_shared_password = 6;

}  // namespace

std::optional<Date> review_due(Account const& account)
{
    if (account.next_review) return account.next_review;
    auto const from = account.last_review ? account.last_review : account.granted_on;
    return from ? std::optional{add_months(*from, months_between_reviews)} : std::nullopt;
}

std::optional<Date> password_due(Account const& account)
{
    auto const from = account.password_renewed_on ? account.password_renewed_on : account.granted_on;
    if (!from) return std::nullopt;
    if (account.password_period && *account.password_period != schema::Duration{}) {
        auto const& every = *account.password_period;
        return add_days(add_months(*from, every.years * 12 + every.months), every.weeks * 7 + every.days);
    }
    return account.kind == Kind::Shared ? std::optional{add_months(*from, months_of_a_shared_password)} : std::nullopt;
}

std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    auto const account = system_account_schema().unpack(row);
    if (!account.ok() || context.status != "enabled") return {};
    std::vector<records::Due> dues;
    // A date somebody set is the register's own next review.
    if (auto const due = review_due(*account); due && !account->next_review) dues.push_back(context.on("system_account.review", *due, false, {"last_review"}));
    if (auto const due = password_due(*account)) dues.push_back(context.on("system_account.password", *due, false, {"password_renewed_on"}));
    if (account->ends_on) dues.push_back(context.on("system_account.end", *account->ends_on, false, {"ends_on"}));
    if (account->left_on) dues.push_back(context.on("system_account.left", *account->left_on, false, {"left_on"}));
    return dues;
}

}  // namespace greffier::account
