#include "reception/deliveries.hpp"

#include <algorithm>

#include "accounts/accounts_fixture.hpp"

namespace greffier::reception {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using enum Deliveries::Taken::Outcome;

class DeliveriesTest : public accounts::AccountsFixture {
protected:
    Secret<Bytes> key{random_bytes(32)};
    RecordId record = RecordId::make();

    Deliveries::Made give(Deliveries const& deliveries, OrganisationId organisation, std::int64_t downloads = 2)
    {
        Deliveries::Made made;
        EXPECT_TRUE(database->write([&](storage::Session& session) -> Status {
            session.lock(organisation);
            made = deliveries.make_in(session, {record, Uuid::make(), CodeWay::Phone, downloads, 10, {{"a", std::string(64, 'a'), 3}, {"b", std::string(64, 'b'), 4}}}, now);
            return Nothing{};
        }).ok());
        return made;
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, DeliveriesTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

TEST_P(DeliveriesTest, a_code_opens_each_file_so_many_times)
{
    auto const vire = organisation("vire").id;
    Deliveries const deliveries(*database, vire, key);
    auto const made = give(deliveries, vire);
    EXPECT_EQ(made.code.size(), 12U);
    auto const take = [&](std::string_view file) { return deliveries.take(made.id, file, made.code, "192.0.2.17", now)->outcome; };
    EXPECT_EQ(take("a"), First);
    EXPECT_EQ(take("a"), Given);
    EXPECT_EQ(take("a"), Closed) << "used up";
    EXPECT_EQ(take("c"), Closed) << "not one of its files";
    EXPECT_EQ(deliveries.of(record).front().state(now), Delivery::State::Ready) << "the other file waits";
    EXPECT_EQ(take("b"), Given);
    EXPECT_EQ(take("b"), Given);
    EXPECT_EQ(deliveries.of(record).front().state(now), Delivery::State::Used);
    auto const trace = deliveries.trace(made.id);
    ASSERT_EQ(trace.size(), 5U);
    EXPECT_EQ(trace[0].what, "made");
    EXPECT_EQ(trace[1].what, "downloaded");
    EXPECT_EQ(trace[1].network, "192.0.2.0/24");
    EXPECT_EQ(trace[1].sha256, std::string(64, 'a'));
}

TEST_P(DeliveriesTest, wrong_codes_wait_longer_each_and_lock_in_the_end)
{
    auto const vire = organisation("vire").id;
    Deliveries const deliveries(*database, vire, key);
    auto const made = give(deliveries, vire);
    auto at = now;
    for (std::int64_t wrong = 1; wrong < wrong_codes_before_lock; ++wrong) {
        auto const taken = *deliveries.take(made.id, "a", "0000000000", "", at);
        ASSERT_EQ(taken.outcome, WrongCode);
        EXPECT_EQ(taken.tries_left, wrong_codes_before_lock - wrong);
        EXPECT_EQ(deliveries.take(made.id, "a", made.code, "", at + taken.wait - seconds{1})->outcome, Wait) << "the right one too";
        at += taken.wait;
    }
    EXPECT_EQ(deliveries.take(made.id, "a", "0000000000", "", at)->outcome, Locked);
    EXPECT_EQ(deliveries.take(made.id, "a", made.code, "", at + hours{1})->outcome, Locked);
    EXPECT_EQ(deliveries.of(record).front().state(at), Delivery::State::Locked);
}

TEST_P(DeliveriesTest, a_clock_put_back_makes_nobody_wait_for_ever)
{
    auto const vire = organisation("vire").id;
    Deliveries const deliveries(*database, vire, key);
    auto const made = give(deliveries, vire);
    ASSERT_EQ(deliveries.take(made.id, "a", "0", "", now + hours{24})->outcome, WrongCode);
    EXPECT_EQ(deliveries.take(made.id, "a", made.code, "", now)->outcome, First);
}

TEST_P(DeliveriesTest, it_ends_by_its_day_by_a_new_one_and_by_being_taken_back)
{
    auto const vire = organisation("vire").id, caen = organisation("caen").id;
    Deliveries const deliveries(*database, vire, key);
    auto const made = give(deliveries, vire);
    EXPECT_EQ(deliveries.take(made.id, "a", made.code, "", now + hours{240})->outcome, Closed);
    EXPECT_FALSE(Deliveries(*database, caen, key).take(made.id, "a", made.code, "", now).ok()) << "another town's";
    auto const next = give(deliveries, vire);
    EXPECT_EQ(deliveries.take(made.id, "a", made.code, "", now)->outcome, Closed);
    EXPECT_EQ(deliveries.take(next.id, "a", made.code, "", now)->outcome, WrongCode) << "a code is of one delivery";
    ASSERT_TRUE(deliveries.withdraw(record, Uuid::make(), now + hours{1}).ok());
    EXPECT_EQ(deliveries.take(next.id, "a", next.code, "", now + hours{1})->outcome, Closed);
    EXPECT_TRUE(std::ranges::all_of(deliveries.of(record), [](Delivery const& one) { return one.withdrawn_at.has_value(); }));
}

TEST_P(DeliveriesTest, nothing_in_the_database_is_the_code)
{
    auto const vire = organisation("vire").id;
    auto const made = give(Deliveries(*database, vire, key), vire);
    auto session = database->read();
    auto row = session->query(storage::SqlText{"SELECT code_hash FROM delivery"});
    ASSERT_TRUE(row.next());
    EXPECT_NE(row.view(0), to_hex(sha256(as_bytes(made.code))));
    EXPECT_EQ(row.view(0).size(), 64U);
}

TEST_P(DeliveriesTest, limits_are_within_reason_and_an_organisations_own)
{
    auto const vire = organisation("vire").id;
    Deliveries const deliveries(*database, vire, key);
    EXPECT_EQ(deliveries.defaults().days, 15);
    EXPECT_EQ(code(deliveries.keep_defaults({0, 5})), "downloads:delivery_range");
    EXPECT_EQ(code(deliveries.keep_defaults({5, 91})), "days:delivery_range");
    ASSERT_TRUE(deliveries.keep_defaults({3, 7}).ok());
    ASSERT_TRUE(deliveries.keep_defaults({4, 8}).ok());
    EXPECT_EQ(deliveries.defaults().downloads, 4);
}

TEST(NetworkPrefix, names_a_network_and_no_machine)
{
    EXPECT_EQ(network_prefix("192.0.2.17"), "192.0.2.0/24");
    EXPECT_EQ(network_prefix("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
    EXPECT_EQ(network_prefix("::1"), "::/64");
    EXPECT_EQ(network_prefix(""), "");
}

TEST(WholeNumber, is_nought_for_anything_else)
{
    EXPECT_EQ(whole_number(" 12 "), 12);
    for (auto const* text : {"", "dix", "1.5", "12x", "99999999999999999999"}) EXPECT_EQ(whole_number(text), 0) << text;
}

}  // namespace
}  // namespace greffier::reception
