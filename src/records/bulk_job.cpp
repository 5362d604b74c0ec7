#include "records/bulk_job.hpp"

#include <nlohmann/json.hpp>

#include "accounts/acting.hpp"
#include "accounts/memberships.hpp"
#include "core/json_writer.hpp"
#include "records/notifications.hpp"
#include "records/vocabulary.hpp"

namespace greffier::records {

using jobs::Lease;
using storage::Session;

namespace {

constexpr auto forward = "bulk", back = "bulk_undo";

struct Asked {
    Act act;
    accounts::OrganisationInfo town;
    accounts::Actor actor;
};

Result<Asked> asked_of(Machinery const& machinery, accounts::Organisations& organisations, jobs::Job const& job, Timestamp now)
{
    auto const payload = nlohmann::json::parse(job.payload);
    auto const town = organisations.find(job.organisation);
    if (!town) return Error::not_found();
    std::vector<accounts::Role> roles;
    for (auto const& code : payload.at("roles"))
        if (auto const role = accounts::parse_role(code.get<std::string>())) roles.push_back(*role);
    auto const actor = accounts::still_acting(machinery.database, town->id, job.actor, roles, now);
    if (!actor || !accounts::may(*actor, web::Permission::WriteRecords)) return Error::forbidden();
    auto const id = ActId::parse(payload.at("act").get<std::string>());
    if (!id) return Error::not_found();
    return Asked{TRY(Acts(machinery, town->id, actor->sight).find(*id)), *town, *actor};
}

By by_of(Asked const& asked, Timestamp now) { return {asked.actor.id, now, asked.town.zone}; }

/// In each group the job asks for its lease; in the last one, whoever asked and went on with something else is told.
GroupHooks hooks_of(Asked const& asked, Lease& lease)
{
    auto const tell_the_end = [&](Session& session, std::int64_t count) {
        if (!asked.actor.person) return;
        NewNotification notice{*asked.actor.person, asked.town.id, NotificationKind::ActDone, accounts::job_actor(asked.town.id), lease.now()};
        notice.register_slug = asked.act.register_slug;
        notice.about = asked.act.id.uuid;
        notice.detail = std::to_string(count);
        notify(session, notice);
    };
    return {[&](Session& session) { lease.hold(session); }, tell_the_end};
}

Status go_forward(Machinery const& machinery, accounts::Organisations& organisations, Lease& lease)
{
    auto const asked = TRY(asked_of(machinery, organisations, lease.job(), lease.now()));
    auto const registers = known_registers(machinery, asked.town.id);
    auto const* kind = registers->find(asked.act.register_slug);
    if (!kind) return Error::not_found();
    Bulk const bulk(machinery, asked.town.id, asked.actor.sight, *kind);
    if (asked.act.state != ActState::Running) return Nothing{};   // the request that asked has done it
    bool more = true;
    while (more) {
        auto const act = TRY(bulk.acts().find(asked.act.id));
        lease.progress(act.done + act.refused, act.asked);
        if (lease.cancelled()) {
            (void)bulk.cancel(act.id, by_of(asked, lease.now()));
            return Nothing{};
        }
        more = TRY(bulk.run_group(act.id, by_of(asked, lease.now()), asked.actor, hooks_of(asked, lease)));
    }
    return Nothing{};
}

Status go_back(Machinery const& machinery, accounts::Organisations& organisations, Lease& lease)
{
    auto const asked = TRY(asked_of(machinery, organisations, lease.job(), lease.now()));
    Acts const acts(machinery, asked.town.id, asked.actor.sight);
    if (asked.act.state != ActState::Undoing) return Nothing{};
    auto const reason = undo_reason(asked.act, Locale(asked.town.language, asked.town.zone));
    bool more = true;
    while (more) {
        auto const act = TRY(acts.find(asked.act.id));
        lease.progress(act.undone + act.not_undone, act.done);
        more = TRY(acts.undo_group(act.id, by_of(asked, lease.now()), reason, hooks_of(asked, lease)));
    }
    return Nothing{};
}

}  // namespace

void hand_over(Session& session, Act const& act, accounts::Actor const& actor, Direction direction, Timestamp now)
{
    JsonWriter payload;
    payload.begin_object().member("act", std::string_view{act.id.text()}).key("roles").begin_array();
    for (auto role : actor.roles) payload.value(accounts::code_of(role));
    payload.end_array().end_object();
    jobs::NewJob job;
    if (direction == Direction::There) job.id = {act.id.uuid};   // an act runs once
    job.organisation = actor.organisation;
    job.actor = actor.id;
    job.kind = direction == Direction::There ? forward : back;
    job.payload = payload.text();
    job.total = direction == Direction::There ? act.asked : act.done;
    jobs::Jobs::add(session, job, now);
}

std::string undo_reason(Act const& act, Locale const& locale)
{
    if (act.kind == "import") return locale.text("import.undo.reason", {{"file", imported_file(act)}});
    return locale.text("bulk.undo_reason", {{"instant", locale.instant(act.created_at)}});
}

std::map<std::string, jobs::Worker> bulk_workers(Machinery const& machinery, accounts::Organisations& organisations)
{
    return {{forward, [&](Lease& lease) { return go_forward(machinery, organisations, lease); }},
            {back, [&](Lease& lease) { return go_back(machinery, organisations, lease); }}};
}

}  // namespace greffier::records
