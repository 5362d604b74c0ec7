// A whole organisation in one file: export, import, remove, and the certificate that a removal left.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <istream>
#include <ostream>

#include "archive/arrival.hpp"
#include "archive/removal.hpp"
#include "archive/sealed_file.hpp"
#include "archive/writer.hpp"
#include "cli/organisation_archive.hpp"
#include "core/json_writer.hpp"
#include "core/text.hpp"

namespace greffier::cli {

namespace {

namespace fs = std::filesystem;
using Use = app::OpenWish::Use;

/// A line that moves, on a terminal; a script hears nothing of a work that goes well.
class Told {
public:
    explicit Told(Invocation& call) : call_(call), terminal_(::isatty(STDERR_FILENO) == 1) {}
    ~Told()
    {
        if (said_) call_.err << "\n";
    }
    Told(Told const&) = delete;
    Told& operator=(Told const&) = delete;

    archive::Progress listener()
    {
        return [this](std::string_view stage, std::int64_t done, std::int64_t total) {
            if (!terminal_) return;
            call_.err << "\r\033[K" << call_.say("archive.stage." + std::string{stage});
            if (done > 0) call_.err << " " << call_.locale.number(done);
            if (total > 0) call_.err << " / " << call_.locale.number(total);
            call_.err << std::flush;
            said_ = true;
        };
    }

private:
    Invocation& call_;
    bool terminal_, said_ = false;
};

/// The first line of a file: a passphrase is never an argument, which others could read.
Result<std::optional<SecretText>> passphrase_of(Invocation const& call)
{
    if (!call.has("passphrase-file")) return std::optional<SecretText>{};
    std::ifstream file(call.text("passphrase-file"));
    std::string line;
    if (!file || !std::getline(file, line)) return Error::not_found("archive.passphrase_file", {{"path", call.text("passphrase-file")}});
    if (line.ends_with('\r')) line.pop_back();
    return std::optional{SecretText{std::move(line)}};
}

void write_counts(JsonWriter& out, std::map<std::string, std::int64_t> const& counts)
{
    out.key("counts").begin_object();
    for (auto const& [name, count] : counts) out.member(name, count);
    out.end_object();
}

std::int64_t counted(std::map<std::string, std::int64_t> const& counts, std::string const& name)
{
    auto const found = counts.find(name);
    return found == counts.end() ? 0 : found->second;
}

/// A file of ours beside its place, gone unless it gets there.
struct Passing {
    fs::path path;
    ~Passing()
    {
        std::error_code ignored;
        fs::remove(path, ignored);
    }
};

Status write_text(fs::path const& path, std::string const& text)
{
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (!file) return Error::forbidden("export_cannot_write", {{"path", path.string()}});
    return Nothing{};
}

Status give_certificate(Invocation& call, archive::Certificate const& certificate, std::string const& text)
{
    if (call.has("o") && call.text("o") != "-") TRY(write_text(call.text("o"), text));
    if (call.json() || call.text("o") == "-") call.out << text;
    else call.out << archive::in_words(certificate, call.locale);
    return Nothing{};
}

}  // namespace

Result<int> run_organisation_export(Invocation& call)
{
    auto application = TRY(call.open(Use::Read));
    auto const organisation = TRY(organisation_of(*application, call.text("slug")));
    auto const passphrase = TRY(passphrase_of(call));
    fs::path const target = call.text("o");
    std::optional<archive::FileKey> key;
    if (passphrase) key = TRY(archive::key_for(*passphrase));
    conclude(*application);   // its head is signed
    auto const signer = SigningKey::from_seed(TRY(application->directory.ledger_key()));
    auto const manifest = [&]() -> Result<archive::Manifest> {
        Told told(call);
        archive::Source const source{*application->database, application->vault, application->sealing, signer, application->directory.temporary()};
        if (!key) return archive::write_archive(source, organisation.id, target, told.listener());
        Passing const plain{application->directory.temporary() / ("organisation-" + random_token() + ".zip")};
        auto written = TRY(archive::write_archive(source, organisation.id, plain.path, told.listener()));
        archive::seal_file(plain.path, target, *key);
        return written;
    }();
    if (!manifest.ok()) return manifest.error();
    if (call.json()) {
        JsonWriter out;
        out.begin_object().member("organisation", organisation.id.text()).member("slug", organisation.slug).member("file", target.string()).member("sealed", passphrase.has_value());
        out.member("bytes", static_cast<std::int64_t>(fs::file_size(target))).key("ledger").begin_object().member("size", static_cast<std::int64_t>(manifest->ledger_size))
            .member("root", to_base64(manifest->ledger_root)).member("verifier_key", manifest->verifier_key).end_object();
        write_counts(out, manifest->counts);
        out.end_object();
        call.out << out.text() << "\n";
    } else {
        call.tell("cli.organisation.export.done", {{"name", organisation.name}, {"path", target.string()}, {"records", call.locale.number(counted(manifest->counts, "records"))},
                                                   {"versions", call.locale.number(counted(manifest->counts, "versions"))}, {"files", call.locale.number(counted(manifest->counts, "attachments"))},
                                                   {"bytes", call.locale.bytes(fs::file_size(target))}});
        call.tell("cli.organisation.export.key", {{"key", manifest->verifier_key}});
    }
    if (!passphrase) call.err << call.say("cli.organisation.export.in_clear", {{"path", target.string()}}) << "\n";
    return 0;
}

Result<int> run_organisation_import(Invocation& call)
{
    if (call.has("slug") && call.text("slug").empty()) return Error::invalid("bad_slug", {{"value", ""}});
    auto application = TRY(call.open(Use::Write));
    auto const passphrase = TRY(passphrase_of(call));
    auto const archive = TRY(archive::ArchiveReader::open(call.text("file"), passphrase, application->directory.temporary()));
    archive::ArrivalWish wish{call.has("as-copy"), call.text("slug"), {}};
    if (call.has("parent")) wish.parent = TRY(organisation_of(*application, call.text("parent"))).id;
    auto const arrived = [&] {
        Told told(call);
        return archive::import_archive({application->machinery, {*application->database, application->directory.attachments()}, application->master, application->directory.checkpoints()}, archive, wish, application->now(), told.listener());
    }();
    if (!arrived.ok()) return arrived.error();
    conclude(*application);
    if (call.json()) {
        JsonWriter out;
        out.begin_object().member("organisation", arrived->organisation.text()).member("slug", arrived->slug).member("copy", wish.as_copy).key("former_ledger").begin_object();
        out.member("size", static_cast<std::int64_t>(arrived->former_size)).member("root", to_base64(arrived->former_root)).member("verifier_key", archive.manifest().verifier_key).end_object();
        out.member("ledger_size", static_cast<std::int64_t>(arrived->size)).member("older_than_removed", arrived->older_than_removed).key("lost_slugs").begin_array();
        for (auto const& slug : arrived->lost_slugs) out.value(std::string_view{slug});
        out.end_array();
        write_counts(out, arrived->counts);
        out.end_object();
        call.out << out.text() << "\n";
        return 0;
    }
    auto const count = [&](char const* name) { return call.locale.number(counted(arrived->counts, name)); };
    call.tell(wish.as_copy ? "cli.organisation.import.copied" : "cli.organisation.import.done",
              {{"name", arrived->name}, {"slug", arrived->slug}, {"records", count("records")}, {"versions", count("versions")}, {"files", count("attachments")}});
    call.tell("cli.organisation.import.people", {{"known", count("people_known")}, {"new", count("people_new")}});
    call.tell("cli.organisation.import.log", {{"size", call.locale.number(static_cast<std::int64_t>(arrived->former_size))}, {"root", to_base64(arrived->former_root)}, {"key", archive.manifest().verifier_key}});
    if (arrived->older_than_removed) call.err << call.say("cli.organisation.import.older") << "\n";
    if (!arrived->lost_slugs.empty()) call.err << call.say("cli.organisation.import.lost_slugs", {{"slugs", join(arrived->lost_slugs, ", ")}}) << "\n";
    return 0;
}

Result<int> run_organisation_remove(Invocation& call)
{
    auto application = TRY(call.open(Use::Write));
    auto const organisation = TRY(organisation_of(*application, call.text("slug")));
    auto confirmed = call.text("confirm");
    if (!call.has("confirm")) {
        call.err << call.say("cli.organisation.remove.ask", {{"name", organisation.name}, {"slug", organisation.slug}}) << std::flush;
        std::getline(call.in, confirmed);
    }
    if (trim(confirmed) != organisation.slug) return Error::invalid("archive.not_confirmed", {{"slug", organisation.slug}});
    conclude(*application);   // the head that the certificate names is signed
    auto const signer = SigningKey::from_seed(TRY(application->directory.ledger_key()));
    bool const embedded = application->database->engine() == storage::Engine::Sqlite;
    archive::Remover const remover{*application->database, {*application->database, application->directory.attachments()}, signer, application->directory.path() / "archives", embedded ? application->directory.database_file() : fs::path{}};
    auto const removed = TRY(archive::remove_organisation(remover, organisation.id, call.say("actor.command_line"), application->now()));
    TRY(give_certificate(call, removed.certificate, removed.text));
    if (!removed.compacted) call.err << call.say("cli.organisation.remove.not_compacted") << "\n";
    return 0;
}

Result<int> run_organisation_certificate(Invocation& call)
{
    auto application = TRY(call.open(Use::Read));
    auto const id = OrganisationId::parse(call.text("id"));
    if (!id) return Error::invalid("not_an_id");
    auto const text = archive::kept_certificate(*application->database->read(), *id);
    auto const certificate = text ? archive::parse_certificate(*text) : std::nullopt;
    if (!certificate) return Error::not_found("archive.no_certificate", {{"id", id->text()}});
    TRY(give_certificate(call, *certificate, *text));
    return 0;
}

}  // namespace greffier::cli
