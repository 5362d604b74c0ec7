#include "records/digests.hpp"

#include <map>
#include <mutex>

namespace greffier::records {

namespace {

constexpr std::size_t most_digests = 30'000;   // some 10 MB; beyond, all is forgotten and learnt again

struct Known {
    std::mutex mutex;
    std::map<Uuid, Digested> by_record;   ///< guarded by mutex
};

Known& known()
{
    static Known all;
    return all;
}

}  // namespace

void remember_digests(std::vector<Digested> made)
{
    auto& all = known();
    std::lock_guard const lock(all.mutex);
    for (auto& one : made) {
        if (all.by_record.size() >= most_digests) all.by_record.clear();
        all.by_record[one.id.uuid] = std::move(one);
    }
}

void recall_digests(std::vector<Digested>& wanted)
{
    auto& all = known();
    std::lock_guard const lock(all.mutex);
    for (auto& one : wanted) {
        auto const found = all.by_record.find(one.id.uuid);
        if (found != all.by_record.end() && found->second.version == one.version && found->second.updated_at == one.updated_at) one.digest = found->second.digest;
    }
}

}  // namespace greffier::records
