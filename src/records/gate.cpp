#include "records/gate.hpp"

namespace greffier::records {

namespace {

/// The profile and nothing else.
class ProfileAlone final : public Surroundings {
public:
    explicit ProfileAlone(std::optional<schema::Row> const& profile) : profile_(profile) {}
    std::optional<schema::Row> profile() override { return profile_; }
    std::int64_t count(std::string_view) override { return 0; }
    void each(std::string_view, std::function<bool(Neighbour const&)> const&) override {}

private:
    std::optional<schema::Row> const& profile_;
};

}  // namespace

std::vector<Finding> held_back(Examiner const& examiner, Subject const& subject, Surroundings& around)
{
    auto const* keeper = dynamic_cast<Gatekeeper const*>(&examiner);
    return keeper ? keeper->hold_back(subject, around) : std::vector<Finding>{};
}

Gate::Gate(Machinery const& machinery, OrganisationId organisation, accounts::Sight const& sight) : machinery_(machinery), organisation_(organisation)
{
    if (auto const* kind = machinery.registers.of_place())
        if (auto profile = Records(machinery, organisation, sight).only(*kind); profile.ok()) profile_ = std::move(profile).value().row;
}

std::vector<Finding> Gate::hold_back(Register const& kind, Stored const& stored, std::string_view to, Date today) const
{
    ProfileAlone around(profile_);
    Circumstances circumstances;
    circumstances.today = today;
    circumstances.status = to;
    circumstances.reference = stored.head.reference;
    return held_back(machinery_.examiner, {organisation_, std::string{kind.slug}, stored.head.id, kind.schema, &stored.row, std::move(circumstances)}, around);
}

}  // namespace greffier::records
