// Exchanges about a record: what people say to each other about it, thread by thread, and the acts on a comment.
#include <algorithm>

#include "records/comments.hpp"
#include "records/pages/controls.hpp"
#include "records/pages/shared.hpp"
#include "web/frame.hpp"

namespace greffier::records::pages {

using namespace web::literals;
using web::Html;
using web::Response;

namespace {

constexpr std::size_t readers_at_most = 500;      ///< in the list of names; beyond, one types the name

/// What a refused form said, shown again where it was typed.
struct TypedComment {
    std::string body, mention;
    std::optional<CommentId> thread;
    std::vector<FieldError> errors;
};

struct ExchangesView {
    Context const& context;
    PageServices const& services;
    std::string here;                             ///< address of the exchanges
    bool may_write = false;
    std::vector<Reader> readers;
    std::vector<Thread> threads;
    TypedComment typed;
};

std::string name_of(ExchangesView const& view, Uuid actor) { return view.services.actor_name(view.context.where().id, actor, view.context.locale); }

void write_words(Html& out, Comment const& comment)
{
    std::string_view const body = comment.body;
    std::size_t from = 0;
    for (auto const& place : called_places(body, comment.mentions)) {
        if (place.at < from) continue;
        out.lines(body.substr(from, place.at - from));
        out << "<span class=\"g-mention\">"_h << body.substr(place.at, place.size) << "</span>"_h;
        from = place.at + place.size;
    }
    out.lines(body.substr(from));
}

void write_acts(Html& out, ExchangesView const& view, Comment const& comment)
{
    auto const& locale = view.context.locale;
    auto link = [&](std::string_view rest, std::string_view key) {
        out << "<a"_h;
        out.url("href"_h, view.here + "/" + comment.id.text() + std::string{rest});
        out << ">"_h << locale.text(key) << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon") << locale.text("comments.of", {{"who", name_of(view, comment.author)}}) << "</span></a> "_h;
    };
    if (!view.may_write) return;
    if (Comments::may_edit(comment, view.context.who())) link("/edit", "act.edit");
    if (Comments::may_remove(comment, view.context.who())) link("/delete", "comments.take_back");
}

void write_comment(Html& out, ExchangesView const& view, Comment const& comment)
{
    auto const& locale = view.context.locale;
    auto const who = name_of(view, comment.author);
    out << "<li class=\"g-comment\""_h;
    out.attr("id"_h, "c-" + comment.id.text());
    out << ">"_h;
    if (comment.deleted_at) {
        out << "<p class=\"g-muted\">"_h << locale.text("comments.taken_back", {{"who", who}}) << "</p></li>"_h;
        return;
    }
    out << "<p class=\"g-comment-head\"><span class=\"g-avatar\" aria-hidden=\"true\">"_h << web::initials(who) << "</span><strong>"_h << who << "</strong> <time"_h;
    out.attr("datetime"_h, to_text(comment.created_at));
    out << ">"_h << locale.instant(comment.created_at) << "</time>"_h;
    if (comment.edited_at) out << " <span>"_h << locale.text("comments.edited", {{"when", locale.instant(*comment.edited_at)}}) << "</span>"_h;
    out << "</p><div class=\"g-comment-body\">"_h;
    write_words(out, comment);
    out << "</div><p class=\"g-comment-acts\">"_h;
    write_acts(out, view, comment);
    out << "</p></li>"_h;
}

/// The field of a new comment, with what was wrong about it and the names one may call.
void write_field(Html& out, ExchangesView const& view, std::string const& id, std::string_view label, TypedComment const& typed)
{
    auto const& locale = view.context.locale;
    bool const wrong = !typed.errors.empty();
    out << "<div"_h;
    out.attr("class"_h, wrong ? "g-field g-field--err" : "g-field");
    out << "><label class=\"form-label\""_h;
    out.attr("for"_h, id);
    out << ">"_h << label << "</label><p class=\"g-hint\""_h;
    out.attr("id"_h, id + "-h");
    out << ">"_h << locale.text("comments.hint") << "</p>"_h;
    if (wrong) {
        out << "<p class=\"g-err\""_h;
        out.attr("id"_h, id + "-e");
        out << ">"_h;
        web::icon(out, "alert-circle");
        out << "<span>"_h << locale.text("error." + typed.errors.front().code, typed.errors.front().arguments) << "</span></p>"_h;
    }
    out << "<textarea class=\"form-control\" name=\"body\" rows=\"3\" data-mentions"_h;
    out.attr("maxlength"_h, static_cast<std::int64_t>(longest_comment)).attr("id"_h, id).attr("aria-describedby"_h, wrong ? id + "-e" : id + "-h");
    if (wrong) out.attr("aria-invalid"_h, "true");
    out << ">\n"_h << typed.body << "</textarea></div>"_h;
}

void write_names(Html& out, ExchangesView const& view, std::string const& id, std::string const& chosen)
{
    auto const& locale = view.context.locale;
    out << "<div class=\"g-comment-call\"><label class=\"form-label g-small\""_h;
    out.attr("for"_h, id);
    out << ">"_h << locale.text("comments.call") << "</label><select class=\"form-select\" name=\"mention\""_h;
    out.attr("id"_h, id);
    out << "><option value=\"\">"_h << locale.text("comments.call_nobody") << "</option>"_h;
    for (std::size_t i = 0; i < view.readers.size() && i < readers_at_most; ++i) {
        auto const& reader = view.readers[i];
        if (reader.person == view.context.who().person) continue;
        out << "<option"_h;
        out.attr("value"_h, reader.person.text()).flag("selected"_h, reader.person.text() == chosen);
        out << ">"_h << reader.name << "</option>"_h;
    }
    out << "</select></div>"_h;
}

void write_form(Html& out, ExchangesView const& view, Thread const* thread)
{
    auto const& locale = view.context.locale;
    bool const typed_here = thread ? view.typed.thread == thread->id() : !view.typed.thread;
    static TypedComment const nothing;
    auto const& typed = typed_here ? view.typed : nothing;
    auto const id = thread ? "answer-" + thread->id().text() : std::string{"comment"};
    out << "<form method=\"post\" class=\"g-comment-form\""_h;
    out.url("action"_h, view.here).attr("data-guard"_h, view.here + "#" + id);
    out << ">"_h;
    web::csrf_field(out, view.context.frame);
    if (thread) {
        out << "<input type=\"hidden\" name=\"thread\""_h;
        out.attr("value"_h, thread->id().text());
        out << ">"_h;
    }
    write_field(out, view, id, locale.text(thread ? "comments.answer_label" : "comments.new_label"), typed);
    out << "<div class=\"g-comment-foot\">"_h;
    write_names(out, view, id + "-call", typed.mention);
    out << "<button type=\"submit\""_h;
    out.attr("class"_h, thread ? "btn btn-outline" : "btn btn-primary");
    out << ">"_h << locale.text(thread ? "comments.answer" : "comments.send") << "</button></div></form>"_h;
}

void write_settle(Html& out, ExchangesView const& view, Thread const& thread)
{
    auto const& locale = view.context.locale;
    out << "<form method=\"post\""_h;
    out.url("action"_h, view.here + "/" + thread.id().text() + "/resolve");
    out << ">"_h;
    web::csrf_field(out, view.context.frame);
    out << "<input type=\"hidden\" name=\"resolved\""_h;
    out.attr("value"_h, thread.resolved_at ? "no" : "yes");
    out << "><button class=\"btn btn-outline btn-sm\" type=\"submit\">"_h;
    web::icon(out, thread.resolved_at ? "refresh" : "check");
    out << " "_h << locale.text(thread.resolved_at ? "comments.reopen" : "comments.resolve") << "</button></form>"_h;
}

void write_thread(Html& out, ExchangesView const& view, Thread const& thread)
{
    auto const& locale = view.context.locale;
    bool const typed_here = view.typed.thread == thread.id();
    out << "<section class=\"g-thread g-panel\""_h;
    auto const number = &thread - view.threads.data() + 1;   // two threads of one person in one minute must be told apart
    out.attr("aria-label"_h, locale.text("comments.thread_of", {{"n", std::to_string(number)}, {"who", name_of(view, thread.comments.front().author)}, {"when", locale.instant(thread.comments.front().created_at)}}));
    out << "><ol class=\"g-comments\">"_h;
    for (auto const& comment : thread.comments) write_comment(out, view, comment);
    out << "</ol>"_h;
    if (view.may_write) {
        out << "<div class=\"g-thread-foot\"><details class=\"g-disclose\""_h;
        out.flag("open"_h, typed_here);
        out << "><summary>"_h;
        web::icon(out, "chevron-right");
        out << locale.text("comments.answer") << "</summary>"_h;
        write_form(out, view, &thread);
        out << "</details>"_h;
        write_settle(out, view, thread);
        out << "</div>"_h;
    }
    out << "</section>"_h;
}

void write_settled(Html& out, ExchangesView const& view, std::span<Thread const> settled)
{
    if (settled.empty()) return;
    auto const& locale = view.context.locale;
    out << "<details class=\"g-disclose mt-4\" id=\"resolved\"><summary>"_h;
    web::icon(out, "chevron-right");
    out << locale.plural("comments.resolved_threads", static_cast<std::int64_t>(settled.size())) << "</summary>"_h;
    for (auto const& thread : settled) {
        out << "<p class=\"g-small g-muted mt-3 mb-1\">"_h << locale.text("comments.resolved_by", {{"who", name_of(view, thread.resolved_by)}, {"when", locale.instant(*thread.resolved_at)}}) << "</p>"_h;
        write_thread(out, view, thread);
    }
    out << "</details>"_h;
}

void write_exchanges(Html& out, ExchangesView const& view, bool deleted)
{
    auto const& locale = view.context.locale;
    auto const settled = std::ranges::find_if(view.threads, [](Thread const& thread) { return thread.resolved_at.has_value(); });
    out << "<div class=\"g-exchanges\"><p class=\"g-muted\">"_h << locale.text(deleted ? "comments.lead_deleted" : view.may_write ? "comments.lead" : "comments.lead_reader") << "</p>"_h;
    if (view.threads.empty()) {
        out << "<div class=\"g-empty\">"_h;
        web::icon(out, "message");
        out << "<h2>"_h << locale.text("comments.none") << "</h2><p>"_h << locale.text(view.may_write ? "comments.none_lead" : "comments.none_lead_reader") << "</p></div>"_h;
    }
    for (auto const& thread : std::span{view.threads.begin(), settled}) write_thread(out, view, thread);
    if (view.may_write) {
        out << "<section class=\"g-panel g-thread\" aria-labelledby=\"new-t\"><div class=\"g-panel-head\"><h2 id=\"new-t\">"_h << locale.text("comments.new") << "</h2></div><div class=\"g-panel-body\">"_h;
        write_form(out, view, nullptr);
        out << "</div></section>"_h;
    }
    write_settled(out, view, std::span{settled, view.threads.end()});
    out << "</div>"_h;
}

struct Loaded {
    Register const* kind;
    Stored stored;
    std::string here;
};

Result<Loaded> load(PageServices const& services, Context& context, web::Request const& request)
{
    auto const* kind = TRY(register_of(services, context, request));
    auto stored = TRY(store(services, context).find(*kind, TRY(id_of(request)), true));
    auto here = address(context, *kind, stored.head.id, "/comments");
    return Loaded{kind, std::move(stored), std::move(here)};
}

Result<CommentId> comment_of(web::Request const& request)
{
    auto const id = CommentId::parse(request.param("comment"));
    if (!id) return Error::not_found();
    return *id;
}

Comments exchanges(PageServices const& services, Context const& context) { return {services.machinery.database, context.where().id, context.who().sight}; }

Response comments_page(PageServices const& services, Context& context, Loaded const& loaded, TypedComment typed, int status)
{
    auto const all = exchanges(services, context);
    bool const deleted = loaded.stored.head.deleted_at.has_value();
    bool const may_write = !deleted && can(context, web::Permission::WriteRecords);
    begin(context, *loaded.kind, context.locale.text("record.tab_comments") + context.locale.text("punctuation.colon") + loaded.stored.head.title);
    context.frame.refused = !typed.errors.empty();
    ExchangesView const view{context, services, loaded.here, may_write, may_write ? all.readers() : std::vector<Reader>{}, all.threads(loaded.stored.head.id), std::move(typed)};
    Html out;
    record_head(out, context, services, *loaded.kind, loaded.stored, Tab::Comments, counts_of(*loaded.kind, loaded.stored, store(services, context)));
    write_exchanges(out, view, deleted);
    return Response::html(web::page(context.frame, out), status);
}

Result<Response> show_comments(PageServices const& services, Context& context, web::Request const& request)
{
    return comments_page(services, context, TRY(load(services, context, request)), {}, 200);
}

Response back_to(Loaded const& loaded, std::string_view act, CommentId id)
{
    return Response::redirect(loaded.here + "?done=" + std::string{act} + "#c-" + id.text());
}

Result<Response> add_comment(PageServices const& services, Context& context, web::Request const& request)
{
    auto const loaded = TRY(load(services, context, request));
    TypedComment typed{request.form.get("body"), request.form.get("mention"), {}, {}};
    if (auto const thread = request.form.get("thread"); !thread.empty()) {
        typed.thread = CommentId::parse(thread);
        if (!typed.thread) return Error::not_found();
    }
    NewComment wanted{typed.body, typed.thread, {}};
    if (auto const person = PersonId::parse(typed.mention)) wanted.mentioned.push_back(*person);
    auto added = exchanges(services, context).add(*loaded.kind, loaded.stored.head.id, std::move(wanted), context.who(), context.now);
    if (added.ok()) return back_to(loaded, "commented", added->id);
    if (added.error().kind != ErrorKind::Invalid) return added.error();
    typed.errors = added.error().fields;
    return comments_page(services, context, loaded, std::move(typed), 422);
}

Response edit_page(PageServices const& services, Context& context, Loaded const& loaded, CommentId id, TypedComment const& typed, int status)
{
    auto const& locale = context.locale;
    begin(context, *loaded.kind, locale.text("comments.edit_title") + locale.text("punctuation.colon") + loaded.stored.head.title);
    context.frame.crumbs.push_back({loaded.stored.head.reference + " " + loaded.stored.head.title, address(context, *loaded.kind, loaded.stored.head.id)});
    context.frame.refused = !typed.errors.empty();
    ExchangesView const view{context, services, loaded.here, true, exchanges(services, context).readers(), {}, {}};
    Html out;
    web::page_top(out, context.frame);
    out << "<form class=\"g-confirm g-confirm--plain\" method=\"post\""_h;
    out.url("action"_h, loaded.here + "/" + id.text()).attr("data-guard"_h, loaded.here + "/" + id.text());
    out << "><h1>"_h << locale.text("comments.edit_title") << "</h1><p><span class=\"g-ref\">"_h << loaded.stored.head.reference << "</span> "_h << loaded.stored.head.title << "</p>"_h;
    web::csrf_field(out, context.frame);
    write_field(out, view, "comment", locale.text("comments.new_label"), typed);
    write_names(out, view, "comment-call", typed.mention);
    out << "<div class=\"g-confirm-foot\"><button class=\"btn btn-primary\" type=\"submit\">"_h << locale.text("comments.save") << "</button><a class=\"btn btn-outline\""_h;
    out.url("href"_h, loaded.here + "#c-" + id.text());
    out << ">"_h << locale.text("act.cancel") << "</a></div></form>"_h;
    return Response::html(web::page(context.frame, out), status);
}

Result<Response> ask_edit(PageServices const& services, Context& context, web::Request const& request)
{
    auto const loaded = TRY(load(services, context, request));
    auto const comment = TRY(exchanges(services, context).find(loaded.stored.head.id, TRY(comment_of(request))));
    if (!Comments::may_edit(comment, context.who())) return Error::forbidden("comment_not_yours");
    return edit_page(services, context, loaded, comment.id, {comment.body, {}, {}, {}}, 200);
}

Result<Response> edit_comment(PageServices const& services, Context& context, web::Request const& request)
{
    auto const loaded = TRY(load(services, context, request));
    auto const id = TRY(comment_of(request));
    TypedComment typed{request.form.get("body"), request.form.get("mention"), {}, {}};
    EditedComment wanted{typed.body};
    if (auto const person = PersonId::parse(typed.mention)) wanted.mentioned.push_back(*person);
    auto edited = exchanges(services, context).edit(*loaded.kind, loaded.stored.head.id, id, std::move(wanted), context.who(), context.now);
    if (edited.ok()) return back_to(loaded, "comment_edited", id);
    if (edited.error().kind != ErrorKind::Invalid) return edited.error();
    typed.errors = edited.error().fields;
    return edit_page(services, context, loaded, id, typed, 422);
}

Result<Response> ask_delete_comment(PageServices const& services, Context& context, web::Request const& request)
{
    auto const loaded = TRY(load(services, context, request));
    auto const comment = TRY(exchanges(services, context).find(loaded.stored.head.id, TRY(comment_of(request))));
    if (!Comments::may_remove(comment, context.who())) return Error::forbidden("comment_not_yours");
    auto const& locale = context.locale;
    begin(context, *loaded.kind, locale.text("comments.delete_title") + locale.text("punctuation.colon") + loaded.stored.head.title);
    context.frame.crumbs.push_back({loaded.stored.head.reference + " " + loaded.stored.head.title, address(context, *loaded.kind, loaded.stored.head.id)});
    Html out;
    web::page_top(out, context.frame);
    out << "<form class=\"g-confirm\" method=\"post\""_h;
    out.url("action"_h, loaded.here + "/" + comment.id.text() + "/delete");
    out << "><h1>"_h << locale.text("comments.delete_title") << "</h1><p>"_h << locale.text("comments.delete_lead") << "</p><blockquote class=\"g-comment-body\">"_h;
    write_words(out, comment);
    out << "</blockquote>"_h;
    web::csrf_field(out, context.frame);
    out << "<div class=\"g-confirm-foot\"><button class=\"btn btn-danger\" type=\"submit\">"_h << locale.text("comments.take_back") << "</button><a class=\"btn btn-outline\""_h;
    out.url("href"_h, loaded.here + "#c-" + comment.id.text());
    out << ">"_h << locale.text("act.cancel") << "</a></div></form>"_h;
    return Response::html(web::page(context.frame, out));
}

Result<Response> delete_comment(PageServices const& services, Context& context, web::Request const& request)
{
    auto const loaded = TRY(load(services, context, request));
    (void)TRY(exchanges(services, context).remove(loaded.stored.head.id, TRY(comment_of(request)), context.who(), context.now));
    return Response::redirect(loaded.here + "?done=comment_deleted");
}

Result<Response> resolve_thread(PageServices const& services, Context& context, web::Request const& request)
{
    auto const loaded = TRY(load(services, context, request));
    bool const resolved = request.form.get("resolved", "yes") != "no";
    (void)TRY(exchanges(services, context).resolve(loaded.stored.head.id, TRY(comment_of(request)), resolved, context.who(), context.now));
    return Response::redirect(loaded.here + "?done=" + (resolved ? "resolved" : "reopened"));
}

}  // namespace

std::vector<accounts::Route> comment_routes(PageServices const& services)
{
    using web::Method;
    using web::Permission;
    auto route = [&services](auto handler) { return [&services, handler](Context& context, web::Request const& request) { return handler(services, context, request); }; };
    std::string const all = "/o/{organisation}/{register}/{id}/comments", one = all + "/{comment}";
    return {
        {Method::Get, all, Permission::ReadRecords, route(show_comments)},
        {Method::Post, all, Permission::WriteRecords, route(add_comment)},
        {Method::Get, one + "/edit", Permission::WriteRecords, route(ask_edit)},
        {Method::Post, one, Permission::WriteRecords, route(edit_comment)},
        {Method::Get, one + "/delete", Permission::WriteRecords, route(ask_delete_comment)},
        {Method::Post, one + "/delete", Permission::WriteRecords, route(delete_comment)},
        {Method::Post, one + "/resolve", Permission::WriteRecords, route(resolve_thread)},
    };
}

}  // namespace greffier::records::pages
