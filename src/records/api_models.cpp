// Models of records, for programs: which there are, and the body each begins with.
#include "core/text.hpp"
#include "records/api_parts.hpp"
#include "records/record_models.hpp"
#include "schema/json.hpp"

namespace greffier::records::api {

namespace {

Result<Language> language_of(Context const& context, Request const& request)
{
    if (!request.query.has("lang")) return context.where().language;
    auto const asked = request.query.get("lang");
    auto const language = parse_language(asked);
    if (!language) return field_error("lang", "unknown_choice", {{"value", shorten(asked, 60)}});
    return *language;
}

void write_model(JsonWriter& out, RecordModel const& model)
{
    out.begin_object().member("code", model.code).member("title", model.title).member("summary", model.summary).member("written_on", to_text(model.written_on));
    out.key("articles").raw(names_json(model.articles));
    out.key("complete").begin_array();
    for (auto const& one : model.complete) out.begin_object().member("field", one.field).member("words", one.words).end_object();
    out.end_array().end_object();
}

}  // namespace

Answer list_models(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const found = matching(models_of(kind.slug, TRY(language_of(context, request))), shorten(request.query.get("q"), 100));
    auto const count = static_cast<std::int64_t>(found.size());
    JsonWriter out;
    out.begin_object().key("items").begin_array();
    for (auto const* model : found) write_model(out, *model);
    out.end_array().member("page", 1).member("per_page", count).member("total", count).end_object();
    return Response::json(std::move(out).take());
}

Answer show_model(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const* model = find_model(kind.slug, request.param("model"), TRY(language_of(context, request)));
    if (!model) return Error::not_found("unknown_model");
    JsonWriter out;
    out.begin_object();
    schema::write_members(out, *kind.schema, row_of(kind, *model));
    out.end_object();
    return Response::json(std::move(out).take());
}

}  // namespace greffier::records::api
