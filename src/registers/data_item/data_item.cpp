#include "registers/data_item/data_item.hpp"

namespace greffier::data_item {

using schema::Field;
using schema::Schema;

Schema<DataItem> const& schema_of(DataItem const*)
{
    static Schema<DataItem> const schema("data_item", 1, {
        Field("name", &DataItem::name).section("item").required().max_length(300).searchable().in_list(),
        Field("definition", &DataItem::definition).mandatory().max_length(2000).searchable(),
        Field("category", &DataItem::category).mandatory().in_list().article("30(1)(c)").material(),
        Field("origin", &DataItem::origin).mandatory().in_list().article("14(2)(f)").material(),
        Field("sensitivity", &DataItem::sensitivity).mandatory().in_list().article("9(1)").material(),
        Field("format", &DataItem::format).max_length(300),
        Field("service", &DataItem::service).max_length(200).searchable().in_list().suggest("service"),
        Field("owner", &DataItem::owner).article("5(2)").personal_data(),
        Field("processings", &DataItem::processings).section("use").mandatory().article("30(1)").material(),
        Field("assets", &DataItem::assets),
        Field("location", &DataItem::location).max_length(300).searchable(),
        Field("consent", &DataItem::consent).article("6(1)(a)"),
        Field("received_from", &DataItem::received_from).max_length(300).searchable().article("14(2)(f)").shown_when("origin", {"external"}),
        Field("given_to", &DataItem::given_to).max_length(300).searchable().article("30(1)(d)"),
        Field("next_review", &DataItem::next_review),
        Field("last_review", &DataItem::last_review),
        Field("notes", &DataItem::notes).max_length(10000).searchable(),
        Field("attachments", &DataItem::attachments).read_only(),
    });
    return schema;
}

}  // namespace greffier::data_item
