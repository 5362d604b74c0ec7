// Comments and favourites by the API. A comment is named by its id within its record; `thread` is the id of the comment
// that began the exchange.
#include "core/text.hpp"
#include "records/api_parts.hpp"
#include "records/comments.hpp"
#include "records/favourites.hpp"

namespace greffier::records::api {

namespace {

struct Place {
    Register const& kind;
    RecordId record;
};

/// The record a path names, in the bin or not: what was said stays readable there.
Result<Place> place_of(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const id = TRY(record_id_of(request));
    (void)TRY(records_of(services, context).find(kind, id, true));
    return Place{kind, id};
}

Comments comments_of(ApiServices const& services, Context const& context) { return {services.machinery.database, context.where().id, context.who().sight}; }

Result<CommentId> comment_id_of(Request const& request)
{
    auto const id = CommentId::parse(request.param("comment"));
    if (!id) return Error::not_found();
    return *id;
}

void instant_or_null(JsonWriter& out, std::string_view name, std::optional<Timestamp> instant)
{
    out.key(name);
    if (instant) out.value(to_text(*instant));
    else out.null();
}

void write_comment(JsonWriter& out, Comment const& comment)
{
    out.member("id", comment.id.text()).member("thread", comment.thread.text()).member("author", comment.author.text()).member("body", comment.body);
    out.member("created_at", to_text(comment.created_at));
    instant_or_null(out, "edited_at", comment.edited_at);
    instant_or_null(out, "deleted_at", comment.deleted_at);
    out.key("mentions").begin_array();
    for (auto const& mention : comment.mentions) out.begin_object().member("person", mention.person.text()).member("called", mention.called).end_object();
    out.end_array();
}

Response comment_answer(Comment const& comment, int status)
{
    JsonWriter out;
    out.begin_object();
    write_comment(out, comment);
    out.end_object();
    return Response::json(std::move(out).take(), status);
}

std::string text_at(std::map<std::string, std::string> const& texts, std::string const& name)
{
    auto const found = texts.find(name);
    return found == texts.end() ? std::string{} : found->second;
}

}  // namespace

Answer list_comments(ApiServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(place_of(services, context, request));
    auto const threads = comments_of(services, context).threads(place.record);
    std::vector<std::pair<Comment const*, Thread const*>> all;
    for (auto const& thread : threads)
        for (auto const& comment : thread.comments) all.emplace_back(&comment, &thread);
    return paged(request, all.size(), [&](JsonWriter& out, std::size_t i) {
        write_comment(out, *all[i].first);
        instant_or_null(out, "resolved_at", all[i].second->resolved_at);
    });
}

Answer add_comment(ApiServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(place_of(services, context, request));
    auto const texts = TRY(read_texts(request, {"body", "thread"}));
    NewComment wanted{text_at(texts, "body"), {}, {}};
    if (auto const thread = text_at(texts, "thread"); !thread.empty()) {
        wanted.thread = CommentId::parse(thread);
        if (!wanted.thread) return field_error("thread", "unknown_choice", {{"value", shorten(thread, 60)}});
    }
    auto const comment = TRY(comments_of(services, context).add(place.kind, place.record, std::move(wanted), context.who(), context.now));
    auto answer = comment_answer(comment, 201);
    answer.header("Location", address_of(context, place.kind, place.record) + "/comments/" + comment.id.text());
    return answer;
}

Answer show_comment(ApiServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(place_of(services, context, request));
    return comment_answer(TRY(comments_of(services, context).find(place.record, TRY(comment_id_of(request)))), 200);
}

Answer edit_comment(ApiServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(place_of(services, context, request));
    auto const id = TRY(comment_id_of(request));
    auto const texts = TRY(read_texts(request, {"body"}));
    return comment_answer(TRY(comments_of(services, context).edit(place.kind, place.record, id, {text_at(texts, "body")}, context.who(), context.now)), 200);
}

Answer delete_comment(ApiServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(place_of(services, context, request));
    (void)TRY(comments_of(services, context).remove(place.record, TRY(comment_id_of(request)), context.who(), context.now));
    return Response::no_content();
}

namespace {

Answer settle(ApiServices const& services, Context& context, Request const& request, bool resolved)
{
    auto const place = TRY(place_of(services, context, request));
    auto const id = TRY(comment_id_of(request));
    TRY(read_texts(request, {}));
    auto const comments = comments_of(services, context);
    (void)TRY(comments.resolve(place.record, id, resolved, context.who(), context.now));
    return comment_answer(TRY(comments.find(place.record, id)), 200);
}

/// A token without a person has nothing at hand: it is nobody's.
Result<PersonId> person_of(Context const& context)
{
    if (!context.who().person) return Error::forbidden("token_without_person");
    return *context.who().person;
}

}  // namespace

Answer resolve_comment(ApiServices const& services, Context& context, Request const& request) { return settle(services, context, request, true); }
Answer reopen_comment(ApiServices const& services, Context& context, Request const& request) { return settle(services, context, request, false); }

Answer keep_favourite(ApiServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(place_of(services, context, request));
    auto const person = TRY(person_of(context));
    Favourites const favourites{services.machinery.database, context.where().id, context.who().sight};
    (void)TRY(favourites.keep(person, place.kind, place.record, context.now));
    return Response::no_content();
}

Answer drop_favourite(ApiServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(place_of(services, context, request));
    auto const person = TRY(person_of(context));
    Favourites const favourites{services.machinery.database, context.where().id, context.who().sight};
    (void)TRY(favourites.drop(person, place.kind, place.record));
    return Response::no_content();
}

}  // namespace greffier::records::api
