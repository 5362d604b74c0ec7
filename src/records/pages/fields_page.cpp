// The questions an organisation adds to its registers: declared, ordered, retired. Administrators and DPOs.
#include <algorithm>

#include "records/pages/fields_form.hpp"
#include "records/reword.hpp"
#include "web/frame.hpp"
#include "web/problem.hpp"

namespace greffier::records::pages {

using namespace web::literals;
using accounts::FormState;
using web::Html;
using web::Request;
using web::Response;
using Answer = Result<Response>;

namespace {

CustomFields fields_of(PageServices const& services, Context const& context) { return {services.machinery.database, services.machinery.registers, context.where().id}; }
std::string at(Context const& context, Register const& kind, std::string_view rest = "") { return context.address("/fields/" + std::string{kind.slug} + std::string{rest}); }
std::string register_words(Register const& kind, Locale const& locale) { return locale.text("register." + std::string{kind.slug}); }

Result<Register const*> kind_of(PageServices const& services, Request const& request)
{
    auto const* kind = services.machinery.registers.find(request.param("register"));
    if (!kind) return Error::not_found();
    return kind;
}

Result<CustomField> own_field(PageServices const& services, Context const& context, Register const& kind, Request const& request)
{
    for (auto& field : fields_of(services, context).offered(kind.slug))
        if (field.owner == TermOwner::Own && field.code == request.param("code")) return std::move(field);
    return Error::not_found();
}

void crumbs(Context& context, Register const* kind)
{
    auto const& locale = context.locale;
    context.frame.crumbs = {{locale.text("nav.administration"), ""}};
    if (kind) context.frame.crumbs.push_back({locale.text("nav.fields"), context.address("/fields")});
}

// ---- all registers ------------------------------------------------------------------------------------------------

Answer show_registers(PageServices const& services, Context& context, Request const&)
{
    auto const& locale = context.locale;
    auto const offered = fields_of(services, context).offered();
    crumbs(context, nullptr);
    Html out;
    web::page_head(out, context.frame, locale.text("fields.title"), locale.text("fields.lead"), {});
    fields_table(out, locale, {"fields.register", "fields.asked", "fields.retired"}, false);
    for (auto const* kind : services.machinery.registers.all()) {
        auto count = [&](bool retired) { return std::ranges::count_if(offered, [&](CustomField const& field) { return field.register_slug == kind->slug && field.retired == retired; }); };
        out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><a class=\"g-title\""_h;
        out.url("href"_h, at(context, *kind));
        out << ">"_h << register_words(*kind, locale) << "</a></th>"_h;
        fields_cell(out, locale, "fields.asked");
        out << static_cast<std::int64_t>(count(false)) << "</td>"_h;
        fields_cell(out, locale, "fields.retired");
        out << static_cast<std::int64_t>(count(true)) << "</td></tr>"_h;
    }
    out << "</tbody></table></div>"_h;
    return accounts::shown(context, locale.text("fields.title"), out);
}

// ---- the fields of one register -----------------------------------------------------------------------------------

void write_acts(Html& out, Context const& context, Register const& kind, CustomField const& field, std::string const& words, bool first, bool last)
{
    auto const& locale = context.locale;
    fields_cell(out, locale, "accounts.actions");
    if (field.owner == TermOwner::Own) {
        auto const here = at(context, kind, "/" + field.code);
        out << "<div class=\"g-cellacts\"><a class=\"btn btn-outline btn-sm\""_h;
        out.url("href"_h, here);
        out << ">"_h << locale.text("act.edit") << "<span class=\"g-hidden\"> "_h << words << "</span></a>"_h;
        if (!first) accounts::button_form(out, context, here + "/up", locale.text("fields.up"), words, false);
        if (!last) accounts::button_form(out, context, here + "/down", locale.text("fields.down"), words, false);
        accounts::button_form(out, context, here + (field.retired ? "/reinstate" : "/retire"), locale.text(field.retired ? "fields.reinstate" : "fields.retire"), words, false);
        out << "</div>"_h;
    }
    out << "</td>"_h;
}

void write_table(Html& out, Context const& context, Register const& kind, std::vector<CustomField> const& fields)
{
    auto const& locale = context.locale;
    if (fields.empty()) {
        out << "<p class=\"g-muted\">"_h << locale.text("fields.none") << "</p>"_h;
        return;
    }
    fields_table(out, locale, {"fields.label", "fields.kind", "fields.section", "fields.owner"}, true);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        auto const& field = fields[i];
        auto const& words = locale.language() == Language::French ? field.label_fr : field.label_en;
        out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><div><span class=\"g-title\">"_h << words << "</span> <code class=\"g-muted\">"_h << field.code << "</code>"_h;
        if (field.required) out << " <span class=\"g-badge g-badge--line\">"_h << locale.text("form.required") << "</span>"_h;
        if (field.retired) out << " <span class=\"g-badge g-badge--line\">"_h << locale.text("fields.retired_one") << "</span>"_h;
        out << "</div></th>"_h;
        fields_cell(out, locale, "fields.kind");
        out << locale.text("fields.kind." + field.kind) << "</td>"_h;
        fields_cell(out, locale, "fields.section");
        out << locale.text(kind.schema->name + ".section." + field.section) << "</td>"_h;
        fields_cell(out, locale, "fields.owner");
        out << locale.text("terms.owner." + std::string{code_of(field.owner)}) << "</td>"_h;
        bool const first = i == 0 || fields[i - 1].owner != TermOwner::Own, last = i + 1 == fields.size();
        write_acts(out, context, kind, field, words, first, last);
        out << "</tr>"_h;
    }
    out << "</tbody></table></div>"_h;
}

Response register_page(PageServices const& services, Context& context, Register const& kind, FormState const& form, int status)
{
    auto const& locale = context.locale;
    auto const title = register_words(kind, locale);
    crumbs(context, &kind);
    Html out;
    web::page_head(out, context.frame, title, locale.text("fields.register_lead"), {});
    write_field_errors(out, locale, form);
    write_table(out, context, kind, fields_of(services, context).offered(kind.slug));
    out << "<div class=\"g-settings mt-4\"><section class=\"g-section\" aria-labelledby=\"new-t\"><h2 id=\"new-t\">"_h << locale.text("fields.new") << "</h2>"_h;
    open_field_form(out, context, at(context, kind), status != 200);
    write_field_form(out, context, kind, form, true);
    accounts::submit_button(out, locale.text("terms.add"));
    out << "</form></section></div>"_h;
    return accounts::shown(context, title, out, status);
}

Answer show_register(PageServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(kind_of(services, request));
    return register_page(services, context, kind, blank_field(kind), 200);
}

Answer add_field(PageServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(kind_of(services, request));
    auto const& sent = request.form;
    CustomField field;
    field.register_slug = kind.slug;
    field.code = sent.get("code");
    field.kind = sent.get("kind");
    field.label_fr = sent.get("label_fr");
    field.label_en = sent.get("label_en");
    field.help_fr = sent.get("help_fr");
    field.help_en = sent.get("help_en");
    field.section = sent.get("section");
    if (field.kind == "link") field.target = kind.single ? "processings" : std::string{kind.slug};
    field.required = sent.get("required") == "yes";
    field.in_list = sent.get("in_list") == "yes";
    field.searchable = sent.get("searchable") == "yes";
    auto answers = sent_options(sent);
    if (field.kind == "choice" || field.kind == "choices") field.options = std::move(answers.options);
    auto const added = fields_of(services, context).add(std::move(field));
    if (added.ok()) return done(at(context, kind), "field_added");
    if (added.error().kind != ErrorKind::Invalid) return added.error();
    auto form = typed_field(request);
    take_errors(form, added.error(), answers.lines);
    return register_page(services, context, kind, form, web::status_of(added.error().kind));
}

Response field_page(Context& context, Register const& kind, CustomField const& field, FormState const& form, int status, std::optional<std::vector<std::string>> const& met = {})
{
    auto const& locale = context.locale;
    crumbs(context, &kind);
    context.frame.crumbs.push_back({register_words(kind, locale), at(context, kind)});
    auto const title = locale.text("fields.edit_title");
    Html out;
    web::page_head(out, context.frame, title, locale.text("fields.edit_lead", {{"code", field.code}, {"kind", locale.text("fields.kind." + field.kind)}}), {});
    if (met) write_met(out, context, kind, field, form, *met);
    write_field_errors(out, locale, form);
    out << "<div class=\"g-settings\"><section class=\"g-section\">"_h;
    open_field_form(out, context, at(context, kind, "/" + field.code), status != 200);
    // Two people may change one question at once: what this page was made from goes with what it sends.
    out << "<input type=\"hidden\" name=\"_seen\""_h;
    out.attr("value"_h, form.values.get("_seen", mark_of(field)));
    out << ">"_h;
    write_field_form(out, context, kind, form, false);
    accounts::submit_button(out, locale.text("act.save"));
    out << "</form></section></div>"_h;
    return accounts::shown(context, title, out, status);
}

Answer edit_field(PageServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(kind_of(services, request));
    auto const field = TRY(own_field(services, context, kind, request));
    return field_page(context, kind, field, form_of(field), 200);
}

Answer save_field(PageServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(kind_of(services, request));
    auto const field = TRY(own_field(services, context, kind, request));
    auto const& sent = request.form;
    CustomFieldEdit edit{sent.get("label_fr"), sent.get("label_en"), sent.get("help_fr"), sent.get("help_en"), sent.get("section")};
    edit.required = sent.get("required") == "yes";
    edit.in_list = sent.get("in_list") == "yes";
    edit.searchable = sent.get("searchable") == "yes";
    auto answers = sent_options(sent);
    if (!field.options.empty()) edit.options = std::move(answers.options);
    if (sent.has("_seen")) edit.seen = sent.get("_seen");
    auto const saved = fields_of(services, context).change(kind.slug, field.code, std::move(edit));
    if (saved.ok()) {
        reword_options(services.machinery, context.where().id, field, *saved, context.now);
        return done(at(context, kind), "saved");
    }
    bool const met = saved.error().kind == ErrorKind::Conflict;
    if (saved.error().kind != ErrorKind::Invalid && !met) return saved.error();
    auto form = typed_field(request);
    form.values.add("kind", field.kind);
    if (met) {
        auto const now = TRY(own_field(services, context, kind, request));
        auto put_back = add_what_stands(now, form);
        return field_page(context, kind, now, form, 409, std::move(put_back));
    }
    take_errors(form, saved.error(), answers.lines);
    if (sent.has("_seen")) form.values.add("_seen", sent.get("_seen"));
    return field_page(context, kind, field, form, web::status_of(saved.error().kind));
}

template <bool Retired>
Answer retire_field(PageServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(kind_of(services, request));
    CustomFieldEdit edit;
    edit.retired = Retired;
    TRY(fields_of(services, context).change(kind.slug, request.param("code"), std::move(edit)));
    return done(at(context, kind), Retired ? "field_retired" : "field_reinstated");
}

/// Changes places with the own field before or after; positions are written anew, so that two equal ones part.
template <int Step>
Answer move_field(PageServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(kind_of(services, request));
    auto const store = fields_of(services, context);
    auto own = store.offered(kind.slug);
    std::erase_if(own, [](CustomField const& field) { return field.owner != TermOwner::Own; });
    auto const found = std::ranges::find(own, request.param("code"), &CustomField::code);
    if (found == own.end()) return Error::not_found();
    auto const index = found - own.begin(), other = index + Step;
    if (other >= 0 && other < static_cast<std::ptrdiff_t>(own.size())) std::swap(own[static_cast<std::size_t>(index)], own[static_cast<std::size_t>(other)]);
    for (std::size_t i = 0; i < own.size(); ++i) {
        if (own[i].position == static_cast<int>(i)) continue;
        CustomFieldEdit edit;
        edit.position = static_cast<int>(i);
        TRY(store.change(kind.slug, own[i].code, std::move(edit)));
    }
    return done(at(context, kind), "saved");
}

}  // namespace

std::vector<accounts::Route> fields_routes(PageServices const& services)
{
    using web::Method;
    using web::Permission;
    auto row = [&services](Method method, std::string path, auto handler) {
        return accounts::Route{method, "/o/{organisation}/fields" + std::move(path), Permission::ShapeRecords,
                               [&services, handler](Context& context, Request const& request) { return handler(services, context, request); }};
    };
    return {
        row(Method::Get, "", show_registers),
        row(Method::Get, "/{register}", show_register),
        row(Method::Post, "/{register}", add_field),
        row(Method::Get, "/{register}/{code}", edit_field),
        row(Method::Post, "/{register}/{code}", save_field),
        row(Method::Post, "/{register}/{code}/retire", retire_field<true>),
        row(Method::Post, "/{register}/{code}/reinstate", retire_field<false>),
        row(Method::Post, "/{register}/{code}/up", move_field<-1>),
        row(Method::Post, "/{register}/{code}/down", move_field<1>),
    };
}

}  // namespace greffier::records::pages
