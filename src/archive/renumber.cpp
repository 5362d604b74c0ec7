#include "archive/renumber.hpp"

#include <algorithm>

#include "accounts/memberships.hpp"
#include "accounts/visitor.hpp"
#include "core/crypto.hpp"

namespace greffier::archive {

Renumber::Renumber(OrganisationId from, OrganisationId to, std::unordered_set<Uuid> const& known) : from_(from), to_(to), known_(&known)
{
    fixed_[from.uuid] = to.uuid;
    fixed_[accounts::organisation_actor(from)] = accounts::organisation_actor(to);
    fixed_[accounts::job_actor(from)] = accounts::job_actor(to);
    fixed_[accounts::visitor_actor(from)] = accounts::visitor_actor(to);
}

Uuid Renumber::operator()(Uuid const& id) const
{
    if (!is_copy() || id.is_nil()) return id;
    if (auto const found = fixed_.find(id); found != fixed_.end()) return found->second;
    auto const hash = sha256({as_bytes("greffier copy"), ByteView{to_.uuid.bytes}, ByteView{id.bytes}});
    auto fresh = id;   // its first six bytes are an instant: copies stay in the order of their originals
    std::copy_n(hash.begin(), 10, fresh.bytes.begin() + 6);
    fresh.bytes[6] = static_cast<std::uint8_t>((fresh.bytes[6] & 0x0f) | 0x70);
    fresh.bytes[8] = static_cast<std::uint8_t>((fresh.bytes[8] & 0x3f) | 0x80);
    return fresh;
}

std::string Renumber::operator()(std::string_view text) const
{
    constexpr std::size_t length = 36;
    std::string out{text};
    if (!is_copy() || text.size() < length) return out;
    for (std::size_t dash = text.find('-', 8); dash != std::string_view::npos; dash = text.find('-', dash + 1)) {
        if (dash < 8 || dash - 8 + length > text.size()) continue;
        auto const id = Uuid::parse(text.substr(dash - 8, length));
        if (!id || !(known_->contains(*id) || fixed_.contains(*id))) continue;
        out.replace(dash - 8, length, (*this)(*id).text());
        dash += length - 9;
    }
    return out;
}

std::optional<PersonId> Renumber::person(Uuid archived) const
{
    auto const found = people_.find(archived);
    if (found == people_.end()) return std::nullopt;
    return found->second;
}

}  // namespace greffier::archive
