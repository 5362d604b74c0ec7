// Passwords that a directory verifies: the same form, asked after ours.
#include <algorithm>

#include "accounts/pages/provider_page.hpp"
#include "core/log.hpp"

namespace greffier::accounts {

Result<FromDirectory> ask_directories(AccountServices& services, Context const& context, std::string_view name, SecretText const& password)
{
    auto refused = Error::conflict("ldap_wrong");
    if (!services.ways) return refused;
    for (auto const& way : services.ways->directories()) {
        auto presented = way->authenticate(name, password);
        if (presented.ok()) return FromDirectory{way.get(), std::move(*presented)};
        if (presented.error().code == "ldap_wrong") continue;
        // The operator reads why; whoever signs in, that it is not their password.
        log(LogLevel::Warning, "directory", {{"directory", std::string_view{way->rules().name}}, {"problem", std::string_view{presented.error().code}}, {"request", std::string_view{context.request_id}}});
        refused = Error::conflict("way_directory_away", {{"provider", way->rules().label}});
    }
    return refused;
}

bool has_directory(AccountServices& services, PersonId person)
{
    if (!services.ways || services.ways->directories().empty()) return false;
    auto const held = services.ways->identities.of(person);
    return std::ranges::any_of(services.ways->directories(), [&](auto const& way) {
        return std::ranges::any_of(held, [&](auto const& identity) { return identity.provider == way->rules().name; });
    });
}

}  // namespace greffier::accounts
