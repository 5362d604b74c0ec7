#include "registers/responsibility/lists.hpp"

#include <array>

namespace greffier::responsibility {

using schema::ChoiceList;

ChoiceList<Part> const& choices_of(Part)
{
    static ChoiceList<Part> const list("responsibility_part", {{Part::Responsible, {"R"}}, {Part::Accountable, {"A"}}, {Part::Consulted, {"C"}}, {Part::Informed, {"I"}}});
    return list;
}

ChoiceList<Nature> const& choices_of(Nature)
{
    static ChoiceList<Nature> const list("responsibility_nature", {
        {Nature::Internal, {"internal"}}, {Nature::Provider, {"provider"}}, {Nature::Lawyer, {"lawyer"}}, {Nature::Insurer, {"insurer"}}, {Nature::Authority, {"authority"}}, {Nature::Partner, {"partner"}},
    });
    return list;
}

ChoiceList<Shipped> const& choices_of(Shipped)
{
    static ChoiceList<Shipped> const list("responsibility_shipped", {
        {Shipped::Cnil, {"cnil"}}, {Shipped::Certfr, {"certfr"}}, {Shipped::CertfrReflexes, {"certfr_reflexes"}}, {Shipped::Cyber17, {"cyber17"}}, {Shipped::Police, {"police"}},
    });
    return list;
}

schema::List const& RoleKinds::list()
{
    static constexpr auto entries = std::to_array<schema::ListEntry>({
        {"representative"}, {"management"}, {"dpo"}, {"dpo_assistant"}, {"referent"}, {"ciso"}, {"it"}, {"human_resources"}, {"legal"}, {"purchasing"}, {"communication"}, {"archives"},
        {"service_head"}, {"on_call"}, {"technical_expert"}, {"outside_counsel"}, {"other"},
    });
    static constexpr schema::List list{"responsibility_role", true, entries};
    return list;
}

schema::List const& Workstreams::list()
{
    static constexpr auto entries = std::to_array<schema::ListEntry>({
        {"governance"}, {"record"}, {"by_design"}, {"lawfulness"}, {"information"}, {"rights"}, {"consent"}, {"retention"}, {"dpia"}, {"processors"}, {"transfers"}, {"security"},
        {"breaches"}, {"training"}, {"inspection"}, {"audits"},
    });
    static constexpr schema::List list{"responsibility_workstream", true, entries};
    return list;
}

}  // namespace greffier::responsibility
