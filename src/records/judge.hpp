#pragma once
// Internal to records/: asks the examiner about records and keeps its findings, within one transaction.

#include <optional>

#include "records/due_keeper.hpp"
#include "records/store.hpp"
#include "records/surroundings.hpp"

namespace greffier::records {

std::optional<Severity> worst_of(std::vector<Finding> const& found);

/// What of the organisation decides whether anything is written or judged. Outside Judge, for clang makes no optional of a
/// part whose class is not whole.
struct JudgedHouse {
    bool archived = false;
    std::string modules_off;
};

class Judge {
public:
    using House = JudgedHouse;
    Judge(Machinery const& machinery, OrganisationId organisation, storage::Session& session, Timestamp now, std::string zone)
        : machinery_(machinery), organisation_(organisation), session_(session), now_(now), zone_(std::move(zone)), around_(machinery.registers, organisation, session) {}

    /// Read once.
    House const& house();

    /// Nothing of a register that is switched off.
    std::vector<Finding> findings_of(Register const& kind, RecordId id, std::string const& status, std::string const& reference, schema::Row const& row);
    /// The next deadline of a live record: the earliest of its review and of what falls due.
    std::optional<Timestamp> next_deadline(Register const& kind, std::string_view status, schema::Row const& row);
    /// Keeps what falls due in a record just written. `moved`: its status changed.
    void keep_dues(DueKeeper::Of const& record, std::string_view status, bool deleted, bool born, bool moved);
    /// What falls due in the live records of a register, once days are counted otherwise.
    void date_register(Register const& kind);
    /// Keeps the findings of a record just born, whose worst was written with it.
    void keep_first(std::int64_t rid, std::vector<Finding> const& found);
    /// Keeps the findings of a record that may have had others, and its worst. Returns whether they changed.
    bool keep(std::int64_t rid, std::vector<Finding> const& found);
    /// Every live record of a register, and what falls due in it. Returns how many records' findings changed.
    int judge_register(Register const& kind);
    void set_now(Timestamp now) { now_ = now; }

    /// What the examiner reads beside the record; the writer tells it of each write.
    [[nodiscard]] SessionSurroundings& around() { return around_; }

private:
    struct Item {
        std::int64_t rid = 0;
        Head head;
        schema::Row row;
    };
    law::Place const& where();
    std::vector<Due> dues_of(Register const& kind, std::string_view status, schema::Row const& row);
    std::vector<Item> live_records(Register const& kind);
    void date_records(Register const& kind, std::vector<Item> const& items);
    bool differs(std::int64_t rid, std::vector<Finding> const& found);

    Machinery const& machinery_;
    OrganisationId organisation_;
    storage::Session& session_;
    Timestamp now_;
    std::string zone_;
    SessionSurroundings around_;
    std::optional<House> house_;
    law::Place where_;
};

}  // namespace greffier::records
