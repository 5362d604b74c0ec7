#include "records/api_fixture.hpp"

namespace greffier::records::api_testing {

class ApiReadTest : public ApiTest {};

TEST_P(ApiReadTest, lists_filter_sort_and_page)
{
    for (int i = 0; i < 7; ++i) add("Fiche " + std::to_string(i), {{"text", i % 2 ? "impair" : "pair"}});
    auto const first = body_of(call(Method::Get, sheets + "?per_page=3&sort=-name"));
    EXPECT_EQ(first["total"], 7);
    EXPECT_EQ(first["total_capped"], false);
    EXPECT_EQ(first["page"], 1);
    EXPECT_EQ(first["per_page"], 3);
    EXPECT_EQ(first["items"][0]["name"], "Fiche 6");
    auto const second = body_of(call(Method::Get, sheets + "?per_page=3&sort=-name&after=" + first["next"].get<std::string>()));
    EXPECT_EQ(second["items"][0]["name"], "Fiche 3");
    EXPECT_EQ(body_of(call(Method::Get, sheets + "?q=impair"))["total"], 3);
    EXPECT_EQ(body_of(call(Method::Get, sheets + "?status=settled"))["total"], 0);
    EXPECT_EQ(body_of(call(Method::Get, sheets + "?status=settled,draft"))["total"], 7);
    EXPECT_EQ(body_of(call(Method::Get, sheets + "?sort=-updated_at"))["items"][0]["name"], "Fiche 6");
    auto const beyond = body_of(call(Method::Get, sheets + "?page=60"));
    EXPECT_EQ(beyond["items"], Json::array());
    EXPECT_EQ(beyond["total"], 7);
    for (auto const* bad : {"per_page=201", "per_page=0", "per_page=x", "page=0", "page=-1", "sort=colour", "status=x", "after=zzz", "findings=x", "at=tomorrow"})
        EXPECT_EQ(call(Method::Get, sheets + "?" + bad).status, 422) << bad;
}

TEST_P(ApiReadTest, records_beyond_page_50_are_reached_by_the_cursor)
{
    for (int i = 0; i < 51; ++i) add("Fiche " + std::to_string(i));
    EXPECT_EQ(call(Method::Get, sheets + "?per_page=1&page=50").status, 200);
    EXPECT_EQ(field_code(call(Method::Get, sheets + "?per_page=1&page=51")), "page:use_after");
}

TEST_P(ApiReadTest, the_past_is_shown_as_it_stood)
{
    auto const made = add("Avant");
    auto const then = to_text(clock);
    clock += std::chrono::hours(48);
    ASSERT_EQ(call(Method::Patch, at(made), json_at("\"1\"", {{"name", "Après"}})).status, 200);
    auto const past = body_of(call(Method::Get, at(made, "?at=" + then)));
    EXPECT_EQ(past["name"], "Avant");
    EXPECT_EQ(past["version"], 1);
    EXPECT_EQ(past["at"], then);
    auto const day = body_of(call(Method::Get, sheets + "?at=2026-03-14"));
    EXPECT_EQ(day["items"][0]["name"], "Avant");
    EXPECT_EQ(day["at"], "2026-03-14");
    EXPECT_EQ(body_of(call(Method::Get, sheets + "?at=2026-03-16"))["items"][0]["name"], "Après");
    EXPECT_EQ(body_of(call(Method::Get, sheets + "?at=2026-03-13"))["total"], 0);
    EXPECT_EQ(call(Method::Get, at(made, "?at=2026-03-13")).status, 404);
    EXPECT_EQ(call(Method::Get, at(made, "?at=2026-03-18")).status, 422);
    EXPECT_EQ(call(Method::Get, at(made, "?at=2030-01-01T00:00:00Z")).status, 422);
    EXPECT_EQ(call(Method::Get, sheets + "?at=hier").status, 422);
    EXPECT_EQ(field_code(call(Method::Get, sheets + "?at=2026-03-14&findings=major")), "findings:not_with_at");
}

TEST_P(ApiReadTest, an_unchanged_record_is_not_sent_again)
{
    auto const made = add("Cantine");
    auto const known = call(Method::Get, at(made), {.headers = {{"if-none-match", "\"1\""}}});
    EXPECT_EQ(known.status, 304);
    EXPECT_TRUE(known.body.empty());
    EXPECT_EQ(call(Method::Get, at(made), {.headers = {{"if-none-match", "\"2\""}}}).status, 200);
}

TEST_P(ApiReadTest, versions_say_who_did_what)
{
    auto const made = add("Un");
    ASSERT_EQ(call(Method::Patch, at(made), json_at("\"1\"", {{"name", "Deux"}})).status, 200);
    auto const versions = body_of(call(Method::Get, at(made, "/versions")));
    ASSERT_EQ(versions["total"], 2);
    EXPECT_EQ(versions["items"][0]["version"], 2);
    EXPECT_EQ(versions["items"][0]["action"], "update");
    EXPECT_EQ(versions["items"][0]["changed_fields"], Json({"name"}));
    EXPECT_EQ(versions["items"][1]["title"], "Un");
    EXPECT_EQ(versions["items"][1]["actor"], actor.text());
    EXPECT_EQ(body_of(call(Method::Get, at(made, "/versions?per_page=1&page=2")))["items"][0]["version"], 1);
    auto const first = body_of(call(Method::Get, at(made, "/versions/1")));
    EXPECT_EQ(first["name"], "Un");
    EXPECT_EQ(first["version"], 1);
    EXPECT_EQ(call(Method::Get, at(made, "/versions/3")).status, 404);
    EXPECT_EQ(call(Method::Get, at(made, "/versions/x")).status, 404);
}

TEST_P(ApiReadTest, findings_and_links_are_lists)
{
    auto const target = add("Cible", {{"text", nullptr}});
    auto const source = add("Source", {{"see", target["id"]}});
    auto const findings = body_of(call(Method::Get, at(target, "/findings")));
    ASSERT_EQ(findings["total"], 1);
    EXPECT_EQ(findings["items"][0]["severity"], "major");
    EXPECT_EQ(findings["items"][0]["field"], "text");
    EXPECT_EQ(body_of(call(Method::Get, sheets + "?findings=minor"))["total"], 1);
    auto const out = body_of(call(Method::Get, at(source, "/links")));
    ASSERT_EQ(out["total"], 1);
    EXPECT_EQ(out["items"][0]["direction"], "to");
    EXPECT_EQ(out["items"][0]["title"], "Cible");
    auto const in = body_of(call(Method::Get, at(target, "/links")));
    EXPECT_EQ(in["items"][0]["direction"], "from");
    EXPECT_EQ(in["items"][0]["id"], source["id"]);
}

TEST_P(ApiReadTest, a_token_sees_its_own_organisation_alone)
{
    auto const list = body_of(call(Method::Get, "/api/v1/organisations"));
    ASSERT_EQ(list["total"], 1);
    EXPECT_EQ(list["items"][0]["slug"], "ville");
    auto const one = body_of(call(Method::Get, "/api/v1/organisations/ville"));
    EXPECT_EQ(one["registers"], Json({"sheets"}));
    EXPECT_EQ(call(Method::Get, "/api/v1/organisations/ville/nothing").status, 404);
}

TEST_P(ApiReadTest, the_description_names_every_route_and_resolves)
{
    auto const document = body_of(call(Method::Get, "/api/v1/openapi.json"));
    EXPECT_EQ(document["openapi"], "3.1.0");
    std::size_t operations = 0;
    std::set<std::string> ids;
    for (auto const& [path, item] : document["paths"].items())
        for (auto const& [method, operation] : item.items()) {
            ++operations;
            EXPECT_TRUE(ids.insert(operation["operationId"]).second) << operation["operationId"];
            EXPECT_TRUE(operation.contains("summary")) << path;
        }
    EXPECT_EQ(operations, routes.size());
    std::function<void(Json const&)> resolve = [&](Json const& node) {
        if (node.is_object() && node.contains("$ref")) { EXPECT_TRUE(document.contains(Json::json_pointer(node["$ref"].get<std::string>().substr(1)))) << node["$ref"]; }
        if (node.is_structured())
            for (auto const& child : node) resolve(child);
    };
    resolve(document);
    auto const record = document["components"]["schemas"]["sheets"];
    auto const made = add("Tout");
    for (auto const& [name, value] : made.items()) EXPECT_TRUE(record["properties"].contains(name)) << name;
    EXPECT_EQ(record["properties"].size(), made.size());
}

INSTANTIATE_TEST_SUITE_P(Engines, ApiReadTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace greffier::records::api_testing
