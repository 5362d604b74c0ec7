#include "registers/retention/lists.hpp"

namespace greffier::retention {

using schema::ChoiceList;

ChoiceList<Outcome> const& choices_of(Outcome)
{
    static ChoiceList<Outcome> const list("retention_outcome", {
        {Outcome::Deleted, {"deleted"}},
        {Outcome::Anonymised, {"anonymised"}},
        {Outcome::Archived, {"archived"}},
    });
    return list;
}

ChoiceList<Method> const& choices_of(Method)
{
    static ChoiceList<Method> const list("retention_method", {
        {Method::Application, {"application"}},
        {Method::Script, {"script"}},
        {Method::Manual, {"manual"}},
        {Method::Shredding, {"shredding"}},
        {Method::MediaDestruction, {"media_destruction"}},
        {Method::Anonymisation, {"anonymisation"}},
        {Method::Handover, {"handover"}},
        {Method::Provider, {"provider"}},
    });
    return list;
}

ChoiceList<HoldReason> const& choices_of(HoldReason)
{
    static ChoiceList<HoldReason> const list("retention_hold_reason", {
        {HoldReason::Litigation, {"litigation"}},
        {HoldReason::Inquiry, {"inquiry"}},
        {HoldReason::Restriction, {"restriction"}},
        {HoldReason::LegalDuty, {"legal_duty"}},
        {HoldReason::Sorting, {"sorting"}},
        {HoldReason::Other, {"other"}},
    });
    return list;
}

}  // namespace greffier::retention
