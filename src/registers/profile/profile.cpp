#include "registers/profile/profile.hpp"

#include <array>

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

schema::ChoiceList<DpoKind> const& choices_of(DpoKind)
{
    using enum DpoKind;
    static schema::ChoiceList<DpoKind> const list("dpo_kind", {{Internal, {"internal"}}, {External, {"external"}}, {Shared, {"shared"}}});
    return list;
}

schema::ChoiceList<Designation> const& choices_of(Designation)
{
    static schema::ChoiceList<Designation> const list("dpo_designation", {{Designation::Mandatory, {"mandatory"}}, {Designation::Voluntary, {"voluntary"}}});
    return list;
}

schema::ChoiceList<ReportsTo> const& choices_of(ReportsTo)
{
    using enum ReportsTo;
    static schema::ChoiceList<ReportsTo> const list("dpo_reports_to", {{TopManagement, {"top_management"}}, {Director, {"director"}}, {Other, {"other"}}});
    return list;
}

schema::ChoiceList<HolidayCalendar> const& choices_of(HolidayCalendar)
{
    using enum HolidayCalendar;
    static schema::ChoiceList<HolidayCalendar> const list("holiday_calendar", {
        {Metro, {"METRO"}}, {AlsaceMoselle, {"ALSACE_MOSELLE"}}, {AlsaceMoselleNoTemple, {"ALSACE_MOSELLE_NO_TEMPLE"}}, {Gp, {"GP"}}, {Mq, {"MQ"}}, {Gf, {"GF"}},
        {Re, {"RE"}}, {Yt, {"YT"}}, {Mf, {"MF"}}, {Mf28, {"MF_28"}}, {Bl, {"BL"}}, {Pm, {"PM"}}, {Custom, {"CUSTOM"}},
    });
    return list;
}

schema::List const& DpoFunctions::list()
{
    static constexpr auto entries = std::to_array<schema::ListEntry>({
        {"general_management"}, {"operations"}, {"finance"}, {"marketing"}, {"human_resources"}, {"it_management"}, {"chief_physician"}, {"ciso"}, {"sole_manager"}, {"lawyer"},
        {"elected_official"}, {"town_clerk"}, {"legal_affairs"}, {"quality"}, {"archives"}, {"none"}, {"other"},
    });
    static constexpr schema::List list{"dpo_other_role", true, entries};
    return list;
}

Schema<Service> const& schema_of(Service const*)
{
    static Schema<Service> const schema("service_row", 1, {
        Field("name", &Service::name).title().required().max_length(200).searchable(),
        Field("head", &Service::head).max_length(200).searchable(),
        Field("email", &Service::email),
        Field("headcount", &Service::headcount).article("39(1)(b)"),
    });
    return schema;
}

Schema<Site> const& schema_of(Site const*)
{
    static Schema<Site> const schema("site_row", 1, {
        Field("name", &Site::name).title().required().max_length(200).searchable(),
        Field("address", &Site::address).max_length(500),
        Field("postcode", &Site::postcode).max_length(20),
        Field("city", &Site::city).max_length(200),
        Field("country", &Site::country),
    });
    return schema;
}

Schema<OwnHoliday> const& schema_of(OwnHoliday const*)
{
    static Schema<OwnHoliday> const schema("own_holiday", 1, {
        Field("name", &OwnHoliday::name).title().required().max_length(100),
        Field("day", &OwnHoliday::day).required(),
        Field("every_year", &OwnHoliday::every_year),
    });
    return schema;
}

Schema<Referent> const& schema_of(Referent const*)
{
    static Schema<Referent> const schema("referent_row", 1, {
        Field("name", &Referent::name).title().required().max_length(200).searchable(),
        Field("service", &Referent::service).max_length(200).suggest("service"),
        Field("phone", &Referent::phone),
        Field("email", &Referent::email),
    });
    return schema;
}

