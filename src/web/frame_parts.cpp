#include "web/frame_parts.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "core/utf8.hpp"
#include "web/csrf.hpp"
#include "web/static_files.hpp"

namespace greffier::web {

namespace {

struct Choice {
    std::string_view value, icon, key;
};
constexpr std::array themes{
    Choice{"system", "device-desktop", "frame.theme_system"},
    Choice{"light", "sun", "frame.theme_light"},
    Choice{"dark", "moon", "frame.theme_dark"},
};

void begin_preferences(Html& out, Frame const& frame, bool theme)
{
    out << "<form action=\"/preferences\" method=\"post\""_h;
    out.flag("data-theme-form"_h, theme);
    out << ">"_h;
    csrf_field(out, frame);
    out << "<input type=\"hidden\" name=\"next\""_h;
    out.attr("value"_h, frame.path);
    out << ">"_h;
}

void theme_choice(Html& out, Frame const& frame)
{
    begin_preferences(out, frame, true);
    out << "<div class=\"g-switch\" role=\"group\""_h;
    out.attr("aria-label"_h, frame.locale.text("frame.theme"));
    out << ">"_h;
    std::string_view current = frame.theme.empty() ? "system" : std::string_view{frame.theme};
    for (auto const& choice : themes) {
        out << "<button name=\"theme\""_h;
        out.attr("value"_h, choice.value).attr("aria-pressed"_h, choice.value == current ? "true" : "false");
        out << ">"_h;
        icon(out, choice.icon);
        out << frame.locale.text(choice.key) << "</button>"_h;
    }
    out << "</div></form>"_h;
}

void language_buttons(Html& out, Frame const& frame)
{
    out << "<div class=\"g-switch\" role=\"group\""_h;
    out.attr("aria-label"_h, frame.locale.text("frame.language"));
    out << ">"_h;
    for (auto language : {Language::French, Language::English}) {
        out << "<button name=\"language\""_h;
        out.attr("value"_h, code_of(language)).attr("lang"_h, code_of(language));
        out.attr("aria-pressed"_h, frame.locale.language() == language ? "true" : "false");
        // Each in its own language: whoever cannot read the page must find theirs.
        out << ">"_h << std::string_view{language == Language::French ? "Français" : "English"} << "</button>"_h;
    }
    out << "</div>"_h;
}

void mark(Html& out, std::string_view name, bool small)
{
    out << "<span"_h;
    out.attr("class"_h, small ? "g-mark g-mark--s" : "g-mark");
    out << " aria-hidden=\"true\">"_h << initials(name) << "</span>"_h;
}

void organisation_name(Html& out, Frame const& frame)
{
    if (frame.organisation->logo.empty()) {
        mark(out, frame.organisation->name, false);
    } else {
        out << "<img class=\"g-mark g-mark--logo\" alt=\"\" width=\"30\" height=\"30\""_h;
        out.url("src"_h, frame.organisation->logo);
        out << ">"_h;
    }
    out << "<span><span class=\"g-hidden\">"_h << frame.locale.text("frame.organisation_in_force") << "</span><strong>"_h << frame.organisation->name
        << "</strong><small>"_h << frame.organisation->kind;
    if (frame.organisation->archived) out << " · "_h << frame.locale.text("frame.archived");
    out << "</small></span>"_h;
}

void count(Html& out, Frame const& frame, NavItem const& item)
{
    if (!item.count) return;
    out << "<span"_h;
    out.attr("class"_h, item.alert ? "g-count g-count--alert" : "g-count");
    out << ">"_h;
    if (item.alert) icon(out, "alert-octagon");
    out << frame.locale.number(*item.count);
    if (item.alert) out << "<span class=\"g-hidden\">"_h << frame.locale.text("frame.needs_attention") << "</span>"_h;
    out << "</span>"_h;
}

void navigation_item(Html& out, Frame const& frame, NavItem const& item)
{
    out << "<li><a"_h;
    out.url("href"_h, item.href);
    if (item.current) out.attr("aria-current"_h, "page");
    out << ">"_h;
    if (!item.icon.empty()) icon(out, item.icon);
    out << item.label;
    count(out, frame, item);
    out << "</a></li>"_h;
}

void navigation_section(Html& out, Frame const& frame, NavSection const& section, int index)
{
    bool const folds = !section.fold.empty();
    auto const id = "nav-" + (folds ? std::string{section.fold} : std::to_string(index));
    out << "<li>"_h;
    if (folds) {
        out << "<details class=\"g-nav-fold\""_h;
        if (std::ranges::any_of(section.items, &NavItem::current)) out << " open"_h;
        out << "><summary class=\"g-nav-title\""_h;
        out.attr("id"_h, id);
        out << ">"_h << section.title;
        icon(out, "chevron-right");
        out << "</summary>"_h;
    } else if (!section.title.empty()) {
        out << "<span class=\"g-nav-title\""_h;
        out.attr("id"_h, id);
        out << ">"_h << section.title << "</span>"_h;
    }
    out << "<ul"_h;
    if (!section.title.empty()) out.attr("aria-labelledby"_h, id);
    out << ">"_h;
    for (auto const& item : section.items) navigation_item(out, frame, item);
    out << "</ul>"_h;
    if (folds) out << "</details>"_h;
    out << "</li>\n"_h;
}

/// Someone without an organisation in force still finds their way.
std::vector<NavSection> default_navigation(Frame const& frame)
{
    NavSection section;
    section.items.push_back({.label = frame.locale.text("nav.organisations"), .href = "/organisations", .icon = "building-community", .current = frame.path.starts_with("/organisations")});
    section.items.push_back({.label = frame.locale.text("nav.account"), .href = "/account", .icon = "user-circle", .current = frame.path.starts_with("/account")});
    return {section};
}

void account_menu(Html& out, Frame const& frame)
{
    auto const& locale = frame.locale;
    out << "<details class=\"g-menu g-account\"><summary><span class=\"g-avatar\" aria-hidden=\"true\">"_h << initials(frame.person_name)
        << "</span><span class=\"g-hidden\">"_h << locale.text("frame.account_of", {{"name", frame.person_name}})
        << "</span></summary><div class=\"g-menu-panel g-menu-panel--end\"><p class=\"g-account-head\"><strong>"_h << frame.person_name << "</strong>"_h;
    if (!frame.person_email.empty()) out << "<br><span class=\"g-small g-muted\">"_h << frame.person_email << "</span>"_h;
    out << "</p><ul class=\"g-menu-list\"><li><a href=\"/account\">"_h;
    icon(out, "user-circle");
    out << locale.text("nav.account") << "</a></li><li><a href=\"/organisations\">"_h;
    icon(out, "building-community");
    out << locale.text("nav.organisations") << "</a></li><li><a href=\"/favourites\">"_h;
    icon(out, "star");
    out << locale.text("nav.favourites") << "</a></li><li>"_h;
    theme_choice(out, frame);
    out << "</li><li>"_h;
    language_choice(out, frame);
    out << "</li><li><form action=\"/sign-out\" method=\"post\" data-signs-out>"_h;
    csrf_field(out, frame);
    out << "<button type=\"submit\">"_h;
    icon(out, "logout");
    out << locale.text("frame.sign_out") << "</button></form></li></ul></div></details>"_h;
}

}  // namespace

void organisation_switch(Html& out, Frame const& frame)
{
    auto const& locale = frame.locale;
    if (!frame.organisation && !frame.many_organisations) return;
    if (!frame.many_organisations) {
        out << "<div class=\"g-orgswitch\"><a class=\"g-iconlink\""_h;
        out.url("href"_h, "/o/" + frame.organisation->slug);
        out << ">"_h;
        organisation_name(out, frame);
        out << "</a></div>"_h;
        return;
    }
    out << "<details class=\"g-menu g-orgswitch\" data-search=\"/organisations/search\"><summary>"_h;
    if (frame.organisation)
        organisation_name(out, frame);
    else
        out << "<span><strong>"_h << locale.text("frame.choose_organisation") << "</strong></span>"_h;
    icon(out, "selector");
    out << "</summary><div class=\"g-menu-panel\"><form role=\"search\" action=\"/organisations\"><label class=\"form-label g-small\" for=\"org-q\">"_h
        << locale.text("frame.change_organisation")
        << "</label><input class=\"form-control\" id=\"org-q\" name=\"q\" type=\"search\" autocomplete=\"off\"></form><ul class=\"g-menu-list g-small\">"_h;
    organisation_rows(out, frame.organisations);
    out << "<li><a href=\"/organisations\">"_h;
    icon(out, "building-community");
    out << locale.text("frame.all_organisations") << "</a></li></ul></div></details>"_h;
}

void organisation_rows(Html& out, std::vector<FrameOrganisation> const& organisations)
{
    for (auto const& organisation : organisations) {
        out << "<li"_h;
        out.attr("class"_h, "g-org-" + std::to_string(organisation.colour));
        out << "><a"_h;
        out.url("href"_h, "/o/" + organisation.slug);
        out << ">"_h;
        mark(out, organisation.name, true);
        out << organisation.name << "</a></li>"_h;
    }
}

/// In the organisation in force first; without one, in all of one's own.
static std::string search_address(Frame const& frame) { return frame.organisation ? "/o/" + frame.organisation->slug + "/search" : "/search"; }

void search_box(Html& out, Frame const& frame)
{
    if (!frame.organisation && frame.person_name.empty()) return;
    out << "<form class=\"g-search\" role=\"search\" data-palette"_h;
    out.url("action"_h, search_address(frame)).attr("aria-label"_h, frame.locale.text("frame.search"));
    out << ">"_h;
    icon(out, "search");
    out << "<label class=\"g-hidden\" for=\"q\">"_h << frame.locale.text("frame.search_label")
        << "</label><input class=\"form-control\" id=\"q\" name=\"q\" type=\"search\" maxlength=\"200\" autocomplete=\"off\" aria-keyshortcuts=\"Control+K\""_h;
    out.attr("placeholder"_h, frame.locale.text("frame.search_placeholder"));
    if (!frame.search.empty()) out.attr("value"_h, frame.search);
    out << "><kbd aria-hidden=\"true\">Ctrl K</kbd></form>"_h;
}

namespace {

void bell(Html& out, Frame const& frame)
{
    constexpr std::int64_t counted_to = 99;
    bool const many = frame.unread > counted_to;
    auto const number = frame.locale.number(many ? counted_to : frame.unread) + (many ? "+" : "");
    out << "<li><a class=\"g-iconlink g-bell\" href=\"/notifications\""_h;
    out.attr("aria-label"_h, frame.unread == 0 ? frame.locale.text("frame.notifications_none") : frame.locale.plural("frame.notifications", frame.unread, {{"number", number}}));
    out << ">"_h;
    icon(out, "bell");
    if (frame.unread > 0) out << "<span class=\"g-bell-count\" aria-hidden=\"true\">"_h << number << "</span>"_h;
    out << "</a></li>"_h;
}

}  // namespace

void account_bar(Html& out, Frame const& frame)
{
    out << "<ul class=\"g-topnav\">"_h;
    if (frame.organisation || !frame.person_name.empty()) {
        out << "<li class=\"g-searchli\"><a class=\"g-iconlink g-searchlink\""_h;
        out.url("href"_h, search_address(frame));
        out << "><svg class=\"icon\" role=\"img\""_h;
        out.attr("aria-label"_h, frame.locale.text("frame.search"));
        out << "><use"_h;
        out.url("href"_h, icon_address("search"));
        out << "/></svg></a></li>"_h;
    }
    if (!frame.person_name.empty()) {
        bell(out, frame);
        out << "<li>"_h;
        account_menu(out, frame);
        out << "</li>"_h;
    }
    out << "</ul>"_h;
}

void navigation(Html& out, Frame const& frame)
{
    out << "<nav class=\"g-side\" id=\"menu\""_h;
    out.attr("aria-label"_h, frame.locale.text("frame.navigation"));
    out << "><a class=\"g-iconlink g-side-close\" href=\"#contenu\">"_h;
    icon(out, "x");
    out << frame.locale.text("frame.close_menu") << "</a>\n<ul class=\"g-nav\">\n"_h;
    int index = 0;
    for (auto const& section : frame.navigation.empty() ? default_navigation(frame) : frame.navigation)
        navigation_section(out, frame, section, ++index);
    out << "</ul></nav>\n"_h;
}

void language_choice(Html& out, Frame const& frame)
{
    begin_preferences(out, frame, false);
    language_buttons(out, frame);
    out << "</form>"_h;
}

std::string icon_address(std::string_view name)
{
    static std::string const sprite = asset("icons.svg");
    return sprite + "#" + std::string(name);
}

void icon(Html& out, std::string_view name)
{
    static std::string const sprite = asset("icons.svg") + "#";
    out << "<svg class=\"icon\" aria-hidden=\"true\"><use href=\""_h << sprite << name << "\"/></svg>"_h;
}

std::string initials(std::string_view name)
{
    auto const parts = words(name);
    std::string letters;
    for (auto const& word : parts) {
        // "de", "la", "d'" say nothing of who it is.
        if (parts.size() > 2 && length_utf8(word) <= 2) continue;
        std::size_t at = 0;
        append_utf8(letters, next_code_point(word, at));
        if (length_utf8(letters) == 2) break;
    }
    if (parts.size() == 1 && length_utf8(parts[0]) > 1) {
        std::size_t at = 0;
        next_code_point(parts[0], at);
        append_utf8(letters, next_code_point(parts[0], at));
    }
    for (auto& c : letters)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    return letters;
}

void csrf_field(Html& out, Frame const& frame)
{
    out << "<input type=\"hidden\""_h;
    out.attr("name"_h, csrf_field_name).attr("value"_h, frame.csrf);
    out << ">"_h;
}

}  // namespace greffier::web
