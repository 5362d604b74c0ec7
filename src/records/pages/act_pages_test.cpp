#include "records/api_fixture.hpp"
#include "records/pages/shared.hpp"

namespace greffier::records::api_testing {
namespace {

struct ActPageTest : ApiTest {
    PageServices services{machinery, [](OrganisationId, Uuid, Locale const&) { return std::string{"Claire"}; }, [](Register const&) { return std::vector<std::string>{}; }};
    Records records{machinery, town.id, accounts::Sight::everything()};
    Register const& kind = sheet_register();

    ActPageTest() { routes = pages::act_routes(services); }

    static schema::Row row(std::string text)
    {
        Sheet sheet;
        sheet.name = "Cantine";
        sheet.text = {std::move(text)};
        return schema_of(static_cast<Sheet const*>(nullptr)).pack(sheet);
    }
    Stored sheet() { return *records.create(kind, {row("texte")}, {actor, clock}); }
    Stored now(Stored const& stored) { return *records.find(kind, stored.head.id); }
    /// Somebody else saves while the page is open.
    void change(Stored const& stored) { EXPECT_TRUE(records.update(kind, {stored.head.id, stored.head.version, row("autre texte")}, {Uuid::make(), clock}).ok()); }
    static std::string address(Stored const& stored, std::string const& act) { return "/o/ville/sheets/" + stored.head.id.text() + "/" + act; }
    web::Response send(Stored const& stored, std::string const& act, std::vector<std::pair<std::string, std::string>> form, std::int64_t seen)
    {
        form.emplace_back("_version", std::to_string(seen));
        return call(Method::Post, address(stored, act), {.form = std::move(form)});
    }
};

TEST_P(ActPageTest, what_somebody_changed_meanwhile_is_not_decided_unread)
{
    auto const stored = sheet();
    change(stored);
    auto const asked_again = send(stored, "status", {{"to", "settled"}, {"reason", "Vu en réunion"}}, stored.head.version);
    EXPECT_EQ(asked_again.status, 422);
    EXPECT_NE(asked_again.body.find("Vu en réunion"), std::string::npos) << "what was typed stays";
    EXPECT_NE(asked_again.body.find("name=\"_version\" value=\"2\""), std::string::npos) << "confirming it decides over what stands now";
    EXPECT_EQ(now(stored).head.status, "draft");
    EXPECT_EQ(send(stored, "status", {{"to", "settled"}}, 2).status, 303);
    EXPECT_EQ(now(stored).head.status, "settled");
}

TEST_P(ActPageTest, a_review_and_a_deletion_are_of_the_version_that_was_seen)
{
    auto const stored = sheet();
    change(stored);
    EXPECT_EQ(send(stored, "review", {{"next_review", "2099-01-01"}}, stored.head.version).status, 409);
    EXPECT_TRUE(schema::is_empty(schema::get(*kind.schema, now(stored).row, "last_review")));
    EXPECT_EQ(send(stored, "delete", {}, stored.head.version).status, 409);
    EXPECT_EQ(now(stored).head.version, 2);
    EXPECT_EQ(send(stored, "review", {{"next_review", "2099-01-01"}}, 2).status, 303);
    EXPECT_EQ(send(stored, "delete", {}, 3).status, 303);
    EXPECT_FALSE(records.find(kind, stored.head.id).ok());
}

INSTANTIATE_TEST_SUITE_P(Engines, ActPageTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace
}  // namespace greffier::records::api_testing
