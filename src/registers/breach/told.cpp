#include "registers/breach/told.hpp"

#include <algorithm>

#include "registers/breach/clocks.hpp"

namespace greffier::breach {

namespace {

using enum TellState;

Tell authority(Breach const& b)
{
    Tell tell{.key = "authority", .field = "notifications"};
    auto with = [&](TellState state, std::string_view why) { tell.state = state; tell.why = why; return tell; };
    if (b.role == Role::Processor) return with(NotNeeded, "client_notifies");
    if (b.personal_data == false) return with(NotNeeded, "no_personal_data");
    if (auto const* first = b.first_notification()) {
        tell.when = first->sent_at;
        return with(Done, b.is_withdrawn() ? "withdrawn" : "");
    }
    if (!b.risk) return with(Undecided, "risk_unknown");
    return is_to_be_notified(b) ? with(Todo, "risk") : with(NotNeeded, "unlikely");
}

std::optional<Tell> complement(Breach const& b)
{
    auto const* first = b.first_notification();
    if (!first || first->type != NotificationType::Initial) return std::nullopt;
    Tell tell{.key = "complement", .state = Todo, .why = "announced", .field = "notifications"};
    for (auto const& sent : b.notifications)
        if (sent.type != NotificationType::Initial && sent.sent_at && (!tell.when || *sent.sent_at > *tell.when)) tell.when = sent.sent_at;
    if (tell.when) tell.state = Done, tell.why = {};
    return tell;
}

Tell persons(Breach const& b)
{
    Tell tell{.key = "persons", .when = b.persons_informed_at, .field = "persons_informed_at"};
    auto with = [&](TellState state, std::string_view why) { tell.state = state; tell.why = why; return tell; };
    if (b.persons_informed_at) return with(Done, "");
    if (b.role == Role::Processor) return with(NotNeeded, "client_informs");
    if (b.art34_exemption) return with(NotNeeded, "exemption");
    if (b.risk == Risk::High) return with(Todo, "high");
    if (b.tell_persons == true) return with(Todo, "decided");
    return b.risk ? with(NotNeeded, "not_high") : with(Undecided, "risk_unknown");
}

void add_parties(std::vector<Tell>& told, Breach const& b)
{
    bool client = false;
    for (auto const& party : b.parties) {
        bool const is_client = party.role == PartyRole::Controller;
        client = client || is_client;
        if (!is_client && party.role != PartyRole::JointController) continue;
        Tell tell{.key = is_client ? "client" : "joint_controller", .name = party.name, .when = party.we_told_at, .field = "parties"};
        tell.state = party.we_told_at ? Done : is_client ? Todo : Undecided;
        if (!party.we_told_at) tell.why = is_client ? "client" : "arrangement";
        told.push_back(std::move(tell));
    }
    if (b.role == Role::Processor && !client) told.push_back({.key = "client", .state = Todo, .why = "name_clients", .field = "parties"});
}

/// Everybody is asked about once; what the record says calls for others, and gives some a reason.
void add_bodies(std::vector<Tell>& told, Breach const& b)
{
    bool const attack = b.intent == Intent::Malicious || std::ranges::any_of(b.causes, [](auto const& cause) { return cause.has_flag("attack"); });
    bool const bank = std::ranges::any_of(b.data_categories, [](auto const& category) { return category == "bank"; });
    struct Asked { std::string_view body, why; };
    std::vector<Asked> asked{{"management", ""}, {"dpo", "advice"}, {"ciso", ""}, {"insurer", "insurer"}, {"csirt", attack ? "attack" : ""}, {"police", attack ? "complaint" : ""}};
    if (bank) asked.push_back({"bank", "bank"});
    if (b.cross_border == true) asked.push_back({"other_authority", "cross_border"});
    for (auto const& row : b.told)
        if (std::ranges::none_of(asked, [&](auto const& one) { return row.body == one.body; })) asked.push_back({row.body.code, ""});
    for (auto const& one : asked) {
        Tell tell{.body = std::string{one.body}, .why = one.why, .field = "told"};
        for (auto const& row : b.told) {
            if (row.body != one.body || tell.state == Done) continue;
            tell.name = row.name;
            tell.when = row.told_at;
            if (row.told_at) tell.state = Done, tell.why = {};
            else if (row.not_needed) tell.state = NotNeeded, tell.why = {};
        }
        if (one.body == "dpo" && tell.state == Undecided && b.dpo_advice_date) tell.state = Done, tell.why = {};   // who advised knows
        told.push_back(std::move(tell));
    }
}

}  // namespace

std::vector<Tell> who_is_told(Breach const& breach)
{
    std::vector<Tell> told{authority(breach)};
    if (auto more = complement(breach)) told.push_back(std::move(*more));
    told.push_back(persons(breach));
    add_parties(told, breach);
    add_bodies(told, breach);
    return told;
}

}  // namespace greffier::breach
