#pragma once
// Internal to records/: asks the examiner about records and keeps its findings, within one transaction.

#include <optional>

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
    Judge(Machinery const& machinery, OrganisationId organisation, storage::Session& session)
        : machinery_(machinery), organisation_(organisation), session_(session), around_(machinery.registers, organisation, session) {}

    /// Read once.
    House const& house();

    /// Nothing of a register that is switched off.
    std::vector<Finding> findings_of(Register const& kind, RecordId id, Circumstances context, schema::Row const& row);
    /// Keeps the findings of a record just born, whose worst was written with it.
    void keep_first(std::int64_t rid, std::vector<Finding> const& found);
    /// Keeps the findings of a record that may have had others, and its worst. Returns whether they changed.
    bool keep(std::int64_t rid, std::vector<Finding> const& found);
    /// Every live record of a register. Returns how many records' findings changed.
    int judge_register(Register const& kind, Date today);

    /// What the examiner reads beside the record; the writer tells it of each write.
    [[nodiscard]] SessionSurroundings& around() { return around_; }

private:
    bool differs(std::int64_t rid, std::vector<Finding> const& found);

    Machinery const& machinery_;
    OrganisationId organisation_;
    storage::Session& session_;
    SessionSurroundings around_;
    std::optional<House> house_;
};

}  // namespace greffier::records
