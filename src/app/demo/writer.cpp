#include "app/demo/writer.hpp"

#include <algorithm>
#include <deque>
#include <stdexcept>

#include "app/demo/others.hpp"
#include "app/demo/variations.hpp"
#include "records/judging.hpp"
#include "registers/profile/profile.hpp"

namespace greffier::app::demo {

namespace {

/// Variations are judged once, when all are there: what one concerns in the others would be found again at each.
struct FindsNothing final : records::Examiner {
    std::vector<records::Finding> examine(records::Subject const&, records::Surroundings&) const override { return {}; }
};
FindsNothing const finds_nothing;

/// The shortest way from one status to another, without the first.
std::vector<std::string> way(records::Register const& kind, std::string const& from, std::string const& to)
{
    std::deque<std::vector<std::string>> ways{{from}};
    while (!ways.empty()) {
        auto const walked = ways.front();
        ways.pop_front();
        if (walked.back() == to) return {walked.begin() + 1, walked.end()};
        for (auto const& next : kind.transitions)
            if (next.from == walked.back() && std::ranges::find(walked, next.to) == walked.end()) {
                auto longer = walked;
                longer.emplace_back(next.to);
                ways.push_back(std::move(longer));
            }
    }
    return {};
}

records::Decision decision_of(schema::Row const& profile, Date on)
{
    auto const read = profile::profile_schema().unpack(profile);
    if (!read.ok() || read->legal_representative.name.empty()) return {"Le responsable du traitement", on};
    auto const& person = read->legal_representative;
    return {person.function.empty() ? person.name : person.name + ", " + person.function, on};
}

}  // namespace

Writer::Writer(Application& application, accounts::OrganisationInfo organisation, ModelOrganisation const& model, Actors actors, Timestamp now, Timestamp first)
    : application_(application), organisation_(std::move(organisation)), model_(model), actors_(std::move(actors)), now_(now), last_(first), quick_linter_(0),
      guarded_{*application.database, application.registers, quick_linter_, application.ledger},
      unjudged_{*application.database, application.registers, finds_nothing, application.ledger, {}, nullptr, &application.sealing}, kind_(*application.registers.find("processings"))
{
}

Timestamp Writer::tick(Timestamp wanted)
{
    last_ = std::min(std::max(wanted, last_ + std::chrono::seconds{1}), std::max(now_, last_));
    return last_;
}

void Writer::plan(std::uint64_t seed, std::int64_t count, std::vector<schema::Row const*> const& pool)
{
    seed_ = seed;
    pool_ = &pool;
    ids_.resize(model_.processings.size());
    for (std::size_t record = 0; record < model_.processings.size(); ++record)
        for (std::size_t version = 0; version < model_.processings[record].versions.size(); ++version)
            events_.push_back({model_.processings[record].versions[version].when, static_cast<int>(record), static_cast<int>(version)});
    Dice dice(seed);
    auto const told = static_cast<std::int64_t>(model_.processings.size());
    for (auto number = told; !pool.empty() && number < count; ++number)
        events_.push_back({now_ - std::chrono::hours{24 * (3 + dice.below(1500))} - std::chrono::minutes{dice.below(480)}, -1, 0, number});
    std::ranges::stable_sort(events_, {}, &Event::when);
}

Uuid Writer::actor_of(Event const& event) const
{
    if (event.record < 0) return actors_.keeper;
    auto const& by = model_.processings[static_cast<std::size_t>(event.record)].versions[static_cast<std::size_t>(event.version)].by;
    auto const known = actors_.by_key.find(by);
    return known == actors_.by_key.end() ? actors_.keeper : known->second;
}

Status Writer::write_next(storage::Session& session, std::size_t most)
{
    if (next_ == 0 && !model_.processings.empty()) TRY(with_batch(session, [&](records::Batch& batch) -> Status {
        processors_ = TRY(write_processors(batch, application_.registers, model_));
        TRY(write_protections(batch, application_.registers, model_.slug, local_date(now_, organisation_.zone), protections_));
        return Nothing{};
    }));
    auto const end = std::min(events_.size(), next_ + most);
    while (next_ != end) {
        auto const actor = actor_of(events_[next_]);
        auto const& machinery = events_[next_].record < 0 ? unjudged_ : guarded_;
        auto const same = [&](Event const& event) { return actor_of(event) == actor && (event.record < 0) == (&machinery == &unjudged_); };
        records::Batch batch(machinery, organisation_.id, session, {actor, events_[next_].when, organisation_.zone}, accounts::Sight::everything());
        for (; next_ != end && same(events_[next_]); ++next_) {
            auto const& event = events_[next_];
            auto const done = write_one(batch, event);
            written_ += event.version == 0;
            if (done.ok()) continue;
            // A model that the registers refuse is a mistake of ours: say which.
            auto const& error = done.error();
            throw std::runtime_error("demonstration data of " + organisation_.slug + ", " + (event.record < 0 ? "a variation" : model_.processings[static_cast<std::size_t>(event.record)].reference) +
                                     ": " + error.code + (error.fields.empty() ? "" : " at " + error.fields[0].field + " (" + error.fields[0].code + ")"));
        }
        batch.finish();
    }
    if (finished()) TRY(write_rest(session));
    if (finished()) records::examine_in(application_.machinery, organisation_.id, session, now_, organisation_.zone);
    return Nothing{};
}

/// What stands beside the processings, by whoever keeps the registers.
Status Writer::write_rest(storage::Session& session)
{
    last_ = std::max(last_, now_ - std::chrono::hours{1});
    auto const today = local_date(now_, organisation_.zone);
    auto ids = protections_;
    for (std::size_t i = 0; i < ids_.size(); ++i) ids.emplace(model_.processings[i].reference, ids_[i].text());
    return with_batch(session, [&](records::Batch& batch) -> Status {
        if (!processors_.empty()) TRY(write_contracts(batch, application_.registers, processors_, today));
        return write_others(batch, application_.registers, model_.slug, today, std::move(ids));
    });
}

/// Of other registers than the processings, by whoever keeps the register.
Status Writer::with_batch(storage::Session& session, std::function<Status(records::Batch&)> const& write)
{
    records::Batch batch(unjudged_, organisation_.id, session, {actors_.keeper, tick(last_), organisation_.zone}, accounts::Sight::everything());
    TRY(write(batch));
    batch.finish();
    return Nothing{};
}

Status Writer::write_one(records::Batch& batch, Event const& event)
{
    batch.set_now(tick(event.when));
    if (event.record < 0) {
        auto const& like = *(*pool_)[static_cast<std::size_t>(Dice(seed_ + static_cast<std::uint64_t>(event.variation)).below(static_cast<std::int64_t>(pool_->size())))];
        auto variation = varied_processing(seed_, event.variation, like, last_, local_date(now_, organisation_.zone));
        TRY(batch.create(kind_, {std::move(variation.row), "", std::move(variation.status)}));
        return Nothing{};
    }
    auto const& record = model_.processings[static_cast<std::size_t>(event.record)];
    auto const& version = record.versions[static_cast<std::size_t>(event.version)];
    auto& id = ids_[static_cast<std::size_t>(event.record)];
    if (event.version == 0) {
        id = TRY(batch.create(kind_, {with_protections(with_processors(version.row, processors_), protections_), record.reference, version.status})).head.id;
        return Nothing{};
    }
    auto const current = batch.find(kind_, id);
    records::Edit edit;
    edit.id = id;
    edit.row = with_protections(with_processors(version.row, processors_), protections_);
    // Back to validation is what "yes, this changes what was validated" does; other steps come first.
    bool const reopens = kind_.is_settled(current->head.status) && version.status == kind_.unsettled;
    if (!reopens) TRY(reach(batch, id, current->head.status, version.status));
    edit.changes_validated = reopens;
    TRY(batch.update(kind_, std::move(edit)));
    return Nothing{};
}

Status Writer::reach(records::Batch& batch, RecordId id, std::string from, std::string const& to)
{
    if (from == to) return Nothing{};
    for (auto const& status : way(kind_, from, to)) {
        TRY(step(batch, id, status));
        batch.set_now(tick(last_ + std::chrono::minutes{40}));
    }
    return Nothing{};
}

Status Writer::step(records::Batch& batch, RecordId id, std::string const& to)
{
    records::StatusChange change{id, 0, to, "Relecture avec le service", {}};
    auto done = batch.change_status(kind_, change);
    if (!done.ok() && (done.error().code == "blocked_by_findings" || done.error().kind == ErrorKind::Invalid)) {
        change.decision = decision_of(model_.profile, local_date(last_, organisation_.zone));
        done = batch.change_status(kind_, change);
    }
    if (!done.ok()) return done.error();
    return Nothing{};
}

}  // namespace greffier::app::demo
