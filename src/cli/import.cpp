#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/parse.hpp"
#include "core/json_writer.hpp"
#include "core/text.hpp"
#include "exchange/formats.hpp"
#include "records/importing.hpp"

namespace greffier::cli {

namespace {

using records::Outcome;

constexpr std::array outcomes{Outcome::Created, Outcome::Updated, Outcome::Unchanged, Outcome::Skipped, Outcome::Repaired, Outcome::Differing, Outcome::Refused};

/// --organisation auto: the one whose name the file gives as the controller's.
Result<accounts::OrganisationInfo> organisation_for(app::Application& application, std::string const& slug, std::filesystem::path const& file, Date today)
{
    if (slug != "auto") return organisation_of(application, slug);
    auto const read = TRY(exchange::read_register_file(file, application.registers, today));
    auto const& info = *application.registers.find("profile")->schema;
    auto const name = read.profile ? fold(squeeze(schema::text_of(info, *read.profile, "name"))) : std::string{};
    if (name.empty()) return Error::not_found("import_no_organisation", {{"file", file.string()}});
    for (auto const& organisation : application.organisations.all())
        if (fold(organisation.name) == name) return organisation;
    return Error::not_found("import_other_organisation", {{"file", file.string()}, {"name", schema::text_of(info, *read.profile, "name")}});
}

Result<records::ImportReport> import_one(Invocation& call, app::Application& application, std::filesystem::path const& file)
{
    auto const now = application.now();
    auto const organisation = TRY(organisation_for(application, call.text("organisation"), file, local_date(now, "Europe/Paris")));
    auto const slug = call.has("register") ? call.text("register") : "processings";
    auto const registers = records::known_registers(application.machinery, organisation.id);
    auto const* kind = registers->find(slug);
    if (!kind) return Error::not_found("unknown_register", {{"value", shorten(slug, 60)}});
    auto const store = application.records(organisation.id);
    exchange::ReadWish wish;
    if (call.has("format")) wish.format = call.text("format");
    wish.source = file.filename().string();
    wish.today = local_date(now, organisation.zone);
    wish.profile = records::profile_of(store, std::nullopt);
    auto const bytes = TRY(exchange::read_bytes(file));
    auto const read = TRY(exchange::read_import(*kind, bytes, wish));
    records::ImportOptions options;
    options.dry_run = call.has("dry-run");
    bool const terminal = ::isatty(STDERR_FILENO) == 1;
    if (terminal)
        options.progress = [&](std::size_t done, std::size_t total) { call.err << "\r" << done << "/" << total << (done == total ? "\n" : "") << std::flush; };
    return records::run_import(store, *kind, read, {accounts::organisation_actor(organisation.id), now, organisation.zone}, options);
}

void print(Invocation& call, records::ImportReport const& report, schema::SchemaInfo const& info)
{
    auto const colon = call.say("punctuation.colon");
    call.out << report.source << colon;
    bool first = true;
    for (auto const outcome : outcomes) {
        if (report.count(outcome) == 0) continue;
        call.out << (first ? "" : ", ") << call.locale.plural("cli.import." + std::string{records::code_of(outcome)}, report.count(outcome));
        first = false;
    }
    if (first) call.out << call.say("cli.import.nothing");
    call.out << (report.dry_run ? " (" + call.say("cli.import.dry_run") + ")" : "") << "\n";
    for (auto const& entry : report.entries) {
        auto const words = records::words_of(entry, info, call.locale);
        if (words.empty()) continue;
        call.out << "  " << call.say("cli.import.state." + std::string{records::code_of(entry.outcome)}) << "  " << entry.place;
        if (!entry.reference.empty() || !entry.title.empty()) call.out << " (" << entry.reference << (entry.reference.empty() || entry.title.empty() ? "" : " ") << shorten(entry.title, 60) << ")";
        call.out << colon << words << "\n";
    }
}

}  // namespace

Result<int> run_import(Invocation& call)
{
    auto application = TRY(call.open(app::OpenWish::Use::Write));
    int code = 0;
    std::vector<records::ImportReport> reports;
    for (auto const& file : call.texts("files")) {
        auto report = import_one(call, *application, file);
        if (!report.ok()) {   // the other files are still worth importing
            call.err << "greffier" << call.say("punctuation.colon") << file << call.say("punctuation.colon") << describe(report.error(), call.locale) << "\n";
            code = 2;
            continue;
        }
        code = std::max(code, report->exit_code());
        reports.push_back(std::move(report).value());
    }
    conclude(*application);
    if (!call.json()) {
        for (auto const& report : reports) print(call, report, *application->registers.find(report.register_slug)->schema);
        return code;
    }
    // One file answers its report; several, a list of them.
    if (call.texts("files").size() == 1) {
        if (!reports.empty()) call.out << records::to_json(reports.front()) << "\n";
        return code;
    }
    JsonWriter out;
    out.begin_object().key("items").begin_array();
    for (auto const& report : reports) out.raw(records::to_json(report));
    out.end_array().member("page", 1).member("per_page", reports.size()).member("total", reports.size()).end_object();
    call.out << out.text() << "\n";
    return code;
}

}  // namespace greffier::cli
