#include "registers/measure/measure.hpp"

#include <array>

namespace greffier::measure {

using schema::Field;
using schema::Schema;

schema::ChoiceList<Risk> const& choices_of(Risk)
{
    static schema::ChoiceList<Risk> const list("security_risk", {{Risk::Access, {"access"}}, {Risk::Change, {"change"}}, {Risk::Loss, {"loss"}}});
    return list;
}

schema::List const& SecuritySheets::list()
{
    static constexpr auto entries = std::to_array<schema::ListEntry>({
        {"01"}, {"02"}, {"03"}, {"04"}, {"05"}, {"06"}, {"07"}, {"08"}, {"09"}, {"10"}, {"11"}, {"12"}, {"13"},
        {"14"}, {"15"}, {"16"}, {"17"}, {"18"}, {"19"}, {"20"}, {"21"}, {"22"}, {"23"}, {"24"}, {"25"}, {"archive"},
    });
    static constexpr schema::List list{"security_sheet", true, entries};
    return list;
}

Schema<Measure> const& schema_of(Measure const*)
{
    static Schema<Measure> const schema("measure", 1, {
        Field("name", &Measure::name).section("what").required().max_length(300).searchable().in_list().article("32(1)").material(),
        Field("sheet", &Measure::sheet).in_list(),
        Field("point", &Measure::point).max_length(20),
        Field("kinds", &Measure::kinds).mandatory().in_list().article("32(1)(a)").material(),
        Field("risks", &Measure::risks).article("32(2)").material(),
        Field("description", &Measure::description).max_length(4000).searchable().article("30(1)(g)").material(),
        Field("service", &Measure::service).max_length(200).searchable().suggest("service"),
        Field("owner", &Measure::owner).mandatory().article("5(2)").personal_data(),

        Field("everywhere", &Measure::everywhere).section("scope").facet().material(),
        Field("processings", &Measure::processings).article("32(1)").material(),
        Field("assets", &Measure::assets).material(),

        Field("planned_for", &Measure::planned_for).section("proof"),
        Field("in_place_since", &Measure::in_place_since).article("24(1)"),
        Field("evidence", &Measure::evidence).mandatory().max_length(4000).searchable().article("5(2)"),
        Field("last_test", &Measure::last_test).article("32(1)(d)"),
        Field("test_result", &Measure::test_result).max_length(4000).article("32(1)(d)"),
        Field("next_test", &Measure::next_test).in_list().article("32(1)(d)"),
        Field("notes", &Measure::notes).max_length(10000).searchable(),
        Field("attachments", &Measure::attachments).read_only(),
    });
    return schema;
}

}  // namespace greffier::measure
