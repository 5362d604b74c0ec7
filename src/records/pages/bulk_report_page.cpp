// A bulk act once confirmed: how far it is, what it did and what it did not, the way back.
#include <algorithm>

#include "records/find_many.hpp"
#include "records/pages/bulk_page.hpp"
#include "records/pages/controls.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::records::pages {

using namespace web::literals;
using web::Html;
using web::Response;

namespace {

constexpr int most_refused = 500, most_done = 50;

using Heads = std::map<RecordId, PlacedHead>;

void write_record(Html& out, BulkPage const& page, Registers const& registers, Heads const& heads, ActStep const& step)
{
    auto const* kind = registers.find(step.register_slug);
    auto const placed = heads.find(step.record);
    if (!kind || placed == heads.end() || placed->second.register_slug != kind->slug) {
        out << page.locale().text("bulk.record_gone");
        return;
    }
    auto const& head = placed->second.head;
    if (head.deleted_at) out << head.title;
    else {
        out << "<a class=\"g-title\""_h;
        out.url("href"_h, address(page.context, *kind, head.id));
        out << ">"_h << head.title << "</a>"_h;
    }
    out << "<br><span class=\"g-ref\">"_h << head.reference << "</span>"_h;
}

Heads heads_of_steps(BulkPage const& page, std::vector<ActStep> const& steps)
{
    std::vector<RecordId> ids;
    for (auto const& step : steps) ids.push_back(step.record);
    return heads_of(Records(page.services.machinery, page.context.where().id, page.context.who().sight), ids, Deleted::Too);
}

template <class Words>
void write_steps(Html& out, BulkPage const& page, std::string const& id, std::string const& title, std::vector<ActStep> const& steps, Words const& words)
{
    if (steps.empty()) return;
    auto const& locale = page.locale();
    auto const registers = known_registers(page.services.machinery, page.context.where().id);
    auto const heads = heads_of_steps(page, steps);
    out << "<h2 class=\"mt-4 mb-2\""_h;
    out.attr("id"_h, id);
    out << ">"_h << title << "</h2><div class=\"g-tablewrap\" tabindex=\"0\" role=\"region\""_h;
    out.attr("aria-labelledby"_h, id);
    out << "><table class=\"g-table g-table--cards\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\"><th role=\"columnheader\" scope=\"col\">"_h
        << locale.text("bulk.record") << "</th><th role=\"columnheader\" scope=\"col\">"_h << locale.text("bulk.outcome") << "</th></tr></thead><tbody role=\"rowgroup\">"_h;
    for (auto const& step : steps) {
        out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">"_h;
        write_record(out, page, *registers, heads, step);
        out << "</th><td role=\"cell\""_h;
        out.attr("data-label"_h, locale.text("bulk.outcome"));
        out << "><div>"_h << words(step) << "</div></td></tr>"_h;
    }
    out << "</tbody></table></div>"_h;
}

std::string who_and_when(BulkPage const& page)
{
    return page.locale().text("bulk.by_and_when", {{"name", page.services.actor_name(page.context.where().id, page.act.actor, page.locale())}, {"instant", page.locale().instant(page.act.created_at)}});
}

void write_head(Html& out, BulkPage& page, Html const& actions)
{
    auto const title = act_title(page.act.kind, page.locale());
    bulk_crumbs(page, title);
    web::page_head(out, page.context.frame, title, who_and_when(page), actions);
    if (auto const words = wish_words(page.kind, page.act, page.locale()); !words.empty()) out << "<p>"_h << words << "</p>"_h;
}

void write_back(Html& out, BulkPage const& page)
{
    out << "<a class=\"btn btn-outline\""_h;
    out.url("href"_h, address(page.context, page.kind));
    out << ">"_h << page.locale().text("bulk.back_to_list") << "</a>"_h;
}

void write_undone(Html& out, BulkPage const& page)
{
    auto const& locale = page.locale();
    out << "<section class=\"g-alert g-alert--info\">"_h;
    web::icon(out, "arrow-back-up");
    out << "<div class=\"g-alert-text\"><h2>"_h << locale.text("bulk.undone") << "</h2><p>"_h
        << locale.text("bulk.undone_by", {{"name", page.services.actor_name(page.context.where().id, page.act.undone_by, locale)}, {"instant", locale.instant(*page.act.undone_at)}})
        << " "_h << locale.plural("bulk.undone_count", page.act.undone);
    if (page.act.not_undone > 0) out << " "_h << locale.plural("bulk.not_undone_count", page.act.not_undone);
    out << "</p></div></section>"_h;
    std::vector<ActStep> kept;
    for (auto& step : page.bulk().acts().steps(page.act.id, "done"))
        if (step.undo_outcome == "refused" && kept.size() < static_cast<std::size_t>(most_refused)) kept.push_back(std::move(step));
    write_steps(out, page, "kept", locale.text("bulk.not_undone"), kept, [&](ActStep const& step) { return refusal_words(step.undo_code, {}, locale); });
}

}  // namespace

