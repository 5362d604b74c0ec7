// Drafts: kept by the form's script or its button, taken up again, listed, forgotten.
#include "records/drafts.hpp"

#include "core/json_writer.hpp"
#include "core/text.hpp"
#include "records/pages/meeting.hpp"
#include "web/frame.hpp"
#include "web/problem.hpp"

namespace greffier::records::pages {

using namespace web::literals;
using schema::Row;
using web::Html;
using web::Response;

namespace {

/// What the page needs of itself when it comes back; buttons and the anti-forgery token do not.
bool is_kept(std::string_view name)
{
    if (!name.starts_with('_')) return name != "csrf";
    return name == "_version" || name == "_base" || name == "_copy_of" || name == "_model" || name == "_edits" || name.starts_with("_choice.") || name.starts_with("_edit.");
}

std::string title_of(Register const& kind, web::Pairs const& form, std::optional<Stored> const& stored)
{
    auto typed = squeeze(form.get(kind.title_field));
    return typed.empty() && stored ? stored->head.title : typed;
}

struct Target {
    Register const* kind;
    std::optional<Stored> stored;        ///< absent for a new record
};

/// Of a path with or without {id}; a register of one record has no new one.
Result<Target> target_of(PageServices const& services, Context& context, web::Request const& request)
{
    Target target{TRY(register_of(services, context, request)), {}};
    if (request.params.contains("id")) target.stored = TRY(store(services, context).find(*target.kind, TRY(id_of(request)), true));
    else if (target.kind->single) return Error::not_found();
    return target;
}

FormPage page_of(PageServices const& services, Context& context, Target const& target)
{
    FormPage page{context, services, *target.kind, Row(*target.kind->schema), {}, ""};
    if (target.stored) {
        page.head = target.stored->head;
        page.row = target.stored->row;
        page.reference = target.stored->head.reference;
    }
    return page;
}

Response kept_answer(Context const& context, Draft const& draft)
{
    JsonWriter out;
    out.begin_object().member("saved_at", to_text(draft.saved_at)).member("message", context.locale.text("draft.saved", {{"when", context.locale.instant(draft.saved_at)}})).end_object();
    auto answer = Response::json(std::move(out).take());
    answer.header("Cache-Control", "no-store");
    return answer;
}

Result<Response> keep_draft(PageServices const& services, Context& context, web::Request const& request)
{
    auto const target = TRY(target_of(services, context, request));
    auto const draft = draft_of(*target.kind, request.form, target.stored, context.now);
    auto const kept = drafts_of(services, context).keep(draft);
    auto page = page_of(services, context, target);
    if (kept.ok() && request.wants_json()) return kept_answer(context, draft);
    if (kept.ok()) return Response::redirect(form_address(page) + "?draft=resume");
    if (request.wants_json()) return kept.error();
    // The form comes back with all that was typed, and says why there is no draft of it.
    page.not_kept = kept.error();
    auto answer = TRY(resume_draft(page, draft, store(services, context), target.stored));
    answer.status = web::status_of(kept.error().kind);
    return answer;
}

Result<Response> discard_draft(PageServices const& services, Context& context, web::Request const& request)
{
    auto const target = TRY(target_of(services, context, request));
    std::optional<RecordId> record;
    if (target.stored) record = target.stored->head.id;
    drafts_of(services, context).discard(target.kind->slug, record);
    return done(request.form.get("back") == "list" ? context.address("/drafts") : form_address(page_of(services, context, target)), "draft_discarded");
}

// ---- the list ---------------------------------------------------------------------------------------------

struct Listing {
    Context& context;
    Locale const& locale;
    Register const& kind;
    DraftLine const& line;
    [[nodiscard]] std::string address_of() const { return line.draft.record ? address(context, kind, *line.draft.record) : address(context, kind); }
    [[nodiscard]] std::string title() const { return line.draft.title.empty() ? locale.text("draft.untitled") : line.draft.title; }
};

void write_cell(Html& out, std::string const& label, std::string_view words)
{
    out << "<td role=\"cell\""_h;
    out.attr("data-label"_h, label);
    out << "><div>"_h << words << "</div></td>"_h;
}

void write_line(Html& out, Listing const& listing)
{
    auto const& locale = listing.locale;
    auto const& line = listing.line;
    out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">"_h;
    if (line.in_bin) {
        out << listing.title();
    } else {
        out << "<a class=\"g-title\""_h;
        out.url("href"_h, listing.address_of() + (line.draft.record ? "/edit" : "/new") + "?draft=resume");
        out << ">"_h << listing.title() << "</a>"_h;
    }
    out << "</th>"_h;
    write_cell(out, locale.text("draft.of"), line.draft.record ? line.reference : locale.text("register." + std::string{listing.kind.slug} + ".new"));
    write_cell(out, locale.text("draft.saved_at"), locale.instant(line.draft.saved_at));
    write_cell(out, locale.text("draft.since"), line.in_bin ? locale.text("draft.in_bin") : line.changed_since() ? locale.text("draft.changed_since") : "");
    out << "<td role=\"cell\"><div><form method=\"post\""_h;
    out.url("action"_h, listing.address_of() + "/draft/discard");
    out << ">"_h;
    web::csrf_field(out, listing.context.frame);
    out << "<input type=\"hidden\" name=\"back\" value=\"list\"><button class=\"btn btn-outline btn-sm\" type=\"submit\">"_h;
    web::icon(out, "trash");
    out << " "_h << locale.text("draft.discard") << "<span class=\"g-hidden\"> "_h << listing.title() << "</span></button></form></div></td></tr>"_h;
}

Result<Response> show_drafts(PageServices const& services, Context& context, web::Request const&)
{
    auto const& locale = context.locale;
    auto const lines = drafts_of(services, context).all();
    context.frame.title = locale.text("draft.list_title");
    context.frame.crumbs = {{locale.text("nav.dashboard"), context.address("")}};
    Html out;
    web::page_head(out, context.frame, locale.text("draft.list_title"), locale.text("draft.list_lead", {{"days", std::to_string(Drafts::kept_for.count())}}), {});
    if (lines.empty()) {
        out << "<p>"_h << locale.text("draft.none") << "</p>"_h;
        return Response::html(web::page(context.frame, out));
    }
    out << "<div class=\"g-tablewrap\" tabindex=\"0\" role=\"region\""_h;
    out.attr("aria-label"_h, locale.text("draft.list_title"));
    out << "><table class=\"g-table g-table--cards\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    for (auto const* key : {"column.title", "draft.of", "draft.saved_at", "draft.since", "draft.acts"})
        out << "<th role=\"columnheader\" scope=\"col\">"_h << locale.text(key) << "</th>"_h;
    out << "</tr></thead><tbody role=\"rowgroup\">"_h;
    for (auto const& line : lines)
        if (auto const* kind = services.machinery.registers.find(line.draft.register_slug)) write_line(out, {context, locale, *kind, line});
    out << "</tbody></table></div>"_h;
    return Response::html(web::page(context.frame, out));
}

}  // namespace

Draft draft_of(Register const& kind, web::Pairs const& form, std::optional<Stored> const& stored, Timestamp now)
{
    Draft draft;
    draft.register_slug = kind.slug;
    if (stored) {
        draft.record = stored->head.id;
        draft.version = sent_version(form);
        if (draft.version == 0) draft.version = stored->head.version;
    }
    draft.form = Uuid::parse(form.get("_form")).value_or(Uuid::make());
    draft.title = title_of(kind, form, stored);
    draft.saved_at = now;
    for (auto const& [name, value] : form)
        if (is_kept(name)) draft.fields.add(name, value);
    return draft;
}

Drafts drafts_of(PageServices const& services, Context const& context) { return {services.machinery.database, context.where().id, context.who().person.value_or(PersonId{}), context.who().sight, &services.machinery}; }

Result<Response> resume_draft(FormPage& page, Draft const& draft, Records const& records, std::optional<Stored> const& stored)
{
    take_marks(page, draft.fields);
    page.form = draft.form;
    page.sent = draft.fields;
    page.unsaved = page.not_kept.has_value();
    if (!page.not_kept) page.kept_at = draft.saved_at;
    if (!stored) {
        page.row = read_form(*page.kind.schema, draft.fields, Row(*page.kind.schema));
        page.reference = draft.fields.get("reference");
        return write_form_page(page, 200);
    }
    if (stored->head.deleted_at) return Error::not_found();
    if (page.kind.is_closed(stored->head.status)) return Error::conflict("closed_record");
    auto sent = read_sent(records, page.kind, *stored, draft.fields);
    page.row = sent.row;
    page.reference = sent.reference;
    page.head->version = sent.seen.version;
    bool const moved = sent.seen.version != stored->head.version;
    if (!sent.base) return moved ? write_meeting_page(page, meet(page.kind, sent.seen, side_of(*stored), sent.row, sent.reference), 200) : write_form_page(page, 200);
    auto meeting = meet(page.kind, *sent.base, sent.seen, sent.row, sent.reference);
    read_choices(meeting, draft.fields);
    if (!moved) return write_meeting_page(page, meeting, 200);
    // The record moved again: what was chosen is mine now, what was not is asked again against today's version.
    settle_choices(page.kind, meeting);
    return write_meeting_page(page, meet(page.kind, *sent.base, side_of(*stored), meeting.merged.row, meeting.reference), 200);
}

std::vector<accounts::Route> draft_routes(PageServices const& services)
{
    using web::Method;
    using web::Permission;
    auto route = [&services](auto handler) { return [&services, handler](Context& context, web::Request const& request) { return handler(services, context, request); }; };
    return {
        {Method::Get, "/o/{organisation}/drafts", Permission::WriteRecords, route(show_drafts)},
        {Method::Post, "/o/{organisation}/{register}/draft", Permission::WriteRecords, route(keep_draft)},
        {Method::Post, "/o/{organisation}/{register}/draft/discard", Permission::WriteRecords, route(discard_draft)},
        {Method::Post, "/o/{organisation}/{register}/{id}/draft", Permission::WriteRecords, route(keep_draft)},
        {Method::Post, "/o/{organisation}/{register}/{id}/draft/discard", Permission::WriteRecords, route(discard_draft)},
    };
}

}  // namespace greffier::records::pages
