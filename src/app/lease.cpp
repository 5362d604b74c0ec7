#include "app/lease.hpp"

#include <charconv>

#include "core/crypto.hpp"

namespace greffier::app {

using storage::Session;
using storage::SqlText;

namespace {

constexpr std::chrono::seconds held_for{90};   // three rounds

/// "<name> <milliseconds>"
struct Holder {
    std::string name;
    Timestamp until{};
};

std::optional<Holder> holder_in(Session& session, std::string const& work)
{
    auto row = session.query(SqlText{"SELECT value FROM installation WHERE key=?"}, work);
    if (!row.next()) return std::nullopt;
    auto const text = row.text(0);
    auto const blank = text.find(' ');
    std::int64_t until = 0;
    if (blank != std::string::npos) std::from_chars(text.data() + blank + 1, text.data() + text.size(), until);
    return Holder{text.substr(0, blank), from_millis(until)};
}

}  // namespace

Lease::Lease(storage::Database& database, std::string work) : database_(database), work_(std::move(work)), name_(random_token(128)) {}

bool Lease::hold(Timestamp now)
{
    if (database_.engine() == storage::Engine::Sqlite) return true;
    bool ours = false;
    auto const done = database_.write([&](Session& session) -> Status {
        auto const holder = holder_in(session, work_);
        // Too far ahead is a clock that has since been put right.
        ours = !holder || holder->name == name_ || holder->until <= now || holder->until > now + 2 * held_for;
        if (ours)
            session.execute(SqlText{"INSERT INTO installation(key, value) VALUES(?,?) ON CONFLICT(key) DO UPDATE SET value=excluded.value"},
                            work_, name_ + " " + std::to_string(to_millis(now + held_for)));
        return Nothing{};
    });
    return done.ok() && ours;
}

void Lease::give_up()
{
    if (database_.engine() == storage::Engine::Sqlite) return;
    [[maybe_unused]] auto const done = database_.write([&](Session& session) -> Status {
        if (auto const holder = holder_in(session, work_); holder && holder->name == name_) session.execute(SqlText{"DELETE FROM installation WHERE key=?"}, work_);
        return Nothing{};
    });
}

}  // namespace greffier::app
