#include "registers/processing/register.hpp"

#include "registers/processing/panel.hpp"
#include "registers/processing/processing.hpp"

namespace greffier::processing {

namespace {

/// One main purpose and one line of each list the law demands, ready to be filled.
schema::Row blank_processing()
{
    Processing processing;
    processing.purposes.emplace_back().kind = PurposeKind::Main;
    auto row = processing_schema().pack(processing);
    for (auto const* field : {"subject_categories", "data_categories", "recipients", "measures"}) {
        auto const& info = processing_schema().info();
        schema::set(info, row, field, schema::Rows{schema::Row(*info.find(field)->rows)});
    }
    return row;
}

}  // namespace

records::Register const& processing_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "processings",
        .prefix = "TRT",
        .icon = "clipboard-list",
        .schema = &processing_schema().info(),
        .title_field = "name",
        .review_field = "next_review",
        .statuses = {"draft", "to_validate", "validated", "production", "suspended", "archived"},
        // The contributor proposes; the DPO validates or sends back; suspending is the controller's decision, recorded as his.
        .transitions = {
            {"draft", "to_validate", Permission::WriteRecords},
            {"to_validate", "draft", Permission::DecideRecords, true},
            {"to_validate", "validated", Permission::DecideRecords, false, false, true},
            {"validated", "production", Permission::DecideRecords, false, false, true},
            {"validated", "to_validate", Permission::DecideRecords, true},
            {"production", "suspended", Permission::DecideRecords, true, true},
            {"suspended", "production", Permission::DecideRecords, false, false, true},
            {"draft", "archived", Permission::DecideRecords, true},
            {"validated", "archived", Permission::DecideRecords, true},
            {"production", "archived", Permission::DecideRecords, true},
            {"suspended", "archived", Permission::DecideRecords, true},
            {"archived", "draft", Permission::DecideRecords, true},
        },
        .settled = {"validated", "production"},
        .unsettled = "to_validate",
        .closed = {"archived"},
        .blank = &blank_processing,
        .stamps = {{"validated", "validated_on"}},
        .reviewed_field = "last_review",
        .reviewer_field = "reviewer",
        .service_field = "service",
        .panel = &write_panel,
    };
    return kind;
}

}  // namespace greffier::processing
