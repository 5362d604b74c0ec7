#include "app/keeper.hpp"

#include <chrono>
#include <exception>
#include <stdexcept>
#include <utility>

#include "accounts/token_warnings.hpp"
#include "app/archives.hpp"
#include "core/log.hpp"
#include "jobs/jobs.hpp"
#include "overview/reminders.hpp"
#include "overview/training_invitations.hpp"
#include "reception/pages.hpp"
#include "reception/purge.hpp"
#include "records/api.hpp"
#include "records/bulk.hpp"
#include "records/drafts.hpp"
#include "records/notifications.hpp"
#include "records/placing.hpp"

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
    return *last != now.date && now.hour >= hour_of_judging;   // a later day: the clock was ahead, and so were the findings
}

Keeper::Keeper(Application& application) : application_(application), lease_(*application.database), thread_([this] { run(); }) {}

Keeper::~Keeper()
{
    {
        std::lock_guard const held(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
    try {
        application_.recent.flush(application_.now());
        application_.ledger.checkpoint(application_.now());
        lease_.give_up();
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
            log(LogLevel::Failure, "keeper_failed", {{"reason", loggable(failure)}});
        }
        held.lock();
        wake_.wait_for(held, pause, [this] { return stopping_; });
    }
}

void Keeper::tick()
{
    std::lock_guard const one_at_a_time(ticking_);
    auto const now = application_.now();
    application_.recent.flush(now);
    if (lease_.hold(now)) {
        application_.see_as.end_due(now);
        records::place_in_services(application_.machinery, now);
        judge_if_due(now);
        remind(now);
        application_.ledger.checkpoint(now);
    }
    last_round_ = std::chrono::steady_clock::now();
}

void Keeper::remind(Timestamp now)
{
    overview::Reminders reminders{application_.machinery, application_.outbox, &application_.refusals, application_.config.text("public-url")};
    reminders.remind(now);
    reminders.send_digests(now);
    overview::TrainingInvitations{application_.machinery, application_.outbox}.catch_up(now);
}

std::chrono::seconds Keeper::since_last_round() const
{
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - last_round_.load());
}

void Keeper::judge_if_due(Timestamp now)
{
    auto& database = *application_.database;
    bool const started = std::exchange(just_started_, false);
    bool const other_program = remembered(database, "judged_by") != GREFFIER_VERSION;
    if (!other_program && !judging_is_due(parse_date(remembered(database, "judged_on")), local_time(now, home_zone), started)) return;
    auto const changed = judge_all(application_, now);
    application_.sessions.remove_expired(now);
    application_.links.remove_expired(now);
    application_.outbox.forget_old(now);
    application_.places.forget_old(now);
    application_.factors.half.remove_expired(now);
    application_.ways->remove_expired(now);
    accounts::warn_of_ending_tokens(*application_.database, application_.outbox, application_.config.text("public-url"), now);
    records::forget_repeated_requests(*application_.database, now);
    records::forget_acts(*application_.database, now);
    jobs::Jobs(*application_.database).forget_old(now);
    founding_services(application_).foundings().forget_unmade(now);
    records::forget_old_drafts(*application_.database, now);
    reception::forget_old_forms(*application_.database, now);
    for (auto const& organisation : application_.organisations.all())
        if (!organisation.archived) reception::purge_due(application_.machinery, application_.memberships, organisation, now);
    records::forget_old_notifications(*application_.database, now);
    application_.journal.remove_before(start_of_day(add_months(local_date(now, home_zone), -std::stoi(application_.config.text("journal-months"))), home_zone));
    log(LogLevel::Info, "judged", {{"changed", changed}});
}

std::int64_t judge_all(Application& application, Timestamp now)
{
    std::int64_t changed = 0;
    for (auto const& organisation : application.organisations.all())
        if (!organisation.archived) changed += records::examine_all(application.machinery, organisation.id, now, organisation.zone);
    note_judged(application, now);
    return changed;
}

void note_judged(Application& application, Timestamp now)
{
    auto const noted = application.database->write([&](Session& session) -> Status {
        auto const remember = [&](std::string_view key, std::string const& value) {
            session.execute(SqlText{"INSERT INTO installation(key, value) VALUES(?,?) ON CONFLICT(key) DO UPDATE SET value=excluded.value"}, key, value);
        };
        remember("judged_on", to_text(local_date(now, home_zone)));
        remember("judged_by", GREFFIER_VERSION);
        return Nothing{};
    });
    if (!noted.ok()) throw std::runtime_error("the day of judging could not be written: " + noted.error().code);
}

}  // namespace greffier::app
