#include "accounts/actor.hpp"

#include <algorithm>
#include <array>

namespace greffier::accounts {

namespace {

using web::Permission;

// A decision is the DPO's advice taken: an administrator runs the organisation's file, and decides nothing in it.
struct Row {
    Permission permission;
    bool administrator, dpo, contributor, reader;
};
constexpr std::array table{
    //                                     admin  dpo    contr. reader
    Row{Permission::ReadRecords,           true,  true,  true,  true},
    Row{Permission::ExportRecords,         true,  true,  true,  true},
    Row{Permission::WriteRecords,          true,  true,  true,  false},
    Row{Permission::ImportRecords,         true,  true,  false, false},
    Row{Permission::DecideRecords,         false, true,  false, false},
    Row{Permission::ShapeRecords,          true,  true,  false, false},
    Row{Permission::AdministerOrganisation, true, false, false, false},
    Row{Permission::Token,                 true,  true,  true,  true},
    Row{Permission::ApiRead,               true,  true,  true,  true},
    Row{Permission::ApiWrite,              true,  true,  true,  false},
    Row{Permission::ApiDecide,             false, true,  false, false},
    Row{Permission::ApiShape,              true,  true,  false, false},
    Row{Permission::ApiAdminister,         true,  false, false, false},
};

bool cell(Row const& row, Role role)
{
    switch (role) {
    case Role::Administrator: return row.administrator;
    case Role::Dpo: return row.dpo;
    case Role::Contributor: return row.contributor;
    case Role::Reader: return row.reader;
    }
    return false;
}

}  // namespace

std::string_view code_of(Role role)
{
    switch (role) {
    case Role::Administrator: return "administrator";
    case Role::Dpo: return "dpo";
    case Role::Contributor: return "contributor";
    case Role::Reader: return "reader";
    }
    return "";
}

std::vector<Role> const& all_roles()
{
    static std::vector<Role> const roles{Role::Administrator, Role::Dpo, Role::Contributor, Role::Reader};
    return roles;
}

std::optional<Role> parse_role(std::string_view code)
{
    for (auto role : all_roles())
        if (code_of(role) == code) return role;
    return std::nullopt;
}

bool grants(Role role, Permission permission)
{
    auto row = std::find_if(table.begin(), table.end(), [&](Row const& r) { return r.permission == permission; });
    return row != table.end() && cell(*row, role);
}

bool may(Actor const& actor, Permission permission)
{
    switch (permission) {
    case Permission::Public: return true;
    case Permission::SignedIn: return actor.person.has_value();
    case Permission::AdministerInstallation: return actor.installation_administrator;
    case Permission::Loopback:
    case Permission::Monitor: return false;
    case Permission::AdministerOrganisation:
        // Whoever runs the installation opens and mends organisations, and reads no register by that alone.
        if (actor.installation_administrator) return true;
        break;
    default: break;
    }
    return std::any_of(actor.roles.begin(), actor.roles.end(), [&](Role role) { return grants(role, permission); });
}

bool covers(std::vector<Role> const& roles, Role role)
{
    return std::all_of(table.begin(), table.end(), [&](Row const& row) {
        return !cell(row, role) || std::any_of(roles.begin(), roles.end(), [&](Role held) { return cell(row, held); });
    });
}

}  // namespace greffier::accounts
