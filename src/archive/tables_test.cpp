#include "archive/tables.hpp"

#include <gtest/gtest.h>

#include <set>

#include "accounts/memberships.hpp"
#include "storage/belongings.hpp"
#include "storage/test_database.hpp"

namespace greffier::archive {
namespace {

class ArchiveTables : public ::testing::TestWithParam<storage::Engine> {};

TEST_P(ArchiveTables, every_table_of_organisations_is_carried_derived_or_left_out_on_purpose)
{
    storage::TestDatabase database{GetParam()};
    std::set<std::string> known;
    auto const found = storage::tables_of_organisations(*database->read());
    for (auto const& fate : table_fates()) {
        known.insert(std::string{fate.table});
        ASSERT_TRUE(found.contains(std::string{fate.table})) << fate.table << " is no table of organisations any more";
        if (fate.fate != Fate::Carried) continue;
        auto const& there = found.at(std::string{fate.table});
        EXPECT_EQ(std::set<std::string>(there.begin(), there.end()), std::set<std::string>(fate.columns.begin(), fate.columns.end()))
            << fate.table << " has other columns: carry them in src/archive, and say so in docs/developer/organisation-archive.md";
    }
    for (auto const& [table, columns] : found)
        EXPECT_TRUE(known.contains(table)) << table << " holds something of organisations: say in src/archive/tables.cpp whether their archive carries it";
}

TEST_P(ArchiveTables, what_belongs_to_one_organisation_goes_and_nothing_of_another)
{
    storage::TestDatabase database{GetParam()};
    auto const town = OrganisationId::make(), other = OrganisationId::make();
    auto const add = [&](OrganisationId id, std::string const& slug) {
        return database->write([&](storage::Session& session) -> Status {
            auto const record = RecordId::make();
            session.execute(storage::SqlText{"INSERT INTO organisation(id, slug, name, kind, language, zone, created_at) VALUES(?,?,?,'other','fr','UTC',0)"}, id, slug, slug);
            auto row = session.query(storage::SqlText{"INSERT INTO record(organisation_id, id, register, version, reference, title, title_key, status, created_at, updated_at) VALUES(?,?,'profile',1,'P','t','t','draft',0,0) RETURNING rid"}, id, record);
            row.next();
            auto const rid = row.integer(0);
            while (row.next()) {}
            session.execute(storage::SqlText{"INSERT INTO record_body(rid, body) VALUES(?,'{}')"}, rid);
            session.execute(storage::SqlText{"INSERT INTO record_version(rid, version, schema_version, recorded_at) VALUES(?,1,1,0)"}, rid);
            session.execute(storage::SqlText{"INSERT INTO finding(rid, rule, severity) VALUES(?,'R',1)"}, rid);
            session.execute(storage::SqlText{"INSERT INTO term(organisation_id, list, code, label_fr, label_en) VALUES(?,'l','c','x','x')"}, id);
            return Nothing{};
        });
    };
    ASSERT_TRUE(add(town, "town").ok() && add(other, "other").ok());
    ASSERT_TRUE(database->write([&](storage::Session& session) -> Status {
        auto const removed = storage::remove_belongings(session, town);
        EXPECT_EQ(removed.at("organisation"), 1);
        EXPECT_EQ(removed.at("record_version"), 1);
        return Nothing{};
    }).ok());
    auto session = database->read();
    for (auto const& count : {storage::SqlText{"SELECT count(*) FROM organisation"}, storage::SqlText{"SELECT count(*) FROM record"}, storage::SqlText{"SELECT count(*) FROM record_version"},
                              storage::SqlText{"SELECT count(*) FROM record_body"}, storage::SqlText{"SELECT count(*) FROM finding"}, storage::SqlText{"SELECT count(*) FROM term"}}) {
        auto row = session->query(count);
        ASSERT_TRUE(row.next());
        EXPECT_EQ(row.integer(0), 1);
    }
}

INSTANTIATE_TEST_SUITE_P(Engines, ArchiveTables, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

TEST(Renumber, gives_a_copy_new_ids_that_meet_again_in_texts_and_leaves_strangers_alone)
{
    auto const from = OrganisationId::make(), to = OrganisationId::make();
    auto const record = Uuid::make(), stranger = Uuid::make();
    std::unordered_set<Uuid> const known{record};
    Renumber const renumber(from, to, known);
    EXPECT_NE(renumber(record), record);
    EXPECT_EQ(renumber(record), renumber(record));
    EXPECT_EQ(renumber(accounts::organisation_actor(from)), accounts::organisation_actor(to));
    EXPECT_EQ(renumber("{\"a\":\"" + record.text() + "\",\"b\":\"" + stranger.text() + "\"}"), "{\"a\":\"" + renumber(record).text() + "\",\"b\":\"" + stranger.text() + "\"}");
    EXPECT_EQ(renumber(record.text() + record.text()), renumber(record).text() + renumber(record).text());
    Renumber const same(from);
    EXPECT_EQ(same(record), record);
    EXPECT_EQ(same(record.text()), record.text());
}

TEST(SideTables, know_a_line_they_wrote_and_refuse_what_lacks_its_key)
{
    Place const place{std::string{part::settings}, 3};
    auto const line = parse_side_line(R"({"term":{"code":"c","label_en":"L","label_fr":"L","list":"l","retired":0}})", place);
    ASSERT_TRUE(line.ok());
    EXPECT_EQ(line->table->name, "term");
    EXPECT_FALSE(parse_side_line(R"({"term":{"code":null,"label_en":"L","label_fr":"L","list":"l","retired":0}})", place).ok());
    EXPECT_FALSE(parse_side_line(R"({"term":{"code":"c"}})", place).ok());
    EXPECT_FALSE(parse_side_line(R"({"session":{}})", place).ok());
    EXPECT_FALSE(parse_side_line(R"({"term":{"code":"c\u0000","label_en":"L","label_fr":"L","list":"l","retired":0}})", place).ok());
}

}  // namespace
}  // namespace greffier::archive
