#include "registers/asset/register.hpp"

#include "law/parameters.hpp"
#include "registers/asset/asset.hpp"
#include "registers/asset/rules.hpp"

namespace greffier::asset {
namespace {

/// The next look at the inventory, the end of the maker's support, the end of a certificate.
std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    std::vector<records::Due> dues;
    auto const asset = asset_schema().unpack(row);
    if (!asset.ok()) return dues;
    if (asset->inventory_date) dues.push_back(context.on("asset.inventory", next_inventory(*asset->inventory_date, context.today), false, {"inventory_date"}));
    if (asset->end_of_support) dues.push_back(context.on("asset.end_of_support", *asset->end_of_support, false, {"end_of_support"}));
    if (auto const* check = asset->last_tls_check(); check && check->certificate_until)
        dues.push_back(context.on("asset.certificate", *check->certificate_until, false, {"tls_checks", check->id, "certificate_until"}));
    return dues;
}

}  // namespace

records::Register const& asset_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "assets",
        .prefix = "SUP",
        .icon = "server-2",
        .chapter = records::Chapter::Mapping,
        .schema = &asset_schema().info(),
        .title_field = "name",
        .statuses = {"operational", "spare", "retired"},
        .transitions = {
            {"operational", "spare", Permission::WriteRecords},
            {"spare", "operational", Permission::WriteRecords},
            {"operational", "retired", Permission::WriteRecords, true},
            {"spare", "retired", Permission::WriteRecords, true},
            {"retired", "operational", Permission::WriteRecords, true},
        },
        .closed = {"retired"},
        .service_field = "service",
        .dues = &dues_of,
    };
    return kind;
}

}  // namespace greffier::asset
