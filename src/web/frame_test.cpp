#include "web/frame.hpp"

#include <gtest/gtest.h>

namespace greffier::web {
namespace {

Frame frame_of_vire()
{
    Frame frame;
    frame.locale = Locale{Language::French};
    frame.title = "Traitements";
    frame.csrf = "token";
    frame.path = "/o/vire/processings?q=a&b=c";
    frame.organisation = FrameOrganisation{"vire", "Vire <Normandie>", "Commune", 3};
    frame.person_name = "Claire Delmas";
    frame.person_key = "p1";
    frame.navigation = {{"Registres", {{"Violations", "/o/vire/breaches", "alarm", 2, true, true}}}};
    return frame;
}

Html body()
{
    Html out;
    out << "<h1>B</h1>"_h;
    return out;
}

bool has(std::string const& text, std::string_view wanted) { return text.find(wanted) != std::string::npos; }

TEST(Frame, shows_where_one_is_and_escapes_it)
{
    auto text = page(frame_of_vire(), body());
    EXPECT_TRUE(has(text, "<html lang=\"fr\"><head>"));
    EXPECT_TRUE(has(text, "<title>Traitements · Vire &lt;Normandie&gt; · Greffier</title>"));
    EXPECT_TRUE(has(text, "<body class=\"g-app g-org-3\" data-person=\"p1\">"));
    EXPECT_FALSE(has(text, "<Normandie>"));
    EXPECT_TRUE(has(text, "href=\"/o/vire/breaches\" aria-current=\"page\""));
    EXPECT_TRUE(has(text, "g-count g-count--alert"));
    EXPECT_TRUE(has(text, "name=\"next\" value=\"/o/vire/processings?q=a&amp;b=c\""));
    EXPECT_TRUE(has(text, "name=\"csrf\" value=\"token\""));
    EXPECT_TRUE(has(text, "action=\"/o/vire/search\""));
}

TEST(Frame, holds_no_inline_style_or_script)
{
    auto frame = frame_of_vire();
    frame.many_organisations = true;
    for (auto const& text : {page(frame, body()), bare_page(frame, body()), sign_in_page(frame, body())}) {
        EXPECT_FALSE(has(text, " style="));
        EXPECT_FALSE(has(text, "<style"));
        EXPECT_FALSE(has(text, "onclick"));
        EXPECT_TRUE(has(text, "<script type=\"module\" src=\"/static/"));
        EXPECT_TRUE(has(text, "class=\"g-skip\" href=\"#contenu\""));
        EXPECT_TRUE(has(text, "id=\"contenu\""));
        EXPECT_FALSE(has(text, "[frame.")) << "a word is missing";
    }
}

TEST(Frame, the_switch_is_there_for_who_has_several_organisations)
{
    auto frame = frame_of_vire();
    EXPECT_FALSE(has(page(frame, body()), "action=\"/organisations\""));
    frame.many_organisations = true;
    frame.organisations = {{"caen", "Caen", "Commune", 5}};
    auto text = page(frame, body());
    EXPECT_TRUE(has(text, "action=\"/organisations\""));
    EXPECT_TRUE(has(text, "<li class=\"g-org-5\"><a href=\"/o/caen\">"));
}

TEST(Frame, a_folded_chapter_is_open_where_the_page_stands_in_it)
{
    auto frame = frame_of_vire();
    frame.navigation.push_back({.title = "Cartographie", .items = {{.label = "Contrats", .href = "/o/vire/contracts", .icon = "license"}}, .fold = "mapping"});
    EXPECT_TRUE(has(page(frame, body()), "<details class=\"g-nav-fold\"><summary class=\"g-nav-title\" id=\"nav-mapping\">"));
    frame.navigation.back().items.front().current = true;
    EXPECT_TRUE(has(page(frame, body()), "<details class=\"g-nav-fold\" open>"));
}

TEST(Frame, crumbs_begin_with_the_chapter_of_the_menu)
{
    auto frame = frame_of_vire();
    auto crumbs = [&] {
        Html out;
        page_top(out, frame);
        return out.text();
    };
    EXPECT_EQ(crumbs(), "") << "a page of the menu has nothing above it";
    frame.crumbs = {{"Violations", "/o/vire/breaches"}};
    EXPECT_TRUE(has(crumbs(), "<ol><li>Registres</li><li><a href=\"/o/vire/breaches\">Violations</a></li></ol>"));
    // A page beside a list, whose own line is another: its first crumb says where it stands.
    frame.navigation.push_back({.title = "Gouvernance", .items = {{.label = "Formations", .href = "/o/vire/trainings", .icon = "school"}}});
    frame.crumbs = {{"Formations", "/o/vire/trainings"}};
    EXPECT_TRUE(has(crumbs(), "<ol><li>Gouvernance</li><li>"));
    frame.crumbs = {{"Administration", ""}, {"Réglages", "/o/vire/settings"}};
    EXPECT_TRUE(has(crumbs(), "<ol><li>Administration</li><li>")) << "said once";
}

TEST(Frame, a_theme_is_forced_only_when_chosen)
{
    auto frame = frame_of_vire();
    EXPECT_FALSE(has(page(frame, body()), "data-bs-theme"));
    frame.theme = "dark";
    EXPECT_TRUE(has(page(frame, body()), "data-bs-theme=\"dark\""));
    EXPECT_TRUE(has(page(frame, body()), "value=\"dark\" aria-pressed=\"true\""));
    frame.theme = "\"><script>";
    EXPECT_FALSE(has(page(frame, body()), "data-bs-theme"));
}

TEST(Frame, a_refused_form_says_so_in_the_title)
{
    auto frame = frame_of_vire();
    frame.refused = true;
    EXPECT_TRUE(has(page(frame, body()), "<title>Erreur\u00a0: Traitements"));
}

TEST(Frame, initials_stand_for_a_name)
{
    EXPECT_EQ(initials("Val d'Aubreuil"), "VA");
    EXPECT_EQ(initials("Claire Delmas"), "CD");
    EXPECT_EQ(initials("Marsange"), "MA");
    EXPECT_EQ(initials("Communauté de communes de la Baie"), "CC");
    EXPECT_EQ(initials("Élodie"), "EL");
    EXPECT_EQ(initials("X"), "X");
    EXPECT_EQ(initials(""), "");
}

TEST(Frame, an_error_page_tells_what_happened_and_what_to_do)
{
    for (auto language : {Language::French, Language::English})
        for (int status : {400, 401, 403, 404, 405, 409, 413, 415, 429, 500, 503}) {
            auto text = error_body(Locale{language}, status, "what", "01JD4Q").text();
            EXPECT_TRUE(has(text, "01JD4Q")) << status;
            EXPECT_FALSE(has(text, "[error_page")) << status;
        }
    auto const expired = error_body(Locale{Language::French}, 403, "what", "", "expired").text();
    EXPECT_TRUE(has(expired, "Cette page a expiré")) << "a page that waited too long is not a page that a role would open";
    EXPECT_TRUE(has(expired, "403"));
}

}  // namespace
}  // namespace greffier::web
