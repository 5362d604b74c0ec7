#include "mail/imap.hpp"

#include <gtest/gtest.h>

namespace greffier::mail {
namespace {

TEST(Imap, reads_addresses)
{
    auto const secure = parse_imap_url("imaps://imap.ville.example");
    ASSERT_TRUE(secure);
    EXPECT_EQ(secure->host, "imap.ville.example");
    EXPECT_EQ(secure->port, 993);
    EXPECT_EQ(parse_imap_url("imap://127.0.0.1:1143/")->port, 1143);
    EXPECT_EQ(parse_imap_url("imap://127.0.0.1")->port, 143);
    EXPECT_EQ(parse_imap_url("imap://127.0.0.1")->tls, ImapSettings::Tls::StartTls);
    for (auto const* url : {"", "http://x", "imaps://", "imaps://a b", "imaps://x:0", "imaps://x/INBOX"}) EXPECT_FALSE(parse_imap_url(url)) << url;
}

TEST(Imap, reads_what_servers_say)
{
    EXPECT_EQ(parse_search("* SEARCH 7 3 12\r\n"), (std::vector<std::int64_t>{3, 7, 12}));
    EXPECT_TRUE(parse_search("* SEARCH\r\n").empty());
    EXPECT_TRUE(parse_search("* OK SEARCH x -1 99999999999999999999\r\n").empty());
    auto const state = parse_status("* STATUS INBOX (UIDVALIDITY 1700000000 UIDNEXT 8)\r\n");
    ASSERT_TRUE(state);
    EXPECT_EQ(state->next, 8);
    EXPECT_FALSE(parse_status("* STATUS INBOX (MESSAGES 8)"));
}

}  // namespace
}  // namespace greffier::mail
