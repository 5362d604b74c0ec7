#include "app/move.hpp"

#include "app/lease.hpp"
#include "app/open_database.hpp"

namespace greffier::app {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view embedded = "sqlite:";

/// No server writes while the source is read: what it wrote afterwards would stay behind.
class SourceHeld {
public:
    static Result<SourceHeld> take(Application& source)
    {
        SourceHeld held;
        if (source.database->engine() == storage::Engine::Sqlite) {
            held.lock_ = TRY(source.directory.lock_for_serving());
            return held;
        }
        held.lease_ = std::make_unique<Lease>(*source.database);
        if (!held.lease_->hold(source.now())) return Error::conflict("already_served", {{"path", source.directory.path().string()}});
        held.lease_->give_up();   // it must not travel along
        return held;
    }

private:
    std::unique_ptr<DataDirectory::Lock> lock_;
    std::unique_ptr<Lease> lease_;
};

/// The keys sign and open what the database holds: they go where it goes.
Status copy_files(DataDirectory const& source, fs::path const& target)
{
    std::error_code problem;
    if (fs::equivalent(source.path(), target, problem)) return Nothing{};
    if (fs::exists(target) && !fs::is_empty(target)) return Error::conflict("target_not_empty", {{"table", target.string()}});
    fs::create_directories(target);
    fs::permissions(target, fs::perms::owner_all);
    for (auto const& part : {source.keys(), source.attachments(), source.checkpoints()})
        if (fs::exists(part)) fs::copy(part, target / part.filename(), fs::copy_options::recursive);
    for (auto const* part : {"backups", "tmp"}) fs::create_directory(target / part);
    if (source.is_for_tests()) write_private_file(target / "test-clock", "");
    return Nothing{};
}

Result<std::unique_ptr<storage::Database>> open_target(Application const& source, std::string const& target)
{
    if (storage::is_postgres_address(target)) return storage::open_postgres(SecretText{target});
    if (!target.starts_with(embedded) || target.size() == embedded.size()) return Error::invalid("move_target", {{"value", without_password(target)}});
    fs::path const directory = target.substr(embedded.size());
    if (DataDirectory::exists(directory)) return Error::conflict("target_not_empty", {{"table", (directory / "greffier.db").string()}});
    TRY(copy_files(source.directory, directory));
    return storage::open_sqlite((directory / "greffier.db").string());
}

}  // namespace

Result<Moved> move_to(Application& source, std::string const& target, std::function<void(std::string const&, std::int64_t)> const& progress)
{
    auto const held = TRY(SourceHeld::take(source));
    auto const there = TRY(open_target(source, target));
    there->migrate();
    Moved moved;
    moved.tables = TRY(storage::carry_over(*source.database, *there, progress));

    auto key = SigningKey::from_seed(TRY(source.directory.ledger_key()));
    TRY(check_keys(*there, source.directory, key, TRY(source.directory.data_key()), true));
    records::LedgerKeeper arrived(*there, std::move(key), source.directory.checkpoints());
    for (auto const& organisation : source.organisations.all()) {
        auto const root = arrived.recompute(organisation.id);
        if (!root || *root != source.ledger.head(organisation.id).root)
            throw storage::StorageFailure("The history of " + organisation.slug + " does not add up where it arrived: do not use the copy, and run doctor on the source.");
        ++moved.histories;
    }
    return moved;
}

}  // namespace greffier::app
