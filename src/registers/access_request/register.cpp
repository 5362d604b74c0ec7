#include "registers/access_request/register.hpp"

#include "registers/access_request/access_request.hpp"
#include "registers/access_request/panel.hpp"

namespace greffier::access_request {

namespace {

schema::Row blank_request()
{
    AccessRequest request;
    request.act = Act::Open;
    return access_request_schema().pack(request);
}

}  // namespace

records::Register const& access_request_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "access-requests",
        .prefix = "HAB",
        .icon = "user-check",
        .chapter = records::Chapter::Security,
        .schema = &access_request_schema().info(),
        .title_field = "name",
        .statuses = {"requested", "agreed", "granted", "turned_down", "taken_back"},
        // Another person's agreement is an act of its own (pages.cpp): without it SEC-030 stands in the way, and only a decision
        // of the controller passes.
        .transitions = {
            {"requested", "agreed", Permission::DecideRecords, true, true, true},
            {"requested", "turned_down", Permission::WriteRecords, true},
            {"agreed", "granted", Permission::WriteRecords, false, false, true},
            {"agreed", "requested", Permission::WriteRecords, true},
            {"agreed", "turned_down", Permission::WriteRecords, true},
            {"granted", "taken_back", Permission::WriteRecords},
            {"turned_down", "requested", Permission::WriteRecords, true},
        },
        .settled = {"agreed", "granted"},
        .unsettled = "requested",
        .closed = {"turned_down", "taken_back"},
        .blank = &blank_request,
        .stamps = {{"granted", "granted_on"}, {"taken_back", "taken_back_on"}},
        .service_field = "service",
        .dues = &dues_of,
        .panel = &write_panel,
    };
    return kind;
}

}  // namespace greffier::access_request
