#include "registers/access_request/approval.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace greffier::access_request {

namespace {

bool is_person(schema::Contact const& contact, accounts::Context const& context)
{
    auto const& frame = context.frame;
    if (!contact.email.empty()) return fold(contact.email.value) == fold(frame.person_email);
    return !contact.name.empty() && fold(contact.name) == fold(frame.person_name);
}

}  // namespace

bool is_own(AccessRequest const& request, std::span<records::Version const> versions, accounts::Context const& context)
{
    auto const me = context.who().id;
    // Who mends a word of somebody else's request does not make it theirs.
    bool const wrote = std::ranges::any_of(versions, [&](records::Version const& version) { return version.number == 1 && version.actor == me; });
    return wrote || is_person(request.asked_by, context) || is_person(request.beneficiary, context);
}

bool may_approve(AccessRequest const& request, accounts::Context const& context)
{
    return request.approver.email.empty() || is_person(request.approver, context) || accounts::may(context.who(), web::Permission::DecideRecords);
}

}  // namespace greffier::access_request
