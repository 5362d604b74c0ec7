#include "registers/training/register.hpp"

#include "registers/training/panel.hpp"
#include "registers/training/training.hpp"

namespace greffier::training {

records::Register const& training_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "trainings",
        .prefix = "FOR",
        .icon = "school",
        .chapter = records::Chapter::Governance,
        .schema = &training_schema().info(),
        .title_field = "title",
        .statuses = {"scheduled", "held", "called_off"},
        .transitions = {
            {"scheduled", "held", Permission::WriteRecords},
            {"scheduled", "called_off", Permission::WriteRecords, true},
            {"held", "scheduled", Permission::WriteRecords, true},
            {"called_off", "scheduled", Permission::WriteRecords},
        },
        .closed = {"called_off"},
        .service_field = "service",
        .dues = &dues_of,
        .panel = &write_panel,
    };
    return kind;
}

}  // namespace greffier::training
