// Who sees which record, against a model of a few lines: random services, restrictions, people named, roles, reads.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "accounts/memberships.hpp"
#include "accounts/organisation.hpp"
#include "ledger/ledger.hpp"
#include "records/access.hpp"
#include "records/acts.hpp"
#include "records/comments.hpp"
#include "records/drafts.hpp"
#include "records/favourites.hpp"
#include "records/find_many.hpp"
#include "records/link_words.hpp"
#include "records/notifications.hpp"
#include "records/placing.hpp"
#include "records/related.hpp"
#include "records/silent_examiner.hpp"
#include "records/store.hpp"
#include "records/views.hpp"
#include "schema/schema.hpp"
#include "storage/test_database.hpp"

namespace greffier::records::sight_testing {

struct Leaf {
    std::string name, service;
    std::optional<Id<Leaf>> see;
};
schema::Schema<Leaf> const& schema_of(Leaf const*)
{
    static schema::Schema<Leaf> const schema("leaf", 1, {
        schema::Field("name", &Leaf::name).required().searchable(),
        schema::Field("service", &Leaf::service),
        schema::Field("see", &Leaf::see),
    });
    return schema;
}
schema::Schema<Leaf> const& leaves() { return schema_of(static_cast<Leaf const*>(nullptr)); }

Register const& leaf_register()
{
    static Register const kind{.slug = "leaves", .prefix = "F", .icon = "note", .schema = &leaves().info(), .title_field = "name", .statuses = {"draft", "kept"}, .service_field = "service"};
    return kind;
}

using accounts::Role;
using storage::SqlText;

/// What the model knows of a record and of a person: nothing of SQL.
struct Known {
    RecordId id;
    std::string title, reference, service;
    Uuid made_by;
    bool restricted = false;
    std::set<PersonId> named;
};
struct Somebody {
    PersonId id;
    Uuid actor;
    std::vector<Role> roles;
    std::vector<std::string> services;   ///< of a limited contributor
};

bool sees(Somebody const& who, Known const& record)
{
    if (record.named.contains(who.id)) return true;
    return std::ranges::any_of(who.roles, [&](Role role) {
        if (accounts::sees_restricted(role)) return true;
        if (record.restricted || role == Role::ExternalAuthor) return false;
        if (role != Role::Contributor || who.services.empty()) return true;
        return record.made_by == who.actor || std::ranges::find(who.services, record.service) != who.services.end();
    });
}

class SightTest : public ::testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    Registers registers{{&leaf_register()}};
    Silent judge;
    LedgerKeeper keeper{*database, SigningKey::from_seed(Secret<Bytes>(random_bytes(32))), database.directory() / "checkpoints"};
    Machinery machinery{*database, registers, judge, keeper};
    accounts::Organisations organisations{*database};
    accounts::Memberships memberships{*database};
    Timestamp clock = *parse_timestamp("2026-03-14T08:00:00Z");
    OrganisationId town = organisations.add({.slug = "ville", .name = "Ville", .kind = "commune"}, clock)->id;
    Records all{machinery, town, accounts::Sight::everything()};
    std::mt19937 chance{20261122};
    std::vector<Known> records;
    std::vector<Somebody> people;

