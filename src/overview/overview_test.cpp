#include "overview/overview.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "compliance/linter.hpp"
#include "overview/pages.hpp"
#include "records/store.hpp"
#include "registers/processing/processing.hpp"
#include "registers/processing/register.hpp"
#include "storage/test_database.hpp"

namespace greffier::overview {
namespace {

using records::Finding;
using records::Severity;

/// Says of each record what the test put for its name.
struct Judge final : records::Examiner {
    std::map<std::string, std::vector<Finding>> said;
    std::vector<Finding> examine(records::Subject const& subject, records::Surroundings&) const override
    {
        auto const found = said.find(schema::text_of(*subject.schema, *subject.row, "name"));
        return found == said.end() ? std::vector<Finding>{} : found->second;
    }
};

class OverviewTest : public ::testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    records::Register const& kind = processing::processing_register();
    records::Registers registers{{&kind}};
    Judge judge;
    records::LedgerKeeper keeper{*database, SigningKey::from_seed(Secret<Bytes>(random_bytes(32))), database.directory() / "checkpoints"};
    records::Machinery machinery{*database, registers, judge, keeper};
    OrganisationId town = organisation("town"), other = organisation("other");
    Timestamp clock = *parse_timestamp("2026-03-01T08:00:00Z");
    Uuid clerk = Uuid::make();
    Overview overview{*database, town, accounts::Sight::everything()};

