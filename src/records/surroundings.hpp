#pragma once
// Internal to records/: what an examiner reads beside the record, through the write's own session, read once per
// transaction and register.

#include <map>

#include "records/digests.hpp"
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
        schema::Row const& open_row;   ///< without what its register seals
        bool was_live = false, live = false;
    };
    void follow(Next const& next);
    void settled() { next_.reset(); }
    /// Live records of all registers.
    std::int64_t total();
    /// The digests made of records as they were read here: to be remembered if this transaction is committed.
    [[nodiscard]] std::vector<Digested> made() const;

private:
    Registers const& registers_;
    OrganisationId organisation_;
    storage::Session& session_;
    using Neighbours = std::vector<Neighbour>;
    using Known = std::map<std::string, Neighbours, std::less<>>;
    void apply(Next const& next, Neighbours& known);
    Neighbours read(std::string_view register_slug, std::span<std::string const> fields);
    Neighbours read_bodies(Register const& kind, std::span<std::string const> fields);
    Neighbours read_new_bodies(Register const& kind, std::span<std::string const> fields);
    Neighbour neighbour_of(Register const& kind, storage::Cursor const& row, std::span<std::string const> fields);

    Known read_, briefly_read_;
    std::map<Uuid, Digested> met_;   ///< those whose body was read briefly, as the database has them
    std::optional<Next> next_;   ///< not in the database yet
    std::map<std::string, std::int64_t, std::less<>> counts_;
};

}  // namespace greffier::records