    int below(int most) { return static_cast<int>(chance() % static_cast<unsigned>(most)); }
    By by(Uuid actor = Uuid::make())
    {
        clock += std::chrono::minutes(1);
        return {actor, clock};
    }
    Somebody& somebody(std::string const& name, std::vector<Role> roles, std::vector<std::string> services = {})
    {
        auto const id = PersonId::make();
        (void)database->write([&](storage::Session& session) -> Status {
            session.execute(SqlText{"INSERT INTO person(id, email, email_shown, name, created_at) VALUES(?,?,?,?,?)"}, id, name + "@x.example", name + "@x.example", name, clock);
            return Nothing{};
        });
        for (auto role : roles)
            EXPECT_TRUE(memberships.grant(id, town, role, clock, {false, role == Role::Auditor ? std::optional{clock + std::chrono::hours(24 * 300)} : std::nullopt, {}, role == Role::Contributor ? services : std::vector<std::string>{}}).ok());
        return people.emplace_back(id, memberships.of(id, town)->actor, std::move(roles), std::move(services));
    }
    accounts::Sight sight(Somebody const& who) { return memberships.of(who.id, town)->sight(); }
    Records as(Somebody const& who) { return {machinery, town, sight(who)}; }
    schema::Row row(std::string name, std::string service, std::optional<RecordId> see = {})
    {
        Leaf leaf{std::move(name), std::move(service), {}};
        if (see) leaf.see = Id<Leaf>{see->uuid};
        return leaves().pack(leaf);
    }
    Known& add(std::string title, std::string service, Uuid actor = Uuid::make(), std::optional<RecordId> see = {})
    {
        auto const made = all.create(leaf_register(), {row(title, service, see)}, by(actor));
        EXPECT_TRUE(made.ok());
        return records.emplace_back(made->head.id, title, made->head.reference, service, actor);
    }
    void set_access(Known& record, bool restricted, std::set<PersonId> named)
    {
        EXPECT_TRUE(all.set_access(leaf_register(), {record.id, 0, restricted, {named.begin(), named.end()}, "motif"}, by()).ok());
        record.restricted = restricted;
        record.named = std::move(named);
    }
    std::set<RecordId> seen_by_model(Somebody const& who)
    {
        std::set<RecordId> ids;
        for (auto const& record : records)
            if (sees(who, record)) ids.insert(record.id);
        return ids;
    }
    static std::set<RecordId> ids_of(ListPage const& page)
    {
        std::set<RecordId> ids;
        for (auto const& item : page.items) ids.insert(item.head.id);
        return ids;
    }
    void expect_as_the_model_says(Somebody const& who);
};

void SightTest::expect_as_the_model_says(Somebody const& who)
{
    auto const expected = seen_by_model(who);
    auto const store = as(who);
    ListQuery query;
    query.per_page = 200;
    auto const listed = store.list(leaf_register(), query);
    ASSERT_TRUE(listed.ok());
    EXPECT_EQ(ids_of(*listed), expected);
    EXPECT_EQ(listed->total, static_cast<std::int64_t>(expected.size()));
    query.text = "feuille";
    EXPECT_EQ(ids_of(*store.list(leaf_register(), query)), expected);
    query.at = clock;
    EXPECT_EQ(ids_of(*store.list(leaf_register(), query)), expected);
    std::int64_t counted = 0;
    for (auto const& [status, count] : store.count_by_status(leaf_register())) counted += count;
    EXPECT_EQ(counted, static_cast<std::int64_t>(expected.size()));
    std::int64_t above = 0;
    for (auto const& [status, count] : Views(*database, town, sight(who)).above(leaf_register(), who.actor).by_status) above += count;
    EXPECT_EQ(above, static_cast<std::int64_t>(expected.size()));
    std::set<RecordId> each;
    store.each(leaf_register(), std::nullopt, [&](Stored const& stored) { each.insert(stored.head.id); });
    EXPECT_EQ(each, expected);
    std::vector<RecordId> ids;
    std::vector<std::string> texts;
    for (auto const& record : records) {
        ids.push_back(record.id);
        texts.push_back(record.id.text());
        bool const seen = expected.contains(record.id);
        EXPECT_EQ(store.find(leaf_register(), record.id).ok(), seen);
        if (!seen) {
            EXPECT_EQ(store.find(leaf_register(), record.id).error().kind, ErrorKind::NotFound);
        }
        EXPECT_EQ(store.find_at(leaf_register(), record.id, clock).ok(), seen);
        EXPECT_EQ(store.find_by_reference(leaf_register(), record.reference).has_value(), seen);
        EXPECT_EQ(store.versions(leaf_register(), record.id).ok(), seen);
        EXPECT_EQ(store.version(leaf_register(), record.id, 1).ok(), seen);
        for (auto const& link : store.links_to(record.id)) EXPECT_TRUE(expected.contains(link.id));
        auto session = database->read();
        EXPECT_EQ(records::sees(*session, who.id, town, record.id), seen) << "across organisations";
    }
    EXPECT_EQ(find_many(store, leaf_register(), ids).size(), expected.size());
    EXPECT_EQ(heads_of(store, ids).size(), expected.size());
    Related wanted{.links_to = ids};
    for (auto const& record : records) wanted.speaking_of.push_back(record.reference);
    auto const speaking = related(store, leaf_register(), wanted, {}, 1000);
    EXPECT_EQ(std::set<RecordId>(speaking.begin(), speaking.end()), std::set<RecordId>(expected.begin(), expected.end())) << "each speaks of itself";
    for (auto const& id : related(store, leaf_register(), wanted, clock, 1000)) EXPECT_TRUE(expected.contains(id));
    EXPECT_EQ(link_words(store, texts).size(), expected.size());
    EXPECT_EQ(link_words(store, texts, clock).size(), expected.size());
}

