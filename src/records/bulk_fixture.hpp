#pragma once
// What the tests of bulk acts, of their undoing and of views share.

#include <gtest/gtest.h>

#include "accounts/memberships.hpp"
#include "records/bulk.hpp"
#include "schema/schema.hpp"
#include "storage/test_database.hpp"

// A register of the tests: one status to decide, one list, one material field.
namespace greffier::records::testing_bulk {

struct Card {
    std::string name;
    schema::Text text;
    std::vector<std::string> words;
    std::optional<Date> next_review, last_review;
    std::string reviewer, room;
    bool everywhere = false;
    std::vector<Id<struct CardTag>> about;
};
inline schema::Schema<Card> const& schema_of(Card const*)
{
    static schema::Schema<Card> const schema("card", 1, {
        schema::Field("name", &Card::name).required().searchable(),
        schema::Field("text", &Card::text).searchable().material(),
        schema::Field("words", &Card::words).searchable(),
        schema::Field("next_review", &Card::next_review),
        schema::Field("last_review", &Card::last_review),
        schema::Field("reviewer", &Card::reviewer),
        schema::Field("room", &Card::room).max_length(20).in_list(),
        schema::Field("everywhere", &Card::everywhere).facet(),
        schema::Field("about", &Card::about),
    });
    return schema;
}
inline schema::Schema<Card> const& cards() { return schema_of(static_cast<Card const*>(nullptr)); }

inline Register const& card_register()
{
    static Register const kind{
        .slug = "cards", .prefix = "CARD", .icon = "note", .schema = &cards().info(), .title_field = "name", .review_field = "next_review",
        .statuses = {"draft", "settled", "archived"},
        .transitions = {{"draft", "settled", web::Permission::DecideRecords, false, false, true}, {"settled", "archived", web::Permission::WriteRecords, true}},
        .settled = {"settled"}, .unsettled = "draft", .closed = {"archived"}, .stamps = {},
        .reviewed_field = "last_review", .reviewer_field = "reviewer"};
    return kind;
}

struct Judge final : Examiner {
    std::vector<Finding> examine(Subject const& subject, Surroundings&) const override
    {
        if (schema::is_empty(schema::get(*subject.schema, *subject.row, "text"))) return {{"CARD-1", Severity::Blocking, {"text"}, {}}};
        return {};
    }
};

class BulkTest : public ::testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    Registers registers{{&card_register()}};
    Judge judge;
    LedgerKeeper keeper{*database, SigningKey::from_seed(Secret<Bytes>(random_bytes(32))), database.directory() / "checkpoints"};
    Machinery machinery{*database, registers, judge, keeper};
    OrganisationId town = organisation("town"), other_town = organisation("other");
    Records records{machinery, town, accounts::Sight::everything()};
    Bulk bulk{machinery, town, accounts::Sight::everything(), card_register()};
    Acts acts{machinery, town, accounts::Sight::everything()};
    Timestamp clock = *parse_timestamp("2026-03-01T08:00:00Z");
    accounts::Actor dpo = actor(accounts::Role::Dpo), clerk = actor(accounts::Role::Contributor);

    OrganisationId organisation(char const* slug)
    {
        auto const id = OrganisationId::make();
        EXPECT_TRUE(database->write([&](storage::Session& session) -> Status {
            session.execute(storage::SqlText{"INSERT INTO organisation(id, slug, name, kind, language, zone, created_at) VALUES(?,?,?,'commune','fr','Europe/Paris',0)"}, id, slug, slug);
            return Nothing{};
        }).ok());
        return id;
    }
    accounts::Actor actor(accounts::Role role)
    {
        accounts::Actor one;
        one.organisation = town;
        one.id = Uuid::make();
        one.role = role;
        one.roles = {role};
        one.sight = accounts::Sight::everything();
        return one;
    }
    By by(accounts::Actor const& who)
    {
        clock += std::chrono::minutes(1);
        return {who.id, clock, "Europe/Paris"};
    }
    Stored add(std::string name, std::string text = "texte")
    {
        Card card;
        card.name = std::move(name);
        card.text = {std::move(text)};
        return *records.create(card_register(), {cards().pack(card)}, by(dpo));
    }
    Stored find(RecordId id, bool deleted_too = false) { return *records.find(card_register(), id, deleted_too); }
    Date clock_day() const { return local_date(clock, "Europe/Paris"); }
    static schema::Row add_row(std::string name)
    {
        Card card;
        card.name = std::move(name);
        card.text = {"texte"};
        return cards().pack(card);
    }
    std::string room(RecordId id) { return schema::text_of(cards().info(), find(id).row, "room"); }

    Act prepare(std::string const& kind, std::vector<Stored> const& stored, accounts::Actor const& who)
    {
        std::vector<Chosen> chosen;
        for (auto const& one : stored) chosen.push_back({one.head.id, one.head.version});
        auto act = bulk.prepare(kind, chosen, by(who));
        EXPECT_TRUE(act.ok());
        return *act;
    }
    Act run(std::string const& kind, std::vector<Stored> const& stored, BulkWish const& wish, accounts::Actor const& who)
    {
        auto const act = prepare(kind, stored, who);
        auto const asked = bulk.ask(act.id, wish, by(who));
        EXPECT_TRUE(asked.ok()) << (asked.ok() ? "" : asked.error().fields.front().code);
        EXPECT_TRUE(bulk.confirm(act.id, by(who)).ok());
        auto done = bulk.run(act.id, by(who), who);
        EXPECT_TRUE(done.ok());
        return *done;
    }
    static BulkWish set_room(std::string value)
    {
        BulkWish wish;
        wish.field = "room";
        wish.value = std::move(value);
        return wish;
    }
    static BulkWish to_status(std::string status, std::string reason = {})
    {
        BulkWish wish;
        wish.status = std::move(status);
        wish.reason = std::move(reason);
        return wish;
    }
    Result<Act> undo(Act const& act, accounts::Actor const& who) { return acts.undo(act.id, by(who), who, "annulation"); }
    std::string outcome(Act const& act, RecordId id)
    {
        for (auto const& step : acts.steps(act.id))
            if (step.record == id) return step.outcome + (step.code.empty() ? "" : " " + step.code);
        return "absent";
    }
};

}  // namespace greffier::records::testing_bulk
