#include "registers/consent/consent.hpp"

#include <algorithm>

namespace greffier::consent {

using schema::Field;
using schema::Schema;

Schema<Consent> const& schema_of(Consent const*)
{
    static Schema<Consent> const schema("consent", 1, {
        Field("purpose", &Consent::purpose).section("what").required().max_length(200).searchable().in_list().article("7(1)").material(),
        Field("point", &Consent::point).mandatory().article("7(1)").material(),
        Field("wording_version", &Consent::wording_version).mandatory().max_length(60).article("7(1)").material(),
        Field("explicit", &Consent::explicit_given).article("9(2)(a), 22(2)(c), 49(1)(a)").material(),
        Field("explicit_for", &Consent::explicit_for).article("9(2)(a), 22(2)(c), 49(1)(a)").shown_when("explicit", {"true"}),

        Field("identifier", &Consent::identifier).section("who").required().max_length(200).article("7(1)").personal_data(),
        Field("email", &Consent::email).personal_data(),
        Field("minor", &Consent::minor).article("8, LIL 45"),
        Field("guardian", &Consent::guardian).max_length(200).article("8(1), LIL 45").personal_data().shown_when("minor", {"true"}),
        Field("guardian_verification", &Consent::guardian_verification).max_length(2000).article("8(2)").personal_data().shown_when("minor", {"true"}),

        Field("given_at", &Consent::given_at).section("how").mandatory().in_list().article("7(1)").material(),
        Field("act", &Consent::act).mandatory().article("4(11)").material(),
        Field("source", &Consent::source).max_length(200).suggest("source"),
        Field("evidence", &Consent::evidence).mandatory().max_length(500).article("7(1)").personal_data(),
        Field("evidence_hash", &Consent::evidence_hash).max_length(128).article("7(1)"),

        Field("withdrawn_at", &Consent::withdrawn_at).section("withdrawal").article("7(3)"),
        Field("withdrawal_channel", &Consent::withdrawal_channel).article("7(3)"),
        Field("effects", &Consent::effects).max_length(2000).article("7(3)"),
        Field("effects_on", &Consent::effects_on).article("7(3)"),
        Field("last_use", &Consent::last_use).article("7(3)"),

        Field("asked_again_on", &Consent::asked_again_on).section("refresh"),
        Field("confirmed_on", &Consent::confirmed_on),
        Field("attachments", &Consent::attachments).read_only().personal_data(),
    });
    return schema;
}

std::optional<Date> fresh_until(Consent const& consent, std::int64_t refresh_months, std::string_view zone)
{
    constexpr std::int64_t longest = 1200;
    if (!consent.given_at || refresh_months <= 0) return std::nullopt;
    auto from = local_date(*consent.given_at, std::string{zone});
    if (consent.confirmed_on) from = std::max(from, *consent.confirmed_on);
    return add_months(from, static_cast<int>(std::min(refresh_months, longest)));
}

}  // namespace greffier::consent
