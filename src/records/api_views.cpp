// The API of saved views and of what a person chose for a list.
#include <algorithm>

#include "core/text.hpp"
#include "records/api_json.hpp"
#include "records/list_state.hpp"
#include "records/views.hpp"

namespace greffier::records::api {

namespace {

Views views_of(ApiServices const& services, Context const& context) { return {services.machinery.database, context.where().id, context.who().sight}; }

void write_view(JsonWriter& out, Context const& context, SavedView const& view)
{
    out.member("id", view.id.text()).member("register", view.register_slug).member("name", view.name).member("state", view.state).member("shared", view.shared);
    out.member("mine", view.owner == context.who().id).member("version", view.version).member("created_at", to_text(view.created_at)).member("updated_at", to_text(view.updated_at));
}

Response view_answer(Context const& context, SavedView const& view, int status = 200)
{
    JsonWriter out;
    out.begin_object();
    write_view(out, context, view);
    out.end_object();
    auto answer = Response::json(std::move(out).take(), status);
    answer.header("ETag", etag_of(view.version));
    return answer;
}

Result<ViewId> view_id_of(Request const& request)
{
    auto const id = ViewId::parse(request.param("view"));
    if (!id) return Error::not_found();
    return *id;
}

/// The state must be one the list can show; it is kept in its fixed order.
Result<ViewWords> words_of(Register const& kind, Context const& context, Request const& request)
{
    auto const body = TRY(SentObject::read(request, {"name", "state", "shared"}));
    ViewWords words{TRY(body.text("name", 200)), TRY(body.text("state", 4000)), TRY(body.truth("shared")).value_or(false)};
    auto const state = parse_list_state(kind, pairs_of(words.state), context.where().zone, context.now);
    if (!state.ok()) return state.error();
    words.state = state_text(*state);
    return words;
}

}  // namespace

Answer list_views(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const views = views_of(services, context).all(kind.slug, context.who().id);
    return paged(request, views.size(), [&](JsonWriter& out, std::size_t i) { write_view(out, context, views[i]); });
}

Answer create_view(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const view = TRY(views_of(services, context).create(kind.slug, context.who(), TRY(words_of(kind, context, request)), context.now));
    auto answer = view_answer(context, view, 201);
    answer.header("Location", "/api/v1/organisations/" + context.where().slug + "/" + std::string{kind.slug} + "/views/" + view.id.text());
    return answer;
}

Answer show_view(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    return view_answer(context, TRY(views_of(services, context).find(kind.slug, TRY(view_id_of(request)), context.who().id)));
}

Answer replace_view(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const views = views_of(services, context);
    auto const view = TRY(views.find(kind.slug, TRY(view_id_of(request)), context.who().id));
    auto const version = TRY(matched_version(request, view.version));
    return view_answer(context, TRY(views.update(kind.slug, view.id, context.who(), TRY(words_of(kind, context, request)), version, context.now)));
}

Answer delete_view(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    TRY(views_of(services, context).remove(kind.slug, TRY(view_id_of(request)), context.who()));
    return Response::no_content();
}

Answer show_list_choice(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const choice = views_of(services, context).choice(kind.slug, context.who().id);
    JsonWriter out;
    out.begin_object().key("columns").begin_array();
    for (auto const& name : parse_columns(kind, std::string_view{choice.columns})) out.value(name);
    out.end_array().key("default_view");
    if (choice.default_view) out.value(choice.default_view->text());
    else out.null();
    out.key("known_columns").begin_array();
    for (auto const& name : known_columns(kind)) out.value(name);
    out.end_array().end_object();
    return Response::json(std::move(out).take());
}

Answer put_list_choice(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const body = TRY(SentObject::read(request, {"columns", "default_view"}));
    auto const views = views_of(services, context);
    auto const columns = TRY(body.texts("columns", 200));
    auto const known = known_columns(kind);
    for (auto const& name : columns)
        if (std::ranges::find(known, name) == known.end()) return field_error("columns", "unknown_choice", {{"value", shorten(name, 60)}});
    auto const text = TRY(body.text("default_view", 60));
    auto const view = ViewId::parse(text);
    if (!text.empty() && !view) return field_error("default_view", "not_found");
    TRY(views.choose_default(kind.slug, context.who().id, view));
    TRY(views.choose_columns(kind.slug, context.who().id, columns_text(parse_columns(kind, std::string_view{columns_text(columns)}))));
    return show_list_choice(services, context, request);
}

}  // namespace greffier::records::api
