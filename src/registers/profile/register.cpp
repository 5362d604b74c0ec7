#include "registers/profile/register.hpp"

#include "registers/profile/designation_page.hpp"
#include "registers/profile/profile.hpp"

namespace greffier::profile {

records::Register const& profile_register()
{
    static records::Register const kind{
        .slug = "profile",
        .prefix = "ORG",
        .icon = "building",
        .schema = &profile_schema().info(),
        .title_field = "name",
        .single = true,
        .statuses = {"current"},
        .panel = &write_panel,
        .place = &place_of,
        .common = true,
    };
    return kind;
}

}  // namespace greffier::profile