void write_count(Html& out, Locale const& locale, std::string const& key, std::int64_t count, bool bad)
{
    if (bad) out << "<div class=\"bad\">"_h;
    else out << "<div>"_h;
    out << "<dt>"_h << locale.plural(key, count) << "</dt><dd>"_h << locale.number(count) << "</dd></div>"_h;
}

std::string act_title(std::string_view kind, Locale const& locale) { return locale.text("bulk.kind." + std::string{kind}); }

std::string refusal_words(std::string const& code, Arguments const& arguments, Locale const& locale)
{
    // The sentence for many says no figures of one record; the plain one is there for the others.
    if (auto words = locale.find("bulk.refused." + code)) return *words;
    return locale.text("error." + code, arguments);
}

std::string wish_words(Register const& kind, Act const& act, Locale const& locale)
{
    if (act.kind == "import") return imported_file(act);
    if (act.request == "{}") return {};
    auto const wish = parse_wish(kind, act.request);
    std::string words;
    if (act.kind == "status" && !wish.status.empty()) words = locale.text("bulk.to_status", {{"status", locale.text("status." + wish.status)}});
    if (auto const* field = act.kind == "edit" ? kind.schema->find(wish.field) : nullptr)
        words = locale.text("bulk.to_value." + std::string{code_of(wish.how)}, {{"field", schema::short_label(*kind.schema, *field, locale)}, {"value", schema::show(*field, wish.value, locale)}});
    if (act.kind == "review" && wish.next_review) words = locale.text("bulk.to_review", {{"date", locale.date(*wish.next_review)}});
    if (!wish.reason.empty()) words += (words.empty() ? "" : " ") + locale.text("bulk.with_reason", {{"reason", wish.reason}});
    return words;
}

void bulk_crumbs(BulkPage& page, std::string title)
{
    begin(page.context, page.kind, std::move(title));
    // These pages stand under /bulk-acts: the register they came from stays lit in the navigation.
    auto const list = page.context.address("/" + std::string{page.kind.slug});
    for (auto& section : page.context.frame.navigation)
        for (auto& item : section.items) item.current = item.current || item.href == list;
    if (page.act.state != ActState::Prepared) page.context.frame.crumbs.push_back({page.locale().text("bulk.acts"), page.context.address("/bulk-acts")});
}

Response progress_page(BulkPage& page)
{
    auto const& locale = page.locale();
    bool const back = page.act.state == ActState::Undoing;
    auto const total = back ? page.act.done : page.act.asked;
    auto const done = back ? page.act.undone + page.act.not_undone : std::max<std::int64_t>(0, page.act.asked - static_cast<std::int64_t>(page.bulk().acts().to_do(page.act.id)));
    Html out;
    write_head(out, page, Html{});
    out << "<section class=\"g-panel g-pad\" data-progress><h2>"_h << locale.text(back ? "bulk.going_back" : "bulk.under_way") << "</h2><p><progress"_h;
    out.attr("max"_h, total).attr("value"_h, done).attr("aria-label"_h, locale.text("bulk.progress"));
    out << "></progress></p><p role=\"status\">"_h << locale.text("bulk.so_far", {{"done", locale.number(done)}, {"total", locale.number(total)}}) << "</p><p>"_h
        << locale.text("bulk.may_leave") << "</p><p class=\"g-confirm-foot\"><a class=\"btn btn-outline\""_h;
    out.url("href"_h, page.here());
    out << ">"_h << locale.text("bulk.look_again") << "</a></p>"_h;
    if (!back && page.act.actor == page.context.who().id) {
        out << "<form method=\"post\""_h;
        out.url("action"_h, page.here() + "/cancel");
        out << ">"_h;
        web::csrf_field(out, page.context.frame);
        out << "<button class=\"btn btn-danger-outline\" type=\"submit\">"_h << locale.text("bulk.stop") << "</button></form>"_h;
    }
    out << "</section>"_h;
    return Response::html(web::page(page.context.frame, out));
}

