// A bulk act before it is done: what is asked, what would become of each record, and the confirmation.
#include <algorithm>

#include "core/text.hpp"
#include "records/pages/bulk_page.hpp"
#include "records/pages/controls.hpp"
#include "records/pages/form.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::records::pages {

using namespace web::literals;
using web::Html;
using web::Response;

namespace {

FieldError const* problem(BulkTyped const& typed, std::string_view field)
{
    auto const found = std::ranges::find_if(typed.errors, [&](auto const& error) { return error.field == field || error.field.starts_with(std::string{field} + "["); });
    return found == typed.errors.end() ? nullptr : &*found;
}

void write_problem(Html& out, FieldError const* error, std::string const& id, Locale const& locale)
{
    if (!error) return;
    out << "<p class=\"g-err\""_h;
    out.attr("id"_h, id + "-e");
    out << ">"_h;
    web::icon(out, "alert-circle");
    out << "<span>"_h << locale.text("error." + error->code, error->arguments) << "</span></p>"_h;
}

void begin_field(Html& out, BulkTyped const& typed, std::string const& name, std::string const& words, std::string const& hint, Locale const& locale)
{
    auto const* error = problem(typed, name);
    out << "<div"_h;
    out.attr("class"_h, error ? "g-field g-field--err" : "g-field");
    out << "><label class=\"form-label\""_h;
    out.attr("for"_h, name);
    out << ">"_h << words << "</label>"_h;
    if (!hint.empty()) out << "<p class=\"g-hint\">"_h << hint << "</p>"_h;
    write_problem(out, error, name, locale);
}

void write_input(Html& out, BulkTyped const& typed, char const* name, std::string const& words, std::string const& hint, std::string const& value, char const* type, Locale const& locale)
{
    begin_field(out, typed, name, words, hint, locale);
    if (std::string_view{type} == "textarea") {
        out << "<textarea class=\"form-control\" rows=\"2\" maxlength=\"2000\""_h;
        out.attr("id"_h, name).attr("name"_h, name);
        out << ">\n"_h << value << "</textarea>"_h;
    } else {
        out << "<input"_h;
        out.attr("class"_h, std::string_view{type} == "date" ? "form-control w-auto" : "form-control").attr("type"_h, type).attr("id"_h, name).attr("name"_h, name).attr("value"_h, value);
        if (problem(typed, name)) out.attr("aria-invalid"_h, "true").attr("aria-describedby"_h, std::string{name} + "-e");
        out << ">"_h;
    }
    out << "</div>"_h;
}

void write_radio(Html& out, std::string const& name, std::string const& value, std::string const& words, bool checked)
{
    auto const id = name + "-" + value;
    out << "<div class=\"form-check\"><input class=\"form-check-input\" type=\"radio\""_h;
    out.attr("id"_h, id).attr("name"_h, name).attr("value"_h, value).flag("checked"_h, checked);
    out << "><label"_h;
    out.attr("for"_h, id);
    out << ">"_h << words << "</label></div>"_h;
}

void begin_choice(Html& out, BulkTyped const& typed, std::string const& name, std::string const& words, Locale const& locale)
{
    auto const* error = problem(typed, name);
    out << "<fieldset"_h;
    out.attr("class"_h, error ? "g-field g-field--err" : "g-field").attr("id"_h, name).attr("tabindex"_h, "-1");
    out << "><legend class=\"form-label\">"_h << words << "</legend>"_h;
    write_problem(out, error, name, locale);
}

// ---- what is asked ----------------------------------------------------------------------------------------

void begin_ask(Html& out, BulkPage const& page)
{
    out << "<form class=\"g-panel g-pad\" method=\"post\" novalidate"_h;
    out.url("action"_h, page.here());
    out << ">"_h;
    web::csrf_field(out, page.context.frame);
}

void end_ask(Html& out, BulkPage const& page)
{
    out << "<p class=\"g-confirm-foot\"><button class=\"btn btn-primary\" type=\"submit\" name=\"op\" value=\"ask\">"_h << page.locale().text("bulk.look") << "</button></p></form>"_h;
}

void write_status_form(Html& out, BulkPage const& page, BulkTyped const& typed)
{
    auto const& locale = page.locale();
    begin_ask(out, page);
    begin_choice(out, typed, "status", locale.text("bulk.new_status"), locale);
    for (auto status : page.kind.statuses) {
        bool const reachable = std::ranges::any_of(page.kind.transitions, [&](auto const& step) { return step.to == status && can(page.context, step.permission); });
        if (reachable) write_radio(out, "status", std::string{status}, locale.text("status." + std::string{status}), typed.wish.status == status);
    }
    out << "</fieldset>"_h;
    write_input(out, typed, "reason", locale.text("field.reason"), locale.text("bulk.reason_hint"), typed.wish.reason, "textarea", locale);
    bool const decides = std::ranges::any_of(page.kind.transitions, [](auto const& step) { return step.needs_decision || step.guarded; });
    if (decides) {
        write_input(out, typed, "decided_by", locale.text("field.decided_by"), locale.text("bulk.decided_by_hint"), typed.wish.decision.by, "text", locale);
        write_input(out, typed, "decided_on", locale.text("field.decided_on"), "", typed.decided_on, "date", locale);
    }
    end_ask(out, page);
}

/// The first step of an edit: which field.
void write_field_choice(Html& out, BulkPage const& page, BulkTyped const& typed)
{
    auto const& locale = page.locale();
    out << "<form class=\"g-panel g-pad\" method=\"get\""_h;
    out.url("action"_h, page.here());
    out << ">"_h;
    begin_field(out, typed, "field", locale.text("bulk.which_field"), "", locale);
    out << "<select class=\"form-select w-auto\" id=\"field\" name=\"field\">"_h;
    std::string section;
    bool open = false;
    for (auto const* field : bulk_fields(page.kind)) {
        if (field->section != section || !open) {
            if (open) out << "</optgroup>"_h;
            section = field->section;
            out << "<optgroup"_h;
            out.attr("label"_h, locale.find(page.kind.schema->name + ".section." + section).value_or(locale.text("bulk.fields")));
            out << ">"_h;
            open = true;
        }
        out << "<option"_h;
        out.attr("value"_h, field->name).flag("selected"_h, typed.wish.field == field->name);
        out << ">"_h << schema::short_label(*page.kind.schema, *field, locale) << "</option>"_h;
    }
    if (open) out << "</optgroup>"_h;
    out << "</select></div><p class=\"g-confirm-foot\"><button class=\"btn btn-primary\" type=\"submit\">"_h << locale.text("bulk.go_on") << "</button></p></form>"_h;
}

void write_edit_form(Html& out, BulkPage const& page, BulkTyped const& typed)
{
    auto const& locale = page.locale();
    auto const* field = typed.wish.field.empty() ? nullptr : page.kind.schema->find(typed.wish.field);
    if (!field) return write_field_choice(out, page, typed);
    begin_ask(out, page);
    out << "<input type=\"hidden\" name=\"field\""_h;
    out.attr("value"_h, field->name);
    out << ">"_h;
    auto const words = schema::label(*page.kind.schema, *field, locale);
    out << "<h2>"_h << words << "</h2><p><a"_h;
    out.url("href"_h, page.here() + "?other=yes");
    out << ">"_h << locale.text("bulk.other_field") << "</a></p>"_h;
    begin_choice(out, typed, "how", locale.text("bulk.how"), locale);
    write_radio(out, "how", "set", locale.text("bulk.how.set"), typed.wish.how == How::Set);
    if (holds_several(*field)) {
        write_radio(out, "how", "add", locale.text("bulk.how.add"), typed.wish.how == How::Add);
        write_radio(out, "how", "remove", locale.text("bulk.how.remove"), typed.wish.how == How::Remove);
    }
    if (!field->required && !(field->kind == schema::Kind::Bool && !field->tristate)) write_radio(out, "how", "clear", locale.text("bulk.how.clear"), typed.wish.how == How::Clear);
    out << "</fieldset>"_h;
    bool const several_controls = field->kind == schema::Kind::Choices || field->kind == schema::Kind::Terms || field->kind == schema::Kind::Bool;
    auto one = *field;
    one.name = "value";
    auto const* error = problem(typed, field->name);
    if (several_controls) {
        out << "<fieldset"_h;
        out.attr("class"_h, error ? "g-field g-field--err" : "g-field");
        out << "><legend class=\"form-label\">"_h << locale.text("bulk.value") << "</legend>"_h;
        write_problem(out, error, "value", locale);
    } else {
        out << "<div"_h;
        out.attr("class"_h, error ? "g-field g-field--err" : "g-field");
        out << "><label class=\"form-label\""_h;
        out.attr("for"_h, field->kind == schema::Kind::Duration ? "value-count" : "value");
        out << ">"_h << locale.text("bulk.value") << "</label>"_h;
        write_problem(out, error, "value", locale);
    }
    write_control(out, {one, typed.wish.value, field->name, "value", error ? "value-e" : "", error != nullptr, locale}, words);
    if (several_controls) out << "</fieldset>"_h;
    else out << "</div>"_h;
    if (field->kind == schema::Kind::Country) write_country_names(out, locale);
    write_input(out, typed, "reason", locale.text("field.reason"), locale.text("act.reason_hint"), typed.wish.reason, "textarea", locale);
    end_ask(out, page);
}

// ---- what would happen ------------------------------------------------------------------------------------

void write_refusals(Html& out, Outlook const& outlook, Locale const& locale)
{
    auto const shown = std::ranges::any_of(outlook.refusals, [](auto const& one) { return one.first != "bulk_unanswered"; });
    if (!shown) return;
    out << "<ul class=\"g-bulk-why\">"_h;
    for (auto const& [code, count] : outlook.refusals)
        if (code != "bulk_unanswered") out << "<li>"_h << locale.number(count) << locale.text("punctuation.colon") << refusal_words(code, {}, locale) << "</li>"_h;
    out << "</ul>"_h;
}

void write_lines(Html& out, BulkPage const& page, Outlook const& outlook)
{
    auto const& locale = page.locale();
    auto const first = locale.text("register." + std::string{page.kind.slug} + ".one");
    out << "<div class=\"g-tablewrap\" tabindex=\"0\" role=\"region\""_h;
    out.attr("aria-label"_h, locale.text("bulk.records"));
    out << "><table class=\"g-table g-table--cards\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    for (auto const& words : {first, locale.text("column.status"), locale.text("bulk.outcome")}) out << "<th role=\"columnheader\" scope=\"col\">"_h << words << "</th>"_h;
    out << "</tr></thead><tbody role=\"rowgroup\">"_h;
    for (auto const& line : outlook.lines) {
        bool const asked = line.forecast.code == "bulk_unanswered";
        auto const words = line.forecast.what == Forecast::What::Same ? locale.text("bulk.will_stay")
                         : line.forecast.what == Forecast::What::Done || asked ? locale.text("bulk.will_change") : refusal_words(line.forecast.code, line.forecast.arguments, locale);
        out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><a class=\"g-title\""_h;
        out.url("href"_h, address(page.context, page.kind, line.head.id));
        out << ">"_h << line.head.title << "</a><br><span class=\"g-ref\">"_h << line.head.reference << "</span></th><td role=\"cell\""_h;
        out.attr("data-label"_h, locale.text("column.status"));
        out << "><div>"_h;
        status_badge(out, line.head.status, locale);
        out << "</div></td><td role=\"cell\""_h;
        out.attr("data-label"_h, locale.text("bulk.outcome"));
        out << "><div>"_h << words << "</div></td></tr>"_h;
    }
    out << "</tbody></table></div>"_h;
    auto const rest = page.act.asked - static_cast<std::int64_t>(outlook.lines.size());
    if (rest > 0) out << "<p class=\"g-muted\">"_h << locale.plural("bulk.and_others", rest) << "</p>"_h;
}

void write_confirm(Html& out, BulkPage const& page, Outlook const& outlook, BulkTyped const& typed, std::int64_t changed)
{
    auto const& locale = page.locale();
    out << "<form method=\"post\" novalidate"_h;
    out.url("action"_h, page.here());
    out << ">"_h;
    web::csrf_field(out, page.context.frame);
    if (page.act.kind == "review") write_input(out, typed, "next_review", locale.text("field.next_review"), locale.text("act.review_hint"), typed.next_review, "date", locale);
    if (outlook.asks > 0) {
        begin_choice(out, typed, "changes_validated", locale.plural("bulk.asks", outlook.asks), locale);
        write_radio(out, "changes_validated", "yes", locale.text("bulk.asks_yes"), typed.wish.changes_validated == true);
        write_radio(out, "changes_validated", "no", locale.text("bulk.asks_no"), typed.wish.changes_validated == false);
        out << "</fieldset>"_h;
    }
    if (page.act.asked > bulk_at_once) out << "<p>"_h << locale.text("bulk.in_background") << "</p>"_h;
    out << "<p class=\"g-confirm-foot\">"_h;
    if (changed > 0) {
        out << "<button type=\"submit\" name=\"op\" value=\"confirm\""_h;
        out.attr("class"_h, page.act.kind == "delete" ? "btn btn-danger" : "btn btn-primary");
        out << ">"_h << locale.plural("bulk.confirm." + page.act.kind, changed) << "</button>"_h;
    }
    out << "<a class=\"btn btn-outline\""_h;
    out.url("href"_h, address(page.context, page.kind));
    out << ">"_h << locale.text("act.cancel") << "</a></p></form>"_h;
}

void write_forecast(Html& out, BulkPage const& page, BulkTyped const& typed)
{
    auto const& locale = page.locale();
    auto const outlook = page.bulk().forecast(page.act, page.context.who(), local_date(page.context.now, page.context.where().zone));
    auto const unanswered = outlook.refusals.contains("bulk_unanswered") ? outlook.refusals.at("bulk_unanswered") : 0;
    auto const changed = outlook.done + unanswered;
    out << "<section class=\"g-panel g-pad\" aria-labelledby=\"outlook\"><h2 id=\"outlook\">"_h << locale.text("bulk.outlook") << "</h2>"_h;
    if (auto const words = wish_words(page.kind, page.act, locale); !words.empty()) out << "<p>"_h << words << "</p>"_h;
    out << "<dl class=\"g-report-sum\">"_h;
    write_count(out, locale, "bulk.count.will_" + page.act.kind, changed);
    if (outlook.same > 0) write_count(out, locale, "bulk.count.same", outlook.same);
    if (outlook.refused > unanswered) write_count(out, locale, "bulk.count.will_refuse", outlook.refused - unanswered, true);
    out << "</dl>"_h;
    write_refusals(out, outlook, locale);
    write_confirm(out, page, outlook, typed, changed);
    write_lines(out, page, outlook);
    out << "</section>"_h;
}

}  // namespace

