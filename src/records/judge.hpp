#pragma once
// Internal to records/: asks the examiner about records and keeps its findings, within one transaction.

#include <optional>

#include "records/store.hpp"
#include "records/surroundings.hpp"

namespace greffier::records {

class Judge {
public:
    Judge(Machinery const& machinery, OrganisationId organisation, storage::Session& session)
        : examiner_(machinery.examiner), organisation_(organisation), session_(session), around_(machinery.registers, organisation, session) {}

    std::vector<Finding> findings_of(Register const& kind, RecordId id, Circumstances context, schema::Row const& row);
    /// Judges one record and keeps what is found; `had_findings` is false for a record just born. The worst comes back.
    std::optional<Severity> judge(Register const& kind, std::int64_t rid, Head const& head, schema::Row const& row, Date today, bool had_findings);
    /// A deleted record has none.
    std::optional<Severity> clear(std::int64_t rid);
    /// Every live record of a register. Returns how many records' findings changed.
    int judge_register(Register const& kind, Date today);

    /// What the examiner reads beside the record; the writer tells it of each write.
    [[nodiscard]] SessionSurroundings& around() { return around_; }

private:
    bool differs(std::int64_t rid, std::vector<Finding> const& found);
    std::optional<Severity> store(std::int64_t rid, std::vector<Finding> const& found, bool had_findings);

    Examiner const& examiner_;
    OrganisationId organisation_;
    storage::Session& session_;
    SessionSurroundings around_;
};

}  // namespace greffier::records
