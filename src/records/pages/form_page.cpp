// Writing a record: the form, its errors, the question about what was validated, and the page of a lost race.
#include <algorithm>

#include "records/pages/controls.hpp"
#include "records/pages/form.hpp"
#include "records/pages/form_aids.hpp"
#include "records/pages/shared.hpp"
#include "schema/check.hpp"
#include "schema/diff.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::records::pages {

using namespace web::literals;
using schema::Row;
using web::Html;
using web::Response;

namespace {

struct FormPage {
    Context& context;
    PageServices const& services;
    Register const& kind;
    Row row;
    std::optional<Head> head;                ///< absent for a new record
    std::string reference;                   ///< as typed
    std::vector<FieldError> errors = {};
    std::vector<Finding> findings = {};
    bool asks_about_validation = false;
    bool unsaved = false;
    std::optional<Stored> theirs = {};       ///< what somebody saved meanwhile
    web::Pairs sent = {};                    ///< the form as it came, for the searches in it
};

void write_reference(Html& out, FormPage const& page)
{
    if (page.kind.single) return;
    auto const& locale = page.context.locale;
    auto const error = std::ranges::find(page.errors, std::string_view{"reference"}, &FieldError::field);
    out << "<section class=\"g-section\"><div"_h;
    out.attr("class"_h, error == page.errors.end() ? "g-field" : "g-field g-field--err");
    out << "><label class=\"form-label\" for=\"reference\">"_h << locale.text("field.reference") << "</label><p class=\"g-hint\" id=\"reference-h\">"_h
        << locale.text(page.head ? "form.reference_hint" : "form.reference_new") << "</p>"_h;
    if (error != page.errors.end()) {
        out << "<p class=\"g-err\" id=\"reference-e\">"_h;
        web::icon(out, "alert-circle");
        out << "<span>"_h << locale.text("error." + error->code, error->arguments) << "</span></p>"_h;
    }
    out << "<input class=\"form-control w-auto\" id=\"reference\" name=\"reference\" maxlength=\"60\" autocomplete=\"off\""_h;
    out.attr("value"_h, page.reference).attr("aria-describedby"_h, error == page.errors.end() ? "reference-h" : "reference-e");
    if (error != page.errors.end()) out.attr("aria-invalid"_h, "true");
    out << "></div></section>"_h;
}

void write_question(Html& out, FormPage const& page)
{
    auto const& locale = page.context.locale;
    out << "<fieldset class=\"g-section g-field g-field--err\" id=\"changes_validated\" tabindex=\"-1\"><legend class=\"form-label\">"_h << locale.text("form.changes_validated") << "</legend><p class=\"g-hint\">"_h
        << locale.text("form.changes_validated_hint") << "</p>"_h;
    for (auto const& [code, key] : {std::pair{"yes", "form.changes_validated_yes"}, {"no", "form.changes_validated_no"}}) {
        out << "<div class=\"form-check\"><input class=\"form-check-input\" type=\"radio\" name=\"changes_validated\" required"_h;
        out.attr("id"_h, std::string{"cv-"} + code).attr("value"_h, code);
        out << "><label"_h;
        out.attr("for"_h, std::string{"cv-"} + code);
        out << ">"_h << locale.text(key) << "</label></div>"_h;
    }
    out << "</fieldset>"_h;
}

std::string side(schema::FieldInfo const& field, schema::Value const& value, schema::FieldInfo const* part, Locale const& locale)
{
    return schema::show(part ? *part : field, value, locale);
}

/// Both versions side by side; the form below holds what was typed, on top of the newer version's number.
void write_conflict(Html& out, FormPage const& page)
{
    auto const& locale = page.context.locale;
    auto const& head = page.theirs->head;
    auto const who = page.services.actor_name(page.context.where().id, head.updated_by, locale);
    out << "<section class=\"g-alert g-alert--warn\" role=\"alert\">"_h;
    web::icon(out, "git-merge");
    out << "<div class=\"g-alert-text\"><h2>"_h << locale.text("conflict.title", {{"who", who}}) << "</h2><p>"_h
        << locale.text("conflict.lead", {{"who", who}, {"when", locale.instant(head.updated_at)}, {"version", std::to_string(head.version)}}) << "</p></div></section>"_h;
    auto const records = store(page.services, page.context);
    auto in_words = [&](Row const& row) { return with_link_words(*page.kind.schema, row, link_words(records, *page.kind.schema, row)); };
    auto const changes = schema::diff(*page.kind.schema, in_words(page.theirs->row), in_words(page.row));
    if (changes.empty()) {
        out << "<p>"_h << locale.text("conflict.same") << "</p>"_h;
        return;
    }
    out << "<h2 class=\"mb-2\">"_h << locale.plural("conflict.differences", static_cast<std::int64_t>(changes.size())) << "</h2><div class=\"g-tablewrap mb-4\" tabindex=\"0\" role=\"region\""_h;
    out.attr("aria-label"_h, locale.text("conflict.table"));
    out << "><table class=\"g-table g-table--cards g-diff\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\"><th role=\"columnheader\" scope=\"col\">"_h << locale.text("history.field")
        << "</th><th role=\"columnheader\" scope=\"col\">"_h << who << "</th><th role=\"columnheader\" scope=\"col\">"_h << locale.text("conflict.yours") << "</th></tr></thead><tbody role=\"rowgroup\">"_h;
    for (auto const& change : changes) {
        out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">"_h << schema::short_label(*page.kind.schema, *change.field, locale);
        if (change.part) out << "<br><span class=\"g-muted g-xs\">"_h << schema::short_label(*change.field->rows, *change.part, locale) << "</span>"_h;
        out << "</th><td role=\"cell\" class=\"g-was\""_h;
        out.attr("data-label"_h, who);
        out << "><div>"_h;
        out.lines(side(*change.field, change.before, change.part, locale));
        out << "</div></td><td role=\"cell\" class=\"g-now\""_h;
        out.attr("data-label"_h, locale.text("conflict.yours"));
        out << "><div>"_h;
        out.lines(side(*change.field, change.after, change.part, locale));
        out << "</div></td></tr>"_h;
    }
    out << "</tbody></table></div><p>"_h << locale.text("conflict.what_next") << " <a"_h;
    out.url("href"_h, address(page.context, page.kind, head.id));
    out << ">"_h << locale.text("conflict.keep_theirs", {{"who", who}}) << "</a></p>"_h;
}

Response write_page(FormPage& page, int status)
{
    auto& context = page.context;
    auto const& locale = context.locale;
    auto const slug = "register." + std::string{page.kind.slug};
    auto const title = page.head ? locale.text("form.edit_title") : locale.text(slug + ".new");
    begin(context, page.kind, page.head ? title + locale.text("punctuation.colon") + page.head->title : title);
    if (page.head) context.frame.crumbs.push_back({page.head->title, address(context, page.kind, page.head->id)});
    context.frame.refused = !page.errors.empty();

    auto const aids = form_aids(store(page.services, context), page.kind, page.row, page.sent, locale, context.address(""));
    FormView const view{*page.kind.schema, page.row, locale, page.errors, page.findings, local_date(context.now, locale.zone()), &aids};
    Html out;
    web::page_head(out, context.frame, title, page.head ? page.head->reference + " " + page.head->title : locale.text("form.new_lead"), {});
    if (page.theirs) write_conflict(out, page);
    out << "<div class=\"g-form\">"_h;
    write_contents(out, view);
    out << "<form method=\"post\" novalidate"_h;
    out.url("action"_h, page.head ? address(context, page.kind, page.head->id) : address(context, page.kind));
    out.attr("data-guard"_h, std::string{page.kind.slug} + "/" + (page.head ? page.head->id.text() : context.where().slug + "/new"));
    out.flag("data-unsaved"_h, page.unsaved);
    out << "><button class=\"g-default\" type=\"submit\" tabindex=\"-1\" aria-hidden=\"true\"></button>"_h;
    web::csrf_field(out, context.frame);
    if (page.head) {
        out << "<input type=\"hidden\" name=\"_version\""_h;
        out.attr("value"_h, page.theirs ? page.theirs->head.version : page.head->version);
        out << ">"_h;
    }
    write_error_summary(out, view);
    if (page.asks_about_validation) write_question(out, page);
    write_reference(out, page);
    write_sections(out, view);
    out << "<div class=\"g-savebar\"><span class=\"g-where\"><span class=\"g-mark g-mark--s\" aria-hidden=\"true\">"_h << web::initials(context.where().name) << "</span><span>"_h
        << locale.text("form.writing_in") << " <strong>"_h << context.where().name << "</strong></span></span><span class=\"g-push\"><a class=\"btn btn-outline\""_h;
    out.url("href"_h, page.head ? address(context, page.kind, page.head->id) : address(context, page.kind));
    out << ">"_h << locale.text("act.cancel") << "</a><button class=\"btn btn-primary\" type=\"submit\">"_h << locale.text("act.save") << "</button></span></div></form></div>"_h;
    return Response::html(web::page(context.frame, out), status);
}

Result<Response> new_form(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    if (kind.single) return Error::not_found();
    FormPage page{context, services, kind, kind.blank ? kind.blank() : Row(*kind.schema), std::nullopt, ""};
    return write_page(page, 200);
}

Result<Response> edit_form(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const records = store(services, context);
    auto const stored = TRY(records.find(kind, TRY(id_of(request))));
    if (kind.is_closed(stored.head.status)) return Error::conflict("closed_record");
    FormPage page{context, services, kind, stored.row, stored.head, stored.head.reference, {}, records.findings(stored.head.id)};
    return write_page(page, 200);
}

/// What the user can mend in the form comes back in the form, with all that was typed.
Result<Response> refused(FormPage& page, Error const& error)
{
    page.unsaved = true;
    if (error.kind == ErrorKind::Invalid) {
        page.errors = error.fields;
        return write_page(page, 422);
    }
    if (error.code == "changes_validated_unanswered") {
        page.asks_about_validation = true;
        page.errors = {{"changes_validated", "changes_validated_unanswered", {{"status", page.context.locale.text("status." + page.head->status)}}}};
        return write_page(page, 409);
    }
    return error;
}

Result<Response> create(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    if (kind.single) return Error::not_found();
    FormPage page{context, services, kind, read_form(*kind.schema, request.form, Row(*kind.schema)), std::nullopt, request.form.get("reference")};
    page.sent = request.form;
    if (apply_row_button(*kind.schema, request.form, page.row) || asks_for_links(request.form)) {
        page.unsaved = true;
        return write_page(page, 200);
    }
    auto row = page.row;
    auto made = store(services, context).create(kind, {std::move(row), page.reference}, by(context));
    if (!made.ok()) return refused(page, made.error());
    return done(address(context, kind, made->head.id), "created");
}

Result<Response> update(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const records = store(services, context);
    auto const stored = TRY(records.find(kind, TRY(id_of(request))));
    auto const version = request.form.get("_version");
    FormPage page{context, services, kind, read_form(*kind.schema, request.form, stored.row), stored.head, request.form.get("reference", stored.head.reference), {},
                  records.findings(stored.head.id)};
    if (!version.empty() && version.size() < 12 && std::ranges::all_of(version, [](char c) { return c >= '0' && c <= '9'; })) page.head->version = std::stoll(version);
    page.sent = request.form;
    if (apply_row_button(*kind.schema, request.form, page.row) || asks_for_links(request.form)) {
        page.unsaved = true;
        return write_page(page, 200);
    }
    Edit edit{stored.head.id, page.head->version, page.row, kind.single ? std::nullopt : std::optional{page.reference}};
    if (auto const answer = request.form.get("changes_validated"); answer == "yes" || answer == "no") edit.changes_validated = answer == "yes";
    auto saved = records.update(kind, std::move(edit), by(context));
    if (saved.ok()) return done(address(context, kind, stored.head.id), saved->head.version == stored.head.version ? "unchanged" : "saved");
    if (saved.error().code == "stale") {
        page.theirs = TRY(records.find(kind, stored.head.id));
        page.unsaved = true;
        schema::normalise(*kind.schema, page.row);
        return write_page(page, 409);
    }
    return refused(page, saved.error());
}

}  // namespace

std::vector<accounts::Route> form_routes(PageServices const& services)
{
    using web::Method;
    using web::Permission;
    auto route = [&services](auto handler) { return [&services, handler](Context& context, web::Request const& request) { return handler(services, context, request); }; };
    return {
        {Method::Get, "/o/{organisation}/{register}/new", Permission::WriteRecords, route(new_form)},
        {Method::Post, "/o/{organisation}/{register}", Permission::WriteRecords, route(create)},
        {Method::Get, "/o/{organisation}/{register}/{id}/edit", Permission::WriteRecords, route(edit_form)},
        {Method::Post, "/o/{organisation}/{register}/{id}", Permission::WriteRecords, route(update)},
    };
}

}  // namespace greffier::records::pages
