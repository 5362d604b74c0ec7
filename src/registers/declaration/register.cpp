#include "registers/declaration/register.hpp"

#include "registers/declaration/declaration.hpp"

namespace greffier::declaration {

records::Register const& declaration_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "declarations",
        .prefix = "DEC",
        .icon = "file-description",
        .chapter = records::Chapter::Documents,
        .schema = &prior_declaration_schema().info(),
        .title_field = "name",
        .statuses = {"on_file", "archived"},
        .transitions = {
            {"on_file", "archived", Permission::WriteRecords},
            {"archived", "on_file", Permission::WriteRecords},
        },
        .closed = {"archived"},
        .service_field = "service",
    };
    return kind;
}

}  // namespace greffier::declaration
