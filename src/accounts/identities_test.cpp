#include "accounts/identities.hpp"

#include <algorithm>

#include "accounts/accounts_fixture.hpp"
#include "accounts/sign_in_ways.hpp"

namespace greffier::accounts {
namespace {

using namespace std::chrono_literals;

class IdentitiesTest : public AccountsFixture {
protected:
    WayRules rules{"keycloak", "Keycloak", WayRules::First::Invited, WayRules::Mail::Verified, {}, {}};
    Presented claire{"https://sso.ville.example", "248289761001", "claire@ville.example", "Claire Delmas", true, {}, {}, "", {}};
    Identities identities{*database};

    Result<Recognised> come() { return recognise(*database, rules, claire, now); }
    std::vector<Role> roles(PersonId person, OrganisationId where)
    {
        auto const held = memberships.of(person, where);
        return held ? held->roles : std::vector<Role>{};
    }
    static int count(std::vector<MappingChange> const& changes, MappingChange::What what)
    {
        return static_cast<int>(std::ranges::count(changes, what, &MappingChange::what));
    }
};

TEST_P(IdentitiesTest, who_was_invited_is_known_by_a_verified_address_and_ever_after_by_issuer_and_subject)
{
    auto const id = person("claire@ville.example").id;
    auto const first = come();
    ASSERT_TRUE(first.ok());
    EXPECT_EQ(first->person, id);
    EXPECT_TRUE(first->linked);
    claire.email = "c.delmas@ville.example";
    claire.email_verified = false;
    auto const again = come();
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again->person, id);
    EXPECT_FALSE(again->linked);
    EXPECT_EQ(identities.of(id).size(), 1U);
    // The address goes to somebody else at the provider: another subject is another person.
    claire.subject = "another";
    claire.email = "nobody@ville.example";
    claire.email_verified = true;
    EXPECT_EQ(code(come()), "way_unknown_account");
}

TEST_P(IdentitiesTest, no_account_is_taken_by_an_address_nobody_vouches_for)
{
    auto const id = person("claire@ville.example").id;
    claire.email_verified = false;
    EXPECT_EQ(code(come()), "way_unverified_mail");
    rules.mail = WayRules::Mail::Never;
    claire.email_verified = true;
    EXPECT_EQ(code(come()), "way_unknown_account");
    rules.mail = WayRules::Mail::Always;
    rules.first = WayRules::First::Never;
    EXPECT_EQ(code(come()), "way_unknown_account");
    rules.first = WayRules::First::Invited;
    claire.email.clear();
    EXPECT_EQ(code(come()), "way_no_mail");
    EXPECT_TRUE(identities.of(id).empty());
    claire.email = "Claire@Ville.Example";
    claire.email_verified = false;
    EXPECT_EQ(come()->person, id) << "the operator takes the provider's word, whatever it says";
}

TEST_P(IdentitiesTest, an_account_is_made_only_where_the_rule_says_so)
{
    EXPECT_EQ(code(come()), "way_unknown_account");
    rules.first = WayRules::First::Create;
    auto const made = come();
    ASSERT_TRUE(made.ok());
    EXPECT_TRUE(made->created);
    auto const person = *people.find(made->person);
    EXPECT_EQ(person.name, "Claire Delmas");
    EXPECT_FALSE(person.has_password);
    EXPECT_TRUE(memberships.held_by(person.id).empty()) << "and it opens nothing";
    claire.subject = "no address";
    claire.email = "not an address";
    EXPECT_EQ(code(come()), "way_no_mail");
}

TEST_P(IdentitiesTest, a_closed_account_stays_closed)
{
    auto const id = person("claire@ville.example").id;
    ASSERT_TRUE(people.disable(id, now).ok());
    EXPECT_EQ(code(come()), "way_closed_account");
    ASSERT_TRUE(people.enable(id).ok());
    ASSERT_TRUE(come().ok());
    ASSERT_TRUE(people.disable(id, now).ok());
    EXPECT_EQ(code(come()), "way_closed_account");
}

TEST_P(IdentitiesTest, roles_follow_the_groups_and_those_given_by_hand_are_left_alone)
{
    auto const ville = organisation("ville").id, other = organisation("other").id;
    auto const id = person("claire@ville.example").id;
    ASSERT_TRUE(memberships.grant(id, ville, Role::Ciso, now).ok());
    rules.roles = {*parse_mapped_role("rgpd-dpo = ville/dpo"), *parse_mapped_role("agents = other/reader"), *parse_mapped_role("rssi = ville/ciso"), *parse_mapped_role("x = nowhere/reader")};
    claire.groups = {"RGPD-DPO", "agents", "rssi", "x"};
    auto const first = come();
    ASSERT_TRUE(first.ok());
    EXPECT_EQ(count(first->roles, MappingChange::What::Given), 2);
    EXPECT_EQ(roles(id, ville), (std::vector{Role::Dpo, Role::Ciso}));
    EXPECT_EQ(roles(id, other), std::vector{Role::Reader});
    claire.groups = {"agents"};
    now += 1h;
    EXPECT_EQ(count(come()->roles, MappingChange::What::Withdrawn), 1);
    EXPECT_EQ(roles(id, ville), std::vector{Role::Ciso}) << "given by hand: no group takes it back";
    EXPECT_TRUE(come()->roles.empty()) << "nothing more to change";
    // The organisation's own page neither shows it as its own nor takes it away.
    auto const member = memberships.in(other).front();
    EXPECT_EQ(member.held.front().from, "keycloak");
    EXPECT_FALSE(member.holds_here(Role::Reader));
    ASSERT_TRUE(memberships.set_roles(id, other, {}, now).ok());
    EXPECT_EQ(roles(id, other), std::vector{Role::Reader});
    // Given by hand as well, it is the hand's.
    ASSERT_TRUE(memberships.set_roles(id, other, {Role::Reader}, now).ok());
    claire.groups.clear();
    EXPECT_TRUE(come()->roles.empty());
    EXPECT_EQ(roles(id, other), std::vector{Role::Reader});
}

TEST_P(IdentitiesTest, a_role_on_a_branch_comes_and_goes_with_its_group)
{
    auto const top = organisation("top");
    auto const below = *organisations.add({.slug = "below", .name = "Below", .kind = "commune", .parent = top.id}, now);
    auto const id = person("claire@ville.example").id;
    rules.roles = {*parse_mapped_role("cn=dpo,ou=groups,dc=ville = top/dpo/branch")};
    claire.groups = {"CN=dpo,OU=groups,DC=ville"};
    ASSERT_TRUE(come().ok());
    EXPECT_EQ(roles(id, below.id), std::vector{Role::Dpo});
    claire.groups.clear();
    ASSERT_TRUE(come().ok());
    EXPECT_TRUE(roles(id, below.id).empty());
    EXPECT_TRUE(roles(id, top.id).empty());
}

TEST_P(IdentitiesTest, an_organisation_keeps_its_last_administrator_whatever_the_groups_say)
{
    auto const ville = organisation("ville").id;
    auto const id = person("claire@ville.example").id;
    rules.roles = {*parse_mapped_role("chefs = ville/administrator")};
    claire.groups = {"chefs"};
    ASSERT_TRUE(come().ok());
    claire.groups.clear();
    auto const kept = come();
    ASSERT_TRUE(kept.ok()) << "the person comes in";
    EXPECT_EQ(count(kept->roles, MappingChange::What::Kept), 1);
    EXPECT_EQ(roles(id, ville), std::vector{Role::Administrator});
    auto const linked = identities.of(id).front();
    EXPECT_EQ(code(identities.unlink(id, linked.id, now)), "last_administrator");
    EXPECT_EQ(identities.of(id).size(), 1U) << "and nothing of it was done";
    ASSERT_TRUE(memberships.grant(person("paul@ville.example", "Paul").id, ville, Role::Administrator, now).ok());
    EXPECT_EQ(count(come()->roles, MappingChange::What::Withdrawn), 1);
    EXPECT_TRUE(roles(id, ville).empty());
}

TEST_P(IdentitiesTest, a_link_is_undone_by_its_person_alone_and_its_roles_go_with_it)
{
    auto const ville = organisation("ville").id;
    auto const id = person("claire@ville.example").id, stranger = person("paul@ville.example", "Paul").id;
    rules.roles = {*parse_mapped_role("agents = ville/reader")};
    claire.groups = {"agents"};
    ASSERT_TRUE(come().ok());
    auto const linked = identities.of(id).front();
    EXPECT_FALSE(identities.unlink(stranger, linked.id, now).ok());
    ASSERT_TRUE(database->write([&](storage::Session& session) -> Status {
        EXPECT_EQ(code(Identities::link_in(session, stranger, rules, claire, now)), "identity_taken");
        return Nothing{};
    }).ok());
    ASSERT_TRUE(identities.unlink(id, linked.id, now).ok());
    EXPECT_TRUE(identities.of(id).empty());
    EXPECT_TRUE(roles(id, ville).empty());
}

TEST_P(IdentitiesTest, what_maps_groups_is_read_strictly)
{
    auto const row = parse_mapped_role("cn=a = b,ou=c = ville/dpo/branch");
    ASSERT_TRUE(row);
    EXPECT_EQ(row->group, "cn=a = b,ou=c");
    EXPECT_TRUE(row->branch);
    for (auto const* bad : {"", "dpo", "dpo=ville/dpo", " = ville/dpo", "dpo = ville", "dpo = ville/emperor", "dpo = Ville/dpo", "dpo = ville/dpo/twig", "dpo = ville/auditor", "dpo = ville/dpo/branch/x"})
        EXPECT_FALSE(parse_mapped_role(bad)) << bad;
}

TEST_P(IdentitiesTest, a_journey_comes_back_once_in_time_and_under_our_seal)
{
    Journeys journeys(*database, Secret<Bytes>{Bytes(32, 9)}), others(*database, Secret<Bytes>{Bytes(32, 8)});
    auto const journey = Journeys::begin("keycloak", Journey::Purpose::Again, "https://rgpd.example/sign-in/with/keycloak/back", "/o/ville", now);
    auto const cookie = journeys.cookie_of(journey);
    auto const read = journeys.read(cookie, now + 9min);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->state, journey.state);
    EXPECT_EQ(read->verifier, journey.verifier);
    EXPECT_EQ(read->next, "/o/ville");
    EXPECT_EQ(read->purpose, Journey::Purpose::Again);
    EXPECT_GE(journey.verifier.size(), 43U) << "RFC 7636";
    EXPECT_FALSE(journeys.read(cookie, now + 10min));
    EXPECT_FALSE(journeys.read(cookie, now - 11min)) << "a clock set back";
    EXPECT_FALSE(others.read(cookie, now));
    auto changed = cookie;
    changed[changed.size() / 2] = changed[changed.size() / 2] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(journeys.read(changed, now));
    EXPECT_FALSE(journeys.read("", now));
    EXPECT_TRUE(journeys.take(journey, now));
    EXPECT_FALSE(journeys.take(journey, now));
    EXPECT_TRUE(Journeys::begin("k", Journey::Purpose::SignIn, "r", std::string(2000, 'x'), now).next.empty());
}

