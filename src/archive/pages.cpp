// The pages of a whole organisation: take it away in one file, and remove it.
#include <nlohmann/json.hpp>

#include "accounts/pages/form.hpp"
#include "accounts/pages/second_step.hpp"
#include "archive/export_job.hpp"
#include "archive/removal.hpp"
#include "core/text.hpp"
#include "records/vault_move.hpp"
#include "web/problem.hpp"

namespace greffier::archive {

using accounts::Context;
using accounts::FormState;
using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;
using Answer = Result<Response>;

namespace {

void section(Html& out, std::string_view title, std::string_view words)
{
    out << "<section class=\"g-section\"><h2>"_h << title << "</h2><p>"_h << words << "</p>\n"_h;
}

std::string state_of(Context const& context, jobs::Job const& job)
{
    auto const& locale = context.locale;
    auto words = locale.text("archive.job." + std::string{jobs::code_of(job.state)});
    if (job.state == jobs::State::Running && job.total > 0) words += " " + locale.number(job.progress) + " / " + locale.number(job.total);
    return words;
}

std::int64_t bytes_of(jobs::Job const& job)
{
    auto const result = nlohmann::json::parse(job.result, nullptr, false);
    return result.is_object() ? result.value("bytes", std::int64_t{0}) : 0;
}

void list_exports(ArchiveServices& services, Html& out, Context const& context, std::vector<jobs::Job> const& jobs)
{
    auto const& locale = context.locale;
    if (jobs.empty()) return;
    section(out, locale.text("archive.exports.title"), locale.text("archive.exports.lead"));
    accounts::open_table(out, locale, {"archive.exports.asked", "archive.exports.state", "archive.exports.file"}, false);
    for (auto const& job : jobs) {
        out << "<tr role=\"row\">"_h;
        accounts::open_cell(out, locale, "archive.exports.asked");
        out << locale.instant(job.created_at) << "</div></td>"_h;
        accounts::open_cell(out, locale, "archive.exports.state");
        out << state_of(context, job) << "</div></td>"_h;
        accounts::open_cell(out, locale, "archive.exports.file");
        if (job.state == jobs::State::Done && fetch(services, job.organisation, job.id).ok()) {
            out << "<a"_h;
            out.url("href"_h, context.address("/archive/" + job.id.text()));
            out << ">"_h << locale.text("archive.exports.fetch", {{"bytes", locale.bytes(static_cast<std::uint64_t>(bytes_of(job)))}}) << "</a>"_h;
        } else out << "–"_h;
        out << "</div></td></tr>\n"_h;
    }
    accounts::close_table(out);
    out << "</section>"_h;
}

void passphrase_field(Html& out, Locale const& locale, FormState const& form, std::string_view name, std::string_view label, std::string_view hint)
{
    accounts::text_field(out, locale, form, {.name = name, .label = label, .type = "password", .autocomplete = "new-password", .hint = hint, .max_length = 500});
}

Response archive_page(ArchiveServices& services, Context& context, FormState const& form, int status = 200)
{
    auto const& locale = context.locale;
    context.frame.crumbs = {{locale.text("nav.administration"), ""}};
    if (accounts::may(context.who(), web::Permission::AdministerOrganisation)) context.frame.crumbs.push_back({locale.text("accounts.settings.title"), context.address("/settings")});
    Html out;
    web::page_head(out, context.frame, locale.text("archive.page.title"), locale.text("archive.page.lead"), {});
    accounts::error_summary(out, locale, form);
    out << "<div class=\"g-settings\">"_h;
    section(out, locale.text("archive.page.export"), locale.text("archive.page.export_lead"));
    accounts::open_form(out, context, context.address("/archive"));
    passphrase_field(out, locale, form, "passphrase", "archive.passphrase", "archive.passphrase.hint");
    passphrase_field(out, locale, form, "again", "archive.passphrase_again", "");
    accounts::submit_button(out, locale.text("archive.page.begin"));
    out << "</form></section>"_h;
    list_exports(services, out, context, exports_of(services, context.where().id));
    if (accounts::may(context.who(), web::Permission::AdministerInstallation)) {
        section(out, locale.text("archive.page.remove"), locale.text("archive.page.remove_lead"));
        out << "<p><a class=\"btn btn-danger-outline\""_h;
        out.url("href"_h, context.address("/remove"));
        out << ">"_h << locale.text("archive.page.remove_open") << "</a></p></section>"_h;
    }
    out << "</div>"_h;
    return accounts::shown(context, locale.text("archive.page.title"), out, status);
}

Answer begin(ArchiveServices& services, Context& context, Request const& request)
{
    FormState form;
    SecretText const passphrase{request.form.get("passphrase")};
    if (length_utf8(passphrase.reveal()) < shortest_passphrase) form.errors.push_back({"passphrase", "archive.passphrase_short", {{"min", std::to_string(shortest_passphrase)}}});
    else if (request.form.get("again") != passphrase.reveal()) form.refuse("again", "archive.passphrase_differs");
    if (form.errors.empty()) {
        auto const begun = begin_export(services, context.who(), passphrase, context.now);
        if (begun.ok()) return Response::redirect(context.address("/archive?done=archive_begun"));
        form.take(begun.error());
    }
    return archive_page(services, context, form, 422);
}

Answer give(ArchiveServices& services, Context& context, Request const& request)
{
    auto const id = jobs::JobId::parse(request.param("job"));
    if (!id) return Error::not_found();
    auto const path = TRY(fetch(services, context.where().id, *id));
    auto const day = greffier::to_text(local_date(context.now, context.where().zone));
    return Response::download_file(context.where().slug + "-" + day + ".greffier", "application/octet-stream", path);
}

Response removal_page(Context& context, FormState const& form, int status = 200)
{
    auto const& locale = context.locale;
    auto const& town = context.where();
    context.frame.crumbs = {{locale.text("nav.administration"), ""}, {locale.text("accounts.settings.title"), context.address("/settings")}};
    Html out;
    web::page_head(out, context.frame, locale.text("archive.remove.title", {{"name", town.name}}), locale.text("archive.remove.lead"), {});
    accounts::error_summary(out, locale, form, {{"confirm", "archive.remove.confirm"}});
    out << "<div class=\"g-settings\"><section class=\"g-section\"><ul>"_h;
    for (auto const* what : {"records", "files", "people", "backups"}) out << "<li>"_h << locale.text("archive.remove." + std::string{what}) << "</li>"_h;
    out << "</ul>"_h;
    accounts::open_form(out, context, context.address("/remove"));
    out << "<p>"_h << locale.text("archive.remove.type", {{"slug", town.slug}}) << "</p>"_h;
    accounts::text_field(out, locale, form, {.name = "confirm", .label = "archive.remove.confirm", .max_length = 60});
    out << "<div class=\"g-field\"><button class=\"btn btn-danger\" type=\"submit\">"_h << locale.text("archive.remove.do") << "</button></div></form></section></div>"_h;
    return accounts::shown(context, locale.text("archive.remove.title", {{"name", town.name}}), out, status);
}

/// The organisation is gone by now: the page stands outside of it.
Response certificate_page(Context& context, Removed const& removed)
{
    auto const& locale = context.locale;
    context.frame.organisation.reset();
    context.frame.navigation.clear();
    context.frame.crumbs = {{locale.text("nav.organisations"), "/organisations"}};
    Html out;
    web::page_head(out, context.frame, locale.text("archive.removed.title", {{"name", removed.certificate.name}}), locale.text("archive.removed.lead"), {});
    out << "<section class=\"g-section\"><pre class=\"g-certificate\">"_h << in_words(removed.certificate, locale) << "</pre></section><section class=\"g-section\"><h2>"_h
        << locale.text("archive.removed.signed") << "</h2><p>"_h << locale.text("archive.removed.signed_lead", {{"id", removed.certificate.organisation.text()}}) << "</p><textarea class=\"form-control\" readonly rows=\"8\""_h;
    out.attr("aria-label"_h, locale.text("archive.removed.signed"));
    out << ">"_h << removed.text << "</textarea></section>"_h;
    return accounts::shown(context, locale.text("archive.removed.title", {{"name", removed.certificate.name}}), out);
}

Answer remove(ArchiveServices& services, Context& context, Request const& request)
{
    FormState form;
    if (trim(request.form.get("confirm")) != context.where().slug) form.errors.push_back({"confirm", "archive.not_confirmed", {{"slug", context.where().slug}}});
    if (!form.errors.empty()) return removal_page(context, form, 422);
    if (services.accounts)
        if (auto asked = accounts::ask_again(*services.accounts, context, request)) return std::move(*asked);
    auto const key = TRY(services.ledger_key());
    if (services.before_removal) services.before_removal();
    auto const removed = remove_organisation({services.database, {services.database, services.contents}, key, services.exports, services.database_file}, context.where().id, context.frame.person_name, context.now);
    if (!removed.ok()) {
        form.take(removed.error());
        return removal_page(context, form, web::status_of(removed.error().kind));
    }
    return certificate_page(context, *removed);
}

}  // namespace

std::vector<accounts::Route> archive_routes(ArchiveServices& services)
{
    using enum web::Permission;
    using enum web::Method;
    return {
        {Get, "/o/{organisation}/archive", ExportOrganisation, [&services](Context& context, Request const&) -> Answer { return archive_page(services, context, {}); }},
        {Post, "/o/{organisation}/archive", ExportOrganisation, [&services](Context& context, Request const& request) { return begin(services, context, request); }},
        {Get, "/o/{organisation}/archive/{job}", ExportOrganisation, [&services](Context& context, Request const& request) { return give(services, context, request); }},
        {Get, "/o/{organisation}/remove", AdministerInstallation, [](Context& context, Request const&) -> Answer { return removal_page(context, {}); }},
        {Post, "/o/{organisation}/remove", AdministerInstallation, [&services](Context& context, Request const& request) { return remove(services, context, request); }},
    };
}

}  // namespace greffier::archive
