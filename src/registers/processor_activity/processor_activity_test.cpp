#include "registers/processor_activity/processor_activity.hpp"

#include <set>

#include <gtest/gtest.h>

#include "records/pages/form.hpp"
#include "records/pages/test_page.hpp"
#include "registers/processor_activity/register.hpp"
#include "registers/processor_activity/rules.hpp"
#include "schema/diff.hpp"
#include "schema/test_bodies.hpp"

namespace greffier::processor_activity {
namespace {

using namespace schema;
using records::Finding;
using Places = std::vector<std::string>;

SchemaInfo const& info() { return activity_schema().info(); }
Date day(char const* text) { return *parse_date(text); }
Date const today = day("2026-11-22");

void sort_codes(Row& row)
{
    for (std::size_t i = 0; i < info().fields.size(); ++i)
        if (auto* codes = std::get_if<Texts>(&row.values[i]); codes && info().fields[i].list) std::ranges::sort(*codes);
}

TEST(ActivitySchema, bodies_of_released_versions_are_read_for_ever) { expect_old_bodies_read(info()); }

TEST(ActivitySchema, the_form_is_sound_and_sends_back_the_activity_it_shows)
{
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        auto row = RowMaker(seed, seed % 5 == 0 ? 100 : 50).make(info());
        sort_codes(row);   // boxes come back in the order of their list
        Locale const locale{seed % 2 ? Language::French : Language::English};
        web::Html out;
        records::write_contents(out, {info(), row, locale, {}, {}, {}});
        records::write_sections(out, {info(), row, locale, {}, {}, {}});
        auto const tags = records::tags_of(out.text());
        records::expect_sound(tags);
        auto back = records::read_form(info(), records::sent_by(tags), row);
        normalise(info(), back);
        sort_codes(back);
        for (auto const& change : diff(info(), row, back)) ADD_FAILURE() << seed << " " << change.field->name;
        ASSERT_TRUE(activity_schema().unpack(back).ok());
    }
}

Activity sound()
{
    Activity a;
    a.name = "Héberger l’application de paie";
    a.clients = {{.id = "c", .name = "Commune de Belleval", .email = {"dgs@belleval.example"}, .contract = "Marché 2025-14", .contract_signed_on = day("2025-01-06"),
                  .authorisation = AuthorisationMode::Specific}};
    a.operations = {{.id = "o", .operation = {"Sauvegarder la base chaque nuit"}}};
    a.measures = {{.id = "m"}};
    a.sub_processors = {{.id = "s", .name = "Nuage SA", .country = {"FR"}, .authorised_on = day("2025-02-01")}};
    a.instructions = {{.id = "i", .given_on = day("2026-03-01"), .judgement = InstructionJudgement::Lawful}};
    return a;
}

Places places_of(std::string_view id, Activity const& a)
{
    std::vector<Finding> findings;
    for (auto const& rule : activity_rules())
        if (rule.id == id) {
            records::Report report(findings, rule.id, rule.severity);
            records::Circumstances now;
            now.today = today;
            rule.check(a, now, report);
        }
    Places places;
    for (auto const& finding : findings) places.push_back(finding.place.text());
    return places;
}

TEST(ActivityRules, find_nothing_in_a_sound_activity)
{
    std::set<std::string_view> ids;
    for (auto const& rule : activity_rules()) {
        EXPECT_TRUE(places_of(rule.id, sound()).empty()) << rule.id;
        EXPECT_TRUE(ids.insert(rule.id).second) << rule.id;
    }
}

TEST(ActivityRules, want_each_client_with_a_way_to_reach_it)
{
    auto a = sound();
    a.clients[0].email = {};
    EXPECT_EQ(places_of("REG-029", a), Places{"clients[c].email"});
    a.clients[0].phone = {"01 02 03 04 05"};
    EXPECT_TRUE(places_of("REG-029", a).empty());
    a.clients.clear();
    EXPECT_EQ(places_of("REG-029", a), Places{"clients"});
    a.direction = Direction::ProcessorWorksForUs;
    EXPECT_TRUE(places_of("REG-029", a).empty()) << "the other direction has no clients";
}

TEST(ActivityRules, want_real_operations_for_each_client)
{
    auto a = sound();
    a.operations.clear();
    EXPECT_EQ(places_of("REG-030", a), Places{"operations"});
    a.operations = {{.id = "o", .client = "Autre commune", .operation = {"Envoyer les bulletins"}}};
    EXPECT_EQ(places_of("REG-030", a), Places{"clients[c].name"});
    a.operations.push_back({.id = "p", .client = "commune de BELLEVAL", .operation = {"Calculer la paie"}});
    EXPECT_TRUE(places_of("REG-030", a).empty());
}

TEST(ActivityRules, raise_an_alert_for_an_unlawful_instruction_the_client_was_not_told_about)
{
    auto a = sound();
    a.instructions[0].judgement = InstructionJudgement::Unlawful;
    EXPECT_EQ(places_of("REG-032", a), Places{"instructions[i].alert_given_on"});
    a.instructions[0].alert_given_on = day("2026-03-02");
    EXPECT_TRUE(places_of("REG-032", a).empty());
}

TEST(ActivityRules, follow_the_contract_to_its_end)
{
    auto a = sound();
    a.clients[0].contract_signed_on.reset();
    EXPECT_EQ(places_of("REG-033", a), Places{"clients[c].contract_signed_on"});
    a.clients[0].contract = " ";
    EXPECT_EQ(places_of("REG-033", a), Places{"clients[c].contract"});
    a = sound();
    a.clients[0].contract_ends_on = today;
    EXPECT_TRUE(places_of("REG-034", a).empty()) << "its last day";
    a.clients[0].contract_ends_on = day("2026-11-21");
    EXPECT_EQ(places_of("REG-034", a), Places{"clients[c].end_executed_on"});
    a.clients[0].end_executed_on = day("2026-11-21");
    EXPECT_TRUE(places_of("REG-034", a).empty());
}

TEST(ActivityRules, see_data_that_leave_europe_undeclared)
{
    auto a = sound();
    a.sub_processors[0].country = {"IN"};
    EXPECT_EQ(places_of("REG-035", a), Places{"sub_processors[s].country"});
    a.transfers = {{.id = "t", .recipient = "Nuage SA", .country = {"IN"}}};
    EXPECT_TRUE(places_of("REG-035", a).empty());
    a.hosting_country = {"US"};
    EXPECT_EQ(places_of("REG-035", a), Places{"hosting_country"});
}

TEST(ActivityRules, want_each_sub_processor_authorised_as_the_client_asked)
{
    auto a = sound();
    a.sub_processors[0].authorised_on.reset();
    a.sub_processors[0].told_on = day("2025-01-20");
    EXPECT_EQ(places_of("REG-037", a), Places{"sub_processors[s].authorised_on"}) << "under a specific authorisation, silence is none";
    a.clients[0].authorisation = AuthorisationMode::General;
    EXPECT_TRUE(places_of("REG-037", a).empty());
    a.sub_processors[0].told_on.reset();
    EXPECT_EQ(places_of("REG-037", a), Places{"sub_processors[s].told_on"});
    a.sub_processors[0].until = day("2026-01-01");
    EXPECT_TRUE(places_of("REG-037", a).empty()) << "it no longer works";
    a = sound();
    a.clients[0].authorisation.reset();
    EXPECT_EQ(places_of("REG-038", a), Places{"clients[c].authorisation"});
    a.measures.clear();
    EXPECT_EQ(places_of("REG-036", a), Places{"measures"});
}

TEST(ActivityRegister, is_due_when_a_contract_ends)
{
    auto a = sound();
    a.clients[0].contract_ends_on = day("2027-01-31");
    auto const dues = [&] { return activity_register().dues(activity_schema().pack(a), {"in_force", {}, today, law::Place{}}); };
    ASSERT_EQ(dues().size(), 1U);
    EXPECT_EQ(dues()[0].day, day("2027-01-31"));
    EXPECT_EQ(dues()[0].place.text(), "clients[c].contract_ends_on");
    a.clients[0].end_executed_on = today;
    EXPECT_TRUE(dues().empty());
}

}  // namespace
}  // namespace greffier::processor_activity
