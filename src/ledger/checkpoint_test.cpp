#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "ledger/ledger.hpp"

namespace greffier::ledger {
namespace {

constexpr auto name = "greffier.log/0190f3a2-7c41-7d10-8a55-1c2d3e4f5061";

SigningKey test_key()
{
    Bytes seed(32);
    for (std::size_t i = 0; i < seed.size(); ++i) seed[i] = static_cast<std::uint8_t>(i);
    return SigningKey::from_seed(Secret<Bytes>{seed});
}

Checkpoint example()
{
    Checkpoint checkpoint;
    checkpoint.origin = name;
    checkpoint.size = 2;
    auto const root = *from_hex("de98b8d5acf9b44c0cd78072d080b8c6201e1eaad83c2475afa13f0e630ab6e7");
    std::copy(root.begin(), root.end(), checkpoint.root.begin());
    checkpoint.time = *parse_timestamp("2026-03-30T14:00:00Z");
    return checkpoint;
}

// Made apart, with Python and the openssl command.
constexpr std::string_view known_note =
    "greffier.log/0190f3a2-7c41-7d10-8a55-1c2d3e4f5061\n"
    "2\n"
    "3pi41az5tEwM14By0IC4xiAeHqrYPCR1r6E/DmMKtuc=\n"
    "time 2026-03-30T14:00:00.000Z\n"
    "\n"
    "\xe2\x80\x94 greffier.log/0190f3a2-7c41-7d10-8a55-1c2d3e4f5061 "
    "1LknrAsDWPssGqeRmgpGiPde1jdxBW3kTdbPLBlrXm9MplNhIaAYIWFpG/SVHTmM/qy8nkTWgKB3+at1ZLYoxZGxmAc=\n";

std::string replaced(std::string text, std::string_view what, std::string_view by)
{
    auto const at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), by);
}

TEST(Checkpoint, is_signed_to_the_very_bytes_another_program_makes)
{
    EXPECT_EQ(sign_checkpoint(example(), test_key()), known_note);
}

TEST(Checkpoint, comes_back_from_its_note)
{
    auto const opened = open_checkpoint(known_note, test_key().public_key);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->origin, example().origin);
    EXPECT_EQ(opened->size, example().size);
    EXPECT_EQ(opened->root, example().root);
    EXPECT_EQ(opened->time, example().time);
}

TEST(Checkpoint, tampering_with_any_line_is_seen)
{
    std::string const note{known_note};
    auto const opens = [](std::string const& text) { return open_checkpoint(text, test_key().public_key).has_value(); };
    ASSERT_TRUE(opens(note));
    EXPECT_FALSE(opens(replaced(note, "greffier.log/0190f3a2", "greffier.log/0190f3a3")));
    EXPECT_FALSE(opens(replaced(note, "\n2\n", "\n3\n")));
    EXPECT_FALSE(opens(replaced(note, "\n2\n", "\n02\n")));
    EXPECT_FALSE(opens(replaced(note, "\n3pi4", "\n4pi4")));
    EXPECT_FALSE(opens(replaced(note, "14:00", "14:01")));
    EXPECT_FALSE(opens(replaced(note, "time ", "hour ")));
    EXPECT_FALSE(opens(replaced(note, "1LknrAsD", "1LknrAsE")));
    EXPECT_FALSE(opens(replaced(note, "Z\n\n", "Z\nmore\n\n")));
    EXPECT_FALSE(opens(replaced(note, "\xe2\x80\x94 ", "- ")));
}

TEST(Checkpoint, no_bit_may_change)
{
    for (std::size_t at = 0; at < known_note.size(); ++at)
        for (int bit = 0; bit < 8; ++bit) {
            std::string note{known_note};
            note[at] = static_cast<char>(note[at] ^ (1 << bit));
            EXPECT_FALSE(open_checkpoint(note, test_key().public_key)) << at << ' ' << bit;
        }
}

TEST(Checkpoint, a_note_cut_short_does_not_open)
{
    for (std::size_t length = 0; length < known_note.size(); ++length)
        EXPECT_FALSE(open_checkpoint(known_note.substr(0, length), test_key().public_key)) << length;
}

TEST(Checkpoint, of_another_key_does_not_open)
{
    auto const other = SigningKey::from_seed(Secret<Bytes>{Bytes(32, 9)});
    EXPECT_FALSE(open_checkpoint(known_note, other.public_key));
    EXPECT_FALSE(open_checkpoint(known_note, {}));
    auto const body = body_of(example());   // a signature by another key, under the name and hash of ours
    auto blob = *from_hex("d4b927ac");
    auto const forged = sign(other, as_bytes(body));
    blob.insert(blob.end(), forged.begin(), forged.end());
    EXPECT_FALSE(open_checkpoint(body + "\n\xe2\x80\x94 " + name + " " + to_base64(blob) + "\n", test_key().public_key));
}

TEST(Checkpoint, a_witness_may_sign_too)
{
    auto const with_witness = std::string{known_note} + "\xe2\x80\x94 witness.example.org AAAAAAAA\n";
    EXPECT_TRUE(open_checkpoint(with_witness, test_key().public_key));
    EXPECT_FALSE(open_checkpoint(std::string{known_note} + "something else\n", test_key().public_key));
}

TEST(Checkpoint, an_origin_is_the_log_of_an_organisation)
{
    EXPECT_EQ(origin_of(*OrganisationId::parse("0190F3A2-7C41-7D10-8A55-1C2D3E4F5061")), name);
    auto checkpoint = example();
    checkpoint.origin = "a\nb";
    EXPECT_THROW(body_of(checkpoint), std::logic_error);
}

TEST(VerifierKey, has_the_form_others_read)
{
    EXPECT_EQ(verifier_key(name, test_key().public_key),
              std::string{name} + "+d4b927ac+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4");
    // The key of the published examples of the signed-note form.
    auto const typed = *from_base64("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    auto const key = test_key();
    EXPECT_EQ(public_key_in(verifier_key(name, key.public_key)), Bytes(key.public_key.begin(), key.public_key.end()));
    for (auto const* other : {"", "name+c74f20a3", "name+c74f20a3+AA=="}) EXPECT_FALSE(public_key_in(other)) << other;
    EXPECT_EQ(verifier_key("PeterNeumann", ByteView{typed}.subspan(1)),
              "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
}

}  // namespace
}  // namespace greffier::ledger
