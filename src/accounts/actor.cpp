#include "accounts/actor.hpp"

#include <algorithm>
#include <array>

namespace greffier::accounts {

namespace {

using web::Permission;

constexpr std::array<std::string_view, 9> codes{"administrator", "dpo", "dpo_assistant", "representative", "ciso", "contributor", "reader", "auditor", "external_author"};

// An administrator runs the organisation's file, and decides nothing in it. The DPO writes down what the controller decided,
// until somebody represents the controller here and decides alone (may()).
struct Row {
    Permission permission;
    std::array<bool, codes.size()> granted;   ///< in the order of Role
};
constexpr bool o = false, X = true;
constexpr std::array table{
    //                                       adm dpo ass rep cis con rea aud ext
    Row{Permission::ReadRecords,            {X,  X,  X,  X,  X,  X,  X,  X,  X}},
    Row{Permission::ExportRecords,          {X,  X,  X,  X,  X,  X,  X,  X,  X}},
    Row{Permission::WriteRecords,           {X,  X,  X,  X,  X,  X,  o,  o,  X}},
    Row{Permission::ImportRecords,          {X,  X,  X,  o,  o,  o,  o,  o,  o}},
    Row{Permission::DecideRecords,          {o,  X,  o,  X,  o,  o,  o,  o,  o}},
    Row{Permission::ShapeRecords,           {X,  X,  X,  o,  o,  o,  o,  o,  o}},
    Row{Permission::RestrictRecords,        {X,  X,  o,  X,  o,  o,  o,  o,  o}},
    Row{Permission::ReadJournal,            {X,  X,  o,  o,  X,  o,  o,  o,  o}},
    Row{Permission::ExportOrganisation,     {X,  X,  o,  o,  o,  o,  o,  o,  o}},
    Row{Permission::AdministerOrganisation, {X,  o,  o,  o,  o,  o,  o,  o,  o}},
    Row{Permission::Token,                  {X,  X,  X,  X,  X,  X,  X,  X,  X}},
    Row{Permission::ApiRead,                {X,  X,  X,  X,  X,  X,  X,  X,  X}},
    Row{Permission::ApiWrite,               {X,  X,  X,  X,  X,  X,  o,  o,  X}},
    Row{Permission::ApiDecide,              {o,  X,  o,  X,  o,  o,  o,  o,  o}},
    Row{Permission::ApiShape,               {X,  X,  X,  o,  o,  o,  o,  o,  o}},
    Row{Permission::ApiRestrict,            {X,  X,  o,  X,  o,  o,  o,  o,  o}},
    Row{Permission::ApiAdminister,          {X,  o,  o,  o,  o,  o,  o,  o,  o}},
};

bool cell(Row const& row, Role role) { return row.granted[static_cast<std::size_t>(role)]; }

bool is_decision(Permission permission) { return permission == Permission::DecideRecords || permission == Permission::ApiDecide; }

}  // namespace

std::string_view code_of(Role role) { return codes[static_cast<std::size_t>(role)]; }

std::vector<Role> const& all_roles()
{
    static std::vector<Role> const roles = [] {
        std::vector<Role> all;
        for (std::size_t i = 0; i < codes.size(); ++i) all.push_back(static_cast<Role>(i));
        return all;
    }();
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
    // Advice and decision are two people's where there are two (art. 38(3), 38(6)).
    bool const by_controller = is_decision(permission) && actor.controller_decides;
    return std::any_of(actor.roles.begin(), actor.roles.end(), [&](Role role) { return grants(role, permission) && !(by_controller && role == Role::Dpo); });
}

bool covers(std::vector<Role> const& roles, Role role)
{
    if (std::ranges::find(roles, role) != roles.end()) return role != Role::Auditor;
    if (role == Role::Representative || role == Role::Auditor || role == Role::Dpo) return false;   // the officer reads what is confided to nobody else
    return std::all_of(table.begin(), table.end(), [&](Row const& row) {
        return !cell(row, role) || std::any_of(roles.begin(), roles.end(), [&](Role held) { return held != Role::Auditor && cell(row, held); });
    });
}

std::vector<Permission> granted_permissions()
{
    std::vector<Permission> all;
    for (auto const& row : table) all.push_back(row.permission);
    return all;
}

}  // namespace greffier::accounts
