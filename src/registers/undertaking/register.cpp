#include "registers/undertaking/register.hpp"

#include "registers/undertaking/panel.hpp"
#include "registers/undertaking/undertaking.hpp"

namespace greffier::undertaking {

namespace {

std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    std::vector<records::Due> dues;
    auto const one = undertaking_schema().unpack(row);
    if (!one.ok()) return dues;
    if (context.status == "to_sign" && one->access_from) dues.push_back(context.on("undertaking.signature", *one->access_from, true, {"signed_on"}));
    if (one->ends_on && !one->returned_on) dues.push_back(context.on("undertaking.return", *one->ends_on, false, {"returned_on"}));
    return dues;
}

schema::Row blank_undertaking()
{
    Undertaking one;
    one.form = UndertakingForm::Signed;
    one.originals = 2;
    return undertaking_schema().pack(one);
}

}  // namespace

records::Register const& undertaking_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "undertakings",
        .prefix = "ENG",
        .icon = "signature",
        .chapter = records::Chapter::Documents,
        .schema = &undertaking_schema().info(),
        .title_field = "person",
        .statuses = {"to_sign", "signed", "ended"},
        .transitions = {
            {"to_sign", "signed", Permission::WriteRecords},
            {"signed", "to_sign", Permission::WriteRecords, true},
            {"signed", "ended", Permission::WriteRecords},
            {"to_sign", "ended", Permission::WriteRecords, true},
            {"ended", "signed", Permission::WriteRecords, true},
        },
        .settled = {"signed"},
        .unsettled = "to_sign",
        .closed = {"ended"},
        .blank = &blank_undertaking,
        .stamps = {{"signed", "signed_on"}},
        .service_field = "service",
        .dues = &dues_of,
        .panel = &write_panel,
    };
    return kind;
}

}  // namespace greffier::undertaking
