// The pages, called as the guard calls them: a Context and a Request in, a Response out.
#include "accounts/accounts_fixture.hpp"
#include "web/problem.hpp"
#include "web/router.hpp"

namespace greffier::accounts {
namespace {

using web::Method;
using web::Request;
using web::Response;

class PagesTest : public AccountsFixture {
protected:
    std::vector<Route> routes = account_routes(services);
    Context context;

    void SetUp() override
    {
        context.now = now;
        context.frame.csrf = "csrf-of-the-page";
    }
    Request request(std::initializer_list<std::pair<char const*, std::string>> form = {})
    {
        Request made;
        for (auto const& [name, value] : form) made.form.add(name, value);
        made.headers["host"] = "greffier.example";
        made.remote_address = "192.0.2.1";
        made.secure = true;
        return made;
    }
    Result<Response> call(Method method, std::string const& path, Request made)
    {
        std::vector<std::pair<Method, std::string>> patterns;
        for (auto const& route : routes) patterns.emplace_back(route.method, route.path);
        auto match = web::Matcher(patterns).find(method, path);
        if (match.index < 0) return Error::not_found("no_route");
        made.method = method;
        made.path = path;
        made.params = match.params;
        context.locale = Locale{Language::English};
        context.frame.locale = context.locale;
        context.frame.path = path;
        context.frame.crumbs.clear();
        context.frame.notice.reset();
        auto const& route = routes[static_cast<std::size_t>(match.index)];
        if (route.permission != web::Permission::Public && !(context.actor && may(*context.actor, route.permission))) return Error::forbidden();
        return route.handler(context, made);
    }
    /// As the guard does for a person in an organisation, or in none.
    void act_as(Person const& person, std::optional<OrganisationInfo> const& where = {})
    {
        Actor actor;
        if (where)
            if (auto membership = memberships.of(person.id, where->id)) actor = make_actor(*membership);
        actor.person = person.id;
        actor.installation_administrator = memberships.is_installation_administrator(person.id);
        context.actor = actor;
        context.organisation = where;
        context.session_hash = sessions.authenticate(sessions.start(person.id, context.now), context.now)->session_hash;   // a fresh one: nothing is asked again
    }
    static std::string session_of(Response const& response)
    {
        auto cookie = std::string(response.find_header("Set-Cookie"));
        auto begin = std::string("__Host-greffier_session=");
        if (!cookie.starts_with(begin)) return "";
        return cookie.substr(begin.size(), cookie.find(';') - begin.size());
    }
    Person with_password(std::string email)
    {
        return *people.add({.email = std::move(email), .name = "Claire Delmas", .password = SecretText(good_password)}, now);
    }
    Person administrator_of(OrganisationInfo const& where)
    {
        auto claire = with_password("claire@vire.example");
        EXPECT_TRUE(memberships.set_roles(claire.id, where.id, {Role::Administrator, Role::Dpo}, now).ok());
        return claire;
    }
    static bool has(Response const& response, std::string_view text) { return response.body.find(text) != std::string::npos; }
    static std::string between(std::string const& body, std::string_view before, std::string_view after)
    {
        auto begin = body.find(before);
        if (begin == std::string::npos) return "";
        begin += before.size();
        return body.substr(begin, body.find(after, begin) - begin);
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, PagesTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

TEST_P(PagesTest, signing_in_leads_where_one_was_going)
{
    auto claire = with_password("claire@vire.example");
    auto answer = *call(Method::Post, "/sign-in", request({{"email", "CLAIRE@vire.example"}, {"password", good_password}, {"next", "/o/vire/processings?q=a"}}));
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(answer.find_header("Location"), "/o/vire/processings?q=a");
    EXPECT_EQ(sessions.authenticate(session_of(answer), now)->person.id, claire.id);
}

TEST_P(PagesTest, signing_in_never_leads_to_another_site)
{
    with_password("claire@vire.example");
    for (auto const* next : {"https://evil.example/", "//evil.example", "/\\evil.example", "/sign-in", "javascript:alert(1)"}) {
        auto answer = *call(Method::Post, "/sign-in", request({{"email", "claire@vire.example"}, {"password", good_password}, {"next", next}}));
        EXPECT_EQ(answer.find_header("Location"), "/organisations") << next;
    }
}

TEST_P(PagesTest, a_wrong_sign_in_tells_nothing_and_keeps_what_was_typed)
{
    with_password("claire@vire.example");
    auto wrong = *call(Method::Post, "/sign-in", request({{"email", "claire@vire.example"}, {"password", "not the one"}, {"next", "/o/vire"}}));
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(has(wrong, "value=\"claire@vire.example\""));
    EXPECT_TRUE(has(wrong, "name=\"next\" value=\"/o/vire\""));
    EXPECT_TRUE(has(wrong, "name=\"csrf\" value=\"csrf-of-the-page\""));
    EXPECT_FALSE(has(wrong, "not the one"));
    EXPECT_EQ(session_of(wrong), "");
    auto unknown = *call(Method::Post, "/sign-in", request({{"email", "claire@vire.exampl3"}, {"password", "not the one"}, {"next", "/o/vire"}}));
    auto same = wrong.body;
    for (auto at = same.find("vire.example\""); at != std::string::npos; at = same.find("vire.example\"", at + 1)) same.replace(at, 13, "vire.exampl3\"");
    EXPECT_EQ(unknown.body, same) << "an unknown address answers what a known one does";
}

TEST_P(PagesTest, too_many_failures_answer_429_even_to_the_right_password)
{
    with_password("claire@vire.example");
    for (int i = 0; i < 5; ++i) EXPECT_EQ(call(Method::Post, "/sign-in", request({{"email", "claire@vire.example"}, {"password", "x"}}))->status, 422);
    auto answer = *call(Method::Post, "/sign-in", request({{"email", "claire@vire.example"}, {"password", good_password}}));
    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(answer.find_header("Retry-After"), "2");
    context.now = now + std::chrono::seconds{2};
    EXPECT_EQ(call(Method::Post, "/sign-in", request({{"email", "claire@vire.example"}, {"password", good_password}}))->status, 303);
}

TEST_P(PagesTest, signing_in_and_out_ends_the_session_one_had)
{
    auto claire = with_password("claire@vire.example");
    auto old = sessions.start(claire.id, now);
    auto with_cookie = request({{"email", "claire@vire.example"}, {"password", good_password}});
    with_cookie.cookies.add("__Host-greffier_session", old);
    auto fresh = session_of(*call(Method::Post, "/sign-in", with_cookie));
    EXPECT_FALSE(sessions.authenticate(old, now));
    auto out = request();
    out.cookies.add("__Host-greffier_session", fresh);
    EXPECT_EQ(call(Method::Get, "/sign-in", out)->find_header("Location"), "/organisations") << "already signed in";
    auto answer = *call(Method::Post, "/sign-out", out);
    EXPECT_EQ(answer.find_header("Location"), "/sign-in");
    EXPECT_FALSE(sessions.authenticate(fresh, now));
}

TEST_P(PagesTest, the_set_up_makes_everything_once)
{
    Uuid author;
    organisations.on_created([&](storage::Session&, OrganisationInfo const&, Uuid actor, Timestamp) { author = actor; });
    auto address = "/setup/" + *links.set_up(now);
    auto page = *call(Method::Get, address, request());
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.find_header("Referrer-Policy"), "no-referrer");
    auto form = request({{"organisation_name", "Ville de Vire"}, {"kind", "commune"}, {"slug", ""}, {"name", "Claire Delmas"}, {"email", "claire@vire.example"},
                         {"password", good_password}, {"password_again", good_password}});
    auto done = *call(Method::Post, address, form);
    ASSERT_EQ(done.status, 303) << done.body;
    EXPECT_EQ(done.find_header("Location"), "/o/ville-de-vire");
    auto claire = *people.find("claire@vire.example");
    EXPECT_EQ(sessions.authenticate(session_of(done), now)->person.id, claire.id);
    auto membership = *memberships.of(claire.id, organisations.find("ville-de-vire")->id);
    EXPECT_EQ(membership.roles, (std::vector{Role::Administrator, Role::Dpo}));
    EXPECT_EQ(membership.actor, author) << "the first record names its author's membership";
    EXPECT_TRUE(membership.installation_administrator);
    EXPECT_EQ(code(call(Method::Get, address, request())), "expired_link");
    EXPECT_EQ(code(call(Method::Post, address, form)), "expired_link");
}

TEST_P(PagesTest, a_refused_set_up_leaves_nothing_and_may_be_tried_again)
{
    auto address = "/setup/" + *links.set_up(now);
    auto refused = *call(Method::Post, address, request({{"organisation_name", "Vire & Cie"}, {"kind", "commune"}, {"slug", "api"}, {"name", ""}, {"email", "claire"},
                                                         {"password", "abc"}, {"password_again", "abd"}}));
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(has(refused, "value=\"Vire &amp; Cie\""));
    for (auto const* id : {"#f-slug", "#f-name", "#f-email", "#f-password", "#f-password_again"}) EXPECT_TRUE(has(refused, "href=\"" + std::string(id) + "\"")) << id;
    EXPECT_TRUE(people.list().empty());
    EXPECT_TRUE(organisations.all().empty());
    EXPECT_EQ(call(Method::Get, address, request())->status, 200);
    EXPECT_EQ(code(call(Method::Get, "/setup/guess", request())), "expired_link");
}

TEST_P(PagesTest, someone_invited_chooses_a_password_and_comes_in)
{
    auto vire = organisation("vire");
    act_as(administrator_of(vire), vire);
    auto answer = *call(Method::Post, "/o/vire/people", request({{"email", "Paul@vire.example"}, {"name", "Paul Aubry"}, {"role", "contributor"}}));
    ASSERT_EQ(answer.status, 200);
    auto address = between(answer.body, "<code id=\"secret\">https://greffier.example", "</code>");
    ASSERT_TRUE(address.starts_with("/welcome/")) << address;
    EXPECT_TRUE(has(answer, "Password to be chosen"));
    context.actor.reset();
    context.organisation.reset();
    EXPECT_TRUE(has(*call(Method::Get, address, request()), "Paul Aubry"));
    EXPECT_EQ(call(Method::Post, address, request({{"password", "x"}, {"password_again", "x"}}))->status, 422);
    EXPECT_EQ(call(Method::Post, address, request({{"password", good_password}, {"password_again", "x"}}))->status, 422);
    auto done = *call(Method::Post, address, request({{"password", good_password}, {"password_again", good_password}}));
    EXPECT_EQ(done.find_header("Location"), "/o/vire");
    EXPECT_TRUE(people.authenticate("paul@vire.example", SecretText(good_password)));
    EXPECT_EQ(code(call(Method::Get, address, request())), "expired_link");
}

TEST_P(PagesTest, inviting_a_known_person_gives_them_a_role_and_no_link)
{
    auto vire = organisation("vire");
    act_as(administrator_of(vire), vire);
    auto paul = with_password("paul@vire.example");
    auto answer = *call(Method::Post, "/o/vire/people", request({{"email", "PAUL@vire.example"}, {"name", "Someone else"}, {"role", "reader"}}));
    EXPECT_EQ(answer.find_header("Location"), "/o/vire/people?done=role_granted");
    EXPECT_EQ(memberships.of(paul.id, vire.id)->roles, std::vector{Role::Reader});
    EXPECT_EQ(people.find(paul.id)->name, "Claire Delmas");
    auto refused = *call(Method::Post, "/o/vire/people", request({{"email", "x@vire.example"}, {"name", ""}, {"role", "reader"}}));
    EXPECT_EQ(refused.status, 422);
    EXPECT_FALSE(people.find("x@vire.example"));
    EXPECT_EQ(call(Method::Post, "/o/vire/people", request({{"email", "x@vire.example"}, {"name", "X"}, {"role", "owner"}}))->status, 422);
}

TEST_P(PagesTest, people_of_another_organisation_do_not_exist)
{
    auto vire = organisation("vire"), caen = organisation("caen");
    act_as(administrator_of(vire), vire);
    auto paul = person("paul@caen.example", "Paul");
    ASSERT_TRUE(memberships.grant(paul.id, caen.id, Role::Reader, now).ok());
    for (auto const* act : {"/role", "/revoke", "/link"})
        EXPECT_EQ(code(call(Method::Post, "/o/vire/people/" + paul.id.text() + act, request({{"role", "dpo"}}))), "unknown_person") << act;
    EXPECT_FALSE(memberships.of(paul.id, vire.id));
    EXPECT_FALSE(has(*call(Method::Get, "/o/vire/people", request()), "paul@caen.example"));
}

TEST_P(PagesTest, a_link_of_one_town_never_opens_another)
{
    auto vire = organisation("vire"), caen = organisation("caen");
    act_as(administrator_of(vire), vire);
    auto paul = person("paul@vire.example", "Paul");
    ASSERT_TRUE(memberships.grant(paul.id, vire.id, Role::Reader, now).ok());
    auto path = "/o/vire/people/" + paul.id.text() + "/link";
    EXPECT_TRUE(has(*call(Method::Post, path, request()), "/welcome/"));
    ASSERT_TRUE(memberships.grant(paul.id, caen.id, Role::Dpo, now).ok());
    auto refused = *call(Method::Post, path, request());
    EXPECT_EQ(refused.status, 409);
    EXPECT_FALSE(has(refused, "/welcome/"));
}

TEST_P(PagesTest, roles_change_and_the_last_administrator_stays)
{
    auto vire = organisation("vire");
    auto claire = administrator_of(vire);
    act_as(claire, vire);
    auto of_claire = "/o/vire/people/" + claire.id.text();
    auto refused = *call(Method::Post, of_claire + "/role", request({{"role", "reader"}}));
    EXPECT_EQ(refused.status, 409);
    EXPECT_TRUE(has(refused, "role=\"alert\""));
    EXPECT_EQ(call(Method::Post, of_claire + "/role", request())->status, 422) << "no role at all";
    EXPECT_EQ(call(Method::Post, of_claire + "/revoke", request())->status, 409);
    auto paul = with_password("paul@vire.example");
    ASSERT_TRUE(memberships.grant(paul.id, vire.id, Role::Reader, now).ok());
    auto of_paul = "/o/vire/people/" + paul.id.text();
    EXPECT_EQ(call(Method::Post, of_paul + "/role", request({{"role", "administrator"}, {"role", "contributor"}}))->status, 303);
    EXPECT_EQ(memberships.of(paul.id, vire.id)->roles, (std::vector{Role::Administrator, Role::Contributor}));
    EXPECT_EQ(call(Method::Post, of_paul + "/revoke", request())->status, 303);
    EXPECT_FALSE(memberships.of(paul.id, vire.id));
}

TEST_P(PagesTest, the_list_of_organisations_shows_how_they_stand_the_worst_first_fifty_on_a_page)
{
    auto claire = with_password("claire@vire.example");
    for (int i = 1; i <= 60; ++i) {
        auto const number = (i < 10 ? "0" : "") + std::to_string(i);
        ASSERT_TRUE(memberships.set_roles(claire.id, organisation("ville-" + number, "Ville " + number).id, {Role::Dpo}, now).ok());
    }
    int asked = 0;
    std::size_t named = 0;
    services.standings = [&](Actor const&, std::vector<OrganisationId> const& only, Timestamp) {
        ++asked;
        named = only.size();
        auto of = [&](char const* slug, std::array<std::int64_t, 4> worst, std::int64_t late) { return Standing{organisations.find(slug)->id, worst, late}; };
        return std::vector{of("ville-03", {0, 0, 7, 0}, 1), of("ville-40", {0, 0, 0, 1}, 0), of("ville-59", {2, 0, 0, 0}, 9)};
    };
    act_as(claire);
    auto titles = [&](std::string const& sort, std::string const& page = "") {
        auto wanted = request();
        wanted.query.add("sort", sort);
        if (!page.empty()) wanted.query.add("page", page);
        auto const answer = *call(Method::Get, "/organisations", wanted);
        std::vector<std::string> found;
        for (std::size_t at = 0; (at = answer.body.find("class=\"g-title\"", at)) != std::string::npos; ++at) found.push_back(between(answer.body.substr(at), ">", "<"));
        return found;
    };
    auto const by_name = titles("");
    EXPECT_EQ(by_name.size(), 50U);
    EXPECT_EQ(by_name.front(), "Ville 01");
    EXPECT_EQ(asked, 1);
    EXPECT_EQ(named, 50U) << "of those shown alone";
    EXPECT_EQ(titles("", "2").size(), 10U);
    EXPECT_EQ(titles("", "99").front(), "Ville 51") << "a page that is not there is the last";
    EXPECT_EQ(titles("-name").front(), "Ville 60");
    auto const worst = titles("-findings");
    EXPECT_EQ((std::vector(worst.begin(), worst.begin() + 3)), (std::vector<std::string>{"Ville 40", "Ville 03", "Ville 59"})) << "one that blocks weighs more than seven that do not";
    EXPECT_EQ(named, 0U) << "the order depends on them all";
    EXPECT_EQ(titles("-late").front(), "Ville 59");
    EXPECT_EQ(titles("nothing").front(), "Ville 01");
    auto const page = *call(Method::Get, "/organisations", request());
    EXPECT_TRUE(has(page, "/o/ville-03/findings?severity=major"));
    EXPECT_TRUE(has(page, "1 late"));
    services.standings = {};
    EXPECT_FALSE(has(*call(Method::Get, "/organisations", request()), "Late reviews"));
}

TEST_P(PagesTest, organisations_are_listed_searched_and_made_by_who_may)
{
    auto vire = organisation("vire", "Ville de Vire");
    auto claire = administrator_of(vire);
    act_as(claire);
    EXPECT_EQ(call(Method::Get, "/organisations", request())->find_header("Location"), "/o/vire") << "the only one";
    EXPECT_EQ(code(call(Method::Post, "/organisations", request({{"name", "X"}, {"kind", "commune"}}))), "forbidden");
    ASSERT_TRUE(memberships.grant_installation(claire.id, now).ok());
    act_as(claire);
    auto made = *call(Method::Post, "/organisations", request({{"name", "Ville de Caen"}, {"kind", "commune"}, {"language", "fr"}, {"zone", "Europe/Paris"}}));
    EXPECT_EQ(made.find_header("Location"), "/o/ville-de-caen/people?done=organisation_added");
    EXPECT_FALSE(memberships.of(claire.id, organisations.find("ville-de-caen")->id));
    auto joined = *call(Method::Post, "/organisations", request({{"name", "Falaise"}, {"kind", "commune"}, {"language", "fr"}, {"zone", "Europe/Paris"}, {"join", "yes"}}));
    EXPECT_EQ(joined.find_header("Location"), "/o/falaise");
    EXPECT_EQ(memberships.of(claire.id, organisations.find("falaise")->id)->roles.size(), 2U);
    EXPECT_EQ(call(Method::Post, "/organisations", request({{"name", "Falaise"}, {"kind", "commune"}, {"slug", "falaise"}}))->status, 409);
    auto list = *call(Method::Get, "/organisations", request());
    for (auto const* name : {"Ville de Caen", "Falaise", "Ville de Vire"}) EXPECT_TRUE(has(list, name)) << name;
    auto search = request();
    search.query.add("q", "cae");
    auto found = *call(Method::Get, "/organisations/search", search);
    EXPECT_TRUE(found.body.starts_with("<li class=\"g-org-"));
    EXPECT_TRUE(has(found, "href=\"/o/ville-de-caen\""));
    EXPECT_FALSE(has(found, "Vire"));
}

TEST_P(PagesTest, settings_rename_the_organisation)
{
    auto vire = organisation("vire");
    act_as(administrator_of(vire), vire);
    EXPECT_TRUE(has(*call(Method::Get, "/o/vire/settings", request()), "value=\"Ville de Vire\""));
    auto sent = [&](char const* slug, char const* colour) {
        return request({{"name", "Vire Normandie"}, {"slug", slug}, {"kind", "commune"}, {"language", "en"}, {"zone", "UTC"}, {"colour", colour}});
    };
    EXPECT_EQ(call(Method::Post, "/o/vire/settings", sent("search", "2"))->status, 422);
    EXPECT_EQ(call(Method::Post, "/o/vire/settings", sent("vire", "12"))->status, 422);
    EXPECT_EQ(call(Method::Post, "/o/vire/settings", sent("vire-normandie", "2"))->find_header("Location"), "/o/vire-normandie/settings?done=kept");
    EXPECT_EQ(organisations.find("vire")->name, "Vire Normandie");
    act_as(person("paul@vire.example"), vire);
    EXPECT_EQ(code(call(Method::Get, "/o/vire/settings", request())), "forbidden");
}

TEST_P(PagesTest, a_new_password_asks_the_current_one_and_ends_other_sessions)
{
    auto claire = with_password("claire@vire.example");
    act_as(claire);
    auto mine = sessions.start(claire.id, now), other = sessions.start(claire.id, now);
    context.session_hash = sessions.authenticate(mine, now)->session_hash;
    auto change = [&](char const* current, char const* wanted) {
        return *call(Method::Post, "/account/password", request({{"current_password", current}, {"password", wanted}, {"password_again", wanted}}));
    };
    EXPECT_EQ(change("wrong", "lanterne cobalt rivage muguet").status, 422);
    EXPECT_EQ(change(good_password, "claire2026").status, 422);
    EXPECT_TRUE(sessions.authenticate(other, now));
    auto done = change(good_password, "lanterne cobalt rivage muguet");
    EXPECT_EQ(done.find_header("Location"), "/account?done=password_changed");
    EXPECT_FALSE(sessions.authenticate(other, now));
    EXPECT_FALSE(sessions.authenticate(mine, now));
    EXPECT_TRUE(sessions.authenticate(session_of(done), now));
    EXPECT_TRUE(people.authenticate("claire@vire.example", SecretText("lanterne cobalt rivage muguet")));
}

TEST_P(PagesTest, the_account_keeps_name_language_theme_and_sessions)
{
    auto claire = with_password("claire@vire.example"), paul = with_password("paul@vire.example");
    act_as(claire);
    auto token = sessions.start(claire.id, now), of_paul = sessions.start(paul.id, now);
    auto hash = to_hex(sessions.authenticate(token, now)->session_hash), hash_of_paul = to_hex(sessions.authenticate(of_paul, now)->session_hash);
    auto page = *call(Method::Get, "/account", request());
    EXPECT_TRUE(has(page, "/account/sessions/" + hash + "/end"));
    EXPECT_FALSE(has(page, hash_of_paul));
    EXPECT_EQ(code(call(Method::Post, "/account/sessions/" + hash_of_paul + "/end", request())), "not_found");
    EXPECT_EQ(call(Method::Post, "/account/sessions/" + hash + "/end", request())->status, 303);
    EXPECT_FALSE(sessions.authenticate(token, now));
    EXPECT_EQ(call(Method::Post, "/account", request({{"name", "Claire D."}, {"language", "en"}, {"theme", "dark"}}))->status, 303);
    EXPECT_EQ(people.find(claire.id)->name, "Claire D.");
    EXPECT_EQ(people.find(claire.id)->theme, "dark");
    EXPECT_EQ(call(Method::Post, "/account", request({{"name", " "}, {"language", "en"}, {"theme", "pink"}}))->status, 422);
}

TEST_P(PagesTest, visitors_choose_language_and_theme_too)
{
    auto answer = *call(Method::Post, "/preferences", request({{"language", "en"}, {"theme", "dark"}, {"next", "/sign-in"}}));
    EXPECT_EQ(answer.find_header("Location"), "/sign-in");
    Request next = request();
    for (auto const& [name, value] : answer.headers)
        if (name == "Set-Cookie") next.cookies.add(value.substr(0, value.find('=')), value.substr(value.find('=') + 1, value.find(';') - value.find('=') - 1));
    EXPECT_EQ(chosen_language(next), Language::English);
    EXPECT_EQ(chosen_theme(next), "dark");
    EXPECT_EQ(call(Method::Post, "/preferences", request({{"theme", "dark"}, {"next", "//evil.example"}}))->find_header("Location"), "/");
    auto claire = with_password("claire@vire.example");
    auto signed_in = request({{"theme", "light"}});
    signed_in.cookies.add("__Host-greffier_session", sessions.start(claire.id, now));
    ASSERT_EQ(call(Method::Post, "/preferences", signed_in)->status, 303);
    EXPECT_EQ(people.find(claire.id)->theme, "light");
}

TEST_P(PagesTest, a_token_is_shown_once_and_revoked)
{
    auto vire = organisation("vire");
    act_as(administrator_of(vire), vire);
    auto made = *call(Method::Post, "/o/vire/tokens", request({{"name", "Nuit <b>"}, {"role", "contributor"}, {"days", "30"}}));
    auto plain = between(made.body, "<code id=\"secret\">", "</code>");
    auto found = tokens.authenticate(plain, now);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->actor.roles, std::vector{Role::Contributor});
    EXPECT_EQ(found->token.expires_at, now + std::chrono::hours{24 * 30});
    auto list = *call(Method::Get, "/o/vire/tokens", request());
    EXPECT_TRUE(has(list, "Nuit &lt;b&gt;"));
    EXPECT_FALSE(has(list, plain));
    EXPECT_EQ(call(Method::Post, "/o/vire/tokens", request({{"name", "A"}, {"role", "reader"}, {"days", "9999"}}))->status, 422);
    EXPECT_EQ(call(Method::Post, "/o/vire/tokens/" + found->token.id.text() + "/revoke", request())->status, 303);
    EXPECT_FALSE(tokens.authenticate(plain, now));
    EXPECT_EQ(code(call(Method::Post, "/o/vire/tokens/" + TokenId::make().text() + "/revoke", request())), "not_found");
}

TEST_P(PagesTest, who_runs_the_installation_makes_no_token_to_read_a_register)
{
    auto vire = organisation("vire");
    auto claire = with_password("claire@vire.example");
    ASSERT_TRUE(memberships.grant_installation(claire.id, now).ok());
    act_as(claire, vire);
    EXPECT_EQ(call(Method::Get, "/o/vire/people", request())->status, 200);
    EXPECT_EQ(call(Method::Post, "/o/vire/tokens", request({{"name", "A"}, {"role", "reader"}, {"days", "30"}}))->status, 422);
    EXPECT_TRUE(tokens.list(vire.id).empty());
}

TEST_P(PagesTest, no_page_lacks_a_word)
{
    auto vire = organisation("vire");
    auto claire = administrator_of(vire);
    ASSERT_TRUE(memberships.grant_installation(claire.id, now).ok());
    act_as(claire, vire);
    auto setup = "/welcome/" + links.welcome(claire.id, now);
    for (auto const& path : {std::string("/sign-in"), setup, std::string("/organisations"), std::string("/organisations/new"), std::string("/account"),
                             std::string("/o/vire/settings"), std::string("/o/vire/people"), std::string("/o/vire/tokens")}) {
        auto page = *call(Method::Get, path, request());
        EXPECT_EQ(page.status, 200) << path;
        // A key without sentence shows in brackets.
        for (auto const* area : {"[accounts.", "[frame.", "[nav.", "[role.", "[error.", "[organisation_kind."}) EXPECT_FALSE(has(page, area)) << path << " " << area;
        EXPECT_TRUE(has(page, "<html lang=\"en\"")) << path;
        EXPECT_TRUE(has(page, "<h1>")) << path;
    }
}

}  // namespace
}  // namespace greffier::accounts
