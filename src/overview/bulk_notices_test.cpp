// What a bulk act tells of in one line: seen in the list of notifications, and among the tasks of whom it sent records back to.
#include <algorithm>
#include <gtest/gtest.h>

#include "accounts/memberships.hpp"
#include "accounts/organisation.hpp"
#include "overview/notifications_page.hpp"
#include "overview/overview.hpp"
#include "overview/portfolio.hpp"
#include "records/bulk.hpp"
#include "records/silent_examiner.hpp"
#include "registers/processing/processing.hpp"
#include "registers/processing/register.hpp"
#include "storage/test_database.hpp"

namespace greffier::overview {
namespace {

using accounts::Role;
using storage::Session;
using storage::SqlText;

struct Somebody {
    PersonId person;
    accounts::Actor actor;
};

class BulkToldTest : public ::testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    records::Register const& kind = processing::processing_register();
    records::Registers registers{{&kind}};
    records::Silent examiner;
    records::LedgerKeeper keeper{*database, SigningKey::from_seed(Secret<Bytes>(random_bytes(32))), database.directory() / "checkpoints"};
    records::Machinery machinery{*database, registers, examiner, keeper};
    accounts::Organisations organisations{*database};
    accounts::Memberships memberships{*database};
    Timestamp clock = *parse_timestamp("2026-03-14T08:00:00Z");
    OrganisationId town = organisations.add({.slug = "ville", .name = "Ville", .kind = "commune"}, clock)->id;
    Somebody claire = somebody(Role::Dpo), karim = somebody(Role::Contributor), nadia = somebody(Role::Contributor);
    records::Records store{machinery, town, accounts::Sight::everything()};
    Overview overview{*database, town, accounts::Sight::everything()};

    Somebody somebody(Role role)
    {
        auto const id = PersonId::make();
        (void)database->write([&](Session& session) -> Status {
            session.execute(SqlText{"INSERT INTO person(id, email, email_shown, name, created_at) VALUES(?,?,?,'Quelqu''un',?)"}, id, id.text() + "@x.example", id.text() + "@x.example", clock);
            return Nothing{};
        });
        EXPECT_TRUE(memberships.grant(id, town, role, clock).ok());
        auto actor = accounts::make_actor(*memberships.of(id, town));
        actor.person = id;
        return {id, actor};
    }
    records::By by(Somebody const& who)
    {
        clock += std::chrono::minutes(1);
        return {who.actor.id, clock};
    }
    records::Chosen add(Somebody const& who, std::string name, std::string const& status = "to_validate")
    {
        processing::Processing record;
        record.name = std::move(name);
        return {store.create(kind, {processing::processing_schema().pack(record), "", status}, by(who))->head.id, 0};
    }
    records::Act send_back(std::vector<records::Chosen> const& chosen, std::string const& to = "draft")
    {
        records::Bulk const bulk(machinery, town, accounts::Sight::everything(), kind);
        auto const act = bulk.prepare("status", chosen, by(claire));
        records::BulkWish wish;
        wish.status = to;
        wish.reason = "La durée manque";
        EXPECT_TRUE(bulk.ask(act->id, wish, by(claire)).ok());
        EXPECT_TRUE(bulk.confirm(act->id, by(claire)).ok());
        return *bulk.run(act->id, by(claire), claire.actor);
    }
    std::vector<std::string> returned(Somebody const& who)
    {
        std::vector<std::string> titles;
        for (auto const& one : overview.returned_to(registers, who.person, 10)) titles.push_back(one.record.title);
        std::ranges::sort(titles);
        return titles;
    }
};
using Titles = std::vector<std::string>;

TEST_P(BulkToldTest, a_bulk_act_is_one_line_that_leads_to_its_report)
{
    auto const act = send_back({add(karim, "Cantine"), add(karim, "Crèche")});
    auto const page = Portfolio(*database, karim.actor).notifications(false, 10, 0);
    ASSERT_EQ(page.items.size(), 1u);
    EXPECT_EQ(page.unread, 1);
    EXPECT_EQ(page.items[0].detail, "2");
    EXPECT_EQ(target_of(page.items[0]), "/o/ville/bulk-acts/" + act.id.text());
}

TEST_P(BulkToldTest, records_sent_back_together_stand_among_the_tasks_of_their_authors)
{
    auto const canteen = add(karim, "Cantine");
    send_back({canteen, add(karim, "Crèche"), add(nadia, "Piscine")});
    EXPECT_EQ(returned(karim), (Titles{"Cantine", "Crèche"}));
    EXPECT_EQ(returned(nadia), Titles{"Piscine"});
    EXPECT_TRUE(returned(claire).empty());
    ASSERT_TRUE(store.change_status(kind, {canteen.id, 0, "to_validate", {}, {}}, by(karim), karim.actor).ok());
    EXPECT_EQ(returned(karim), Titles{"Crèche"}) << "what was sent again is no task any more";
}

TEST_P(BulkToldTest, of_one_act_those_that_went_forward_are_nobodys_task)
{
    auto const validated = add(karim, "Cantine", "validated");
    send_back({validated, add(karim, "Crèche", "draft")}, "to_validate");
    EXPECT_EQ(returned(karim), Titles{"Cantine"});
}

TEST_P(BulkToldTest, a_record_sent_back_alone_is_told_by_its_name)
{
    auto const canteen = add(karim, "Cantine");
    ASSERT_TRUE(store.change_status(kind, {canteen.id, 0, "draft", "La durée manque", {}}, by(claire), claire.actor).ok());
    EXPECT_EQ(Portfolio(*database, karim.actor).notifications(false, 10, 0).items.at(0).title, "Cantine");
    EXPECT_EQ(returned(karim), Titles{"Cantine"});
}

INSTANTIATE_TEST_SUITE_P(Engines, BulkToldTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace
}  // namespace greffier::overview
