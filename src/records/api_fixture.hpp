#pragma once
// What the tests of the API share: a small register, and a call as the guard and the router would make it.

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/text.hpp"
#include "records/api.hpp"
#include "schema/schema.hpp"
#include "storage/test_database.hpp"

namespace greffier::records::api_testing {

using Json = nlohmann::json;
using web::Method;

struct Line {
    std::string id, what;
    std::int64_t amount = 0;
};
struct Sheet {
    std::string name;
    schema::Text text;
    std::vector<Line> lines;
    schema::Contact contact;
    std::optional<Date> next_review, last_review, settled_on;
    std::string reviewer;
    std::optional<Id<Sheet>> see;
    std::vector<schema::Attachment> attachments;
};
inline schema::Schema<Line> const& schema_of(Line const*)
{
    static schema::Schema<Line> const schema("line", 1, {schema::Field("what", &Line::what), schema::Field("amount", &Line::amount)});
    return schema;
}
inline schema::Schema<Sheet> const& schema_of(Sheet const*)
{
    static schema::Schema<Sheet> const schema("sheet", 1, {
        schema::Field("name", &Sheet::name).required().searchable(),
        schema::Field("text", &Sheet::text).searchable().material(),
        schema::Field("lines", &Sheet::lines),
        schema::Field("contact", &Sheet::contact),
        schema::Field("next_review", &Sheet::next_review),
        schema::Field("last_review", &Sheet::last_review),
        schema::Field("settled_on", &Sheet::settled_on).read_only(),
        schema::Field("reviewer", &Sheet::reviewer),
        schema::Field("see", &Sheet::see),
        schema::Field("attachments", &Sheet::attachments).read_only(),
    });
    return schema;
}

inline Register const& sheet_register()
{
    static Register const kind{
        .slug = "sheets", .prefix = "S", .icon = "note", .schema = &schema_of(static_cast<Sheet const*>(nullptr)).info(), .title_field = "name", .review_field = "next_review",
        .statuses = {"draft", "settled", "archived"},
        .transitions = {{"draft", "settled", web::Permission::DecideRecords}, {"settled", "archived", web::Permission::DecideRecords, true, true}},
        .settled = {"settled"}, .unsettled = "draft", .closed = {"archived"}, .stamps = {{"settled", "settled_on"}},
        .reviewed_field = "last_review", .reviewer_field = "reviewer"};
    return kind;
}

struct Judge final : Examiner {
    std::vector<Finding> examine(Subject const& subject, Surroundings&) const override
    {
        if (schema::is_empty(schema::get(*subject.schema, *subject.row, "text"))) return {{"NOTE-1", Severity::Major, {"text"}, {}}};
        return {};
    }
};

struct Call {
    std::string body = {};
    std::map<std::string, std::string, std::less<>> headers = {};
    std::vector<web::UploadedFile> files = {};
    std::vector<std::pair<std::string, std::string>> form = {};
};

/// With the row that describes them, as app/ adds it.
inline std::vector<accounts::Route> described(Registers const& registers, std::vector<accounts::Route> routes)
{
    routes.push_back(description_route(registers, routes));
    return routes;
}

class ApiTest : public ::testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    Registers registers{{&sheet_register()}};
    Judge judge;
    LedgerKeeper keeper{*database, SigningKey::from_seed(Secret<Bytes>(random_bytes(32))), database.directory() / "checkpoints"};
    Machinery machinery{*database, registers, judge, keeper};
    accounts::Organisations organisations{*database};
    Vault vault{*database, database.directory() / "attachments", Secret<Bytes>(random_bytes(32))};
    std::vector<accounts::Route> routes = described(registers, api_routes({machinery, vault, organisations}));
    Timestamp clock = *parse_timestamp("2026-03-14T08:00:00Z");
    accounts::OrganisationInfo town = organisation("ville"), other_town = organisation("autre");
    std::vector<accounts::Role> roles{accounts::Role::Dpo};
    accounts::OrganisationInfo* where = &town;
    std::string const sheets = "/api/v1/organisations/ville/sheets";

    accounts::OrganisationInfo organisation(std::string slug)
    {
        auto added = organisations.add({.slug = slug, .name = slug, .kind = "commune"}, clock);
        EXPECT_TRUE(added.ok());
        return added.value();
    }

    static void put_query(web::Request& request, std::string_view query)
    {
        for (auto const& part : split(query, '&')) {
            auto const equals = part.find('=');
            request.query.add(part.substr(0, equals), part.substr(equals + 1));
        }
    }

    /// What the guard and the router do, less the permission.
    Result<web::Response> answer_to(Method method, std::string const& target, Call call = {})
    {
        clock += std::chrono::minutes(1);
        web::Request request;
        request.method = method;
        auto const mark = target.find('?');
        request.path = target.substr(0, mark);
        if (mark != std::string::npos) put_query(request, std::string_view{target}.substr(mark + 1));
        request.body = std::move(call.body);
        request.headers = std::move(call.headers);
        request.files = std::move(call.files);
        for (auto& [name, value] : call.form) request.form.add(name, value);
        accounts::Context context;
        context.now = clock;
        context.organisation = *where;
        context.actor = accounts::Actor{where->id, Uuid::make(), roles.front(), roles, person, false};
        context.actor->id = actor;
        context.actor->sight = accounts::Sight::everything();
        std::vector<std::pair<Method, std::string>> patterns;
        for (auto const& route : routes) patterns.emplace_back(route.method, route.path);
        auto match = web::Matcher(patterns).find(method, request.path);
        EXPECT_GE(match.index, 0) << target;
        request.params = std::move(match.params);
        return routes.at(static_cast<std::size_t>(match.index)).handler(context, request);
    }
    web::Response call(Method method, std::string const& target, Call call = {})
    {
        auto answer = answer_to(method, target, std::move(call));
        EXPECT_TRUE(answer.ok());
        return std::move(answer).value();
    }
    Uuid actor = Uuid::make();
    std::optional<PersonId> person;

    static Call json(Json const& body, std::map<std::string, std::string, std::less<>> headers = {})
    {
        headers.emplace("content-type", "application/json");
        return {.body = body.dump(), .headers = std::move(headers)};
    }
    static Call json_at(std::string version, Json const& body) { return json(body, {{"if-match", std::move(version)}}); }
    static Json body_of(web::Response const& answer) { return Json::parse(answer.body); }
    static std::string code_of(web::Response const& answer) { return body_of(answer)["code"]; }
    static std::string field_code(web::Response const& answer)
    {
        auto const body = body_of(answer);
        return body["errors"].empty() ? body["code"].get<std::string>() : body["errors"][0]["field"].get<std::string>() + ":" + body["errors"][0]["code"].get<std::string>();
    }
    Json add(std::string name, Json more = Json::object())
    {
        more["name"] = name;
        if (!more.contains("text")) more["text"] = "texte";
        auto answer = call(Method::Post, sheets, json(more));
        EXPECT_EQ(answer.status, 201) << answer.body;
        return body_of(answer);
    }
    std::string at(Json const& record, std::string rest = {}) const { return sheets + "/" + record["id"].get<std::string>() + rest; }
    Json get(Json const& record) { return body_of(call(Method::Get, at(record))); }
    web::Response settle(Json const& record) { return call(Method::Post, at(record, "/status"), json({{"status", "settled"}})); }
};

}  // namespace greffier::records::api_testing
