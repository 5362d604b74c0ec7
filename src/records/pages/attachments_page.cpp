#include "records/pages/attachments_page.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "records/attachments.hpp"
#include "records/pages/controls.hpp"
#include "records/pages/shared.hpp"
#include "web/frame.hpp"

namespace greffier::records {

using namespace web::literals;
using namespace pages;
using schema::Attachment;
using web::Html;
using web::Response;

namespace {

struct AttachmentPage {
    Context& context;
    PageServices const& services;
    Register const& kind;
    Stored const& stored;
    std::optional<Timestamp> at;
    bool editable = false;
    std::string description = {};             ///< as typed
    std::vector<FieldError> errors = {};
};

std::string here(AttachmentPage const& page, std::string_view rest = "") { return address(page.context, page.kind, page.stored.head.id, "/attachments" + std::string{rest}); }

bool is_editable(Context const& context, Register const& kind, Stored const& stored)
{
    return !stored.head.deleted_at && !kind.is_closed(stored.head.status) && can(context, web::Permission::WriteRecords);
}

// ---- the list ---------------------------------------------------------------------------------------------

void write_cell(Html& out, std::string const& label, std::string_view words)
{
    out << "<td role=\"cell\""_h;
    out.attr("data-label"_h, label);
    out << "><div>"_h << words << "</div></td>"_h;
}

void write_attachment(Html& out, AttachmentPage const& page, Attachment const& attachment)
{
    auto const& locale = page.context.locale;
    out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><a class=\"g-title\""_h;
    out.url("href"_h, here(page, "/" + attachment.id) + (page.at ? "?at=" + web::encode_component(to_text(*page.at)) : ""));
    out << ">"_h << attachment.name << "</a><details class=\"g-disclose\"><summary>"_h;
    web::icon(out, "chevron-right");
    out << locale.text("attachments.fingerprint") << "<span class=\"g-hidden\"> "_h << attachment.name << "</span></summary><code class=\"g-code\">"_h << attachment.sha256 << "</code></details></th>"_h;
    write_cell(out, locale.text("attachments.description"), attachment.description);
    write_cell(out, locale.text("attachments.size"), locale.bytes(static_cast<std::uint64_t>(attachment.size)));
    if (page.editable) {
        out << "<td role=\"cell\"><div><a class=\"btn btn-outline btn-sm\""_h;
        out.url("href"_h, here(page, "/" + attachment.id + "/remove"));
        out << ">"_h << locale.text("attachments.remove") << "<span class=\"g-hidden\"> "_h << attachment.name << "</span></a></div></td>"_h;
    }
    out << "</tr>"_h;
}

void write_list(Html& out, AttachmentPage const& page, std::vector<Attachment> const& all)
{
    auto const& locale = page.context.locale;
    if (is_destroyed(page.stored, "attachments")) {
        out << "<p class=\"g-muted mb-4\">"_h << locale.text("record.destroyed") << "</p>"_h;
        return;
    }
    if (all.empty()) {
        out << "<div class=\"g-empty mb-4\">"_h;
        web::icon(out, "paperclip");
        out << "<h2>"_h << locale.text("attachments.none") << "</h2><p>"_h << locale.text("attachments.none_lead") << "</p></div>"_h;
        return;
    }
    auto const words = locale.plural("attachments.caption", static_cast<std::int64_t>(all.size()));
    out << "<div class=\"g-tablewrap mb-4\" tabindex=\"0\" role=\"region\""_h;
    out.attr("aria-label"_h, words);
    out << "><table class=\"g-table g-table--cards\" role=\"table\"><caption class=\"g-hidden\">"_h << words << "</caption><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    for (auto const* key : {"attachments.name", "attachments.description", "attachments.size"})
        out << "<th role=\"columnheader\" scope=\"col\">"_h << locale.text(key) << "</th>"_h;
    if (page.editable) out << "<th role=\"columnheader\" scope=\"col\"><span class=\"g-hidden\">"_h << locale.text("attachments.remove") << "</span></th>"_h;
    out << "</tr></thead><tbody role=\"rowgroup\">"_h;
    for (auto const& attachment : all) write_attachment(out, page, attachment);
    out << "</tbody></table></div>"_h;
}

// ---- the form ---------------------------------------------------------------------------------------------

FieldError const* error_at(AttachmentPage const& page, std::string_view name)
{
    auto const found = std::ranges::find(page.errors, name, &FieldError::field);
    return found == page.errors.end() ? nullptr : &*found;
}

void begin_field(Html& out, AttachmentPage const& page, std::string_view name, char const* label, char const* hint)
{
    auto const& locale = page.context.locale;
    auto const* error = error_at(page, name);
    std::string const id{name};
    out << "<div"_h;
    out.attr("class"_h, error ? "g-field g-field--err" : "g-field");
    out << "><label class=\"form-label\""_h;
    out.attr("for"_h, id);
    out << ">"_h << locale.text(label) << "</label><p class=\"g-hint\""_h;
    out.attr("id"_h, id + "-h");
    out << ">"_h << locale.text(hint) << "</p>"_h;
    if (error) {
        out << "<p class=\"g-err\""_h;
        out.attr("id"_h, id + "-e");
        out << ">"_h;
        web::icon(out, "alert-circle");
        out << "<span>"_h << locale.text("error." + error->code, error->arguments) << "</span></p>"_h;
    }
    out << "<input class=\"form-control\""_h;
    out.attr("id"_h, id).attr("name"_h, name).attr("aria-describedby"_h, error ? id + "-e " + id + "-h" : id + "-h");
    if (error) out.attr("aria-invalid"_h, "true");
}

void write_form(Html& out, AttachmentPage const& page)
{
    auto const& locale = page.context.locale;
    out << "<form class=\"g-section\" method=\"post\" enctype=\"multipart/form-data\" novalidate aria-labelledby=\"add-t\""_h;
    out.url("action"_h, here(page));
    out << "><h2 id=\"add-t\">"_h << locale.text("attachments.add_title") << "</h2>"_h;
    web::csrf_field(out, page.context.frame);
    if (!page.errors.empty()) {
        out << "<div class=\"g-errors\" role=\"alert\" aria-labelledby=\"err-t\" tabindex=\"-1\"><h3 id=\"err-t\">"_h
            << locale.plural("form.errors_title", static_cast<std::int64_t>(page.errors.size())) << "</h3><ul>"_h;
        for (auto const& error : page.errors) {
            out << "<li><a"_h;
            out.attr("href"_h, "#" + error.field);
            out << ">"_h << locale.text("field." + error.field) << locale.text("punctuation.colon") << locale.text("error." + error.code, error.arguments) << "</a></li>"_h;
        }
        out << "</ul></div>"_h;
    }
    begin_field(out, page, "file", "attachments.file", "attachments.file_hint");
    out << " type=\"file\"></div>"_h;
    begin_field(out, page, "description", "attachments.description", "attachments.description_hint");
    out << " type=\"text\" maxlength=\"500\" autocomplete=\"off\""_h;
    out.attr("value"_h, page.description);
    out << "></div><button class=\"btn btn-primary mt-3\" type=\"submit\">"_h;
    web::icon(out, "paperclip");
    out << " "_h << locale.text("attachments.add") << "</button></form>"_h;
}

Response write_page(AttachmentPage const& page, int status)
{
    auto& context = page.context;
    begin(context, page.kind, context.locale.text("record.tab_attachments") + context.locale.text("punctuation.colon") + page.stored.head.title);
    if (page.at) context.frame.past = context.locale.text("record.as_it_stood", {{"instant", context.locale.instant(*page.at)}});
    context.frame.refused = !page.errors.empty();
    Html out;
    record_head(out, context, page.services, page.kind, page.stored, Tab::Attachments, counts_of(page.kind, page.stored, store(page.services, context)));
    write_list(out, page, attachments_of(page.kind, page.stored.row));
    if (page.editable) write_form(out, page);
    return Response::html(web::page(context.frame, out), status);
}

// ---- handlers ---------------------------------------------------------------------------------------------

/// A register without attachments has no such page.
Result<Register const*> kind_of(PageServices const& services, Context& context, web::Request const& request)
{
    auto const* kind = TRY(register_of(services, context, request));
    if (!kind->schema->find("attachments")) return Error::not_found();
    return kind;
}

Result<Response> show(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(kind_of(services, context, request));
    auto const id = TRY(id_of(request));
    auto const at = TRY(instant_of(context, request));
    auto const records = store(services, context);
    auto const stored = TRY(at ? records.find_at(kind, id, *at) : records.find(kind, id, true));
    return write_page({context, services, kind, stored, at, !at && is_editable(context, kind, stored)}, 200);
}

Result<Response> add(PageServices const& services, Vault& vault, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(kind_of(services, context, request));
    auto const records = store(services, context);
    auto const stored = TRY(records.find(kind, TRY(id_of(request))));
    if (kind.is_closed(stored.head.status)) return Error::conflict("closed_record");
    AttachmentPage page{context, services, kind, stored, {}, true, request.form.get("description")};
    auto const file = std::ranges::find(request.files, std::string_view{"file"}, &web::UploadedFile::field);
    if (file == request.files.end() || (file->name.empty() && file->size == 0)) page.errors = {{"file", "required", {}}};
    else {
        // Version 0: adding a file undoes nobody's change, so it need not be refused because of one.
        auto attached = attach(records, vault, kind, stored.head.id, 0, {file->path, file->name, page.description}, by(context));
        if (attached.ok()) return done(here(page), "attached");
        auto const& error = attached.error();
        if (error.code == "attachment_too_large" || error.code == "empty_file") page.errors = {{"file", error.code, error.arguments}};
        else if (error.kind == ErrorKind::Invalid && !error.fields.empty()) page.errors = error.fields;
        else return error;
    }
    return write_page(page, 422);
}

Result<Attachment> attachment_in(Register const& kind, Stored const& stored, std::string const& id)
{
    for (auto& attachment : attachments_of(kind, stored.row))
        if (attachment.id == id) return std::move(attachment);
    return Error::not_found();
}

Result<Response> fetch(PageServices const& services, Vault& vault, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(kind_of(services, context, request));
    auto const id = TRY(id_of(request));
    auto const at = TRY(instant_of(context, request));
    auto const records = store(services, context);
    auto const wanted = to_lower_ascii(request.param("attachment"));
    auto const attachment = at ? TRY(attachment_in(kind, TRY(records.find_at(kind, id, *at)), wanted)) : TRY(find_attachment(records, kind, id, wanted));
    return download(vault, {records.organisation(), kind, id}, attachment);
}

Result<Response> ask_removal(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(kind_of(services, context, request));
    auto const stored = TRY(store(services, context).find(kind, TRY(id_of(request))));
    if (kind.is_closed(stored.head.status)) return Error::conflict("closed_record");
    auto const attachment = TRY(attachment_in(kind, stored, to_lower_ascii(request.param("attachment"))));
    auto const& locale = context.locale;
    AttachmentPage const page{context, services, kind, stored, {}, true};
    begin(context, kind, locale.text("attachments.remove_title"));
    context.frame.crumbs.push_back({stored.head.reference + " " + stored.head.title, here(page)});
    Html out;
    web::page_top(out, context.frame);
    out << "<form class=\"g-confirm\" method=\"post\""_h;
    out.url("action"_h, here(page, "/" + attachment.id + "/remove"));
    out << "><h1>"_h << locale.text("attachments.remove_title") << "</h1><p><strong>"_h << attachment.name << "</strong></p><p>"_h << locale.text("attachments.remove_lead") << "</p>"_h;
    web::csrf_field(out, context.frame);
    out << "<div class=\"g-confirm-foot\"><button class=\"btn btn-danger\" type=\"submit\">"_h << locale.text("attachments.remove") << "</button><a class=\"btn btn-outline\""_h;
    out.url("href"_h, here(page));
    out << ">"_h << locale.text("act.cancel") << "</a></div></form>"_h;
    return Response::html(web::page(context.frame, out));
}

Result<Response> remove(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(kind_of(services, context, request));
    auto const id = TRY(id_of(request));
    (void)TRY(detach(store(services, context), kind, id, 0, to_lower_ascii(request.param("attachment")), by(context)));
    return done(address(context, kind, id, "/attachments"), "detached");
}

}  // namespace

std::vector<accounts::Route> attachment_page_routes(PageServices const& services, Vault& vault)
{
    using web::Method;
    using web::Permission;
    using web::Request;
    std::string const base = "/o/{organisation}/{register}/{id}/attachments";
    return {
        {Method::Get, base, Permission::ReadRecords, [&services](Context& context, Request const& request) { return show(services, context, request); }},
        {Method::Post, base, Permission::WriteRecords, [&services, &vault](Context& context, Request const& request) { return add(services, vault, context, request); }},
        {Method::Get, base + "/{attachment}", Permission::ReadRecords, [&services, &vault](Context& context, Request const& request) { return fetch(services, vault, context, request); }},
        {Method::Get, base + "/{attachment}/remove", Permission::WriteRecords, [&services](Context& context, Request const& request) { return ask_removal(services, context, request); }},
        {Method::Post, base + "/{attachment}/remove", Permission::WriteRecords, [&services](Context& context, Request const& request) { return remove(services, context, request); }},
    };
}

}  // namespace greffier::records
