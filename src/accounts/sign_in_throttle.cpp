#include <algorithm>

#include "accounts/sessions.hpp"
#include "accounts/sign_in_places.hpp"

namespace greffier::accounts {

namespace {

using std::chrono::seconds;

constexpr std::chrono::hours memory{24};            // a failure is forgotten a day later
constexpr std::chrono::hours familiarity{24 * 30};
constexpr std::chrono::minutes sweep_step{1};
constexpr std::size_t most_entries = 50'000;

std::string pair_key(std::string_view address, std::string_view account) { return "p " + network_of(address) + " " + std::string(account); }

}  // namespace

std::optional<seconds> SignInThrottle::wait(Tally const& tally, Limit limit, Timestamp now)
{
    if (tally.failures < limit.free) return std::nullopt;
    auto doublings = std::min(tally.failures - limit.free, 20);
    auto delay = std::min(seconds{1LL << (doublings + 1)}, limit.longest);
    auto until = tally.last + delay;
    if (now >= until) return std::nullopt;
    return std::max(seconds{1}, std::chrono::ceil<seconds>(until - now));
}

std::optional<seconds> SignInThrottle::attempt(std::string_view address, std::string_view account, Timestamp now)
{
    std::lock_guard const lock(mutex_);
    forget_old(now);
    struct Counted {
        std::string key;
        Limit limit;
    };
    auto const pair = pair_key(address, account);
    std::vector<Counted> counted{{pair, {free_failures, seconds{15 * 60}}}, {"a " + network_of(address), {free_failures_of_address, seconds{5 * 60}}}};
    if (!familiar_.contains(pair)) counted.push_back({"c " + std::string(account), {free_failures_of_account, seconds{30}}});
    std::optional<seconds> longest;
    for (auto const& each : counted) {
        auto found = tallies_.find(each.key);
        if (found == tallies_.end()) continue;
        found->second.last = std::min(found->second.last, now);   // a clock set back since must not make anybody wait for it
        if (auto delay = wait(found->second, each.limit, now)) longest = std::max(longest.value_or(seconds{0}), *delay);
    }
    // A refused attempt counts for nothing: hammering must not lengthen what the person has to wait.
    if (longest) return longest;
    for (auto const& each : counted) {
        auto& tally = tallies_[each.key];
        ++tally.failures;
        tally.last = now;
    }
    return std::nullopt;
}

std::optional<SignInThrottle::Place> SignInThrottle::place(std::string_view address, std::string_view account)
{
    bool known = false;
    {
        std::lock_guard const lock(mutex_);
        known = familiar_.contains(pair_key(address, account));
    }
    auto const open = known ? places : places - kept_for_the_known;
    for (int taken = taken_; taken < open;)
        if (taken_.compare_exchange_weak(taken, taken + 1)) return Place{taken_};
    return std::nullopt;
}

void SignInThrottle::succeeded(std::string_view address, std::string_view account, Timestamp now)
{
    std::lock_guard const lock(mutex_);
    auto const pair = pair_key(address, account);
    tallies_.erase(pair);
    for (auto const& key : {"a " + network_of(address), "c " + std::string(account)}) {
        auto found = tallies_.find(key);
        if (found != tallies_.end() && --found->second.failures <= 0) tallies_.erase(found);
    }
    familiar_[pair] = now;
}

void SignInThrottle::forget_old(Timestamp now)
{
    // Walking the tallies is not for every attempt; a sweep farther off than that was planned by a clock set back since.
    if (now < next_sweep_ && next_sweep_ <= now + sweep_step && tallies_.size() <= most_entries && familiar_.size() <= most_entries) return;
    next_sweep_ = now + sweep_step;
    std::erase_if(tallies_, [&](auto const& entry) { return entry.second.last + memory <= now; });
    std::erase_if(familiar_, [&](auto const& entry) { return entry.second + familiarity <= now; });
    // Flooded by invented addresses and accounts: begin again rather than grow.
    if (tallies_.size() > most_entries) tallies_.clear();
    if (familiar_.size() > most_entries) familiar_.clear();
}

}  // namespace greffier::accounts