    OrganisationId organisation(char const* slug)
    {
        auto const id = OrganisationId::make();
        auto done = database->write([&](storage::Session& session) -> Status {
            session.execute(storage::SqlText{"INSERT INTO organisation(id, slug, name, kind, language, zone, created_at) VALUES(?,?,?,'commune','fr','Europe/Paris',0)"}, id, slug, slug);
            return Nothing{};
        });
        EXPECT_TRUE(done.ok());
        return id;
    }
    records::By by()
    {
        clock += std::chrono::hours(1);
        return {clerk, clock, "Europe/Paris"};
    }
    records::Stored add(OrganisationId where, std::string name, std::vector<Finding> findings = {}, std::optional<Date> review = {}, std::string status = "draft")
    {
        judge.said[name] = std::move(findings);
        processing::Processing record;
        record.name = std::move(name);
        record.next_review = review;
        auto made = records::Records(machinery, where, accounts::Sight::everything()).create(kind, {processing::processing_schema().pack(record), "", std::move(status)}, by());
        EXPECT_TRUE(made.ok());
        return *made;
    }
    static std::vector<std::string> titles(auto const& rows)
    {
        std::vector<std::string> all;
        for (auto const& row : rows) all.push_back(row.record.title);
        return all;
    }
    std::int64_t tallied(std::string_view status, std::optional<Severity> worst = {})
    {
        std::int64_t sum = 0;
        for (auto const& tally : overview.tallies())
            if (tally.status == status && tally.worst == worst) sum += tally.count;
        return sum;
    }
};

using Titles = std::vector<std::string>;

TEST_P(OverviewTest, reviews_are_counted_month_by_month_and_what_is_late_apart)
{
    clock = *parse_timestamp("2026-03-20T08:00:00Z");
    auto const day = [](char const* text) { return *parse_date(text); };
    add(town, "late", {}, day("2026-03-19"));
    add(town, "today", {}, day("2026-03-20"));
    add(town, "this month", {}, day("2026-03-31"));
    add(town, "first of the next", {}, day("2026-04-01"));
    add(town, "same day next year", {}, day("2027-02-28"));
    add(town, "beyond", {}, day("2027-03-01"));
    add(other, "elsewhere", {}, day("2026-03-31"));
    auto const calendar = overview.reviews_by_month(clock, "Europe/Paris");
    ASSERT_EQ(calendar.months.size(), 12u);
    EXPECT_EQ(calendar.late, 1);
    EXPECT_EQ(calendar.months[0].count, 2);
    EXPECT_EQ(calendar.months[1].count, 1);
    EXPECT_EQ(calendar.months[11].count, 1);
    EXPECT_EQ(calendar.months[0].first, day("2026-03-01"));
}

TEST_P(OverviewTest, what_waits_longest_in_a_status_comes_first)
{
    add(town, "A", {}, {}, "to_validate");
    add(town, "B", {}, {}, "to_validate");
    add(town, "C");
    add(other, "D", {}, {}, "to_validate");
    EXPECT_EQ(titles(overview.waiting("processings", "to_validate", 10)), (Titles{"A", "B"}));
    EXPECT_EQ(overview.waiting("processings", "to_validate", 1).size(), 1u);
}

TEST_P(OverviewTest, counts_live_records_by_status_and_by_worst_finding)
{
    add(town, "A", {{"REG-008", Severity::Blocking, {"subject_categories"}}, {"REG-017", Severity::Minor, {"owner"}}});
    add(town, "B", {{"REG-017", Severity::Minor, {"owner"}}}, {}, "production");
    add(town, "C");
    add(other, "D", {{"REG-008", Severity::Blocking, {"subject_categories"}}});
    auto const gone = add(town, "E", {{"REG-008", Severity::Blocking, {"subject_categories"}}});
    ASSERT_TRUE(records::Records(machinery, town, accounts::Sight::everything()).remove(kind, gone.head.id, gone.head.version, by()).ok());
    EXPECT_EQ(tallied("draft"), 2);
    EXPECT_EQ(tallied("production"), 1);
    EXPECT_EQ(tallied("", Severity::Blocking), 1);
    EXPECT_EQ(tallied("", Severity::Minor), 1);
    EXPECT_EQ(tallied("", Severity::Major), 0);
}

TEST_P(OverviewTest, what_is_wrong_comes_worst_first_and_leaves_minor_findings_out)
{
    add(town, "Mineure", {{"REG-017", Severity::Minor, {"owner"}}});
    add(town, "Majeure", {{"REG-011", Severity::Major, {"measures"}}});
    add(town, "Bloquante", {{"REG-017", Severity::Minor, {"owner"}}, {"REG-008", Severity::Blocking, {"subject_categories"}}, {"REG-011", Severity::Major, {"measures"}}});
    add(other, "Ailleurs", {{"REG-008", Severity::Blocking, {"subject_categories"}}});
    auto const wrong = overview.wrong(10);
    EXPECT_EQ(titles(wrong), (Titles{"Bloquante", "Majeure"}));
    EXPECT_EQ(wrong[0].rule, "REG-008");
    EXPECT_EQ(wrong[0].findings, 2);
    EXPECT_EQ(wrong[1].worst, Severity::Major);
    EXPECT_EQ(overview.wrong(1).size(), 1U);
}

TEST_P(OverviewTest, what_is_due_comes_soonest_first_and_counts_beyond_its_limit)
{
    using namespace std::chrono;
    add(town, "Mai", {}, 2026y / May / 1d);
    add(town, "Février", {}, 2026y / February / 1d);
    add(town, "Mars", {}, 2026y / March / 20d);
    add(town, "Décembre", {}, 2026y / December / 1d);
    add(town, "Sans date");
    add(other, "Ailleurs", {}, 2026y / February / 2d);
    auto const now = *parse_timestamp("2026-03-10T08:00:00Z");
    auto const due = overview.due(now, now + days(60), 2);
    EXPECT_EQ(titles(due.first), (Titles{"Février", "Mars"}));
    EXPECT_EQ(due.total, 3);
    EXPECT_EQ(due.late, 1);
    EXPECT_EQ(overview.due(*parse_timestamp("2020-01-01T00:00:00Z"), *parse_timestamp("2020-02-01T00:00:00Z"), 10).total, 0);
}

TEST_P(OverviewTest, what_changed_names_the_last_act_and_its_author)
{
    auto const first = add(town, "Première");
    add(town, "Seconde");
    add(other, "Ailleurs");
    auto row = first.row;
    schema::set(*kind.schema, row, "people_count", std::int64_t{12});
    auto const saved = records::Records(machinery, town, accounts::Sight::everything()).update(kind, {first.head.id, first.head.version, row}, by());
    ASSERT_TRUE(saved.ok());
    auto const changed = overview.changed(10);
    ASSERT_EQ(titles(changed), (Titles{"Première", "Seconde"}));
    EXPECT_EQ(changed[0].action, "update");
    EXPECT_EQ(changed[0].version, 2);
    EXPECT_EQ(changed[1].action, "create");
    EXPECT_EQ(changed[0].by, clerk);
    EXPECT_EQ(changed[0].at, clock);
}

TEST_P(OverviewTest, findings_are_filtered_by_severity_and_rule_and_paged)
{
    add(town, "B", {{"REG-008", Severity::Blocking, {"subject_categories"}}, {"REG-017", Severity::Minor, {"owner"}}});
    add(town, "A", {{"REG-008", Severity::Blocking, {"subject_categories"}}, {"REG-003", Severity::Minor, {"name"}, {{"min", "3"}}}});
    add(other, "C", {{"REG-008", Severity::Blocking, {"subject_categories"}}});
    EXPECT_EQ(titles(overview.findings({}, 50, 0)), (Titles{"A", "B", "A", "B"}));
    EXPECT_EQ(titles(overview.findings({}, 2, 1)), (Titles{"B", "A"}));
    EXPECT_EQ(titles(overview.findings({Severity::Minor, ""}, 50, 0)), (Titles{"A", "B"}));
    auto const one = overview.findings({std::nullopt, "REG-003"}, 50, 0);
    ASSERT_EQ(one.size(), 1U);
    EXPECT_EQ(one[0].finding.arguments.at("min"), "3");
    EXPECT_EQ(one[0].finding.place.field, "name");
    EXPECT_TRUE(overview.findings({Severity::Blocking, "REG-003"}, 50, 0).empty());
    auto const rules = overview.rules();
    ASSERT_EQ(rules.size(), 3U);
    EXPECT_EQ(rules[0].rule, "REG-008");
    EXPECT_EQ(rules[0].count, 2);
}

TEST_P(OverviewTest, the_report_holds_every_live_record_also_the_sound_ones)
{
    add(town, "Saine");
    add(town, "Deux", {{"REG-008", Severity::Blocking, {"subject_categories"}}, {"REG-017", Severity::Minor, {"owner"}}});
    add(other, "Ailleurs");
    auto const items = overview.lint_items(registers);
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0].title, "Saine");
    EXPECT_TRUE(items[0].findings.empty());
    ASSERT_EQ(items[1].findings.size(), 2U);
    EXPECT_EQ(items[1].findings[0].rule, "REG-008");
    EXPECT_EQ(items[1].register_slug, "processings");
    auto const filtered = overview.lint_items(registers, {Severity::Minor, ""});
    ASSERT_EQ(filtered.size(), 2U);
    EXPECT_EQ(filtered[1].findings.size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Engines, OverviewTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

// ---- the pages --------------------------------------------------------------------------------------------

struct PagesTest : OverviewTest {
    OverviewServices services{machinery, [](OrganisationId, Uuid, Locale const&) { return std::string{"Claire Delmas"}; }};
    std::vector<accounts::Route> routes = overview_routes(services);

    web::Response get(std::string const& path, web::Pairs query = {}, accounts::Role role = accounts::Role::Dpo)
    {
        accounts::Context context;
        context.now = clock + std::chrono::hours(1);
        context.actor = accounts::Actor{town, clerk, role, {role}, {}, false};
        context.actor->sight = accounts::Sight::everything();
        context.organisation = accounts::OrganisationInfo{town, "town", "Ville", "commune", {}};
        context.frame.csrf = "t";
        web::Request request;
        request.query = std::move(query);
        for (auto const& route : routes)
            if (route.path == "/o/{organisation}" + path) {
                auto response = route.handler(context, request);
                if (response.ok()) return *response;
            }
        ADD_FAILURE() << "no answer for " << path;
        return {};
    }
};

TEST_P(PagesTest, an_empty_organisation_is_told_where_to_begin)
{
    auto const page = get("").body;
    EXPECT_NE(page.find("/o/town/processings/import"), std::string::npos);
    EXPECT_NE(page.find("/o/town/processings/new"), std::string::npos);
    EXPECT_NE(page.find("/o/town/profile"), std::string::npos);
    EXPECT_EQ(get("", {}, accounts::Role::Reader).body.find("/o/town/processings/new"), std::string::npos);
}

TEST_P(PagesTest, the_dashboard_links_to_what_is_wrong_and_shows_the_ledger_to_copy)
{
    auto const bad = add(town, "Cantine <b>", {{"REG-008", Severity::Blocking, {"subject_categories"}}});
    EXPECT_EQ(keeper.checkpoint(clock), 1);
    auto const page = get("").body;
    EXPECT_NE(page.find("/o/town/processings/" + bad.head.id.text()), std::string::npos);
    EXPECT_EQ(page.find("Cantine <b>"), std::string::npos) << "a title is text, never markup";
    EXPECT_NE(page.find("greffier.log/"), std::string::npos);
    EXPECT_NE(page.find("data-copy=\"checkpoint\""), std::string::npos);
    EXPECT_NE(page.find("Claire Delmas"), std::string::npos);
    EXPECT_EQ(page.find("["), page.find("[{")) << "a key that no catalogue holds comes back in brackets";
}

TEST_P(PagesTest, a_rule_is_explained_once_over_its_records)
{
    for (auto const* name : {"A", "B", "C"}) add(town, name, {{"REG-008", Severity::Blocking, {"subject_categories"}}});
    auto const page = get("/findings").body;
    auto const why = Locale(Language::French).text("rule.REG-008.why").substr(0, 20);
    auto const first = page.find(why);
    ASSERT_NE(first, std::string::npos);
    EXPECT_EQ(page.find(why, first + 1), std::string::npos);
}

TEST_P(PagesTest, a_page_beyond_the_last_and_an_unknown_filter_still_answer)
{
    add(town, "A", {{"REG-008", Severity::Blocking, {"subject_categories"}}});
    web::Pairs query;
    query.add("page", "99999");
    query.add("rule", "<script>");
    query.add("severity", "nonsense");
    auto const page = get("/findings", query).body;
    EXPECT_NE(page.find(">A</a>"), std::string::npos);
    EXPECT_EQ(page.find("<script>"), std::string::npos);
}

TEST_P(PagesTest, files_of_findings_hold_what_the_filter_keeps)
{
    add(town, "A", {{"REG-008", Severity::Blocking, {"subject_categories"}}, {"REG-017", Severity::Minor, {"owner"}}});
    web::Pairs query;
    query.add("severity", "minor");
    auto const json = get("/findings.json", query);
    EXPECT_NE(json.body.find("REG-017"), std::string::npos);
    EXPECT_EQ(json.body.find("REG-008"), std::string::npos);
    EXPECT_NE(std::string{json.find_header("Content-Disposition")}.find("attachment"), std::string::npos);
    EXPECT_NE(get("/findings.sarif").body.find("2.1.0"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Engines, PagesTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace
}  // namespace greffier::overview