Response report_page(BulkPage& page)
{
    auto const& locale = page.locale();
    auto const& act = page.act;
    Html out, actions;
    write_back(actions, page);
    if (can(page.context, web::Permission::WriteRecords) && Acts::why_not_undone(act, page.context.who(), page.context.now).empty()) {
        actions << "<a class=\"btn btn-outline\""_h;
        actions.url("href"_h, page.here() + "/undo");
        actions << ">"_h;
        web::icon(actions, "arrow-back-up");
        actions << " "_h << locale.text("bulk.undo") << "</a>"_h;
    }
    write_head(out, page, actions);
    if (act.state == ActState::Cancelled) out << "<p><strong>"_h << locale.text("bulk.stopped") << "</strong></p>"_h;
    if (act.state == ActState::Undone) write_undone(out, page);
    auto const same = page.bulk().acts().steps(act.id, "same").size();
    out << "<dl class=\"g-report-sum\">"_h;
    write_count(out, locale, "bulk.count.done", act.done);
    if (same > 0) write_count(out, locale, "bulk.count.same", static_cast<std::int64_t>(same));
    if (act.refused > 0) write_count(out, locale, "bulk.count.refused", act.refused, true);
    out << "</dl>"_h;
    write_steps(out, page, "refused", locale.text("bulk.refused"), page.bulk().acts().steps(act.id, "refused", most_refused),
                [&](ActStep const& step) { return refusal_words(step.code, step.arguments, locale); });
    write_steps(out, page, "done", locale.text("bulk.done"), page.bulk().acts().steps(act.id, "done", most_done), [&](ActStep const& step) {
        return step.before == 0 ? locale.text("bulk.created") : locale.text("bulk.versions", {{"before", std::to_string(step.before)}, {"after", std::to_string(step.after)}});
    });
    if (act.done > most_done) out << "<p class=\"g-muted\">"_h << locale.plural("bulk.and_others", act.done - most_done) << "</p>"_h;
    return Response::html(web::page(page.context.frame, out));
}

Response undo_page(BulkPage& page)
{
    auto const& locale = page.locale();
    bool const import = page.act.kind == "import";
    auto const title = locale.text(import ? "import.undo" : "bulk.undo");
    bulk_crumbs(page, title);
    page.context.frame.crumbs.push_back({act_title(page.act.kind, locale), page.here()});
    Html out;
    web::page_top(out, page.context.frame);
    out << "<form class=\"g-confirm\" method=\"post\""_h;
    out.url("action"_h, page.here() + "/undo");
    out << "><h1>"_h << title << "</h1><p>"_h << (import ? imported_file(page.act) : act_title(page.act.kind, locale)) << locale.text("punctuation.colon") << who_and_when(page) << "</p><p>"_h
        << locale.plural(import ? "import.undo.lead" : "bulk.undo_lead", page.act.done) << "</p>"_h;
    web::csrf_field(out, page.context.frame);
    out << "<div class=\"g-confirm-foot\"><button class=\"btn btn-danger\" type=\"submit\">"_h << locale.plural("bulk.undo_button", page.act.done) << "</button><a class=\"btn btn-outline\""_h;
    out.url("href"_h, page.here());
    out << ">"_h << locale.text("bulk.undo_not") << "</a></div></form>"_h;   // « Annuler » beside « Annuler pour 4 fiches » would say neither
    return Response::html(web::page(page.context.frame, out));
}

}  // namespace greffier::records::pages
