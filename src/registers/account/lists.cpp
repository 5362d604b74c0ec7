#include "registers/account/lists.hpp"

namespace greffier::account {

using schema::ChoiceList;

ChoiceList<Kind> const& choices_of(Kind)
{
    static ChoiceList<Kind> const list("system_account_kind", {
        {Kind::Named, {"named"}},
        {Kind::Shared, {"shared"}},
        {Kind::Privileged, {"privileged"}},
        {Kind::Service, {"service"}},
        {Kind::External, {"external"}},
    });
    return list;
}

}  // namespace greffier::account
