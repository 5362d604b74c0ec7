#include "registers/undertaking/undertaking.hpp"

namespace greffier::undertaking {

using schema::ChoiceList;
using schema::Field;
using schema::Schema;

ChoiceList<Standing> const& choices_of(Standing)
{
    static ChoiceList<Standing> const list("undertaking_standing", {
        {Standing::Staff, {"staff"}},
        {Standing::Manager, {"manager"}},
        {Standing::Trainee, {"trainee"}},
        {Standing::Temporary, {"temporary"}},
        {Standing::Contractor, {"contractor"}},
        {Standing::Elected, {"elected"}},
        {Standing::Volunteer, {"volunteer"}},
        {Standing::Other, {"other"}},
    });
    return list;
}

ChoiceList<UndertakingForm> const& choices_of(UndertakingForm)
{
    static ChoiceList<UndertakingForm> const list("undertaking_form", {
        {UndertakingForm::Signed, {"signed"}},
        {UndertakingForm::ContractClause, {"contract_clause"}},
    });
    return list;
}

std::span<std::string_view const> all_promises()
{
    static constexpr std::string_view all[] = {"purpose", "disclosure", "copies", "misuse", "security", "channels", "return"};
    return all;
}

Schema<Undertaking> const& schema_of(Undertaking const*)
{
    static Schema<Undertaking> const schema("undertaking", 1, {
        Field("person", &Undertaking::person).section("person").required().max_length(200).searchable().in_list().article("29").personal_data(),
        Field("function", &Undertaking::function).mandatory().max_length(200).searchable().in_list().article("32(4)"),
        Field("standing", &Undertaking::standing).mandatory().article("32(4)"),
        Field("company", &Undertaking::company).max_length(200).searchable(),
        Field("processor", &Undertaking::processor).shown_when("standing", {"contractor"}).article("28(3)(b)"),
        Field("service", &Undertaking::service).max_length(200).searchable().in_list().suggest("service"),
        Field("email", &Undertaking::email).personal_data(),
        Field("access", &Undertaking::access).mandatory().max_length(2000).searchable().article("29"),
        Field("processings", &Undertaking::processings).article("29"),
        Field("access_from", &Undertaking::access_from).mandatory().article("32(4)"),
        Field("owner", &Undertaking::owner).article("5(2)").personal_data(),

        Field("form", &Undertaking::form).section("signature").mandatory().article("28(3)(b)").material(),
        Field("edition", &Undertaking::edition).mandatory().max_length(100).material(),
        Field("clause", &Undertaking::clause).max_length(300).shown_when("form", {"contract_clause"}),
        Field("signed_on", &Undertaking::signed_on).in_list().article("28(3)(b)").material(),
        Field("place", &Undertaking::place).max_length(200).shown_when("form", {"signed"}),
        Field("originals", &Undertaking::originals).shown_when("form", {"signed"}),

        Field("ends_on", &Undertaking::ends_on).section("end").in_list(),
        Field("returned_on", &Undertaking::returned_on).article("32(4)"),
        Field("returned", &Undertaking::returned).max_length(500),
        Field("notes", &Undertaking::notes).max_length(10000).searchable(),
        Field("attachments", &Undertaking::attachments).read_only(),
    });
    return schema;
}

}  // namespace greffier::undertaking
