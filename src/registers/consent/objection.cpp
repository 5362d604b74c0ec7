#include "registers/consent/objection.hpp"

#include <array>

namespace greffier::consent {

using schema::Field;
using schema::Schema;

Schema<Objection> const& schema_of(Objection const*)
{
    static Schema<Objection> const schema("objection", 1, {
        Field("scopes", &Objection::scopes).section("objection").mandatory().article("21(2)").material(),
        Field("subject", &Objection::subject).max_length(200).searchable().suggest("scopes"),
        Field("processings", &Objection::processings).article("21(2)"),
        Field("since", &Objection::since).required().in_list().article("21(3)"),
        Field("channel", &Objection::channel).article("21(5)"),
        Field("proof", &Objection::proof).max_length(500).article("5(2)").personal_data(),

        Field("email", &Objection::email).section("person").article("21(3)").personal_data(),
        Field("phone", &Objection::phone).article("21(3)").personal_data(),
        Field("identifier", &Objection::identifier).max_length(200).article("21(3)").personal_data(),
        Field("name", &Objection::name).max_length(200).personal_data(),
        Field("address", &Objection::address).max_length(500).personal_data(),

        Field("service", &Objection::service).section("handling").max_length(200).searchable().in_list().suggest("service"),
        Field("owner", &Objection::owner),
        Field("applied_on", &Objection::applied_on).mandatory().article("21(3)"),
        Field("ended_on", &Objection::ended_on),
        Field("notes", &Objection::notes).max_length(4000).personal_data(),
        Field("attachments", &Objection::attachments).read_only().personal_data(),
    });
    return schema;
}

std::span<std::string_view const> checked_fields()
{
    static constexpr std::array<std::string_view, 3> fields{"email", "phone", "identifier"};
    return fields;
}

}  // namespace greffier::consent
