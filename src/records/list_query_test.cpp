#include "records/list_query.hpp"

#include <gtest/gtest.h>

#include <random>

#include "records/list_state.hpp"
#include "schema/test_sample.hpp"
#include "web/form_parser.hpp"

namespace greffier::records {
namespace {

std::string const paris = "Europe/Paris";
Timestamp const now = *parse_timestamp("2026-11-02T09:30:00Z");

web::Pairs decoded(std::string const& address)
{
    web::Pairs pairs;
    web::FormParser parser(pairs, {});
    EXPECT_EQ(parser.put(address), web::BodyProblem::None);
    EXPECT_EQ(parser.finish(), web::BodyProblem::None);
    return pairs;
}

Result<ListQuery> parse(std::string const& address) { return parse_list_query(decoded(address), paris, now); }

std::string problem(Result<ListQuery> const& result)
{
    if (result.ok()) return "";
    return result.error().fields.at(0).field + " " + result.error().fields.at(0).code;
}

TEST(ListQuery, nothing_asked_is_the_first_page_by_title)
{
    auto const list = parse("");
    ASSERT_TRUE(list.ok());
    EXPECT_EQ(list->sort, "title");
    EXPECT_FALSE(list->descending);
    EXPECT_EQ(list->page, 1);
    EXPECT_EQ(list->per_page, 50);
    EXPECT_FALSE(list->at || list->at_least || list->review_overdue || list->deleted);
    EXPECT_EQ(list_address(*list), "");
}

TEST(ListQuery, a_review_is_overdue_once_its_day_is_over)
{
    EXPECT_EQ(to_text(parse("overdue=yes")->now), "2026-11-01T23:00:00.000Z") << "midnight in Paris, where the day of 2 November begins";
}

TEST(ListQuery, an_address_says_everything)
{
    auto const list = parse("q=%C3%A9cole+%26+co&status=draft,validated&status=production&filter=tags%3Ahr&findings=major&overdue=yes&deleted=yes&sort=-updated&page=3&per_page=20&after=abc&other=x");
    ASSERT_TRUE(list.ok());
    EXPECT_EQ(list->text, "école & co");
    EXPECT_EQ(list->statuses, (std::vector<std::string>{"draft", "validated", "production"}));
    EXPECT_EQ(list->facets, std::vector<std::string>{"tags:hr"});
    EXPECT_EQ(list->at_least, Severity::Major);
    EXPECT_TRUE(list->review_overdue && list->deleted && list->descending);
    EXPECT_EQ(list->sort, "updated");
    EXPECT_EQ(list->page, 3);
    EXPECT_EQ(list->per_page, 20);
    EXPECT_EQ(list->after, "abc");
}

TEST(ListQuery, reading_and_writing_an_address_are_inverse)
{
    std::mt19937 random(7);
    auto maybe = [&] { return random() % 2 == 0; };
    static char const* const texts[] = {"", "école", "a&b=c", "50 % <b>", "+33", "l'état #1", "é\"/\\?"};
    for (int i = 0; i < 500; ++i) {
        ListQuery list;
        list.now = now;
        list.text = texts[random() % std::size(texts)];
        if (maybe()) list.statuses = {"draft", "to_validate"};
        if (maybe()) list.facets = {"tags:hr", "country:FR"};
        if (maybe()) list.at_least = static_cast<Severity>(random() % 4);
        list.review_overdue = maybe();
        list.deleted = maybe();
        list.sort = maybe() ? "title" : "reference";
        list.descending = maybe();
        if (maybe()) list.per_page = 20;
        if (maybe()) list.at = from_millis(1'700'000'000'000 + random() % 1'000'000'000);
        auto const address = list_address(list);
        auto const back = parse(address);
        ASSERT_TRUE(back.ok()) << address;
        EXPECT_EQ(list_address(*back), address);
        EXPECT_EQ(back->text, list.text);
        EXPECT_EQ(back->statuses, list.statuses);
        EXPECT_EQ(back->facets, list.facets);
        EXPECT_EQ(back->at_least, list.at_least);
        EXPECT_EQ(back->sort, list.sort);
        EXPECT_EQ(back->descending, list.descending);
        EXPECT_EQ(back->per_page, list.per_page);
        EXPECT_EQ(back->at, list.at);
    }
}

TEST(ListQuery, an_address_leaves_one_filter_out)
{
    auto const list = *parse("q=x&status=draft,validated&filter=tags:hr&sort=-updated");
    EXPECT_EQ(list_address(list, "q"), "status=draft&status=validated&filter=tags%3Ahr&sort=-updated");
    EXPECT_EQ(list_address(list, "status"), "q=x&filter=tags%3Ahr&sort=-updated");
    EXPECT_EQ(list_address(list, "status", "draft"), "q=x&status=validated&filter=tags%3Ahr&sort=-updated");
    EXPECT_EQ(list_address(list, "sort"), "q=x&status=draft&status=validated&filter=tags%3Ahr");
}

TEST(ListState, a_list_of_the_past_leaves_out_what_only_the_present_knows)
{
    Register const kind{.slug = "samples", .prefix = "S", .icon = "note", .schema = &schema::sample::info(), .title_field = "name", .statuses = {"draft"}};
    auto text = [&](std::string const& address) { return state_text(*parse_list_state(kind, decoded(address), paris, now)); };
    EXPECT_EQ(text("status=draft&findings=major&overdue=yes&deleted=yes&sort=-findings&at=2026-03-14T10:00:00Z"), "status=draft&at=2026-03-14T10%3A00%3A00.000Z");
    EXPECT_EQ(text("sort=-updated&at=2026-03-14T10:00:00Z"), "sort=-updated&at=2026-03-14T10%3A00%3A00.000Z");
    EXPECT_EQ(text("findings=major&sort=-findings"), "findings=major&sort=-findings");
}

TEST(ListQuery, page_numbers_are_numbers)
{
    for (auto const* bad : {"deux", "1.5", "1x", "99999999999", " 1", "0x1"}) {
        EXPECT_EQ(problem(parse("page=" + std::string{bad})), "page not_a_number") << bad;
        EXPECT_EQ(problem(parse("per_page=" + std::string{bad})), "per_page not_a_number") << bad;
    }
    EXPECT_EQ(parse("page=")->page, 1);
}

TEST(ListQuery, an_unknown_severity_is_said)
{
    EXPECT_EQ(problem(parse("findings=terrible")), "findings unknown_choice");
    EXPECT_FALSE(parse("findings=")->at_least);
}

TEST(ListQuery, a_text_and_filters_have_a_length)
{
    std::string facets;
    for (int i = 0; i < 30; ++i) facets += "&filter=tags:" + std::to_string(i);
    auto const list = parse("q=" + std::string(300, 'x') + facets);
    ASSERT_TRUE(list.ok());
    EXPECT_LE(list->text.size(), 203U);
    EXPECT_EQ(list->facets.size(), 20U);
    EXPECT_EQ(parse(list_address(*list))->text, list->text);
    EXPECT_TRUE(parse("status=, ,")->statuses.empty());
}

TEST(ParseAt, a_day_ends_at_midnight_where_the_reader_is_whatever_the_season)
{
    auto at = [](char const* text) { return to_text(*parse_at(text, paris, now)); };
    EXPECT_EQ(at("2026-03-28"), "2026-03-28T22:59:59.999Z");
    EXPECT_EQ(at("2026-03-29"), "2026-03-29T21:59:59.999Z");   // 23 hours long
    EXPECT_EQ(at("2026-10-24"), "2026-10-24T21:59:59.999Z");
    EXPECT_EQ(at("2026-10-25"), "2026-10-25T22:59:59.999Z");   // 25 hours long
    EXPECT_EQ(to_text(*parse_at("2026-03-14", "Indian/Reunion", now)), "2026-03-14T19:59:59.999Z");
    EXPECT_EQ(at("2026-03-14T10:00:00+01:00"), "2026-03-14T09:00:00.000Z");
}

TEST(ParseAt, the_future_is_refused_and_today_is_not)
{
    auto code = [](char const* text) {
        auto const result = parse_at(text, paris, now);
        return result.ok() ? std::string{} : result.error().fields.at(0).code;
    };
    EXPECT_EQ(code("2026-11-02"), "");
    EXPECT_EQ(code("2026-11-03"), "in_the_future");
    EXPECT_EQ(code("2026-11-02T09:30:00Z"), "");
    EXPECT_EQ(code("2026-11-02T09:30:00.001Z"), "in_the_future");
    EXPECT_EQ(code("31/02/2026"), "not_a_date");
    EXPECT_EQ(code("2026-02-31"), "not_a_date");
    EXPECT_EQ(code(""), "not_a_date");
}

TEST(ParseAt, a_list_of_today_has_an_address_that_can_be_followed)
{
    auto const today = parse("at=2026-11-02");
    ASSERT_TRUE(today.ok());
    auto const again = parse(list_address(*today));
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again->at, today->at);
}

TEST(ParseAt, today_is_the_reader_s_day)
{
    auto const late = *parse_timestamp("2026-07-01T23:30:00Z");   // already the 2nd in Paris
    EXPECT_TRUE(parse_at("2026-07-02", paris, late).ok());
    EXPECT_FALSE(parse_at("2026-07-02", "UTC", late).ok());
}

}  // namespace
}  // namespace greffier::records
