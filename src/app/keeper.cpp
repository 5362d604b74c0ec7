#include "app/keeper.hpp"

#include <chrono>
#include <exception>

#include "core/log.hpp"

namespace greffier::app {

using storage::Session;
using storage::SqlText;

namespace {

constexpr std::chrono::seconds pause{30};
constexpr auto home_zone = "Europe/Paris";
constexpr int hour_of_judging = 3;

std::string remembered(storage::Database& database, std::string_view key)
{
    auto session = database.read();
    auto row = session->query(SqlText{"SELECT value FROM installation WHERE key=?"}, key);
    return row.next() ? row.text(0) : std::string{};
}

}  // namespace

bool judging_is_due(std::optional<Date> last, LocalTime now, bool just_started)
{
    if (!last || just_started) return !last || *last != now.date;
    return *last < now.date && now.hour >= hour_of_judging;
}

Keeper::Keeper(Application& application) : application_(application), thread_([this] { run(); }) {}

Keeper::~Keeper()
{
    {
        std::lock_guard const held(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
    try {
        application_.ledger.checkpoint(application_.now());
    } catch (std::exception const&) {
        log(LogLevel::Failure, "last_checkpoint_failed");
    }
}

void Keeper::run()
{
    std::unique_lock held(mutex_);
    while (!stopping_) {
        held.unlock();
        try {
            tick();
        } catch (std::exception const& failure) {
            log(LogLevel::Failure, "keeper_failed", {{"reason", std::string_view{failure.what()}}});
        }
        held.lock();
        wake_.wait_for(held, pause, [this] { return stopping_; });
    }
}

void Keeper::tick()
{
    std::lock_guard const one_at_a_time(ticking_);
    auto const now = application_.now();
    judge_if_due(now);
    application_.ledger.checkpoint(now);
}

void Keeper::judge_if_due(Timestamp now)
{
    auto& database = *application_.database;
    auto const local = local_time(now, home_zone);
    bool const other_program = remembered(database, "judged_by") != GREFFIER_VERSION;
    if (!other_program && !judging_is_due(parse_date(remembered(database, "judged_on")), local, just_started_)) {
        just_started_ = false;
        return;
    }
    just_started_ = false;
    std::int64_t changed = 0;
    for (auto const& organisation : application_.organisations.all())
        changed += records::examine_all(application_.machinery, organisation.id, now, organisation.zone);
    application_.sessions.remove_expired(now);
    application_.links.remove_expired(now);
    auto const noted = database.write([&](Session& session) -> Status {
        auto const remember = [&](std::string_view key, std::string const& value) {
            session.execute(SqlText{"INSERT INTO installation(key, value) VALUES(?,?) ON CONFLICT(key) DO UPDATE SET value=excluded.value"}, key, value);
        };
        remember("judged_on", to_text(local.date));
        remember("judged_by", GREFFIER_VERSION);
        return Nothing{};
    });
    log(LogLevel::Info, "judged", {{"changed", changed}, {"noted", static_cast<std::int64_t>(noted.ok())}});
}

}  // namespace greffier::app
