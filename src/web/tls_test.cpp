#include "web/tls.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <fstream>
#include <thread>

#include "core/crypto.hpp"
#include "web/server.hpp"
#include "web/test_client.hpp"

namespace greffier::web {
namespace {

/// A directory with a certificate that signed itself, made anew at each call of renew().
class Authority {
public:
    Authority() : directory_(std::filesystem::temp_directory_path() / ("greffier-tls-" + random_token(128)))
    {
        std::filesystem::create_directory(directory_);
        renew(30);
    }
    ~Authority() { std::filesystem::remove_all(directory_); }
    Authority(Authority const&) = delete;
    Authority& operator=(Authority const&) = delete;

    [[nodiscard]] TlsFiles files() const { return {directory_ / "cert.pem", directory_ / "key.pem"}; }

    void renew(int days, char const* passphrase = nullptr) const
    {
        auto* const key = EVP_EC_gen("P-256");
        auto* const certificate = X509_new();
        X509_set_version(certificate, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), days);
        X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
        X509_gmtime_adj(X509_getm_notAfter(certificate), days * 86400L);
        X509_set_pubkey(certificate, key);
        auto* const names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "DNS:rgpd.example,DNS:*.example,IP:127.0.0.1,IP:2001:db8::1");
        X509_add_ext(certificate, names, -1);
        X509_sign(certificate, key, EVP_sha256());
        write(files().certificate, [&](BIO* out) { PEM_write_bio_X509(out, certificate); });
        write(files().key, [&](BIO* out) {
            auto const* cipher = passphrase ? EVP_aes_128_cbc() : nullptr;
            PEM_write_bio_PrivateKey(out, key, cipher, reinterpret_cast<unsigned char const*>(passphrase), passphrase ? static_cast<int>(std::string_view{passphrase}.size()) : 0, nullptr, nullptr);
        });
        X509_EXTENSION_free(names);
        X509_free(certificate);
        EVP_PKEY_free(key);
    }
    static void say(std::filesystem::path const& path, std::string_view text) { std::ofstream(path, std::ios::trunc) << text; }

private:
    template <class Writer>
    static void write(std::filesystem::path const& path, Writer writer)
    {
        auto* const out = BIO_new(BIO_s_mem());
        writer(out);
        char* text = nullptr;
        auto const size = BIO_get_mem_data(out, &text);
        say(path, {text, static_cast<std::size_t>(size)});
        BIO_free(out);
    }
    std::filesystem::path directory_;
};

std::string problem_of(TlsFiles const& files)
{
    auto const loaded = load_tls(files);
    return loaded.ok() ? "" : loaded.error().code;
}

TEST(Certificate, is_read_with_its_names_and_its_end)
{
    Authority const authority;
    auto const loaded = load_tls(authority.files());
    ASSERT_TRUE(loaded.ok());
    EXPECT_EQ(loaded->names, (std::vector<std::string>{"rgpd.example", "127.0.0.1", "[2001:db8::1]"}));
    auto const left = loaded->expires - std::chrono::system_clock::now();
    EXPECT_GT(left, std::chrono::hours{29 * 24});
    EXPECT_LT(left, std::chrono::hours{31 * 24});
}

TEST(Certificate, that_cannot_serve_is_refused_with_its_reason)
{
    Authority const authority, other;
    auto const files = authority.files();
    EXPECT_EQ(problem_of({files.certificate, other.files().key}), "tls_mismatch");
    EXPECT_EQ(problem_of({files.certificate, files.key.parent_path() / "absent.pem"}), "tls_unreadable");
    EXPECT_EQ(problem_of({files.certificate, files.key.parent_path()}), "tls_unreadable");
    EXPECT_EQ(problem_of({files.key, files.key}), "tls_certificate");
    EXPECT_EQ(problem_of({files.certificate, files.certificate}), "tls_key");
    Authority::say(other.files().certificate, "");
    EXPECT_EQ(problem_of(other.files()), "tls_unreadable");
    Authority::say(other.files().certificate, "-----BEGIN CERTIFICATE-----\nrubbish\n-----END CERTIFICATE-----\n");
    EXPECT_EQ(problem_of(other.files()), "tls_certificate");
    authority.renew(30, "a passphrase");
    EXPECT_EQ(problem_of(files), "tls_key_locked");
}

TEST(Certificate, changes_its_stamp_when_it_is_replaced)
{
    Authority const authority;
    auto const before = stamp_of(authority.files());
    EXPECT_EQ(stamp_of(authority.files()), before);
    std::filesystem::rename(authority.files().key, authority.files().key.string() + ".old");
    EXPECT_NE(stamp_of(authority.files()), before);
}

