#pragma once
// The register of transfers (art. 44 to 49): one record per flow of personal data towards a country outside the European
// Economic Area or an international organisation. What allows it is not stored but computed: decision.hpp.
// Fields and names: docs/reference/transfers.md, generated from the declaration in transfer.cpp.

#include <optional>
#include <string>
#include <vector>

#include "registers/ids.hpp"
#include "registers/lists.hpp"
#include "registers/transfer/lists.hpp"
#include "schema/schema.hpp"

namespace greffier::transfer {

using schema::Attachment;
using schema::Contact;
using schema::Country;
using schema::Term;
using schema::Text;

/// Where the importer sends the data on.
struct OnwardTransfer {
    std::string id;
    std::string recipient;
    Country country;
    Text purpose;
    std::string safeguard;
};

/// What is added to a tool of article 46 so that it protects as well there as here.
struct SupplementaryMeasure {
    std::string id;
    std::optional<MeasureKind> kind;
    Text description;
    std::optional<MeasureState> state;
    std::optional<Date> due_on, in_place_on;
};

struct Transfer {
    // the flow and its parties
    std::string name;
    std::string exporter;                              ///< empty = the organisation itself
    std::optional<PartyRole> exporter_role;
    std::string importer;
    std::optional<PartyRole> importer_role;
    Country importer_country;
    std::optional<Term<ImporterSectors>> importer_sector;
    Contact importer_contact;
    bool remote_access = false;
    std::vector<ProcessingId> processings;
    std::vector<ProcessorId> processors;
    std::vector<AssetId> assets;                   ///< by which the data leaves, or on which it is kept
    std::optional<Date> started_on, ended_on;
    // what leaves
    Text purpose;
    std::vector<Term<DataCategories>> data_categories;
    Text data_details;
    bool hr_data = false;
    std::vector<Term<SubjectCategories>> subject_categories;
    std::optional<std::int64_t> people_count;
    std::optional<Frequency> frequency;
    std::string volume;
    std::vector<OnwardTransfer> onward_transfers;
    // is it one: the three criteria of EDPB guidelines 05/2021
    std::optional<bool> exporter_in_scope, made_available, separate_importer;
    // what allows it
    std::optional<TransferTool> tool;
    std::optional<bool> covered_by_decision;           ///< the importer is of those the adequacy decision speaks of
    std::optional<Date> scope_checked_on;
    std::string scope_evidence;
    std::optional<bool> covers_hr;                     ///< the importer's certification extends to data about staff
    std::optional<SccModule> module;
    std::optional<SccVersion> clauses_version;
    std::vector<SccAnnex> annexes;                     ///< those that are filled in
    std::optional<SubProcessing> sub_processing;       ///< clause 9(a)
    bool docking_clause = false;                       ///< clause 7
    std::optional<bool> clauses_unmodified;            ///< clause 2
    std::optional<Date> signed_on;
    std::string approved_by, approval_reference;
    std::optional<Date> approved_on, valid_until;
    std::optional<bool> importer_bound;                ///< art. 46(2)(b), (e), (f): the importer is held by it
    std::optional<bool> enforceable_rights;            ///< art. 46(1), 46(2)(a), 46(3)(b)
    std::string document;
    // derogations, the last resort, orders of a foreign authority
    std::optional<bool> public_powers;                 ///< art. 49(3)
    std::optional<bool> explicit_consent, risks_told;  ///< 49(1)(a)
    Text necessity;                                    ///< 49(1)(b) to (f)
    Text derogation_text;                              ///< 49(4) for (d), the law that opens the register for (g)
    std::optional<bool> person_incapable;              ///< 49(1)(f)
    std::optional<bool> register_part_only;            ///< 49(2)
    Text no_other_ground;                              ///< 49(1) second subparagraph, from here
    std::optional<bool> not_repetitive, few_people;
    Text compelling_interest;
    std::optional<bool> interest_not_overridden;
    Text circumstances_assessed, safeguards_provided;  ///< 49(6)
    std::optional<Date> authority_informed_on, persons_informed_on;
    bool foreign_order = false;                        ///< art. 48
    std::string international_agreement;
    // the six steps of the transfer impact assessment
    std::string tia_reference, tia_author;
    Text tia_flow;
    std::optional<Date> tia_flow_on;
    Text tia_tool;
    std::optional<Date> tia_tool_on;
    Text tia_law;
    std::optional<Date> tia_law_on;
    Text tia_measures;
    std::optional<Date> tia_measures_on;
    std::vector<SupplementaryMeasure> supplementary_measures;
    Text tia_procedure;
    std::optional<Date> tia_procedure_on;
    Text tia_reevaluation;
    std::optional<Date> tia_on;
    std::optional<TiaResult> tia_result;
    // follow-up
    Text dpo_advice;
    std::optional<Date> dpo_advice_date;
    std::optional<Date> last_review, next_review;
    std::string reviewer;
    Text notes;
    std::vector<Attachment> attachments;
};

schema::Schema<OnwardTransfer> const& schema_of(OnwardTransfer const*);
schema::Schema<SupplementaryMeasure> const& schema_of(SupplementaryMeasure const*);
schema::Schema<Transfer> const& schema_of(Transfer const*);

/// The register's schema: what everything generic reads.
inline schema::Schema<Transfer> const& transfer_schema() { return schema_of(static_cast<Transfer const*>(nullptr)); }

}  // namespace greffier::transfer
