#include "registers/data_item/lists.hpp"

namespace greffier::data_item {

using schema::ChoiceList;

ChoiceList<Origin> const& choices_of(Origin)
{
    static ChoiceList<Origin> const list("data_item_origin", {
        {Origin::Internal, {"internal"}},
        {Origin::External, {"external"}},
    });
    return list;
}

ChoiceList<Sensitivity> const& choices_of(Sensitivity)
{
    static ChoiceList<Sensitivity> const list("data_item_sensitivity", {
        {Sensitivity::Ordinary, {"ordinary"}},
        {Sensitivity::HighlyPersonal, {"highly_personal"}},
        {Sensitivity::Special, {"special"}},
        {Sensitivity::Criminal, {"criminal"}},
        {Sensitivity::Nir, {"nir"}},
    });
    return list;
}

}  // namespace greffier::data_item
