#include "registers/insurance/register.hpp"

#include "registers/insurance/insurance.hpp"
#include "registers/insurance/panel.hpp"

namespace greffier::insurance {

namespace {

std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    std::vector<records::Due> dues;
    auto const policy = insurance_schema().unpack(row);
    if (!policy.ok() || context.status != "in_force" || !policy->end_date) return dues;
    dues.push_back(context.on("insurance.end", *policy->end_date, false, {"end_date"}));
    if (policy->notice_period && *policy->end_date >= context.today) {
        auto const& before = *policy->notice_period;
        dues.push_back(context.on("insurance.notice", add_days(add_months(*policy->end_date, -(before.years * 12 + before.months)), -(before.weeks * 7 + before.days)), false, {"notice_period"}));
    }
    return dues;
}

/// Every line of the three grids, ready to be asked of the insurer.
schema::Row blank_insurance()
{
    Insurance policy;
    for (auto const item : choices_of(LossCause{}).values) policy.causes.emplace_back().item = item;
    for (auto const item : choices_of(Harmed{}).values) policy.persons.emplace_back().item = item;
    for (auto const item : choices_of(Damage{}).values) policy.damages.emplace_back().item = item;
    return insurance_schema().pack(policy);
}

}  // namespace

records::Register const& insurance_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "insurance",
        .prefix = "ASS",
        .icon = "umbrella",
        .chapter = records::Chapter::Documents,
        .schema = &insurance_schema().info(),
        .title_field = "name",
        .review_field = "next_review",
        .statuses = {"draft", "in_force", "ended", "archived"},
        .transitions = {
            {"draft", "in_force", Permission::DecideRecords},
            {"in_force", "draft", Permission::WriteRecords, true},
            {"in_force", "ended", Permission::DecideRecords},
            {"ended", "in_force", Permission::DecideRecords, true},
            {"draft", "archived", Permission::WriteRecords, true},
            {"ended", "archived", Permission::WriteRecords},
            {"archived", "draft", Permission::WriteRecords, true},
        },
        .closed = {"archived"},
        .blank = &blank_insurance,
        .reviewed_field = "last_review",
        .reviewer_field = "reviewer",
        .dues = &dues_of,
        .panel = &write_panel,
        .common = true,
    };
    return kind;
}

}  // namespace greffier::insurance
