#include <gtest/gtest.h>

#include "net/http.hpp"
#include "net/ldap.hpp"

namespace greffier::net {
namespace {

TEST(Addresses, tell_the_open_internet_from_what_leads_back_inside)
{
    for (auto const* inside : {"127.0.0.1", "10.3.4.5", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1", "::1", "::", "::ffff:127.0.0.1",
                               "::ffff:10.0.0.1", "::10.0.0.1", "fe80::1", "fd00::1", "ff02::1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1"})
        EXPECT_FALSE(is_public(*parse_address(inside))) << inside;
    for (auto const* outside : {"9.9.9.9", "172.32.0.1", "192.169.0.1", "::ffff:9.9.9.9", "2a01:e0a::1", "2620:fe::fe"}) EXPECT_TRUE(is_public(*parse_address(outside))) << outside;
    for (auto const* none : {"", "localhost", "127.1", "0x7f.0.0.1", "10.0.0.0/8", "1.2.3.4.5"}) EXPECT_FALSE(parse_address(none)) << none;
}

TEST(Addresses, are_compared_with_ranges_bit_by_bit)
{
    auto const range = *parse_range("10.1.128.0/17");
    EXPECT_TRUE(range.contains(*parse_address("10.1.200.7")));
    EXPECT_FALSE(range.contains(*parse_address("10.1.127.255")));
    EXPECT_TRUE(parse_range("fd00::/8")->contains(*parse_address("fd12::3")));
    EXPECT_FALSE(parse_range("fd00::/8")->contains(*parse_address("10.0.0.1")));
    EXPECT_TRUE(parse_range("0.0.0.0/0")->contains(*parse_address("9.9.9.9")));
    EXPECT_FALSE(parse_range("0.0.0.0/0")->contains(*parse_address("fd00::1")));
    for (auto const* bad : {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8x", "::/129"}) EXPECT_FALSE(parse_range(bad)) << bad;
}

TEST(HttpUrl, is_taken_apart_and_refused_when_it_hides_something)
{
    auto const url = parse_url("https://SSO.ville.example:8443/realms/x?y=z");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->origin(), "https://sso.ville.example:8443");
    EXPECT_EQ(url->text(), "https://sso.ville.example:8443/realms/x?y=z");
    EXPECT_EQ(parse_url("http://[::1]:80/x")->origin(), "http://[::1]");
    EXPECT_EQ(parse_url("https://a.example?x")->text(), "https://a.example/?x");
    for (auto const* bad : {"ftp://a.example/", "https://", "https://u:p@a.example/", "https://a.example@b.example/", "https://a.example/#x", "https://a.example/ x", "https://a.example\\@b.example/",
                            "https://a.example:0/", "https://a.example:99999/", "https://a.example:/", "https://[zz]/", "//a.example/", "javascript:alert(1)"})
        EXPECT_FALSE(parse_url(bad)) << bad;
}

TEST(OutboundRules, list_places_by_range_or_by_origin)
{
    auto const rules = OutboundRules::parse({"10.1.0.0/16", "http://127.0.0.1:8081", "https://sso.local/"});
    ASSERT_TRUE(rules.ok());
    EXPECT_TRUE(rules->may_speak(*parse_url("http://127.0.0.1:8081/x")));
    EXPECT_FALSE(rules->may_speak(*parse_url("http://127.0.0.1:8082/x")));
    EXPECT_TRUE(rules->may_speak(*parse_url("https://anywhere.example/x")));
    EXPECT_TRUE(rules->is_listed("https://sso.local"));
    EXPECT_FALSE(OutboundRules::parse({"sso.local"}).ok());
    EXPECT_FALSE(OutboundRules::parse({"https://sso.local/path"}).ok());
}

TEST(Outbound, refuses_before_it_calls)
{
    auto const outbound = make_outbound({});
    EXPECT_EQ(outbound->send({"http://sso.ville.example/"}).error().code, "outbound_plain");
    EXPECT_EQ(outbound->send({"gopher://sso.ville.example/"}).error().code, "outbound_address");
    EXPECT_EQ(outbound->send({"https://127.0.0.1:1/"}).error().code, "outbound_private");
    EXPECT_EQ(outbound->send({"https://[::1]:1/"}).error().code, "outbound_private");
    EXPECT_EQ(outbound->send({"https://localhost:1/"}).error().code, "outbound_private");
    auto const listed = make_outbound(*OutboundRules::parse({"127.0.0.0/8"}));
    EXPECT_EQ(listed->send({"https://127.0.0.1:1/"}).error().code, "outbound_unreachable");
}

TEST(Ldap, writes_what_was_typed_as_a_value_and_never_as_a_filter)
{
    EXPECT_EQ(escape_ldap_filter("claire.delmas"), "claire.delmas");
    EXPECT_EQ(escape_ldap_filter("*)(uid=*"), "\\2a\\29\\28uid=\\2a");
    EXPECT_EQ(escape_ldap_filter(std::string{"\\\0", 2}), "\\5c\\00");
    EXPECT_EQ(escape_ldap_filter("Zoé"), "Zo\\c3\\a9");
}

TEST(Ldap, knows_a_group_by_its_own_name)
{
    EXPECT_EQ(first_rdn_value("cn=rgpd-dpo,ou=groups,dc=ville"), "rgpd-dpo");
    EXPECT_EQ(first_rdn_value("CN=Dpo\\, délégués,DC=ville"), "Dpo, délégués");
    for (auto const* none : {"", "rgpd-dpo", "cn", "=,="}) EXPECT_EQ(first_rdn_value(none), "") << none;
}

TEST(Ldap, never_sends_a_bind_without_a_password)
{
    // Refused before a server is asked: there is none at that port.
    auto const session = open_ldap({"ldap://127.0.0.1:1", false, "", std::chrono::seconds{1}});
    ASSERT_TRUE(session.ok()) << "libldap connects when it is first asked";
    EXPECT_EQ((*session)->bind("cn=x", SecretText{""}).error().code, "ldap_empty");
    EXPECT_EQ((*session)->bind("", SecretText{"x"}).error().code, "ldap_empty");
    EXPECT_EQ((*session)->bind("cn=x", SecretText{"x"}).error().code, "ldap_away");
    EXPECT_EQ(open_ldap({"ldap://127.0.0.1:1", true, "", std::chrono::seconds{1}}).error().code, "ldap_away");
}

}  // namespace
}  // namespace greffier::net
