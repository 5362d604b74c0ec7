#include "accounts/confided.hpp"

#include <algorithm>

namespace greffier::accounts {

namespace {
constexpr std::string_view notes = "notes";
}

bool is_confided(std::string_view register_slug) { return register_slug == notes; }

bool reads_confided(Context const& context)
{
    if (!context.actor || context.seeing_as || !context.actor->person) return false;
    auto const& roles = context.actor->roles;
    return std::ranges::find(roles, Role::Dpo) != roles.end();
}

void hide_confided(Context& context)
{
    if (!context.organisation || reads_confided(context)) return;
    auto& off = context.organisation->modules_off;
    if (!off.empty()) off += ',';
    off += notes;
}

}  // namespace greffier::accounts
