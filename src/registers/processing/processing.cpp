#include "registers/processing/processing.hpp"

#include <algorithm>

namespace greffier::processing {

using schema::Field;
using schema::Schema;

Schema<Purpose> const& schema_of(Purpose const*)
{
    static Schema<Purpose> const schema("purpose", 1, {
        Field("kind", &Purpose::kind).required().article("30(1)(b)"),
        Field("text", &Purpose::text).title().mandatory().max_length(2000).searchable().article("30(1)(b)").material(),
        Field("nature", &Purpose::nature),
        Field("basis", &Purpose::basis).mandatory().article("6(1)").material(),
        Field("legal_text", &Purpose::legal_text).max_length(500).searchable().article("6(3)").material().shown_when("basis", {"c", "e"}),
        Field("interest", &Purpose::interest).max_length(4000).article("13(1)(d)").material().shown_when("basis", {"f"}),
        Field("balancing", &Purpose::balancing).max_length(10000).article("6(1)(f)").material().shown_when("basis", {"f"}),
        Field("art9_condition", &Purpose::art9_condition).article("9(2)").material(),
        Field("further_use", &Purpose::further_use).article("6(4)").material(),
        Field("compatibility_test", &Purpose::compatibility_test).max_length(10000).article("6(4)").material().shown_when("further_use", {"true"}),
    });
    return schema;
}

Schema<SubjectCategory> const& schema_of(SubjectCategory const*)
{
    static Schema<SubjectCategory> const schema("subject_category_row", 1, {
        Field("category", &SubjectCategory::category).title().required().article("30(1)(c)").material(),
        Field("details", &SubjectCategory::details).max_length(500).searchable(),
        Field("vulnerable", &SubjectCategory::vulnerable).article("recital 75").material(),
    });
    return schema;
}

Schema<DataCategory> const& schema_of(DataCategory const*)
{
    static Schema<DataCategory> const schema("data_category_row", 1, {
        Field("category", &DataCategory::category).title().required().article("30(1)(c)").material(),
        Field("description", &DataCategory::description).mandatory().max_length(2000).searchable().article("30(1)(c)").material(),
        Field("special", &DataCategory::special).article("9(1)").material(),
        Field("highly_personal", &DataCategory::highly_personal).material(),
        Field("nir", &DataCategory::nir).article("LIL 30").material(),
        Field("art10", &DataCategory::art10).article("10").material(),
        Field("necessity", &DataCategory::necessity).max_length(2000).article("5(1)(c)"),
        Field("retention_text", &DataCategory::retention_text).max_length(500).searchable().article("30(1)(f)").material(),
        Field("retention_period", &DataCategory::retention_period).article("30(1)(f)").material(),
        Field("retention_start", &DataCategory::retention_start).material(),
        Field("retention_criterion", &DataCategory::retention_criterion).max_length(500).article("13(2)(a)").material(),
        Field("retention_rule", &DataCategory::retention_rule).article("5(1)(e)").material(),
        Field("justification", &DataCategory::justification).max_length(2000).article("5(1)(e)"),
        Field("archive_period", &DataCategory::archive_period).article("5(1)(e)").material(),
        Field("archive_reason", &DataCategory::archive_reason).max_length(500),
        Field("archive_access", &DataCategory::archive_access).max_length(500),
        Field("final_disposition", &DataCategory::final_disposition).article("5(1)(e)").material(),
        Field("collected", &DataCategory::collected),
    });
    return schema;
}

Schema<Recipient> const& schema_of(Recipient const*)
{
    static Schema<Recipient> const schema("recipient", 1, {
        Field("type", &Recipient::type).mandatory().article("30(1)(d)").material(),
        Field("name", &Recipient::name).title().max_length(300).searchable().article("30(1)(d)").material(),
        Field("role", &Recipient::role).max_length(300),
        Field("country", &Recipient::country).article("30(1)(d)").material(),
        Field("details", &Recipient::details).max_length(2000).searchable().material(),
    });
    return schema;
}

Schema<Transfer> const& schema_of(Transfer const*)
{
    static Schema<Transfer> const schema("transfer_row", 1, {
        Field("recipient", &Transfer::recipient).title().mandatory().max_length(300).searchable().article("30(1)(e)").material(),
        Field("country", &Transfer::country).mandatory().article("30(1)(e)").material(),
        Field("tool", &Transfer::tool).mandatory().article("44").material(),
        Field("module", &Transfer::module).article("46(2)(c)").material().shown_when("tool", {"scc"}),
        Field("document", &Transfer::document).max_length(500).searchable().article("49(6)").material(),
    });
    return schema;
}

Schema<JointController> const& schema_of(JointController const*)
{
    static Schema<JointController> const schema("joint_controller_row", 1, {
        Field("name", &JointController::name).title().required().max_length(300).searchable().article("30(1)(a)").material(),
        Field("address", &JointController::address).max_length(500),
        Field("postcode", &JointController::postcode).max_length(20),
        Field("city", &JointController::city).max_length(200),
        Field("country", &JointController::country).max_length(100),
        Field("phone", &JointController::phone),
        Field("email", &JointController::email),
        Field("responsibilities", &JointController::responsibilities).max_length(4000).article("26(1)").material(),
    });
    return schema;
}

Schema<StatedActor> const& schema_of(StatedActor const*)
{
    static Schema<StatedActor> const schema("stated_actor", 1, {
        Field("role", &StatedActor::role).required(),
        Field("name", &StatedActor::name).title().max_length(300).searchable(),
        Field("address", &StatedActor::address).max_length(500),
        Field("postcode", &StatedActor::postcode).max_length(50),
        Field("city", &StatedActor::city).max_length(200),
        Field("country", &StatedActor::country).max_length(200),
        Field("phone", &StatedActor::phone).max_length(200),   // as written: often "01 xx xx xx xx"
        Field("email", &StatedActor::email).max_length(300),
    });
    return schema;
}

Schema<Measure> const& schema_of(Measure const*)
{
    static Schema<Measure> const schema("measure_row", 1, {
        Field("type", &Measure::type).title().mandatory().article("30(1)(g)").material(),
        Field("details", &Measure::details).max_length(2000).searchable().article("32(1)").material(),
    });
    return schema;
}

Schema<Step> const& schema_of(Step const*)
{
    static Schema<Step> const schema("step", 3, {
        Field("stage", &Step::stage).title().mandatory(),
        Field("tools", &Step::tools).max_length(500).searchable(),
        Field("operator", &Step::operator_).max_length(300).searchable(),
        Field("measures", &Step::measures).max_length(2000),
        Field("data", &Step::data).max_length(2000),
        Field("retention", &Step::retention).max_length(500).article("5(1)(e)").since(3),
    });
    return schema;
}

Schema<Processing> const& schema_of(Processing const*)
{
    static Schema<Processing> const schema("processing", 3, {
        Field("name", &Processing::name).section("purposes").required().max_length(300).searchable().in_list().article("30(1)(b)").material(),
        Field("role", &Processing::role).article("30(1)").material(),
        Field("purposes", &Processing::purposes).mandatory().article("30(1)(b)"),
        Field("tags", &Processing::tags).in_list(),
        Field("start_date", &Processing::start_date).in_list(),
        Field("public_task", &Processing::public_task).article("6(1)(e)").material(),
        Field("occasional", &Processing::occasional).article("30(5)").material(),
        Field("online", &Processing::online).article("8").material(),
        Field("b2c", &Processing::b2c).material(),
        Field("soft_optin", &Processing::soft_optin).material().shown_when("b2c", {"true"}),
        Field("public_archives", &Processing::public_archives).material(),
        Field("sheet_created_on", &Processing::sheet_created_on),
        Field("sheet_updated_on", &Processing::sheet_updated_on),

        Field("service", &Processing::service).section("actors").max_length(200).searchable().in_list().suggest("service"),
        Field("owner", &Processing::owner).mandatory().article("5(2)").personal_data(),
        Field("technical_owner", &Processing::technical_owner).personal_data(),
        Field("referent", &Processing::referent).personal_data(),
        Field("sponsor", &Processing::sponsor).personal_data(),
        Field("joint_controllers", &Processing::joint_controllers).article("30(1)(a)").material(),
        Field("art26_agreement", &Processing::art26_agreement).max_length(500).article("26(1)").material(),
        Field("art26_agreement_date", &Processing::art26_agreement_date).article("26(1)"),
        Field("art26_essence_published", &Processing::art26_essence_published).article("26(2)"),
        Field("stated_actors", &Processing::stated_actors).personal_data(),

        Field("subject_categories", &Processing::subject_categories).section("people").mandatory().article("30(1)(c)"),
        Field("people_count", &Processing::people_count).material(),
        Field("data_volume", &Processing::data_volume).max_length(300),
        Field("geographic_extent", &Processing::geographic_extent),
        Field("population_share", &Processing::population_share),

        Field("data_categories", &Processing::data_categories).section("data").mandatory().article("30(1)(c)"),
        Field("source", &Processing::source).article("14(2)(f)").material(),
        Field("source_details", &Processing::source_details).max_length(2000).searchable().article("14(2)(f)").shown_when("source", {"indirect", "mixed"}),
        Field("source_public", &Processing::source_public).article("14(2)(f)").shown_when("source", {"indirect", "mixed"}),
        Field("nir_ground", &Processing::nir_ground).max_length(2000).article("LIL 30").material(),
        Field("art10_ground", &Processing::art10_ground).max_length(2000).article("10").material(),

        Field("recipients", &Processing::recipients).section("recipients").mandatory().article("30(1)(d)"),
        Field("processors", &Processing::processors).article("28").material(),
        Field("no_recipient_confirmed", &Processing::no_recipient_confirmed).article("30(1)(d)").material(),

        Field("transfers", &Processing::transfers).section("transfers").article("30(1)(e)"),

        Field("measures", &Processing::measures).section("security").mandatory().article("30(1)(g)"),
        Field("applied_measures", &Processing::applied_measures).article("30(1)(g)").material().since(2),
        Field("assets", &Processing::assets).article("32(1)").material().since(2),
        Field("security_description", &Processing::security_description).max_length(10000).searchable().article("32(1)").material(),
        Field("encryption_reason", &Processing::encryption_reason).max_length(2000).article("32(1)(a)").since(2),
        Field("hosting", &Processing::hosting).max_length(300).searchable(),
        Field("hosting_country", &Processing::hosting_country).article("44").material(),

        Field("steps", &Processing::steps).section("lifecycle"),

        Field("information_method", &Processing::information_method).section("rights").max_length(4000).article("12").material(),
        Field("notice_exception", &Processing::notice_exception).max_length(2000).article("13(4)").material(),
        Field("art14_exception", &Processing::art14_exception).max_length(2000).article("14(5)").material(),
        Field("consent_method", &Processing::consent_method).max_length(4000).article("7").material(),
        Field("external_consent_store", &Processing::external_consent_store).max_length(300).article("7(1)").material(),
        Field("parental_mechanism", &Processing::parental_mechanism).max_length(2000).article("8").material(),
        Field("rights_procedure", &Processing::rights_procedure).max_length(4000).article("12(2)").material(),
        Field("export_format", &Processing::export_format).max_length(200).article("20").material(),
        Field("automated_decision", &Processing::automated_decision).article("22(1)").material(),
        Field("automated_logic", &Processing::automated_logic).max_length(4000).article("13(2)(f)").material().shown_when("automated_decision", {"true"}),
        Field("art22_exception", &Processing::art22_exception).article("22(2)").material().shown_when("automated_decision", {"true"}),
        Field("human_intervention", &Processing::human_intervention).max_length(2000).article("22(3)").material().shown_when("automated_decision", {"true"}),

        Field("scoring", &Processing::scoring).section("assessment").article("35(3)(a)").material(),
        Field("automated_effects", &Processing::automated_effects).article("35(3)(a)").material(),
        Field("systematic_monitoring", &Processing::systematic_monitoring).article("35(3)(c)").material(),
        Field("sensitive_or_personal", &Processing::sensitive_or_personal).article("35(3)(b)").material(),
        Field("large_scale", &Processing::large_scale).article("35(3)(b)").material(),
        Field("matching", &Processing::matching).article("35(1)").material(),
        Field("vulnerable_people", &Processing::vulnerable_people).article("35(1)").material(),
        Field("innovative_use", &Processing::innovative_use).article("35(1)").material(),
        Field("exclusion", &Processing::exclusion).article("35(1)").material(),
        Field("dpia_required", &Processing::dpia_required).article("35(1)"),
        Field("dpia_reference", &Processing::dpia_reference).max_length(200).article("35(1)"),
        Field("dpia_date", &Processing::dpia_date).article("35(1)"),
        Field("dpia_next_review", &Processing::dpia_next_review).article("35(11)"),

        Field("dpo_advice", &Processing::dpo_advice).section("follow_up").max_length(10000).article("39(1)(a)"),
        Field("dpo_advice_date", &Processing::dpo_advice_date).article("38(1)"),
        Field("validated_on", &Processing::validated_on).read_only().article("24"),
        Field("last_review", &Processing::last_review).in_list().article("24(1)"),
        Field("next_review", &Processing::next_review).article("24(1)"),
        Field("reviewer", &Processing::reviewer).max_length(200).personal_data(),
        Field("cnil_declaration_number", &Processing::cnil_declaration_number).max_length(100).searchable(),
        Field("cnil_declaration_date", &Processing::cnil_declaration_date),
        Field("notes", &Processing::notes).max_length(10000).searchable(),
        Field("attachments", &Processing::attachments).read_only(),
    });
    return schema;
}

Purpose const* Processing::main_purpose() const
{
    auto found = std::ranges::find(purposes, PurposeKind::Main, &Purpose::kind);
    return found == purposes.end() ? nullptr : &*found;
}

bool Processing::has_art9() const { return std::ranges::any_of(data_categories, &DataCategory::is_special); }
bool Processing::has_art10() const { return std::ranges::any_of(data_categories, &DataCategory::is_art10); }
bool Processing::has_nir() const { return std::ranges::any_of(data_categories, &DataCategory::is_nir); }

bool Processing::risk() const
{
    bool const personal = sensitive_or_personal.value_or(has_art9() || has_art10() || std::ranges::any_of(data_categories, &DataCategory::is_highly_personal));
    bool const vulnerable = vulnerable_people.value_or(std::ranges::any_of(subject_categories, &SubjectCategory::is_vulnerable));
    int const criteria = scoring.value_or(false) + automated_effects.value_or(automated_decision) + systematic_monitoring.value_or(false) +
                         personal + large_scale.value_or(false) + matching.value_or(false) + vulnerable + innovative_use.value_or(false) +
                         exclusion.value_or(false);
    return criteria >= 2;
}

bool Processing::has_tag(std::string_view code) const
{
    return std::ranges::any_of(tags, [code](auto const& tag) { return tag.code == code; });
}

}  // namespace greffier::processing
