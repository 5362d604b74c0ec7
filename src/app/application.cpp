#include "app/application.hpp"

#include <stdexcept>

#include "accounts/name_words.hpp"
#include "app/journal_sink.hpp"
#include "app/mailing.hpp"
#include "app/master_key.hpp"
#include "app/open_database.hpp"
#include "app/registers.hpp"
#include "app/ways.hpp"
#include "core/log.hpp"
#include "founding/plan.hpp"
#include "records/notifications.hpp"

namespace greffier::app {

namespace {

using storage::Session;
using Opened = std::unique_ptr<storage::Database>;

/// Before anything is changed: is this database one that this program may use?
Status raise(storage::Database& database, DataDirectory const& directory, OpenWish::Use use)
{
    auto const found = database.version();
    auto const newest = storage::newest_version();
    Arguments const arguments{{"found", std::to_string(found)}, {"known", std::to_string(newest)}, {"path", directory.path().string()}};
    if (found > newest) return Error::conflict("database_newer", arguments);
    if (found > 0 && database.is_current()) return Nothing{};
    if (use == OpenWish::Use::Read) return Error::conflict("database_older", arguments);
    database.migrate();   // a file is copied to backups/ first; copies of a server's database are the server's business (docs/operator)
    return Nothing{};
}

accounts::IdleTimes idle_times(Config const& config)
{
    accounts::IdleTimes times;
    times.everyone = *accounts::parse_idle_minutes(config.text("session-idle"));
    for (auto const& each : config.list("session-idle-for")) times.of_role.push_back(*accounts::parse_idle_time(each));
    return times;
}

/// Where no mail leaves, the product itself says it.
void tell_of_seeing(Session& session, accounts::SeeAsNews const& news, Timestamp now)
{
    using enum records::NotificationKind;
    auto const kind = news.what == accounts::SeeAsNews::What::Asked ? SeeAsAsked : SeeAsEnded;
    records::notify(session, {news.person, news.organisation, kind, accounts::organisation_actor(news.organisation), now});
}

/// GREFFIER_CLOCK is honoured only in a directory made for tests: in another, a history with invented dates would be signed.
Result<std::unique_ptr<ManualClock>> test_clock(DataDirectory const& directory, Environment const& environment)
{
    auto const wanted = environment("GREFFIER_CLOCK");
    if (!directory.is_for_tests()) {
        if (wanted) log(LogLevel::Warning, "clock_ignored", {{"reason", "not a directory made with --test-clock"}});
        return std::unique_ptr<ManualClock>{};
    }
    if (!wanted) return std::make_unique<ManualClock>(SystemClock{}.now());
    auto const instant = parse_timestamp(*wanted);
    if (!instant) return Error::invalid("setting_value", {{"setting", "clock"}, {"value", *wanted}, {"where", "GREFFIER_CLOCK"}});
    return std::make_unique<ManualClock>(*instant);
}

}  // namespace

Application::Application(Config settings, DataDirectory where, std::unique_ptr<storage::Database> opened, SigningKey ledger_key, Secret<Bytes> master_key, InstallationKeys own, records::Registers const& all)
    : config(std::move(settings)), directory(std::move(where)), clock(std::make_unique<SystemClock>()), database(std::move(opened)),
      registers(all), ledger(*database, std::move(ledger_key), directory.checkpoints()), vocabulary(*database, registers), master(std::move(master_key)), own_keys(std::move(own)), keys(*database, master), sealing(keys), machinery{*database, registers, linter, ledger, {}, &vocabulary, &sealing},
      outbox(*database, own_keys.of("outbox"), mail_is_set(config) ? mail::Outbox::Door::Open : mail::Outbox::Door::Closed),
      refusals(*database, own_keys.of("refusals")), places(*database, own_keys.of("sign-in places")), correspondence{outbox, refusals, places, {}},
      vault(*database, directory.attachments(), master), recent(*database),
      organisations(*database), people(*database), memberships(*database), sessions(*database, idle_times(config)), links(*database), tokens(*database), journal(*database), factors(*database, own_keys.of("codes"), own_keys.of("passkeys")), see_as(*database, journal, outbox)
{
    auto parts = sign_in_ways_of(config);
    ways = std::make_unique<accounts::SignInWays>(*database, own_keys.of("sign-in ways"), parts.ok() ? std::move(*parts) : accounts::SignInWays::Parts{});
    see_as.tell = tell_of_seeing;
    for (auto const& role : config.list("second-factor-required-for")) factors.required_for.push_back(*accounts::parse_role(role));
    organisations.on_created([this](storage::Session& session, accounts::OrganisationInfo const& organisation, Uuid actor, Timestamp now) {
        create_profile(machinery, session, organisation, actor, now);
    });
    sealing.on_destroyed([this](OrganisationId organisation, RecordId record) { vault.forget(organisation, record); });
    if (auto const file = config.text("journal-file"); !file.empty() || config.truth("journal-syslog")) journal.on_kept(journal_sink(file, config.truth("journal-syslog")));
}

Result<std::unique_ptr<Application>> open_application(Config config, OpenWish wish, Environment const& environment)
{
    auto const absent = wish.use == OpenWish::Use::Write ? DataDirectory::Absent::Create : DataDirectory::Absent::Refuse;
    auto directory = TRY(DataDirectory::open(config.text("data"), {absent, wish.test_clock, engine_of(config)}));
    auto clock = TRY(test_clock(directory, environment));
    auto seed = TRY(directory.ledger_key());
    auto database = open_database(config, directory);
    TRY(raise(*database, directory, wish.use));
    auto ledger_key = SigningKey::from_seed(std::move(seed));
    bool const may_write = wish.use == OpenWish::Use::Write;
    auto master = TRY(master_key(directory, *database, environment, may_write));
    TRY(check_keys(*database, directory, ledger_key, master, may_write));
    auto own = InstallationKeys::open(*database, master, may_write);
    if (may_write) accounts::ready_names(*database);
    auto const& all = directory.is_for_tests() && environment("GREFFIER_TEST_REGISTER") ? registers_of_tests() : app::registers();
    auto application = std::make_unique<Application>(std::move(config), std::move(directory), std::move(database), std::move(ledger_key), std::move(master), std::move(own), all);
    if (clock) {
        application->test_clock = clock.get();
        application->clock = std::move(clock);
    }
    return application;
}

void create_profile(records::Machinery const& machinery, storage::Session& session, accounts::OrganisationInfo const& organisation,
                    Uuid actor, Timestamp now, std::optional<schema::Row> row)
{
    auto const& kind = *machinery.registers.find("profile");
    if (!row) row = founding::profile_of(kind, organisation.name, organisation.kind, {});
    records::Batch batch(machinery, organisation.id, session, {actor, now, organisation.zone}, accounts::Sight::everything());
    records::NewRecord record;
    record.row = std::move(*row);
    auto const created = batch.create(kind, std::move(record));
    if (!created.ok()) {
        auto const& error = created.error();
        throw std::runtime_error("the profile of a new organisation was refused: " + error.code + (error.fields.empty() ? "" : " at " + error.fields[0].field));
    }
    batch.finish();
}

}  // namespace greffier::app
