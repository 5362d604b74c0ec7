#include "core/key_wrap.hpp"

#include "core/passphrase.hpp"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

namespace greffier {
namespace {

Secret<Bytes> key() { return Secret<Bytes>(random_bytes(32)); }

TEST(KeyWrap, what_is_sealed_opens_in_its_place_alone)
{
    auto const ours = key();
    auto const here = bound_to({as_bytes("town"), as_bytes("record"), as_bytes("email")});
    auto const sealed = seal_bound(ours, as_bytes("jeanne@ville.example"), here);
    auto const opened = open_bound(ours, sealed, here);
    ASSERT_TRUE(opened);
    EXPECT_EQ(as_text(opened->reveal()), "jeanne@ville.example");
    EXPECT_FALSE(open_bound(key(), sealed, here)) << "another key";
    EXPECT_FALSE(open_bound(ours, sealed, bound_to({as_bytes("town"), as_bytes("other"), as_bytes("email")}))) << "moved to another record";
    EXPECT_FALSE(open_bound(ours, sealed, {})) << "without its place";
    EXPECT_EQ(as_text(sealed).find("jeanne"), std::string_view::npos);
}

TEST(KeyWrap, every_changed_bit_is_noticed)
{
    auto const ours = key();
    auto const sealed = seal_bound(ours, as_bytes("x"), as_bytes("here"));
    for (std::size_t i = 0; i < sealed.size() * 8; ++i) {
        auto changed = sealed;
        changed[i / 8] ^= static_cast<std::uint8_t>(1U << (i % 8));
        EXPECT_FALSE(open_bound(ours, changed, as_bytes("here"))) << "bit " << i;
    }
    for (std::size_t size = 0; size < sealed.size(); ++size) EXPECT_FALSE(open_bound(ours, ByteView{sealed}.first(size), as_bytes("here"))) << "cut at " << size;
}

TEST(KeyWrap, nothing_sealed_twice_looks_the_same)
{
    auto const ours = key();
    std::set<Bytes> seen;
    for (int i = 0; i < 100; ++i) EXPECT_TRUE(seen.insert(seal_bound(ours, as_bytes("same"), {})).second);
}

TEST(KeyWrap, a_context_knows_where_one_part_ends)
{
    EXPECT_NE(bound_to({as_bytes("ab"), as_bytes("c")}), bound_to({as_bytes("a"), as_bytes("bc")}));
    EXPECT_NE(bound_to({as_bytes("ab")}), bound_to({as_bytes("ab"), as_bytes("")}));
}

TEST(KeyWrap, a_derived_key_is_its_own)
{
    auto const ours = key();
    EXPECT_EQ(derived_key(ours, "lookup").reveal(), derived_key(ours, "lookup").reveal());
    EXPECT_NE(derived_key(ours, "lookup").reveal(), derived_key(ours, "other").reveal());
    EXPECT_NE(derived_key(ours, "lookup").reveal(), ours.reveal());
    EXPECT_EQ(derived_key(ours, "lookup").reveal().size(), 32U);
}

TEST(KeyWrap, a_passphrase_is_the_same_key_with_the_same_salt)
{
    PassphraseCost const small{1, 8 * 1024 * 1024};
    auto const salt = random_bytes(passphrase_salt_size);
    SecretText const words{"quatre mots que personne ne devine"};
    EXPECT_EQ(key_of_passphrase(words, salt, small).reveal(), key_of_passphrase(words, salt, small).reveal());
    EXPECT_NE(key_of_passphrase(words, salt, small).reveal(), key_of_passphrase(words, random_bytes(passphrase_salt_size), small).reveal());
    EXPECT_NE(key_of_passphrase(words, salt, small).reveal(), key_of_passphrase(SecretText{"autre"}, salt, small).reveal());
    EXPECT_THROW(key_of_passphrase(words, random_bytes(4), small), std::invalid_argument);
}

}  // namespace
}  // namespace greffier
