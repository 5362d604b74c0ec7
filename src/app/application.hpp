#pragma once
// Application: everything a command or the server needs, opened once and wired here. The composition root owns it;
// what is lent from it (Machinery, stores) must not outlive it. Thread-safe once opened, as its parts are.

#include <functional>
#include <memory>
#include <optional>

#include "accounts/correspondence.hpp"
#include "accounts/journal.hpp"
#include "accounts/factors.hpp"
#include "accounts/memberships.hpp"
#include "accounts/one_time_links.hpp"
#include "accounts/organisation.hpp"
#include "accounts/people.hpp"
#include "accounts/see_as.hpp"
#include "accounts/sessions.hpp"
#include "accounts/sign_in_ways.hpp"
#include "accounts/tokens.hpp"
#include "app/config.hpp"
#include "app/data_directory.hpp"
#include "app/installation_keys.hpp"
#include "compliance/linter.hpp"
#include "records/ledger_keeper.hpp"
#include "records/recent.hpp"
#include "records/sealing.hpp"
#include "records/store.hpp"
#include "records/vault.hpp"
#include "records/vocabulary.hpp"
#include "storage/database.hpp"

namespace greffier::app {

struct OpenWish {
    enum class Use {
        Read,      ///< the installation must be there, in this program's version
        Write,     ///< made when absent, raised when older (a copy goes to backups/ first)
    } use = Use::Read;
    bool test_clock = false;     ///< --test-clock: made for tests
};

struct Application {
    Config config;
    DataDirectory directory;
    std::unique_ptr<Clock> clock;
    ManualClock* test_clock = nullptr;           ///< the same clock, in a directory made for tests alone
    std::unique_ptr<storage::Database> database;
    records::Registers const& registers;
    compliance::Linter linter;
    records::LedgerKeeper ledger;
    records::Vocabulary vocabulary;
    Secret<Bytes> master;                        ///< wraps the keys of organisations and those of the installation
    InstallationKeys own_keys;
    records::OrganisationKeys keys;
    records::Sealing sealing;
    records::Machinery machinery;
    mail::Outbox outbox;
    mail::Refusals refusals;
    accounts::SignInPlaces places;
    accounts::Correspondence correspondence;
    records::Vault vault;
    records::Recent recent;
    accounts::Organisations organisations;
    accounts::People people;
    accounts::Memberships memberships;
    accounts::Sessions sessions;
    accounts::SignInThrottle throttle;
    accounts::OneTimeLinks links;
    accounts::Tokens tokens;
    accounts::Journal journal;
    accounts::Factors factors;
    std::unique_ptr<accounts::SignInWays> ways;  ///< without any when the settings contradict each other: `serve` says so
    accounts::SeeAs see_as;
    std::function<void()> wake_jobs;             ///< set while a runner of background work lives

    Application(Config settings, DataDirectory where, std::unique_ptr<storage::Database> opened, SigningKey ledger_key, Secret<Bytes> master_key, InstallationKeys own, records::Registers const& all);
    Application(Application const&) = delete;
    Application& operator=(Application const&) = delete;

    [[nodiscard]] Timestamp now() const { return clock->now(); }
    [[nodiscard]] records::Records records(OrganisationId organisation) const { return {machinery, organisation, accounts::Sight::everything()}; }
};

/// What an operator can mend is an Error that says where; a failing disk or database throws.
Result<std::unique_ptr<Application>> open_application(Config config, OpenWish wish, Environment const& environment);

/// The profile record an organisation is born with, inside the transaction that makes the organisation.
/// `row` of the profile register; absent: what is known of the organisation. A row that its register refuses throws.
void create_profile(records::Machinery const& machinery, storage::Session& session, accounts::OrganisationInfo const& organisation,
                    Uuid actor, Timestamp now, std::optional<schema::Row> row = {});

}  // namespace greffier::app
