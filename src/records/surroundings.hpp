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

    /// A record about to be written: until settled(), when it is, its register reads as if it were.
    struct Next {
        std::string_view register_slug;
        RecordId id;
        std::string_view reference, status;
        schema::Row const& row;
        bool was_live = false, live = false;
    };
    void follow(Next const& next);
    void settled() { next_.reset(); }
    /// Live records of all registers.
    std::int64_t total();

private:
    Registers const& registers_;
    OrganisationId organisation_;
    storage::Session& session_;
    using Neighbours = std::vector<Neighbour>;
    using Known = std::map<std::string, Neighbours, std::less<>>;
    static void apply(Next const& next, Neighbours& known);
    Neighbours read(std::string_view register_slug, std::span<std::string const> fields);

    Known read_, briefly_read_;
    std::optional<Next> next_;   ///< not in the database yet
    std::map<std::string, std::int64_t, std::less<>> counts_;
};

}  // namespace greffier::records
