#pragma once
// Delegations of power and of signature: who may decide or sign for whom, on what, and until when (art. 24, 29).

#include <optional>
#include <string>
#include <vector>

#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::delegation {

using schema::Text;

/// A power passes responsibility on; a signature leaves it where it was.
enum class DelegationKind { Power, Signature };
schema::ChoiceList<DelegationKind> const& choices_of(DelegationKind);

struct Delegation {
    std::string name;
    std::optional<DelegationKind> kind;
    schema::Contact delegator, delegate;
    Text scope, limits;
    bool may_pass_on = false;
    std::string service;
    std::vector<ProcessingId> processings;
    // the act
    std::string basis, act_reference;
    std::optional<Date> decided_on, published_on, accepted_on, start_date, end_date;
    schema::Contact owner;
    std::optional<Date> last_review, next_review;
    std::string reviewer;
    Text notes;
    std::vector<schema::Attachment> attachments;
};

schema::Schema<Delegation> const& schema_of(Delegation const*);
inline schema::Schema<Delegation> const& delegation_schema() { return schema_of(static_cast<Delegation const*>(nullptr)); }

}  // namespace greffier::delegation