TEST_P(IdentitiesTest, the_providers_logout_ends_the_sessions_that_came_from_it_and_no_other)
{
    auto const id = person("claire@ville.example").id;
    SignInWays ways(*database, Secret<Bytes>{Bytes(32, 9)}, {});
    auto const hash = [](std::string const& token) {
        auto const made = sha256(as_bytes(token));
        return Bytes(made.begin(), made.end());
    };
    auto const there = sessions.start(id, now), elsewhere = sessions.start(id, now);
    claire.session = "sid-1";
    claire.id_token = SecretText{"head.payload.signature"};
    ways.note_origin(hash(there), "keycloak", claire, now + 12h);
    EXPECT_EQ(ways.origin_of(hash(there))->id_token.reveal(), "head.payload.signature");
    EXPECT_FALSE(ways.origin_of(hash(elsewhere)));
    EXPECT_TRUE(ways.end_sessions("https://other.example", {"248289761001", "", "1"}).empty());
    EXPECT_TRUE(ways.end_sessions("https://sso.ville.example", {"", "sid-2", "1"}).empty());
    EXPECT_EQ(ways.end_sessions("https://sso.ville.example", {"", "sid-1", "1"}), std::vector{id});
    EXPECT_FALSE(sessions.authenticate(there, now));
    EXPECT_TRUE(sessions.authenticate(elsewhere, now));
    // What stood between the two steps hands its origin on.
    ways.note_origin(hash("half"), "keycloak", claire, now + 5min);
    ways.pass_on(hash("half"), hash(elsewhere), now + 12h);
    EXPECT_EQ(ways.origin_of(hash(elsewhere))->provider, "keycloak");
    EXPECT_EQ(ways.remove_expired(now + 12h), 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, IdentitiesTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace
}  // namespace greffier::accounts
