#include "registers/profile/profile.hpp"

namespace greffier::profile {

using schema::Field;
using schema::Schema;

schema::ChoiceList<OrganisationKind> const& choices_of(OrganisationKind)
{
    using enum OrganisationKind;
    static schema::ChoiceList<OrganisationKind> const list("organisation_kind", {
        {Commune, {"commune"}}, {InterCommunal, {"inter_communal"}}, {SocialCentre, {"social_centre"}}, {Department, {"department"}},
        {Region, {"region"}}, {Syndicate, {"syndicate"}}, {PublicBody, {"public_body"}}, {Health, {"health"}}, {Association, {"association"}},
        {Company, {"company"}}, {SoftwarePublisher, {"software_publisher"}}, {Other, {"other"}},
    });
    return list;
}

Schema<Dpo> const& schema_of(Dpo const*)
{
    static Schema<Dpo> const schema("dpo", 1, {
        Field("name", &Dpo::name).max_length(200).article("37(7)"),
        Field("function", &Dpo::function).max_length(200),
        Field("company", &Dpo::company).max_length(200),
        Field("address", &Dpo::address).max_length(500),
        Field("postcode", &Dpo::postcode).max_length(20),
        Field("city", &Dpo::city).max_length(200),
        Field("country", &Dpo::country),
        Field("phone", &Dpo::phone),
        Field("email", &Dpo::email).article("37(7)"),
        Field("designated_on", &Dpo::designated_on).article("37(7)"),
        Field("cnil_number", &Dpo::cnil_number).max_length(100).article("37(7)"),
    });
    return schema;
}

Schema<Profile> const& schema_of(Profile const*)
{
    static Schema<Profile> const schema("profile", 1, {
        Field("name", &Profile::name).section("identity").required().max_length(300).searchable().in_list().article("30(1)(a)").material(),
        Field("kind", &Profile::kind),
        Field("public_body", &Profile::public_body).article("37(1)(a)").material(),
        Field("siren", &Profile::siren).max_length(9),
        Field("siret", &Profile::siret).max_length(14),
        Field("naf", &Profile::naf).max_length(10),
        Field("sector", &Profile::sector).max_length(200),
        Field("headcount", &Profile::headcount).article("30(5)").material(),

        Field("address", &Profile::address).section("contact").mandatory().max_length(500).article("30(1)(a)").material(),
        Field("postcode", &Profile::postcode).max_length(20),
        Field("city", &Profile::city).max_length(200),
        Field("country", &Profile::country),
        Field("phone", &Profile::phone).article("30(1)(a)").material(),
        Field("email", &Profile::email).mandatory().article("30(1)(a)").material(),
        Field("website", &Profile::website),
        Field("rights_contact", &Profile::rights_contact).mandatory().max_length(300).article("12(2)").material(),

        Field("legal_representative", &Profile::legal_representative).section("people").mandatory().personal_data(),
        Field("eu_representative", &Profile::eu_representative).article("27").personal_data(),
        Field("dpo", &Profile::dpo).article("37").personal_data().material(),
        Field("lead_authority", &Profile::lead_authority).max_length(200).article("56"),

        Field("claims_30_5", &Profile::claims_30_5).section("obligations").article("30(5)").material(),
        Field("acts_as_processor", &Profile::acts_as_processor).article("30(2)").material(),
        Field("pssi", &Profile::pssi).max_length(300).article("24(2)"),
        Field("pssi_reviewed_on", &Profile::pssi_reviewed_on).article("24(2)"),
        Field("attachments", &Profile::attachments).read_only(),
    });
    return schema;
}

}  // namespace greffier::profile
