// Passkeys, against an authenticator written here: what it signs is right, then wrong in one way at a time.
#include "accounts/accounts_fixture.hpp"

#include <algorithm>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

#include "core/text.hpp"

namespace greffier::accounts {
namespace {

using std::chrono::minutes;

RelyingParty const here{"rgpd.example", "https://rgpd.example"};

Bytes operator+(Bytes left, ByteView right)
{
    left.insert(left.end(), right.begin(), right.end());
    return left;
}
Bytes bytes(std::initializer_list<int> list)
{
    Bytes out;
    for (int const each : list) out.push_back(static_cast<std::uint8_t>(each));
    return out;
}

/// What the browser and the device say; a test changes one thing of it.
struct Said {
    std::string origin = here.origin, rp = here.id, type, challenge, more;
    int flags = 1 | 4;
    bool self_attested = false;
};

class SoftKey {
public:
    SoftKey() : key_(EVP_EC_gen("P-256")) {}
    ~SoftKey() { EVP_PKEY_free(key_); }
    SoftKey(SoftKey const&) = delete;
    SoftKey& operator=(SoftKey const&) = delete;

    Bytes id = random_bytes(32);
    std::uint32_t count = 0;

    NewPasskey registered(Said said, std::string name = "Téléphone")
    {
        said.type = said.type.empty() ? "webauthn.create" : said.type;
        auto const client = client_data(said);
        auto const data = head(said, 64) + Bytes(16, 0) + bytes({0, static_cast<int>(id.size())}) + id + public_key();
        auto object = bytes({0xa3, 0x63}) + as_bytes("fmt");
        if (said.self_attested) {
            auto const signature = signed_(data + sha256(client));
            object = object + bytes({0x66}) + as_bytes("packed") + bytes({0x67}) + as_bytes("attStmt") + bytes({0xa2, 0x63}) + as_bytes("alg") + bytes({0x26, 0x63}) + as_bytes("sig")
                     + bytes({0x58, static_cast<int>(signature.size())}) + signature;
        } else {
            object = object + bytes({0x64}) + as_bytes("none") + bytes({0x67}) + as_bytes("attStmt") + bytes({0xa0});
        }
        object = object + bytes({0x68}) + as_bytes("authData") + bytes({0x58, static_cast<int>(data.size())}) + data;
        return {client, object, std::move(name)};
    }
    PresentedPasskey used(Said said, PersonId owner)
    {
        said.type = said.type.empty() ? "webauthn.get" : said.type;
        ++count;
        auto const client = client_data(said);
        auto const data = head(said, 0);
        return {id, Bytes(owner.uuid.bytes.begin(), owner.uuid.bytes.end()), {client, data, signed_(data + sha256(client))}};
    }

private:
    static Bytes client_data(Said const& said)
    {
        auto const text = "{\"type\":\"" + said.type + "\",\"challenge\":\"" + said.challenge + "\",\"origin\":\"" + said.origin + "\",\"crossOrigin\":false" + said.more + "}";
        return Bytes(text.begin(), text.end());
    }
    Bytes head(Said const& said, int flags) const
    {
        auto const hash = sha256(as_bytes(said.rp));
        return Bytes(hash.begin(), hash.end()) + bytes({said.flags | flags, 0, 0, 0, static_cast<int>(count)});
    }
    Bytes public_key() const
    {
        Bytes point(65);
        std::size_t size = 0;
        EXPECT_EQ(EVP_PKEY_get_octet_string_param(key_, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size(), &size), 1);
        ByteView const all{point};
        return bytes({0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 0x20}) + all.subspan(1, 32) + bytes({0x22, 0x58, 0x20}) + all.subspan(33, 32);
    }
    Bytes signed_(Bytes const& message) const
    {
        auto* const context = EVP_MD_CTX_new();
        std::size_t size = 100;
        Bytes signature(size);
        EXPECT_EQ(EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key_), 1);
        EXPECT_EQ(EVP_DigestSign(context, signature.data(), &size, message.data(), message.size()), 1);
        EVP_MD_CTX_free(context);
        signature.resize(size);
        return signature;
    }
    EVP_PKEY* key_;
};

class PasskeysTest : public AccountsFixture {
protected:
    Passkeys& passkeys = factors.passkeys;
    Bytes browser = random_bytes(32);
    SoftKey device;

