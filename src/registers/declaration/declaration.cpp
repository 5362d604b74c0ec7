#include "registers/declaration/declaration.hpp"

namespace greffier::declaration {

using schema::Field;
using schema::Schema;

Schema<Declaration> const& schema_of(Declaration const*)
{
    static Schema<Declaration> const schema("prior_declaration", 1, {
        Field("name", &Declaration::name).section("declaration").required().max_length(300).searchable().in_list(),
        Field("number", &Declaration::number).mandatory().max_length(100).searchable().in_list(),
        Field("kind", &Declaration::kind).mandatory().in_list(),
        Field("norm", &Declaration::norm).max_length(100).searchable().shown_when("kind", {"simplified", "exemption", "single_authorisation"}),
        Field("declared_on", &Declaration::declared_on).mandatory().in_list(),
        Field("service", &Declaration::service).max_length(200).searchable().suggest("service"),
        Field("processing", &Declaration::processing).section("today").mandatory().article("30(1)").material(),
        Field("ended_on", &Declaration::ended_on),
        Field("owner", &Declaration::owner).article("5(2)").personal_data(),
        Field("notes", &Declaration::notes).max_length(10000).searchable(),
        Field("attachments", &Declaration::attachments).read_only(),
    });
    return schema;
}

}  // namespace greffier::declaration
