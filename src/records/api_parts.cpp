#include "records/api_parts.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "core/text.hpp"
#include "records/list_query.hpp"
#include "records/vocabulary.hpp"
#include "schema/json.hpp"

namespace greffier::records::api {

std::optional<int> status_of(Error const& error)
{
    if (error.code == "unreadable" || error.code == "unreadable_json") return 400;
    if (error.code == "stale") return 412;
    if (error.code == "unsupported_media") return 415;
    if (error.code == "precondition_required") return 428;
    return std::nullopt;
}

Error field_error(std::string field, std::string code, Arguments arguments)
{
    return {ErrorKind::Invalid, "invalid", {}, {{std::move(field), std::move(code), std::move(arguments)}}};
}

Result<Register const*> register_of(ApiServices const& services, Context& context, Request const& request)
{
    return register_of_path(services.machinery, context, request);
}

Result<RecordId> record_id_of(Request const& request)
{
    auto const id = RecordId::parse(request.param("id"));
    if (!id) return Error::not_found();
    return *id;
}

Records records_of(ApiServices const& services, Context const& context) { return {services.machinery, context.where().id, context.who().sight}; }
By by_of(Context const& context) { return {context.who().id, context.now, context.where().zone}; }

std::string names_json(std::vector<std::string> const& names)
{
    JsonWriter out;
    out.begin_array();
    for (auto const& name : names) out.value(std::string_view{name});
    out.end_array();
    return std::move(out).take();
}

void write_record(JsonWriter& out, Register const& kind, Head const& head, schema::Row const& row, std::vector<std::string> const& destroyed)
{
    out.member("id", head.id.text()).member("register", kind.slug).member("reference", head.reference).member("version", head.version);
    out.member("status", head.status).member("created_at", to_text(head.created_at)).member("updated_at", to_text(head.updated_at));
    out.key("updated_by");
    if (head.updated_by.is_nil()) out.null();
    else out.value(head.updated_by.text());
    out.key("deleted_at");
    if (head.deleted_at) out.value(to_text(*head.deleted_at));
    else out.null();
    schema::write_members(out, *kind.schema, row);
    out.key("custom").raw(schema::custom_json(*kind.schema, row));
    if (kind.sealed) out.key("destroyed").raw(names_json(destroyed));
}

std::string record_json(Register const& kind, Stored const& stored, std::string_view at)
{
    JsonWriter out;
    out.begin_object();
    write_record(out, kind, stored.head, stored.row, stored.destroyed);
    if (!at.empty()) out.member("at", at);
    out.end_object();
    return std::move(out).take();
}

std::string etag_of(std::int64_t version) { return "\"" + std::to_string(version) + "\""; }

Response record_answer(Register const& kind, Stored const& stored, int status)
{
    auto answer = Response::json(record_json(kind, stored), status);
    answer.header("ETag", etag_of(stored.head.version));
    return answer;
}

std::string address_of(Context const& context, Register const& kind, RecordId id)
{
    return "/api/v1/organisations/" + context.where().slug + "/" + std::string{kind.slug} + "/" + id.text();
}

Result<std::optional<Moment>> moment_of(Context const& context, Request const& request)
{
    auto text = request.query.get("at");
    if (text.empty()) return std::optional<Moment>{};
    auto const instant = TRY(parse_at(text, context.where().zone, context.now));
    return std::optional{Moment{std::move(text), instant}};
}

Result<int> number_of(Request const& request, std::string_view name, int otherwise, int most)
{
    auto const text = request.query.find(name);
    if (!text) return otherwise;
    int number = 0;
    auto const [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error == std::errc::invalid_argument || end != text->data() + text->size()) return field_error(std::string{name}, "not_a_number");
    if (error != std::errc{} || number < 1 || number > most) return field_error(std::string{name}, "out_of_range", {{"min", "1"}, {"max", std::to_string(most)}});
    return number;
}

Result<std::optional<bool>> yes_or_no(Request const& request, std::string_view name)
{
    auto const text = request.query.find(name);
    if (!text) return std::optional<bool>{};
    if (*text == "yes") return std::optional{true};
    if (*text == "no") return std::optional{false};
    return field_error(std::string{name}, "unknown_choice", {{"value", shorten(*text, 60)}});
}

namespace {

Error precondition(std::string_view code, std::int64_t current)
{
    return Error::conflict(std::string{code}, {{"version", std::to_string(current)}});
}

}  // namespace

Result<std::int64_t> matched_version(Request const& request, std::int64_t current)
{
    auto const header = request.header("if-match");
    if (header.empty()) return std::int64_t{0};
    for (auto const& part : split(header, ',')) {
        auto tag = trim(part);
        if (tag == "*") return current;
        if (tag.starts_with("W/")) tag.remove_prefix(2);   // a proxy that compresses weakens the tag; the version it names is the same
        if (tag == etag_of(current) || tag == std::to_string(current)) return current;
    }
    return precondition("stale", current);
}

Result<std::int64_t> demanded_version(Request const& request, std::int64_t current)
{
    if (request.header("if-match").empty()) return precondition("precondition_required", current);
    return matched_version(request, current);
}

Status expect_json(Request const& request, bool patch)
{
    auto const header = request.header("content-type");
    auto const type = to_lower_ascii(trim(header.substr(0, header.find(';'))));
    bool const json = type == "application/json" || (patch && type == "application/merge-patch+json");
    if (!json) return Error::invalid("unsupported_media", {{"type", shorten(type, 60)}});
    return Nothing{};
}

Result<std::map<std::string, std::string>> read_texts(Request const& request, std::vector<std::string_view> known)
{
    std::map<std::string, std::string> texts;
    if (request.body.empty() && request.header("content-type").empty()) return texts;
    TRY(expect_json(request));
    auto const json = is_utf8(request.body) ? nlohmann::json::parse(request.body, nullptr, false) : nlohmann::json(nlohmann::json::value_t::discarded);
    if (!json.is_object()) return Error::invalid("unreadable", {{"reason", "json"}});
    Error problems{ErrorKind::Invalid, "invalid", {}, {}};
    for (auto const& [name, value] : json.items()) {
        if (std::ranges::find(known, name) == known.end()) problems.fields.push_back({name, "unknown_field", {{"field", shorten(name, 80)}}});
        else if (value.is_string()) texts[name] = value.get<std::string>();
        else if (!value.is_null()) problems.fields.push_back({name, "wrong_kind", {}});
    }
    if (!problems.fields.empty()) return problems;
    return texts;
}

Result<Paging> paging_of(Request const& request)
{
    Paging paging;
    paging.page = TRY(number_of(request, "page", 1, 1'000'000));
    paging.per_page = TRY(number_of(request, "per_page", 50, 200));
    return paging;
}

Answer paged(Request const& request, std::size_t total, std::function<void(JsonWriter&, std::size_t)> const& write)
{
    auto const paging = TRY(paging_of(request));
    auto const per_page = static_cast<std::size_t>(paging.per_page);
    auto const from = std::min(total, static_cast<std::size_t>(paging.page - 1) * per_page);
    JsonWriter out;
    out.begin_object().key("items").begin_array();
    for (auto i = from; i < std::min(total, from + per_page); ++i) {
        out.begin_object();
        write(out, i);
        out.end_object();
    }
    out.end_array().member("page", paging.page).member("per_page", paging.per_page).member("total", total).end_object();
    return Response::json(std::move(out).take());
}

}  // namespace greffier::records::api
