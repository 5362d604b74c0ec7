// A file is added to a record, or taken away, whatever questions have been opened on it since.
#include "core/crypto.hpp"
#include "records/api_fixture.hpp"
#include "records/attachments.hpp"
#include "records/custom_fields.hpp"
#include "records/vocabulary.hpp"

namespace greffier::records {

struct Folder {
    std::string name;
    schema::Text text;
    std::vector<schema::Attachment> attachments;
};
static schema::Schema<Folder> const& schema_of(Folder const*)
{
    static schema::Schema<Folder> const schema("folder", 1, {
        schema::Field("name", &Folder::name).section("one").required(),
        schema::Field("text", &Folder::text),
        schema::Field("attachments", &Folder::attachments).read_only(),
    });
    return schema;
}

namespace {

Register const& folders()
{
    static Register const kind{.slug = "folders", .prefix = "F", .icon = "note", .schema = &schema_of(static_cast<Folder const*>(nullptr)).info(), .title_field = "name", .statuses = {"draft"}};
    return kind;
}

class AttachingTest : public ::testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    Registers registers{{&folders()}};
    api_testing::Judge judge;
    LedgerKeeper keeper{*database, SigningKey::from_seed(Secret<Bytes>(random_bytes(32))), database.directory() / "checkpoints"};
    Vocabulary vocabulary{*database, registers};
    Machinery machinery{*database, registers, judge, keeper, {}, &vocabulary};
    Vault vault{*database, database.directory() / "attachments", Secret<Bytes>(random_bytes(32))};
    By const by{Uuid::make(), *parse_timestamp("2026-03-01T08:00:00Z")};
    OrganisationId town = accounts::Organisations{*database}.add({.slug = "ville", .name = "Ville", .kind = "commune"}, by.now)->id;
    Records records{machinery, town, accounts::Sight::everything()};
};

TEST_P(AttachingTest, a_file_is_added_and_removed_while_a_new_required_question_is_open)
{
    schema::Row row(*folders().schema);
    schema::set(*folders().schema, row, "name", std::string{"Cantine"});
    auto const made = *records.create(folders(), {row}, by);
    CustomField question;
    question.register_slug = "folders";
    question.label_fr = "Service";
    question.kind = "string";
    question.required = true;
    auto const asked = CustomFields(*database, registers, town).add(question);
    ASSERT_TRUE(asked.ok()) << asked.error().code << " " << (asked.error().fields.empty() ? "" : asked.error().fields.front().field + " " + asked.error().fields.front().code);

    auto const held = known_registers(machinery, town);
    auto const& kind = *held->find("folders");
    auto const attached = attach(records, vault, kind, made.head.id, 0, {std::string_view{"bonjour"}, "note.txt"}, by);
    ASSERT_TRUE(attached.ok()) << attached.error().code << " " << attached.error().fields.front().field;
    auto const files = attachments_of(kind, attached->row);
    ASSERT_EQ(files.size(), 1U);
    EXPECT_TRUE(detach(records, kind, made.head.id, 0, files.front().id, by).ok());

    auto edited = attached->row;
    schema::set(*kind.schema, edited, "text", std::string{"autre"});
    EXPECT_EQ(records.update(kind, {made.head.id, 0, edited}, by).error().fields.front().code, "required") << "whoever edits it is asked";
}

INSTANTIATE_TEST_SUITE_P(Engines, AttachingTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace
}  // namespace greffier::records
