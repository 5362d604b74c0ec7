#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/parse.hpp"
#include "core/json_writer.hpp"
#include "core/text.hpp"
#include "app/registers.hpp"
#include "exchange/file_owner.hpp"
#include "exchange/formats.hpp"
#include "exchange/mapping_store.hpp"
#include "records/import_runs.hpp"
#include "records/importing.hpp"
#include "records/vocabulary.hpp"

namespace greffier::cli {

namespace {

using records::Outcome;

constexpr std::array outcomes{Outcome::Created, Outcome::Updated, Outcome::Unchanged, Outcome::Skipped, Outcome::Repaired, Outcome::Differing, Outcome::Refused};

/// What is said of each body, read once however many files there are.
class Bodies {
public:
    explicit Bodies(app::Application& application) : application_(application) {}

    /// --organisation SLUG, or the body whose SIREN or exact name the file gives.
    Result<accounts::OrganisationInfo> find(std::string const& slug, std::string_view bytes, std::filesystem::path const& file)
    {
        if (slug != "auto") return organisation_of(application_, slug);
        if (!loaded_) load();
        auto const name = file.filename().string();
        auto const owner = TRY(exchange::owner_of_file(bytes, name, local_date(application_.now(), "Europe/Paris")));
        return organisations_[TRY(exchange::choose_body(known_, owner, name))];
    }

private:
    void load()
    {
        auto const& info = *application_.registers.find("profile")->schema;
        organisations_ = application_.organisations.all();
        for (auto const& organisation : organisations_) {
            exchange::KnownBody body{{}, {}, organisation.name};
            if (auto const profile = records::profile_of(application_.records(organisation.id), std::nullopt)) {
                body.name = schema::text_of(info, *profile, "name");
                body.siren = exchange::siren_of(schema::text_of(info, *profile, "siren"));
                if (body.siren.empty()) body.siren = exchange::siren_of(schema::text_of(info, *profile, "siret"));
            }
            known_.push_back(std::move(body));
        }
        loaded_ = true;
    }

