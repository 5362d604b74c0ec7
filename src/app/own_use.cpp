#include "app/own_use.hpp"

#include <stdexcept>

#include "core/embedded.hpp"
#include "registers/profile/profile.hpp"
#include "schema/json.hpp"
#include "web/html.hpp"

namespace greffier::app {

using accounts::Context;
using web::Html;
using web::Permission;
using web::Request;
using web::Response;
using namespace web::literals;

namespace {

/// Under which the record is found again: it is adopted once.
constexpr std::string_view own_key = "greffier:own-use";

std::string_view model(Language language)
{
    auto const name = "own/processing." + std::string{code_of(language)} + ".json";
    for (auto const& file : embedded_models())
        if (file.name == name) return file.content;
    throw std::logic_error("the program lacks " + name);
}

schema::Row model_row(records::Register const& kind, Language language)
{
    auto read = schema::read_json(*kind.schema, model(language), schema::ReadMode::Replace);
    if (!read.ok()) throw std::logic_error("the record of Greffier's own use is refused: " + (read.error().fields.empty() ? read.error().code : read.error().fields.front().field));
    return std::move(read->row);
}

profile::Profile profile_of(Application& application, Context const& context)
{
    auto const* kind = application.registers.find("profile");
    auto const stored = application.records(context.where().id).only(*kind);
    if (!stored.ok()) return {};
    auto profile = profile::profile_schema().unpack(stored->row);
    return profile.ok() ? std::move(*profile) : profile::Profile{};
}

/// "Claire Delmas, dpo@syndicat.example", whatever of it is known.
std::string joined(std::initializer_list<std::string> parts)
{
    std::string text;
    for (auto const& part : parts)
        if (!part.empty()) text.append(text.empty() ? "" : ", ").append(part);
    return text;
}

void paragraph(Html& out, Locale const& locale, std::string const& key, Arguments const& arguments)
{
    out << "<h3>"_h << locale.text(key + ".title") << "</h3><p>"_h << locale.text(key, arguments) << "</p>"_h;
}

void write_notice(Html& out, Application& application, Context const& context)
{
    auto const& locale = context.locale;
    auto const profile = profile_of(application, context);
    auto const missing = locale.text("own.to_fill");
    auto known = [&](std::string const& text) { return text.empty() ? missing : text; };
    Arguments const arguments{{"organisation", profile.name.empty() ? context.where().name : profile.name},
                              {"contact", known(joined({profile.address, profile.postcode, profile.city, profile.email}))},
                              {"rights", known(profile.rights_contact)},
                              {"dpo", known(joined({profile.dpo.name, profile.dpo.company, profile.dpo.email}))},
                              {"months", application.config.text("journal-months")}};
    out << "<section class=\"g-section\" aria-labelledby=\"notice-t\"><h2 id=\"notice-t\">"_h << locale.text("own.notice") << "</h2>"_h;
    for (auto const* key : {"own.who", "own.why", "own.what", "own.whom", "own.long", "own.rights"}) paragraph(out, locale, key, arguments);
    out << "</section>\n"_h;
}

void write_record(Html& out, Application& application, Context const& context)
{
    auto const& locale = context.locale;
    auto const& kind = *application.registers.find("processings");
    auto const adopted = application.records(context.where().id).find_by_import_key(kind, own_key);
    out << "<section class=\"g-section\" aria-labelledby=\"record-t\"><h2 id=\"record-t\">"_h << locale.text("own.record") << "</h2>"_h;
    bool const seen = adopted && records::Records(application.machinery, context.where().id, context.who().sight).find(kind, adopted->head.id).ok();
    if (adopted && !seen) {
        out << "<p>"_h << locale.text("own.adopted") << "</p><p class=\"g-muted\">"_h << locale.text("form.link_unknown") << "</p>"_h;
    } else if (adopted) {
        out << "<p>"_h << locale.text("own.adopted") << "</p><p><a"_h;
        out.url("href"_h, context.address("/processings/" + adopted->head.id.text()));
        out << ">"_h << adopted->head.title << "</a> <span class=\"g-ref\">"_h << adopted->head.reference << "</span></p>"_h;
    } else {
        out << "<p>"_h << locale.text("own.record_lead") << "</p>"_h;
        if (accounts::may(context.who(), Permission::WriteRecords)) {
            out << "<form method=\"post\""_h;
            out.url("action"_h, context.address("/own-use"));
            out << ">"_h;
            web::csrf_field(out, context.frame);
            out << "<button class=\"btn btn-primary\" type=\"submit\">"_h << locale.text("own.adopt") << "</button></form>"_h;
        }
    }
    out << "</section>\n"_h;
}

Result<Response> show(Application& application, Context& context)
{
    auto const& locale = context.locale;
    context.frame.title = locale.text("own.title");
    Html out;
    web::page_head(out, context.frame, locale.text("own.title"), locale.text("own.lead"), {});
    out << "<div class=\"g-settings\">"_h;
    write_record(out, application, context);
    write_notice(out, application, context);
    out << "</div>"_h;
    return Response::html(web::page(context.frame, out));
}

Result<Response> adopt(Application& application, Context& context)
{
    auto const& kind = *application.registers.find("processings");
    auto const organisation = context.where();
    records::By const by{context.who().id, context.now, organisation.zone};
    auto const row = model_row(kind, organisation.language);
    auto const id = TRY(application.database->write_result<RecordId>([&](storage::Session& session) -> Result<RecordId> {
        session.lock(organisation.id);
        records::Batch batch(application.machinery, organisation.id, session, by, accounts::Sight::everything());
        if (auto const there = batch.find_by_import_key(kind, own_key)) return there->head.id;   // two people at once: one record
        records::NewRecord record;
        record.row = row;
        record.import_key = own_key;
        auto const made = TRY(batch.create(kind, std::move(record)));
        batch.finish();
        return made.head.id;
    }));
    return Response::redirect(context.address("/processings/" + id.text() + "?done=created"));
}

/// For everyone, signed in or not.
Result<Response> accessibility(Context& context)
{
    auto const& locale = context.locale;
    context.frame.title = locale.text("accessibility.title");
    Html out;
    out << "<h1>"_h << locale.text("accessibility.title") << "</h1><p>"_h << locale.text("accessibility.lead") << "</p>"_h;
    for (auto const* key : {"accessibility.state", "accessibility.how", "accessibility.limits", "accessibility.contact", "accessibility.appeal"}) {
        out << "<h2>"_h << locale.text(std::string{key} + ".title") << "</h2><p>"_h << locale.text(key) << "</p>"_h;
    }
    return Response::html(web::bare_page(context.frame, out));
}

}  // namespace

std::vector<accounts::Route> own_use_routes(Application& application)
{
    using web::Method;
    return {
        {Method::Get, "/o/{organisation}/own-use", Permission::ReadRecords, [&application](Context& context, Request const&) { return show(application, context); }},
        {Method::Post, "/o/{organisation}/own-use", Permission::WriteRecords, [&application](Context& context, Request const&) { return adopt(application, context); }},
        {Method::Get, "/accessibility", Permission::Public, [](Context& context, Request const&) { return accessibility(context); }},
    };
}

}  // namespace greffier::app
