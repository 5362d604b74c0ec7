#include "storage/sql.hpp"

#include <map>
#include <mutex>
#include <utility>

namespace greffier::storage {

SqlText SqlText::joined(std::span<SqlText const> pieces)
{
    std::string sqlite, postgres;
    for (auto const& piece : pieces) {
        sqlite += piece.sqlite_;
        postgres += piece.postgres_;
    }
    static std::mutex mutex;
    static std::map<std::string, std::string, std::less<>> kept;   // node-based: views into it stay good
    std::lock_guard const lock(mutex);
    auto const& [first, second] = *kept.try_emplace(std::move(sqlite), std::move(postgres)).first;
    return {first, second};
}

}  // namespace greffier::storage
