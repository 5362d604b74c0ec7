#include "overview/portfolio.hpp"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "accounts/memberships.hpp"
#include "accounts/name_words.hpp"
#include "accounts/organisation.hpp"
#include "overview/notifications_page.hpp"
#include "overview/search_page.hpp"
#include "records/comments.hpp"
#include "records/favourites.hpp"
#include "records/recent.hpp"
#include "records/silent_examiner.hpp"
#include "records/store.hpp"
#include "registers/processing/processing.hpp"
#include "registers/processing/register.hpp"
#include "storage/test_database.hpp"

namespace greffier::overview {
namespace {

using accounts::Role;
using storage::Session;
using storage::SqlText;

/// Three towns; one person reads two of them.
class PortfolioTest : public ::testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    records::Register const& kind = processing::processing_register();
    records::Registers registers{{&kind}};
    records::Silent judge;
    records::LedgerKeeper keeper{*database, SigningKey::from_seed(Secret<Bytes>(random_bytes(32))), database.directory() / "checkpoints"};
    records::Machinery machinery{*database, registers, judge, keeper};
    accounts::Organisations organisations{*database};
    accounts::Memberships memberships{*database};
    records::Recent recent_records{*database};
    OverviewServices services{machinery, [](OrganisationId, Uuid, Locale const&) { return std::string{"Quelqu’un"}; }, &recent_records};
    Timestamp clock = *parse_timestamp("2026-03-01T08:00:00Z");
    accounts::OrganisationInfo aubreuil = organisation("aubreuil", "Val d’Aubreuil"), brume = organisation("brume", "Ville de Brume"), closed = organisation("close", "Ville close");
    PersonId person = add_person();
    accounts::Actor actor = grant(aubreuil, Role::Dpo), elsewhere = grant(brume, Role::Reader);
    Portfolio portfolio{*database, actor};