    static std::string challenge_in(std::string const& options)
    {
        auto const at = options.find("\"challenge\":\"") + 13;
        return options.substr(at, options.find('"', at) - at);
    }
    std::string to_make(PersonId person) { return challenge_in(passkeys.creation_options(here, person, "c@vire.example", "Claire", browser, now)); }
    std::string to_use(std::optional<PersonId> person = {}) { return challenge_in(passkeys.request_options(here, person, browser, now)); }
    std::string add(PersonId person, NewPasskey const& sent)
    {
        auto const checked = passkeys.check_new(here, sent, browser, now);
        if (!checked.ok()) return code(checked);
        return code(database->write([&](storage::Session& session) { return Passkeys::add_in(session, person, *checked, now); }));
    }
    std::string use(PresentedPasskey const& sent, std::optional<PersonId> person = {})
    {
        auto const used = passkeys.check(here, sent, person, browser, now);
        if (!used.ok()) return code(used);
        return code(database->write([&](storage::Session& session) { return Passkeys::use_in(session, *used, now); }));
    }
    PersonId with_passkey(std::string email)
    {
        auto const owner = person(std::move(email)).id;
        EXPECT_EQ(add(owner, device.registered({.challenge = to_make(owner)})), "");
        return owner;
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, PasskeysTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

TEST_P(PasskeysTest, one_is_made_named_used_and_removed)
{
    auto const claire = with_passkey("claire@vire.example");
    ASSERT_EQ(passkeys.of(claire).size(), 1U);
    auto const kept = passkeys.of(claire).front();
    EXPECT_EQ(kept.name, "Téléphone");
    EXPECT_FALSE(kept.used_at);
    EXPECT_EQ(use(device.used({.challenge = to_use()}, claire)), "");
    EXPECT_EQ(passkeys.of(claire).front().used_at, now);
    EXPECT_EQ(use(device.used({.challenge = to_use(claire)}, claire), claire), "") << "as a second factor too";
    auto const paul = person("paul@vire.example").id;
    EXPECT_EQ(passkeys.rename(paul, kept.id, "À moi").error().code, "not_found");
    EXPECT_TRUE(passkeys.rename(claire, kept.id, " Clé  du bureau ").ok());
    EXPECT_EQ(passkeys.of(claire).front().name, "Clé du bureau");
    EXPECT_EQ(code(passkeys.rename(claire, kept.id, " ")), "name:required");
    auto const remove = [&](PersonId who) { return code(database->write([&](storage::Session& session) { return Passkeys::remove_in(session, who, kept.id); })); };
    EXPECT_EQ(remove(paul), "not_found");
    EXPECT_EQ(remove(claire), "");
    EXPECT_EQ(use(device.used({.challenge = to_use()}, claire)), "passkey_unknown");
}

TEST_P(PasskeysTest, an_attestation_of_the_key_by_itself_is_verified)
{
    auto const claire = person("claire@vire.example").id;
    auto sent = device.registered({.challenge = to_make(claire), .self_attested = true});
    auto const found = std::search(sent.attestation.begin(), sent.attestation.end(), std::begin("sig"), std::end("sig") - 1);
    ASSERT_NE(found, sent.attestation.end());
    auto broken = sent;
    broken.attestation[static_cast<std::size_t>(found - sent.attestation.begin()) + 12] ^= 1;
    EXPECT_EQ(add(claire, broken), "passkey_unreadable");
    EXPECT_EQ(add(claire, sent), "");
}

TEST_P(PasskeysTest, what_another_site_or_page_asked_for_is_refused)
{
    auto const claire = person("claire@vire.example").id;
    auto const challenge = to_make(claire);
    EXPECT_EQ(add(claire, device.registered({.origin = "https://evil.example", .challenge = challenge})), "passkey_elsewhere");
    EXPECT_EQ(add(claire, device.registered({.origin = "http://rgpd.example", .challenge = challenge})), "passkey_elsewhere");
    EXPECT_EQ(add(claire, device.registered({.origin = "https://rgpd.example:8443", .challenge = challenge})), "passkey_elsewhere");
    EXPECT_EQ(add(claire, device.registered({.rp = "evil.example", .challenge = challenge})), "passkey_elsewhere");
    EXPECT_EQ(add(claire, device.registered({.challenge = challenge, .more = ",\"topOrigin\":\"https://evil.example\""})), "passkey_elsewhere") << "in a frame of another page";
    EXPECT_EQ(add(claire, device.registered({.type = "webauthn.get", .challenge = challenge})), "passkey_unreadable");
    EXPECT_EQ(add(claire, device.registered({.challenge = challenge, .flags = 1})), "passkey_unverified") << "nobody proved who holds the device";
    EXPECT_EQ(add(claire, device.registered({.challenge = challenge, .flags = 4})), "passkey_unverified");
    EXPECT_EQ(add(claire, device.registered({.challenge = challenge}, "")), "name:required");
    EXPECT_EQ(add(claire, device.registered({.challenge = challenge})), "") << "the same without any of it";
    auto const asked = to_use();
    EXPECT_EQ(use(device.used({.origin = "https://evil.example", .challenge = asked}, claire)), "passkey_elsewhere");
    EXPECT_EQ(use(device.used({.rp = "evil.example", .challenge = asked}, claire)), "passkey_elsewhere");
    EXPECT_EQ(use(device.used({.type = "webauthn.create", .challenge = asked}, claire)), "passkey_unreadable");
    EXPECT_EQ(use(device.used({.challenge = asked, .flags = 1}, claire)), "passkey_unverified");
    EXPECT_EQ(use(device.used({.challenge = asked}, claire)), "");
}

TEST_P(PasskeysTest, a_challenge_is_answered_once_soon_and_from_the_browser_that_asked)
{
    auto const claire = with_passkey("claire@vire.example");
    auto const sent = device.used({.challenge = to_use()}, claire);
    EXPECT_EQ(use(sent), "");
    EXPECT_EQ(use(sent), "passkey_over");
    auto const late = device.used({.challenge = to_use()}, claire);
    auto const begun = now;
    now += Passkeys::challenge_life;
    EXPECT_EQ(use(late), "passkey_over");
    now = begun;
    auto const elsewhere = device.used({.challenge = to_use()}, claire);
    auto const mine = browser;
    browser = random_bytes(32);
    EXPECT_EQ(use(elsewhere), "passkey_over");
    browser = mine;
    EXPECT_EQ(use(device.used({.challenge = to_make(claire)}, claire)), "passkey_over") << "drawn for another purpose";
    EXPECT_EQ(use(device.used({.challenge = to_base64url(random_bytes(56))}, claire)), "passkey_over") << "drawn by somebody else";
    EXPECT_EQ(use(device.used({.challenge = "AAAA"}, claire)), "passkey_over");
    EXPECT_EQ(use(elsewhere), "");
}

TEST_P(PasskeysTest, a_device_whose_count_goes_back_is_a_copy)
{
    auto const claire = with_passkey("claire@vire.example");
    device.count = 10;
    EXPECT_EQ(use(device.used({.challenge = to_use()}, claire)), "");
    device.count = 4;
    EXPECT_EQ(use(device.used({.challenge = to_use()}, claire)), "passkey_cloned");
    device.count = 11;
    EXPECT_EQ(use(device.used({.challenge = to_use()}, claire)), "") << "the true one goes on";
    --device.count;
    EXPECT_EQ(use(device.used({.challenge = to_use()}, claire)), "passkey_cloned") << "the same count again";
}

TEST_P(PasskeysTest, a_signature_counts_for_its_own_key_and_words_alone)
{
    auto const claire = with_passkey("claire@vire.example");
    SoftKey other;
    other.id = device.id;
    EXPECT_EQ(use(other.used({.challenge = to_use()}, claire)), "passkey_unreadable");
    auto changed = device.used({.challenge = to_use()}, claire);
    changed.asserted.authenticator_data[36] ^= 8;
    EXPECT_EQ(use(changed), "passkey_unreadable");
    auto cut = device.used({.challenge = to_use()}, claire);
    cut.asserted.authenticator_data.resize(20);
    EXPECT_EQ(use(cut), "passkey_unreadable");
    auto const paul = person("paul@vire.example").id;
    EXPECT_EQ(use(device.used({.challenge = to_use()}, paul)), "passkey_unknown") << "the device says it is Paul's";
    EXPECT_EQ(use(device.used({.challenge = to_use(paul)}, claire), paul), "passkey_unknown") << "Claire's is no second factor of Paul";
    auto nameless = device.used({.challenge = to_use()}, claire);
    nameless.user_handle.clear();
    EXPECT_EQ(use(nameless), "passkey_unknown") << "alone, it must say whose it is";
    ASSERT_TRUE(people.disable(claire, now).ok());
    EXPECT_EQ(use(device.used({.challenge = to_use()}, claire)), "passkey_unknown");
}

TEST_P(PasskeysTest, one_device_serves_one_person_once)
{
    auto const claire = with_passkey("claire@vire.example");
    auto const paul = person("paul@vire.example").id;
    EXPECT_EQ(add(paul, device.registered({.challenge = to_make(paul)})), "passkey_known");
    auto const options = passkeys.creation_options(here, claire, "c@vire.example", "Claire", browser, now);
    EXPECT_NE(options.find(to_base64url(device.id)), options.npos) << "the browser is told what it has already";
    EXPECT_EQ(passkeys.request_options(here, {}, browser, now).find(to_base64url(device.id)), std::string::npos) << "strangers learn nothing";
}

TEST_P(PasskeysTest, what_is_no_attestation_is_refused)
{
    auto const claire = person("claire@vire.example").id;
    auto const sent = device.registered({.challenge = to_make(claire)});
    for (auto const& attestation : {Bytes{}, bytes({0xa0}), bytes({0xff}), random_bytes(200), Bytes(20'000, 0x80), bytes({0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})}) {
        auto broken = sent;
        broken.attestation = attestation;
        EXPECT_EQ(add(claire, broken), "passkey_unreadable");
    }
    // Whatever number of items is announced, no room is made for them.
    Bytes boastful;
    for (int i = 0; i < 500; ++i) boastful = boastful + bytes({0x9a, 0x0f, 0xff, 0xff, 0xff});
    for (auto const& attestation : {boastful, Bytes(5000, 0x81), Bytes(5000, 0xc1), bytes({0xbf, 0xff}), bytes({0x9f})}) {
        auto broken = sent;
        broken.attestation = attestation;
        EXPECT_EQ(add(claire, broken), "passkey_unreadable");
    }
    for (std::size_t size = 1; size < sent.attestation.size(); ++size) {
        auto cut = sent;
        cut.attestation.resize(size);
        EXPECT_EQ(add(claire, cut), "passkey_unreadable") << size;
    }
    auto more = sent;
    more.attestation.push_back(0);
    EXPECT_EQ(add(claire, more), "passkey_unreadable");
    for (auto const* text : {"", "null", "[]", "{", "{\"type\":1}"}) {
        auto broken = sent;
        broken.client_data = Bytes(as_bytes(text).begin(), as_bytes(text).end());
        EXPECT_EQ(add(claire, broken), "passkey_unreadable") << text;
    }
    EXPECT_TRUE(passkeys.of(claire).empty());
}

}  // namespace
}  // namespace greffier::accounts
