#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/doctor_checks.hpp"
#include "cli/reference.hpp"
#include "app/traced.hpp"
#include "app/web_app.hpp"
#include "core/json_writer.hpp"

namespace greffier::cli {

namespace {

using State = CheckResult::State;

Result<int> write_reference(Invocation& call)
{
    namespace fs = std::filesystem;
    fs::path const directory = call.text("reference").empty() ? "docs/reference" : call.text("reference");
    fs::create_directories(directory);
    auto const pages = reference_pages();
    for (auto const& page : pages) {
        std::ofstream file(directory / page.name, std::ios::binary | std::ios::trunc);
        file << page.content;
        file.close();
        if (!file) return Error::invalid("cli_output");
    }
    call.tell("cli.doctor.reference_written", {{"count", std::to_string(pages.size())}, {"path", directory.string()}});
    return 0;
}

/// An installation that does not open is a finding like another, unless there is none at all.
Result<Checks> examine(Invocation& call)
{
    Checks found;
    try {
        auto application = call.open(app::OpenWish::Use::Read);
        if (!application.ok() && application.error().code.starts_with("data_")) return application.error();
        if (!application.ok()) {
            found.push_back({State::Failed, "open", "cli.doctor.not_opened", {{"reason", describe(application.error(), call.locale)}}});
            return found;
        }
        auto& opened = **application;
        found.push_back({State::Ok, "open", "cli.doctor.opened"});
        check_permissions(opened, found);
        check_database(opened, found);
        check_ledgers(opened, found);
        check_versions(opened, found);
        check_attachments(opened, found);
        check_sealed(opened, found);
        check_space(opened, call.locale, found);
    } catch (storage::StorageFailure const& failure) {
        found.push_back({State::Failed, "database", "cli.doctor.integrity_failed", {{"reason", failure.what()}}});
    }
    return found;
}

void print(Invocation& call, Checks const& found, std::int64_t warned, std::int64_t failed)
{
    for (auto const& result : found) call.out << call.say("cli.doctor.state." + std::string{code_of(result.state)}) << "  " << call.say(result.key, result.arguments) << "\n";
    call.out << (failed > 0   ? call.locale.plural("cli.doctor.failed", failed)
                 : warned > 0 ? call.locale.plural("cli.doctor.warned", warned)
                              : call.say("cli.doctor.all_good"))
             << "\n";
}

/// Every address the program answers, with what it asks of the caller: for reviews, and for the sweep of the tests.
Result<int> write_routes(Invocation& call)
{
    auto application = TRY(call.open(app::OpenWish::Use::Read));
    app::WebApp const web(*application, "");
    auto const traced = app::traced_by_route(web.routes());
    JsonWriter out;
    out.begin_object().key("routes").begin_array();
    for (std::size_t i = 0; i < web.routes().size(); ++i) {
        auto const& route = web.routes()[i];
        if (!call.json()) call.out << web::name_of(route.method) << " " << route.path << "  " << web::name_of(route.permission) << "\n";
        out.begin_object().member("method", web::name_of(route.method)).member("path", std::string_view{route.path}).member("permission", web::name_of(route.permission));
        if (traced[i]) out.member("journal", traced[i]->event);
        else out.null_member("journal");
        out.end_object();
    }
    out.end_array().end_object();
    if (call.json()) call.out << out.text() << "\n";
    return 0;
}

}  // namespace

Result<int> run_doctor(Invocation& call)
{
    if (call.has("reference")) return write_reference(call);
    if (call.has("routes")) return write_routes(call);
    if (call.has("locale-keys")) {
        for (auto const& key : derived_locale_keys()) call.out << key << "\n";
        return 0;
    }
    auto const found = TRY(examine(call));
    auto const warned = std::ranges::count(found, State::Warning, &CheckResult::state);
    auto const failed = std::ranges::count(found, State::Failed, &CheckResult::state);
    if (call.json()) {
        JsonWriter out;
        out.begin_object().member("state", failed > 0 ? "failed" : warned > 0 ? "warning" : "ok").key("items").begin_array();
        for (auto const& result : found) {
            out.begin_object().member("check", result.check).member("state", code_of(result.state)).member("code", result.key.substr(11));
            out.key("arguments").begin_object();
            for (auto const& [name, value] : result.arguments) out.member(name, value);
            out.end_object().member("message", call.say(result.key, result.arguments)).end_object();
        }
        out.end_array().member("page", 1).member("per_page", found.size()).member("total", found.size()).end_object();
        call.out << out.text() << "\n";
    } else {
        print(call, found, warned, failed);
    }
    return failed > 0 ? 1 : 0;
}

}  // namespace greffier::cli