    app::Application& application_;
    std::vector<accounts::OrganisationInfo> organisations_;
    std::vector<exchange::KnownBody> known_;
    bool loaded_ = false;
};

/// --mapping FILE.json, or the name of a saved one.
Result<std::optional<exchange::TableMapping>> mapping_for(Invocation& call, storage::Database* database, OrganisationId organisation, std::string_view slug)
{
    if (!call.has("mapping")) return std::optional<exchange::TableMapping>{};
    auto const given = call.text("mapping");
    std::error_code failure;
    if (std::filesystem::is_regular_file(given, failure)) return std::optional{TRY(exchange::read_mapping(TRY(exchange::read_bytes(given))))};
    if (!database || given.ends_with(".json")) return Error::not_found("import.no_such_file", {{"file", given}});
    auto mapping = TRY(exchange::Mappings(*database, organisation, slug).named(given)).mapping;
    mapping.of_another_file = true;
    return std::optional{std::move(mapping)};
}

Result<records::Register const*> register_in(records::Registers const& registers, Invocation& call)
{
    auto const slug = call.has("register") ? call.text("register") : std::string{"processings"};
    auto const* kind = registers.find(slug);
    if (!kind) return Error::not_found("unknown_register", {{"value", shorten(slug, 60)}});
    return kind;
}

struct Imported {
    accounts::OrganisationInfo organisation;
    records::ImportReport report;
};

Result<Imported> import_one(Invocation& call, app::Application& application, Bodies& bodies, std::filesystem::path const& file)
{
    auto const now = application.now();
    auto const bytes = TRY(exchange::read_bytes(file));
    auto const organisation = TRY(bodies.find(call.text("organisation"), bytes, file));
    auto const registers = records::known_registers(application.machinery, organisation.id);
    auto const* kind = TRY(register_in(*registers, call));
    auto const store = application.records(organisation.id);
    exchange::ReadWish wish;
    if (call.has("format")) wish.format = call.text("format");
    wish.source = file.filename().string();
    wish.today = local_date(now, organisation.zone);
    wish.profile = records::profile_of(store, std::nullopt);
    wish.mapping = TRY(mapping_for(call, application.database.get(), organisation.id, kind->slug));
    auto const read = TRY(exchange::read_import(*kind, bytes, wish));
    records::ImportOptions options;
    options.dry_run = call.has("dry-run");
    bool const terminal = ::isatty(STDERR_FILENO) == 1;
    if (terminal)
        options.progress = [&](std::size_t done, std::size_t total) { call.err << "\r" << done << "/" << total << (done == total ? "\n" : "") << std::flush; };
    return Imported{organisation, TRY(records::run_import(store, *kind, read, {accounts::organisation_actor(organisation.id), now, organisation.zone}, options))};
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

std::string json_of(Imported const& imported)
{
    JsonWriter slug;
    slug.value(std::string_view{imported.organisation.slug});
    return "{\"organisation\":" + slug.text() + "," + records::to_json(imported.report).substr(1);
}

struct RefusedFile {
    std::string file;
    Error error;
};

void print_all(Invocation& call, app::Application& application, std::vector<Imported> const& imported, std::vector<RefusedFile> const& refused)
{
    for (auto const& one : imported) {
        auto const registers = records::known_registers(application.machinery, one.organisation.id);
        if (call.text("organisation") == "auto") call.out << one.organisation.name << " (" << one.organisation.slug << ")" << call.say("punctuation.colon");
        print(call, one.report, *registers->find(one.report.register_slug)->schema);
    }
    if (imported.size() + refused.size() < 2) return;
    call.out << call.say("cli.import.total") << call.say("punctuation.colon");
    for (auto const outcome : {Outcome::Created, Outcome::Updated, Outcome::Unchanged, Outcome::Refused}) {
        std::int64_t count = 0;
        for (auto const& one : imported) count += one.report.count(outcome);
        call.out << call.locale.plural("cli.import." + std::string{records::code_of(outcome)}, count) << ", ";
    }
    call.out << call.locale.plural("cli.import.files_refused", static_cast<std::int64_t>(refused.size())) << "\n";
}

/// One file answers its report; several, a list of them with the files that none could be made of.
void print_json(Invocation& call, std::vector<Imported> const& imported, std::vector<RefusedFile> const& refused)
{
    if (imported.size() + refused.size() == 1) {
        if (!imported.empty()) call.out << json_of(imported.front()) << "\n";
        return;
    }
    JsonWriter out;
    out.begin_object().key("items").begin_array();
    for (auto const& one : imported) out.raw(json_of(one));
    out.end_array().key("refused_files").begin_array();
    for (auto const& one : refused) {
        out.begin_object().member("file", std::string_view{one.file}).member("code", std::string_view{one.error.code});
        out.member("message", std::string_view{describe(one.error, call.locale)}).end_object();
    }
    out.end_array().key("counts").begin_object();
    for (auto const outcome : outcomes) {
        std::int64_t count = 0;
        for (auto const& one : imported) count += one.report.count(outcome);
        out.member(records::code_of(outcome), count);
    }
    out.end_object().member("page", 1).member("per_page", imported.size()).member("total", imported.size()).end_object();
    call.out << out.text() << "\n";
}

/// --undo RUN: what that import made goes to the bin, what it changed becomes again what it was.
Result<int> undo(Invocation& call)
{
    auto application = TRY(call.open(app::OpenWish::Use::Write));
    auto const organisation = TRY(organisation_of(*application, call.text("organisation")));
    auto const id = Uuid::parse(call.text("undo"));
    if (!id) return Error::not_found("import_no_such_run", {{"run", shorten(call.text("undo"), 60)}});
    auto const now = application->now();
    auto const store = application->records(organisation.id);
    accounts::Actor const actor{organisation.id, accounts::organisation_actor(organisation.id), accounts::Role::Administrator, {accounts::Role::Administrator}};
    auto const run = records::import_run(store, *id);
    if (!run.ok()) return Error::not_found("import_no_such_run", {{"run", id->text()}});
    TRY(records::undo_import(store, *id, {actor.id, now, organisation.zone}, actor, call.say("import.undo.reason", {{"file", run->source}})));
    conclude(*application);
    auto const after = TRY(records::import_run(store, *id));
    if (call.json()) {
        call.out << records::to_json(after) << "\n";
    } else {
        call.out << run->source << call.say("punctuation.colon") << call.locale.plural("import.runs.undone", after.act->undone) << "\n";
        for (auto const& step : records::not_undone(store, *id)) call.out << "  " << step.record.text() << call.say("punctuation.colon") << call.say("error." + step.undo_code) << "\n";
    }
    return after.act->not_undone > 0 ? 1 : 0;
}

/// --show-mapping: how each file would be read, as JSON to edit. Without --organisation, no data directory is touched.
Result<int> show_mapping(Invocation& call)
{
    std::unique_ptr<app::Application> application;
    records::Vocabulary::Held held;
    OrganisationId organisation;
    if (call.has("organisation") && call.text("organisation") != "auto") {
        application = TRY(call.open(app::OpenWish::Use::Read));
        organisation = TRY(organisation_of(*application, call.text("organisation"))).id;
        held = records::known_registers(application->machinery, organisation);
    }
    auto const* kind = TRY(register_in(held ? *held : app::registers(), call));
    for (auto const& name : call.texts("files")) {
        std::filesystem::path const file(name);
        exchange::TableWish const wish{file.filename().string(), TRY(mapping_for(call, application ? application->database.get() : nullptr, organisation, kind->slug))};
        auto const proposal = TRY(exchange::propose_for(*kind, TRY(exchange::read_bytes(file)), wish));
        call.out << nlohmann::ordered_json::parse(exchange::to_json(proposal.mapping)).dump(2, ' ', false) << "\n";
    }
    return 0;
}

Error missing(char const* option) { return Error::invalid("cli_missing", {{"option", option}}); }

}  // namespace

Result<int> run_import(Invocation& call)
{
    if (call.has("undo")) return call.has("organisation") ? undo(call) : Result<int>(missing("--organisation"));
    if (call.texts("files").empty()) return missing("FILE");
    if (call.has("show-mapping")) return show_mapping(call);
    if (!call.has("organisation")) return missing("--organisation");
    auto application = TRY(call.open(app::OpenWish::Use::Write));
    Bodies bodies(*application);
    int code = 0;
    std::vector<Imported> imported;
    std::vector<RefusedFile> refused;
    for (auto const& file : call.texts("files")) {
        auto one = import_one(call, *application, bodies, file);
        if (!one.ok()) {   // the other files are still worth importing
            bool const named = one.error().arguments.contains("file");
            call.err << "greffier" << call.say("punctuation.colon") << (named ? std::string{} : file + call.say("punctuation.colon")) << describe(one.error(), call.locale) << "\n";
            code = 2;
            refused.push_back({file, std::move(one).error()});
            continue;
        }
        code = std::max(code, one->report.exit_code());
        imported.push_back(std::move(one).value());
    }
    conclude(*application);
    if (call.json()) print_json(call, imported, refused);
    else print_all(call, *application, imported, refused);
    return code;
}

}  // namespace greffier::cli
