// What is odd about an account that still opens something: read by the rules and by the matrix.

#include "registers/account/account.hpp"

namespace greffier::account {

std::string_view code_of(Anomaly anomaly)
{
    switch (anomaly) {
    case Anomaly::Leaver: return "leaver";
    case Anomaly::PastItsEnd: return "past_its_end";
    case Anomaly::SharedUnapproved: return "shared_unapproved";
    case Anomaly::AdminWithoutFactor: return "admin_without_factor";
    case Anomaly::NeverReviewed: return "never_reviewed";
    case Anomaly::ReviewOverdue: return "review_overdue";
    case Anomaly::MissingFromList: return "missing_from_list";
    }
    return {};
}

std::vector<Anomaly> anomalies_of(Account const& account, std::string_view status, Date today)
{
    std::vector<Anomaly> found;
    if (status != "enabled") return found;
    if (account.left_on && *account.left_on < today) found.push_back(Anomaly::Leaver);
    if (account.ends_on && *account.ends_on < today) found.push_back(Anomaly::PastItsEnd);
    if (account.kind == Kind::Shared && ((account.approved_by.empty() && !account.approved_on) || !account.traced.value_or(false))) found.push_back(Anomaly::SharedUnapproved);
    if (account.kind == Kind::Privileged && !account.mfa.value_or(false)) found.push_back(Anomaly::AdminWithoutFactor);
    auto const due = review_due(account);
    if (due && *due < today) found.push_back(Anomaly::ReviewOverdue);
    else if (!account.last_review && !due) found.push_back(Anomaly::NeverReviewed);
    if (account.missing_since) found.push_back(Anomaly::MissingFromList);
    return found;
}

}  // namespace greffier::account
