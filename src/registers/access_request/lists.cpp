#include "registers/access_request/lists.hpp"

namespace greffier::access_request {

using schema::ChoiceList;

ChoiceList<Act> const& choices_of(Act)
{
    static ChoiceList<Act> const list("access_request_act", {
        {Act::Open, {"open"}},
        {Act::Change, {"change"}},
        {Act::Withdraw, {"withdraw"}},
    });
    return list;
}

}  // namespace greffier::access_request
