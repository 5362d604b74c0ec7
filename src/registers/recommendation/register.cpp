#include "registers/recommendation/register.hpp"

#include "registers/recommendation/panel.hpp"
#include "registers/recommendation/recommendation.hpp"

namespace greffier::recommendation {

records::Register const& recommendation_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "recommendations",
        .prefix = "REC",
        .icon = "bulb",
        .chapter = records::Chapter::Governance,
        .schema = &recommendation_schema().info(),
        .title_field = "name",
        .statuses = {"draft", "issued", "accepted", "declined", "followed"},
        // The officer recommends; to accept or to decline is the controller's, recorded as theirs, and a refusal says why.
        .transitions = {
            {"draft", "issued", Permission::DecideRecords},
            {"issued", "draft", Permission::DecideRecords, true},
            {"issued", "accepted", Permission::DecideRecords, false, true},
            {"issued", "declined", Permission::DecideRecords, true, true},
            {"accepted", "followed", Permission::DecideRecords},
            {"accepted", "declined", Permission::DecideRecords, true, true},
            {"declined", "accepted", Permission::DecideRecords, false, true},
            {"followed", "accepted", Permission::DecideRecords, true, true},
        },
        .closed = {"followed"},
        .stamps = {{"issued", "made_on"}, {"accepted", "answered_on"}, {"declined", "answered_on"}, {"followed", "followed_on"}},
        .service_field = "service",
        .dues = &dues_of,
        .panel = &write_panel,
    };
    return kind;
}

}  // namespace greffier::recommendation
