#include "records/drafts.hpp"

#include <gtest/gtest.h>

#include "records/towns_fixture.hpp"

namespace greffier::records {
namespace {

class DraftsTest : public TownsTest {
protected:
    OrganisationId town = organisation("town"), other_town = organisation("other");
    PersonId claire = person("claire@town.example"), sophie = person("sophie@town.example");
    Drafts drafts{*database, town, claire, accounts::Sight::everything()};
    Timestamp now = *parse_timestamp("2026-03-03T13:02:00Z");
    RecordId record = RecordId::make();

    Draft typed(std::string title, std::optional<RecordId> of = {}, Uuid form = Uuid::make())
    {
        Draft draft{"notes", of, form, of ? 3 : 0, std::move(title), now, {}};
        draft.fields.add("name", "Gérer l’état civil");
        draft.fields.add("on", "31/02/2026");
        draft.fields.add("tags", "a");
        draft.fields.add("tags", "b");
        return draft;
    }
};

TEST_P(DraftsTest, what_was_typed_comes_back_as_it_was_typed)
{
    auto const draft = typed("Gérer");
    ASSERT_TRUE(drafts.keep(draft).ok());
    auto const back = drafts.find("notes", std::nullopt);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->form, draft.form);
    EXPECT_EQ(back->saved_at, now);
    EXPECT_EQ(back->fields.get("on"), "31/02/2026");
    EXPECT_EQ(back->fields.all("tags"), (std::vector<std::string>{"a", "b"}));
    EXPECT_FALSE(drafts.find("notes", record));
    EXPECT_FALSE(drafts.find("others", std::nullopt));
}

TEST_P(DraftsTest, only_the_author_reads_it_and_only_in_its_organisation)
{
    ASSERT_TRUE(drafts.keep(typed("Secret", record)).ok());
    Drafts const hers(*database, town, sophie, accounts::Sight::everything()), elsewhere(*database, other_town, claire, accounts::Sight::everything());
    for (auto const& others : {hers, elsewhere}) {
        EXPECT_FALSE(others.find("notes", record));
        EXPECT_TRUE(others.all().empty());
        EXPECT_EQ(others.count(), 0);
        EXPECT_FALSE(others.discard("notes", record));
    }
    EXPECT_EQ(drafts.count(), 1);
    ASSERT_TRUE(hers.keep(typed("Le sien", record)).ok());   // two people, two drafts of one record
    EXPECT_EQ(drafts.find("notes", record)->title, "Secret");
}

TEST_P(DraftsTest, the_page_that_typed_it_keeps_it_again_and_another_page_does_not_overwrite_it_unseen)
{
    auto draft = typed("un", record);
    ASSERT_TRUE(drafts.keep(draft).ok());
    draft.title = "deux";
    ASSERT_TRUE(drafts.keep(draft).ok());
    EXPECT_EQ(drafts.find("notes", record)->title, "deux");
    auto const other = typed("ailleurs", record);
    auto const refused = drafts.keep(other);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "draft_elsewhere");
    EXPECT_EQ(drafts.find("notes", record)->title, "deux");
    EXPECT_TRUE(drafts.keep(other, Drafts::Other::Replaced).ok());
    EXPECT_EQ(drafts.find("notes", record)->title, "ailleurs");
    EXPECT_EQ(drafts.count(), 1);
}

TEST_P(DraftsTest, is_forgotten_by_the_page_that_typed_it_or_by_hand)
{
    auto const draft = typed("un");
    ASSERT_TRUE(drafts.keep(draft).ok());
    EXPECT_FALSE(drafts.discard("notes", std::nullopt, Uuid::make()));
    EXPECT_TRUE(drafts.discard("notes", std::nullopt, draft.form));
    EXPECT_FALSE(drafts.discard("notes", std::nullopt));
    ASSERT_TRUE(drafts.keep(draft).ok());
    EXPECT_TRUE(drafts.discard("notes", std::nullopt));
    EXPECT_EQ(drafts.count(), 0);
}

TEST_P(DraftsTest, neither_a_draft_nor_their_number_is_endless)
{
    auto large = typed("grand");
    large.fields.add("text", std::string(Drafts::max_bytes, 'x'));
    auto const refused = drafts.keep(large);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().kind, ErrorKind::TooLarge);
    for (int i = 0; i < Drafts::max_count; ++i) ASSERT_TRUE(drafts.keep(typed("x", RecordId::make())).ok());
    auto const one_more = drafts.keep(typed("de trop"));
    ASSERT_FALSE(one_more.ok());
    EXPECT_EQ(one_more.error().code, "too_many_drafts");
    auto const known = drafts.all().front().draft;
    EXPECT_TRUE(drafts.keep({known.register_slug, known.record, known.form, 4, "encore", now, {}}).ok());   // one that is there may change
    EXPECT_TRUE(Drafts(*database, town, sophie, accounts::Sight::everything()).keep(typed("à elle")).ok());
}

TEST_P(DraftsTest, the_list_says_what_became_of_the_record)
{
    write([&](storage::Session& session) {
        session.execute(storage::SqlText{"INSERT INTO record(organisation_id, id, register, version, reference, title, title_key, status, created_at, updated_at) VALUES(?,?,'notes',5,'NOTE-0001','t','t','draft',0,0)"},
                        town, record);
    });
    ASSERT_TRUE(drafts.keep(typed("fiche", record)).ok());
    now += std::chrono::minutes(1);
    ASSERT_TRUE(drafts.keep(typed("nouvelle")).ok());
    auto const all = drafts.all();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].draft.title, "nouvelle");
    EXPECT_FALSE(all[0].changed_since());
    EXPECT_EQ(all[1].reference, "NOTE-0001");
    EXPECT_TRUE(all[1].changed_since());
    EXPECT_FALSE(all[1].in_bin);
    EXPECT_TRUE(all[1].draft.fields.empty());
}

TEST_P(DraftsTest, goes_after_thirty_days_without_a_touch)
{
    ASSERT_TRUE(drafts.keep(typed("un")).ok());
    forget_old_drafts(*database, now + Drafts::kept_for);
    EXPECT_EQ(drafts.count(), 1);
    forget_old_drafts(*database, now + Drafts::kept_for + std::chrono::milliseconds(1));
    EXPECT_EQ(drafts.count(), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, DraftsTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace
}  // namespace greffier::records
