#include <gtest/gtest.h>

#include <stdexcept>

#include "ledger/ledger.hpp"

namespace greffier::ledger {
namespace {

Entry example()
{
    Bytes salt(32);
    for (std::size_t i = 0; i < salt.size(); ++i) salt[i] = static_cast<std::uint8_t>(i);
    Entry entry;
    entry.organisation = *OrganisationId::parse("0190f3a2-7c41-7d10-8a55-1c2d3e4f5061");
    entry.time = *parse_timestamp("2026-03-30T13:20:00Z");
    entry.actor = *Uuid::parse("0190f3a2-7c41-7d10-8a55-aaaaaaaaaaaa");
    entry.action = Action::Create;
    entry.register_slug = "processings";
    entry.record = *Uuid::parse("0190f3a2-7c41-7d10-8a55-bbbbbbbbbbbb");
    entry.version = 1;
    entry.schema_version = 1;
    entry.commitment = commit(salt, as_bytes(R"({"name":"État civil"})"));
    return entry;
}

// The expected bytes were computed apart, in Python. If this test fails the format has changed: it may not.
TEST(Entry, has_the_bytes_it_always_had)
{
    EXPECT_EQ(canonical(example()),
              R"({"action":"create","actor":"0190f3a2-7c41-7d10-8a55-aaaaaaaaaaaa","clock_went_back":false,)"
              R"("commitment":"1149919c5e4c789f03933d3645ce577ebde9efc18339acaae5a83a46eee99e76","format":1,"note":null,)"
              R"("organisation":"0190f3a2-7c41-7d10-8a55-1c2d3e4f5061","record":"0190f3a2-7c41-7d10-8a55-bbbbbbbbbbbb",)"
              R"("register":"processings","schema_version":1,"sequence":0,"time":"2026-03-30T13:20:00.000Z","version":1})");
    EXPECT_EQ(to_hex(leaf_hash(canonical(example()))), "1239f4c6e2f36bfec6e1604f13c69fdfbb5a39c2f658aadd68f1c4f6d43f19b0");
}

TEST(Entry, about_the_log_itself_has_the_bytes_it_always_had)
{
    Entry entry;
    entry.organisation = example().organisation;
    entry.sequence = 1;
    entry.time = example().time;
    entry.clock_went_back = true;
    entry.action = Action::Key;
    entry.note = "a\"\\b\n\x01é";
    EXPECT_EQ(canonical(entry),
              R"({"action":"key","actor":null,"clock_went_back":true,"commitment":null,"format":1,"note":"a\"\\b\n\u0001é",)"
              R"("organisation":"0190f3a2-7c41-7d10-8a55-1c2d3e4f5061","record":null,"register":null,"schema_version":0,)"
              R"("sequence":1,"time":"2026-03-30T13:20:00.000Z","version":0})");
    EXPECT_EQ(to_hex(leaf_hash(canonical(entry))), "89f24cfd5be3fbde8d4cdb1cd98704ea5550ca3f6b883127270683aa6b8fa99f");
}

TEST(Entry, control_characters_are_written_as_rfc_8785_does)
{
    auto entry = example();
    entry.note = "\b\f\n\r\t\x1f\x7f/";
    EXPECT_NE(canonical(entry).find(R"("note":"\b\f\n\r\t\u001f)" "\x7f/\""), std::string::npos);
}

TEST(Entry, a_number_that_json_would_round_is_refused)
{
    auto entry = example();
    entry.sequence = (std::uint64_t{1} << 53) + 1;
    EXPECT_THROW(canonical(entry), std::logic_error);
    entry.sequence = 0;
    entry.version = -1;
    EXPECT_THROW(canonical(entry), std::logic_error);
}

TEST(Entry, every_member_changes_the_bytes)
{
    auto const before = canonical(example());
    auto const differs = [&](auto change) {
        auto entry = example();
        change(entry);
        return canonical(entry) != before;
    };
    EXPECT_TRUE(differs([](Entry& e) { e.organisation = OrganisationId::make(); }));
    EXPECT_TRUE(differs([](Entry& e) { e.sequence = 1; }));
    EXPECT_TRUE(differs([](Entry& e) { e.time += std::chrono::milliseconds{1}; }));
    EXPECT_TRUE(differs([](Entry& e) { e.clock_went_back = true; }));
    EXPECT_TRUE(differs([](Entry& e) { e.actor = Uuid::make(); }));
    EXPECT_TRUE(differs([](Entry& e) { e.action = Action::Update; }));
    EXPECT_TRUE(differs([](Entry& e) { e.register_slug = "profile"; }));
    EXPECT_TRUE(differs([](Entry& e) { e.record = Uuid::make(); }));
    EXPECT_TRUE(differs([](Entry& e) { e.version = 2; }));
    EXPECT_TRUE(differs([](Entry& e) { e.schema_version = 2; }));
    EXPECT_TRUE(differs([](Entry& e) { e.commitment[31] ^= 1; }));
    EXPECT_TRUE(differs([](Entry& e) { e.note = "n"; }));
}

TEST(Entry, a_commitment_depends_on_salt_and_content)
{
    auto const salt = random_bytes(32), other = random_bytes(32);
    EXPECT_NE(commit(salt, as_bytes("a")), commit(salt, as_bytes("b")));
    EXPECT_NE(commit(salt, as_bytes("a")), commit(other, as_bytes("a")));
    EXPECT_EQ(commit(salt, as_bytes("a")), commit(salt, as_bytes("a")));
}

TEST(Entry, actions_have_their_codes)
{
    EXPECT_EQ(code_of(Action::Create), "create");
    EXPECT_EQ(code_of(Action::Update), "update");
    EXPECT_EQ(code_of(Action::Delete), "delete");
    EXPECT_EQ(code_of(Action::Restore), "restore");
    EXPECT_EQ(code_of(Action::Erase), "erase");
    EXPECT_EQ(code_of(Action::Import), "import");
    EXPECT_EQ(code_of(Action::Key), "key");
    EXPECT_EQ(code_of(Action::Transfer), "transfer");
}

}  // namespace
}  // namespace greffier::ledger
