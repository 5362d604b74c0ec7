#include "registers/breach/clocks.hpp"

#include <algorithm>

#include "law/parameters.hpp"

namespace greffier::breach {

namespace {

law::HourPeriod by_parameter(Timestamp event, char const* parameter, law::Place const& place)
{
    return law::hours_after(event, law::parameter(parameter, local_date(event, place.zone)).number(), place);
}

}  // namespace

std::optional<law::HourPeriod> notification_clock(Breach const& breach, law::Place const& place)
{
    if (!breach.aware_at || breach.role == Role::Processor) return std::nullopt;
    return law::breach_notification(*breach.aware_at, place);
}

law::HourPeriod judging_clock(Timestamp reported, law::Place const& place) { return by_parameter(reported, "breach.judging", place); }

law::HourPeriod client_clock(Breach const& breach, Party const* client, law::Place const& place)
{
    auto const aware = breach.aware_at.value_or(Timestamp{});
    if (client && client->contract_hours.value_or(0) > 0) return law::hours_after(aware, static_cast<int>(std::min<std::int64_t>(*client->contract_hours, 24 * 365)), place);
    return by_parameter(aware, "processor.tell", place);
}

std::optional<law::HourPeriod> complement_clock(Breach const& breach, law::Place const& place)
{
    auto const* first = breach.first_notification();
    if (!first || first->type != NotificationType::Initial || breach.is_completed()) return std::nullopt;
    return by_parameter(*first->sent_at, "breach.complement", place);
}

std::optional<law::HourPeriod> persons_clock(Breach const& breach, law::Place const& place)
{
    if (!breach.tell_persons.value_or(false) || !breach.persons_decided_on || breach.persons_informed_at) return std::nullopt;
    return by_parameter(start_of_day(*breach.persons_decided_on, place.zone), "breach.persons", place);
}

Timeliness timeliness(law::HourPeriod const& clock, Timestamp sent)
{
    if (sent <= clock.strict_due) return Timeliness::InTime;
    return sent <= clock.legal_due ? Timeliness::Disputed : Timeliness::Late;
}

bool is_to_be_notified(Breach const& breach)
{
    return breach.role != Role::Processor && breach.risk != Risk::Unlikely && breach.personal_data.value_or(true);
}

}  // namespace greffier::breach
