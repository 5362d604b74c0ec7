#include "registers/training/training.hpp"

#include <gtest/gtest.h>

#include "registers/training/panel.hpp"

namespace greffier::training {
namespace {

using namespace std::chrono_literals;

constexpr Date today{2026y / 6 / 15};
char const* const paris = "Europe/Paris";

Training session(char const* at, std::vector<Attendee> attendees)
{
    Training one;
    one.title = "Séance";
    one.kind = Kind::Session;
    one.starts_at = parse_timestamp(at);
    one.attendees = std::move(attendees);
    return one;
}

TEST(Coverage, counts_each_person_of_a_service_once_and_only_of_the_last_twelve_months)
{
    Coverage coverage(today, paris);
    coverage.add(session("2026-03-01T09:00:00Z", {{.name = "Ana Roux", .service = "Écoles", .attended = true}, {.name = "Luc Petit", .service = "Écoles", .attended = false}}), "held");
    coverage.add(session("2026-04-01T09:00:00Z", {{.name = "ana  roux", .service = "ecoles", .attended = true}}), "held");
    coverage.add(session("2024-04-01T09:00:00Z", {{.name = "Luc Petit", .service = "Écoles", .attended = true}}), "held");
    auto const share = coverage.of("Écoles");
    EXPECT_EQ(share.trained, 1);
    EXPECT_EQ(share.known, 2);
    EXPECT_EQ(percent_of(share, {}), 50);
    EXPECT_EQ(percent_of(share, 4), 25) << "the staff, when the profile says it";
}

TEST(Coverage, leaves_out_what_was_called_off_what_lies_ahead_and_campaigns)
{
    Coverage coverage(today, paris);
    coverage.add(session("2026-03-01T09:00:00Z", {{.name = "Ana", .service = "Accueil", .attended = true}}), "called_off");
    coverage.add(session("2026-09-01T09:00:00Z", {{.name = "Ana", .service = "Accueil", .attended = true}}), "scheduled");
    auto campaign = session("2026-03-01T09:00:00Z", {{.name = "Ana", .service = "Accueil", .attended = true}});
    campaign.kind = Kind::Campaign;
    coverage.add(campaign, "held");
    EXPECT_EQ(coverage.all().trained, 0);
    EXPECT_EQ(percent_of(coverage.of("Nulle part"), {}), std::nullopt) << "nobody known is no share of nought";
}

TEST(TrainingDues, fall_on_the_session_then_on_the_day_each_person_is_to_come_again)
{
    law::Place const place = law::Place::of("METRO");
    auto one = session("2026-03-01T09:00:00Z", {{.id = "a", .name = "Ana", .attended = true}, {.id = "b", .name = "Luc", .attended = false}, {.id = "c", .name = "Zoé", .attended = true, .next_due = Date{2026y / 7 / 1}}});
    auto const row = training_schema().pack(one);
    records::DueContext const planned{"scheduled", Timestamp{}, today, place};
    auto dues = dues_of(row, planned);
    ASSERT_EQ(dues.size(), 1U);
    EXPECT_EQ(dues[0].kind, "training.session");
    records::DueContext const held{"held", Timestamp{}, today, place};
    dues = dues_of(row, held);
    ASSERT_EQ(dues.size(), 2U) << "who did not come is not trained";
    EXPECT_EQ(dues[0].day, Date(2027y / 3 / 1));
    EXPECT_EQ(dues[1].day, Date(2026y / 7 / 1));
    one.valid_months = 1;
    EXPECT_EQ(dues_of(training_schema().pack(one), held).size(), 1U) << "a day long past reminds nobody: there was a later session, or the rule says so";
}

}  // namespace
}  // namespace greffier::training
