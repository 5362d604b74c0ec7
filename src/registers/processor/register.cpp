#include "registers/processor/register.hpp"

#include "registers/processor/panel.hpp"
#include "registers/processor/processor.hpp"

namespace greffier::processor {

records::Register const& processor_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "processors",
        .prefix = "ST",
        .icon = "building-factory-2",
        .chapter = records::Chapter::Mapping,
        .schema = &processor_schema().info(),
        .title_field = "name",
        .review_field = "next_review",
        .statuses = {"to_assess", "approved", "in_use", "terminated", "archived"},
        // Choosing whom to entrust with data is the controller's decision (art. 28(1)), recorded as his; that the
        // work stops is told with its reason. One that ended stays open for the proof that the data came back or went.
        .transitions = {
            {"to_assess", "approved", Permission::DecideRecords, false, true, true},
            {"approved", "to_assess", Permission::DecideRecords, true},
            {"approved", "in_use", Permission::DecideRecords, false, false, true},
            {"in_use", "terminated", Permission::DecideRecords, true},
            {"terminated", "in_use", Permission::DecideRecords, true},
            {"to_assess", "archived", Permission::DecideRecords, true},
            {"approved", "archived", Permission::DecideRecords, true},
            {"terminated", "archived", Permission::DecideRecords, true},
            {"archived", "to_assess", Permission::DecideRecords, true},
        },
        .closed = {"archived"},
        .reviewed_field = "last_review",
        .reviewer_field = "reviewer",
        .service_field = "service",
        .dues = &dues_of,
        .panel = &write_panel,
    };
    return kind;
}

}  // namespace greffier::processor