BulkTyped read_wish(BulkPage const& page, web::Pairs const& form)
{
    BulkTyped typed;
    auto& wish = typed.wish;
    wish.status = form.get("status");
    wish.reason = squeeze(form.get("reason"));
    wish.decision.by = squeeze(form.get("decided_by"));
    wish.reviewer = page.context.frame.person_name;
    auto date = [&](char const* name, std::string& text) -> std::optional<Date> {
        text = std::string{trim(form.get(name))};
        auto read = parse_date(text);
        if (!read) read = parse_french_date(text);
        if (!text.empty() && !read) typed.errors.push_back({name, "not_a_date", {}});
        return read;
    };
    wish.decision.on = date("decided_on", typed.decided_on);
    wish.next_review = date("next_review", typed.next_review);
    wish.field = form.get("field");
    wish.how = parse_how(form.get("how", "set")).value_or(How::Set);
    auto const fields = bulk_fields(page.kind);
    auto const field = std::ranges::find(fields, wish.field, [](auto const* one) -> std::string const& { return one->name; });
    if (field != fields.end()) {
        auto const one = only(page.kind, **field);
        wish.value = read_form(one, form, schema::Row(one)).values[0];
    } else {
        wish.field.clear();
    }
    if (auto const answer = form.find("changes_validated")) wish.changes_validated = *answer == "yes";
    return typed;
}

Response ask_page(BulkPage& page, web::Request const& request, BulkTyped const& typed, int status)
{
    auto const& locale = page.locale();
    auto const title = locale.plural("bulk.title." + page.act.kind, page.act.asked);
    bulk_crumbs(page, title);
    page.context.frame.refused = !typed.errors.empty();
    Html out;
    web::page_head(out, page.context.frame, title, locale.text("bulk.lead." + page.act.kind), Html{});
    bool const form = page.act.kind == "status" || page.act.kind == "edit";
    bool const other = request.query.has("other") || request.query.has("field");
    bool const about_the_answer = problem(typed, "changes_validated") != nullptr;
    bool const asked = !form || (page.act.request != "{}" && !other && (typed.errors.empty() || about_the_answer));
    if (asked) write_forecast(out, page, typed);
    if (asked && form) out << "<details class=\"g-again\"><summary>"_h << locale.text("bulk.ask_again") << "</summary>"_h;
    if (page.act.kind == "status") write_status_form(out, page, typed);
    if (page.act.kind == "edit") write_edit_form(out, page, typed);
    if (asked && form) out << "</details>"_h;
    return Response::html(web::page(page.context.frame, out), status);
}

}  // namespace greffier::records::pages
