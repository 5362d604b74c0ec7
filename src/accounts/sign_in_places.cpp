#include "accounts/sign_in_places.hpp"

#include <algorithm>

namespace greffier::accounts {

using storage::Session;
using storage::SqlText;

namespace {
constexpr std::chrono::hours fresh{24};
}

std::string network_of(std::string_view address)
{
    if (address.find(':') == address.npos) return std::string(address);
    std::size_t at = 0;
    for (int groups = 0; groups < 4; ++groups) {
        auto colon = address.find(':', at);
        if (colon == address.npos || address.substr(colon).starts_with("::")) return std::string(address.substr(0, colon));
        at = colon + 1;
    }
    return std::string(address.substr(0, at - 1));
}

std::vector<Hash> SignInPlaces::places_of(PersonId person, Visit const& visit) const
{
    std::vector<Hash> places;
    auto add = [&](std::string const& what) { places.push_back(hmac_sha256(key_.reveal(), as_bytes(person.text() + "\n" + what))); };
    if (!visit.device.empty()) add("device\n" + visit.device);
    add("network\n" + network_of(visit.address) + "\n" + visit.agent);
    return places;
}

SignInPlaces::Seen SignInPlaces::look(PersonId person, Visit const& visit, Timestamp now)
{
    auto const places = places_of(person, visit);
    bool any = false;
    auto session = database_.read();
    auto rows = session->query(SqlText{"SELECT place FROM sign_in_place WHERE person_id=? AND seen_at>?"}, person, now - place_life);
    while (rows.next()) {
        any = true;
        auto const known = rows.bytes(0);
        if (std::ranges::any_of(places, [&](Hash const& place) { return std::ranges::equal(place, known); })) return Seen::Known;
    }
    return any ? Seen::New : Seen::First;
}

bool SignInPlaces::is_fresh(PersonId person, Visit const& visit, Timestamp now)
{
    auto session = database_.read();
    for (auto const& place : places_of(person, visit))
        if (!session->query(SqlText{"SELECT 1 FROM sign_in_place WHERE person_id=? AND place=? AND seen_at>?"}, person, place, now - fresh).next()) return false;
    return true;
}

void SignInPlaces::remember(Session& session, PersonId person, Visit const& visit, Timestamp now) const
{
    for (auto const& place : places_of(person, visit))
        session.execute(SqlText{"INSERT INTO sign_in_place(person_id, place, seen_at) VALUES(?,?,?) ON CONFLICT(person_id, place) DO UPDATE SET seen_at=excluded.seen_at"}, person, place, now);
}

int SignInPlaces::forget_old(Timestamp now)
{
    std::int64_t gone = 0;
    (void)database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        gone = session.execute(SqlText{"DELETE FROM sign_in_place WHERE seen_at<=?"}, now - place_life);
        return Nothing{};
    });
    return static_cast<int>(gone);
}

}  // namespace greffier::accounts
