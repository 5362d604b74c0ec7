#include "registers/notice/rules.hpp"

#include "core/text.hpp"

namespace greffier::notice {
namespace {

using records::Circumstances;
using records::Report;
using enum records::Severity;

void items_missing(Notice const& notice, Circumstances const& now, Report& report)
{
    if (now.status == "taken_down" || notice.is_poster()) return;
    auto const missing = missing_items(notice);
    if (missing.empty()) return;
    std::vector<std::string> codes;
    for (auto const* item : missing) codes.emplace_back(item->code);
    report.at("items", {{"count", std::to_string(missing.size())}, {"items", join(codes, ", ")}});
}

void told_late(Notice const& notice, Circumstances const& now, Report& report)
{
    if (!now.where || now.status == "taken_down") return;
    auto const due = indirect_due(notice, *now.where);
    if (due && notice.sent_on.value_or(now.today) > *due) report.at("sent_on");
}

}  // namespace

std::span<records::Rule<Notice> const> notice_rules()
{
    static constexpr records::Rule<Notice> rules[] = {
        {"INF-002", Major, "13(1), 14(1)", items_missing},
        {"INF-004", Major, "14(3)", told_late},
    };
    return rules;
}

}  // namespace greffier::notice
