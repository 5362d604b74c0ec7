#include "records/placing.hpp"

#include <map>
#include <stdexcept>
#include <vector>

#include "records/record_writer.hpp"

namespace greffier::records {

using storage::Session;
using storage::SqlText;

namespace {

struct Unplaced {
    RecordId id;
    std::string register_slug;
};

std::map<OrganisationId, std::vector<Unplaced>> some_unplaced(storage::Database& database)
{
    std::map<OrganisationId, std::vector<Unplaced>> found;
    auto session = database.read();
    auto rows = session->query(SqlText{"SELECT organisation_id, id, register FROM record WHERE service='?' LIMIT 500"});
    while (rows.next()) found[rows.id<Organisation>(0)].push_back({rows.id<Record>(1), rows.text(2)});
    return found;
}

}  // namespace

int place_in_services(Machinery const& machinery, Timestamp now)
{
    int placed = 0;
    for (auto some = some_unplaced(machinery.database); !some.empty(); some = some_unplaced(machinery.database)) {
        for (auto const& [organisation, records] : some) {
            auto const done = machinery.database.write([&](Session& session) -> Status {
                session.lock(organisation);
                RecordWriter writer(machinery, organisation, session, {Uuid{}, now}, accounts::Sight::everything());
                for (auto const& one : records) {
                    auto const* kind = machinery.registers.find(one.register_slug);
                    auto const current = kind ? writer.by_id(*kind, one.id) : std::nullopt;
                    if (current) writer.place(*kind, *current);
                    else session.execute(SqlText{"UPDATE record SET service='' WHERE organisation_id=? AND id=? AND service='?'"}, organisation, one.id);
                }
                return Nothing{};
            });
            if (!done.ok()) throw std::runtime_error("records could not be placed in their services: " + done.error().code);
            placed += static_cast<int>(records.size());
        }
    }
    return placed;
}

}  // namespace greffier::records
