// Completeness of the sheet: people, data, recipients, security, its life (REG), portability (RIG).

#include "registers/processing/rules.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "registers/processing/rule_words.hpp"

namespace greffier::processing {
namespace {

using records::Circumstances;
using records::Report;
using records::Rule;
using enum records::Severity;

constexpr int months_between_reviews = 12;

bool is_live(Circumstances const& now) { return now.status == "production"; }

void joint_controllers_without_arrangement(Processing const& p, Circumstances const&, Report& report)
{
    if (!p.joint_controllers.empty() && is_blank(p.art26_agreement)) report.at("art26_agreement");
}

void people_missing(Processing const& p, Circumstances const&, Report& report)
{
    if (p.subject_categories.empty()) report.at("subject_categories");
}

void data_missing(Processing const& p, Circumstances const&, Report& report)
{
    if (p.data_categories.empty()) report.at("data_categories");
}

void recipients_missing(Processing const& p, Circumstances const&, Report& report)
{
    if (p.recipients.empty() && !p.no_recipient_confirmed) report.at("recipients");
}

void no_asset(Processing const& p, Circumstances const& now, Report& report)
{
    if (p.assets.empty() && now.status != "archived") report.at("assets");
}

void owner_missing(Processing const& p, Circumstances const&, Report& report)
{
    if (p.owner.empty()) report.at("owner");
}

void start_date_missing(Processing const& p, Circumstances const& now, Report& report)
{
    if (is_live(now) && !p.start_date) report.at("start_date");
}

// A validation looks the whole sheet over: it counts as its first review.
void review_overdue(Processing const& p, Circumstances const& now, Report& report)
{
    if (!is_live(now)) return;
    auto const last = p.last_review ? p.last_review : p.validated_on;
    if (!last || now.today > add_months(*last, months_between_reviews))
        report.at("last_review", {{"months", std::to_string(months_between_reviews)}});
}

void live_without_validation(Processing const& p, Circumstances const& now, Report& report)
{
    if (is_live(now) && !p.validated_on) report.at("validated_on");
}

/// Portability is for what machines process: a paper file is not asked for a format.
bool says_it_is_automated(Processing const& p)
{
    return p.online || !is_blank(p.hosting) || std::ranges::any_of(p.steps, [](Step const& step) { return !is_blank(step.tools); });
}

void no_way_to_port(Processing const& p, Circumstances const&, Report& report)
{
    if ((rests_on(p, LegalBasis::A) || rests_on(p, LegalBasis::B)) && says_it_is_automated(p) && is_blank(p.export_format)) report.at("export_format");
}

// A service of the house, an authority or the public needs no further word; a processor and a joint controller say by their
// kind in what capacity they receive.
void recipient_not_qualified(Processing const& p, Circumstances const&, Report& report)
{
    static constexpr std::array<std::string_view, 4> open{"group_entity", "partner", "third_country", "other"};
    for (auto const& one : p.recipients)
        if (one.type && is_blank(one.role) && std::ranges::find(open, one.type->code) != open.end()) report.at({"recipients", one.id, "role"});
}

}  // namespace

std::span<Rule<Processing> const> content_rules()
{
    static constexpr Rule<Processing> rules[] = {
        {"REG-007", Major, "26(1)", joint_controllers_without_arrangement},
        {"REG-008", Blocking, "30(1)(c)", people_missing},
        {"REG-009", Blocking, "30(1)(c)", data_missing},
        {"REG-010", Major, "30(1)(d)", recipients_missing},
        {"REG-017", Minor, "5(2)", owner_missing},
        {"REG-018", Minor, "", start_date_missing},
        {"REG-020", Major, "24(1)", review_overdue},
        {"REG-021", Major, "24", live_without_validation},
        {"REG-023", Minor, "32", no_asset},
        {"RIG-012", Minor, "20", no_way_to_port},
        {"PRO-013", Minor, "4(8)", recipient_not_qualified},
    };
    return rules;
}

}  // namespace greffier::processing
