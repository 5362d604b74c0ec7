#include "records/register.hpp"

#include <algorithm>
#include <stdexcept>

#include "records/sealed_declaration.hpp"

namespace greffier::records {

Transition const* Register::transition(std::string_view from, std::string_view to) const
{
    for (auto const& step : transitions)
        if (step.from == from && step.to == to) return &step;
    return nullptr;
}

bool Register::has_status(std::string_view status) const { return std::ranges::find(statuses, status) != statuses.end(); }
bool Register::is_settled(std::string_view status) const { return std::ranges::find(settled, status) != settled.end(); }
bool Register::is_closed(std::string_view status) const { return std::ranges::find(closed, status) != closed.end(); }

Registers::Registers(std::vector<Register const*> all) : all_(std::move(all))
{
    for (auto const* kind : all_) {
        auto const wrong = what_would_leak(*kind);
        if (!wrong.empty()) throw std::logic_error("the register " + std::string{kind->slug} + " cannot be sealed: " + wrong.front());
    }
}

Register const* Registers::of_place() const
{
    auto const found = std::ranges::find_if(all_, [](Register const* one) { return one->place != nullptr; });
    return found == all_.end() ? nullptr : *found;
}

Register const* Registers::find(std::string_view slug) const
{
    for (auto const* one : all_)
        if (one->slug == slug) return one;
    return nullptr;
}

}  // namespace greffier::records
