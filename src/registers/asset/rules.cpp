#include "registers/asset/rules.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "law/parameters.hpp"
#include "law/passwords.hpp"

namespace greffier::asset {
namespace {

using records::Circumstances;
using records::Report;
using records::Rule;
using enum records::Severity;

bool is_gone(Circumstances const& now) { return now.status == "retired"; }

law::PasswordPolicy policy_of(Asset const& asset)
{
    auto has = [&](Characters one) { return std::ranges::find(asset.password_characters, one) != asset.password_characters.end(); };
    static constexpr std::int64_t most = 1000;
    auto bounded = [](std::optional<std::int64_t> value) { return static_cast<int>(std::clamp<std::int64_t>(value.value_or(0), 0, most)); };
    return {.length = bounded(asset.password_length), .lower = has(Characters::Lower), .upper = has(Characters::Upper), .digit = has(Characters::Digit),
            .special = has(Characters::Special), .words = bounded(asset.password_words)};
}

void password_too_weak(Asset const& asset, Circumstances const& now, Report& report)
{
    if (is_gone(now) || !asset.password_case || asset.password_case == PasswordCase::None) return;
    if (!asset.password_length && !asset.password_words) return;   // not described yet
    auto const bits = law::password_bits(policy_of(asset), now.today);
    auto const wanted = law::password_threshold(choices_of(PasswordCase{}).code(*asset.password_case), now.today);
    if (bits < wanted) report.at("password_length", {{"bits", std::to_string(bits)}, {"wanted", std::to_string(wanted)}});
}

// An inventory of five hundred machines that nobody has described yet is no fault of each: only what is said counts.
void no_logging(Asset const& asset, Circumstances const& now, Report& report)
{
    if (is_gone(now) || !asset.is_system() || asset.holds_data == false) return;
    if (asset.logging == false || (!asset.logging && asset.holds_data == true)) report.at("logging");
}

void log_retention_out_of_range(Asset const& asset, Circumstances const& now, Report& report)
{
    if (is_gone(now) || !asset.log_retention || asset.logging == false) return;
    constexpr double days_in_month = 30.44;
    auto const months = asset.log_retention->approximate_days() / days_in_month;
    auto const shortest = law::parameter("logs.shortest", now.today).number(), longest = law::parameter("logs.longest", now.today).number();
    constexpr double slack = 0.25;   // 180 days are six months, 365 are twelve
    bool const too_long = months > longest + slack && is_blank(asset.log_retention_reason.value);
    if (months < shortest - slack || too_long) report.at("log_retention", {{"min", std::to_string(shortest)}, {"max", std::to_string(longest)}});
}

void mobile_unencrypted(Asset const& asset, Circumstances const& now, Report& report)
{
    if (!is_gone(now) && asset.is_mobile() && asset.family != Family::Paper && !asset.encrypted.value_or(false)) report.at("encrypted");
}

void inventory_old(Asset const& asset, Circumstances const& now, Report& report)
{
    if (is_gone(now)) return;
    if (!asset.inventory_date || next_inventory(*asset.inventory_date, now.today) < now.today) report.at("inventory_date", {{"months", law::parameter("inventory.refresh", now.today).value}});
}

}  // namespace

Date next_inventory(Date made, Date today) { return law::months_after_unmoved(made, law::parameter("inventory.refresh", today).number()).due; }

std::span<Rule<Asset> const> asset_rules()
{
    static constexpr Rule<Asset> rules[] = {
        {"SEC-005", Major, "32", password_too_weak},
        {"SEC-006", Major, "32", no_logging},
        {"SEC-007", Minor, "", log_retention_out_of_range},
        {"SEC-011", Major, "32(1)(a)", mobile_unencrypted},
        {"SEC-016", Advice, "", inventory_old},
    };
    return rules;
}

}  // namespace greffier::asset
