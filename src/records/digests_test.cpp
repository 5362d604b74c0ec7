#include "records/digests.hpp"

#include <gmock/gmock.h>

#include "records/store.hpp"
#include "schema/schema.hpp"
#include "storage/test_database.hpp"

// A register of the tests: nothing but names.
namespace greffier::records::named_register {

struct Slip {
    std::string name;
};
schema::Schema<Slip> const& schema_of(Slip const*)
{
    static schema::Schema<Slip> const schema("slip", 1, {schema::Field("name", &Slip::name).required().searchable()});
    return schema;
}
schema::Schema<Slip> const& slips() { return schema_of(static_cast<Slip const*>(nullptr)); }

Register const& slip_register()
{
    static Register const kind{.slug = "slips", .prefix = "SLIP", .icon = "note", .schema = &slips().info(), .title_field = "name", .statuses = {"draft"}};
    return kind;
}

namespace {

using testing::UnorderedElementsAre;

/// Reads the names of the others at each write, and tells which it had to make out of their rows.
struct Curious final : Examiner {
    mutable std::vector<std::string> made, seen;

    std::vector<Finding> examine(Subject const& subject, Surroundings& around) const override
    {
        static std::vector<std::string> const fields{"name"};
        around.each_brief("slips", fields, [&](Surroundings::Neighbour const& one) {
            if (one.id == subject.id) return true;
            if (!one.digest) {
                made.push_back(schema::text_of(*subject.schema, one.row, "name"));
                one.digest = std::make_shared<std::string const>(made.back());
            }
            seen.push_back(*static_cast<std::string const*>(one.digest.get()));
            return true;
        });
        return {};
    }
    void forget()
    {
        made.clear();
        seen.clear();
    }
};

class DigestsTest : public ::testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    Register const& kind = slip_register();
    Registers registers{{&kind}};
    Curious examiner;
    LedgerKeeper keeper{*database, SigningKey::from_seed(Secret<Bytes>(random_bytes(32))), database.directory() / "checkpoints"};
    Machinery machinery{*database, registers, examiner, keeper};
    OrganisationId town = organisation();
    Records records{machinery, town, accounts::Sight::everything()};
    By by{Uuid::make(), *parse_timestamp("2026-03-01T08:00:00Z")};   // time stands still: it must not be what tells versions apart

    OrganisationId organisation()
    {
        auto const id = OrganisationId::make();
        (void)database->write([&](storage::Session& session) -> Status {
            session.execute(storage::SqlText{"INSERT INTO organisation(id, slug, name, kind, language, zone, created_at) VALUES(?,'v','v','commune','fr','Europe/Paris',0)"}, id);
            return Nothing{};
        });
        return id;
    }
    static schema::Row named(std::string name)
    {
        return slips().pack(Slip{std::move(name)});
    }
    RecordId add(std::string name)
    {
        auto made = records.create(kind, {named(std::move(name))}, by);
        EXPECT_TRUE(made.ok());
        return made->head.id;
    }
    void save(RecordId id, std::int64_t version, std::string name)
    {
        examiner.forget();
        EXPECT_TRUE(records.update(kind, {.id = id, .version = version, .row = named(std::move(name))}, by).ok());
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, DigestsTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

TEST_P(DigestsTest, a_save_reads_the_bodies_of_those_alone_that_changed)
{
    auto const a = add("A"), b = add("B");
    add("C");
    save(a, 1, "A 2");
    EXPECT_THAT(examiner.seen, UnorderedElementsAre("B", "C"));
    save(a, 2, "A 3");
    EXPECT_THAT(examiner.seen, UnorderedElementsAre("B", "C"));
    EXPECT_THAT(examiner.made, testing::IsEmpty());
    save(b, 1, "B 2");
    EXPECT_THAT(examiner.seen, UnorderedElementsAre("A 3", "C"));
    EXPECT_THAT(examiner.made, UnorderedElementsAre("A 3"));
}

TEST_P(DigestsTest, many_that_nobody_remembers_are_read_too)
{
    auto const a = add("A");
    (void)database->write([&](storage::Session& session) -> Status {
        Batch batch(machinery, town, session, by, accounts::Sight::everything());
        for (int i = 0; i < 30; ++i) EXPECT_TRUE(batch.create(kind, {named("N" + std::to_string(i))}).ok());
        batch.finish();
        return Nothing{};
    });
    save(a, 1, "A 2");
    EXPECT_EQ(examiner.seen.size(), 30u);
    EXPECT_EQ(examiner.made.size(), 30u);
    save(a, 2, "A 3");
    EXPECT_EQ(examiner.seen.size(), 30u);
    EXPECT_TRUE(examiner.made.empty());
}

TEST_P(DigestsTest, what_was_undone_is_not_remembered)
{
    auto const a = add("A"), b = add("B");
    EXPECT_FALSE(database->write([&](storage::Session& session) -> Status {
        {
            Batch first(machinery, town, session, by, accounts::Sight::everything());
            EXPECT_TRUE(first.update(kind, {.id = b, .version = 1, .row = named("Perdu")}).ok());
        }
        Batch second(machinery, town, session, by, accounts::Sight::everything());
        examiner.forget();
        EXPECT_TRUE(second.update(kind, {.id = a, .version = 1, .row = named("Perdu aussi")}).ok());
        EXPECT_THAT(examiner.seen, UnorderedElementsAre("Perdu"));
        second.finish();
        return Error::conflict("no");
    }).ok());
    save(b, 1, "Gardé");
    save(a, 1, "A 2");
    EXPECT_THAT(examiner.seen, UnorderedElementsAre("Gardé"));
}

TEST_P(DigestsTest, what_a_transaction_writes_is_seen_by_its_next_write)
{
    auto const a = add("A"), b = add("B"), c = add("C");
    save(c, 1, "C 2");
    examiner.forget();
    EXPECT_TRUE(database->write([&](storage::Session& session) -> Status {
        Batch batch(machinery, town, session, by, accounts::Sight::everything());
        EXPECT_TRUE(batch.update(kind, {.id = a, .version = 1, .row = named("A 2")}).ok());
        examiner.forget();
        EXPECT_TRUE(batch.update(kind, {.id = b, .version = 1, .row = named("B 2")}).ok());
        EXPECT_THAT(examiner.seen, UnorderedElementsAre("A 2", "C 2"));
        EXPECT_TRUE(batch.remove(kind, c, 2).ok());
        examiner.forget();
        EXPECT_TRUE(batch.update(kind, {.id = a, .version = 2, .row = named("A 3")}).ok());
        EXPECT_THAT(examiner.seen, UnorderedElementsAre("B 2"));
        batch.finish();
        batch.once_committed()();   // what follows a write in the list was not read from it: nothing false is learnt
        return Nothing{};
    }).ok());
    ASSERT_TRUE(records.restore(kind, c, by).ok());
    save(c, 4, "C 3");
    EXPECT_THAT(examiner.seen, UnorderedElementsAre("A 3", "B 2"));
    save(a, 3, "A 4");
    EXPECT_THAT(examiner.seen, UnorderedElementsAre("B 2", "C 3"));
}

}  // namespace
}  // namespace greffier::records::named_register
