// The API's description, made from the declarations and the routes: what is not routed is not described, and what
// is routed without words here is described by its address alone.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "records/api.hpp"
#include "records/openapi_parts.hpp"
#include "schema/json.hpp"

namespace greffier::records {

using Json = nlohmann::ordered_json;
using web::Method;

namespace {

/// What a route asks and answers; `path` is the end of its address.
struct Words {
    Method method;
    std::string_view path, id, summary;
    std::string_view parameters = "";     ///< names of #/components/parameters
    std::string_view body = "";           ///< schema of the body; "record" is the register's own, "file" a file
    std::string_view answer = "";         ///< schema of the answer; "" for none
    int status = 200;
    std::string_view errors = "";
};
constexpr std::array words_of{
    Words{Method::Get, "/api/v1/openapi.json", "describe", "This description", "", "", "any"},
    Words{Method::Get, "/api/v1/organisations", "list_organisations", "Organisations the token reaches", "page per_page", "", "organisation_list", 200, "422"},
    Words{Method::Get, "/{organisation}", "show_organisation", "One organisation", "", "", "organisation", 200, "404"},
    Words{Method::Post, "/api/v1/organisations", "create_organisation", "One more below the token's organisation, for a person who runs the branch or the installation", "idempotency_key", "new_organisation", "organisation", 201, "400 409 415 422"},
    Words{Method::Post, "/move", "move_organisation", "Put it under another organisation, or under none; for a person who runs the installation", "", "move", "organisation", 200, "400 404 415 422"},
    Words{Method::Post, "/close", "close_organisation", "Archive it: read, and no more written", "", "", "organisation", 200, "404 409"},
    Words{Method::Post, "/reopen", "reopen_organisation", "Open an archived organisation again", "", "", "organisation", 200, "404 409"},
    Words{Method::Get, "/people", "list_people", "Who holds a role here, by name", "after per_page", "", "person_list", 200, "404 422"},
    Words{Method::Post, "/people", "add_person", "Give a role to a person, who is invited when they have no account", "idempotency_key", "new_person", "person", 201, "400 404 409 415 422"},
    Words{Method::Get, "/people/{id}", "show_person", "One person and the roles they hold", "", "", "person", 200, "404"},
    Words{Method::Put, "/roles/{role}", "grant_role", "Grant a role, or change its terms", "", "grant", "person", 200, "400 404 409 415 422"},
    Words{Method::Delete, "/roles/{role}", "revoke_role", "Take back a role that was granted here", "", "", "", 204, "404 409"},
    Words{Method::Get, "/access-reviews", "list_access_reviews", "Reviews of access, newest first", "after per_page", "", "access_review_list", 200, "404 422"},
    Words{Method::Post, "/access-reviews", "start_access_review", "Take down who may enter now", "idempotency_key", "", "access_review", 201, "404 409"},
    Words{Method::Get, "/access-reviews/{review}", "show_access_review", "One review", "", "", "access_review", 200, "404"},
    Words{Method::Delete, "/access-reviews/{review}", "abandon_access_review", "Take an unfinished review back", "", "", "", 204, "404 409"},
    Words{Method::Get, "/{review}/lines", "list_reviewed_access", "Who may enter, since when, last seen, and what was decided", "after per_page", "", "reviewed_access_list", 200, "404 422"},
    Words{Method::Post, "/{review}/verdicts", "decide_access_review", "Say which accesses are kept and which are removed; ids of lines", "", "verdicts", "access_review", 200, "400 404 409 415 422"},
    Words{Method::Post, "/{review}/finish", "finish_access_review", "Close it: removed accesses are taken back", "", "", "access_review", 200, "404 409"},
    Words{Method::Get, "/journal", "list_journal", "The journal of access, newest first", "event from before after per_page", "", "journal_entry_list", 200, "404 422"},
    Words{Method::Get, "/{organisation}/agenda", "list_agenda", "What falls due in records, soonest first", "page per_page", "", "any", 200, "404 422"},
    Words{Method::Get, "/fields", "list_fields", "Custom fields asked here: the organisation's own and those of organisations above it", "register_query page per_page", "", "field_list", 200, "404 422"},
    Words{Method::Post, "/fields/{register}", "add_field", "Ask a question of one's own in a register; code and kind never change", "", "new_field", "field", 201, "400 404 415 422"},
    Words{Method::Patch, "/fields/{register}/{code}", "change_field", "Change, move, retire or reinstate a field of this organisation", "", "field_patch", "field", 200, "400 404 415 422"},
    Words{Method::Get, "/terms", "list_terms", "Terms of the open lists: shipped and added", "list_query page per_page", "", "term_list", 200, "404 422"},
    Words{Method::Post, "/terms/{list}", "add_term", "Add a term to an open list", "", "new_term", "term", 201, "400 404 415 422"},
    Words{Method::Patch, "/{list}/{code}", "change_term", "Rename, retire or reinstate a term of this organisation", "", "term_patch", "term", 200, "400 404 415 422"},
    Words{Method::Get, "/{register}", "list", "List records", "q status filter sort findings overdue deleted page per_page after at", "", "record_list", 200, "404 422"},
    Words{Method::Post, "/{register}", "create", "Create a record", "idempotency_key", "record", "record", 201, "400 404 409 415 422"},
    Words{Method::Get, "/{id}", "show", "One record, as it is or was", "at deleted if_none_match", "", "record", 200, "404 422"},
    Words{Method::Put, "/{id}", "replace", "Replace a record", "if_match_required changes_validated", "record", "record", 200, "400 404 409 412 415 422 428"},
    Words{Method::Patch, "/{id}", "patch", "Change a record (RFC 7396)", "if_match_required changes_validated", "patch", "record", 200, "400 404 409 412 415 422 428"},
    Words{Method::Delete, "/{id}", "delete", "Delete a record; it can be restored", "if_match_required", "", "", 204, "404 409 412 428"},
    Words{Method::Get, "/{register}/views", "list_views", "Saved views of the list: one's own and the shared ones", "page per_page", "", "view_list", 200, "404 422"},
    Words{Method::Post, "/{register}/views", "create_view", "Save a view; a DPO or an administrator may share it", "", "view_words", "view", 201, "400 404 415 422"},
    Words{Method::Get, "/views/{view}", "show_view", "One view", "", "", "view", 200, "404"},
    Words{Method::Put, "/views/{view}", "replace_view", "Change a view", "if_match", "view_words", "view", 200, "400 404 412 415 422"},
    Words{Method::Delete, "/views/{view}", "delete_view", "Delete a view", "", "", "", 204, "404"},
    Words{Method::Get, "/{register}/list-choice", "show_list_choice", "Columns and view the token's person chose for the list", "", "", "list_choice", 200, "404"},
    Words{Method::Put, "/{register}/list-choice", "put_list_choice", "Choose columns and the view the list opens with", "", "list_choice_words", "list_choice", 200, "400 404 415 422"},
    Words{Method::Get, "/{register}/models", "list_models", "Models of records to start from, in one language, and what each leaves to complete", "q lang", "", "record_model_list", 200, "404 422"},
    Words{Method::Get, "/models/{model}", "show_model", "What a record adopted from this model begins with: a body that POST takes once it is completed", "lang", "", "any", 200, "404 422"},
    Words{Method::Post, "/{register}/lookup", "find_sealed", "Records of which a sealed name or address is this one, whatever its case and accents; 409 in a register that seals nothing", "", "lookup", "record_list", 200, "400 404 409 415 422"},
    Words{Method::Post, "/{register}/bulk", "bulk", "Do one thing to many records: each by its own rules; more than 200 go on in the background (202)", "", "bulk", "bulk_act", 200, "400 404 409 413 415 422"},
    Words{Method::Get, "/{organisation}/bulk-acts", "list_bulk_acts", "Bulk acts and imports, newest first", "page per_page", "", "bulk_act_list", 200, "422"},
    Words{Method::Get, "/bulk-acts/{act}", "show_bulk_act", "One act: how far it is, what it did", "", "", "bulk_act", 200, "404"},
    Words{Method::Get, "/{act}/steps", "list_bulk_steps", "What became of each record", "page per_page", "", "bulk_step_list", 200, "404 422"},
    Words{Method::Post, "/{act}/undo", "undo_bulk_act", "Each record goes back to what it was, unless somebody changed it since; within 24 hours", "", "", "bulk_act", 200, "404 409"},
    Words{Method::Post, "/{id}/status", "change_status", "Change the status", "if_match idempotency_key", "status_change", "record", 200, "400 404 409 412 415 422"},
    Words{Method::Post, "/{id}/review", "review", "Record a review: nothing changed", "if_match idempotency_key", "review", "record", 200, "400 404 409 412 415 422"},
    Words{Method::Post, "/{id}/restore", "restore", "Bring a deleted record back", "idempotency_key", "", "record", 200, "404 409"},
    Words{Method::Get, "/{id}/access", "show_access", "Who sees the record: restricted or not, and the people named on it", "", "", "access", 200, "404"},
    Words{Method::Put, "/{id}/access", "put_access", "Restrict the record, or open it again, and name people on it: all of them", "if_match", "access_change", "access", 200, "400 404 409 412 415 422"},
    Words{Method::Post, "/{id}/destroy", "destroy", "Destroy for ever what a sealed record keeps of persons, in all its versions; 409 in a register that seals nothing", "if_match idempotency_key", "destruction", "record", 200, "400 404 409 412 415 422"},
    Words{Method::Post, "/{id}/duplicate", "duplicate", "Create a record from this one: same answers and links, first status, own reference, no attachments", "idempotency_key", "", "record", 201, "404 409 422"},
    Words{Method::Get, "/{organisation}/drafts", "list_drafts", "Drafts of the token's person, last saved first", "page per_page", "", "draft_list", 200, "422"},
    Words{Method::Get, "/{register}/draft", "show_new_draft", "The person's draft of a new record", "", "", "draft", 200, "404"},
    Words{Method::Put, "/{register}/draft", "put_new_draft", "Keep what is typed in the form of a new record; nothing is checked", "", "draft_to_keep", "draft", 200, "400 404 409 413 415 422"},
    Words{Method::Delete, "/{register}/draft", "delete_new_draft", "Forget the draft of a new record", "", "", "", 204, "404"},
    Words{Method::Get, "/{id}/draft", "show_draft", "The person's draft of this record", "", "", "draft", 200, "404"},
    Words{Method::Put, "/{id}/draft", "put_draft", "Keep what is typed in the form of this record; nothing is checked", "", "draft_to_keep", "draft", 200, "400 404 409 413 415 422"},
    Words{Method::Delete, "/{id}/draft", "delete_draft", "Forget the draft of this record", "", "", "", 204, "404"},
    Words{Method::Get, "/{id}/versions", "list_versions", "Versions, newest first", "page per_page", "", "version_list", 200, "404 422"},
    Words{Method::Get, "/versions/{number}", "show_version", "The record in one version, and the act that made it", "", "", "record", 200, "404"},
    Words{Method::Get, "/{id}/findings", "list_findings", "What the linter says now, worst first", "page per_page", "", "finding_list", 200, "404 422"},
    Words{Method::Get, "/{id}/links", "list_links", "Records this one points to, then those that point here", "page per_page", "", "link_list", 200, "404 422"},
    Words{Method::Post, "/{register}/messages", "take_in_message", "Take in a message (.eml): it becomes a record, once; of breaches and requests alone", "", "file", "any", 201, "404 409 413 422"},
    Words{Method::Get, "/public-pages", "list_public_pages", "Public pages: which are open, their words, and what they show", "", "", "any", 200, "404"},
    Words{Method::Get, "/public-pages/{page}", "show_public_page", "One public page", "", "", "any", 200, "404"},
    Words{Method::Put, "/public-pages/{page}", "change_public_page", "Open or close it, change its words and limits; what is absent stays", "", "any", "any", 200, "400 404 409 422"},
    Words{Method::Get, "/{id}/attachments", "list_attachments", "Attachments", "page per_page at", "", "attachment_list", 200, "404 422"},
    Words{Method::Post, "/{id}/attachments", "attach", "Add a file of at most 20 MiB", "name description if_match idempotency_key", "file", "attachment", 201, "404 409 412 413 415 422"},
    Words{Method::Get, "/attachments/{attachment}", "download", "The file", "", "", "file", 200, "404"},
    Words{Method::Get, "/{id}/comments", "list_comments", "What people say about the record, thread by thread; no part of its content", "page per_page", "", "comment_list", 200, "404 422"},
    Words{Method::Post, "/{id}/comments", "comment", "Say something; @Name calls whoever may read the organisation", "", "new_comment", "comment", 201, "400 404 409 415 422"},
    Words{Method::Get, "/comments/{comment}", "show_comment", "One comment", "", "", "comment", 200, "404"},
    Words{Method::Patch, "/comments/{comment}", "edit_comment", "Change one's own; marked as edited after 15 minutes", "", "comment_body", "comment", 200, "400 404 409 415 422"},
    Words{Method::Delete, "/comments/{comment}", "delete_comment", "Take back one's own; a DPO takes back anybody's", "", "", "", 204, "404"},
    Words{Method::Post, "/{comment}/resolve", "resolve_comment", "Settle the thread", "", "", "comment", 200, "404 422"},
    Words{Method::Post, "/{comment}/reopen", "reopen_comment", "Open the thread again", "", "", "comment", 200, "404 422"},
    Words{Method::Put, "/{id}/favourite", "keep_favourite", "Keep the record at hand", "", "", "", 204, "404 409"},
    Words{Method::Delete, "/{id}/favourite", "drop_favourite", "Let it go", "", "", "", 204, "404"},
    Words{Method::Delete, "/attachments/{attachment}", "detach", "Take a file off the record; past versions keep it", "if_match", "", "", 204, "404 409 412"},
};

Words const* words_for(accounts::Route const& route)
{
    Words const* best = nullptr;
    for (auto const& words : words_of)
        if (words.method == route.method && std::string_view{route.path}.ends_with(words.path) && (!best || words.path.size() > best->path.size())) best = &words;
    return best;
}

Json reference(std::string_view section, std::string_view name) { return {{"$ref", "#/components/" + std::string{section} + "/" + std::string{name}}}; }

/// "record" of these words is the register's own schema.
Json schema_named(std::string_view name, std::string_view slug)
{
    if (name == "any") return {{"type", "object"}};
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
            content[type]["schema"] = {{"type", "object"}, {"description", "Members of #/components/schemas/" + std::string{slug} + "; what is absent stays, null removes, arrays are replaced whole"}};
    } else {
        content["application/json"]["schema"] = schema_named(words.body, slug);
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
    for (auto const* name : {"organisation", "id", "number", "attachment", "comment", "list", "code", "view", "act", "review", "role", "model"})
        if (route.path.find("{" + std::string{name} + "}") != std::string::npos) parameters.push_back(reference("parameters", name));
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
        if (auto const at = route.path.find(placeholder); at != std::string::npos) {
            for (auto const* kind : registers.all())
                paths[std::string{route.path}.replace(at, placeholder.size(), kind->slug)][lower_name(route.method)] = operation(route, kind->slug);
        } else {
            paths[route.path][lower_name(route.method)] = operation(route, "");
        }
    }
    auto& components = document["components"] = Json::parse(openapi_parts::components);
    auto& schemas = components["schemas"];
    for (auto const* name : {"organisation", "attachment", "version", "finding", "link", "comment", "draft", "term", "field", "view", "bulk_act", "bulk_step", "record_model"}) schemas[std::string{name} + "_list"] = list_schema(name);
    for (auto const* name : {"person", "access_review", "reviewed_access", "journal_entry"}) schemas[std::string{name} + "_list"] = list_schema(name, openapi_parts::listed_of);
    for (auto const* kind : registers.all()) {
        schemas[std::string{kind->slug}] = record_schema(*kind);
        schemas[std::string{kind->slug} + "_list"] = list_schema(kind->slug);
    }
    return document.dump();
}

}  // namespace greffier::records
