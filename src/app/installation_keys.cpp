#include "app/installation_keys.hpp"

#include <array>
#include <optional>
#include <stdexcept>
#include <vector>

#include "core/key_wrap.hpp"

namespace greffier::app {

using storage::Session;
using storage::SqlText;

namespace {

struct Use {
    std::string_view name;
    std::string_view before = {};   ///< label under which it was derived from data.key, before it had a row of its own
};

constexpr std::array uses = std::to_array<Use>({
    {"outbox", "greffier outbox"},
    {"refusals", "greffier refusals"},
    {"sign-in places", "greffier sign-in places"},
    {"codes", "greffier persons codes 1"},
    {"passkeys", "greffier persons passkeys 1"},
    {"archives"},
    {"sign-in ways"},
    {"public forms"},
    {"delivery codes"},
});

constexpr std::string_view row_prefix = "key ";

std::string row_of(std::string_view use) { return std::string{row_prefix} + std::string{use}; }

Bytes place_of(std::string_view use) { return bound_to({as_bytes("greffier installation key"), as_bytes(use)}); }

std::string wrapped(Secret<Bytes> const& master, std::string_view use, Secret<Bytes> const& key) { return to_base64(seal_bound(master, key.reveal(), place_of(use))); }

Secret<Bytes> opened(Secret<Bytes> const& master, std::string_view use, std::string_view text)
{
    auto const bytes = from_base64(text);
    auto key = bytes ? open_bound(master, *bytes, place_of(use)) : std::nullopt;
    if (!key) throw std::runtime_error("a key of the installation does not open with its master key");
    return *std::move(key);
}

std::optional<Secret<Bytes>> find(Session& session, Secret<Bytes> const& master, std::string_view use)
{
    auto row = session.query(SqlText{"SELECT value FROM installation WHERE key=?"}, row_of(use));
    if (!row.next()) return std::nullopt;
    return opened(master, use, row.view(0));
}

/// Nobody was there before: nothing was sealed.
bool is_new(Session& session)
{
    return !session.query(SqlText{"SELECT 1 FROM person LIMIT 1"}).next() && !session.query(SqlText{"SELECT 1 FROM mail_outbox LIMIT 1"}).next();
}

Secret<Bytes> first_key(Session& session, Secret<Bytes> const& master, Use const& use)
{
    if (use.before.empty() || is_new(session)) return Secret<Bytes>(random_bytes(32));
    return derived_key(master, use.before);
}

}  // namespace

InstallationKeys InstallationKeys::open(storage::Database& database, Secret<Bytes> const& master, bool may_write)
{
    InstallationKeys keys;
    std::vector<Use> missing;
    {
        auto session = database.read();
        for (auto const& use : uses) {
            if (auto key = find(*session, master, use.name)) keys.keys_.emplace(use.name, *std::move(key));
            else if (may_write) missing.push_back(use);
            else keys.keys_.emplace(use.name, first_key(*session, master, use));
        }
    }
    if (missing.empty()) return keys;
    auto const made = database.write([&](Session& session) -> Status {
        for (auto const& use : missing) {
            session.execute(SqlText{"INSERT INTO installation(key, value) VALUES(?,?) ON CONFLICT DO NOTHING"}, row_of(use.name), wrapped(master, use.name, first_key(session, master, use)));
            keys.keys_.insert_or_assign(std::string{use.name}, *find(session, master, use.name));   // another process may have been first
        }
        return Nothing{};
    });
    if (!made.ok()) throw storage::StorageFailure("the keys of the installation could not be kept");
    return keys;
}

Secret<Bytes> const& InstallationKeys::of(std::string_view use) const
{
    auto const found = keys_.find(use);
    if (found == keys_.end()) throw std::logic_error("no key of the installation is for that");
    return found->second;
}

std::int64_t rewrap_installation_keys(Session& session, Secret<Bytes> const& before, Secret<Bytes> const& after)
{
    std::vector<std::pair<std::string, Secret<Bytes>>> held;
    {
        auto rows = session.query(SqlText{"SELECT key, value FROM installation WHERE substr(key, 1, 4)=?"}, row_prefix);
        while (rows.next()) {
            auto use = rows.text(0).substr(row_prefix.size());
            auto key = opened(before, use, rows.view(1));
            held.emplace_back(std::move(use), std::move(key));
        }
    }
    for (auto const& [use, key] : held) session.execute(SqlText{"UPDATE installation SET value=? WHERE key=?"}, wrapped(after, use, key), row_of(use));
    return static_cast<std::int64_t>(held.size());
}

}  // namespace greffier::app
