#include "registers/measure/register.hpp"

#include <array>

#include "registers/measure/measure.hpp"
#include "registers/measure/panel.hpp"

namespace greffier::measure {
namespace {

// Nothing is bound by one state to another: a measure is where it is found to be.
std::vector<records::Transition> transitions()
{
    constexpr std::array<std::string_view, 6> states{"absent", "planned", "partial", "in_place", "tested", "not_applicable"};
    std::vector<records::Transition> all;
    for (auto const from : states) {
        for (auto const to : states)
            // That a point of the guide does not concern the organisation is a claim: it says why.
            if (from != to) all.push_back({from, to, web::Permission::WriteRecords, to == "not_applicable"});
        all.push_back({from, "retired", web::Permission::WriteRecords, true});
    }
    all.push_back({"retired", "planned", web::Permission::WriteRecords});
    return all;
}

/// What was planned for a day, and the next test.
std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    std::vector<records::Due> dues;
    auto const measure = measure_schema().unpack(row);
    if (!measure.ok() || context.status == "not_applicable") return dues;
    bool const whole = context.status == "in_place" || context.status == "tested";
    if (measure->planned_for && !whole) dues.push_back(context.on("measure.planned", *measure->planned_for, false, {"planned_for"}));
    if (measure->next_test) dues.push_back(context.on("measure.test", *measure->next_test, false, {"next_test"}));
    return dues;
}

}  // namespace

records::Register const& measure_register()
{
    static records::Register const kind{
        .slug = "measures",
        .prefix = "MES",
        .icon = "shield-lock",
        .chapter = records::Chapter::Security,
        .schema = &measure_schema().info(),
        .title_field = "name",
        .statuses = {"absent", "planned", "partial", "in_place", "tested", "not_applicable", "retired"},
        .transitions = transitions(),
        .closed = {"retired"},
        .service_field = "service",
        .dues = &dues_of,
        .panel = &write_panel,
    };
    return kind;
}

}  // namespace greffier::measure
