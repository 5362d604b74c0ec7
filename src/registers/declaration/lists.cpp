#include "registers/declaration/lists.hpp"

namespace greffier::declaration {

using schema::ChoiceList;

ChoiceList<Kind> const& choices_of(Kind)
{
    static ChoiceList<Kind> const list("prior_declaration_kind", {
        {Kind::Normal, {"normal"}},
        {Kind::Simplified, {"simplified"}},
        {Kind::Authorisation, {"authorisation"}},
        {Kind::SingleAuthorisation, {"single_authorisation"}},
        {Kind::Opinion, {"opinion"}},
        {Kind::Exemption, {"exemption"}},
    });
    return list;
}

}  // namespace greffier::declaration
