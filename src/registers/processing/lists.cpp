#include "registers/processing/lists.hpp"

#include <array>

namespace greffier::processing {

using schema::ChoiceList;
using schema::List;
using schema::ListEntry;

ChoiceList<Role> const& choices_of(Role)
{
    static ChoiceList<Role> const list("processing_role", {
        {Role::Controller, {"controller", "https://w3id.org/dpv#DataController"}},
        {Role::JointController, {"joint_controller", "https://w3id.org/dpv#JointDataControllers"}},
        {Role::Processor, {"processor", "https://w3id.org/dpv#DataProcessor"}},
    });
    return list;
}

ChoiceList<PurposeKind> const& choices_of(PurposeKind)
{
    static ChoiceList<PurposeKind> const list("purpose_kind", {
        {PurposeKind::Main, {"main"}},
        {PurposeKind::Secondary, {"secondary"}},
    });
    return list;
}

ChoiceList<PurposeNature> const& choices_of(PurposeNature)
{
    static ChoiceList<PurposeNature> const list("purpose_nature", {
        {PurposeNature::Business, {"business"}},
        {PurposeNature::Support, {"support"}},
        {PurposeNature::Regulatory, {"regulatory"}},
    });
    return list;
}

ChoiceList<LegalBasis> const& choices_of(LegalBasis)
{
    static ChoiceList<LegalBasis> const list("legal_basis", {
        {LegalBasis::A, {"a", "https://w3id.org/dpv/legal/eu/gdpr#A6-1-a"}},
        {LegalBasis::B, {"b", "https://w3id.org/dpv/legal/eu/gdpr#A6-1-b"}},
        {LegalBasis::C, {"c", "https://w3id.org/dpv/legal/eu/gdpr#A6-1-c"}},
        {LegalBasis::D, {"d", "https://w3id.org/dpv/legal/eu/gdpr#A6-1-d"}},
        {LegalBasis::E, {"e", "https://w3id.org/dpv/legal/eu/gdpr#A6-1-e"}},
        {LegalBasis::F, {"f", "https://w3id.org/dpv/legal/eu/gdpr#A6-1-f"}},
    });
    return list;
}

ChoiceList<Art9Condition> const& choices_of(Art9Condition)
{
    static ChoiceList<Art9Condition> const list("art9_condition", {
        {Art9Condition::A, {"a", "https://w3id.org/dpv/legal/eu/gdpr#A9-2-a"}},
        {Art9Condition::B, {"b", "https://w3id.org/dpv/legal/eu/gdpr#A9-2-b"}},
        {Art9Condition::C, {"c", "https://w3id.org/dpv/legal/eu/gdpr#A9-2-c"}},
        {Art9Condition::D, {"d", "https://w3id.org/dpv/legal/eu/gdpr#A9-2-d"}},
        {Art9Condition::E, {"e", "https://w3id.org/dpv/legal/eu/gdpr#A9-2-e"}},
        {Art9Condition::F, {"f", "https://w3id.org/dpv/legal/eu/gdpr#A9-2-f"}},
        {Art9Condition::G, {"g", "https://w3id.org/dpv/legal/eu/gdpr#A9-2-g"}},
        {Art9Condition::H, {"h", "https://w3id.org/dpv/legal/eu/gdpr#A9-2-h"}},
        {Art9Condition::I, {"i", "https://w3id.org/dpv/legal/eu/gdpr#A9-2-i"}},
        {Art9Condition::J, {"j", "https://w3id.org/dpv/legal/eu/gdpr#A9-2-j"}},
    });
    return list;
}

ChoiceList<FinalDisposition> const& choices_of(FinalDisposition)
{
    static ChoiceList<FinalDisposition> const list("final_disposition", {
        {FinalDisposition::Delete, {"delete"}},
        {FinalDisposition::Anonymise, {"anonymise"}},
        {FinalDisposition::Archive, {"archive"}},
    });
    return list;
}

ChoiceList<Collected> const& choices_of(Collected)
{
    static ChoiceList<Collected> const list("collected", {
        {Collected::Internal, {"internal"}},
        {Collected::External, {"external"}},
    });
    return list;
}

ChoiceList<Extent> const& choices_of(Extent)
{
    static ChoiceList<Extent> const list("extent", {
        {Extent::Local, {"local"}},
        {Extent::Regional, {"regional"}},
        {Extent::National, {"national"}},
        {Extent::European, {"european"}},
        {Extent::Worldwide, {"worldwide"}},
    });
    return list;
}

ChoiceList<Source> const& choices_of(Source)
{
    static ChoiceList<Source> const list("source", {
        {Source::Direct, {"direct"}},
        {Source::Indirect, {"indirect"}},
        {Source::Mixed, {"mixed"}},
    });
    return list;
}

ChoiceList<Stage> const& choices_of(Stage)
{
    static ChoiceList<Stage> const list("stage", {
        {Stage::Collect, {"collect", "https://w3id.org/dpv#Collect"}},
        {Stage::Transform, {"transform", "https://w3id.org/dpv#Transform"}},
        {Stage::Store, {"store", "https://w3id.org/dpv#Store"}},
        {Stage::Transfer, {"transfer", "https://w3id.org/dpv#Transfer"}},
        {Stage::Destroy, {"destroy", "https://w3id.org/dpv#Destruct"}},
    });
    return list;
}

ChoiceList<Art22Exception> const& choices_of(Art22Exception)
{
    static ChoiceList<Art22Exception> const list("art22_exception", {
        {Art22Exception::Contract, {"contract"}},
        {Art22Exception::Law, {"law"}},
        {Art22Exception::ExplicitConsent, {"explicit_consent"}},
    });
    return list;
}

ChoiceList<StatedRole> const& choices_of(StatedRole)
{
    static ChoiceList<StatedRole> const list("stated_role", {
        {StatedRole::Controller, {"controller"}},
        {StatedRole::Representative, {"representative"}},
        {StatedRole::Dpo, {"dpo"}},
        {StatedRole::DpoCompany, {"dpo_company"}},
        {StatedRole::JointController, {"joint_controller"}},
    });
    return list;
}

List const& RecipientTypes::list()
{
    static constexpr auto entries = std::to_array<ListEntry>({
        {"internal_service"}, {"group_entity"}, {"processor", "https://w3id.org/dpv#DataProcessor"}, {"joint_controller"},
        {"partner", "https://w3id.org/dpv#ThirdParty"}, {"authority", "https://w3id.org/dpv#PublicAuthority"}, {"social_body"},
        {"authorised_third_party"}, {"third_country"}, {"public"}, {"other"},
    });
    static constexpr List list{"recipient_type", true, entries};
    return list;
}

List const& RetentionStarts::list()
{
    static constexpr auto entries = std::to_array<ListEntry>({
        {"collection"}, {"last_contact"}, {"contract_end"}, {"relation_end"}, {"payment"}, {"closing"}, {"departure"}, {"year_end"},
        {"school_year_end"}, {"final_decision"}, {"last_stay"}, {"request_end"}, {"recording"}, {"other"},
    });
    static constexpr List list{"retention_start", true, entries};
    return list;
}

// Codes of law/retention.csv (reference-data §8), where periods, dates and sources stand.
List const& RetentionRules::list()
{
    static constexpr auto entries = std::to_array<ListEntry>({
        {"RT01"}, {"RT02"}, {"RT03"}, {"RT04"}, {"RT05"}, {"RT06"}, {"RT07"}, {"RT08"}, {"RT09"}, {"RT10"}, {"RT11"}, {"RT12"}, {"RT13"},
        {"RT14"}, {"RT15"}, {"RT16"}, {"RT17"}, {"RT18"}, {"RT19"}, {"RT20"}, {"RT21"}, {"RT22"}, {"RT23"}, {"RT24"}, {"RT25"},
    });
    static constexpr List list{"retention_rule", true, entries};
    return list;
}

List const& ProcessingTags::list()
{
    static constexpr auto entries = std::to_array<ListEntry>({
        {"hr"}, {"e_marketing"}, {"video"}, {"health"}, {"school"}, {"social"}, {"civil_status"}, {"elections"}, {"police"}, {"urban_planning"},
        {"culture_sport"}, {"accounting"}, {"suppliers"}, {"customers"}, {"website"}, {"it_security"}, {"research"}, {"governance"},
    });
    static constexpr List list{"processing_tag", true, entries};
    return list;
}

}  // namespace greffier::processing
