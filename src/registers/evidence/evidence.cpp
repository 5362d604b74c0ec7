#include "registers/evidence/evidence.hpp"

namespace greffier::evidence {

using records::Due;
using schema::Field;
using schema::Schema;

Schema<Evidence> const& schema_of(Evidence const*)
{
    static Schema<Evidence> const schema("evidence", 1, {
        Field("name", &Evidence::name).section("piece").required().max_length(300).searchable().in_list(),
        Field("kind", &Evidence::kind).mandatory().in_list(),
        Field("family", &Evidence::family).mandatory().in_list().article("5(2)"),
        Field("document", &Evidence::document).article("5(2)"),
        Field("source", &Evidence::source).mandatory().max_length(300).searchable(),
        Field("location", &Evidence::location).max_length(300),
        Field("service", &Evidence::service).max_length(200).searchable().in_list().suggest("service"),
        Field("owner", &Evidence::owner).mandatory().article("24(1)").personal_data(),

        Field("proves", &Evidence::proves).section("proof").mandatory().max_length(4000).searchable().article("5(2)"),
        Field("processings", &Evidence::processings).article("30(1)"),
        Field("processor_activities", &Evidence::processor_activities).article("30(2)"),
        Field("processors", &Evidence::processors).article("28(1)"),
        Field("contracts", &Evidence::contracts).article("28(3)"),
        Field("transfers", &Evidence::transfers).article("46"),
        Field("breaches", &Evidence::breaches).article("33(5)"),
        Field("requests", &Evidence::requests).article("12(3)"),
        Field("audits", &Evidence::audits).article("32(1)(d)"),
        Field("measures", &Evidence::measures).article("32(1)(d)"),
        Field("notices", &Evidence::notices).article("13"),
        Field("projects", &Evidence::projects).article("25(1)"),

        Field("obtained_on", &Evidence::obtained_on).section("validity").mandatory().in_list(),
        Field("valid_from", &Evidence::valid_from),
        Field("valid_until", &Evidence::valid_until).in_list(),
        Field("notes", &Evidence::notes).max_length(10000).searchable(),
        Field("attachments", &Evidence::attachments).read_only(),
    });
    return schema;
}

std::vector<Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    auto const piece = evidence_schema().unpack(row);
    if (!piece.ok() || !piece->valid_until) return {};
    return {context.on("evidence.expiry", *piece->valid_until, false, {"valid_until"})};
}

}  // namespace greffier::evidence
