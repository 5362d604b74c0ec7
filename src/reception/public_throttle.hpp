#pragma once
// How often public forms are taken: by network, by organisation and page. In the memory of this program alone, and bounded;
// what is refused counts for nothing, so that hammering lengthens nobody's wait.

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/id.hpp"
#include "core/time.hpp"
#include "reception/public_page.hpp"

namespace greffier::reception {

/// Thread-safe.
class PublicThrottle {
public:
    /// So many at once, then one each `pace`.
    struct Limit {
        int at_once = 1;
        std::chrono::seconds pace{};
    };
    static constexpr Limit of_network{8, std::chrono::seconds{60}}, of_organisation{60, std::chrono::seconds{20}};
    static constexpr std::size_t most_entries = 20'000;

    /// How long to wait; nothing: it was counted and may go on.
    std::optional<std::chrono::seconds> take(Page page, OrganisationId organisation, std::string_view address, Timestamp now);
    [[nodiscard]] std::size_t entries() const;

private:
    void forget_old(Timestamp now);

    mutable std::mutex mutex_;
    std::map<std::string, Timestamp> free_at_;   ///< when nothing of what was taken counts any more
    Timestamp next_sweep_{};
};

}  // namespace greffier::reception
