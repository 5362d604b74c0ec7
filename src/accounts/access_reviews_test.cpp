#include "accounts/access_reviews.hpp"

#include "accounts/accounts_fixture.hpp"

namespace greffier::accounts {
namespace {

class AccessReviewsTest : public AccountsFixture {
protected:
    OrganisationInfo vire = organisation("vire");
    Person claire = person("claire@vire.example"), paul = person("paul@vire.example", "Paul Martin");
    AccessReviews reviews{*database, vire.id};
    Uuid actor = Uuid::make();

    void SetUp() override
    {
        ASSERT_TRUE(memberships.grant(claire.id, vire.id, Role::Administrator, now).ok());
        ASSERT_TRUE(memberships.grant(paul.id, vire.id, Role::Contributor, now).ok());
    }
    std::map<Uuid, Verdict> all(AccessReviewId id, Verdict verdict)
    {
        std::map<Uuid, Verdict> verdicts;
        for (auto const& line : reviews.lines(id)) verdicts[line.subject] = verdict;
        return verdicts;
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, AccessReviewsTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

TEST_P(AccessReviewsTest, it_takes_down_who_may_enter_and_when_they_last_came)
{
    journal.keep({.event = "signed_in", .person = paul.id}, now + std::chrono::hours{1});
    auto token = *tokens.add({.organisation = vire.id, .role = Role::Reader, .name = "Nuit", .expires_at = now + std::chrono::hours{24}}, now);
    auto const id = *reviews.start(actor, now + std::chrono::hours{2});
    auto const lines = reviews.lines(id);
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[0].name, "Claire Delmas");
    EXPECT_FALSE(lines[0].last_seen);
    EXPECT_EQ(lines[1].name, "Paul Martin");
    EXPECT_EQ(lines[1].last_seen, now + std::chrono::hours{1});
    EXPECT_TRUE(lines[2].token);
    EXPECT_EQ(lines[2].subject, token.info.id.uuid);
    EXPECT_EQ(reviews.find(id)->undecided, 3);
    EXPECT_EQ(code(reviews.start(actor, now)), "review_open");
}

TEST_P(AccessReviewsTest, what_is_removed_goes_at_the_end_and_the_rest_stays)
{
    auto token = *tokens.add({.organisation = vire.id, .role = Role::Reader, .name = "Nuit", .expires_at = now + std::chrono::hours{24}}, now);
    auto const id = *reviews.start(actor, now);
    EXPECT_EQ(code(reviews.finish(id, actor, now)), "review_undecided");
    ASSERT_TRUE(reviews.decide(id, all(id, Verdict::Removed), actor, now).ok());
    EXPECT_TRUE(memberships.of(paul.id, vire.id)) << "until the end";
    EXPECT_EQ(code(reviews.finish(id, actor, now)), "last_administrator");
    EXPECT_TRUE(memberships.of(paul.id, vire.id)) << "refused whole";
    EXPECT_TRUE(tokens.authenticate(token.plain, now));
    for (auto const& line : reviews.lines(id))
        if (line.role == Role::Administrator) {
            ASSERT_TRUE(reviews.decide(id, {{line.subject, Verdict::Kept}}, actor, now).ok());
        }
    ASSERT_TRUE(reviews.finish(id, actor, now + std::chrono::minutes{1}).ok());
    EXPECT_FALSE(memberships.of(paul.id, vire.id));
    EXPECT_TRUE(memberships.of(claire.id, vire.id));
    EXPECT_FALSE(tokens.authenticate(token.plain, now + std::chrono::minutes{2}));
    auto const kept = *reviews.find(id);
    EXPECT_EQ(kept.removed, 2);
    EXPECT_EQ(kept.finished_by, actor);
    EXPECT_EQ(reviews.lines(id)[1].name, "Paul Martin") << "the evidence names who has left";
    EXPECT_EQ(code(reviews.decide(id, {}, actor, now)), "review_finished");
    EXPECT_EQ(code(reviews.abandon(id)), "review_finished");
    EXPECT_TRUE(reviews.start(actor, now + std::chrono::hours{1}).ok());
}

TEST_P(AccessReviewsTest, what_comes_from_above_is_shown_and_decided_there)
{
    auto school = *organisations.add({.slug = "ecole", .name = "École", .kind = "commune", .parent = vire.id}, now);
    ASSERT_TRUE(memberships.grant(claire.id, vire.id, Role::Administrator, now, {.branch = true}).ok());
    AccessReviews below{*database, school.id};
    auto const id = *below.start(actor, now);
    auto const lines = below.lines(id);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].from_above, vire.name);
    ASSERT_TRUE(below.decide(id, {{lines[0].subject, Verdict::Removed}}, actor, now).ok());
    EXPECT_EQ(below.lines(id)[0].verdict, Verdict::None);
    ASSERT_TRUE(below.finish(id, actor, now).ok());
    EXPECT_TRUE(memberships.of(claire.id, school.id));
}

TEST_P(AccessReviewsTest, another_organisation_sees_and_changes_none_of_it)
{
    auto const id = *reviews.start(actor, now);
    AccessReviews other{*database, organisation("caen").id};
    EXPECT_TRUE(other.all().empty());
    EXPECT_FALSE(other.find(id));
    EXPECT_TRUE(other.lines(id).empty());
    EXPECT_EQ(code(other.decide(id, all(id, Verdict::Removed), actor, now)), "not_found");
    EXPECT_EQ(code(other.finish(id, actor, now)), "not_found");
    EXPECT_EQ(code(other.abandon(id)), "not_found");
    ASSERT_TRUE(reviews.abandon(id).ok());
    EXPECT_TRUE(reviews.all().empty());
}

TEST_P(AccessReviewsTest, who_left_while_it_lasted_is_not_in_its_way)
{
    auto const id = *reviews.start(actor, now);
    ASSERT_TRUE(memberships.revoke(paul.id, vire.id, {}, now).ok());
    ASSERT_TRUE(memberships.grant(paul.id, vire.id, Role::Reader, now + std::chrono::minutes{1}).ok());
    auto verdicts = all(id, Verdict::Kept);
    for (auto const& line : reviews.lines(id))
        if (line.role == Role::Contributor) verdicts[line.subject] = Verdict::Removed;
    ASSERT_TRUE(reviews.decide(id, verdicts, actor, now).ok());
    ASSERT_TRUE(reviews.finish(id, actor, now + std::chrono::minutes{2}).ok());
    EXPECT_EQ(memberships.of(paul.id, vire.id)->roles, std::vector{Role::Reader}) << "what was given since is not what was judged";
}

}  // namespace
}  // namespace greffier::accounts
