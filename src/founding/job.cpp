#include "founding/job.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "accounts/memberships.hpp"
#include "core/json_writer.hpp"

namespace greffier::founding {

using jobs::Lease;
using storage::Session;

namespace {

constexpr int a_step = 20;   // a second of a slow machine: others write between two steps

/// Whoever asked still may; nothing otherwise.
Result<Founding> asked_of(FoundingServices& services, Lease& lease)
{
    auto const& job = lease.job();
    auto const payload = nlohmann::json::parse(job.payload);
    auto const id = FoundingId::parse(payload.at("founding").get<std::string>());
    if (!id) return Error::not_found();
    auto founding = TRY(services.foundings().find(*id));
    if (founding.under != job.organisation) return Error::not_found();
    if (accounts::is_archived(*services.machinery.database.read(), job.organisation)) return Error::conflict("organisation_archived");
    accounts::Memberships memberships(services.machinery.database);
    if (founding.person && memberships.is_installation_administrator(*founding.person)) return founding;
    auto const membership = founding.person ? memberships.of(*founding.person, job.organisation) : std::nullopt;
    if (!membership || !may_found(accounts::make_actor(*membership))) return Error::forbidden();
    return founding;
}

Result<std::optional<ModelContent>> model_of(records::Machinery const& machinery, accounts::Organisations& organisations, Founding const& founding)
{
    if (!founding.model) return std::optional<ModelContent>{};
    return std::optional{TRY(read_model(machinery, organisations, *founding.model))};
}

Status make(FoundingServices& services, Lease& lease)
{
    auto const founding = TRY(asked_of(services, lease));
    if (founding.state != State::Making) return Nothing{};
    auto const model = TRY(model_of(services.machinery, services.organisations, founding));
    auto const foundings = services.foundings();
    std::int64_t left = founding.wanted - founding.made;
    while (left > 0) {
        lease.progress(founding.wanted - left, founding.wanted);
        left = TRY(foundings.make_some(founding, model ? &*model : nullptr, a_step, lease.now(), [&](Session& session) { lease.hold(session); }));
        if (services.post) services.post->outbox.ring();
    }
    lease.progress(founding.wanted, founding.wanted);
    return Nothing{};
}

Status undo(FoundingServices& services, Lease& lease)
{
    auto const founding = TRY(asked_of(services, lease));
    if (founding.state != State::Undoing) return Nothing{};
    auto const foundings = services.foundings();
    std::int64_t left = founding.made;
    while (left > 0) {
        lease.progress(founding.made - left, founding.made);
        left = TRY(foundings.undo_some(founding.id, a_step, lease.now(), [&](Session& session) { lease.hold(session); }));
    }
    lease.progress(founding.made, founding.made);
    return Nothing{};
}

}  // namespace

Status hand_over(FoundingServices& services, accounts::Actor const& actor, Founding const& founding, Direction direction, Timestamp now)
{
    TRY(services.foundings().begin(founding.id, direction == Direction::There ? State::Making : State::Undoing));
    JsonWriter payload;
    payload.begin_object().member("founding", std::string_view{founding.id.text()}).end_object();
    jobs::NewJob job;
    job.organisation = actor.organisation;
    job.actor = actor.id;
    job.kind = direction == Direction::There ? make_kind : undo_kind;
    job.payload = payload.text();
    job.total = direction == Direction::There ? founding.wanted : founding.made;
    TRY(jobs::Jobs(services.machinery.database).add(job, now));
    if (services.wake_jobs) services.wake_jobs();
    return Nothing{};
}

std::optional<jobs::Job> job_of(FoundingServices& services, Founding const& founding)
{
    if (!founding.under) return std::nullopt;
    for (auto& job : jobs::Jobs(services.machinery.database).list(*founding.under, 200)) {
        if (job.kind != make_kind && job.kind != undo_kind) continue;
        if (nlohmann::json::parse(job.payload).value("founding", std::string{}) == founding.id.text()) return std::move(job);
    }
    return std::nullopt;
}

Status make_all(Foundings const& foundings, records::Machinery const& machinery, accounts::Organisations& organisations, FoundingId id, Timestamp now, Progress const& progress)
{
    auto founding = TRY(foundings.find(id));
    if (founding.state == State::Ready) TRY(foundings.begin(id, State::Making));
    auto const model = TRY(model_of(machinery, organisations, founding));
    std::int64_t left = founding.wanted - founding.made;
    while (left > 0) {
        left = TRY(foundings.make_some(founding, model ? &*model : nullptr, a_step, now));
        if (progress) progress(founding.wanted - left, founding.wanted);
    }
    return Nothing{};
}

Status undo_all(Foundings const& foundings, FoundingId id, Timestamp now, Progress const& progress)
{
    TRY(foundings.begin(id, State::Undoing));
    auto const made = TRY(foundings.find(id)).made;
    std::int64_t left = made;
    while (left > 0) {
        left = TRY(foundings.undo_some(id, a_step, now));
        if (progress) progress(made - left, made);
    }
    return Nothing{};
}

std::map<std::string, jobs::Worker> founding_workers(FoundingServices& services)
{
    return {{std::string{make_kind}, [&services](Lease& lease) { return make(services, lease); }}, {std::string{undo_kind}, [&services](Lease& lease) { return undo(services, lease); }}};
}

}  // namespace greffier::founding
