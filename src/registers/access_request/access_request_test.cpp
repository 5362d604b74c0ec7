#include <gtest/gtest.h>

#include "registers/access_request/access_request.hpp"
#include "registers/access_request/approval.hpp"
#include "registers/access_request/panel.hpp"
#include "registers/access_request/rules.hpp"
#include "schema/test_bodies.hpp"

namespace greffier::access_request {
namespace {

using Ids = std::vector<std::string_view>;

Date day(char const* text) { return *parse_date(text); }

Ids rules_hit(AccessRequest const& request, std::string const& status)
{
    Ids hit;
    for (auto const& rule : access_request_rules()) {
        std::vector<records::Finding> findings;
        records::Report report(findings, rule.id, rule.severity);
        records::Circumstances now;
        now.status = status;
        rule.check(request, now, report);
        if (!findings.empty()) hit.push_back(rule.id);
    }
    return hit;
}

accounts::Context context_of(Uuid actor, std::string name, std::string email)
{
    accounts::Context context;
    context.actor.emplace();
    context.actor->id = actor;
    context.frame.person_name = std::move(name);
    context.frame.person_email = std::move(email);
    return context;
}

TEST(AccessRequestSchema, bodies_of_released_versions_are_read_for_ever) { schema::expect_old_bodies_read(access_request_schema().info()); }

TEST(AccessRequestRules, let_no_access_open_without_somebody_elses_agreement)
{
    AccessRequest request;
    EXPECT_EQ(rules_hit(request, "requested"), Ids{}) << "it may wait";
    EXPECT_EQ(rules_hit(request, "agreed"), Ids{"SEC-030"});
    EXPECT_EQ(rules_hit(request, "granted"), Ids{"SEC-030"});
    request.approved_on = day("2026-11-20");
    EXPECT_EQ(rules_hit(request, "granted"), Ids{});
}

TEST(AccessRequestRules, want_an_end_for_whoever_comes_from_outside)
{
    AccessRequest request;
    request.external = true;
    EXPECT_EQ(rules_hit(request, "requested"), Ids{"SEC-031"});
    request.ends_on = day("2026-12-31");
    EXPECT_EQ(rules_hit(request, "requested"), Ids{});
}

TEST(AccessRequestApproval, is_nobodys_who_wrote_asks_or_benefits)
{
    AccessRequest request;
    request.asked_by.name = "Sophie Lagrange";
    request.asked_by.email.value = "sophie@ville.example";
    request.beneficiary.name = "Karim Benali";
    auto const writer = Uuid::make(), other = Uuid::make();
    records::Version first;
    first.number = 1;
    first.actor = writer;
    std::vector const versions{first};
    EXPECT_TRUE(is_own(request, versions, context_of(writer, "Claire Delmas", "claire@ville.example")));
    EXPECT_TRUE(is_own(request, versions, context_of(other, "S. Lagrange", "Sophie@ville.example"))) << "the address says who it is";
    EXPECT_TRUE(is_own(request, versions, context_of(other, "karim benali", "karim@ville.example")));
    EXPECT_FALSE(is_own(request, versions, context_of(other, "Paul Marchand", "paul@ville.example")));
}

TEST(AccessRequestDues, remind_of_the_end_of_an_open_access)
{
    AccessRequest request;
    request.wanted_from = day("2026-12-01");
    request.ends_on = day("2027-01-31");
    auto const row = access_request_schema().pack(request);
    auto const where = law::Place::of("METRO");
    EXPECT_EQ(dues_of(row, {"requested", {}, day("2026-11-22"), where}).at(0).kind, "access_request.wanted");
    auto const open = dues_of(row, {"granted", {}, day("2026-11-22"), where});
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(open[0].kind, "access_request.end");
    EXPECT_EQ(open[0].day, day("2027-01-31"));
}

}  // namespace
}  // namespace greffier::access_request
