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
    void each_brief(std::string_view register_slug, std::span<std::string const> fields, std::function<bool(Neighbour const&)> const& visit) override;

    /// A record about to be written, whose register is to read as if it were: `was_live` before, `live` after.
    void follow(std::string_view register_slug, Neighbour record, bool was_live, bool live);
    /// Live records of all registers.
    std::int64_t total();

private:
    Registers const& registers_;
    OrganisationId organisation_;
    storage::Session& session_;
    using Neighbours = std::vector<Neighbour>;
    using Known = std::map<std::string, Neighbours, std::less<>>;
    struct Followed {
        std::string register_slug;
        Neighbour record;
        bool live = false;
        void apply(Neighbours& known, bool was_live) const;
    };
    Neighbours read(std::string_view register_slug, std::span<std::string const> fields);

    Known read_, briefly_read_;
    std::optional<Followed> last_;   ///< what is read before it is written must have it all the same
    std::map<std::string, std::int64_t, std::less<>> counts_;
};

}  // namespace greffier::records
