#include "registers/consent/point.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace greffier::consent {

using schema::Field;
using schema::Schema;

Schema<PointPurpose> const& schema_of(PointPurpose const*)
{
    static Schema<PointPurpose> const schema("consent_point_purpose", 1, {
        Field("name", &PointPurpose::name).title().required().max_length(200).article("7(2)"),
        Field("details", &PointPurpose::details).max_length(2000).article("4(11)"),
        Field("recipients", &PointPurpose::recipients).max_length(300).article("13(1)(e)"),
        Field("explicit_needed", &PointPurpose::explicit_needed).article("9(2)(a)"),
    });
    return schema;
}

Schema<Wording> const& schema_of(Wording const*)
{
    static Schema<Wording> const schema("consent_point_wording", 1, {
        Field("version", &Wording::version).title().required().max_length(60).article("7(1)"),
        Field("wording_fr", &Wording::wording_fr).mandatory().max_length(4000).article("7(2)"),
        Field("wording_en", &Wording::wording_en).max_length(4000).article("7(2)"),
        Field("used_from", &Wording::used_from).article("7(1)"),
        Field("used_to", &Wording::used_to).article("7(1)"),
        Field("notice_version", &Wording::notice_version).max_length(60).article("13"),
        Field("controller_shown", &Wording::controller_shown).max_length(200).article("4(11)"),
        Field("screenshot", &Wording::screenshot).max_length(200).article("7(1)"),
    });
    return schema;
}

Schema<Point> const& schema_of(Point const*)
{
    static Schema<Point> const schema("consent_point", 2, {
        Field("name", &Point::name).section("identity").required().max_length(200).searchable().in_list(),
        Field("processing", &Point::processing).mandatory().article("7(1)").material(),
        Field("kind", &Point::kind).mandatory().in_list().article("7(1)"),
        Field("place", &Point::place).max_length(300).searchable().article("7(1)"),
        Field("service", &Point::service).max_length(200).searchable().in_list().suggest("service"),
        Field("owner", &Point::owner).mandatory().article("5(2)").personal_data(),

        Field("purposes", &Point::purposes).section("asking").mandatory().article("7(2)").material(),
        Field("granular", &Point::granular).article("7(2)"),
        Field("acts", &Point::acts).mandatory().article("4(11)").material(),
        Field("pre_ticked", &Point::pre_ticked).article("4(11)"),
        Field("explicit_for", &Point::explicit_for).article("9(2)(a), 22(2)(c), 49(1)(a)"),
        Field("wordings", &Point::wordings).mandatory().article("7(1)").material(),

        Field("freely_given", &Point::freely_given).section("validity").mandatory().article("7(4)"),
        Field("specific", &Point::specific).mandatory().article("4(11)"),
        Field("informed", &Point::informed).mandatory().article("4(11)"),
        Field("unambiguous", &Point::unambiguous).mandatory().article("4(11)"),
        Field("imbalance", &Point::imbalance).article("7(4)"),
        Field("staff", &Point::staff).article("7(4), 88"),
        Field("bundled", &Point::bundled).article("7(4)"),
        Field("detriment", &Point::detriment).article("7(4)"),
        Field("collective_agreement", &Point::collective_agreement).article("4(11)"),
        Field("blanket", &Point::blanket).article("4(11)"),
        Field("assessment", &Point::assessment).max_length(4000).article("7(4)"),

        Field("form_unticked", &Point::form_unticked).section("form").article("4(11), CPCE L34-5").since(2),
        Field("form_objection", &Point::form_objection).article("21(2), 21(4), CPCE L34-5").since(2),
        Field("form_marked", &Point::form_marked).article("13(2)(e)").since(2),
        Field("form_notice", &Point::form_notice).article("13(1), 13(2)").since(2),
        Field("form_checked_on", &Point::form_checked_on).article("5(2)").since(2),

        Field("give_steps", &Point::give_steps).section("withdrawal").mandatory().article("7(3)"),
        Field("withdraw_steps", &Point::withdraw_steps).mandatory().article("7(3)"),
        Field("give_login", &Point::give_login).article("7(3)"),
        Field("withdraw_login", &Point::withdraw_login).article("7(3)"),
        Field("withdraw_how", &Point::withdraw_how).mandatory().max_length(2000).article("7(3)"),
        Field("give_again", &Point::give_again),

        Field("minors", &Point::minors).section("children").article("8, LIL 45"),
        Field("parental_mechanism", &Point::parental_mechanism).max_length(2000).article("8(2), LIL 45").shown_when("minors", {"true"}),

        Field("refresh_months", &Point::refresh_months).section("keeping").article("7"),
        Field("proof_retention", &Point::proof_retention).mandatory().article("5(1)(e)"),
        Field("proof_processing", &Point::proof_processing).article("7(1)"),
        Field("last_review", &Point::last_review).article("24(1)"),
        Field("next_review", &Point::next_review).article("24(1)"),
        Field("reviewer", &Point::reviewer).max_length(200).personal_data(),
        Field("notes", &Point::notes).max_length(10000).searchable(),
        Field("attachments", &Point::attachments).read_only(),
    });
    return schema;
}

PointPurpose const* Point::purpose(std::string_view wanted) const
{
    auto const folded = fold(squeeze(wanted));
    auto const found = std::ranges::find_if(purposes, [&](PointPurpose const& one) { return fold(squeeze(one.name)) == folded; });
    return found == purposes.end() ? nullptr : &*found;
}

Wording const* Point::wording_on(Date day) const
{
    Wording const* shown = nullptr;
    for (auto const& one : wordings) {
        bool const holds = (!one.used_from || *one.used_from <= day) && (!one.used_to || *one.used_to >= day);
        if (holds && (!shown || !shown->used_from || (one.used_from && *one.used_from >= *shown->used_from))) shown = &one;
    }
    return shown;
}

Wording const* Point::wording(std::string_view version) const
{
    auto const found = std::ranges::find(wordings, version, &Wording::version);
    return found == wordings.end() ? nullptr : &*found;
}

bool Point::is_pre_ticked() const { return pre_ticked || std::ranges::find(acts, Act::PreTicked) != acts.end(); }

}  // namespace greffier::consent
