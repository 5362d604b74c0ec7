#include "web/forwarded.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

#include "web/address.hpp"

namespace greffier::web {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

RawHead with(Fields fields)
{
    RawHead head;
    head.fields = std::move(fields);
    return head;
}

TEST(Address, has_one_spelling)
{
    EXPECT_EQ(address_text(address_bytes("2001:DB8:0::1")), "2001:db8::1");
    EXPECT_EQ(address_text(address_bytes("::ffff:10.0.0.1")), "10.0.0.1");
    EXPECT_EQ(address_text(address_bytes("10.0.0.256")), "");
    for (auto const* local : {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"}) EXPECT_TRUE(is_loopback_address(local)) << local;
    for (auto const* other : {"128.0.0.1", "::2", "::", "", "127.0.0.1.example"}) EXPECT_FALSE(is_loopback_address(other)) << other;
}

TEST(TrustedProxies, are_believed_and_nobody_else)
{
    TrustedProxies proxies({"10.0.0.0/8", "::1"});
    EXPECT_TRUE(proxies.contains("10.200.3.4"));
    EXPECT_TRUE(proxies.contains("::ffff:10.0.0.1"));
    EXPECT_FALSE(proxies.contains("11.0.0.1"));
    auto const head = with({{"X-Forwarded-For", "1.1.1.1, 192.0.2.7, 10.0.0.2"}, {"X-Forwarded-Proto", "https"}, {"X-Forwarded-Host", "rgpd.example"}});
    auto const believed = proxies.visitor("10.0.0.1", head);
    EXPECT_EQ(believed.address, "192.0.2.7");   // what stands left of the first stranger was written by that stranger
    EXPECT_EQ(believed.secure, true);
    EXPECT_EQ(believed.hosts, std::vector<std::string>{"rgpd.example"});
    auto const stranger = proxies.visitor("192.0.2.1", head);
    EXPECT_EQ(stranger.address, "192.0.2.1");
    EXPECT_FALSE(stranger.secure.has_value());
    EXPECT_TRUE(stranger.hosts.empty());
    for (auto bad : {"10.0.0.0/33", "x", "10.0.0.0/", "10.0.0.0/-1", "localhost"}) EXPECT_THROW(TrustedProxies({bad}), std::invalid_argument) << bad;
}

TEST(TrustedProxies, are_read_over_several_lines_with_ports_and_in_both_kinds_of_addresses)
{
    TrustedProxies proxies({"10.0.0.0/8", "2001:db8:ffff::/48"});
    auto address = [&](std::string_view peer, Fields fields) { return proxies.visitor(peer, with(std::move(fields))).address; };
    EXPECT_EQ(address("10.0.0.1", {{"x-forwarded-for", "192.0.2.9"}, {"X-Forwarded-For", "10.0.0.3"}}), "192.0.2.9");
    EXPECT_EQ(address("10.0.0.1", {{"X-Forwarded-For", "192.0.2.9:50123"}}), "192.0.2.9");
    EXPECT_EQ(address("10.0.0.1", {{"X-Forwarded-For", "[2001:DB8::7]:443, [2001:db8:ffff::1]"}}), "2001:db8::7");
    EXPECT_EQ(address("2001:db8:ffff::2", {{"X-Forwarded-For", "2001:db8::7"}}), "2001:db8::7");
    EXPECT_EQ(address("10.0.0.1", {{"X-Forwarded-For", "10.0.0.8, 10.0.0.9"}}), "10.0.0.8");
    EXPECT_EQ(address("10.0.0.1", {{"X-Forwarded-For", "192.0.2.9, not-an-address, 10.0.0.2"}}), "10.0.0.2");
    EXPECT_EQ(address("10.0.0.1", {{"X-Forwarded-For", "unknown"}}), "10.0.0.1");
    EXPECT_EQ(address("10.0.0.1", {{"X-Forwarded-For", ""}}), "10.0.0.1");
    EXPECT_EQ(address("10.0.0.1", {}), "10.0.0.1");
}

TEST(TrustedProxies, speak_by_the_forwarded_header_too)
{
    TrustedProxies proxies({"10.0.0.0/8"});
    auto const visitor = proxies.visitor("10.0.0.1", with({{"Forwarded", "for=9.9.9.9;proto=http;host=lie.example, For=\"[2001:db8::7]:4711\";Proto=HTTPS;host=\"rgpd.example\""}, {"Forwarded", "for=10.0.0.2;by=_a"}}));
    EXPECT_EQ(visitor.address, "2001:db8::7");
    EXPECT_EQ(visitor.secure, true);
    EXPECT_EQ(visitor.hosts, std::vector<std::string>{"rgpd.example"});
    EXPECT_EQ(proxies.visitor("10.0.0.1", with({{"Forwarded", "for=_hidden;proto=https"}})).address, "10.0.0.1");
    EXPECT_EQ(proxies.visitor("10.0.0.1", with({{"Forwarded", "for=\"192.0.2.1, for=10.0.0.5"}})).address, "10.0.0.1");
    EXPECT_EQ(proxies.visitor("10.0.0.1", with({{"Forwarded", ";;,=,for"}})).address, "10.0.0.1");
}

TEST(TrustedProxies, do_not_vouch_for_the_kind_of_header_they_do_not_write)
{
    auto const both = with({{"Forwarded", "for=1.1.1.1"}, {"X-Forwarded-For", "2.2.2.2"}});
    EXPECT_EQ(TrustedProxies({"10.0.0.1"}).visitor("10.0.0.1", both).address, "2.2.2.2");
    EXPECT_EQ(TrustedProxies({"10.0.0.1"}, TrustedProxies::Believe::ForwardedOnly).visitor("10.0.0.1", both).address, "1.1.1.1");
    EXPECT_EQ(TrustedProxies({"10.0.0.1"}, TrustedProxies::Believe::ForwardedOnly).visitor("10.0.0.1", with({{"X-Forwarded-For", "2.2.2.2"}})).address, "10.0.0.1");
}

TEST(TrustedProxies, tell_the_scheme_of_the_hop_that_faces_the_visitor)
{
    TrustedProxies proxies({"10.0.0.0/8"});
    auto secure = [&](Fields fields) { return proxies.visitor("10.0.0.1", with(std::move(fields))).secure; };
    EXPECT_EQ(secure({{"X-Forwarded-For", "192.0.2.1, 10.0.0.2"}, {"X-Forwarded-Proto", "https, http"}}), true);
    EXPECT_EQ(secure({{"X-Forwarded-For", "9.9.9.9, 192.0.2.1, 10.0.0.2"}, {"X-Forwarded-Proto", "https, http, http"}}), false);
    EXPECT_EQ(secure({{"X-Forwarded-Proto", "https"}}), true);
    EXPECT_EQ(secure({{"X-Forwarded-Proto", "gopher"}}), std::nullopt);
}

TEST(TrustedProxies, name_the_host_that_was_asked_for)
{
    auto host = [](Fields fields, std::vector<std::string> const& allowed) {
        auto head = with(std::move(fields));
        replace_host(head, TrustedProxies({"10.0.0.1"}).visitor("10.0.0.1", head), allowed);
        return head.fields.front().second;
    };
    EXPECT_EQ(host({{"Host", "inner:8080"}, {"X-Forwarded-Host", "rgpd.example"}}, {"rgpd.example"}), "rgpd.example");
    EXPECT_EQ(host({{"Host", "inner:8080"}, {"X-Forwarded-Host", "evil.example"}}, {"rgpd.example"}), "evil.example");   // and will be refused
    EXPECT_EQ(host({{"Host", "inner:8080"}}, {"rgpd.example"}), "inner:8080");
    auto without = with({{"X-Forwarded-Host", "rgpd.example"}});
    replace_host(without, TrustedProxies({"10.0.0.1"}).visitor("10.0.0.1", without), {"rgpd.example"});
    EXPECT_EQ(without.fields.size(), 1u);   // a request without Host stays one, and is refused
}

}  // namespace
}  // namespace greffier::web
