#pragma once
// Internal to records/: what an examiner reads beside the record, through the write's own session, read once per
// transaction and register.

#include <map>

#include "records/register.hpp"
#include "records/rule.hpp"
#include "storage/database.hpp"

namespace greffier::records {

class SessionSurroundings final : public Surroundings {
public:
    SessionSurroundings(Registers const& registers, OrganisationId organisation, storage::Session& session)
        : registers_(registers), organisation_(organisation), session_(session) {}

    std::optional<schema::Row> profile() override;
    std::int64_t count(std::string_view register_slug) override;
    void each(std::string_view register_slug, std::function<bool(Neighbour const&)> const& visit) override;

    /// A record was written, or deleted when `live` is false: what was read of its register follows.
    void follow(std::string_view register_slug, Neighbour record, bool live);
    /// Live records of all registers.
    std::int64_t total();

private:
    Registers const& registers_;
    OrganisationId organisation_;
    storage::Session& session_;
    std::map<std::string, std::vector<Neighbour>, std::less<>> read_;
    std::map<std::string, std::int64_t, std::less<>> counts_;
};

}  // namespace greffier::records
