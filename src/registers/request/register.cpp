#include "registers/request/register.hpp"

#include "registers/request/clock.hpp"
#include "registers/request/panel.hpp"

namespace greffier::request {

namespace {

/// Most people ask for themselves.
schema::Row blank_request()
{
    Request request;
    request.capacity = Capacity::Person;
    return request_schema().pack(request);
}

}  // namespace

records::Register const& request_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "requests",
        .prefix = "DEM",
        .icon = "mail-opened",
        .schema = &request_schema().info(),
        .title_field = "subject",
        .sealed = true,
        .statuses = {"received", "identity_wait", "in_progress", "answered", "refused", "withdrawn", "closed"},
        // Whoever handles requests moves them along; a refusal is the controller's decision, closing and reopening the officer's.
        .transitions = {
            {"received", "in_progress", Permission::WriteRecords},
            {"received", "identity_wait", Permission::WriteRecords},
            {"identity_wait", "in_progress", Permission::WriteRecords},
            {"in_progress", "identity_wait", Permission::WriteRecords},
            {"received", "answered", Permission::WriteRecords},
            {"in_progress", "answered", Permission::WriteRecords},
            {"received", "refused", Permission::DecideRecords, false, true},
            {"identity_wait", "refused", Permission::DecideRecords, false, true},
            {"in_progress", "refused", Permission::DecideRecords, false, true},
            {"received", "withdrawn", Permission::WriteRecords, true},
            {"identity_wait", "withdrawn", Permission::WriteRecords, true},
            {"in_progress", "withdrawn", Permission::WriteRecords, true},
            {"answered", "closed", Permission::DecideRecords},
            {"refused", "closed", Permission::DecideRecords},
            {"withdrawn", "closed", Permission::DecideRecords},
            {"answered", "in_progress", Permission::DecideRecords, true},
            {"refused", "in_progress", Permission::DecideRecords, true},
            {"withdrawn", "in_progress", Permission::DecideRecords, true},
            {"closed", "in_progress", Permission::DecideRecords, true},
        },
        .closed = {"closed"},
        .blank = &blank_request,
        .stamps = {{"answered", "answered_on"}, {"refused", "answered_on"}, {"closed", "closed_on"}},
        .service_field = "service",
        .dues = &dues_of,
        .panel = &write_panel,
    };
    return kind;
}

}  // namespace greffier::request
