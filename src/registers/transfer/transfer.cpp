#include "registers/transfer/transfer.hpp"

namespace greffier::transfer {

using schema::Field;
using schema::Schema;

namespace {

// A question about one ground is asked when that ground is chosen.
Field<Transfer> asked_for(Field<Transfer> field, std::initializer_list<char const*> tools)
{
    field.shown_when("tool", tools);
    return field;
}

// The assessment belongs to the tools of article 46; adequacy and derogations do without it.
Field<Transfer> of_assessment(Field<Transfer> field)
{
    return asked_for(std::move(field), {"scc", "authority_scc", "bcr", "public_instrument", "code_of_conduct", "certification", "ad_hoc_clauses", "administrative_arrangement"});
}

}  // namespace

Schema<OnwardTransfer> const& schema_of(OnwardTransfer const*)
{
    static Schema<OnwardTransfer> const schema("onward_transfer_row", 1, {
        Field("recipient", &OnwardTransfer::recipient).title().mandatory().max_length(300).searchable().article("44").material(),
        Field("country", &OnwardTransfer::country).mandatory().article("44").material(),
        Field("purpose", &OnwardTransfer::purpose).max_length(2000),
        Field("safeguard", &OnwardTransfer::safeguard).max_length(300).article("44").material(),
    });
    return schema;
}

Schema<SupplementaryMeasure> const& schema_of(SupplementaryMeasure const*)
{
    static Schema<SupplementaryMeasure> const schema("supplementary_row", 1, {
        Field("kind", &SupplementaryMeasure::kind).mandatory().article("46(1)").material(),
        Field("description", &SupplementaryMeasure::description).title().mandatory().max_length(2000).searchable().article("46(1)").material(),
        Field("state", &SupplementaryMeasure::state).mandatory().material(),
        Field("due_on", &SupplementaryMeasure::due_on).shown_when("state", {"planned"}),
        Field("in_place_on", &SupplementaryMeasure::in_place_on).shown_when("state", {"in_place"}),
    });
    return schema;
}

Schema<Transfer> const& schema_of(Transfer const*)
{
    static Schema<Transfer> const schema("transfer", 2, {
        Field("name", &Transfer::name).section("flow").required().max_length(300).searchable().in_list(),
        Field("importer", &Transfer::importer).mandatory().max_length(300).searchable().in_list().article("30(1)(e)").material(),
        Field("importer_country", &Transfer::importer_country).mandatory().in_list().article("30(1)(e)").material(),
        Field("importer_role", &Transfer::importer_role).mandatory().article("44").material(),
        Field("importer_sector", &Transfer::importer_sector).article("45(3)").material(),
        Field("importer_contact", &Transfer::importer_contact).personal_data(),
        Field("exporter", &Transfer::exporter).max_length(300).searchable(),
        Field("exporter_role", &Transfer::exporter_role).mandatory().article("44").material(),
        Field("remote_access", &Transfer::remote_access).article("44").material(),
        Field("processings", &Transfer::processings).mandatory().article("30(1)(e)").material(),
        Field("processors", &Transfer::processors).article("28(3)(a)"),
        Field("assets", &Transfer::assets).article("32(1)").since(2),
        Field("started_on", &Transfer::started_on),
        Field("ended_on", &Transfer::ended_on),

        Field("purpose", &Transfer::purpose).section("data").mandatory().max_length(2000).searchable().article("44").material(),
        Field("data_categories", &Transfer::data_categories).mandatory().article("30(1)(e)").material(),
        Field("data_details", &Transfer::data_details).max_length(2000).searchable().material(),
        Field("hr_data", &Transfer::hr_data).article("45").material(),
        Field("subject_categories", &Transfer::subject_categories).mandatory().article("30(1)(c)").material(),
        Field("people_count", &Transfer::people_count).material(),
        Field("frequency", &Transfer::frequency).mandatory().article("49(1)").material(),
        Field("volume", &Transfer::volume).max_length(300),
        Field("onward_transfers", &Transfer::onward_transfers).article("44"),

        Field("exporter_in_scope", &Transfer::exporter_in_scope).section("criteria").mandatory().article("3").material(),
        Field("made_available", &Transfer::made_available).mandatory().article("44").material(),
        Field("separate_importer", &Transfer::separate_importer).mandatory().article("44").material(),

        Field("tool", &Transfer::tool).section("ground").mandatory().in_list().article("44").material(),
        asked_for(Field("covered_by_decision", &Transfer::covered_by_decision).article("45(3)").material(), {"adequacy"}),
        asked_for(Field("scope_checked_on", &Transfer::scope_checked_on).article("45(3)").material(), {"adequacy"}),
        asked_for(Field("scope_evidence", &Transfer::scope_evidence).max_length(500).article("5(2)"), {"adequacy"}),
        asked_for(Field("covers_hr", &Transfer::covers_hr).article("45(3)").material(), {"adequacy"}),
        asked_for(Field("module", &Transfer::module).article("46(2)(c)").material(), {"scc"}),
        asked_for(Field("clauses_version", &Transfer::clauses_version).article("46(2)(c)").material(), {"scc"}),
        asked_for(Field("annexes", &Transfer::annexes).article("46(2)(c)").material(), {"scc"}),
        asked_for(Field("sub_processing", &Transfer::sub_processing).article("28(2)").material(), {"scc"}),
        asked_for(Field("docking_clause", &Transfer::docking_clause), {"scc"}),
        asked_for(Field("clauses_unmodified", &Transfer::clauses_unmodified).article("46(2)(c)").material(), {"scc"}),
        asked_for(Field("signed_on", &Transfer::signed_on).article("46(2)").material(),
                  {"scc", "authority_scc", "public_instrument", "ad_hoc_clauses", "administrative_arrangement"}),
        asked_for(Field("approved_by", &Transfer::approved_by).max_length(300).article("46(2)").material(),
                  {"authority_scc", "bcr", "code_of_conduct", "certification", "ad_hoc_clauses", "administrative_arrangement"}),
        asked_for(Field("approved_on", &Transfer::approved_on).article("46(3)").material(),
                  {"authority_scc", "bcr", "code_of_conduct", "certification", "ad_hoc_clauses", "administrative_arrangement"}),
        asked_for(Field("approval_reference", &Transfer::approval_reference).max_length(300).article("46(2)").material(),
                  {"authority_scc", "bcr", "code_of_conduct", "certification", "ad_hoc_clauses", "administrative_arrangement"}),
        asked_for(Field("valid_until", &Transfer::valid_until).article("42(7)").material(), {"adequacy", "bcr", "code_of_conduct", "certification", "ad_hoc_clauses", "administrative_arrangement"}),
        asked_for(Field("importer_bound", &Transfer::importer_bound).article("46(2)(e)").material(), {"bcr", "code_of_conduct", "certification"}),
        asked_for(Field("enforceable_rights", &Transfer::enforceable_rights).article("46(1)").material(), {"public_instrument", "administrative_arrangement"}),
        Field("document", &Transfer::document).max_length(500).searchable().article("13(1)(f)").material(),

        asked_for(Field("public_powers", &Transfer::public_powers).article("49(3)").material(), {"49a", "49b", "49c", "49-1-2"}).section("derogation"),
        asked_for(Field("explicit_consent", &Transfer::explicit_consent).article("49(1)(a)").material(), {"49a"}),
        asked_for(Field("risks_told", &Transfer::risks_told).article("49(1)(a)").material(), {"49a"}),
        asked_for(Field("necessity", &Transfer::necessity).max_length(4000).article("49(1)").material(), {"49b", "49c", "49d", "49e", "49f"}),
        asked_for(Field("derogation_text", &Transfer::derogation_text).max_length(1000).article("49(4)").material(), {"49d", "49g"}),
        asked_for(Field("person_incapable", &Transfer::person_incapable).article("49(1)(f)").material(), {"49f"}),
        asked_for(Field("register_part_only", &Transfer::register_part_only).article("49(2)").material(), {"49g"}),
        asked_for(Field("no_other_ground", &Transfer::no_other_ground).max_length(4000).article("49(1)").material(), {"49-1-2"}),
        asked_for(Field("not_repetitive", &Transfer::not_repetitive).article("49(1)").material(), {"49-1-2"}),
        asked_for(Field("few_people", &Transfer::few_people).article("49(1)").material(), {"49-1-2"}),
        asked_for(Field("compelling_interest", &Transfer::compelling_interest).max_length(4000).article("49(1)").material(), {"49-1-2"}),
        asked_for(Field("interest_not_overridden", &Transfer::interest_not_overridden).article("49(1)").material(), {"49-1-2"}),
        asked_for(Field("circumstances_assessed", &Transfer::circumstances_assessed).max_length(10000).article("49(6)").material(), {"49-1-2"}),
        asked_for(Field("safeguards_provided", &Transfer::safeguards_provided).max_length(4000).article("49(6)").material(), {"49-1-2"}),
        asked_for(Field("authority_informed_on", &Transfer::authority_informed_on).article("49(1)").material(), {"49-1-2"}),
        asked_for(Field("persons_informed_on", &Transfer::persons_informed_on).article("49(1)").material(), {"49-1-2"}),
        Field("foreign_order", &Transfer::foreign_order).article("48").material(),
        Field("international_agreement", &Transfer::international_agreement).max_length(500).article("48").material().shown_when("foreign_order", {"true"}),

        of_assessment(Field("tia_reference", &Transfer::tia_reference).max_length(200).searchable()).section("assessment"),
        of_assessment(Field("tia_author", &Transfer::tia_author).max_length(200)),
        of_assessment(Field("tia_flow", &Transfer::tia_flow).max_length(10000).article("46(1)")),
        of_assessment(Field("tia_flow_on", &Transfer::tia_flow_on).article("46(1)").material()),
        of_assessment(Field("tia_tool", &Transfer::tia_tool).max_length(10000).article("46(1)")),
        of_assessment(Field("tia_tool_on", &Transfer::tia_tool_on).article("46(1)").material()),
        of_assessment(Field("tia_law", &Transfer::tia_law).max_length(20000).article("46(1)")),
        of_assessment(Field("tia_law_on", &Transfer::tia_law_on).article("46(1)").material()),
        of_assessment(Field("tia_measures", &Transfer::tia_measures).max_length(10000).article("46(1)")),
        of_assessment(Field("tia_measures_on", &Transfer::tia_measures_on).article("46(1)").material()),
        of_assessment(Field("supplementary_measures", &Transfer::supplementary_measures).article("46(1)")),
        of_assessment(Field("tia_procedure", &Transfer::tia_procedure).max_length(10000).article("46(1)")),
        of_assessment(Field("tia_procedure_on", &Transfer::tia_procedure_on).article("46(1)").material()),
        of_assessment(Field("tia_reevaluation", &Transfer::tia_reevaluation).max_length(4000).article("24(1)")),
        of_assessment(Field("tia_on", &Transfer::tia_on).article("46(1)").material()),
        of_assessment(Field("tia_result", &Transfer::tia_result).article("46(1)").material()),

        Field("dpo_advice", &Transfer::dpo_advice).section("follow_up").max_length(10000).article("39(1)(a)"),
        Field("dpo_advice_date", &Transfer::dpo_advice_date).article("38(1)"),
        Field("last_review", &Transfer::last_review).article("24(1)"),
        Field("next_review", &Transfer::next_review).article("24(1)"),
        Field("reviewer", &Transfer::reviewer).max_length(200).personal_data(),
        Field("notes", &Transfer::notes).max_length(10000).searchable(),
        Field("attachments", &Transfer::attachments).read_only(),
    });
    return schema;
}

}  // namespace greffier::transfer
