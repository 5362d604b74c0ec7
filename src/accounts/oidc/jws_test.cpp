#include "accounts/oidc/jws.hpp"

#include <gtest/gtest.h>

#include "accounts/oidc/jws_vectors_fixture.hpp"
#include "core/text.hpp"

namespace greffier::accounts {
namespace {

std::string problem(Status const& status) { return status.ok() ? "" : status.error().code; }

KeySet keys() { return *KeySet::parse(vectors::keys); }

std::string token(std::string const& head, std::string const& payload, std::string const& signature)
{
    return to_base64url(as_bytes(head)) + "." + to_base64url(as_bytes(payload)) + "." + to_base64url(as_bytes(signature));
}

std::string parsed(std::string const& text)
{
    auto const found = parse_jws(text);
    return found.ok() ? "" : found.error().code;
}

TEST(Jws, of_every_algorithm_of_the_list_is_verified_as_another_library_signed_it)
{
    for (auto const& vector : vectors::tokens) {
        auto const found = parse_jws(vector.token);
        ASSERT_TRUE(found.ok()) << vector.algorithm;
        EXPECT_EQ(found->algorithm, vector.algorithm);
        EXPECT_EQ(found->payload, R"({"iss":"https://sso.ville.example","sub":"248289761001"})");
        EXPECT_EQ(problem(keys().verify(*found)), "") << vector.algorithm;
    }
}

TEST(Jws, of_which_one_bit_was_changed_is_refused)
{
    for (auto const& vector : vectors::tokens) {
        auto found = *parse_jws(vector.token);
        found.signature[found.signature.size() / 2] ^= 1;
        EXPECT_EQ(problem(keys().verify(found)), "token_signature") << vector.algorithm;
        found = *parse_jws(vector.token);
        found.signed_part.back() = found.signed_part.back() == 'A' ? 'B' : 'A';
        EXPECT_EQ(problem(keys().verify(found)), "token_signature") << vector.algorithm;
        found = *parse_jws(vector.token);
        found.signature.pop_back();
        EXPECT_EQ(problem(keys().verify(found)), "token_signature") << vector.algorithm;
    }
}

TEST(Jws, under_another_algorithm_than_the_keys_is_refused)
{
    auto found = *parse_jws(vectors::tokens[0].token);
    found.algorithm = "PS256";
    EXPECT_EQ(problem(keys().verify(found)), "token_signature");
    found.algorithm = "ES256";   // the key it names is no key of that kind
    EXPECT_EQ(problem(keys().verify(found)), "token_unknown_key");
    for (auto const* none : {"none", "HS256", "RS1", ""}) {
        found.algorithm = none;
        EXPECT_EQ(problem(keys().verify(found)), "token_algorithm") << none;
    }
}

TEST(Jws, that_says_it_is_not_signed_or_signed_by_a_shared_secret_is_refused_before_all_else)
{
    for (auto const* algorithm : {"none", "None", "NONE", "nOnE", "HS256", "HS384", "HS512", "RS256 ", "rs256", ""})
        EXPECT_EQ(parsed(token("{\"alg\":\"" + std::string{algorithm} + "\"}", "{}", "x")), "token_algorithm") << algorithm;
    EXPECT_EQ(parsed(token("{}", "{}", "x")), "token_algorithm");
    EXPECT_EQ(parsed(token("{\"alg\":[\"RS256\"]}", "{}", "x")), "token_algorithm");
    EXPECT_EQ(parsed(to_base64url(as_bytes("{\"alg\":\"none\"}")) + "." + to_base64url(as_bytes("{}")) + "."), "token_algorithm");
}

TEST(Jws, that_is_badly_written_is_refused)
{
    auto const good = std::string{vectors::tokens[0].token};
    for (auto const& bad : {std::string{}, std::string{"."}, std::string{".."}, good + ".x", good + "=", good + "\n", " " + good, std::string(longest_token + 1, 'a'), good.substr(0, good.rfind('.')),
                            good.substr(0, good.rfind('.') + 1), token("[]", "{}", "x"), token("{", "{}", "x"), token("{\"alg\":\"RS256\",\"crit\":[\"b64\"],\"b64\":false}", "{}", "x")})
        EXPECT_EQ(parsed(bad), "token_unreadable") << bad.substr(0, 60);
}

TEST(KeySet, leaves_out_what_is_of_no_use)
{
    EXPECT_EQ(keys().size(), 4U);
    EXPECT_EQ(KeySet::parse(vectors::useless_keys)->size(), 0U);
    for (auto const* bad : {"", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[", "null"}) EXPECT_FALSE(KeySet::parse(bad).ok()) << bad;
    EXPECT_EQ(KeySet::parse("{\"keys\":[1,null,\"x\",{},{\"kty\":\"RSA\"},{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}]}")->size(), 0U);
}

TEST(KeySet, takes_a_token_without_a_name_of_key_only_where_one_key_fits)
{
    auto found = *parse_jws(vectors::tokens[0].token);
    found.key_id.clear();
    EXPECT_EQ(problem(keys().verify(found)), "") << "one RSA key";
    found.key_id = "unheard-of";
    EXPECT_EQ(problem(keys().verify(found)), "token_unknown_key");
    std::string twice{vectors::keys};
    auto const first = twice.substr(twice.find('['), twice.find("},") - twice.find('[') + 1).substr(1);
    twice.insert(twice.find('[') + 1, first + ",");
    found.key_id.clear();
    EXPECT_EQ(problem(KeySet::parse(twice)->verify(found)), "token_unknown_key") << "two of them";
}

TEST(KeySet, refuses_a_point_that_is_not_on_the_curve)
{
    auto const set = KeySet::parse(R"({"keys":[{"kty":"EC","kid":"p256","crv":"P-256","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]})");
    for (auto const& vector : vectors::tokens) {
        if (vector.algorithm != "ES256") continue;
        EXPECT_EQ(problem(set->verify(*parse_jws(vector.token))), "token_signature");
    }
}

}  // namespace
}  // namespace greffier::accounts
