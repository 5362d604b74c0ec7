#include "registers/data_item/register.hpp"

#include "registers/data_item/data_item.hpp"
#include "registers/data_item/panel.hpp"

namespace greffier::data_item {

records::Register const& data_item_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "data-items",
        .prefix = "DON",
        .icon = "database",
        .chapter = records::Chapter::Mapping,
        .schema = &data_item_schema().info(),
        .title_field = "name",
        .review_field = "next_review",
        .statuses = {"draft", "described", "archived"},
        .transitions = {
            {"draft", "described", Permission::WriteRecords},
            {"described", "draft", Permission::WriteRecords},
            {"described", "archived", Permission::WriteRecords, true},
            {"archived", "draft", Permission::WriteRecords, true},
        },
        .closed = {"archived"},
        .reviewed_field = "last_review",
        .service_field = "service",
        .panel = &write_panel,
    };
    return kind;
}

}  // namespace greffier::data_item
