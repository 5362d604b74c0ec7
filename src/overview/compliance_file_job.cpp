#include "overview/compliance_file_job.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "accounts/acting.hpp"
#include "accounts/journal.hpp"
#include "archive/removal.hpp"
#include "archive/sealed_file.hpp"
#include "core/json_writer.hpp"
#include "records/vocabulary.hpp"

namespace greffier::overview {

namespace fs = std::filesystem;
using accounts::Actor;
using accounts::Context;
using jobs::Job;
using jobs::JobId;

namespace {

constexpr std::string_view kind = "compliance_file";

fs::path place_of(ComplianceFileServices const& services, JobId id) { return services.archives.exports / (id.text() + ".file"); }

/// A part of a file would pass for the whole: for whoever sees their own services alone, each register has its export.
bool may_ask(Actor const& actor) { return accounts::may(actor, web::Permission::ExportRecords) && !actor.sight.is_partial(); }

std::optional<Actor> still_asking(ComplianceFileServices const& services, Job const& job, Timestamp now)
{
    auto const payload = nlohmann::json::parse(job.payload);
    std::vector<accounts::Role> roles;
    for (auto const& code : payload.at("roles"))
        if (auto const role = accounts::parse_role(code.get<std::string>())) roles.push_back(*role);
    auto actor = accounts::still_acting(services.archives.database, job.organisation, job.actor, roles, now);
    if (!actor || actor->roles.size() != roles.size() || !may_ask(*actor)) return std::nullopt;
    return actor;
}

Result<Secret<Bytes>> key_of(ComplianceFileServices const& services, Job const& job)
{
    auto const sealed = from_hex(nlohmann::json::parse(job.payload).at("key").get<std::string>());
    auto key = sealed ? open_sealed(services.archives.key, *sealed) : std::nullopt;
    if (!key) return Error::not_found();
    return std::move(*key);
}

std::string payload_of(ComplianceFileServices const& services, Context const& context, FileWish const& wish)
{
    auto const key = archive::made_key();
    JsonWriter out;
    out.begin_object().key("at");
    if (wish.at) out.value(std::string_view{to_text(*wish.at)});
    else out.null();
    out.member("attachments", wish.attachments).member("confidential", wish.confidential).member("key", std::string_view{to_hex(seal(services.archives.key, key.key.reveal()))});
    out.member("language", context.locale.code()).member("reason", std::string_view{wish.reason}).key("registers").begin_array();
    for (auto const& slug : wish.registers) out.value(std::string_view{slug});
    out.end_array().key("roles").begin_array();
    for (auto role : context.who().roles) out.value(accounts::code_of(role));
    out.end_array().member("salt", std::string_view{to_hex(key.salt)}).end_object();
    return std::move(out).take();
}

accounts::JournalNote note_of(Context const& context, FileWish const& wish, JobId id, std::string const& address)
{
    accounts::JournalNote note{.event = "exported", .organisation = context.where().id, .person = context.who().person, .actor = context.who().id, .subject = "compliance-file/" + id.text(), .address = address};
    if (wish.at) note.details["at"] = greffier::to_text(*wish.at);
    if (wish.confidential) note.details["confidential"] = "yes";
    if (!wish.reason.empty()) note.details["reason"] = wish.reason;
    return note;
}

Status make_file(ComplianceFileServices const& services, jobs::Lease& lease)
{
    auto const& job = lease.job();
    auto const payload = nlohmann::json::parse(job.payload);
    auto const actor = still_asking(services, job, lease.now());
    auto const organisation = services.archives.organisations.find(job.organisation);
    if (!actor || !organisation) return Error::forbidden();
    auto const salt = from_hex(payload.at("salt").get<std::string>());
    archive::FileKey const key{salt.value_or(Bytes{}), TRY(key_of(services, job))};
    auto const signer = TRY(services.archives.ledger_key());
    archive::ready_exports(services.archives.database, services.archives.exports);
    archive::PlainFile const plain{services.archives.scratch / ("organisation-" + job.id.text() + ".zip")};   // swept like an archive's when the program dies
    auto told = std::chrono::steady_clock::time_point{};
    std::int64_t step = 0, steps = 0;
    auto const progress = [&](std::string_view stage, std::int64_t done, std::int64_t total) {
        if (stage == "registers") step = done, steps = total;
        auto const now = std::chrono::steady_clock::now();
        if (now - told < std::chrono::seconds{1}) return;   // each is a write
        told = now;
        lease.progress(step, steps);
    };
    Locale const locale(parse_language(payload.at("language").get<std::string>()).value_or(organisation->language), organisation->zone);
    auto const written = TRY(write_compliance_file({services.machinery, services.archives.vault, signer, services.archives.scratch, *organisation, actor->sight,
                                                    services.actor_name(job.organisation, job.actor, locale), locale, lease.now()},
                                                   wish_of(job), plain.path, progress));
    JsonWriter result;
    result.begin_object().member("bytes", static_cast<std::int64_t>(fs::file_size(plain.path))).member("files", written.files).member("fingerprint", std::string_view{to_hex(written.fingerprint)});
    result.member("ledger_size", static_cast<std::int64_t>(written.ledger_size)).member("records", written.records).end_object();
    archive::seal_file(plain.path, place_of(services, job.id), key);
    lease.give_result(result.text());
    return Nothing{};
}

}  // namespace

FileWish wish_of(Job const& job)
{
    auto const payload = nlohmann::json::parse(job.payload);
    FileWish wish;
    wish.registers = payload.at("registers").get<std::vector<std::string>>();
    if (!payload.at("at").is_null()) wish.at = parse_timestamp(payload.at("at").get<std::string>());
    wish.attachments = payload.at("attachments").get<bool>();
    wish.confidential = payload.at("confidential").get<bool>();
    wish.reason = payload.at("reason").get<std::string>();
    return wish;
}

Result<JobId> begin_file(ComplianceFileServices const& services, Context& context, FileWish const& wish, std::string const& address)
{
    if (!may_ask(context.who())) return Error::forbidden("compliance_file.partial");
    TRY(check_wish(wish, context.where(), records::known_registers(services.machinery, context)));
    for (auto const& job : files_of(services, context))
        if (job.state == jobs::State::Waiting || job.state == jobs::State::Running) return Error::conflict("compliance_file.running");
    jobs::NewJob job;
    job.organisation = context.where().id;
    job.actor = context.who().id;
    job.kind = kind;
    job.payload = payload_of(services, context, wish);
    auto const note = note_of(context, wish, job.id, address);
    TRY(services.archives.database.write([&](storage::Session& session) -> Status {
        jobs::Jobs::add(session, job, context.now);
        accounts::Journal::keep_in(session, note, context.now);
        return Nothing{};
    }));
    if (services.archives.wake_jobs) services.archives.wake_jobs();
    return job.id;
}

std::vector<Job> files_of(ComplianceFileServices const& services, Context const& context)
{
    auto all = jobs::Jobs(services.archives.database).list(context.where().id, 200);
    std::erase_if(all, [&](Job const& job) { return job.kind != kind || job.actor != context.who().id; });
    return all;
}

Result<Job> file_of(ComplianceFileServices const& services, Context const& context, JobId id)
{
    auto job = TRY(jobs::Jobs(services.archives.database).find(context.where().id, id));
    if (job.kind != kind || job.actor != context.who().id) return Error::not_found();
    return job;
}

std::optional<MadeFile> made_of(Job const& job)
{
    auto const result = job.state == jobs::State::Done ? nlohmann::json::parse(job.result, nullptr, false) : nlohmann::json{};
    if (!result.is_object()) return std::nullopt;
    return MadeFile{result.value("bytes", std::int64_t{0}), result.value("records", std::int64_t{0}), result.value("files", std::int64_t{0}), result.value("ledger_size", std::int64_t{0}), result.value("fingerprint", std::string{})};
}

Result<web::Response> give_file(ComplianceFileServices const& services, Context const& context, JobId id)
{
    auto const job = TRY(file_of(services, context, id));
    auto const path = place_of(services, id);
    if (!made_of(job) || !fs::exists(path) || !still_asking(services, job, context.now)) return Error::not_found();
    // Shared: a std::function must be copyable, the file is not; the last copy closes it.
    auto const file = std::make_shared<documents::ScratchFile>(TRY(archive::open_file(path, TRY(key_of(services, job)), services.archives.scratch)));
    auto const day = greffier::to_text(local_date(wish_of(job).at.value_or(job.created_at), context.where().zone));
    auto response = web::Response::download(context.where().slug + "-" + context.locale.text("compliance_file.file_name") + "-" + day + ".zip", "application/zip", {});
    response.stream = [file] { return file->read(); };
    return response;
}

std::map<std::string, jobs::Worker> compliance_file_workers(ComplianceFileServices const& services)
{
    return {{std::string{kind}, [&services](jobs::Lease& lease) { return make_file(services, lease); }}};
}

}  // namespace greffier::overview
