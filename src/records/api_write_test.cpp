#include "records/api_fixture.hpp"

namespace greffier::records::api_testing {

class ApiWriteTest : public ApiTest {};

TEST_P(ApiWriteTest, a_new_record_is_one_flat_object_with_every_member)
{
    auto const answer = call(Method::Post, sheets, json({{"name", "Cantine"}, {"lines", {{{"what", "pain"}, {"amount", 300}}}}}));
    ASSERT_EQ(answer.status, 201) << answer.body;
    auto const made = body_of(answer);
    EXPECT_EQ(answer.find_header("Location"), at(made));
    EXPECT_EQ(answer.find_header("ETag"), "\"1\"");
    EXPECT_EQ(made["register"], "sheets");
    EXPECT_EQ(made["reference"], "S-0001");
    EXPECT_EQ(made["status"], "draft");
    EXPECT_EQ(made["version"], 1);
    EXPECT_EQ(made["updated_by"], actor.text());
    EXPECT_EQ(made["created_at"], "2026-03-14T08:01:00.000Z");
    EXPECT_TRUE(made["deleted_at"].is_null());
    EXPECT_TRUE(made.contains("text") && made["text"].is_null());
    EXPECT_TRUE(made["attachments"].is_array());
    EXPECT_TRUE(Uuid::parse(made["lines"][0]["id"].get<std::string>()).has_value());
    EXPECT_EQ(made["custom"], Json::object());
    EXPECT_EQ(get(made), made);
}

TEST_P(ApiWriteTest, bodies_that_cannot_be_read_are_400_and_other_media_415)
{
    EXPECT_EQ(call(Method::Post, sheets, {.body = "{\"name\":", .headers = {{"content-type", "application/json"}}}).status, 400);
    EXPECT_EQ(call(Method::Post, sheets, {.body = "[]", .headers = {{"content-type", "application/json"}}}).status, 400);
    EXPECT_EQ(call(Method::Post, sheets, {.body = "{\"name\":\"\xff\"}", .headers = {{"content-type", "application/json"}}}).status, 400);
    EXPECT_EQ(call(Method::Post, sheets, {.body = "{}", .headers = {{"content-type", "text/plain"}}}).status, 415);
    EXPECT_EQ(call(Method::Post, sheets, {.body = "{}"}).status, 415);
    EXPECT_EQ(call(Method::Post, sheets, {.body = "{\"name\":\"x\"}", .headers = {{"content-type", "application/json; charset=utf-8"}}}).status, 201);
    auto const made = add("x");
    EXPECT_EQ(call(Method::Put, at(made), {.body = "{}", .headers = {{"content-type", "application/merge-patch+json"}, {"if-match", "\"1\""}}}).status, 415);
}

TEST_P(ApiWriteTest, every_problem_of_a_body_is_said_with_its_place)
{
    auto const answer = call(Method::Post, sheets, json({{"nom", "x"}, {"settled_on", "2026-01-01"}, {"status", "settled"}, {"custom", {{"a", 1}}}}));
    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(answer.find_header("Content-Type"), "application/problem+json");
    std::set<std::string> said;
    auto const body = body_of(answer);
    for (auto const& error : body["errors"]) said.insert(error["field"].get<std::string>() + ":" + error["code"].get<std::string>());
    EXPECT_EQ(said, (std::set<std::string>{"nom:unknown_field", "settled_on:read_only", "status:read_only", "custom:unknown_field", "name:required"}));
    EXPECT_EQ(body_of(call(Method::Get, sheets))["total"], 0);
}

TEST_P(ApiWriteTest, what_was_read_can_be_sent_back_and_a_changed_read_only_member_is_refused)
{
    auto const made = add("Cantine", {{"contact", {{"name", "Claire"}}}});
    ASSERT_EQ(settle(made).status, 200);
    auto whole = get(made);
    auto same = call(Method::Put, at(made), json_at("\"2\"", whole));
    EXPECT_EQ(same.status, 200) << same.body;
    EXPECT_EQ(same.find_header("ETag"), "\"2\"");
    for (auto const& [name, value] : std::map<std::string, Json>{{"id", Uuid::make().text()}, {"status", "draft"}, {"version", 9}, {"created_at", nullptr}, {"updated_by", "x"},
                                                                 {"deleted_at", "2026-01-01T00:00:00Z"}, {"register", "others"}, {"settled_on", "2025-01-01"}, {"settled_on", nullptr}}) {
        auto changed = whole;
        changed[name] = value;
        auto const refused = call(Method::Put, at(made), json_at("\"2\"", changed));
        EXPECT_EQ(refused.status, 422) << name;
        EXPECT_EQ(field_code(refused), name + ":read_only");
    }
    EXPECT_EQ(get(made)["version"], 2);
}

TEST_P(ApiWriteTest, put_empties_what_is_absent_and_keeps_what_only_acts_set)
{
    auto const made = add("Cantine", {{"contact", {{"name", "Claire"}}}, {"reference", "RH-7"}});
    ASSERT_EQ(settle(made).status, 200);
    auto const put = call(Method::Put, at(made), json_at("\"2\"", {{"name", "Cantine"}, {"text", "texte"}}));
    ASSERT_EQ(put.status, 200) << put.body;
    auto const now = body_of(put);
    EXPECT_TRUE(now["contact"].is_null());
    EXPECT_EQ(now["settled_on"], "2026-03-14");
    EXPECT_EQ(now["reference"], "RH-7");
}

TEST_P(ApiWriteTest, patch_changes_what_is_there_and_reaches_into_parts)
{
    auto const made = add("Cantine", {{"contact", {{"name", "Claire"}, {"city", "Lyon"}}}, {"lines", {{{"what", "pain"}}, {{"what", "lait"}}}}});
    for (auto const* type : {"application/json", "application/merge-patch+json"}) {
        std::string const tag{call(Method::Get, at(made)).find_header("ETag")};
        Call patch{.body = R"({"contact":{"city":null},"text":")" + std::string{type} + R"("})", .headers = {{"content-type", type}, {"if-match", tag}}};
        ASSERT_EQ(call(Method::Patch, at(made), std::move(patch)).status, 200);
    }
    auto now = get(made);
    EXPECT_EQ(now["contact"]["name"], "Claire");
    EXPECT_TRUE(now["contact"]["city"].is_null());
    EXPECT_EQ(now["lines"], made["lines"]);
    auto const kept = Json::array({now["lines"][1]});
    auto const shorter = call(Method::Patch, at(made), json_at("\"3\"", {{"lines", kept}}));
    EXPECT_EQ(body_of(shorter)["lines"], kept);
}

TEST_P(ApiWriteTest, a_write_names_its_version)
{
    auto const made = add("Cantine");
    for (auto method : {Method::Put, Method::Patch, Method::Delete}) {
        EXPECT_EQ(call(method, at(made), json({{"name", "Autre"}})).status, 428);
        auto const stale = call(method, at(made), json_at("\"7\"", {{"name", "Autre"}}));
        EXPECT_EQ(stale.status, 412);
        EXPECT_EQ(code_of(stale), "stale");
        EXPECT_EQ(call(method, sheets + "/" + Uuid::make().text(), json({{"name", "Autre"}})).status, 404);
        EXPECT_EQ(call(method, sheets + "/zzz", json({{"name", "Autre"}})).status, 404);
    }
    EXPECT_EQ(call(Method::Patch, at(made), json_at("W/\"1\"", {{"name", "Autre"}})).status, 200);
    EXPECT_EQ(call(Method::Patch, at(made), json_at("*", {{"name", "Encore"}})).status, 200);
    EXPECT_EQ(call(Method::Patch, at(made), json_at("\"1\", \"3\"", {{"name", "Enfin"}})).status, 200);
}

TEST_P(ApiWriteTest, editing_what_was_validated_asks_first)
{
    auto const made = add("Cantine");
    ASSERT_EQ(settle(made).status, 200);
    auto const asked = call(Method::Patch, at(made), json_at("\"2\"", {{"text", "autre"}}));
    EXPECT_EQ(asked.status, 409);
    EXPECT_EQ(code_of(asked), "changes_validated_unanswered");
    EXPECT_EQ(field_code(call(Method::Patch, at(made, "?changes_validated=maybe"), json_at("\"2\"", {{"text", "autre"}}))), "changes_validated:unknown_choice");
    EXPECT_EQ(body_of(call(Method::Patch, at(made, "?changes_validated=no"), json_at("\"2\"", {{"text", "autre"}})))["status"], "settled");
    EXPECT_EQ(body_of(call(Method::Patch, at(made, "?changes_validated=yes"), json_at("\"3\"", {{"text", "encore"}})))["status"], "draft");
}

TEST_P(ApiWriteTest, a_status_changes_by_its_own_act)
{
    auto const made = add("Cantine");
    roles = {accounts::Role::Contributor};
    EXPECT_EQ(settle(made).status, 403);
    roles = {accounts::Role::Dpo};
    EXPECT_EQ(field_code(call(Method::Post, at(made, "/status"), json({{"status", "x"}}))), "status:unknown_choice");
    EXPECT_EQ(field_code(call(Method::Post, at(made, "/status"), json({{"statut", "x"}}))), "statut:unknown_field");
    EXPECT_EQ(field_code(call(Method::Post, at(made, "/status"), json(Json::object()))), "status:required");
    EXPECT_EQ(code_of(call(Method::Post, at(made, "/status"), json({{"status", "archived"}, {"reason", "r"}}))), "no_transition");
    EXPECT_EQ(call(Method::Post, at(made, "/status"), json({{"status", "settled"}}, {{"if-match", "\"8\""}})).status, 412);
    auto const settled = settle(made);
    ASSERT_EQ(settled.status, 200) << settled.body;
    EXPECT_EQ(settled.find_header("ETag"), "\"2\"");
    EXPECT_EQ(field_code(call(Method::Post, at(made, "/status"), json({{"status", "archived"}}))), "reason:required");
    EXPECT_EQ(field_code(call(Method::Post, at(made, "/status"), json({{"status", "archived"}, {"reason", "r"}}))), "decided_by:required");
    auto const done = call(Method::Post, at(made, "/status"), json({{"status", "archived"}, {"reason", "fini"}, {"decided_by", "La maire"}, {"decided_on", "2026-03-01"}}));
    ASSERT_EQ(done.status, 200) << done.body;
    auto const act = body_of(call(Method::Get, at(made, "/versions/3")))["act"];
    EXPECT_EQ(act["decided_by"], "La maire");
    EXPECT_EQ(act["reason"], "fini");
    EXPECT_EQ(act["changed_fields"], Json({"status"}));
    EXPECT_EQ(call(Method::Patch, at(made), json_at("\"3\"", {{"name", "x"}})).status, 409);
}

TEST_P(ApiWriteTest, a_review_says_that_nothing_changed)
{
    auto const made = add("Cantine");
    auto const reviewed = call(Method::Post, at(made, "/review"), json({{"reviewer", "Claire"}}));
    ASSERT_EQ(reviewed.status, 200) << reviewed.body;
    EXPECT_EQ(body_of(reviewed)["next_review"], "2027-03-14");
    EXPECT_EQ(body_of(reviewed)["reviewer"], "Claire");
    EXPECT_EQ(call(Method::Post, at(made, "/review")).status, 200);
    EXPECT_EQ(field_code(call(Method::Post, at(made, "/review"), json({{"next_review", "2020-01-01"}}))), "next_review:must_be_later");
}

TEST_P(ApiWriteTest, a_deleted_record_is_gone_and_comes_back)
{
    auto const made = add("Cantine");
    EXPECT_EQ(call(Method::Delete, at(made), {.headers = {{"if-match", "\"1\""}}}).status, 204);
    EXPECT_EQ(call(Method::Get, at(made)).status, 404);
    EXPECT_EQ(body_of(call(Method::Get, sheets))["total"], 0);
    auto const bin = body_of(call(Method::Get, sheets + "?deleted=yes"));
    ASSERT_EQ(bin["total"], 1);
    EXPECT_TRUE(bin["items"][0]["deleted_at"].is_string());
    EXPECT_EQ(call(Method::Get, at(made, "?deleted=yes")).status, 200);
    auto const back = call(Method::Post, at(made, "/restore"));
    ASSERT_EQ(back.status, 200) << back.body;
    EXPECT_EQ(body_of(back)["version"], 3);
    EXPECT_EQ(code_of(call(Method::Post, at(made, "/restore"))), "not_deleted");
}

TEST_P(ApiWriteTest, the_same_key_and_request_get_the_same_answer_and_write_once)
{
    auto const request = [](std::string name) { return json({{"name", name}}, {{"idempotency-key", "abc"}}); };
    auto const first = call(Method::Post, sheets, request("Cantine"));
    auto const again = call(Method::Post, sheets, request("Cantine"));
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.find_header("Location"), first.find_header("Location"));
    EXPECT_EQ(again.find_header("ETag"), first.find_header("ETag"));
    EXPECT_EQ(body_of(call(Method::Get, sheets))["total"], 1);
    auto const other = call(Method::Post, sheets, request("Autre"));
    EXPECT_EQ(other.status, 422);
    EXPECT_EQ(code_of(other), "key_reused");
    actor = Uuid::make();
    EXPECT_EQ(call(Method::Post, sheets, request("Autre")).status, 201);   // another caller's keys are his own
    clock += std::chrono::hours(25);
    EXPECT_EQ(call(Method::Post, sheets, request("Plus tard")).status, 201);
}

TEST_P(ApiWriteTest, a_refused_request_does_not_use_up_its_key)
{
    EXPECT_EQ(call(Method::Post, sheets, json({{"name", ""}}, {{"idempotency-key", "k"}})).status, 422);
    EXPECT_EQ(call(Method::Post, sheets, json({{"name", "Bon"}}, {{"idempotency-key", "k"}})).status, 201);
}

INSTANTIATE_TEST_SUITE_P(Engines, ApiWriteTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace greffier::records::api_testing
