#include "records/api_fixture.hpp"
#include "records/drafts.hpp"
#include "records/pages/shared.hpp"

namespace greffier::records::api_testing {
namespace {

struct FormActsTest : ApiTest {
    PageServices services{machinery, [](OrganisationId, Uuid, Locale const&) { return std::string{"Claire"}; }, [](Register const&) { return std::vector<std::string>{}; }};
    Records records{machinery, town.id, accounts::Sight::everything()};
    Register const& kind = sheet_register();

    FormActsTest()
    {
        routes = pages::form_routes(services);
        person = PersonId::make();
        (void)database->write([&](storage::Session& session) -> Status {
            session.execute(storage::SqlText{"INSERT INTO person(id, email, email_shown, name, created_at) VALUES(?,'claire@x.example','claire@x.example','Claire',0)"}, *person);
            return Nothing{};
        });
    }
    Stored sheet(std::string status = "draft")
    {
        Sheet sheet;
        sheet.name = "Cantine";
        sheet.text = {"texte"};
        return *records.create(kind, {schema_of(static_cast<Sheet const*>(nullptr)).pack(sheet), "", std::move(status)}, {actor, clock});
    }
    std::string refusal_of(Stored const& stored, std::string text)
    {
        auto const answer = answer_to(Method::Post, "/o/ville/sheets/" + stored.head.id.text(), {.form = {{"_version", "1"}, {"_form", Uuid::make().text()}, {"name", "Cantine"}, {"text", std::move(text)}}});
        return answer.ok() ? std::to_string(answer->status) : answer.error().code;
    }
    std::string kept(Stored const& stored)
    {
        auto const draft = Drafts{*database, town.id, *person, accounts::Sight::everything()}.find("sheets", stored.head.id);
        return draft ? draft->fields.get("text") : "";
    }
};

TEST_P(FormActsTest, what_was_typed_in_a_record_that_went_away_meanwhile_is_kept_as_a_draft)
{
    auto const archived = sheet("archived"), deleted = sheet();
    ASSERT_TRUE(records.remove(kind, deleted.head.id, 1, {actor, clock}).ok());
    EXPECT_EQ(refusal_of(archived, "une heure de travail"), "typed_kept_as_draft");
    EXPECT_EQ(kept(archived), "une heure de travail");
    EXPECT_EQ(refusal_of(deleted, "une autre"), "typed_kept_as_draft");
    EXPECT_EQ(kept(deleted), "une autre");
    EXPECT_EQ(refusal_of(deleted, "d’une autre page"), "deleted_record") << "a draft that another page typed is not written over";
    EXPECT_EQ(kept(deleted), "une autre");
    EXPECT_EQ(refusal_of(sheet(), "texte changé"), "303");
}

INSTANTIATE_TEST_SUITE_P(Engines, FormActsTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace
}  // namespace greffier::records::api_testing
