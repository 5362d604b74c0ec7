#include "registers/archival/register.hpp"

#include "registers/archival/archived_file.hpp"
#include "registers/archival/panel.hpp"

namespace greffier::archival {

namespace {

std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    auto const file = archive_schema().unpack(row);
    if (!file.ok() || context.status != "kept" || !file->destroy_on || file->fate == Fate::KeepForEver) return {};
    return {context.on("archive.destruction", *file->destroy_on, true, {"destroy_on"})};
}

}  // namespace

records::Register const& archive_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "archives",
        .prefix = "ARC",
        .icon = "archive",
        .chapter = records::Chapter::Documents,
        .schema = &archive_schema().info(),
        .title_field = "name",
        .review_field = "next_review",
        .statuses = {"kept", "destroyed", "handed_over"},
        // What is destroyed does not come back: somebody decides it for the controller.
        .transitions = {
            {"kept", "destroyed", Permission::DecideRecords, false, true},
            {"kept", "handed_over", Permission::DecideRecords, true},
            {"destroyed", "kept", Permission::DecideRecords, true},
            {"handed_over", "kept", Permission::DecideRecords, true},
        },
        .stamps = {{"destroyed", "destroyed_on"}},
        .reviewed_field = "last_review",
        .reviewer_field = "reviewer",
        .service_field = "service",
        .dues = &dues_of,
        .panel = &write_panel,
    };
    return kind;
}

}  // namespace greffier::archival
