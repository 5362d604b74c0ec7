#pragma once
// Contracts and other acts that bind a processor (art. 28(3)), each held against the twenty-five clauses.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "registers/contract/lists.hpp"
#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::contract {

using schema::Duration;
using schema::Text;

/// What the contract says of one of the twenty-five.
struct ClauseRow {
    std::string id;
    Clause item{};
    std::optional<ClauseState> state;    ///< absent: nobody has looked yet
    std::string place, evidence;         ///< page or article of the contract; the piece that proves it
    Text comment;
    /// Nothing left to obtain.
    [[nodiscard]] bool settled() const { return state == ClauseState::Present || state == ClauseState::NotApplicable; }
};

/// What the controller wrote to the processor after the signature: an operation the contract did not foresee (art. 28(3)(a)).
struct WrittenInstruction {
    std::string id;
    Text text;                                 ///< what is asked, in its words
    std::optional<InstructionKind> kind;
    std::optional<Date> given_on;
    std::string given_by, sent_to;             ///< who decided it here; who received it there
    std::optional<ContractId> amendment;       ///< the amendment's own record
    std::optional<EvidenceId> evidence;
    std::string place;                         ///< where the writing is kept, when no evidence record holds it
    std::optional<Date> accepted_on;           ///< the processor said it received it, or signed
    Text objection;                            ///< it warned that the instruction infringes the law (art. 28(3), last subparagraph)
    /// Something shows it: a record, an amendment, or a place where it is kept.
    [[nodiscard]] bool proved() const { return amendment || evidence || !place.empty(); }
};

struct Contract {
    // what it is
    std::string name;
    std::optional<ProcessorId> processor;
    std::string contract_reference;
    std::optional<Form> form;
    std::optional<ModelClauses> model_clauses;
    Text subject, role_clause;
    std::string service;
    schema::Contact owner;
    // its life
    std::optional<Date> signature_date, start_date, end_date;
    std::optional<Renewal> renewal;
    std::optional<Duration> renewal_period, notice_period;
    std::optional<Date> next_review, last_review;
    std::string reviewer;
    // what it provides
    std::optional<Subprocessing> subprocessor_mode;
    std::optional<std::int64_t> breach_notice_hours;
    std::vector<ClauseRow> clauses;
    std::vector<WrittenInstruction> instructions;
    // its end
    std::optional<DataEnd> data_end;
    std::optional<Duration> data_end_period;
    std::optional<Date> ended_on, returned_on, deleted_on;
    std::string deletion_certificate;
    Text notes;
    std::vector<schema::Attachment> attachments;

    [[nodiscard]] ClauseRow const* clause(Clause item) const;
};

/// One of the twenty-five, as the law or good practice asks for it; its words are the keys contract_clause_item.<code>,
/// and .help for the sentence.
struct ClauseInfo {
    Clause item;
    std::string_view code;       ///< "C06"
    std::string_view article;    ///< "28(3)(a)"; empty when no text demands it
    bool obligatory;             ///< C01 to C14
};
/// In order, all twenty-five.
std::span<ClauseInfo const> all_clauses();

/// How much of the list a contract covers; a line that is not there counts as not looked at.
struct Coverage {
    int present = 0, partial = 0, absent = 0, not_applicable = 0, unseen = 0;
    int obligatory_settled = 0;          ///< of obligatory_clauses
    std::vector<ClauseInfo const*> missing_obligatory, missing_recommended;
    [[nodiscard]] int settled() const { return present + not_applicable; }
};
inline constexpr int clause_count = 25, obligatory_clauses = 14;
Coverage coverage_of(Contract const& contract);

/// The day after which the contract binds no more, as of `today`: a tacit renewal carries its end on. Absent: none was agreed.
std::optional<Date> end_of(Contract const& contract, Date today);
/// Signed as of `today`, and nobody has recorded its end; `status` is the record's.
bool is_signed(Contract const& contract, std::string_view status, Date today);
/// Signed, and its term has not come either.
bool is_in_force(Contract const& contract, std::string_view status, Date today);

schema::Schema<ClauseRow> const& schema_of(ClauseRow const*);
schema::Schema<WrittenInstruction> const& schema_of(WrittenInstruction const*);
schema::Schema<Contract> const& schema_of(Contract const*);
inline schema::Schema<Contract> const& contract_schema() { return schema_of(static_cast<Contract const*>(nullptr)); }

}  // namespace greffier::contract
