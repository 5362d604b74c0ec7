#include "accounts/actor.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace greffier::accounts {
namespace {

using web::Permission;

Actor with(std::vector<Role> roles)
{
    Actor actor;
    actor.roles = std::move(roles);
    actor.person = PersonId::make();
    return actor;
}

std::string line(std::string_view name, Actor const& actor)
{
    static constexpr Permission all[] = {
        Permission::Public,        Permission::SignedIn,      Permission::ReadRecords,   Permission::ExportRecords,          Permission::WriteRecords,
        Permission::ImportRecords, Permission::DecideRecords, Permission::ShapeRecords,  Permission::RestrictRecords, Permission::ReadJournal, Permission::AdministerOrganisation, Permission::AdministerInstallation, Permission::Token,
        Permission::ApiRead,       Permission::ApiWrite,      Permission::ApiDecide,     Permission::ApiShape,      Permission::ApiRestrict,     Permission::ApiAdminister,          Permission::Loopback,
    };
    std::ostringstream out;
    out << name << ':';
    for (auto permission : all)
        if (may(actor, permission)) out << ' ' << web::name_of(permission);
    return out.str();
}

TEST(Permissions, the_whole_table)
{
    auto installation = with({});
    installation.installation_administrator = true;
    std::ostringstream table;
    table << line("nobody", Actor{}) << '\n'
          << line("person", with({})) << '\n'
          << line("reader", with({Role::Reader})) << '\n'
          << line("contributor", with({Role::Contributor})) << '\n'
          << line("dpo", with({Role::Dpo})) << '\n'
          << line("assistant", with({Role::DpoAssistant})) << '\n'
          << line("representative", with({Role::Representative})) << '\n'
          << line("ciso", with({Role::Ciso})) << '\n'
          << line("auditor", with({Role::Auditor})) << '\n'
          << line("external", with({Role::ExternalAuthor})) << '\n'
          << line("administrator", with({Role::Administrator})) << '\n'
          << line("installation", installation) << '\n';
    auto name = [](Permission permission) { return " " + std::string(web::name_of(permission)); };
    auto join = [&](std::initializer_list<Permission> all) {
        std::string text;
        for (auto each : all) text += name(each);
        return text;
    };
    using enum Permission;
    EXPECT_EQ(table.str(),
              "nobody:" + join({Public}) + "\n" +
              "person:" + join({Public, SignedIn}) + "\n" +
              "reader:" + join({Public, SignedIn, ReadRecords, ExportRecords, Permission::Token, ApiRead}) + "\n" +
              "contributor:" + join({Public, SignedIn, ReadRecords, ExportRecords, WriteRecords, Permission::Token, ApiRead, ApiWrite}) + "\n" +
              "dpo:" + join({Public, SignedIn, ReadRecords, ExportRecords, WriteRecords, ImportRecords, DecideRecords, ShapeRecords, RestrictRecords, ReadJournal, Permission::Token, ApiRead, ApiWrite, ApiDecide, ApiShape, ApiRestrict}) + "\n" +
              "assistant:" + join({Public, SignedIn, ReadRecords, ExportRecords, WriteRecords, ImportRecords, ShapeRecords, Permission::Token, ApiRead, ApiWrite, ApiShape}) + "\n" +
              "representative:" + join({Public, SignedIn, ReadRecords, ExportRecords, WriteRecords, DecideRecords, RestrictRecords, Permission::Token, ApiRead, ApiWrite, ApiDecide, ApiRestrict}) + "\n" +
              "ciso:" + join({Public, SignedIn, ReadRecords, ExportRecords, WriteRecords, ReadJournal, Permission::Token, ApiRead, ApiWrite}) + "\n" +
              "auditor:" + join({Public, SignedIn, ReadRecords, ExportRecords, Permission::Token, ApiRead}) + "\n" +
              "external:" + join({Public, SignedIn, ReadRecords, ExportRecords, WriteRecords, Permission::Token, ApiRead, ApiWrite}) + "\n" +
              "administrator:" + join({Public, SignedIn, ReadRecords, ExportRecords, WriteRecords, ImportRecords, ShapeRecords, RestrictRecords, ReadJournal, AdministerOrganisation, Permission::Token, ApiRead, ApiWrite, ApiShape, ApiRestrict, ApiAdminister}) + "\n" +
              "installation:" + join({Public, SignedIn, AdministerOrganisation, AdministerInstallation}) + "\n");
}

TEST(Permissions, several_roles_act_as_their_union)
{
    auto both = with({Role::Administrator, Role::Dpo});
    EXPECT_TRUE(may(both, Permission::DecideRecords));
    EXPECT_TRUE(may(both, Permission::AdministerOrganisation));
    EXPECT_FALSE(may(both, Permission::AdministerInstallation));
}

TEST(Permissions, where_the_controller_is_represented_the_officer_advises_and_decides_nothing)
{
    auto officer = with({Role::Dpo}), mayor = with({Role::Representative}), both = with({Role::Dpo, Role::Representative});
    EXPECT_TRUE(may(officer, Permission::DecideRecords));
    for (auto* actor : {&officer, &mayor, &both}) actor->controller_decides = true;
    EXPECT_FALSE(may(officer, Permission::DecideRecords));
    EXPECT_FALSE(may(officer, Permission::ApiDecide));
    EXPECT_TRUE(may(officer, Permission::WriteRecords));
    EXPECT_TRUE(may(mayor, Permission::DecideRecords));
    EXPECT_TRUE(may(both, Permission::DecideRecords)) << "in the small town that is one person";
}

TEST(Permissions, no_token_decides_for_another_or_reads_for_an_auditor)
{
    EXPECT_FALSE(covers({Role::Dpo}, Role::Representative)) << "the same acts, and yet not the same person's";
    EXPECT_TRUE(covers({Role::Representative}, Role::Representative));
    EXPECT_FALSE(covers({Role::Auditor}, Role::Auditor));
    EXPECT_FALSE(covers({Role::Auditor}, Role::Reader));
    EXPECT_FALSE(covers({Role::Administrator, Role::Dpo}, Role::Auditor));
    EXPECT_TRUE(covers({Role::DpoAssistant}, Role::Contributor));
    EXPECT_FALSE(covers({Role::DpoAssistant}, Role::Dpo));
}

TEST(Permissions, a_role_covers_only_what_it_can_do)
{
    EXPECT_TRUE(covers({Role::Administrator}, Role::Contributor));
    EXPECT_TRUE(covers({Role::Dpo}, Role::Reader));
    EXPECT_FALSE(covers({Role::Administrator}, Role::Dpo));
    EXPECT_FALSE(covers({Role::Dpo}, Role::Administrator));
    EXPECT_FALSE(covers({}, Role::Reader));
    EXPECT_FALSE(covers({Role::Reader}, Role::Contributor));
}

TEST(Permissions, role_codes_go_both_ways)
{
    for (auto role : all_roles()) EXPECT_EQ(parse_role(code_of(role)), role);
    EXPECT_FALSE(parse_role("owner"));
}

}  // namespace
}  // namespace greffier::accounts
