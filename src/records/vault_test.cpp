#include "records/vault.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "records/content_type.hpp"
#include "storage/test_database.hpp"

namespace greffier::records {
namespace {

class VaultTest : public ::testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    std::filesystem::path directory = database.directory() / "attachments";
    Secret<Bytes> data_key{random_bytes(32)};
    Vault vault{*database, directory, data_key};
    OrganisationId town = OrganisationId::make(), other = OrganisationId::make();

    static std::string read_all(Vault::Content& content)
    {
        std::string all;
        for (auto piece = content.next(); !piece.empty(); piece = content.next()) all += piece;
        return all;
    }
    std::string read(OrganisationId organisation, Hash const& sha256)
    {
        auto content = vault.open(organisation, sha256);
        EXPECT_TRUE(content.ok());
        return read_all(content.value());
    }
    std::vector<std::filesystem::path> files() const
    {
        std::vector<std::filesystem::path> found;
        if (std::filesystem::exists(directory))
            for (auto const& entry : std::filesystem::recursive_directory_iterator(directory))
                if (entry.is_regular_file()) found.push_back(entry.path());
        return found;
    }
    static std::string bytes_of(std::filesystem::path const& path)
    {
        std::ifstream stream(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    static void write(std::filesystem::path const& path, std::string_view bytes) { std::ofstream(path, std::ios::binary) << bytes; }
    /// Text that compresses to nothing and is easy to find again.
    static std::string text_of(std::size_t size)
    {
        std::string text;
        while (text.size() < size) text += "Conseil municipal du 14 mars, ligne " + std::to_string(text.size()) + "\n";
        text.resize(size);
        return text;
    }
};

TEST_P(VaultTest, five_megabytes_come_back_and_nothing_of_them_is_readable_on_disk)
{
    auto const text = text_of(5'000'000);
    auto const plain = database.directory() / "plain";
    write(plain, text);
    auto const kept = vault.keep(town, plain);
    ASSERT_TRUE(kept.ok());
    EXPECT_EQ(kept->size, text.size());
    EXPECT_EQ(kept->sha256, sha256(as_bytes(text)));
    EXPECT_TRUE(read(town, kept->sha256) == text);
    std::filesystem::remove(plain);
    ASSERT_EQ(files().size(), 1u);
    EXPECT_EQ(files()[0].parent_path().filename(), kept->storage_name.substr(0, 2));
    for (auto const& entry : std::filesystem::recursive_directory_iterator(database.directory())) {
        EXPECT_EQ(entry.path().string().find(to_hex(kept->sha256)), std::string::npos);
        if (entry.is_regular_file()) { EXPECT_EQ(bytes_of(entry.path()).find("Conseil municipal"), std::string::npos) << entry.path(); }
    }
}

TEST_P(VaultTest, any_length_around_a_piece_comes_back)
{
    for (std::size_t size : {1uL, SealStream::piece_size - 1, SealStream::piece_size, SealStream::piece_size + 1, 2 * SealStream::piece_size}) {
        auto const text = text_of(size);
        auto const kept = vault.keep(town, std::string_view{text});
        ASSERT_TRUE(kept.ok());
        EXPECT_TRUE(read(town, kept->sha256) == text) << size;
    }
}

TEST_P(VaultTest, the_same_content_twice_is_stored_once_until_its_last_use_goes)
{
    auto const first = vault.keep(town, std::string_view{"arrêté"});
    auto const second = vault.keep(town, std::string_view{"arrêté"});
    ASSERT_TRUE(first.ok() && second.ok());
    EXPECT_EQ(first->storage_name, second->storage_name);
    EXPECT_EQ(files().size(), 1u);
    vault.release(town, first->sha256);
    EXPECT_EQ(read(town, first->sha256), "arrêté");
    vault.release(town, first->sha256);
    EXPECT_TRUE(files().empty());
    EXPECT_EQ(vault.open(town, first->sha256).error().kind, ErrorKind::NotFound);
    vault.release(town, first->sha256);
    ASSERT_TRUE(vault.keep(town, std::string_view{"arrêté"}).ok());
    EXPECT_EQ(read(town, first->sha256), "arrêté");
}

TEST_P(VaultTest, two_organisations_share_neither_file_nor_name)
{
    auto const mine = vault.keep(town, std::string_view{"même pièce"});
    EXPECT_EQ(vault.open(other, mine->sha256).error().kind, ErrorKind::NotFound);
    auto const theirs = vault.keep(other, std::string_view{"même pièce"});
    EXPECT_NE(mine->storage_name, theirs->storage_name);
    EXPECT_EQ(files().size(), 2u);
    vault.release(other, mine->sha256);
    EXPECT_EQ(read(town, mine->sha256), "même pièce");
}

TEST_P(VaultTest, a_changed_byte_is_refused_before_anything_is_given)
{
    auto const kept = vault.keep(town, std::string_view{"délibération"});
    auto bytes = bytes_of(files().at(0));
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    write(files()[0], bytes);
    EXPECT_THROW((void)vault.open(town, kept->sha256), std::runtime_error);
}

TEST_P(VaultTest, a_file_cut_between_two_pieces_never_ends_well)
{
    auto const kept = vault.keep(town, std::string_view{text_of(200'000)});
    std::filesystem::resize_file(files().at(0), OpenStream::header_size + 2 * (SealStream::piece_size + SealStream::overhead));
    auto content = vault.open(town, kept->sha256);
    ASSERT_TRUE(content.ok());
    EXPECT_THROW((void)read_all(content.value()), std::runtime_error);
}

TEST_P(VaultTest, a_lengthened_file_is_refused)
{
    auto const kept = vault.keep(town, std::string_view{"délibération"});
    write(files().at(0), bytes_of(files()[0]) + "suite");
    EXPECT_THROW((void)vault.open(town, kept->sha256), std::runtime_error);
}

TEST_P(VaultTest, one_content_in_the_place_of_another_is_refused)
{
    auto const good = vault.keep(town, std::string_view{"le vrai contrat"});
    auto const place = files().at(0);
    auto const bad = vault.keep(town, std::string_view{"un faux contrat"});
    ASSERT_TRUE(bad.ok());
    for (auto const& file : files())
        if (file != place) std::filesystem::copy_file(file, place, std::filesystem::copy_options::overwrite_existing);
    EXPECT_THROW((void)vault.open(town, good->sha256), std::runtime_error);
}

TEST_P(VaultTest, the_data_key_of_another_installation_opens_nothing)
{
    auto const kept = vault.keep(town, std::string_view{"secret"});
    Vault elsewhere(*database, directory, Secret<Bytes>(random_bytes(32)));
    EXPECT_THROW((void)elsewhere.open(town, kept->sha256), std::runtime_error);
    Vault again(*database, directory, data_key);
    EXPECT_TRUE(again.open(town, kept->sha256).ok());
}

TEST_P(VaultTest, a_file_of_more_than_20_mebibytes_and_an_empty_one_are_refused)
{
    auto const large = database.directory() / "large";
    write(large, "x");
    std::filesystem::resize_file(large, Vault::max_size + 1);
    auto const refused = vault.keep(town, large);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().kind, ErrorKind::TooLarge);
    EXPECT_EQ(refused.error().code, "attachment_too_large");
    std::filesystem::resize_file(large, Vault::max_size);
    EXPECT_TRUE(vault.keep(town, large).ok());
    EXPECT_EQ(vault.keep(town, std::string_view{}).error().code, "empty_file");
}

INSTANTIATE_TEST_SUITE_P(Engines, VaultTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

TEST(ContentType, is_read_from_the_bytes)
{
    using namespace std::string_view_literals;
    EXPECT_EQ(sniff_type("%PDF-1.7\n%\xE2\xE3"sv), "application/pdf");
    EXPECT_EQ(sniff_type("\x89PNG\r\n\x1a\n\0\0"sv), "image/png");
    EXPECT_EQ(sniff_type("<html><script>alert(1)</script>"sv), "text/plain");
    EXPECT_EQ(sniff_type("<svg onload='x'>"sv), "text/plain");
    EXPECT_EQ(sniff_type("Procès-verbal\n"sv), "text/plain");
    EXPECT_EQ(sniff_type("Proc\xE8s-verbal en latin 1\n"sv), "application/octet-stream");
    EXPECT_EQ(sniff_type("MZ\x90\0\x03"sv), "application/octet-stream");
    std::string const start = "PK\x03\x04" + std::string(26, ' ');
    EXPECT_EQ(sniff_type(start + "mimetypeapplication/vnd.oasis.opendocument.textPK"), "application/vnd.oasis.opendocument.text");
    EXPECT_EQ(sniff_type(start + "[Content_Types].xml…word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    EXPECT_EQ(sniff_type(start + "photos/1.jpg"), "application/zip");
}

TEST(ContentType, keeps_a_name_that_can_be_shown)
{
    EXPECT_EQ(clean_file_name("C:\\Users\\claire\\Contrat signé.pdf"), "Contrat signé.pdf");
    EXPECT_EQ(clean_file_name("../../etc/passwd"), "passwd");
    EXPECT_EQ(clean_file_name("a\r\nb\tc.pdf"), "abc.pdf");
    EXPECT_EQ(clean_file_name(".."), "document");
    EXPECT_EQ(clean_file_name("\xff\xfe"), "document");
    auto const long_name = clean_file_name(std::string(400, 'a') + ".pdf");
    EXPECT_LE(long_name.size(), 210u);
    EXPECT_TRUE(long_name.ends_with(".pdf"));
}

}  // namespace
}  // namespace greffier::records
