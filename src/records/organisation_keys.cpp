#include "records/organisation_keys.hpp"

#include <stdexcept>
#include <utility>
#include <vector>

#include "core/key_wrap.hpp"

namespace greffier::records {

using storage::Session;
using storage::SqlText;

namespace {

Bytes place_of(OrganisationId organisation, std::string_view purpose)
{
    return bound_to({as_bytes("greffier organisation key"), ByteView{organisation.uuid.bytes}, as_bytes(purpose)});
}

Secret<Bytes> opened(Secret<Bytes> const& master, OrganisationId organisation, std::string_view purpose, ByteView wrapped, bool bound)
{
    auto key = bound ? open_bound(master, wrapped, place_of(organisation, purpose)) : open_sealed(master, wrapped);
    if (!key) throw std::runtime_error("the key of an organisation does not open with the master key of this installation");
    return *std::move(key);
}

}  // namespace

OrganisationKeys::OrganisationKeys(storage::Database& database, Secret<Bytes> master) : database_(database), master_(std::move(master))
{
    if (master_.reveal().size() != 32) throw std::invalid_argument("the master key has 32 bytes");
}

std::optional<Secret<Bytes>> OrganisationKeys::find(Session& session, OrganisationId organisation, std::string_view purpose) const
{
    auto row = session.query(SqlText{"SELECT wrapped, bound FROM organisation_key WHERE organisation_id=? AND purpose=?"}, organisation, purpose);
    if (!row.next()) return std::nullopt;
    return opened(master_, organisation, purpose, row.bytes(0), row.integer(1) != 0);
}

Secret<Bytes> OrganisationKeys::find_or_make(Session& session, OrganisationId organisation, std::string_view purpose) const
{
    if (auto key = find(session, organisation, purpose)) return *std::move(key);
    Secret<Bytes> const fresh(random_bytes(32));
    auto const wrapped = seal_bound(master_, fresh.reveal(), place_of(organisation, purpose));
    session.execute(SqlText{"INSERT INTO organisation_key(organisation_id, purpose, wrapped, bound) VALUES(?,?,?,1) ON CONFLICT DO NOTHING"}, organisation, purpose, wrapped);
    return *find(session, organisation, purpose);   // another process may have been first
}

Secret<Bytes> OrganisationKeys::of(OrganisationId organisation, std::string_view purpose) const
{
    {
        auto session = database_.read();
        if (auto key = find(*session, organisation, purpose)) return *std::move(key);
    }
    auto made = database_.write_result<Secret<Bytes>>([&](Session& session) -> Result<Secret<Bytes>> {
        session.lock(organisation);
        return find_or_make(session, organisation, purpose);
    });
    return std::move(made).value();
}

void put_organisation_key(Session& session, Secret<Bytes> const& master, OrganisationId organisation, std::string_view purpose, Secret<Bytes> const& key)
{
    session.execute(SqlText{"INSERT INTO organisation_key(organisation_id, purpose, wrapped, bound) VALUES(?,?,?,1)"}, organisation, purpose, seal_bound(master, key.reveal(), place_of(organisation, purpose)));
}

std::int64_t rewrap_organisation_keys(Session& session, Secret<Bytes> const& before, Secret<Bytes> const& after)
{
    struct Line {
        OrganisationId organisation;
        std::string purpose;
        Secret<Bytes> key;
    };
    std::vector<Line> lines;
    {
        auto rows = session.query(SqlText{"SELECT organisation_id, purpose, wrapped, bound FROM organisation_key ORDER BY organisation_id, purpose"});
        while (rows.next()) {
            auto const organisation = rows.id<Organisation>(0);
            lines.push_back({organisation, rows.text(1), opened(before, organisation, rows.view(1), rows.bytes(2), rows.integer(3) != 0)});
        }
    }
    for (auto const& [organisation, purpose, key] : lines)
        session.execute(SqlText{"UPDATE organisation_key SET wrapped=?, bound=1 WHERE organisation_id=? AND purpose=?"},
                        seal_bound(after, key.reveal(), place_of(organisation, purpose)), organisation, purpose);
    return static_cast<std::int64_t>(lines.size());
}

}  // namespace greffier::records
