#include "app/navigation.hpp"

#include "accounts/modules.hpp"

namespace greffier::app {

namespace {

/// Pages that show a whole register otherwise than as a list, and stand below it in the menu.
struct RegisterPage { std::string_view register_slug, key, rest, icon; };
constexpr RegisterPage register_pages[] = {
    {"actions", "action.plan", "/actions/plan", "calendar"},
    {"evidence", "evidence.map", "/evidence/map", "sitemap"},
};

}  // namespace

void fill_navigation(web::Frame& frame, accounts::Context const& context, records::Registers const& registers, std::string_view path)
{
    auto const& organisation = context.where();
    auto const& locale = context.locale;
    frame.organisation = web::FrameOrganisation{organisation.slug, organisation.name, locale.text("organisation_kind." + organisation.kind), organisation.colour};
    frame.organisation->archived = organisation.archived;
    frame.organisation->own_colour = organisation.accent.empty() ? "" : organisation.accent.substr(1);
    if (!organisation.logo.empty()) frame.organisation->logo = context.address("/logo/" + organisation.logo);
    frame.many_organisations = true;
    // Seeing as somebody else, one is shown no door that is closed to that (guard.cpp).
    auto may = [&](web::Permission permission) {
        bool const read = permission == web::Permission::ReadRecords || permission == web::Permission::ShapeRecords;
        return (read || !context.seeing_as) && accounts::may(context.who(), permission);
    };
    auto item = [&](std::string_view key, std::string const& rest, std::string_view icon) {
        web::NavItem one{locale.text(key), context.address(rest), std::string{icon}};
        one.current = rest.empty() ? path == one.href : path == one.href || path.starts_with(one.href + "/");
        return one;
    };
    // Pages that are reached from another one, and stand beside it in the address.
    auto with_pages = [&](web::NavItem one, std::initializer_list<std::string_view> pages) {
        for (auto const page : pages) one.current = one.current || path == context.address(page);
        return one;
    };
    if (may(web::Permission::ReadRecords)) {
        frame.navigation.push_back({"", {item("nav.dashboard", "", "layout-dashboard")}});
        auto chapter = [&](std::string_view key, records::Chapter which, std::vector<web::NavItem> items, std::string_view fold = {}) {
            for (auto const* kind : registers.all())
                if (!kind->single && kind->chapter == which && accounts::keeps_register(organisation, kind->slug)) {
                    items.push_back(item("register." + std::string{kind->slug}, "/" + std::string{kind->slug}, kind->icon));
                    for (auto const& page : register_pages) {
                        if (page.register_slug != kind->slug) continue;
                        auto own = item(page.key, std::string{page.rest}, page.icon);
                        items.back().current = items.back().current && !own.current;
                        items.push_back(std::move(own));
                    }
                }
            if (!items.empty()) frame.navigation.push_back({.title = locale.text(key), .items = std::move(items), .fold = fold});
        };
        chapter("nav.registers", records::Chapter::Registers, {});
        chapter("nav.steering", records::Chapter::Steering, {item("nav.findings", "/findings", "report-search"), item("nav.agenda", "/agenda", "calendar-event")});
        chapter("nav.mapping", records::Chapter::Mapping, {}, "mapping");
        chapter("nav.security", records::Chapter::Security, {}, "security");
        chapter("nav.governance", records::Chapter::Governance, {}, "governance");
        chapter("nav.documents", records::Chapter::Documents, may(web::Permission::ExportRecords) ? std::vector{item("compliance_file.title", "/compliance-file", "archive")} : std::vector<web::NavItem>{}, "documents");
    }
    web::NavSection administration{.title = locale.text("nav.administration")};
    if (may(web::Permission::ReadRecords))
        for (auto const* kind : registers.all())
            if (kind->single) administration.items.push_back(item("nav." + std::string{kind->slug}, "/" + std::string{kind->slug}, kind->icon));
    auto keeps = [&](std::string_view module) { return !accounts::is_off(organisation.modules_off, module); };
    if (may(web::Permission::ShapeRecords) && keeps("own_words")) {
        administration.items.push_back(item("nav.terms", "/terms", "list-details"));
        administration.items.push_back(item("nav.fields", "/fields", "adjustments"));
    }
    if (may(web::Permission::ReadJournal)) administration.items.push_back(item("nav.journal", "/journal", "history"));
    if (may(web::Permission::ExportOrganisation) && !may(web::Permission::AdministerOrganisation)) administration.items.push_back(item("nav.archive", "/archive", "archive"));
    if (may(web::Permission::AdministerOrganisation)) {
        administration.items.push_back(with_pages(item("nav.people", "/people", "users"), {"/see-as"}));
        if (keeps("api")) administration.items.push_back(item("nav.tokens", "/tokens", "api"));
        if (context.who().installation_administrator || context.who().over_branch) administration.items.push_back(item("nav.foundings", "/organisations", "building-community"));
        administration.items.push_back(with_pages(item("nav.settings", "/settings", "settings"), {"/modules", "/archive", "/remove"}));
    }
    if (!administration.items.empty()) frame.navigation.push_back(std::move(administration));
}

void fill_installation_navigation(web::Frame& frame, Locale const& locale, std::string_view path)
{
    auto item = [&](std::string_view key, std::string const& address, std::string_view icon) {
        web::NavItem one{locale.text(key), address, std::string{icon}};
        one.current = path == address || path.starts_with(address + "/");
        return one;
    };
    frame.navigation.push_back({"", {item("nav.organisations", "/organisations", "building-community"), item("nav.account", "/account", "user-circle")}});
    frame.navigation.push_back({locale.text("nav.installation"), {item("nav.mail", "/installation/mail", "send")}});
}

}  // namespace greffier::app
