#include "records/ledger_keeper.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>

namespace greffier::records {

using storage::Session;
using storage::SqlText;

LedgerKeeper::LedgerKeeper(storage::Database& database, SigningKey key, std::filesystem::path directory)
    : database_(database), key_(std::move(key)), directory_(std::move(directory))
{
    std::filesystem::create_directories(directory_);
}

LedgerKeeper::Appended LedgerKeeper::append(Session& session, ledger::Entry entry)
{
    ledger::Frontier frontier;
    {
        auto last = session.query(SqlText{"SELECT sequence, recorded_at, frontier FROM ledger_entry WHERE organisation_id=? ORDER BY sequence DESC LIMIT 1"},
                                  entry.organisation);
        if (last.next()) {
            auto unpacked = ledger::Frontier::unpack(last.bytes(2));
            if (!unpacked) throw storage::StorageFailure("the ledger's last entry is damaged: restore a backup");
            frontier = std::move(*unpacked);
            entry.sequence = static_cast<std::uint64_t>(last.integer(0)) + 1;
            if (auto const previous = last.timestamp(1); entry.time < previous) {
                entry.time = previous;
                entry.clock_went_back = true;
            }
        }
    }
    auto const text = ledger::canonical(entry);
    auto const leaf = ledger::leaf_hash(text);
    for (auto const& node : frontier.append(leaf))
        if (node.level % 8 == 0)
            session.execute(SqlText{"INSERT INTO ledger_node(organisation_id, level, position, hash) VALUES(?,?,?,?)"},
                            entry.organisation, node.level, node.position, node.hash);
    session.execute(SqlText{"INSERT INTO ledger_entry(organisation_id, sequence, recorded_at, entry, leaf, frontier) VALUES(?,?,?,?,?,?)"},
                    entry.organisation, entry.sequence, entry.time, text, leaf, frontier.pack());
    return {entry.sequence, entry.time};
}

namespace {

struct Moved {
    OrganisationId organisation;
    ledger::Frontier frontier;
    Timestamp last{};   ///< of its last entry
};

/// Logs whose last entry lies beyond their last checkpoint.
std::vector<Moved> moved_logs(storage::Database& database)
{
    std::vector<Moved> moved;
    auto session = database.read();
    auto rows = session->query(SqlText{
        "SELECT o.id, e.frontier, e.recorded_at FROM organisation o "
        "JOIN ledger_entry e ON e.organisation_id=o.id AND e.sequence=(SELECT max(sequence) FROM ledger_entry WHERE organisation_id=o.id) "
        "WHERE e.sequence + 1 > coalesce((SELECT max(size) FROM ledger_checkpoint WHERE organisation_id=o.id), 0)"});
    while (rows.next())
        if (auto frontier = ledger::Frontier::unpack(rows.bytes(1))) moved.push_back({rows.id<Organisation>(0), std::move(*frontier), rows.timestamp(2)});
    return moved;
}

/// Appended and synced: a checkpoint that can vanish with the power protects nobody.
void append_to_file(std::filesystem::path const& path, std::string const& text)
{
    int const file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) throw std::system_error(errno, std::generic_category(), "cannot open " + path.string());
    auto const written = ::write(file, text.data(), text.size());
    auto const synced = ::fsync(file);
    ::close(file);
    if (written != static_cast<ssize_t>(text.size()) || synced != 0) throw std::system_error(errno, std::generic_category(), "cannot write " + path.string());
}

}  // namespace

int LedgerKeeper::checkpoint(Timestamp now)
{
    auto const moved = moved_logs(database_);
    if (moved.empty()) return 0;
    std::vector<std::pair<Moved const*, std::string>> notes;
    for (auto const& log : moved) {
        // Under a clock set back entries keep the time of those before them: what signs them cannot be older than they are.
        ledger::Checkpoint const point{ledger::origin_of(log.organisation), log.frontier.size, log.frontier.root(), std::max(now, log.last)};
        notes.emplace_back(&log, ledger::sign_checkpoint(point, key_));
    }
    std::vector<std::pair<Moved const*, std::string>> ours;   // another process may have signed the same heads
    auto const written = database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        for (auto const& [log, note] : notes)
            if (session.execute(SqlText{"INSERT INTO ledger_checkpoint(organisation_id, size, note, created_at) VALUES(?,?,?,?) ON CONFLICT DO NOTHING"},
                                log->organisation, log->frontier.size, note, now) > 0)
                ours.emplace_back(log, note);
        return Nothing{};
    });
    if (!written.ok()) return 0;
    for (auto const& [log, note] : ours) append_to_file(directory_ / (log->organisation.text() + ".txt"), note + "\n");
    return static_cast<int>(ours.size());
}

LedgerKeeper::Head LedgerKeeper::head(OrganisationId organisation)
{
    Head head{0, ledger::empty_root(), std::nullopt, std::nullopt};
    auto session = database_.read_of(organisation);
    auto last = session->query(SqlText{"SELECT frontier FROM ledger_entry WHERE organisation_id=? ORDER BY sequence DESC LIMIT 1"}, organisation);
    if (last.next()) {
        if (auto frontier = ledger::Frontier::unpack(last.bytes(0))) {
            head.size = frontier->size;
            head.root = frontier->root();
        }
    }
    auto point = session->query(SqlText{"SELECT note, created_at FROM ledger_checkpoint WHERE organisation_id=? ORDER BY size DESC LIMIT 1"}, organisation);
    if (point.next()) {
        head.checkpoint = point.text(0);
        head.checkpoint_at = point.timestamp(1);
    }
    return head;
}

std::optional<LedgerKeeper::Proof> LedgerKeeper::entry_of(OrganisationId organisation, RecordId record, std::int64_t version)
{
    auto session = database_.read_of(organisation);
    auto found = session->query(SqlText{"SELECT v.ledger_sequence, e.entry, e.leaf FROM record r JOIN record_version v ON v.rid=r.rid AND v.version=? "
                                        "JOIN ledger_entry e ON e.organisation_id=r.organisation_id AND e.sequence=v.ledger_sequence "
                                        "WHERE r.organisation_id=? AND r.id=?"},
                                version, organisation, record);
    if (!found.next()) return std::nullopt;
    Proof proof{static_cast<std::uint64_t>(found.integer(0)), found.text(1), {}};
    auto const leaf = found.bytes(2);
    if (leaf.size() == proof.leaf.size()) std::copy(leaf.begin(), leaf.end(), proof.leaf.begin());
    return proof;
}

std::optional<Hash> LedgerKeeper::recompute(OrganisationId organisation)
{
    ledger::Frontier frontier;
    auto session = database_.read_of(organisation);
    auto entries = session->stream(SqlText{"SELECT sequence, entry, leaf FROM ledger_entry WHERE organisation_id=? ORDER BY sequence"}, organisation);
    while (entries.next()) {
        if (static_cast<std::uint64_t>(entries.integer(0)) != frontier.size) return std::nullopt;
        auto const leaf = ledger::leaf_hash(entries.view(1));
        if (!equal_constant_time(leaf, entries.bytes(2))) return std::nullopt;
        frontier.append(leaf);
    }
    return frontier.root();
}

}  // namespace greffier::records
