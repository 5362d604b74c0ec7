// The page that holds a record's form: its errors, its question about what was validated, its draft.
#include "records/pages/form_page.hpp"

#include <algorithm>

#include "records/pages/controls.hpp"
#include "records/pages/form_aids.hpp"
#include "records/pages/form_fold.hpp"
#include "records/pages/model_marks.hpp"
#include "web/frame.hpp"

namespace greffier::records::pages {

using namespace web::literals;
using web::Html;
using web::Response;

namespace {

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

void write_offer(Html& out, FormPage const& page)
{
    auto const& locale = page.context.locale;
    out << "<section class=\"g-alert g-alert--info\" data-draft-offer aria-labelledby=\"draft-t\">"_h;
    web::icon(out, "device-floppy");
    out << "<div class=\"g-alert-text\"><h2 id=\"draft-t\">"_h << locale.text("draft.offer", {{"when", locale.instant(page.offered->saved_at)}}) << "</h2><p>"_h
        << locale.text(page.offered_is_older ? "draft.offer_changed" : "draft.offer_lead") << "</p></div><a class=\"btn btn-primary\""_h;
    out.url("href"_h, form_address(page) + "?draft=resume");
    out << ">"_h << locale.text("draft.resume") << "</a><form method=\"post\""_h;
    out.url("action"_h, draft_address(page) + "/discard");
    out << ">"_h;
    web::csrf_field(out, page.context.frame);
    out << "<button class=\"btn btn-outline\" type=\"submit\">"_h << locale.text("draft.discard") << "</button></form><a"_h;
    out.url("href"_h, page.context.address("/drafts"));
    out << ">"_h << locale.text("draft.list_title") << "</a></section>"_h;
}

void write_hidden(Html& out, web::Markup name, std::string const& value)
{
    out << "<input type=\"hidden\""_h;
    out.attr("name"_h, name.view()).attr("value"_h, value);
    out << ">"_h;
}

}  // namespace

void take_marks(FormPage& page, web::Pairs const& form)
{
    if (auto const name = Uuid::parse(form.get("_form"))) page.form = *name;
    if (auto const from = RecordId::parse(form.get("_copy_of"))) page.copy_of = from->text();
    if (form.has("_model") && !page.head) page.model = find_model(page.kind.slug, form.get("_model"), page.context.locale.language());
}

std::string form_address(FormPage const& page) { return page.head ? address(page.context, page.kind, page.head->id, "/edit") : address(page.context, page.kind) + "/new"; }
std::string save_address(FormPage const& page) { return page.head ? address(page.context, page.kind, page.head->id) : address(page.context, page.kind); }
std::string draft_address(FormPage const& page) { return save_address(page) + "/draft"; }

void begin_form_page(FormPage const& page, std::string const& title)
{
    auto& context = page.context;
    begin(context, page.kind, page.head ? title + context.locale.text("punctuation.colon") + page.head->title : title);
    if (page.head) context.frame.crumbs.push_back({page.head->reference + " " + page.head->title, save_address(page)});
}

void open_form(Html& out, FormPage const& page, std::int64_t version)
{
    auto const& context = page.context;
    out << "<form method=\"post\" novalidate"_h;
    out.url("action"_h, save_address(page));
    out.attr("data-guard"_h, std::string{page.kind.slug} + "/" + (page.head ? page.head->id.text() : context.where().slug + "/new"));
    out.url("data-draft"_h, draft_address(page));
    out.flag("data-unsaved"_h, page.unsaved);
    out.flag("data-kept"_h, page.kept_at.has_value());
    out << "><button class=\"g-default\" type=\"submit\" tabindex=\"-1\" aria-hidden=\"true\"></button>"_h;
    web::csrf_field(out, context.frame);
    write_hidden(out, "_form"_h, page.form.text());
    if (!page.copy_of.empty()) write_hidden(out, "_copy_of"_h, page.copy_of);
    if (page.model) write_hidden(out, "_model"_h, page.model->code);
    if (page.head) write_hidden(out, "_version"_h, std::to_string(version));
}

void write_reference(Html& out, FormPage const& page)
{
    if (page.kind.single) return;
    auto const& locale = page.context.locale;
    auto const error = std::ranges::find(page.errors, std::string_view{"reference"}, &FieldError::field);
    out << "<section class=\"g-section\"><div"_h;
    out.attr("class"_h, error == page.errors.end() ? "g-field" : "g-field g-field--err");
    out << "><label class=\"form-label\" for=\"reference\">"_h << locale.text("field.reference") << "</label><p class=\"g-hint\" id=\"reference-h\">"_h
        << (page.head ? locale.text("form.reference_hint") : locale.text("form.reference_new", {{"example", std::string{page.kind.prefix} + "-0012"}})) << "</p>"_h;
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

void close_form(Html& out, FormPage const& page, std::string const& save_words)
{
    auto const& context = page.context;
    auto const& locale = context.locale;
    out << "<div class=\"g-savebar\"><span class=\"g-where\"><span class=\"g-mark g-mark--s\" aria-hidden=\"true\">"_h << web::initials(context.where().name) << "</span><span>"_h
        << locale.text("form.writing_in") << " <strong>"_h << context.where().name << "</strong></span></span><span class=\"g-saved\" data-draft-state role=\"status\">"_h;
    if (page.kept_at) out << locale.text("draft.saved", {{"when", locale.instant(*page.kept_at)}});
    out << "</span><span class=\"g-push\"><a class=\"btn btn-quiet\""_h;
    out.url("href"_h, save_address(page));
    out << ">"_h << locale.text("act.cancel") << "</a><button class=\"btn btn-outline\" type=\"submit\" formnovalidate name=\"_keep\" value=\"stay\""_h;
    out.url("formaction"_h, draft_address(page));
    out << ">"_h << locale.text("draft.keep") << "</button><button class=\"btn btn-primary\" type=\"submit\">"_h << save_words << "</button></span></div></form>"_h;
}

void look_for_other_draft(FormPage& page)
{
    if (!page.unsaved || page.offered) return;
    std::optional<RecordId> record;
    if (page.head) record = page.head->id;
    auto draft = drafts_of(page.services, page.context).find(page.kind.slug, record);
    if (draft && draft->form != page.form) page.offered = std::move(draft);
}

void write_draft_notices(Html& out, FormPage const& page)
{
    auto const& locale = page.context.locale;
    if (page.not_kept) {
        out << "<section class=\"g-alert g-alert--warn\" role=\"alert\">"_h;
        web::icon(out, "alert-triangle");
        out << "<div class=\"g-alert-text\"><h2>"_h << locale.text("draft.not_kept") << "</h2><p>"_h << locale.text("error." + page.not_kept->code, page.not_kept->arguments) << "</p></div></section>"_h;
    }
    if (page.offered) write_offer(out, page);
}

Response write_form_page(FormPage& page, int status)
{
    auto& context = page.context;
    auto const& locale = context.locale;
    auto const title = locale.text(page.head ? "form.edit_title" : "register." + std::string{page.kind.slug} + ".new");
    begin_form_page(page, title);
    look_for_other_draft(page);
    context.frame.refused = !page.errors.empty();

    auto const aids = form_aids(store(page.services, context), page.kind, page.row, page.sent, locale, context.address(""));
    FormView const view{*page.kind.schema, page.row, locale, page.errors, page.findings, local_date(context.now, locale.zone()), &aids, !page.kind.single, opens_all(page.sent), page.model};
    Html out;
    web::page_head(out, context.frame, title, page.head ? page.head->reference + " " + page.head->title : locale.text("form.new_lead"), {});
    write_draft_notices(out, page);
    if (page.model) write_model_notice(out, *page.kind.schema, *page.model, locale);
    out << "<div class=\"g-form\">"_h;
    write_contents(out, view);
    open_form(out, page, page.head ? page.head->version : 0);
    write_error_summary(out, view);
    if (page.asks_about_validation) write_question(out, page);
    write_reference(out, page);
    write_sections(out, view);
    close_form(out, page, locale.text("act.save"));
    out << "</div>"_h;
    return Response::html(web::page(context.frame, out), status);
}

}  // namespace greffier::records::pages
