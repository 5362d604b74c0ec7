#include "reception/public_throttle.hpp"

#include <algorithm>
#include <array>

#include "accounts/sign_in_places.hpp"

namespace greffier::reception {

namespace {

using std::chrono::seconds;

constexpr std::chrono::minutes sweep_step{1};

}  // namespace

std::optional<seconds> PublicThrottle::take(Page page, OrganisationId organisation, std::string_view address, Timestamp now)
{
    std::lock_guard const lock(mutex_);
    forget_old(now);
    struct Counted {
        std::string key;
        Limit limit;
    };
    std::array const counted{Counted{"n " + accounts::network_of(address), of_network},
                             Counted{"o " + organisation.text() + " " + std::string{code_of(page)}, of_organisation}};
    std::optional<seconds> longest;
    auto const full_at = [&](Counted const& each) {
        auto const found = free_at_.find(each.key);
        // Farther off than it can be: counted by a clock set back since, for which nobody is to wait.
        bool const known = found != free_at_.end() && found->second > now && found->second <= now + each.limit.pace * each.limit.at_once;
        return known ? found->second : now;
    };
    for (auto const& each : counted) {
        auto const room_at = full_at(each) - each.limit.pace * (each.limit.at_once - 1);
        if (room_at > now) longest = std::max(longest.value_or(seconds{1}), std::chrono::ceil<seconds>(room_at - now));
    }
    if (longest) return longest;
    for (auto const& each : counted) free_at_[each.key] = full_at(each) + each.limit.pace;
    return std::nullopt;
}

std::size_t PublicThrottle::entries() const
{
    std::lock_guard const lock(mutex_);
    return free_at_.size();
}

void PublicThrottle::forget_old(Timestamp now)
{
    if (now < next_sweep_ && next_sweep_ <= now + sweep_step && free_at_.size() < most_entries) return;
    next_sweep_ = now + sweep_step;
    std::erase_if(free_at_, [&](auto const& entry) { return entry.second <= now; });
    // Flooded from invented networks: begin again rather than grow. What an organisation takes is bounded by its own row.
    if (free_at_.size() >= most_entries) std::erase_if(free_at_, [](auto const& entry) { return entry.first.starts_with("n "); });
}

}  // namespace greffier::reception
