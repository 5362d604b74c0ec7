#pragma once
// Requests of people about their data (arts. 12, 15-22; LIL 84-86): one record per request, from receipt to purge.
// Fields and names: docs/reference/requests.md, generated from the declaration in request.cpp.
// Sealed: who asks, what they wrote, what is answered. No other field may name the person.

#include <optional>
#include <string>
#include <vector>

#include "core/locale.hpp"
#include "registers/ids.hpp"
#include "registers/request/lists.hpp"
#include "schema/schema.hpp"

namespace greffier::request {

using schema::Attachment;
using schema::Contact;
using schema::Money;
using schema::Text;

/// The organisation asked the person for something without which it could not go on: the clock stands still.
struct Pause {
    std::string id;
    PauseReason reason = PauseReason::Clarification;
    Text asked_for;
    std::optional<Date> asked_on;
    std::optional<Date> answered_on;       ///< absent: still waiting
};

/// One place that was searched for the person's data.
struct Search {
    std::string id;
    ProcessingId processing;
    std::string place;                     ///< tool, file or cupboard
    std::optional<SearchResult> result;
    std::string searched_by;
    std::optional<Date> searched_on;
    Text details;
};

/// A service, processor or other body that was asked for its part.
struct Assignment {
    std::string id;
    std::optional<Consulted> kind;
    std::string name;
    Text task;
    std::optional<Date> asked_on, due_on, answered_on;
    Text outcome;
};

/// A recipient told of a rectification, an erasure or a restriction, or why not (art. 19).
struct ToldRecipient {
    std::string id;
    std::string recipient;
    std::optional<Date> told_on;
    bool impossible = false;
    Text reason;
};

/// What the person added, or was written, through the follow-up page.
struct Exchange {
    std::string id;
    std::optional<Timestamp> at;
    std::optional<ExchangeSide> side;
    Text text;
};

struct Request {
    // the request
    std::string subject;                   ///< title; made from the rights when left empty, never the person's name
    std::optional<Timestamp> received_at;  ///< art. 12(3)
    std::optional<Channel> channel;
    std::vector<Right> rights;
    Text wording;                          ///< what they wrote, word for word
    std::vector<ErasureGround> erasure_grounds;
    std::vector<RestrictionGround> restriction_grounds;
    std::optional<LetterLanguage> language;
    bool actual_recipients_wanted = false; ///< who received the data, by name (art. 15(1)(c))
    // the person
    Contact requester;
    std::optional<Capacity> capacity;
    Contact person_concerned;              ///< when somebody asks for another
    Text mandate;
    std::optional<Date> mandate_checked_on;
    Text identifiers;                      ///< what helps to find their data: number, dates, places
    // identity
    Text identity_doubt;                   ///< art. 12(6)
    std::optional<Date> identity_asked_on;
    std::optional<IdentityMeans> identity_means;
    std::optional<Date> identity_received_on;
    std::optional<IdentityResult> identity_result;
    std::optional<Date> document_destroyed_on;
    std::vector<Pause> pauses;
    // work
    std::string service;
    Contact owner;                         ///< who handles it
    std::optional<Date> acknowledged_on;
    std::vector<Search> searches;
    std::vector<Assignment> assignments;
    // extension
    bool extended = false;
    std::vector<ExtensionReason> extension_reasons;
    Text extension_details;
    std::optional<Date> extension_told_on;
    // decision
    std::optional<Decision> decision;
    std::vector<RefusalGround> refusal_grounds;
    Text refusal_details;
    bool remedies_stated = false;          ///< complaint, court and time limits (art. 12(4))
    std::optional<Money> fee;
    std::optional<FeeReason> fee_reason;
    Text abuse_assessment;
    Text dpo_advice;
    std::optional<Date> dpo_advice_date;
    // answer
    std::optional<Date> answered_on;
    std::optional<Channel> answer_channel;
    std::optional<AnswerFormat> answer_format;
    Text answer;                           ///< copy of what was written
    Text decision_elements;                ///< what a decision about the person was made of (art. 15(1)(h))
    std::string transmit_to;               ///< the controller the person wants the file sent to (art. 20(2))
    std::optional<bool> transmission_feasible;
    Text glossary;                         ///< codes and abbreviations explained
    std::string delivery_proof;
    std::vector<Exchange> exchanges;
    // after
    std::vector<ToldRecipient> recipients_told;
    std::optional<Date> restricted_on, restriction_lift_told_on, restriction_lifted_on;
    std::optional<Date> complaint_on;
    Text complaint_details;
    Text lessons;
    std::optional<Date> closed_on;
    std::vector<Attachment> attachments;

    [[nodiscard]] bool asks(Right right) const;
    [[nodiscard]] bool asks_any(std::initializer_list<Right> rights) const;
    [[nodiscard]] bool granted() const { return decision == Decision::Satisfied || decision == Decision::Partial; }
    /// In whole or in part, whatever the reason.
    [[nodiscard]] bool refused() const;
    [[nodiscard]] bool has_identity_pause() const { return identity_asked_on.has_value(); }
    /// Every stretch in which the clock stands still: the question of identity, then the others, as they were asked.
    [[nodiscard]] std::vector<Pause> all_pauses() const;
    /// Something was asked and has not come.
    [[nodiscard]] bool is_waiting() const;
};

schema::Schema<Pause> const& schema_of(Pause const*);
schema::Schema<Search> const& schema_of(Search const*);
schema::Schema<Assignment> const& schema_of(Assignment const*);
schema::Schema<ToldRecipient> const& schema_of(ToldRecipient const*);
schema::Schema<Exchange> const& schema_of(Exchange const*);
schema::Schema<Request> const& schema_of(Request const*);
inline schema::Schema<Request> const& request_schema() { return schema_of(static_cast<Request const*>(nullptr)); }

/// "Demande d’accès et d’effacement": what the rights asked say, without the person.
std::string subject_of(std::vector<Right> const& rights, Locale const& locale);

/// Statuses in which the person waits for an answer.
bool is_open(std::string_view status);

}  // namespace greffier::request
