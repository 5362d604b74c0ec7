#include "archive/export_job.hpp"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "accounts/acting.hpp"
#include "archive/removal.hpp"
#include "archive/writer.hpp"
#include "core/json_writer.hpp"
#include "records/vault_move.hpp"

namespace greffier::archive {

namespace fs = std::filesystem;
using jobs::Lease;

namespace {

constexpr std::string_view passing = "organisation-";

Result<FileKey> key_of(ArchiveServices const& services, nlohmann::json const& payload)
{
    auto const salt = from_hex(payload.at("salt").get<std::string>()), sealed = from_hex(payload.at("key").get<std::string>());
    auto key = salt && sealed ? open_sealed(services.key, *sealed) : std::nullopt;
    if (!key) return Error::invalid("archive.wrong_passphrase");
    return FileKey{*salt, std::move(*key)};
}

Result<accounts::Actor> actor_of(ArchiveServices const& services, nlohmann::json const& payload, jobs::Job const& job, Timestamp now)
{
    std::vector<accounts::Role> roles;
    for (auto const& code : payload.at("roles"))
        if (auto const role = accounts::parse_role(code.get<std::string>())) roles.push_back(*role);
    auto actor = accounts::still_acting(services.database, job.organisation, job.actor, roles, now);
    if (!actor || !may_export(*actor)) return Error::forbidden();
    return std::move(*actor);
}

Status export_now(ArchiveServices& services, Lease& lease)
{
    auto const& job = lease.job();
    auto const payload = nlohmann::json::parse(job.payload);
    (void)TRY(actor_of(services, payload, job, lease.now()));
    auto const key = TRY(key_of(services, payload));
    auto const signer = TRY(services.ledger_key());
    ready_exports(services.database, services.exports);
    PlainFile const plain{services.scratch / (std::string{passing} + job.id.text() + ".zip")};
    auto told = std::chrono::steady_clock::time_point{};
    auto const progress = [&](std::string_view, std::int64_t done, std::int64_t total) {
        auto const now = std::chrono::steady_clock::now();
        if (now - told < std::chrono::seconds{1}) return;   // each is a write
        told = now;
        lease.progress(done, total);
    };
    auto const manifest = TRY(write_archive({services.database, services.vault, services.sealing, signer, services.scratch}, job.organisation, plain.path, progress));
    auto const file = place_of(services, job.id);
    seal_file(plain.path, file, key);
    JsonWriter result;
    result.begin_object().member("bytes", static_cast<std::int64_t>(fs::file_size(file))).member("records", manifest.counts.at("records")).end_object();
    lease.give_result(result.text());
    lease.progress(manifest.counts.at("records"), manifest.counts.at("records"));
    return Nothing{};
}

}  // namespace

bool may_export(accounts::Actor const& actor)
{
    return accounts::may(actor, web::Permission::ExportOrganisation);
}

fs::path place_of(ArchiveServices const& services, jobs::JobId id) { return services.exports / (id.text() + ".sealed"); }

Status begin_export(ArchiveServices& services, accounts::Actor const& actor, SecretText const& passphrase, Timestamp now)
{
    for (auto const& job : exports_of(services, actor.organisation))
        if (job.state == jobs::State::Waiting || job.state == jobs::State::Running) return Error::conflict("archive.export_running");
    auto const key = TRY(key_for(passphrase));
    JsonWriter payload;
    payload.begin_object().member("key", std::string_view{to_hex(seal(services.key, key.key.reveal()))}).key("roles").begin_array();
    for (auto role : actor.roles) payload.value(accounts::code_of(role));
    payload.end_array().member("salt", std::string_view{to_hex(key.salt)}).end_object();
    jobs::NewJob job;
    job.organisation = actor.organisation;
    job.actor = actor.id;
    job.kind = export_kind;
    job.payload = payload.text();
    TRY(jobs::Jobs(services.database).add(job, now));
    if (services.wake_jobs) services.wake_jobs();
    return Nothing{};
}

std::vector<jobs::Job> exports_of(ArchiveServices& services, OrganisationId organisation)
{
    auto all = jobs::Jobs(services.database).list(organisation, 200);
    std::erase_if(all, [](jobs::Job const& job) { return job.kind != export_kind; });
    return all;
}

Result<fs::path> fetch(ArchiveServices& services, OrganisationId organisation, jobs::JobId id)
{
    auto const job = TRY(jobs::Jobs(services.database).find(organisation, id));
    auto path = place_of(services, id);
    if (job.kind != export_kind || job.state != jobs::State::Done || !fs::exists(path)) return Error::not_found();
    return path;
}

std::map<std::string, jobs::Worker> archive_workers(ArchiveServices& services)
{
    return {{std::string{export_kind}, [&services](Lease& lease) { return export_now(services, lease); }}};
}

void settle(ArchiveServices const& services)
{
    records::VaultMove::settle_all({services.database, services.contents});
    services.vault.forget_destroyed();
    sweep_exports(services.database, services.exports);
    std::error_code absent;
    for (auto const& file : fs::directory_iterator(services.scratch, absent)) {
        auto const name = file.path().filename().string();
        constexpr std::chrono::hours forgotten{24};   // another process may be at a younger one
        std::error_code ignored;
        if (name.starts_with(passing) && fs::file_time_type::clock::now() - fs::last_write_time(file.path(), ignored) > forgotten) fs::remove(file.path(), ignored);
    }
}

}  // namespace greffier::archive
