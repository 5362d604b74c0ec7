#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

#include "core/crypto.hpp"

namespace greffier {
namespace {

Secret<Bytes> key_of(std::uint8_t fill) { return Secret<Bytes>(Bytes(32, fill)); }

}  // namespace

TEST(Hash, sha256_gives_the_published_vectors)
{
    EXPECT_EQ(to_hex(sha256(as_bytes(""))), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(to_hex(sha256(as_bytes("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Hash, parts_and_pieces_hash_as_the_whole)
{
    auto const whole = sha256(as_bytes("abcdef"));
    EXPECT_EQ(sha256({as_bytes("ab"), ByteView{}, as_bytes("cdef")}), whole);
    Sha256 stream;
    stream.update(as_bytes("abc"));
    (void)sha256(as_bytes("something between"));
    stream.update(as_bytes("def"));
    EXPECT_EQ(stream.finish(), whole);
}

TEST(Hash, every_thread_hashes_alike)
{
    Hash other{};
    std::thread([&] { other = sha256(as_bytes("abc")); }).join();
    EXPECT_EQ(other, sha256(as_bytes("abc")));
}

TEST(Hash, hmac_gives_the_vectors_of_rfc_4231)
{
    EXPECT_EQ(to_hex(hmac_sha256(Bytes(20, 0x0b), as_bytes("Hi There"))), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(to_hex(hmac_sha256(as_bytes("Jefe"), as_bytes("what do ya want for nothing?"))),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(to_hex(hmac_sha256(Bytes(131, 0xaa), as_bytes("Test Using Larger Than Block-Size Key - Hash Key First"))),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    EXPECT_EQ(to_hex(hmac_sha256({}, as_bytes(""))), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Encoding, hex_and_base64_come_back)
{
    for (std::size_t count : {0U, 1U, 2U, 3U, 31U, 64U}) {
        auto const bytes = random_bytes(count);
        EXPECT_EQ(from_hex(to_hex(bytes)), bytes);
        EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
        EXPECT_EQ(from_base64(to_base64url(bytes)), bytes);
    }
    EXPECT_EQ(to_base64(as_bytes("a?>")), "YT8+");
    EXPECT_EQ(to_base64url(as_bytes("a?>b")), "YT8-Yg");
    EXPECT_EQ(from_hex("0A0b"), (Bytes{10, 11}));
    for (auto const* text : {"0", "0g", "0a 0b"}) EXPECT_FALSE(from_hex(text)) << text;
    for (auto const* text : {"Y", "YT8!", "YT8+-_8=", "YQ=", "YQ==x"}) EXPECT_FALSE(from_base64(text)) << text;
}

TEST(Random, a_token_has_at_least_128_bits_and_no_twin)
{
    EXPECT_EQ(random_token().size(), 32U);
    EXPECT_EQ(random_token(8).size(), 22U);
    EXPECT_NE(random_token(), random_token());
    EXPECT_EQ(random_token(4000).find_first_of("+/="), std::string::npos);
}

TEST(Random, comparison_looks_at_length_and_content)
{
    EXPECT_TRUE(equal_constant_time(as_bytes("abc"), as_bytes("abc")));
    EXPECT_FALSE(equal_constant_time(as_bytes("abc"), as_bytes("abd")));
    EXPECT_FALSE(equal_constant_time(as_bytes("abc"), as_bytes("ab")));
    EXPECT_TRUE(equal_constant_time({}, {}));
}

TEST(Signature, ed25519_gives_the_first_vector_of_rfc_8032)
{
    auto const key = SigningKey::from_seed(Secret<Bytes>(*from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")));
    EXPECT_EQ(to_hex(key.public_key), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    EXPECT_EQ(to_hex(sign(key, {})), "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
}

TEST(Signature, a_signature_holds_for_one_message_and_one_key)
{
    auto const key = SigningKey::from_seed(key_of(1));
    auto const other = SigningKey::from_seed(key_of(2));
    auto signature = sign(key, as_bytes("root"));
    EXPECT_TRUE(verify_signature(key.public_key, as_bytes("root"), signature));
    EXPECT_FALSE(verify_signature(key.public_key, as_bytes("rooT"), signature));
    EXPECT_FALSE(verify_signature(other.public_key, as_bytes("root"), signature));
    EXPECT_FALSE(verify_signature(as_bytes("short"), as_bytes("root"), signature));
    signature[10] ^= 1;
    EXPECT_FALSE(verify_signature(key.public_key, as_bytes("root"), signature));
    EXPECT_THROW((void)SigningKey::from_seed(Secret<Bytes>(Bytes(31))), std::exception);
}

TEST(Password, argon2id_accepts_the_right_password_only)
{
    auto const stored = hash_password(SecretText("quatre mots sans rapport"));
    EXPECT_TRUE(stored.starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << stored;
    EXPECT_TRUE(verify_password(stored, SecretText("quatre mots sans rapport")));
    EXPECT_FALSE(verify_password(stored, SecretText("quatre mots sans rapporT")));
    EXPECT_FALSE(verify_password(stored, SecretText("")));
    EXPECT_FALSE(verify_password("", SecretText("x")));
    EXPECT_FALSE(verify_password("$argon2id$nonsense", SecretText("x")));
    EXPECT_NE(hash_password(SecretText("x")), hash_password(SecretText("x")));
}

TEST(Seal, a_stream_comes_back_piece_by_piece)
{
    auto const first = random_bytes(SealStream::piece_size);
    SealStream out(key_of(7));
    auto const sealed_first = out.push(first, false);
    auto const sealed_last = out.push(as_bytes("the end"), true);
    EXPECT_EQ(sealed_first.size(), first.size() + SealStream::overhead);
    OpenStream in(key_of(7), out.header());
    auto const one = in.pull(sealed_first);
    ASSERT_TRUE(one);
    EXPECT_EQ(one->bytes, first);
    EXPECT_FALSE(one->last);
    auto const two = in.pull(sealed_last);
    ASSERT_TRUE(two);
    EXPECT_EQ(as_text(two->bytes), "the end");
    EXPECT_TRUE(two->last);
    EXPECT_FALSE(in.pull(sealed_last)) << "nothing may follow the last piece";
}

TEST(Seal, a_stream_that_was_tampered_with_does_not_open)
{
    SealStream out(key_of(7));
    auto const one = out.push(as_bytes("one"), false);
    auto const two = out.push(as_bytes("two"), true);
    auto changed = one;
    changed[5] ^= 1;
    EXPECT_FALSE(OpenStream(key_of(7), out.header()).pull(changed));
    EXPECT_FALSE(OpenStream(key_of(7), out.header()).pull(two)) << "pieces out of order";
    EXPECT_FALSE(OpenStream(key_of(8), out.header()).pull(one)) << "another key";
    EXPECT_FALSE(OpenStream(key_of(7), Bytes(24, 0)).pull(one)) << "another header";
    EXPECT_FALSE(OpenStream(key_of(7), Bytes(3, 0)).pull(one)) << "no header";
    EXPECT_FALSE(OpenStream(key_of(7), out.header()).pull(ByteView(one).first(10))) << "cut short";
    OpenStream in(key_of(7), out.header());
    ASSERT_FALSE(in.pull(changed));
    EXPECT_FALSE(in.pull(one)) << "a damaged file stays refused";
}

TEST(Seal, misuse_of_a_stream_throws)
{
    EXPECT_THROW(SealStream(Secret<Bytes>(Bytes(16))), std::invalid_argument);
    SealStream out(key_of(7));
    EXPECT_THROW((void)out.push(Bytes(SealStream::piece_size + 1), false), std::logic_error);
    (void)out.push({}, true);
    EXPECT_THROW((void)out.push({}, true), std::logic_error);
}

TEST(Seal, a_small_value_opens_with_its_key_only)
{
    auto sealed = seal(key_of(3), as_bytes("a wrapped key"));
    auto const opened = open_sealed(key_of(3), sealed);
    ASSERT_TRUE(opened);
    EXPECT_EQ(as_text(opened->reveal()), "a wrapped key");
    EXPECT_NE(seal(key_of(3), as_bytes("a wrapped key")), sealed);
    EXPECT_FALSE(open_sealed(key_of(4), sealed));
    EXPECT_FALSE(open_sealed(key_of(3), ByteView(sealed).first(20)));
    for (auto& byte : sealed) {
        byte ^= 1;
        ASSERT_FALSE(open_sealed(key_of(3), sealed));
        byte ^= 1;
    }
}

TEST(Secret, wiping_overwrites_the_bytes)
{
    Bytes bytes(8, 0xaa);
    wipe(bytes.data(), bytes.size());
    EXPECT_EQ(bytes, Bytes(8, 0));
}

}  // namespace greffier
