#include "registers/policy/policy.hpp"

#include <algorithm>

namespace greffier::policy {

using schema::ChoiceList;
using schema::Field;
using schema::Schema;

ChoiceList<PolicyKind> const& choices_of(PolicyKind)
{
    using enum PolicyKind;
    static ChoiceList<PolicyKind> const list("policy_kind", {
        {Security, {"security"}}, {ItCharter, {"it_charter"}}, {Conduct, {"conduct"}}, {Breaches, {"breaches"}}, {Inspection, {"inspection"}}, {Rights, {"rights"}},
        {Retention, {"retention"}}, {Access, {"access"}}, {Backup, {"backup"}}, {Processors, {"processors"}}, {DesignReview, {"design"}}, {Operations, {"operations"}},
        {Privacy, {"privacy"}}, {EmploymentContract, {"employment_contract"}}, {Other, {"other"}},
    });
    return list;
}

ChoiceList<CharterHeading> const& choices_of(CharterHeading)
{
    using enum CharterHeading;
    static ChoiceList<CharterHeading> const list("charter_heading", {
        {DataProtection, {"data_protection"}}, {Scope, {"scope"}}, {Use, {"use"}}, {Administration, {"administration"}}, {Sanctions, {"sanctions"}},
    });
    return list;
}

ChoiceList<PolicyAudience> const& choices_of(PolicyAudience)
{
    using enum PolicyAudience;
    static ChoiceList<PolicyAudience> const list("policy_audience", {
        {AllStaff, {"all_staff"}}, {Managers, {"managers"}}, {ItTeam, {"it_team"}}, {HumanResources, {"human_resources"}}, {FrontDesk, {"front_desk"}}, {Newcomers, {"newcomers"}},
        {Trainees, {"trainees"}}, {Contractors, {"contractors"}}, {Elected, {"elected"}}, {Public, {"public"}},
    });
    return list;
}

ChoiceList<ReadingProof> const& choices_of(ReadingProof)
{
    using enum ReadingProof;
    static ChoiceList<ReadingProof> const list("reading_proof", {
        {Acknowledged, {"acknowledged"}}, {Signature, {"signature"}}, {Message, {"message"}}, {Session, {"session"}}, {Other, {"other"}},
    });
    return list;
}

std::span<CharterHeading const> all_headings()
{
    using enum CharterHeading;
    static constexpr CharterHeading all[] = {DataProtection, Scope, Use, Administration, Sanctions};
    return all;
}

bool Policy::read_by_account(std::string_view account) const
{
    return std::ranges::any_of(readings, [&](Reading const& one) { return one.account == account && one.edition == edition; });
}

std::int64_t Policy::readers() const { return std::ranges::count(readings, edition, &Reading::edition); }

Schema<Reading> const& schema_of(Reading const*)
{
    static Schema<Reading> const schema("policy_reading", 1, {
        Field("reader", &Reading::reader).title().required().max_length(200).personal_data(),
        Field("service", &Reading::service).max_length(200).suggest("service"),
        Field("edition", &Reading::edition).max_length(100),
        Field("read_on", &Reading::read_on),
        Field("proof", &Reading::proof).article("5(2)"),
        Field("account", &Reading::account).max_length(36).read_only(),
    });
    return schema;
}

Schema<Policy> const& schema_of(Policy const*)
{
    static Schema<Policy> const schema("policy", 3, {
        Field("name", &Policy::name).section("document").required().max_length(300).searchable().in_list(),
        Field("kind", &Policy::kind).mandatory().in_list().article("24(2)").material(),
        Field("summary", &Policy::summary).mandatory().max_length(4000).searchable(),
        Field("audience", &Policy::audience).mandatory().article("32(4)"),
        Field("kept_at", &Policy::kept_at).mandatory().max_length(300).searchable(),
        Field("address", &Policy::address),
        Field("service", &Policy::service).max_length(200).searchable().suggest("service"),
        Field("owner", &Policy::owner).mandatory().article("5(2)").personal_data(),

        Field("text", &Policy::text).section("words").max_length(60000).searchable().material().since(2),
        Field("in_public", &Policy::in_public).facet().article("12(1)").since(3),
        Field("asks_agreement", &Policy::asks_agreement).article("7(4), 88").shown_when("kind", {"it_charter", "conduct", "privacy", "employment_contract", "access", "other"}).since(2),
        Field("agreement_reason", &Policy::agreement_reason).max_length(2000).article("7(4)").shown_when("kind", {"it_charter", "conduct", "privacy", "employment_contract", "access", "other"}).since(2),

        Field("edition", &Policy::edition).section("edition").mandatory().max_length(100).in_list().material(),
        Field("adopted_on", &Policy::adopted_on).mandatory().article("24(2)").material(),
        Field("adopted_by", &Policy::adopted_by).mandatory().max_length(200).article("24(2)"),
        Field("applies_from", &Policy::applies_from).in_list(),
        Field("headings", &Policy::headings).shown_when("kind", {"it_charter"}),
        Field("annexed_to_rules", &Policy::annexed_to_rules).shown_when("kind", {"it_charter", "conduct"}),
        Field("staff_consulted_on", &Policy::staff_consulted_on).shown_when("kind", {"it_charter", "conduct"}),

        Field("expected_readers", &Policy::expected_readers).section("readers").article("32(4)"),
        Field("readings", &Policy::readings).article("32(4)"),

        Field("last_review", &Policy::last_review).section("follow_up").article("24(1)"),
        Field("next_review", &Policy::next_review).article("24(1)"),
        Field("reviewer", &Policy::reviewer).max_length(200).personal_data(),
        Field("notes", &Policy::notes).max_length(10000).searchable(),
        Field("attachments", &Policy::attachments).read_only(),
    });
    return schema;
}

}  // namespace greffier::policy
