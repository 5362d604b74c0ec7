#include "accounts/oidc/claims.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/text.hpp"

namespace greffier::accounts {

using nlohmann::json;

namespace {

constexpr std::size_t most_groups = 2000, longest_group = 400, longest_name = 200;

/// "realm_access.roles" leads into an object, unless a claim has that very name (some are addresses, with dots).
json const* find(json const& object, std::string_view path)
{
    if (!object.is_object()) return nullptr;
    if (auto const whole = object.find(std::string{path}); whole != object.end()) return &*whole;
    auto const dot = path.find('.');
    if (dot == path.npos) return nullptr;
    auto const inner = object.find(std::string{path.substr(0, dot)});
    return inner == object.end() ? nullptr : find(*inner, path.substr(dot + 1));
}

std::string text_of(json const& object, std::string_view path)
{
    auto const* found = find(object, path);
    return found && found->is_string() ? found->get<std::string>() : std::string{};
}

std::vector<std::string> groups_of(json const& object, std::string_view path)
{
    std::vector<std::string> groups;
    auto const* found = find(object, path);
    if (!found) return groups;
    auto const add = [&](json const& each) {
        if (each.is_string() && groups.size() < most_groups && each.get_ref<std::string const&>().size() <= longest_group) groups.push_back(each.get<std::string>());
    };
    if (found->is_array()) std::ranges::for_each(*found, add);
    else add(*found);
    return groups;
}

std::string name_of(json const& object)
{
    auto name = squeeze(text_of(object, "name"));
    if (name.empty()) {
        auto family = text_of(object, "family_name");
        if (family.empty()) family = text_of(object, "usual_name");   // ProConnect
        name = squeeze(text_of(object, "given_name") + " " + family);
    }
    return shorten(name, longest_name);
}

}  // namespace

Presented presented_by(OidcSettings const& settings, std::string_view id_token, std::string_view userinfo)
{
    auto said = json::parse(id_token, nullptr, false);
    if (!said.is_object()) said = json::object();
    if (auto const more = json::parse(userinfo, nullptr, false); more.is_object()) {
        // What says whether the address was verified stands beside that address, or it would vouch for another.
        if (more.contains("email")) said.erase("email_verified");
        said.update(more);
    }
    Presented presented;
    presented.email = std::string{trim(text_of(said, settings.email_claim))};
    auto const verified = said.find("email_verified");
    // The claim speaks of "email" alone; an address taken from elsewhere is nobody's word.
    presented.email_verified = settings.email_claim == "email" && verified != said.end() && (*verified == json(true) || *verified == json("true"));
    presented.name = name_of(said);
    presented.groups = groups_of(said, settings.groups_claim);
    return presented;
}

}  // namespace greffier::accounts
