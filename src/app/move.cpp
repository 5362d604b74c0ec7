#include "app/move.hpp"

#include <list>

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

/// What a move that fails takes away again: keys must not lie about where nothing uses them. Only what this run made.
class Made {
public:
    Made() = default;
    Made(Made const&) = delete;
    Made& operator=(Made const&) = delete;
    ~Made()
    {
        std::error_code ignored;
        for (auto const& path : contents_) fs::remove_all(path, ignored);
        for (auto const& path : directories_) fs::remove(path, ignored);   // what others put there meanwhile keeps it
    }
    /// Said before it is made: what is made half-way goes too.
    fs::path const& will_hold(fs::path path) { return contents_.emplace_back(std::move(path)); }
    void will_create(fs::path path)
    {
        for (; !path.empty() && !fs::exists(path); path = path.parent_path()) directories_.push_back(path);
    }
    void keep()
    {
        contents_.clear();
        directories_.clear();
    }

private:
    std::list<fs::path> contents_;
    std::vector<fs::path> directories_;   ///< the innermost first
};

/// The keys sign and open what the database holds: they go where it goes.
Status copy_files(DataDirectory const& source, fs::path const& target, Made& made)
{
    std::error_code problem;
    if (fs::equivalent(source.path(), target, problem)) return Nothing{};
    if (fs::exists(target) && !fs::is_empty(target)) return Error::conflict("target_not_empty", {{"table", target.string()}});
    made.will_create(target);
    fs::create_directories(target);
    fs::permissions(target, fs::perms::owner_all);
    for (auto const& part : {source.keys(), source.attachments(), source.checkpoints()})
        if (fs::exists(part)) fs::copy(part, made.will_hold(target / part.filename()), fs::copy_options::recursive);
    for (auto const* part : {"backups", "tmp"}) fs::create_directory(made.will_hold(target / part));
    if (source.is_for_tests()) write_private_file(made.will_hold(target / "test-clock"), "");
    return Nothing{};
}

Result<std::unique_ptr<storage::Database>> open_target(Application const& source, std::string const& target, Made& made)
{
    if (storage::is_postgres_address(target)) return storage::open_postgres(SecretText{target});
    if (!target.starts_with(embedded) || target.size() == embedded.size()) return Error::invalid("move_target", {{"value", without_password(target)}});
    fs::path const directory = target.substr(embedded.size());
    if (DataDirectory::exists(directory)) return Error::conflict("target_not_empty", {{"table", (directory / "greffier.db").string()}});
    TRY(copy_files(source.directory, directory, made));
    auto const file = made.will_hold(directory / "greffier.db").string();
    for (auto const* beside : {"-wal", "-shm"}) made.will_hold(file + beside);
    return storage::open_sqlite(file);
}

}  // namespace

Result<Moved> move_to(Application& source, std::string const& target, std::function<void(std::string const&, std::int64_t)> const& progress)
{
    auto const held = TRY(SourceHeld::take(source));
    Made made;   // before the database, which is closed first
    auto const there = TRY(open_target(source, target, made));
    there->migrate();
    Moved moved;
    moved.tables = TRY(storage::carry_over(*source.database, *there, progress));

    auto key = SigningKey::from_seed(TRY(source.directory.ledger_key()));
    TRY(check_keys(*there, source.directory, key, source.master, true));
    records::LedgerKeeper arrived(*there, std::move(key), source.directory.checkpoints());
    for (auto const& organisation : source.organisations.all()) {
        auto const root = arrived.recompute(organisation.id);
        if (!root || *root != source.ledger.head(organisation.id).root)
            throw storage::StorageFailure("The history of " + organisation.slug + " does not add up where it arrived: do not use the copy, and run doctor on the source.");
        ++moved.histories;
    }
    made.keep();
    return moved;
}

}  // namespace greffier::app
