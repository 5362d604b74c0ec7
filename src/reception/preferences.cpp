#include "reception/preferences.hpp"

#include <algorithm>
#include <set>

#include "core/text.hpp"
#include "schema/extend.hpp"

namespace greffier::reception {

using consent::Consent;
using consent::Point;

namespace {

constexpr std::size_t most_held = 200;

Timestamp given_at(Held const& held) { return held.consent.given_at.value_or(held.record.head.created_at); }

std::string same_choice(Held const& held) { return (held.consent.point ? held.consent.point->text() : std::string{}) + "/" + fold(squeeze(held.consent.purpose)); }

}  // namespace

bool Held::may_give_again() const
{
    return status() == "withdrawn" && point && point_status == "in_use" && point->give_again && point->purpose(consent.purpose);
}

Consent Preferences::consent_of(schema::Row const& row) const
{
    auto read = consent::consent_schema().unpack(schema::carry(*consents_.schema, row, consent::consent_schema().info()));
    return read.ok() ? std::move(*read) : Consent{};
}

Result<Held> Preferences::held_of(records::Stored stored) const
{
    Held held;
    held.consent = consent_of(stored.row);
    held.record = std::move(stored);
    if (!held.consent.point) return held;
    // What the point says is on the form itself: whoever agreed there has read it, whatever the register hides.
    records::Records const everything(machinery_, organisation_, accounts::Sight::everything());
    auto const point = everything.find(points_, RecordId{held.consent.point->uuid});
    if (!point.ok()) return held;
    auto read = consent::point_schema().unpack(schema::carry(*points_.schema, point->row, consent::point_schema().info()));
    if (read.ok()) held.point = std::move(*read);
    held.point_status = point->head.status;
    return held;
}

Result<Held> Preferences::one(RecordId consent) const
{
    auto stored = TRY(records::Records(machinery_, organisation_, sight_).find(consents_, consent));
    return held_of(std::move(stored));
}

std::vector<Held> Preferences::all_of(std::string const& identifier) const
{
    std::vector<Held> all;
    if (is_blank(identifier)) return all;
    records::Records const records(machinery_, organisation_, sight_);
    for (auto const id : records.find_by_sealed(consents_, "identifier", identifier)) {
        if (all.size() >= most_held) break;
        if (auto held = one(id); held.ok()) all.push_back(std::move(*held));
    }
    std::ranges::stable_sort(all, std::greater{}, given_at);
    return all;
}

Result<std::vector<Held>> Preferences::of_record(RecordId consent) const
{
    auto const anchor = TRY(one(consent));
    if (is_blank(anchor.consent.identifier)) return Error::not_found();   // its key was destroyed: nobody's any more
    auto all = all_of(anchor.consent.identifier);
    std::set<std::string> met;
    std::erase_if(all, [&](Held const& held) { return held.status() == "refused" || !met.insert(same_choice(held)).second; });
    std::ranges::stable_sort(all, {}, [](Held const& held) { return fold(held.consent.purpose); });
    return all;
}

std::vector<Held> Preferences::reached_at(std::string const& email) const
{
    constexpr std::size_t most_people = 5;
    std::vector<Held> people;
    std::set<std::string> met;
    records::Records const records(machinery_, organisation_, sight_);
    for (auto const id : records.find_by_sealed(consents_, "email", email)) {
        if (people.size() >= most_people) break;
        auto held = one(id);
        if (held.ok() && met.insert(fold(squeeze(held->consent.identifier))).second) people.push_back(std::move(*held));
    }
    return people;
}

std::vector<Held> Preferences::stale_of(RecordId point, Date today, std::string const& zone) const
{
    std::vector<Held> stale;
    records::Records const records(machinery_, organisation_, sight_);
    auto const asked_at = records.find(points_, point);
    if (!asked_at.ok()) return stale;
    auto const read = consent::point_schema().unpack(schema::carry(*points_.schema, asked_at->row, consent::point_schema().info()));
    if (!read.ok() || !read->refresh_months) return stale;
    records.each(consents_, {}, [&](records::Stored const& stored) {
        if (stored.head.status != "given") return;
        auto consent = consent_of(stored.row);
        if (!consent.point || consent.point->uuid != point.uuid) return;
        auto const until = consent::fresh_until(consent, *read->refresh_months, zone);
        if (until && *until < today) stale.push_back({stored, std::move(consent), *read, asked_at->head.status});
    });
    return stale;
}

Status Preferences::change_in(records::Batch& batch, RecordId id, std::function<void(Consent&)> const& change) const
{
    auto const current = batch.find(consents_, id);
    if (!current) return Error::not_found();
    auto consent = consent_of(current->row);
    change(consent);
    auto row = schema::carry(consent::consent_schema().info(), consent::consent_schema().pack(consent), *consents_.schema, current->row);
    TRY(batch.update(consents_, {id, current->head.version, std::move(row), {}, false}));
    return Nothing{};
}

Status Preferences::withdraw_in(records::Batch& batch, RecordId id, consent::Channel channel) const
{
    TRY(change_in(batch, id, [&](Consent& consent) { consent.withdrawal_channel = channel; }));
    TRY(batch.change_status(consents_, {id, 0, "withdrawn", {}, {}}));
    return Nothing{};
}

Status Preferences::confirm_in(records::Batch& batch, RecordId id, Date today) const
{
    return change_in(batch, id, [&](Consent& consent) { consent.confirmed_on = today; });
}

Status Preferences::ask_again_in(records::Batch& batch, RecordId id, Date today) const
{
    return change_in(batch, id, [&](Consent& consent) { consent.asked_again_on = today; });
}

Status Preferences::expire_in(records::Batch& batch, RecordId id) const
{
    TRY(batch.change_status(consents_, {id, 0, "expired", {}, {}}));
    return Nothing{};
}

Status Preferences::give_again_in(records::Batch& batch, Held const& held, Timestamp now, Date today, std::string const& evidence) const
{
    if (!held.may_give_again()) return Error::conflict("preferences_not_offered");
    auto const* words = held.point->wording_on(today);
    Consent again;
    again.identifier = held.consent.identifier;
    again.email = held.consent.email;
    again.minor = held.consent.minor;
    again.guardian = held.consent.guardian;
    again.guardian_verification = held.consent.guardian_verification;
    again.purpose = held.consent.purpose;
    again.point = held.consent.point;
    if (words) again.wording_version = words->version;
    again.explicit_given = held.consent.explicit_given;
    again.explicit_for = held.consent.explicit_for;
    again.given_at = now;
    again.act = consent::Act::Button;
    again.evidence = evidence;
    records::NewRecord record;
    record.row = schema::carry(consent::consent_schema().info(), consent::consent_schema().pack(again), *consents_.schema);
    TRY(batch.create(consents_, std::move(record)));
    return Nothing{};
}

}  // namespace greffier::reception
