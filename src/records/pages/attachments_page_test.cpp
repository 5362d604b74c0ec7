#include "records/pages/attachments_page.hpp"

#include <fstream>

#include "records/api_fixture.hpp"
#include "records/attachments.hpp"

namespace greffier::records::api_testing {
namespace {

struct AttachmentPageTest : ApiTest {
    PageServices services{machinery, [](OrganisationId, Uuid, Locale const&) { return std::string{"Claire"}; }, [](Register const&) { return std::vector<std::string>{}; }};
    Records records{machinery, town.id, accounts::Sight::everything()};
    Register const& kind = sheet_register();

    AttachmentPageTest() { routes = attachment_page_routes(services, vault); }

    Stored sheet(std::string status = "draft")
    {
        Sheet sheet;
        sheet.name = "Cantine";
        sheet.text = {"texte"};
        auto made = records.create(kind, {schema_of(static_cast<Sheet const*>(nullptr)).pack(sheet), "", std::move(status)}, {actor, clock});
        EXPECT_TRUE(made.ok());
        return *made;
    }
    static std::string address(Stored const& stored, std::string const& rest = "") { return "/o/ville/sheets/" + stored.head.id.text() + "/attachments" + rest; }
    Call upload(std::string const& name, std::string const& content, std::string const& description = "")
    {
        auto const path = database.directory() / "upload";
        std::ofstream(path, std::ios::binary) << content;
        return {.files = {{"file", name, "text/html", content.size(), path}}, .form = {{"description", description}}};
    }
    std::vector<schema::Attachment> held(Stored const& stored) { return attachments_of(kind, records.find(kind, stored.head.id)->row); }
    static std::string content_of(web::Response const& response)
    {
        std::string all = response.body;
        if (response.stream)
            for (auto piece = response.stream(); !piece.empty(); piece = response.stream()) all += piece;
        return all;
    }
};

TEST_P(AttachmentPageTest, a_file_is_attached_listed_fetched_and_removed)
{
    auto const stored = sheet();
    auto const sent = call(Method::Post, address(stored), upload("Convention <1>.txt", "bonjour", "Signée en mairie"));
    EXPECT_EQ(sent.status, 303) << sent.body;
    auto const files = held(stored);
    ASSERT_EQ(files.size(), 1U);
    EXPECT_EQ(files[0].description, "Signée en mairie");

    auto const list = call(Method::Get, address(stored)).body;
    EXPECT_NE(list.find(address(stored, "/" + files[0].id)), std::string::npos);
    EXPECT_EQ(list.find("<1>"), std::string::npos) << "a file name is text, never markup";
    auto const fetched = call(Method::Get, address(stored, "/" + files[0].id));
    EXPECT_EQ(content_of(fetched), "bonjour");
    EXPECT_NE(std::string{fetched.find_header("Content-Disposition")}.find("attachment"), std::string::npos);

    auto const question = call(Method::Get, address(stored, "/" + files[0].id + "/remove"));
    EXPECT_EQ(question.status, 200);
    EXPECT_EQ(held(stored).size(), 1U) << "asking removes nothing";
    EXPECT_EQ(call(Method::Post, address(stored, "/" + files[0].id + "/remove")).status, 303);
    EXPECT_TRUE(held(stored).empty());
}

TEST_P(AttachmentPageTest, what_was_removed_is_still_fetched_as_the_record_stood)
{
    auto const stored = sheet();
    call(Method::Post, address(stored), upload("a.txt", "avant"));
    auto const file = held(stored).at(0);
    auto const then = to_text(clock);
    call(Method::Post, address(stored, "/" + file.id + "/remove"));
    EXPECT_NE(call(Method::Get, address(stored) + "?at=" + then).body.find("a.txt"), std::string::npos);
    EXPECT_EQ(call(Method::Get, address(stored)).body.find("a.txt"), std::string::npos);
    EXPECT_EQ(content_of(call(Method::Get, address(stored, "/" + file.id) + "?at=" + then)), "avant");
}

TEST_P(AttachmentPageTest, a_file_of_a_record_in_the_bin_is_still_opened)
{
    auto const stored = sheet();
    call(Method::Post, address(stored), upload("a.txt", "avant"));
    auto const file = held(stored).at(0);
    ASSERT_TRUE(records.remove(kind, stored.head.id, 0, {actor, clock}).ok());
    EXPECT_NE(call(Method::Get, address(stored)).body.find(address(stored, "/" + file.id)), std::string::npos);
    EXPECT_EQ(content_of(call(Method::Get, address(stored, "/" + file.id))), "avant");
}

TEST_P(AttachmentPageTest, a_missing_or_empty_file_is_said_beside_the_field_and_the_description_stays)
{
    auto const stored = sheet();
    auto const missing = call(Method::Post, address(stored), {.form = {{"description", "Ma note"}}});
    EXPECT_EQ(missing.status, 422);
    EXPECT_NE(missing.body.find("Ma note"), std::string::npos);
    EXPECT_NE(missing.body.find("id=\"file-e\""), std::string::npos);
    EXPECT_EQ(call(Method::Post, address(stored), upload("vide.txt", "")).status, 422);
    EXPECT_EQ(call(Method::Post, address(stored), upload("a.txt", "x", std::string(501, 'a'))).status, 422);
    EXPECT_TRUE(held(stored).empty());
}

TEST_P(AttachmentPageTest, a_reader_and_a_closed_record_see_no_form)
{
    auto const open = sheet(), closed = sheet("archived");
    EXPECT_NE(call(Method::Get, address(open)).body.find("type=\"file\""), std::string::npos);
    EXPECT_EQ(call(Method::Get, address(closed)).body.find("type=\"file\""), std::string::npos);
    roles = {accounts::Role::Reader};
    EXPECT_EQ(call(Method::Get, address(open)).body.find("type=\"file\""), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Engines, AttachmentPageTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace
}  // namespace greffier::records::api_testing
