#include "registers/breach/breach.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "records/duplicate.hpp"
#include "records/pages/form.hpp"
#include "records/pages/test_page.hpp"
#include "records/sealed_declaration.hpp"
#include "registers/breach/register.hpp"
#include "schema/diff.hpp"
#include "schema/json.hpp"
#include "schema/test_rows.hpp"

namespace greffier::breach {
namespace {

using namespace schema;

SchemaInfo const& info() { return breach_schema().info(); }
Locale const french{Language::French}, english{Language::English};

std::string page(Row const& row, Locale const& locale)
{
    web::Html out;
    records::FormView const view{info(), row, locale, {}, {}, *parse_date("2026-03-30")};
    records::write_contents(out, view);
    records::write_sections(out, view);
    return std::move(out).take();
}

/// Boxes come back in the order of their list.
void sort_codes(Row& row)
{
    for (std::size_t i = 0; i < info().fields.size(); ++i)
        if (auto* codes = std::get_if<Texts>(&row.values[i]); codes && info().fields[i].list) std::ranges::sort(*codes);
}

TEST(BreachSchema, records_made_by_chance_pass_through_every_door_unchanged)
{
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        auto const row = RowMaker(seed, seed % 10 == 0 ? 100 : static_cast<int>(seed % 90)).make(info());
        ASSERT_TRUE(check(info(), row).empty()) << seed;
        ASSERT_EQ(from_stored(info(), to_stored(info(), row), info().version), row) << seed;
        auto sent = read_json(info(), to_sorted(info(), row, {}), ReadMode::Replace);
        ASSERT_TRUE(sent.ok()) << seed;
        normalise(info(), sent->row);
        ASSERT_EQ(sent->row, row) << seed;
        auto const record = breach_schema().unpack(row);
        ASSERT_TRUE(record.ok()) << seed;
        auto packed = breach_schema().pack(*record);
        normalise(info(), packed);
        auto said = row;   // who says no role is the controller
        if (is_empty(get(info(), said, "role"))) set(info(), said, "role", std::string{"controller"});
        ASSERT_EQ(packed, said) << seed;
    }
}

TEST(BreachSchema, the_form_sends_back_the_record_it_shows_hours_included)
{
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        auto row = RowMaker(seed, seed % 10 == 0 ? 100 : static_cast<int>(seed % 90)).make(info());
        auto back = records::read_form(info(), records::sent_by(records::tags_of(page(row, seed % 2 ? french : english))), row);
        normalise(info(), back);
        sort_codes(back);
        sort_codes(row);
        for (auto const& change : diff(info(), row, back)) ADD_FAILURE() << seed << " " << change.field->name << " " << (change.part ? change.part->name : "");
        ASSERT_EQ(back, row) << seed;
    }
}

TEST(BreachSchema, an_hour_typed_in_a_form_is_of_the_organisations_clock)
{
    web::Pairs form;
    form.add("aware_at", "2026-03-27T14:20");
    form.add("aware_at.zone", "America/Martinique");
    form.add("detected_at", "27/03/2026 9h05");
    form.add("detected_at.zone", "Europe/Paris");
    form.add("started_at", "hier soir");
    form.add("started_at.zone", "Europe/Paris");
    auto const row = records::read_form(info(), form, Row(info()));
    EXPECT_EQ(std::get<Timestamp>(get(info(), row, "aware_at")), *parse_timestamp("2026-03-27T18:20:00Z"));
    EXPECT_EQ(std::get<Timestamp>(get(info(), row, "detected_at")), *parse_timestamp("2026-03-27T08:05:00Z"));
    EXPECT_EQ(std::get<std::string>(get(info(), row, "started_at")), "hier soir") << "nothing typed is lost";
}

TEST(BreachSchema, says_everything_in_both_languages)
{
    auto const row = RowMaker(5, 100).make(info());
    for (auto const* locale : {&french, &english}) {
        auto const tags = records::tags_of(page(row, *locale));
        records::expect_sound(tags);
        for (auto const& tag : tags) EXPECT_FALSE(tag.text.starts_with("[breach")) << tag.text;
    }
}

TEST(BreachSchema, seals_what_names_people_and_leaves_the_rest_to_be_found)
{
    auto const& kind = breach_register();
    EXPECT_TRUE(records::what_would_leak(kind).empty());
    for (auto const* sealed : {"facts", "reported_by", "timeline", "measures", "notifications", "parties", "told", "dpo_advice", "persons_text", "attachments"}) EXPECT_TRUE(kind.seals(*info().find(sealed))) << sealed;
    for (auto const* open : {"title", "nature", "aware_at", "risk", "people_count", "processings"}) EXPECT_FALSE(kind.seals(*info().find(open))) << open;
}

TEST(BreachSchema, tells_the_first_notification_and_whether_it_was_completed)
{
    Breach breach;
    EXPECT_EQ(breach.first_notification(), nullptr);
    breach.notifications = {{.id = "2", .type = NotificationType::Complementary, .sent_at = parse_timestamp("2026-03-08T10:00:00Z")},
                            {.id = "1", .type = NotificationType::Initial, .sent_at = parse_timestamp("2026-03-06T09:45:00Z")},
                            {.id = "0", .type = NotificationType::Initial}};
    ASSERT_NE(breach.first_notification(), nullptr);
    EXPECT_EQ(breach.first_notification()->id, "1");
    EXPECT_TRUE(breach.is_completed());
    EXPECT_FALSE(breach.is_withdrawn());
    breach.notifications.erase(breach.notifications.begin());
    EXPECT_FALSE(breach.is_completed());
}

}  // namespace
}  // namespace greffier::breach
