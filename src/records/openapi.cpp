// The API's description, made from the declarations and the routes: what is not routed is not described, and what
// is routed without words here is described by its address alone.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "records/api.hpp"
#include "records/openapi_parts.hpp"
#include "records/openapi_words.hpp"
#include "schema/json.hpp"

namespace greffier::records {

using Json = nlohmann::ordered_json;
using web::Method;

namespace {

using openapi_parts::Words;

Words const* words_for(accounts::Route const& route)
{
    Words const* best = nullptr;
    for (auto const& words : openapi_parts::words_of)
        if (words.method == route.method && std::string_view{route.path}.ends_with(words.path) && (!best || words.path.size() > best->path.size())) best = &words;
    return best;
}

Json reference(std::string_view section, std::string_view name) { return {{"$ref", "#/components/" + std::string{section} + "/" + std::string{name}}}; }

/// "record" of these words is the register's own schema.
Json schema_named(std::string_view name, std::string_view slug)
{
    if (name == "any") return {{"type", "object"}, {"additionalProperties", true}};
    if (name == "record") return reference("schemas", slug);
    if (name == "record_list") return reference("schemas", std::string{slug} + "_list");
    return reference("schemas", name);
}

Json body_of(Words const& words, std::string_view slug)
{
    Json content;
    if (words.body == "file") {
        content["multipart/form-data"]["schema"] = {{"type", "object"}, {"required", {"file"}},
            {"properties", {{"file", {{"type", "string"}, {"contentMediaType", "application/octet-stream"}}}, {"description", {{"type", "string"}, {"maxLength", 500}}}}}};
        content["application/octet-stream"] = Json::object();
    } else if (words.body == "patch") {
        // Any members of the record; required ones may be left out.
        for (auto const* type : {"application/merge-patch+json", "application/json"})
            content[type]["schema"] = {{"type", "object"}, {"additionalProperties", true}, {"description", "Members of #/components/schemas/" + std::string{slug} + "; what is absent stays, null removes, arrays are replaced whole"}};
    } else {
        // What only acts set is not sent: a generated client would ask its caller for it.
        content["application/json"]["schema"] = words.body == "record" ? reference("schemas", std::string{slug} + "_sent") : schema_named(words.body, slug);
    }
    return {{"required", words.body != "review"}, {"content", content}};
}

Json answer_of(Words const& words, std::string_view slug)
{
    Json answer{{"description", std::string{words.summary}}};
    if (words.answer == "file") answer["content"]["application/octet-stream"] = Json::object();
    else if (!words.answer.empty()) answer["content"]["application/json"]["schema"] = schema_named(words.answer, slug);
    if (words.answer == "record" || words.status == 204) answer["headers"]["ETag"]["schema"]["type"] = "string";
    if (words.status == 201) answer["headers"]["Location"]["schema"]["type"] = "string";
    return answer;
}

void each_word(std::string_view text, std::function<void(std::string_view)> const& visit)
{
    while (!text.empty()) {
        auto const end = std::min(text.find(' '), text.size());
        if (end > 0) visit(text.substr(0, end));
        text.remove_prefix(std::min(text.size(), end + 1));
    }
}

void each_placeholder(std::string_view path, std::function<void(std::string_view)> const& visit)
{
    for (auto at = path.find('{'); at != std::string_view::npos; at = path.find('{', at + 1)) visit(path.substr(at + 1, path.find('}', at) - at - 1));
}

/// By its name among the components that stand in addresses; one that nobody described is a text.
Json path_parameter(std::string_view name)
{
    static Json const known = Json::parse(openapi_parts::components)["parameters"];
    if (known.contains(name) && known[name]["in"] == "path") return reference("parameters", name);
    return {{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}};
}

/// Whether a register has a route that its address gives to all.
bool is_of(Words const* words, std::string_view slug)
{
    if (!words || words->only.empty()) return true;
    bool found = false;
    each_word(words->only, [&](std::string_view one) { found = found || one == slug; });
    return found;
}

std::string snake(std::string_view slug)
{
    std::string out{slug};
    std::ranges::replace(out, '-', '_');
    return out;
}

Json operation(accounts::Route const& route, std::string_view slug)
{
    Json out;
    auto const* words = words_for(route);
    out["operationId"] = words ? std::string{words->id} + (slug.empty() ? "" : "_" + snake(slug)) : std::string{web::name_of(route.method)} + " " + route.path;
    if (words) out["summary"] = words->summary;
    if (!slug.empty()) out["tags"] = {slug};
    out["x-permission"] = web::name_of(route.permission);
    if (route.permission == web::Permission::Public) out["security"] = Json::array();
    Json parameters = Json::array();
    each_placeholder(route.path, [&](std::string_view name) {
        if (name != "register") parameters.push_back(path_parameter(name));
    });
    if (words) each_word(words->parameters, [&](std::string_view name) { parameters.push_back(reference("parameters", name)); });
    if (!parameters.empty()) out["parameters"] = std::move(parameters);
    if (words && !words->body.empty()) out["requestBody"] = body_of(*words, slug);
    auto& responses = out["responses"];
    responses[std::to_string(words ? words->status : 200)] = words ? answer_of(*words, slug) : Json{{"description", "Done"}};
    if (words) each_word(words->errors, [&](std::string_view status) { responses[std::string{status}] = reference("responses", "problem"); });
    if (route.permission != web::Permission::Public)
        for (auto const* status : {"401", "403", "429"}) responses[status] = reference("responses", "problem");
    return out;
}

std::string lower_name(Method method)
{
    std::string name{web::name_of(method)};
    std::ranges::transform(name, name.begin(), [](char c) { return static_cast<char>(c + 32); });
    return name;
}

/// The members every record has, around the declared ones; those only acts set are read-only.
Json record_schema(Register const& kind)
{
    auto schema = Json::parse(schema::json_schema(*kind.schema));
    auto properties = Json::parse(openapi_parts::common_members);
    properties["register"]["const"] = kind.slug;
    for (auto const status : kind.statuses) properties["status"]["enum"].push_back(status);
    Json required = Json::array();
    for (auto const* name : {"id", "register", "version", "status", "created_at", "updated_at"}) required.push_back(name);
    for (auto const& field : kind.schema->fields)
        if (field.required) required.push_back(field.name);
    for (auto& [name, property] : schema["properties"].items()) properties[name] = std::move(property);
    properties["custom"] = {{"type", "object"}, {"additionalProperties", true}, {"description", "Answers to the organisation's own fields, by code; GET …/fields says which there are and of what kind"}};
    if (kind.sealed) properties["destroyed"] = {{"type", "array"}, {"readOnly", true}, {"items", {{"type", "string"}}}, {"description", "Fields that held something until their key was destroyed; they are null"}};
    schema["properties"] = std::move(properties);
    schema["required"] = std::move(required);
    return schema;
}

/// The same without what only acts set, for POST and PUT; members beyond these are let through, so that what was read may be sent back.
Json sent_schema(Json schema)
{
    Json properties = Json::object();
    for (auto const& [name, property] : schema["properties"].items())
        if (!property.value("readOnly", false) && name != "register") properties[name] = property;
    Json required = Json::array();
    for (auto const& name : schema["required"])
        if (properties.contains(name.get<std::string>())) required.push_back(name);
    schema["properties"] = std::move(properties);
    schema["required"] = std::move(required);
    schema.erase("additionalProperties");
    return schema;
}

Json list_schema(std::string_view name, char const* shape = openapi_parts::list_of)
{
    auto schema = Json::parse(shape);
    schema["properties"]["items"]["items"] = reference("schemas", name);
    return schema;
}

}  // namespace

std::string openapi(Registers const& registers, std::vector<accounts::Route> const& routes)
{
    Json document{{"openapi", "3.1.0"}, {"info", {{"title", "Greffier"}, {"version", GREFFIER_VERSION}}}, {"servers", {{{"url", "/"}}}}, {"security", {{{"token", Json::array()}}}}};
    auto& paths = document["paths"] = Json::object();
    constexpr std::string_view placeholder = "{register}";
    for (auto const& route : routes) {
        if (!route.path.starts_with("/api/v1/")) continue;
        if (auto const at = route.path.find(placeholder); at != std::string::npos) {
            for (auto const* kind : registers.all())
                if (is_of(words_for(route), kind->slug)) paths[std::string{route.path}.replace(at, placeholder.size(), kind->slug)][lower_name(route.method)] = operation(route, kind->slug);
        } else {
            paths[route.path][lower_name(route.method)] = operation(route, "");
        }
    }
    auto& components = document["components"] = Json::parse(openapi_parts::components);
    auto& schemas = components["schemas"];
    for (auto const* name : {"organisation", "attachment", "version", "finding", "link", "comment", "draft", "term", "field", "view", "bulk_act", "bulk_step", "record_model", "found"}) schemas[std::string{name} + "_list"] = list_schema(name);
    for (auto const* name : {"person", "access_review", "reviewed_access", "journal_entry"}) schemas[std::string{name} + "_list"] = list_schema(name, openapi_parts::listed_of);
    for (auto const* kind : registers.all()) {
        schemas[std::string{kind->slug}] = record_schema(*kind);
        schemas[std::string{kind->slug} + "_sent"] = sent_schema(schemas[std::string{kind->slug}]);
        schemas[std::string{kind->slug} + "_list"] = list_schema(kind->slug);
    }
    return document.dump();
}

}  // namespace greffier::records
