#include "accounts/name_words.hpp"

#include <algorithm>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "core/text.hpp"
#include "core/word_match.hpp"

namespace greffier::accounts {

using storage::Session;
using storage::SqlText;

namespace {

std::string spaced(std::string_view name, std::string_view slug)
{
    std::string both;
    both.reserve(name.size() + slug.size() + 1);
    both.append(name).append(" ").append(slug);
    return both;
}

std::string folded(std::string const& both) { return " " + join(words(both), " "); }

constexpr std::size_t most_names = 50'000;   // some 10 MB; beyond, all is forgotten and learnt again

class Remembered {
public:
    bool holds_all(std::string const& name, std::vector<std::string> const& wanted)
    {
        std::lock_guard const lock(mutex_);
        auto place = folded_.find(name);
        if (place == folded_.end()) {
            if (folded_.size() == most_names) folded_.clear();
            place = folded_.emplace(name, folded(name)).first;
        }
        return begin_words(place->second, wanted);
    }

private:
    std::mutex mutex_;
    std::unordered_map<std::string, std::string> folded_;
};

/// All names of one database, as they were under one stamp.
struct Names {
    struct One {
        std::string key, folded;
        OrganisationId id;
        bool archived = false;
    };
    std::string stamp;
    std::vector<One> all;   ///< by key
};

std::string stamp_in(Session& session)
{
    auto rows = session.query(SqlText{"SELECT value FROM installation WHERE key='names'"});
    return rows.next() ? rows.text(0) : std::string{};
}

Names read_names(Session& session, std::string stamp)
{
    Names names{std::move(stamp), {}};
    auto rows = session.query(SqlText{"SELECT id, slug, name, archived_at FROM organisation"});
    while (rows.next()) names.all.push_back({sort_key(rows.view(2)) + '\0' + rows.text(1), folded(spaced(rows.view(2), rows.view(1))), rows.id<Organisation>(0), !rows.is_null(3)});
    std::ranges::sort(names.all, {}, &Names::One::key);
    return names;
}

/// A stamp is drawn at random at each change: it says of which database the names are, and since when.
class Known {
public:
    // Shared: a search may still read the names that another replaces.
    std::shared_ptr<Names const> of(Session& session)
    {
        auto stamp = stamp_in(session);   // before the names: they may be newer than it, which costs one more reading
        if (stamp.empty()) return nullptr;
        {
            std::lock_guard const lock(mutex_);
            if (latest_ && latest_->stamp == stamp) return latest_;
        }
        auto names = std::make_shared<Names const>(read_names(session, std::move(stamp)));
        std::lock_guard const lock(mutex_);
        return latest_ = std::move(names);
    }

private:
    std::mutex mutex_;
    std::shared_ptr<Names const> latest_;
};

}  // namespace

bool name_holds_all(std::string_view name, std::string_view slug, std::vector<std::string> const& wanted)
{
    static Remembered remembered;
    if (wanted.empty()) return true;
    return remembered.holds_all(spaced(name, slug), wanted);
}

void names_changed(Session& session)
{
    session.execute(SqlText{"INSERT INTO installation(key, value) VALUES('names', ?) ON CONFLICT(key) DO UPDATE SET value=excluded.value"}, Uuid::make().text());
}

void ready_names(storage::Database& database)
{
    if (!stamp_in(*database.read()).empty()) return;
    (void)database.write([](Session& session) -> Status {
        session.lock_nothing();
        session.execute(SqlText{"INSERT INTO installation(key, value) VALUES('names', ?) ON CONFLICT(key) DO NOTHING"}, Uuid::make().text());
        return Nothing{};
    });
}

std::optional<std::vector<OrganisationId>> organisations_named(Session& session, std::vector<std::string> const& wanted, bool archived_too)
{
    static Known known;
    auto const names = known.of(session);
    if (!names) return std::nullopt;
    std::vector<OrganisationId> found;
    for (auto const& one : names->all)
        if ((archived_too || !one.archived) && (wanted.empty() || begin_words(one.folded, wanted))) found.push_back(one.id);
    return found;
}

}  // namespace greffier::accounts
