#pragma once
// Internal to reception/: giving the answer behind the follow-up address, for its page inside and for the API.

#include "reception/deliveries.hpp"
#include "reception/followed.hpp"

namespace greffier::reception {

struct DeliveryPage {
    Visit visit;
    records::Register const& kind;
    records::Stored record;
    request::Request request;

    [[nodiscard]] Locale const& locale() const { return visit.context.locale; }
    [[nodiscard]] Context& context() const { return visit.context; }
    [[nodiscard]] std::string here(std::string_view rest = "") const { return visit.context.address("/requests/" + record.head.id.text() + std::string{rest}); }
    [[nodiscard]] Deliveries deliveries() const { return {visit.services.database(), visit.where().id, visit.services.delivery_key}; }
    [[nodiscard]] bool can_mail() const { return visit.services.sends_mail() && !request.requester.email.empty(); }
};

Result<DeliveryPage> delivery_of(ReceptionServices& services, Context& context, Request const& request);
/// Whether the person has a follow-up address that still opens.
bool has_address(DeliveryPage const& page);
/// The code, or nothing when it left by mail. Errors: fields downloads, days, files.
Result<std::string> give(DeliveryPage const& page, Deliveries::New const& wish);

}  // namespace greffier::reception
