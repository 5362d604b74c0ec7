#include "registers/responsibility/outside.hpp"

#include <algorithm>

namespace greffier::responsibility {

namespace {

bool is_outside(Held const& one) { return one.role.nature == Nature::Authority; }

bool replaces(Held const& one, law::Authority const& shipped)
{
    return is_outside(one) && one.role.in_place_of && choices_of(Shipped{}).code(*one.role.in_place_of) == shipped.id;
}

}  // namespace

OutsideContacts outside_contacts(std::span<law::Authority const* const> shipped, std::span<Held const> roles)
{
    OutsideContacts contacts;
    std::vector<Held const*> placed;
    for (auto const* one : shipped) {
        std::vector<Outside> shown, kept_back;
        for (auto const& role : roles) {
            if (!replaces(role, *one)) continue;
            (role.role.unlisted ? kept_back : shown).push_back({one, &role});
            placed.push_back(&role);
        }
        // A correction wins over a hiding: what somebody took the trouble to write must be found.
        if (!shown.empty()) std::ranges::copy(shown, std::back_inserter(contacts.listed));
        else if (!kept_back.empty()) contacts.hidden.push_back(kept_back.front());
        else contacts.listed.push_back({one, nullptr});
    }
    for (auto const& role : roles)
        if (is_outside(role) && std::ranges::find(placed, &role) == placed.end()) (role.role.unlisted ? contacts.hidden : contacts.listed).push_back({nullptr, &role});
    return contacts;
}

}  // namespace greffier::responsibility
