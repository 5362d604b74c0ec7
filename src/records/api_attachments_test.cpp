#include "records/api_fixture.hpp"

#include <fstream>

namespace greffier::records::api_testing {

class ApiAttachmentsTest : public ApiTest {};

TEST_P(ApiAttachmentsTest, another_organisation_finds_nothing_at_any_address)
{
    auto const made = add("Secret");
    auto const attached = call(Method::Post, at(made, "/attachments?name=a.txt"), {.body = "secret", .headers = {{"content-type", "text/plain"}}});
    std::string const file = "/attachments/" + body_of(attached)["id"].get<std::string>();
    where = &other_town;
    for (auto const& rest : {std::string{}, std::string{"/versions"}, std::string{"/versions/1"}, std::string{"/findings"}, std::string{"/links"}, std::string{"/attachments"}, file})
        EXPECT_EQ(call(Method::Get, at(made, rest)).status, 404) << rest;
    for (auto method : {Method::Put, Method::Patch, Method::Delete}) EXPECT_EQ(call(method, at(made), json_at("\"2\"", {{"name", "x"}})).status, 404);
    for (auto const* rest : {"/status", "/review", "/restore", "/attachments"})
        EXPECT_EQ(call(Method::Post, at(made, rest), json(std::string{rest} == "/status" ? Json{{"status", "settled"}} : Json::object())).status, 404) << rest;
    EXPECT_EQ(call(Method::Delete, at(made, file)).status, 404);
    EXPECT_EQ(body_of(call(Method::Get, sheets))["total"], 0);
    where = &town;
    EXPECT_EQ(get(made)["version"], 2);
}

TEST_P(ApiAttachmentsTest, an_attachment_is_kept_listed_downloaded_and_still_there_after_its_removal)
{
    auto const made = add("Contrat");
    auto const path = database.directory() / "upload";
    std::ofstream(path, std::ios::binary) << "%PDF-1.7 contenu";
    Call upload{.headers = {{"content-type", "multipart/form-data; boundary=x"}}, .files = {{"file", "Contrat signé.pdf", "text/html", 16, path}}, .form = {{"description", "Signé"}}};
    auto const added = call(Method::Post, at(made, "/attachments"), upload);
    ASSERT_EQ(added.status, 201) << added.body;
    EXPECT_EQ(added.find_header("ETag"), "\"2\"");
    auto const item = body_of(added);
    EXPECT_EQ(item["type"], "application/pdf");
    EXPECT_EQ(item["size"], 16);
    EXPECT_EQ(item["description"], "Signé");
    EXPECT_EQ(item["sha256"], to_hex(sha256(as_bytes("%PDF-1.7 contenu"))));
    EXPECT_EQ(body_of(call(Method::Get, at(made, "/attachments")))["items"][0], item);
    EXPECT_EQ(get(made)["attachments"][0]["id"], item["id"]);

    std::string const address{added.find_header("Location")};
    auto const file = call(Method::Get, address);
    EXPECT_EQ(file.stream(), "%PDF-1.7 contenu");
    EXPECT_EQ(file.stream(), "");
    EXPECT_EQ(file.find_header("Content-Disposition"), "attachment; filename=\"Contrat sign__.pdf\"; filename*=UTF-8''Contrat%20sign%C3%A9.pdf");
    EXPECT_EQ(file.find_header("X-Content-Type-Options"), "nosniff");
    EXPECT_NE(file.find_header("Content-Security-Policy").find("sandbox"), std::string_view::npos);

    EXPECT_EQ(call(Method::Delete, address).status, 204);
    EXPECT_EQ(body_of(call(Method::Get, at(made, "/attachments")))["total"], 0);
    EXPECT_EQ(call(Method::Delete, address).status, 404);
    EXPECT_EQ(call(Method::Get, address).stream(), "%PDF-1.7 contenu");
    EXPECT_EQ(body_of(call(Method::Get, at(made, "/versions")))["items"][0]["changed_fields"], Json({"attachments"}));
}

TEST_P(ApiAttachmentsTest, a_file_sent_as_the_body_takes_its_name_from_the_address_or_the_header)
{
    auto const made = add("Contrat");
    auto const named = call(Method::Post, at(made, "/attachments?name=note.txt"), {.body = "bonjour", .headers = {{"content-type", "application/octet-stream"}}});
    EXPECT_EQ(body_of(named)["name"], "note.txt");
    EXPECT_EQ(body_of(named)["type"], "text/plain");
    auto const header = call(Method::Post, at(made, "/attachments"), {.body = "salut", .headers = {{"content-disposition", "attachment; filename=\"a.txt\"; filename*=UTF-8''%C3%A9t%C3%A9.txt"}}});
    EXPECT_EQ(body_of(header)["name"], "été.txt");
    EXPECT_EQ(field_code(call(Method::Post, at(made, "/attachments"), {.headers = {{"content-type", "multipart/form-data; boundary=x"}}})), "file:required");
    EXPECT_EQ(code_of(call(Method::Post, at(made, "/attachments"))), "empty_file");
    auto const large = call(Method::Post, at(made, "/attachments"), {.body = std::string(Vault::max_size + 1, 'x')});
    EXPECT_EQ(large.status, 413);
    EXPECT_EQ(code_of(large), "attachment_too_large");
    EXPECT_EQ(call(Method::Post, at(made, "/attachments"), {.body = "x", .headers = {{"if-match", "\"1\""}}}).status, 412);
}

TEST_P(ApiAttachmentsTest, a_repeated_upload_under_one_key_adds_one_attachment)
{
    auto const made = add("Contrat");
    auto const send = [&](std::string body) { return call(Method::Post, at(made, "/attachments?name=a.txt"), {.body = std::move(body), .headers = {{"idempotency-key", "u"}}}); };
    auto const first = send("un");
    EXPECT_EQ(send("un").body, first.body);
    EXPECT_EQ(send("deux").status, 422);
    EXPECT_EQ(body_of(call(Method::Get, at(made, "/attachments")))["total"], 1);
    EXPECT_EQ(call(Method::Get, std::string{first.find_header("Location")}).stream(), "un");
}

TEST_P(ApiAttachmentsTest, attachments_cannot_be_forged_through_the_record)
{
    auto const made = add("Contrat");
    Json const forged = {{{"id", Uuid::make().text()}, {"name", "x"}, {"type", "text/html"}, {"size", 1}, {"sha256", std::string(64, 'a')}}};
    EXPECT_EQ(field_code(call(Method::Patch, at(made), json_at("\"1\"", {{"attachments", forged}}))), "attachments:read_only");
    EXPECT_EQ(field_code(call(Method::Post, sheets, json({{"name", "x"}, {"attachments", forged}}))), "attachments:read_only");
}

INSTANTIATE_TEST_SUITE_P(Engines, ApiAttachmentsTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace greffier::records::api_testing
