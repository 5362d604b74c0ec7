#pragma once
// Internal to records/: asks the examiner about records and keeps its findings, within one transaction.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>

#include "records/due_keeper.hpp"
#include "records/store.hpp"
#include "records/surroundings.hpp"

namespace greffier::records {

std::optional<Severity> worst_of(std::vector<Finding> const& found);

class Judge {
public:
    Judge(Machinery const& machinery, OrganisationId organisation, storage::Session& session, Timestamp now, std::string zone)
        : machinery_(machinery), organisation_(organisation), session_(session), now_(now), zone_(std::move(zone)), around_(machinery.registers, organisation, session) {}

    /// Read once.
    JudgedHouse const& house() { return around_.house(); }

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
    /// Those of these records that are live; what falls due in them is not theirs to change. Returns the same.
    int judge_again(Register const& kind, std::set<RecordId> const& records);
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
    /// A finding as it is kept: rule, place, severity, arguments.
    using Kept = std::set<std::tuple<std::string, std::string, std::int64_t, std::string>>;
    Item item_of(BodyReader& bodies, storage::Cursor const& row);
    std::vector<Item> live_records(Register const& kind);
    std::vector<Item> live_records(Register const& kind, std::set<RecordId> const& wanted);
    int judge_items(Register const& kind, std::vector<Item> const& items);
    void date_records(Register const& kind, std::vector<Item> const& items);
    Kept kept_of(std::int64_t rid);
    std::map<std::int64_t, Kept> kept_of(Register const& kind);
    bool keep(std::int64_t rid, std::vector<Finding> const& found, Kept const& was);

    Machinery const& machinery_;
    OrganisationId organisation_;
    storage::Session& session_;
    Timestamp now_;
    std::string zone_;
    SessionSurroundings around_;
    law::Place where_;
};

}  // namespace greffier::records