/// A server over TLS, on a free port.
class Running {
public:
    explicit Running(Authority const& authority, std::function<void(ServerOptions&)> adjust = {})
    {
        ServerOptions options;
        options.port = 0;
        options.tls = authority.files();
        options.allowed_hosts = {"localhost"};
        options.certificate_look = std::chrono::milliseconds(20);
        if (adjust) adjust(options);
        server.emplace(std::move(options), [](Request& request) { return Response::text(request.secure ? "secure" : "clear"); });
        thread_ = std::thread([this] { server->run(); });
    }
    ~Running()
    {
        server->stop();
        thread_.join();
    }
    [[nodiscard]] long days_left() const
    {
        return std::chrono::duration_cast<std::chrono::hours>(*server->facts().certificate_expires - std::chrono::system_clock::now()).count() / 24 + 1;
    }
    /// Until the certificate in use has that long to live; a server that never takes it fails the test instead.
    void wait_for_days(long days) const
    {
        auto const patience = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (days_left() != days && std::chrono::steady_clock::now() < patience) std::this_thread::yield();
    }
    std::optional<Server> server;

private:
    std::thread thread_;
};

TEST(TlsServer, takes_a_new_certificate_and_keeps_the_old_one_when_the_new_is_bad)
{
    Authority const authority;
    Running running(authority);
    EXPECT_EQ(running.days_left(), 30);
    Authority::say(authority.files().certificate, "half a certif");
    running.server->reload_certificate();
    authority.renew(60);
    running.wait_for_days(60);
    EXPECT_EQ(running.days_left(), 60);
    Authority::say(authority.files().key, "gone");
    running.server->reload_certificate();
    TestClient client(running.server->port());   // answered after the reload that was asked before
    EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 400);
    EXPECT_EQ(running.days_left(), 60);
}

TEST(TlsServer, refuses_to_begin_with_a_certificate_it_cannot_use)
{
    Authority const authority;
    Authority::say(authority.files().key, "gone");
    EXPECT_THROW(Running{authority}, std::runtime_error);
}

TEST(TlsServer, says_to_whoever_speaks_clear_text_that_this_is_https)
{
    Authority const authority;
    Running running(authority);
    TestClient lost(running.server->port());
    auto const answer = lost.ask("GET /o/ville HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(answer.status, 400);
    EXPECT_NE(answer.body.find("https"), answer.body.npos);
    EXPECT_TRUE(lost.is_closed());
    TestClient noise(running.server->port());
    noise.send(std::string("\0\1\2\3", 4));
    EXPECT_TRUE(noise.is_closed());
}

TEST(TlsServer, drops_clients_that_dawdle_at_the_handshake)
{
    Authority const authority;
    Running running(authority, [](ServerOptions& options) { options.handshake_timeout = std::chrono::milliseconds(300); });
    TestClient silent(running.server->port()), half(running.server->port());
    half.send(std::string("\x16\x03\x01\x02\x00\x01", 6));
    EXPECT_TRUE(silent.is_closed());
    EXPECT_TRUE(half.is_closed());
}

/// A client that offers `protocols` (each with its length before it); what it was told, or "refused".
std::string ask_over_tls(std::uint16_t port, std::string const& protocols, int version)
{
    auto* const context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_max_proto_version(context, version);
    SSL_CTX_set_cipher_list(context, "ALL:@SECLEVEL=0");
    auto* const connection = BIO_new_ssl_connect(context);
    BIO_set_conn_hostname(connection, ("127.0.0.1:" + std::to_string(port)).c_str());
    SSL* tls = nullptr;
    BIO_get_ssl(connection, &tls);
    if (!protocols.empty()) SSL_set_alpn_protos(tls, reinterpret_cast<unsigned char const*>(protocols.data()), static_cast<unsigned>(protocols.size()));
    std::string said = "refused";
    std::string const request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    if (BIO_do_connect(connection) == 1 && BIO_write(connection, request.data(), static_cast<int>(request.size())) > 0) {
        said.clear();
        char piece[4096];
        for (int got = 1; got > 0;) {
            got = BIO_read(connection, piece, sizeof piece);
            if (got > 0) said.append(piece, static_cast<std::size_t>(got));
        }
        // An end that is announced cannot be mistaken for one that somebody on the line made.
        said += (SSL_get_shutdown(tls) & SSL_RECEIVED_SHUTDOWN) != 0 ? " (ended)" : " (cut)";
    }
    BIO_free_all(connection);
    SSL_CTX_free(context);
    return said;
}

TEST(TlsServer, speaks_http_1_1_over_tls_1_2_and_1_3_and_nothing_else)
{
    Authority const authority;
    Running running(authority);
    auto const port = running.server->port();
    auto const http11 = std::string("\x08http/1.1"), h2 = std::string("\x02h2");
    for (int const version : {TLS1_2_VERSION, TLS1_3_VERSION})
        for (auto const& offered : {std::string(), http11, h2 + http11}) {
            auto const said = ask_over_tls(port, offered, version);
            EXPECT_TRUE(said.starts_with("HTTP/1.1 200")) << said;
            EXPECT_TRUE(said.ends_with("secure (ended)")) << said;
            EXPECT_NE(said.find("Strict-Transport-Security"), said.npos);
        }
    EXPECT_EQ(ask_over_tls(port, h2, TLS1_3_VERSION), "refused");
    EXPECT_EQ(ask_over_tls(port, "", TLS1_1_VERSION), "refused");
}

}  // namespace
}  // namespace greffier::web