TEST_P(SightTest, whatever_is_asked_the_answer_is_the_models)
{
    std::vector<std::string> const services{"ecole", "voirie", "paie"};
    somebody("dpo", {Role::Dpo});
    somebody("maire", {Role::Representative});
    somebody("admin", {Role::Administrator});
    somebody("rssi", {Role::Ciso});
    somebody("lecture", {Role::Reader});
    somebody("audit", {Role::Auditor});
    somebody("tous", {Role::Contributor});
    somebody("ecole", {Role::Contributor}, {"ecole"});
    somebody("deux", {Role::Contributor}, {"voirie", "paie"});
    somebody("lit_tout", {Role::Contributor, Role::Reader}, {"ecole"});
    somebody("dehors", {Role::ExternalAuthor});
    somebody("dehors_ecole", {Role::ExternalAuthor, Role::Contributor}, {"ecole"});
    for (int i = 0; i < 24; ++i) {
        auto const number = below(5);
        std::optional<RecordId> see;
        if (!records.empty() && below(2) == 0) see = records[static_cast<std::size_t>(below(static_cast<int>(records.size())))].id;
        add("Feuille " + std::to_string(i), number < 3 ? services[static_cast<std::size_t>(number)] : "", below(3) == 0 ? people[static_cast<std::size_t>(below(static_cast<int>(people.size())))].actor : Uuid::make(), see);
    }
    for (int step = 0; step < 12; ++step) {
        auto& record = records[static_cast<std::size_t>(below(static_cast<int>(records.size())))];
        std::set<PersonId> named;
        for (int i = below(3); i > 0; --i) named.insert(people[static_cast<std::size_t>(below(static_cast<int>(people.size())))].id);
        set_access(record, below(2) == 0, named);
        auto const& who = people[static_cast<std::size_t>(step)];
        SCOPED_TRACE("seen by person " + std::to_string(step));
        expect_as_the_model_says(who);
    }
    for (auto const& who : people) expect_as_the_model_says(who);
}