Schema<Dpo> const& schema_of(Dpo const*)
{
    static Schema<Dpo> const schema("dpo", 2, {
        Field("name", &Dpo::name).max_length(200).article("37(7)"),
        Field("function", &Dpo::function).max_length(200),
        Field("company", &Dpo::company).max_length(200),
        Field("address", &Dpo::address).max_length(500),
        Field("postcode", &Dpo::postcode).max_length(20),
        Field("city", &Dpo::city).max_length(200),
        Field("country", &Dpo::country),
        Field("phone", &Dpo::phone),
        Field("email", &Dpo::email).article("37(7)"),
        Field("kind", &Dpo::kind).article("37(3), 37(6)"),
        Field("designated_on", &Dpo::designated_on).article("37(7)"),
        Field("cnil_number", &Dpo::cnil_number).max_length(100).article("37(7)"),
        Field("published_contact", &Dpo::published_contact).max_length(300).article("37(7)"),
        Field("contract", &Dpo::contract).max_length(300).article("37(6)"),
        Field("ends_on", &Dpo::ends_on),
        Field("replaced_by", &Dpo::replaced_by).max_length(200),
        Field("qualifications", &Dpo::qualifications).max_length(4000).article("37(5)"),
        Field("certified_by", &Dpo::certified_by).max_length(200),
        Field("certifier_contact", &Dpo::certifier_contact).max_length(300).since(2),
        Field("certificate_number", &Dpo::certificate_number).max_length(100),
        Field("certificate_until", &Dpo::certificate_until),
        Field("time_pct", &Dpo::time_pct).article("38(2)"),
        Field("resources", &Dpo::resources).max_length(4000).article("38(2)"),
        Field("reports_to", &Dpo::reports_to).article("38(3)"),
        Field("independence", &Dpo::independence).max_length(4000).article("38(3)"),
        Field("other_roles", &Dpo::other_roles).article("38(6)"),
        Field("involvement", &Dpo::involvement).max_length(4000).article("38(1)"),
        Field("designation", &Dpo::designation).article("37(4)"),
        Field("no_instructions", &Dpo::no_instructions).article("38(3)"),
        Field("no_penalty", &Dpo::no_penalty).article("38(3)"),
        Field("consulted_early", &Dpo::consulted_early).article("38(1)"),
        Field("reachable", &Dpo::reachable).article("38(4)"),
        Field("secrecy", &Dpo::secrecy).article("38(5)"),
        Field("trainings", &Dpo::trainings).max_length(4000).article("38(2)"),
        Field("other_clients", &Dpo::other_clients).max_length(4000).article("37(2)"),
    });
    return schema;
}

Schema<OfficerTest> const& schema_of(OfficerTest const*)
{
    static Schema<OfficerTest> const schema("officer_test", 1, {
        Field("monitoring", &OfficerTest::monitoring).article("37(1)(b)"),
        Field("sensitive", &OfficerTest::sensitive).article("37(1)(c)"),
        Field("processor_monitoring", &OfficerTest::processor_monitoring).article("37(1)(b)"),
        Field("processor_sensitive", &OfficerTest::processor_sensitive).article("37(1)(c)"),
        Field("scale", &OfficerTest::scale).max_length(4000).article("37(1)"),
        Field("assessed_on", &OfficerTest::assessed_on).article("5(2)"),
    });
    return schema;
}

Schema<Profile> const& schema_of(Profile const*)
{
    static Schema<Profile> const schema("profile", 2, {
        Field("name", &Profile::name).section("identity").required().max_length(300).searchable().in_list().article("30(1)(a)").material(),
        Field("kind", &Profile::kind),
        Field("public_body", &Profile::public_body).article("37(1)(a)").material(),
        Field("siren", &Profile::siren).max_length(9),
        Field("siret", &Profile::siret).max_length(14),
        Field("insee_code", &Profile::insee_code).max_length(5),
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
        Field("officer_test", &Profile::officer_test).article("37(1)").material(),
        Field("dpo_analysis", &Profile::dpo_analysis).max_length(4000).article("37(1)"),
        Field("ciso", &Profile::ciso).personal_data(),
        Field("referents", &Profile::referents).personal_data(),
        Field("lead_authority", &Profile::lead_authority).max_length(200).article("56"),

        Field("services", &Profile::services).section("organisation"),
        Field("sites", &Profile::sites),
        Field("holiday_calendar", &Profile::holiday_calendar),
        Field("own_holidays", &Profile::own_holidays),

        Field("claims_30_5", &Profile::claims_30_5).section("obligations").article("30(5)").material(),
        Field("acts_as_processor", &Profile::acts_as_processor).article("30(2)").material(),
        Field("pssi", &Profile::pssi).max_length(300).article("24(2)"),
        Field("pssi_reviewed_on", &Profile::pssi_reviewed_on).article("24(2)"),
        Field("attachments", &Profile::attachments).read_only(),
    });
    return schema;
}

law::Place place_of(schema::Row const& row)
{
    auto const& info = profile_schema().info();
    auto const& code = schema::text_of(info, row, "holiday_calendar");
    std::vector<law::Calendar::OwnDay> own;
    if (auto const* rows = std::get_if<schema::Rows>(&schema::get(info, row, "own_holidays"))) {
        auto const& parts = schema_of(static_cast<OwnHoliday const*>(nullptr)).info();
        for (auto const& each : *rows)
            if (auto const* day = std::get_if<Date>(&schema::get(parts, each, "day"))) own.push_back({schema::text_of(parts, each, "name"), *day, schema::truth_of(parts, each, "every_year")});
    }
    law::Calendar calendar(law::find_calendar(code) ? std::string_view{code} : "METRO", std::move(own));
    auto zone = calendar.info().zone;
    return {std::move(calendar), std::move(zone)};
}

}  // namespace greffier::profile
