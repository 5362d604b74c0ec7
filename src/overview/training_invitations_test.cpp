#include "overview/training_invitations.hpp"

#include <gtest/gtest.h>

namespace greffier::overview {
namespace {

using Standing = Invitee::Standing;

Timestamp const now = *parse_timestamp("2026-03-02T09:00:00Z");

struct InvitationPlans : testing::Test {
    records::Stored stored;
    training::Training session;
    std::vector<InvitationLetter> sent;

    InvitationPlans()
    {
        stored.head.id = RecordId::make();
        stored.head.version = 3;
        stored.head.status = "scheduled";
        session.title = "Réflexes";
        session.starts_at = *parse_timestamp("2026-05-04T08:00:00Z");
        session.owner.email = {"claire@ville.example"};
        session.attendees = {{.id = "a", .name = "Ana", .email = {"Ana@ville.example"}}, {.id = "b", .name = "Zoé"}};
    }
    [[nodiscard]] InvitationPlan plan() const { return plan_invitations(stored, session, sent, now); }
    [[nodiscard]] Standing ana() const { return plan().people.at(0).standing; }
    /// As `send` would have told her of what is so now.
    void tell_ana(bool cancelled = false)
    {
        sent.push_back({"ana@ville.example", stored.head.version, cancelled, "Ana", "claire@ville.example", cancelled ? std::string{} : what_is_told(session, *organiser_of(session)), *session.starts_at, now, {}});
        ++stored.head.version;
    }
};

TEST_F(InvitationPlans, invite_who_has_an_address_once_for_what_is_so)
{
    EXPECT_EQ(ana(), Standing::Waiting);
    EXPECT_EQ(plan().people.at(1).standing, Standing::NoAddress);
    tell_ana();
    EXPECT_EQ(ana(), Standing::Told);
    EXPECT_FALSE(plan().is_news());
    session.attendees[0].attended = true;
    EXPECT_EQ(ana(), Standing::Told) << "what the letter did not say";
}

TEST_F(InvitationPlans, tell_again_of_another_hour_place_address_or_host)
{
    tell_ana();
    auto const before = session;
    session.starts_at = *session.starts_at + std::chrono::hours{1};
    EXPECT_EQ(ana(), Standing::Outdated);
    session = before;
    session.place = "Médiathèque";
    EXPECT_EQ(ana(), Standing::Outdated);
    session = before;
    session.owner.email = {"nadia@ville.example"};
    EXPECT_EQ(ana(), Standing::Outdated);
    session.owner.email = {};
    EXPECT_EQ(ana(), Standing::Told) << "without anybody to invite, whoever did still does";
    session = before;
    session.attendees[0].email = {"ana.roux@ville.example"};
    auto const moved = plan();
    EXPECT_EQ(moved.people.at(0).standing, Standing::Waiting) << "another address is another calendar";
    EXPECT_EQ(moved.people.back().standing, Standing::Leaving);
}

TEST_F(InvitationPlans, call_off_whoever_holds_an_invitation_and_nobody_else)
{
    session.attendees.push_back({.id = "c", .name = "Luc", .email = {"luc@ville.example"}});
    tell_ana();
    stored.head.status = "called_off";
    EXPECT_EQ(ana(), Standing::Leaving);
    EXPECT_EQ(plan().people.at(2).standing, Standing::Idle);
    tell_ana(true);
    EXPECT_EQ(ana(), Standing::Off);
    stored.head.status = "scheduled";
    EXPECT_EQ(ana(), Standing::Waiting) << "it takes place after all";
    stored.head.deleted_at = now;
    EXPECT_EQ(ana(), Standing::Off);
    session.starts_at.reset();
    stored.head.deleted_at.reset();
    EXPECT_TRUE(plan().off);
}

TEST_F(InvitationPlans, write_nobody_of_what_is_past)
{
    tell_ana();
    session.starts_at = now - std::chrono::hours{2};
    EXPECT_EQ(ana(), Standing::Told);
    EXPECT_FALSE(plan().is_news());
    session.attendees.erase(session.attendees.begin());
    sent.back().starts_at = now - std::chrono::hours{2};
    EXPECT_FALSE(plan().is_news());
}

TEST_F(InvitationPlans, send_one_letter_to_two_people_behind_one_address)
{
    session.attendees.push_back({.id = "c", .name = "Ana Roux", .email = {"ANA@ville.example"}});
    EXPECT_EQ(plan().count(Standing::Waiting), 1);
}

}  // namespace
}  // namespace greffier::overview