TEST_P(SightTest, what_is_hidden_cannot_be_written_deleted_or_linked_to)
{
    auto const ours = add("Cantine", "ecole"), theirs = add("Astreinte", "voirie");
    auto const karim = somebody("karim", {Role::Contributor}, {"École"});
    auto const store = as(karim);
    EXPECT_TRUE(store.update(leaf_register(), {ours.id, 1, row("Cantine scolaire", "ecole")}, by(karim.actor)).ok());
    EXPECT_EQ(store.update(leaf_register(), {theirs.id, 1, row("Prise", "ecole")}, by(karim.actor)).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(store.remove(leaf_register(), theirs.id, 0, by(karim.actor)).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(store.set_access(leaf_register(), {theirs.id, 0, true, {}, "motif"}, by(karim.actor)).error().kind, ErrorKind::NotFound);
    auto const linked = store.create(leaf_register(), {row("Vers ailleurs", "ecole", theirs.id)}, by(karim.actor));
    ASSERT_FALSE(linked.ok());
    EXPECT_EQ(linked.error().fields.at(0).code, "unknown_link");
    auto const taken = store.create(leaf_register(), {row("Même référence", "ecole"), theirs.reference}, by(karim.actor));
    ASSERT_FALSE(taken.ok());
    EXPECT_EQ(taken.error().fields.at(0).code, "not_unique");
}

TEST_P(SightTest, a_link_to_what_is_hidden_stays_when_the_record_is_saved)
{
    auto const theirs = add("Astreinte", "voirie");
    auto const ours = add("Cantine", "ecole", Uuid::make(), theirs.id);
    auto const karim = somebody("karim", {Role::Contributor}, {"ecole"});
    EXPECT_TRUE(link_words(as(karim), {theirs.id.text()}).empty());
    auto const saved = as(karim).update(leaf_register(), {ours.id, 1, row("Cantine scolaire", "ecole", theirs.id)}, by(karim.actor));
    ASSERT_TRUE(saved.ok());
    EXPECT_EQ(all.links_to(theirs.id).size(), 1U);
}

TEST_P(SightTest, a_new_record_gets_the_one_service_of_its_maker_or_asks_which)
{
    auto const one = somebody("one", {Role::Contributor}, {"École"}), two = somebody("two", {Role::Contributor}, {"Voirie", "Paie"});
    auto const made = as(one).create(leaf_register(), {row("Cantine", "")}, by(one.actor));
    ASSERT_TRUE(made.ok());
    EXPECT_EQ(leaves().unpack(made->row)->service, "École");
    auto const asked = as(two).create(leaf_register(), {row("Astreinte", "")}, by(two.actor));
    ASSERT_FALSE(asked.ok());
    EXPECT_EQ(asked.error().fields.at(0).field, "service");
    EXPECT_EQ(asked.error().fields.at(0).code, "service_of_yours");
    EXPECT_TRUE(as(two).create(leaf_register(), {row("Astreinte", "voirie")}, by(two.actor)).ok());
    // Handed to another service, they would see it no more.
    EXPECT_FALSE(as(one).update(leaf_register(), {made->head.id, 1, row("Cantine", "Paie")}, by(one.actor)).ok());
    EXPECT_FALSE(as(one).create(leaf_register(), {row("Paie", "Paie")}, by(one.actor)).ok());
}

TEST_P(SightTest, an_external_author_writes_what_names_them_and_makes_nothing)
{
    add("Autre", "voirie");
    auto& study = add("Étude", "voirie");
    auto const author = somebody("dehors", {Role::ExternalAuthor});
    EXPECT_EQ(as(author).find(leaf_register(), study.id).error().kind, ErrorKind::NotFound);
    set_access(study, false, {author.id});
    EXPECT_TRUE(as(author).update(leaf_register(), {study.id, 1, row("Étude relue", "voirie")}, by(author.actor)).ok());
    auto const refused = as(author).create(leaf_register(), {row("Nouvelle", "")}, by(author.actor));
    EXPECT_EQ(refused.error().code, "writes_named_records_alone");
    set_access(study, false, {});
    EXPECT_EQ(as(author).update(leaf_register(), {study.id, 2, row("Encore", "")}, by(author.actor)).error().kind, ErrorKind::NotFound);
}

TEST_P(SightTest, who_reads_everything_and_writes_for_a_service_is_refused_not_misled)
{
    auto const theirs = add("Astreinte", "voirie");
    auto const both = somebody("both", {Role::Contributor, Role::Reader}, {"ecole"});
    ASSERT_TRUE(as(both).find(leaf_register(), theirs.id).ok());
    auto const refused = as(both).update(leaf_register(), {theirs.id, 1, row("Prise", "voirie")}, by(both.actor));
    EXPECT_EQ(refused.error().code, "not_of_your_services");
}

TEST_P(SightTest, restricting_is_a_version_with_its_reason_and_can_be_undone)
{
    auto& record = add("Incident", "");
    auto const reader = somebody("lecture", {Role::Reader});
    EXPECT_EQ(all.set_access(leaf_register(), {record.id, 0, true, {}, ""}, by()).error().fields.at(0).field, "reason");
    set_access(record, true, {});
    EXPECT_FALSE(as(reader).find(leaf_register(), record.id).ok());
    auto const versions = all.versions(leaf_register(), record.id);
    ASSERT_EQ(versions->size(), 2U);
    EXPECT_EQ(versions->front().action, "restrict");
    EXPECT_EQ(versions->front().reason, "motif");
    EXPECT_TRUE(all.find(leaf_register(), record.id)->head.restricted);
    ASSERT_TRUE(all.update(leaf_register(), {record.id, 2, row("Incident clos", "")}, by()).ok());
    EXPECT_FALSE(as(reader).find(leaf_register(), record.id).ok()) << "an edit opens nothing";
    set_access(record, false, {});
    EXPECT_TRUE(as(reader).find(leaf_register(), record.id).ok());
    EXPECT_EQ(all.versions(leaf_register(), record.id)->front().action, "unrestrict");
}

TEST_P(SightTest, whoever_restricts_without_seeing_such_records_stays_named_on_it)
{
    auto const record = add("Sanction", "");
    auto const admin = somebody("admin", {Role::Administrator});
    ASSERT_TRUE(as(admin).set_access(leaf_register(), {record.id, 0, true, {}, "motif"}, by(admin.actor)).ok());
    EXPECT_TRUE(as(admin).find(leaf_register(), record.id).ok());
    auto const named = nameable_on(all, record.id);
    ASSERT_EQ(named.size(), 1U);
    EXPECT_TRUE(named.front().named);
}

TEST_P(SightTest, only_people_of_the_organisation_are_named)
{
    auto const record = add("Sanction", "");
    EXPECT_EQ(all.set_access(leaf_register(), {record.id, 0, true, {PersonId::make()}, "motif"}, by()).error().fields.at(0).field, "named");
}

TEST_P(SightTest, what_hangs_on_a_hidden_record_goes_with_it)
{
    auto& record = add("Incident", "");
    auto const reader = somebody("lecture", {Role::Reader}), dpo = somebody("dpo", {Role::Dpo});
    auto const actor = accounts::make_actor(*memberships.of(dpo.id, town));
    Comments const talk{*database, town, accounts::Sight::everything()};
    ASSERT_TRUE(talk.add(leaf_register(), record.id, {"@lecture regarde", {}, {reader.id}}, actor, clock).ok());
    ASSERT_TRUE(Favourites(*database, town, sight(reader)).keep(reader.id, leaf_register(), record.id, clock).ok());
    Drafts const drafts{*database, town, reader.id, sight(reader)};
    Draft draft{"leaves", record.id, Uuid::make(), 1, "Incident", clock, {}};
    ASSERT_TRUE(drafts.keep(draft).ok());
    set_access(record, true, {});
    auto const after = sight(reader);
    EXPECT_TRUE(Comments(*database, town, after).threads(record.id).empty());
    EXPECT_EQ(Comments(*database, town, after).count(record.id).comments, 0);
    EXPECT_FALSE(Comments(*database, town, after).add(leaf_register(), record.id, {"encore", {}, {}}, accounts::make_actor(*memberships.of(reader.id, town)), clock).ok());
    EXPECT_TRUE(Favourites(*database, town, after).of(reader.id).empty());
    EXPECT_TRUE(Drafts(*database, town, reader.id, after).all().empty());
    EXPECT_EQ(Drafts(*database, town, reader.id, after).count(), 0);
    auto const session = accounts::Seen::across(*database, reader.id);
    auto told = session->query(SqlText{"SELECT count(*) FROM notification WHERE person_id=?"}, reader.id);
    told.next();
    EXPECT_EQ(told.integer(0), 0);
    // And nobody is told of what they do not see.
    ASSERT_TRUE(talk.add(leaf_register(), record.id, {"@lecture encore", {}, {reader.id}}, actor, clock).ok());
    auto plain = database->read();
    auto rows = plain->query(SqlText{"SELECT count(*) FROM notification WHERE person_id=?"}, reader.id);
    rows.next();
    EXPECT_EQ(rows.integer(0), 1);
}

TEST_P(SightTest, a_record_nobody_has_looked_at_is_no_services_until_it_is_placed)
{
    auto const record = add("Cantine", "ecole");
    auto const karim = somebody("karim", {Role::Contributor}, {"ecole"});
    ASSERT_TRUE(database->write([&](storage::Session& session) -> Status {
        session.execute(SqlText{"UPDATE record SET service='?'"});
        return Nothing{};
    }).ok());
    EXPECT_FALSE(as(karim).find(leaf_register(), record.id).ok());
    EXPECT_EQ(place_in_services(machinery, clock), 1);
    EXPECT_TRUE(as(karim).find(leaf_register(), record.id).ok());
    EXPECT_EQ(place_in_services(machinery, clock), 0);
}

TEST_P(SightTest, who_sees_part_of_the_records_sees_their_own_acts_alone)
{
    auto const record = add("Cantine", "ecole");
    auto const karim = somebody("karim", {Role::Contributor}, {"ecole"});
    auto const act = ActId::make();
    ASSERT_TRUE(database->write([&](storage::Session& session) -> Status {
        Acts::open(session, town, {act, "leaves", "edit", Uuid::make(), clock});
        Acts::note(session, act, {record.id, "leaves", 1, 2});
        Acts::close(session, town, act, clock);
        return Nothing{};
    }).ok());
    EXPECT_EQ(Acts(machinery, town, accounts::Sight::everything()).list(1, 10).total, 1);
    EXPECT_EQ(Acts(machinery, town, sight(karim)).list(1, 10).total, 0);
    EXPECT_FALSE(Acts(machinery, town, sight(karim)).find(act).ok());
}

INSTANTIATE_TEST_SUITE_P(Engines, SightTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace greffier::records::sight_testing
