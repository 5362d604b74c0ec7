#pragma once
// The frame of every page: top bar, navigation, organisation in force, footer; and the bare frame of sign-in and
// public pages. Plain data in, markup out; it knows no accounts and no registers (app/ fills it in).

#include <optional>
#include <string>
#include <vector>

#include "core/locale.hpp"
#include "web/html.hpp"
#include "web/message.hpp"

namespace greffier::web {

struct NavItem {
    std::string label, href, icon;      ///< icon: a name of the sprite
    std::optional<std::int64_t> count = {};
    bool alert = false;                 ///< the count asks for attention
    bool current = false;
};
struct NavSection {
    std::string title;                  ///< empty for the first
    std::vector<NavItem> items = {};
    std::string_view fold = {};         ///< its name, when it is shut until one opens it or the page stands in it
};
struct FrameOrganisation {
    std::string slug, name, kind;       ///< kind in words
    int colour = 1;                     ///< 1..8
    std::string logo = {};              ///< address of its picture; empty: initials stand for it
    std::string own_colour = {};        ///< stamp of its own colour, which stands in /o/<slug>/look.css; empty: none
    bool archived = false;              ///< read, and no more written
};
struct Notice {
    enum class Tone { Ok, Info, Warning, Danger } tone = Tone::Ok;
    std::string text;
};
struct Crumb { std::string label, href; };

struct Frame {
    Locale locale{Language::French};
    std::string title;                  ///< of the page; the organisation's name is added
    std::string theme;                  ///< "", "light", "dark"
    std::string csrf;                   ///< masked token for this page's forms
    std::string path;                   ///< of this page, for the language and theme switches to come back to
    std::optional<FrameOrganisation> organisation;
    bool many_organisations = false;    ///< show the switch
    std::string person_name;            ///< empty when nobody is signed in
    std::vector<NavSection> navigation;
    std::vector<Crumb> crumbs;
    std::optional<Notice> notice;       ///< what the last act did, shown once
    std::optional<std::string> past;    ///< words of the past state shown, when `at=` is in force
    std::string search;                 ///< text in the search box
    std::vector<FrameOrganisation> organisations = {};   ///< a few to jump to, shown in the switch before one types
    std::string person_key;             ///< id of the account: keeps one person's drafts from another's eyes
    std::string person_email;
    std::int64_t unread = 0;            ///< notifications, counted up to 100
    std::vector<Crumb> footer;          ///< links of the foot of every page (accessibility, privacy), when they exist
    std::optional<std::string> seeing_as = {};   ///< words of a banner while one sees the product as somebody else, with a button that ends it
    bool refused = false;               ///< a form is shown again with errors: the page's title says so
};

/// A whole page with navigation around `body` (which starts with its own page head).
std::string page(Frame const& frame, Html const& body);
/// Errors without organisation and other pages outside the application: one column and no navigation.
std::string bare_page(Frame const& frame, Html const& body);
/// Sign-in, first run, invitation: the ruled page beside a box. `wide` leaves room for a longer form.
std::string sign_in_page(Frame const& frame, Html const& body, bool wide = false);

// Small components every page shares.
void icon(Html& out, std::string_view name);
/// "/static/icons.<hash>.svg#name", for a drawing that writes its own <use>.
std::string icon_address(std::string_view name);
/// The two letters that stand for an organisation or a person: "Val d'Aubreuil" -> "VA".
std::string initials(std::string_view name);
/// <li> rows of the organisation switch, as /organisations/search answers them.
void organisation_rows(Html& out, std::vector<FrameOrganisation> const& organisations);
void csrf_field(Html& out, Frame const& frame);
void page_head(Html& out, Frame const& frame, std::string_view title);   ///< crumbs, notice, past banner, h1
/// The same with a sentence under the title and buttons beside it.
void page_head(Html& out, Frame const& frame, std::string_view title, std::string_view lead, Html const& actions);
void page_top(Html& out, Frame const& frame);   ///< crumbs, notice, past banner: for a page that writes its own head
/// An error page's body: status, what happened, what to do.
Html error_body(Locale const& locale, int status, std::string_view what, std::string_view request_id, std::string_view words = {});

}  // namespace greffier::web
