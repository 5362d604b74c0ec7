#include <fstream>
#include <iterator>

#include "records/attachments.hpp"
#include "records/sealing_fixture.hpp"

namespace greffier::records::sealed_testing {
namespace {

class SealedFilesTest : public SealingTest {
protected:
    std::filesystem::path directory = database.directory() / "attachments";
    Vault vault{*database, directory, master};

    SealedFilesTest()
    {
        sealing.on_destroyed([this](OrganisationId organisation, RecordId record) { vault.forget(organisation, record); });
    }
    Stored attach_to(Stored const& record, std::string_view words)
    {
        auto done = attach(records, vault, kind, record.head.id, 0, {words, "piece-de-jeanne.txt"}, by());
        EXPECT_TRUE(done.ok());
        return done.value();
    }
    schema::Attachment first_of(Stored const& record) { return attachments_of(kind, records.find(kind, record.head.id)->row).at(0); }
    Hash hash_of(std::string_view words) { return sha256(as_bytes(words)); }
    ContentOwner of(Stored const& record) const { return {town, kind, record.head.id}; }
    std::string read(ContentOwner const& owner, std::string_view words)
    {
        auto content = vault.open(owner, hash_of(words));
        if (!content.ok()) return "";
        std::string all;
        for (auto piece = content->next(); !piece.empty(); piece = content->next()) all += piece;
        return all;
    }
    std::size_t files() const
    {
        std::size_t count = 0;
        if (std::filesystem::exists(directory))
            for (auto const& entry : std::filesystem::recursive_directory_iterator(directory)) count += entry.is_regular_file() ? 1U : 0U;
        return count;
    }
};

TEST_P(SealedFilesTest, a_file_is_read_by_the_key_of_its_record_alone)
{
    auto const one = add(), two = add();
    attach_to(one, "Zinzolin la pièce");
    EXPECT_EQ(read(of(one), "Zinzolin la pièce"), "Zinzolin la pièce");
    EXPECT_EQ(read(of(two), "Zinzolin la pièce"), "") << "another record's key names another file";
    EXPECT_EQ(read(town, "Zinzolin la pièce"), "") << "nor does the organisation's";
    EXPECT_EQ(first_of(one).name, "piece-de-jeanne.txt");
    attach_to(two, "Zinzolin la pièce");
    EXPECT_EQ(files(), 2U) << "what two records hold is never one file";
    expect_nothing_in_clear();
    EXPECT_EQ(everything().find("piece-de-jeanne"), std::string::npos) << "the name of the file is sealed too";
}

TEST_P(SealedFilesTest, with_the_key_of_its_record_a_file_is_gone)
{
    auto const one = add(), two = add();
    attach_to(one, "Zinzolin la pièce");
    attach_to(two, "Zinzolin la pièce");
    Secret<Bytes> const key = [&] {
        auto session = database->read();
        return *sealing.record_key(*session, town, one.head.id).key;
    }();
    ASSERT_TRUE(records.destroy(kind, one.head.id, 0, "Terme échu", by()).ok());
    EXPECT_EQ(read(of(one), "Zinzolin la pièce"), "");
    EXPECT_EQ(read(of(two), "Zinzolin la pièce"), "Zinzolin la pièce");
    EXPECT_EQ(files(), 1U);
    auto const found = records.find(kind, one.head.id);
    EXPECT_TRUE(is_destroyed(*found, "attachments"));
    EXPECT_TRUE(attachments_of(kind, found->row).empty());
    auto const refused = attach(records, vault, kind, one.head.id, 0, {std::string_view{"encore"}, "a.txt"}, by());
    ASSERT_FALSE(refused.ok());
    ASSERT_EQ(refused.error().fields.size(), 1U);
    EXPECT_EQ(refused.error().fields[0].code, "key_destroyed");
    expect_the_ledger_holds();
}

TEST_P(SealedFilesTest, a_destruction_that_was_cut_short_ends_later)
{
    auto const one = add();
    attach_to(one, "Zinzolin la pièce");
    sealing.on_destroyed({});
    ASSERT_TRUE(records.destroy(kind, one.head.id, 0, "Terme échu", by()).ok());
    EXPECT_EQ(files(), 1U);
    EXPECT_EQ(read(of(one), "Zinzolin la pièce"), "") << "it lies there, and nobody reads it";
    vault.forget_destroyed();
    EXPECT_EQ(files(), 0U);
}

TEST_P(SealedFilesTest, what_was_kept_before_the_register_sealed_is_still_read)
{
    auto const one = add();
    ASSERT_TRUE(vault.keep(town, std::string_view{"ancienne pièce"}).ok());
    EXPECT_EQ(read(of(one), "ancienne pièce"), "ancienne pièce");
    vault.forget(town, one.head.id);
    EXPECT_EQ(read(of(one), "ancienne pièce"), "ancienne pièce") << "the key of the record stands";
}

TEST_P(SealedFilesTest, one_use_less_is_one_of_this_record)
{
    auto const one = add(), two = add();
    ASSERT_TRUE(vault.keep(of(one), std::string_view{"pièce"}).ok());
    ASSERT_TRUE(vault.keep(of(two), std::string_view{"pièce"}).ok());
    vault.release(of(one), hash_of("pièce"));
    EXPECT_EQ(read(of(one), "pièce"), "");
    EXPECT_EQ(read(of(two), "pièce"), "pièce");
}

INSTANTIATE_TEST_SUITE_P(Engines, SealedFilesTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace
}  // namespace greffier::records::sealed_testing
