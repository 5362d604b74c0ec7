// Who may do what: the table that the guard reads (accounts/actor.cpp), in words.
#include "accounts/pages/form.hpp"
#include "accounts/pages/pages.hpp"

namespace greffier::accounts {

using web::Html;
using web::Permission;
using namespace web::literals;

namespace {

/// The rows people ask about; what a token may do by the API follows from them.
constexpr Permission shown_permissions[] = {Permission::ReadRecords,   Permission::ExportRecords, Permission::WriteRecords,          Permission::ImportRecords,
                                            Permission::DecideRecords, Permission::ShapeRecords,  Permission::RestrictRecords, Permission::ReadJournal,   Permission::ExportOrganisation,
                                            Permission::AdministerOrganisation};

void write_row(Html& out, Locale const& locale, Permission permission)
{
    out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">"_h << locale.text("permission." + std::string{web::name_of(permission)}) << "</th>"_h;
    for (auto role : all_roles()) {
        out << "<td role=\"cell\""_h;
        out.attr("class"_h, grants(role, permission) ? "g-yes" : "g-no").attr("data-label"_h, locale.text("role." + std::string(code_of(role))));
        out << ">"_h;
        if (grants(role, permission)) out << "<strong>"_h << locale.text("accounts.permissions.yes") << "</strong></td>"_h;
        else out << "<span class=\"g-muted\">"_h << locale.text("accounts.permissions.no") << "</span></td>"_h;
    }
    out << "</tr>\n"_h;
}

}  // namespace

Answer show_permissions(AccountServices&, Context& context, web::Request const&)
{
    auto const& locale = context.locale;
    context.frame.crumbs = {{locale.text("nav.administration"), ""}};
    Html out;
    web::page_head(out, context.frame, locale.text("accounts.permissions.title"), locale.text("accounts.permissions.lead"), {});
    // Between a telephone and a screen the table scrolls: with the keyboard too.
    out << "<div class=\"g-tablewrap\" tabindex=\"0\" role=\"region\""_h;
    out.attr("aria-label"_h, locale.text("accounts.permissions.title"));
    out << "><table class=\"g-table g-table--cards g-grants\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\"><th role=\"columnheader\" scope=\"col\">"_h
        << locale.text("accounts.permissions.act") << "</th>"_h;
    for (auto role : all_roles()) out << "<th role=\"columnheader\" scope=\"col\">"_h << locale.text("role." + std::string(code_of(role)) + ".short") << "</th>"_h;
    out << "</tr></thead><tbody role=\"rowgroup\">\n"_h;
    for (auto permission : shown_permissions) write_row(out, locale, permission);
    close_table(out);
    out << "<div class=\"g-section mt-4\"><p>"_h << locale.text("accounts.permissions.decision") << "</p><p>"_h << locale.text("accounts.permissions.installation") << "</p></div>\n"_h;
    return shown(context, locale.text("accounts.permissions.title"), out);
}

}  // namespace greffier::accounts
