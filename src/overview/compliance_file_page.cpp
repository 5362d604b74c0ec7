#include "overview/compliance_file_page.hpp"

#include "accounts/modules.hpp"
#include "accounts/pages/form.hpp"
#include "core/text.hpp"
#include "overview/compliance_file_job.hpp"
#include "records/api_json.hpp"
#include "records/list_query.hpp"
#include "records/vocabulary.hpp"
#include "web/frame.hpp"
#include "web/problem.hpp"

namespace greffier::overview {

using accounts::Context;
using accounts::FormState;
using jobs::JobId;
using jobs::State;
using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;
namespace api = records::api;
using Answer = Result<Response>;
using Services = ComplianceFileServices;

namespace {

/// A box of a form: what it is called, what a tick means, and whether it is ticked.
struct Box {
    std::string_view name;
    std::string value, id, label, hint = {};
    bool ticked = false;
};
void write_box(Html& out, Box const& box)
{
    out << "<div class=\"form-check\"><input class=\"form-check-input\" type=\"checkbox\""_h;
    out.attr("id"_h, box.id).attr("name"_h, box.name).attr("value"_h, box.value).flag("checked"_h, box.ticked);
    if (!box.hint.empty()) out.attr("aria-describedby"_h, box.id + "-h");
    out << "><label class=\"form-check-label\""_h;
    out.attr("for"_h, box.id);
    out << ">"_h << box.label << "</label>"_h;
    if (!box.hint.empty()) {
        out << "<p class=\"g-hint\""_h;
        out.attr("id"_h, box.id + "-h");
        out << ">"_h << box.hint << "</p>"_h;
    }
    out << "</div>"_h;
}

std::vector<accounts::Option> reason_options(Locale const& locale)
{
    std::vector<accounts::Option> options{{"", locale.text("compliance_file.no_reason")}};
    for (auto const code : file_reasons()) options.push_back({std::string{code}, locale.text("compliance_file.reason." + std::string{code})});
    return options;
}

void write_choices(Html& out, Services const& services, Context& context, FormState const& form)
{
    auto const& locale = context.locale;
    bool const shown = !form.errors.empty();
    out << "<details class=\"g-disclose g-field\""_h;
    out.flag("open"_h, shown);
    out << "><summary>"_h;
    web::icon(out, "chevron-right");
    out << locale.text("compliance_file.choose") << "</summary>"_h;
    accounts::text_field(out, locale, form, {.name = "at", .label = "compliance_file.at", .type = "date", .hint = "compliance_file.at.hint", .required = false});
    out << "<fieldset class=\"g-field\" id=\"f-registers\"><legend class=\"form-label\">"_h << locale.text("compliance_file.registers") << "</legend><p class=\"g-hint\">"_h
        << locale.text("compliance_file.registers.hint") << "</p>"_h;
    auto const chosen = form.values.all("registers");
    for (auto const* kind : offered_registers(context.where(), records::known_registers(services.machinery, context))) {
        auto const slug = std::string{kind->slug};
        write_box(out, {"registers", slug, "f-register-" + slug, locale.text("register." + slug) + (kind->sealed ? " " + locale.text("compliance_file.sealed_mark") : ""), {},
                        std::ranges::find(chosen, slug) != chosen.end()});
    }
    out << "</fieldset><div class=\"g-field\">"_h;
    write_box(out, {"attachments", "yes", "f-attachments", locale.text("compliance_file.with_attachments"), {}, shown ? form.values.get("attachments") == "yes" : true});
    write_box(out, {"confidential", "yes", "f-confidential", locale.text("compliance_file.with_confidential"), locale.text("compliance_file.with_confidential.hint"), form.values.get("confidential") == "yes"});
    out << "</div>"_h;
    accounts::select_field(out, locale, form, {.name = "reason", .label = "compliance_file.reason", .hint = "compliance_file.reason.hint", .required = false}, reason_options(locale));
    out << "</details>"_h;
}

std::string state_words(Locale const& locale, jobs::Job const& job)
{
    auto words = locale.text("archive.job." + std::string{jobs::code_of(job.state)});
    if (job.state == State::Running && job.total > 0) words += " " + locale.number(job.progress) + " / " + locale.number(job.total);
    return words;
}

void write_made(Html& out, Services const& services, Context const& context)
{
    auto const& locale = context.locale;
    auto const all = files_of(services, context);
    if (all.empty()) return;
    out << "<section class=\"g-section\"><h2>"_h << locale.text("compliance_file.made") << "</h2><p>"_h << locale.text("compliance_file.made_lead") << "</p>"_h;
    accounts::open_table(out, locale, {"archive.exports.asked", "export.fact.state", "archive.exports.state", "archive.exports.file"}, false);
    for (auto const& job : all) {
        auto const wish = wish_of(job);
        out << "<tr role=\"row\">"_h;
        accounts::open_cell(out, locale, "archive.exports.asked");
        out << locale.instant(job.created_at) << "</div></td>"_h;
        accounts::open_cell(out, locale, "export.fact.state");
        out << (wish.at ? locale.instant(*wish.at) : locale.text("compliance_file.today")) << (wish.confidential ? " · " + locale.text("compliance_file.confidential_mark") : "") << "</div></td>"_h;
        accounts::open_cell(out, locale, "archive.exports.state");
        out << state_words(locale, job) << "</div></td>"_h;
        accounts::open_cell(out, locale, "archive.exports.file");
        if (auto const made = made_of(job)) {
            out << "<a"_h;
            out.url("href"_h, context.address("/compliance-file/" + job.id.text()));
            out << ">"_h << locale.text("archive.exports.fetch", {{"bytes", locale.bytes(static_cast<std::uint64_t>(made->bytes))}}) << "</a><p class=\"g-xs g-muted mb-0\">"_h
                << locale.text("compliance_file.fingerprint") << "<br><code>"_h << made->fingerprint << "</code></p>"_h;
        } else out << "–"_h;
        out << "</div></td></tr>\n"_h;
    }
    accounts::close_table(out);
    out << "</section>"_h;
}

Response file_page(Services const& services, Context& context, FormState const& form, int status = 200)
{
    auto const& locale = context.locale;
    context.frame.crumbs = {{locale.text("nav.documents"), ""}};
    Html out;
    web::page_head(out, context.frame, locale.text("compliance_file.title"), locale.text("compliance_file.lead"), {});
    accounts::error_summary(out, locale, form);
    out << "<div class=\"g-settings\"><section class=\"g-section\"><p>"_h << locale.text("compliance_file.holds") << "</p><ul>"_h;
    for (auto const* what : {"registers", "map", "documents", "log", "sums"}) out << "<li>"_h << locale.text("compliance_file.holds." + std::string{what}) << "</li>"_h;
    out << "</ul>"_h;
    if (context.who().sight.is_partial()) out << "<p>"_h << locale.text("error.compliance_file.partial") << "</p>"_h;
    else if (!context.seeing_as) {
        accounts::open_form(out, context, context.address("/compliance-file"));
        write_choices(out, services, context, form);
        accounts::submit_button(out, locale.text("compliance_file.make"));
        out << "</form>"_h;
    }
    out << "</section>"_h;
    write_made(out, services, context);
    out << "</div>"_h;
    return accounts::shown(context, locale.text("compliance_file.title"), out, status);
}

Result<FileWish> read_wish(Context const& context, Request const& request)
{
    FileWish wish;
    wish.registers = request.form.all("registers");
    wish.attachments = request.form.get("attachments") == "yes";
    wish.confidential = request.form.get("confidential") == "yes";
    wish.reason = request.form.get("reason");
    if (auto const at = trim(request.form.get("at")); !at.empty()) wish.at = TRY(records::parse_at(at, context.where().zone, context.now));
    return wish;
}

Answer begin(Services const& services, Context& context, Request const& request)
{
    auto const wish = read_wish(context, request);
    auto const begun = wish.ok() ? begin_file(services, context, *wish, request.remote_address) : Result<JobId>{wish.error()};
    if (begun.ok()) return Response::redirect(context.address("/compliance-file?done=compliance_file_begun"));
    auto form = accounts::typed(request, {"at", "attachments", "confidential", "reason"});
    for (auto const& slug : request.form.all("registers")) form.values.add("registers", slug);
    form.take(begun.error());
    return file_page(services, context, form, web::status_of(begun.error().kind));
}

Result<JobId> id_of(Request const& request)
{
    auto const id = JobId::parse(request.param("job"));
    if (!id) return Error::not_found();
    return *id;
}

Answer give(Services const& services, Context& context, Request const& request) { return give_file(services, context, TRY(id_of(request))); }

void write_json(JsonWriter& out, jobs::Job const& job)
{
    auto const wish = wish_of(job);
    auto const made = made_of(job);
    out.member("id", std::string_view{job.id.text()}).member("state", jobs::code_of(job.state)).member("created_at", std::string_view{to_text(job.created_at)}).key("at");
    if (wish.at) out.value(std::string_view{to_text(*wish.at)});
    else out.null();
    out.member("attachments", wish.attachments).member("confidential", wish.confidential).member("reason", std::string_view{wish.reason}).key("registers").begin_array();
    for (auto const& slug : wish.registers) out.value(std::string_view{slug});
    out.end_array().member("progress", job.progress).member("total", job.total);
    for (auto const& [name, number] : {std::pair{"bytes", &MadeFile::bytes}, {"records", &MadeFile::records}, {"files", &MadeFile::files}, {"ledger_size", &MadeFile::ledger_size}})
        if (made) out.member(name, (*made).*number);
        else out.null_member(name);
    if (made) out.member("fingerprint", std::string_view{made->fingerprint});
    else out.null_member("fingerprint");
}

Answer told(jobs::Job const& job, int status)
{
    JsonWriter out;
    out.begin_object();
    write_json(out, job);
    out.end_object();
    return Response::json(std::move(out).take(), status);
}

Answer begin_by_api(Services const& services, Context& context, Request const& request)
{
    TRY(api::expect_json(request));
    auto const body = TRY(api::SentObject::read(request, {"registers", "at", "attachments", "confidential", "reason"}));
    FileWish wish;
    wish.registers = TRY(body.texts("registers", 200));
    wish.attachments = TRY(body.truth("attachments")).value_or(true);
    wish.confidential = TRY(body.truth("confidential")).value_or(false);
    wish.reason = TRY(body.text("reason", 40));
    if (auto const at = TRY(body.text("at", 40)); !at.empty()) wish.at = TRY(records::parse_at(at, context.where().zone, context.now));
    return told(TRY(file_of(services, context, TRY(begin_file(services, context, wish, request.remote_address)))), 202);
}

Answer list_by_api(Services const& services, Context& context, Request const& request)
{
    auto const all = files_of(services, context);
    return api::paged(request, all.size(), [&](JsonWriter& out, std::size_t i) { write_json(out, all[i]); });
}

}  // namespace

std::vector<accounts::Route> compliance_file_routes(ComplianceFileServices const& services)
{
    using enum web::Permission;
    using enum web::Method;
    std::string const page = "/o/{organisation}/compliance-file", calls = "/api/v1/organisations/{organisation}/compliance-files";
    return {
        // Nothing leaves by the page itself: it is no way out, and still for those alone who may ask.
        {Get, page, ReadRecords, [&services](Context& context, Request const&) -> Answer {
             if (!accounts::may(context.who(), ExportRecords)) return Error::forbidden();
             return file_page(services, context, {});
         }},
        {Post, page, ExportRecords, [&services](Context& context, Request const& request) { return begin(services, context, request); }},
        {Get, page + "/{job}", ExportRecords, [&services](Context& context, Request const& request) { return give(services, context, request); }},
        {Get, calls, ApiRead, [&services](Context& context, Request const& request) { return list_by_api(services, context, request); }},
        {Post, calls, ApiRead, [&services](Context& context, Request const& request) { return begin_by_api(services, context, request); }},
        {Get, calls + "/{job}", ApiRead, [&services](Context& context, Request const& request) -> Answer { return told(TRY(file_of(services, context, TRY(id_of(request)))), 200); }},
        {Get, calls + "/{job}/content", ApiRead, [&services](Context& context, Request const& request) { return give(services, context, request); }},
    };
}

}  // namespace greffier::overview
