#pragma once
// The ids of what arrives. An organisation that comes back keeps them all. A copy has new ones throughout, each following
// from the old one and from the copy's own id, so that nothing has to be remembered and links meet again.

#include <map>
#include <string>
#include <string_view>
#include <unordered_set>

#include "core/id.hpp"

namespace greffier::archive {

class Renumber {
public:
    /// Everything keeps its id.
    explicit Renumber(OrganisationId kept) : from_(kept), to_(kept) {}
    /// `known` are the ids that texts may hold: records and actors of the archive. It must outlive this.
    Renumber(OrganisationId from, OrganisationId to, std::unordered_set<Uuid> const& known);

    [[nodiscard]] bool is_copy() const { return known_ != nullptr; }
    [[nodiscard]] OrganisationId organisation() const { return to_; }
    [[nodiscard]] Uuid operator()(Uuid const& id) const;
    /// Known ids wherever they stand in a text, as 36 letters.
    [[nodiscard]] std::string operator()(std::string_view text) const;

    /// People are whoever has that e-mail here.
    void person(Uuid archived, PersonId here) { people_[archived] = here; }
    [[nodiscard]] std::optional<PersonId> person(Uuid archived) const;

private:
    OrganisationId from_, to_;
    std::unordered_set<Uuid> const* known_ = nullptr;
    std::map<Uuid, Uuid> fixed_;           ///< actors that follow from the organisation's id
    std::map<Uuid, PersonId> people_;
};

}  // namespace greffier::archive
