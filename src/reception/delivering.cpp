#include "reception/delivering.hpp"

#include <algorithm>

#include "reception/address_page.hpp"
#include "reception/follow_ups.hpp"
#include "reception/letters.hpp"
#include "records/vocabulary.hpp"

namespace greffier::reception {

Result<DeliveryPage> delivery_of(ReceptionServices& services, Context& context, Request const& request)
{
    auto record = TRY(request_inside(services, context, request));
    auto const& kind = *records::known_registers(services.machinery, context).find("requests");
    auto asked = TRY(request_of(kind, record.row));
    return DeliveryPage{visit_of(services, context, request, Page::FollowUp), kind, std::move(record), std::move(asked)};
}

bool has_address(DeliveryPage const& page)
{
    auto const all = FollowUps(page.visit.services.database(), page.visit.where().id).of(page.record.head.id);
    return std::ranges::any_of(all, [&](FollowUp const& one) { return !one.revoked_at && one.expires_at > page.context().now; });
}

Result<std::string> give(DeliveryPage const& page, Deliveries::New const& wish)
{
    auto const deliveries = page.deliveries();
    TRY(deliveries.check(wish));
    auto const& visit = page.visit;
    Deliveries::Made made;
    TRY(visit.services.database().write([&](storage::Session& session) -> Status {
        session.lock(visit.where().id);
        made = deliveries.make_in(session, wish, page.context().now);
        auto* post = visit.services.accounts.post;
        if (wish.way == CodeWay::Mail && post)
            (void)post->outbox.queue(session, code_letter(visit, {page.request.requester.name, page.request.requester.email.value}, page.record, made.id.text(), made.code), page.context().now);
        return Nothing{};
    }));
    if (wish.way != CodeWay::Mail) return made.code;
    visit.services.accounts.post->outbox.ring();
    return std::string{};
}

}  // namespace greffier::reception
