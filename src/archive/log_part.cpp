#include "archive/log_part.hpp"

#include "ledger/ledger.hpp"

namespace greffier::archive {

using storage::SqlText;

LogHead write_entries(storage::Session& session, OrganisationId organisation, PartWriter& out, Progress const& progress)
{
    constexpr std::int64_t told_each = 5000;
    LogHead head;
    ledger::Frontier frontier;
    auto rows = session.stream(SqlText{"SELECT sequence, entry, leaf, recorded_at FROM ledger_entry WHERE organisation_id=? ORDER BY sequence"}, organisation);
    while (rows.next()) {
        auto const leaf = ledger::leaf_hash(rows.view(1));
        if (static_cast<std::uint64_t>(rows.integer(0)) != frontier.size || !equal_constant_time(leaf, rows.bytes(2)))
            throw storage::StorageFailure("The history of this organisation does not add up, and was not exported: run doctor, then restore a backup.");
        frontier.append(leaf);
        head.last = rows.timestamp(3);
        out.write(rows.view(1));
        out.write("\n");
        if (progress && frontier.size % told_each == 0) progress("ledger", static_cast<std::int64_t>(frontier.size), 0);
    }
    head.size = frontier.size;
    head.root = frontier.root();
    return head;
}

std::string sign_head(OrganisationId organisation, LogHead const& head, SigningKey const& key)
{
    return ledger::sign_checkpoint({ledger::origin_of(organisation), head.size, head.root, head.last}, key);
}

}  // namespace greffier::archive