    accounts::OrganisationInfo organisation(std::string slug, std::string name) { return *organisations.add({.slug = std::move(slug), .name = std::move(name), .kind = "commune"}, clock); }
    PersonId add_person()
    {
        auto const id = PersonId::make();
        (void)database->write([&](Session& session) -> Status {
            session.execute(SqlText{"INSERT INTO person(id, email, email_shown, name, created_at) VALUES(?,?,?,?,?)"}, id, id.text() + "@x.example", id.text(), "Claire Delmas", clock);
            return Nothing{};
        });
        return id;
    }
    accounts::Actor grant(accounts::OrganisationInfo const& where, Role role)
    {
        EXPECT_TRUE(memberships.grant(person, where.id, role, clock).ok());
        return accounts::make_actor(*memberships.of(person, where.id));
    }
    RecordId add(accounts::OrganisationInfo const& where, std::string name, std::string service = {})
    {
        clock += std::chrono::hours(1);
        processing::Processing record;
        record.name = std::move(name);
        record.service = std::move(service);
        auto made = records::Records(machinery, where.id, accounts::Sight::everything()).create(kind, {processing::processing_schema().pack(record)}, {Uuid::make(), clock});
        EXPECT_TRUE(made.ok());
        return made->head.id;
    }
    std::vector<std::string> found(std::string text, SearchWish::Where where = SearchWish::Where::Everywhere, int limit = 20)
    {
        std::vector<std::string> titles;
        for (auto const& item : portfolio.search({std::move(text), where, aubreuil.id, limit}).items) titles.push_back(item.title);
        return titles;
    }
    static std::vector<std::string> titles(std::vector<PlacedRecord> const& all)
    {
        std::vector<std::string> titles;
        for (auto const& one : all) titles.push_back(one.title);
        return titles;
    }
};
using Titles = std::vector<std::string>;

TEST_P(PortfolioTest, a_search_reaches_every_organisation_one_reads_and_no_other)
{
    add(aubreuil, "Cantine scolaire");
    add(brume, "Cantine du personnel");
    add(closed, "Cantine secrète");
    EXPECT_EQ(found("cantine"), (Titles{"Cantine du personnel", "Cantine scolaire"}));
    EXPECT_EQ(found("cantine", SearchWish::Where::Here), Titles{"Cantine scolaire"});
    EXPECT_EQ(found("cantine", SearchWish::Where::Elsewhere), Titles{"Cantine du personnel"});
    EXPECT_TRUE(memberships.revoke(person, brume.id, {}, clock).ok());
    EXPECT_EQ(found("cantine"), Titles{"Cantine scolaire"}) << "a role taken back closes the door at once";
}

TEST_P(PortfolioTest, a_token_reaches_its_own_organisation_alone)
{
    add(aubreuil, "Cantine scolaire");
    add(brume, "Cantine du personnel");
    actor.by_token = true;
    EXPECT_EQ(found("cantine"), Titles{"Cantine scolaire"});
    accounts::Actor nobody{brume.id, Uuid::make(), Role::Reader, {Role::Reader}, {}, false, true};
    nobody.sight = accounts::Sight::everything();
    EXPECT_EQ(Portfolio(*database, nobody).search({"cantine"}).items.size(), 1u);
    EXPECT_TRUE(Portfolio(*database, nobody).recent(10).empty());
    EXPECT_EQ(Portfolio(*database, nobody).notifications(false, 10, 0).total, 0);
}

TEST_P(PortfolioTest, titles_stand_before_bodies_and_the_newest_first)
{
    add(aubreuil, "Vieille cantine");
    add(aubreuil, "Transport", "service de la cantine");
    add(aubreuil, "Jeune cantine");
    add(aubreuil, "Piscine", "près de la cantine");
    EXPECT_EQ(found("cantine"), (Titles{"Jeune cantine", "Vieille cantine", "Piscine", "Transport"}));
    EXPECT_EQ(found("cantine", SearchWish::Where::Everywhere, 3), (Titles{"Jeune cantine", "Vieille cantine", "Piscine"}));
    EXPECT_TRUE(portfolio.search({"cantine", SearchWish::Where::Everywhere, {}, 3}).more);
    EXPECT_FALSE(portfolio.search({"cantine", SearchWish::Where::Everywhere, {}, 4}).more);
}

TEST_P(PortfolioTest, the_beginning_of_a_word_is_enough_whatever_its_accents)
{
    add(aubreuil, "Œuvres sociales de l’été");
    EXPECT_EQ(found("oeuv"), Titles{"Œuvres sociales de l’été"});
    EXPECT_EQ(found("ÉTÉ soc"), Titles{"Œuvres sociales de l’été"});
    EXPECT_TRUE(found("vres").empty());
    EXPECT_TRUE(found("soc absent").empty());
}

TEST_P(PortfolioTest, across_organisations_a_word_has_three_letters_here_one_is_enough)
{
    add(aubreuil, "Eau potable");
    EXPECT_TRUE(portfolio.search({"ea"}).too_short);
    EXPECT_EQ(found("ea", SearchWish::Where::Here), Titles{"Eau potable"});
    EXPECT_EQ(found("po", SearchWish::Where::Here), Titles{"Eau potable"});
    EXPECT_EQ(found("eau po"), Titles{"Eau potable"}) << "beside a long word a short one may stand";
    EXPECT_TRUE(found("").empty());
    EXPECT_TRUE(found("'\"*():|&!").empty());
}

TEST_P(PortfolioTest, what_is_in_the_bin_is_not_found)
{
    auto const id = add(aubreuil, "Cantine scolaire");
    ASSERT_TRUE(records::Records(machinery, aubreuil.id, accounts::Sight::everything()).remove(kind, id, 1, {Uuid::make(), clock}).ok());
    EXPECT_TRUE(found("cantine").empty());
    EXPECT_TRUE(found("ca", SearchWish::Where::Here).empty());
}

TEST_P(PortfolioTest, more_organisations_than_the_index_is_told_of_are_searched_too)
{
    (void)database->write([&](Session& session) -> Status {
        for (int i = 0; i < 210; ++i) {
            auto const id = OrganisationId::make();
            session.execute(SqlText{"INSERT INTO organisation(id, slug, name, kind, language, zone, created_at) VALUES(?,?,?,'commune','fr','Europe/Paris',0)"}, id, "t" + std::to_string(i), "T");
            accounts::Memberships::grant_in(session, person, id, Role::Reader, clock);
        }
        return Nothing{};
    });
    add(brume, "Cantine");
    add(brume, "Piscine", "près de la cantine");
    add(closed, "Cantine secrète");
    EXPECT_EQ(found("cantine"), (Titles{"Cantine", "Piscine"}));
    EXPECT_EQ(found("can"), (Titles{"Cantine", "Piscine"})) << "three letters are looked for in the newest records";
    EXPECT_EQ(found("pis can"), Titles{"Piscine"});
    EXPECT_EQ(found("cantine pres"), Titles{"Piscine"});
    EXPECT_TRUE(found("zzz").empty());
}

TEST_P(PortfolioTest, a_broad_word_is_looked_for_in_the_newest_records)
{
    (void)database->write([&](Session& session) -> Status {
        for (int i = 0; i < 210; ++i) {
            auto const id = OrganisationId::make();
            session.execute(SqlText{"INSERT INTO organisation(id, slug, name, kind, language, zone, created_at) VALUES(?,?,?,'commune','fr','Europe/Paris',0)"}, id, "t" + std::to_string(i), "T");
            accounts::Memberships::grant_in(session, person, id, Role::Reader, clock);
        }
        // Half of them are nobody's business here.
        for (int i = 0; i < 4400; ++i) {
            auto row = session.query(SqlText{"INSERT INTO record(organisation_id, id, register, version, reference, title, title_key, status, created_at, updated_at) "
                                             "VALUES(?,?,'processings',1,?,?,?,'draft',0,?) RETURNING rid"},
                                     i % 2 ? brume.id : closed.id, RecordId::make(), "R" + std::to_string(i), "Cantine " + std::to_string(i), "cantine", static_cast<std::int64_t>(i));
            row.next();
            auto const rid = row.integer(0);
            while (row.next()) {}
            session.execute(SqlText{"INSERT INTO record_text(rid, scope, title, folded) VALUES(?,?,?,?)"}, rid, "o r", "cantine " + std::to_string(i), "cantine du service");
        }
        return Nothing{};
    });
    EXPECT_EQ(found("cantine", SearchWish::Where::Everywhere, 3), (Titles{"Cantine 4399", "Cantine 4397", "Cantine 4395"}));
    EXPECT_EQ(found("service", SearchWish::Where::Everywhere, 2), (Titles{"Cantine 4399", "Cantine 4397"}));
    EXPECT_EQ(found("ser", SearchWish::Where::Everywhere, 2), (Titles{"Cantine 4399", "Cantine 4397"}));
    EXPECT_EQ(found("cantine 4001"), Titles{"Cantine 4001"});
    EXPECT_TRUE(found("cantine 4000").empty()) << "of an organisation one does not read";
}

TEST_P(PortfolioTest, organisations_are_found_by_the_words_of_their_name)
{
    auto names = [&](std::string_view text) {
        std::vector<std::string> all;
        for (auto const& place : portfolio.organisations(text, 10)) all.push_back(place.name);
        return all;
    };
    EXPECT_EQ(names("aub"), Titles{"Val d’Aubreuil"});
    EXPECT_EQ(names("ville"), Titles{"Ville de Brume"});
    EXPECT_EQ(names(""), (Titles{"Val d’Aubreuil", "Ville de Brume"}));
}

/// Whoever reads many organisations searches names that are remembered.
class ManyPlacesTest : public PortfolioTest {
protected:
    std::vector<OrganisationId> many = places(205);

