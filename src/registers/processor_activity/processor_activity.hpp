#pragma once
// The processor's register (art. 30(2)): one record per category of activities carried out on behalf of other controllers,
// and, kept apart by `direction`, what processors do for the organisation itself.
// Fields and names: docs/reference/processor-activities.md, generated from the declaration in processor_activity.cpp.

#include <optional>
#include <string>
#include <vector>

#include "registers/ids.hpp"
#include "registers/lists.hpp"
#include "registers/processor_activity/lists.hpp"
#include "schema/schema.hpp"

namespace greffier::processor_activity {

using schema::Attachment;
using schema::Contact;
using schema::Country;
using schema::Email;
using schema::Phone;
using schema::Term;
using schema::Text;

/// A controller on whose behalf the activity is carried out (art. 30(2)(a)), with the contract that binds both (art. 28(3)).
struct Client {
    std::string id;
    std::string name, contact, address;
    Email email;
    Phone phone;
    Country country;
    std::string dpo, representative;
    std::string contract;
    std::optional<Date> contract_signed_on, contract_ends_on;
    std::optional<AuthorisationMode> authorisation;
    std::optional<std::int64_t> breach_hours;          ///< the contract's delay for telling the client of a breach
    std::optional<EndChoice> end_choice;
    std::optional<Date> end_executed_on;
    std::string end_proof;
    /// Somebody can be reached there.
    [[nodiscard]] bool has_contact() const { return !contact.empty() || !address.empty() || !email.empty() || !phone.empty(); }
};

/// What is really done (art. 30(2)(b)); `client` names a row of clients, empty = all of them.
struct Operation {
    std::string id;
    std::string client;
    Text operation;
    std::string tools;
};

struct SubProcessor {
    std::string id;
    std::string name, service;
    Country country;
    std::optional<Date> told_on, authorised_on, since, until;
    std::string contract;
};

/// A transfer made for a client (art. 30(2)(c)).
struct ActivityTransfer {
    std::string id;
    std::string client, recipient;
    Country country;
    std::optional<TransferTool> tool;
    std::string document;
};

/// What a client told us to do, and what we answered (art. 28(3)(a) and last subparagraph).
struct Instruction {
    std::string id;
    std::optional<Date> given_on;
    std::string client, given_by;
    std::optional<InstructionChannel> channel;
    Text instruction;
    std::optional<InstructionJudgement> judgement;
    Text reason;
    std::optional<Date> alert_given_on;
    std::optional<Date> executed_on;
};

struct Assistance {
    std::string id;
    std::optional<AssistanceKind> kind;
    std::string client;
    std::optional<Date> asked_on;
    Text request;
    std::optional<Date> done_on;
    Text answer;
};

struct Measure {
    std::string id;
    std::optional<Term<MeasureTypes>> type;
    Text details;
};

struct Activity {
    std::string name;
    Direction direction = Direction::WeProcessForClient;
    Text description;
    std::string service;
    Contact owner;
    std::optional<Date> start_date, end_date;
    std::vector<Client> clients;
    std::vector<ProcessorId> processors;
    std::vector<ProcessingId> processings;
    std::vector<Operation> operations;
    std::vector<Term<DataCategories>> data_categories;
    Text data_details;
    std::vector<Term<SubjectCategories>> subject_categories;
    std::string duration;
    std::vector<SubProcessor> sub_processors;
    std::vector<ActivityTransfer> transfers;
    std::vector<Measure> measures;
    Text security_description;
    std::string hosting;
    Country hosting_country;
    std::vector<Instruction> instructions;
    std::vector<Assistance> assistance;
    Text dpo_advice;
    std::optional<Date> dpo_advice_date;
    std::optional<Date> last_review, next_review;
    std::string reviewer;
    Text notes;
    std::vector<Attachment> attachments;
};

schema::Schema<Client> const& schema_of(Client const*);
schema::Schema<Operation> const& schema_of(Operation const*);
schema::Schema<SubProcessor> const& schema_of(SubProcessor const*);
schema::Schema<ActivityTransfer> const& schema_of(ActivityTransfer const*);
schema::Schema<Instruction> const& schema_of(Instruction const*);
schema::Schema<Assistance> const& schema_of(Assistance const*);
schema::Schema<Measure> const& schema_of(Measure const*);
schema::Schema<Activity> const& schema_of(Activity const*);

/// The register's schema: what everything generic reads.
inline schema::Schema<Activity> const& activity_schema() { return schema_of(static_cast<Activity const*>(nullptr)); }

}  // namespace greffier::processor_activity
