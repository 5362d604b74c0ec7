#pragma once
// Internal to records/: what an examiner reads beside the record, through the write's own session, read once per
// transaction and register.

#include <map>

#include "records/digests.hpp"
#include "records/register.hpp"
#include "records/rule.hpp"
#include "storage/database.hpp"

namespace greffier::records {

/// What of the organisation decides whether anything is written or judged.
struct JudgedHouse {
    bool archived = false;
    std::string modules_off;
};

class SessionSurroundings final : public Surroundings {
public:
    SessionSurroundings(Registers const& registers, OrganisationId organisation, storage::Session& session)
        : registers_(registers), organisation_(organisation), session_(session) {}

    std::optional<schema::Row> profile() override;
    std::int64_t count(std::string_view register_slug) override;
    void each(std::string_view register_slug, std::function<bool(Neighbour const&)> const& visit) override;
    void each_brief(std::string_view register_slug, std::span<std::string const> fields, std::function<bool(Neighbour const&)> const& visit) override;
    bool keeps(std::string_view register_slug) override;
    std::optional<Neighbour> find(std::string_view register_slug, RecordId id) override;
    void each_naming(std::string_view register_slug, std::string_view field, Uuid target, std::function<bool(Neighbour const&)> const& visit) override;
    std::vector<RecordId> naming(std::string_view register_slug, std::string_view field, Uuid target) override;

    /// Read once.
    JudgedHouse const& house();

    /// A record about to be written: until settled(), when it is, its register reads as if it were.
    struct Next {
        std::string_view register_slug;
        RecordId id;
        std::string_view reference, status;
        schema::Row const& open_row;   ///< without what its register seals
        bool was_live = false, live = false;
        std::optional<std::int64_t> rid = {};   ///< absent: it is being born
    };
    void follow(Next const& next);
    void settled() { next_.reset(); }
    /// Live records of all registers, switched off or not.
    std::int64_t total();
    /// The digests made of records as they were read here: to be remembered if this transaction is committed.
    [[nodiscard]] std::vector<Digested> made() const;

private:
    Registers const& registers_;
    OrganisationId organisation_;
    storage::Session& session_;
    /// In the order of their making, which is that of their rids: the first that an examiner names stays the same.
    struct Held {
        std::int64_t rid = 0;
        Neighbour one;
    };
    using Neighbours = std::vector<Held>;
    using Known = std::map<std::string, Neighbours, std::less<>>;
    std::int64_t counted(std::string_view register_slug);
    void apply(Next const& next, Neighbours& known);
    [[nodiscard]] static Neighbour as_written(Next const& next);
    Neighbours read(std::string_view register_slug, std::span<std::string const> fields);
    Neighbours read_bodies(Register const& kind, std::span<std::string const> fields);
    Neighbours read_new_bodies(Register const& kind, std::span<std::string const> fields);
    Neighbour neighbour_of(Register const& kind, storage::Cursor const& row, std::span<std::string const> fields);

    Known read_, briefly_read_;
    std::map<Uuid, Digested> met_;   ///< those whose body was read briefly, as the database has them
    std::map<Uuid, std::optional<Neighbour>> alone_;        ///< those looked up by their id
    std::map<std::string, int, std::less<>> looked_up_;     ///< how many of a register
    std::optional<Next> next_;   ///< not in the database yet
    std::map<std::string, std::int64_t, std::less<>> counts_;
    std::optional<JudgedHouse> house_;
};

}  // namespace greffier::records