    std::vector<OrganisationId> places(int count)
    {
        std::vector<OrganisationId> ids;
        (void)database->write([&](Session& session) -> Status {
            for (int i = 0; i < count; ++i) {
                auto const added = organisations.add_in(session, {.slug = "lieu-" + std::to_string(1000 + i), .name = "Lieu " + std::to_string(1000 + i), .kind = "commune"}, clock, {});
                ids.push_back(added->id);
                accounts::Memberships::grant_in(session, person, added->id, Role::Reader, clock);
            }
            return Nothing{};
        });
        return ids;
    }
    Titles names(std::string_view text, int limit = 10)
    {
        Titles all;
        for (auto const& place : portfolio.organisations(text, limit)) all.push_back(place.name);
        return all;
    }
};

TEST_P(ManyPlacesTest, a_renamed_or_a_new_organisation_is_found_at_once)
{
    EXPECT_EQ(names("lieu 1200"), Titles{"Lieu 1200"});
    // Nothing in this process hears of what another connection writes: as if another process had written it.
    auto elsewhere = database.open();
    accounts::Organisations theirs{*elsewhere};
    ASSERT_TRUE(theirs.rename(many[200], "lieu-1200", "Hameau du Saule").ok());
    EXPECT_EQ(names("lieu 1200"), Titles{"Hameau du Saule"}) << "its address still bears the words";
    ASSERT_TRUE(theirs.rename(many[200], "saule", "Hameau du Saule").ok());
    EXPECT_TRUE(names("lieu 1200").empty());
    EXPECT_EQ(names("SAU ham"), Titles{"Hameau du Saule"});
    auto const added = theirs.add({.slug = "tilleul", .name = "Hameau du Tilleul", .kind = "commune"}, clock);
    ASSERT_TRUE(added.ok());
    EXPECT_EQ(names("hameau"), Titles{"Hameau du Saule"}) << "one that a person does not read is not named to them";
    ASSERT_TRUE(memberships.grant(person, added->id, Role::Reader, clock).ok());
    EXPECT_EQ(names("hameau"), (Titles{"Hameau du Saule", "Hameau du Tilleul"}));
    ASSERT_TRUE(memberships.revoke(person, many[200], {}, clock).ok());
    EXPECT_EQ(names("hameau"), Titles{"Hameau du Tilleul"}) << "a role taken back closes the door at once";
}

TEST_P(ManyPlacesTest, a_renaming_undone_leaves_the_names_as_they_were)
{
    EXPECT_EQ(names("lieu 1204"), Titles{"Lieu 1204"});
    EXPECT_FALSE(database->write([&](Session& session) -> Status {
        session.execute(SqlText{"UPDATE organisation SET name='Autre' WHERE id=?"}, many[204]);
        accounts::names_changed(session);
        return Error::conflict("no");
    }).ok());
    EXPECT_EQ(names("lieu 1204"), Titles{"Lieu 1204"});
    EXPECT_TRUE(names("autre").empty());
}

TEST_P(ManyPlacesTest, the_first_by_name_are_shown_whatever_the_number_that_bear_the_word)
{
    (void)database->write([&](Session& session) -> Status {   // more than are asked at once, between those one reads
        for (int i = 0; i < 60; ++i) (void)organisations.add_in(session, {.slug = "lieu-0" + std::to_string(100 + i), .name = "Lieu 0" + std::to_string(100 + i), .kind = "commune"}, clock, {});
        return Nothing{};
    });
    EXPECT_EQ(names("lieu", 3), (Titles{"Lieu 1000", "Lieu 1001", "Lieu 1002"}));
    EXPECT_EQ(names("lieu", 300).size(), 205u);
    EXPECT_EQ(names("", 300).size(), 207u);
}

TEST_P(ManyPlacesTest, a_database_that_says_nothing_of_its_names_is_read_whole)
{
    (void)database->write([&](Session& session) -> Status {
        session.execute(SqlText{"DELETE FROM installation WHERE key='names'"});
        session.execute(SqlText{"UPDATE organisation SET name='Hameau du Saule' WHERE id=?"}, many[3]);
        return Nothing{};
    });
    EXPECT_EQ(names("saule"), Titles{"Hameau du Saule"});
    accounts::ready_names(*database);
    EXPECT_EQ(names("saule"), Titles{"Hameau du Saule"});
    ASSERT_TRUE(organisations.rename(many[3], "saule", "Hameau du Chêne").ok());
    EXPECT_EQ(names("chene"), Titles{"Hameau du Chêne"});
}

TEST_P(PortfolioTest, what_is_at_hand_is_ones_own_and_follows_ones_rights)
{
    auto const here = add(aubreuil, "B"), there = add(brume, "A");
    records::Favourites const in_aubreuil{*database, aubreuil.id, accounts::Sight::everything()}, in_brume{*database, brume.id, accounts::Sight::everything()};
    ASSERT_TRUE(in_aubreuil.keep(person, kind, here, clock).ok());
    ASSERT_TRUE(in_brume.keep(person, kind, there, clock).ok());
    recent_records.opened(person, aubreuil.id, here, clock);
    recent_records.opened(person, brume.id, there, clock + std::chrono::minutes(1));
    recent_records.flush(clock + std::chrono::minutes(2));
    EXPECT_EQ(titles(portfolio.favourites(10)), (Titles{"A", "B"}));
    EXPECT_EQ(titles(portfolio.recent(10)), (Titles{"A", "B"}));
    EXPECT_EQ(titles(portfolio.recent(10, aubreuil.id)), Titles{"B"});
    ASSERT_TRUE(memberships.revoke(person, brume.id, {}, clock).ok());
    EXPECT_EQ(titles(portfolio.favourites(10)), Titles{"B"});
    EXPECT_EQ(titles(portfolio.recent(10)), Titles{"B"});
}

TEST_P(PortfolioTest, a_notification_is_seen_while_its_reader_may_read_its_organisation)
{
    auto const record = add(brume, "Cantine");
    accounts::Actor const author{brume.id, Uuid::make(), Role::Dpo, {Role::Dpo}, {}, false};
    ASSERT_TRUE(records::Comments(*database, brume.id, accounts::Sight::everything()).add(kind, record, {"@Claire Delmas regarde", {}, {}}, author, clock).ok());
    auto const page = portfolio.notifications(true, 10, 0);
    ASSERT_EQ(page.items.size(), 1u);
    EXPECT_EQ(page.unread, 1);
    EXPECT_EQ(page.items[0].title, "Cantine");
    EXPECT_EQ(page.items[0].words, "@Claire Delmas regarde");
    EXPECT_EQ(target_of(page.items[0]), "/o/brume/processings/" + record.text() + "/comments#c-" + page.items[0].comment->text());
    auto const id = page.items[0].id;
    ASSERT_TRUE(memberships.revoke(person, brume.id, {}, clock).ok());
    EXPECT_EQ(portfolio.notifications(false, 10, 0).total, 0);
    EXPECT_FALSE(portfolio.notification(id));
}

TEST_P(PortfolioTest, a_notification_of_an_erased_record_leads_nowhere)
{
    auto const gone = add(aubreuil, "Paie");
    (void)database->write([&](Session& session) -> Status {
        records::notify(session, {person, aubreuil.id, records::NotificationKind::Validated, Uuid::make(), clock, "processings", gone, 2, {}, {}, "validated"});
        session.execute(SqlText{"DELETE FROM record WHERE id=?"}, gone);
        return Nothing{};
    });
    auto const page = portfolio.notifications(false, 10, 0);
    ASSERT_EQ(page.items.size(), 1u);
    EXPECT_TRUE(target_of(page.items[0]).empty());
}

TEST_P(PortfolioTest, how_each_organisation_stands_is_told_of_those_one_reads)
{
    auto const mark = [&](RecordId id, int worst, std::optional<Timestamp> review, char const* status = "draft", bool binned = false) {
        (void)database->write([&](Session& session) -> Status {
            session.execute(SqlText{"UPDATE record SET worst_finding=?, review_at=?, status=?, deleted_at=? WHERE id=?"}, worst, review, status, binned ? std::optional{clock} : std::nullopt, id);
            return Nothing{};
        });
    };
    auto const today = *parse_timestamp("2026-06-01T00:00:00Z"), before = today - std::chrono::hours(1), after = today + std::chrono::hours(1);
    mark(add(aubreuil, "A"), 4, before);
    mark(add(aubreuil, "B"), 4, after);
    mark(add(aubreuil, "C"), 1, std::nullopt);
    mark(add(aubreuil, "D"), 0, before, "archived");
    mark(add(aubreuil, "E"), 4, before, "draft", true);
    mark(add(closed, "F"), 4, before);
    auto told = [&](std::vector<OrganisationId> const& only = {}) {
        std::map<std::string, std::string> all;
        for (auto const& one : portfolio.standings(only, today)) {
            auto const slug = organisations.find(one.organisation)->slug;
            for (auto count : one.worst) all[slug] += std::to_string(count) + " ";
            all[slug] += "late " + std::to_string(one.late);
        }
        return all;
    };
    using Told = std::map<std::string, std::string>;
    EXPECT_EQ(told(), (Told{{"aubreuil", "1 0 0 2 late 1"}, {"brume", "0 0 0 0 late 0"}})) << "advice first; nothing of what is in the bin or archived, nor of the town one does not read";
    EXPECT_EQ(told({brume.id, closed.id}), (Told{{"brume", "0 0 0 0 late 0"}}));
    ASSERT_TRUE(memberships.revoke(person, aubreuil.id, {}, clock).ok());
    EXPECT_EQ(told(), (Told{{"brume", "0 0 0 0 late 0"}}));
}

TEST_P(PortfolioTest, roles_that_read_are_those_the_table_says)
{
    for (auto role : accounts::all_roles()) {
        bool const named = std::string{accounts::role_reads.sqlite()}.find("'" + std::string{accounts::code_of(role)} + "'") != std::string::npos;
        EXPECT_EQ(named, accounts::grants(role, web::Permission::ReadRecords)) << accounts::code_of(role);
    }
}

TEST_P(PortfolioTest, the_page_and_the_palette_show_the_same_findings)
{
    add(aubreuil, "Cantine <b>scolaire</b>");
    add(brume, "Cantine du personnel");
    accounts::Context context;
    context.now = clock;
    context.actor = actor;
    context.organisation = aubreuil;
    auto const routes = search_routes(services);
    web::Request request;
    request.query.add("q", "cantine");
    auto page = routes.back().handler(context, request);
    ASSERT_TRUE(page.ok());
    EXPECT_NE(page->body.find("Cantine &lt;b&gt;scolaire&lt;/b&gt;"), std::string::npos);
    EXPECT_NE(page->body.find("Cantine du personnel"), std::string::npos);
    EXPECT_EQ(page->body.find("[search."), std::string::npos) << "a word is missing";
    request.headers["x-fragment"] = "true";
    auto rows = routes.back().handler(context, request);
    ASSERT_TRUE(rows.ok());
    EXPECT_TRUE(rows->body.starts_with("<div role=\"group\""));
    EXPECT_NE(rows->body.find("role=\"option\""), std::string::npos);
    EXPECT_NE(rows->body.find("Cantine du personnel"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Engines, ManyPlacesTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);
INSTANTIATE_TEST_SUITE_P(Engines, PortfolioTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace
}  // namespace greffier::overview
