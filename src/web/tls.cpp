#include "web/tls.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <ctime>
#include <fstream>
#include <sstream>

#include "core/text.hpp"
#include "web/address.hpp"

namespace greffier::web {

namespace {

template <auto function>
struct Calls {
    template <class T>
    void operator()(T* thing) const { function(thing); }
};
using Memory = std::unique_ptr<BIO, Calls<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Calls<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Calls<EVP_PKEY_free>>;
struct FreeNames {
    void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
};

constexpr std::size_t largest_file = 1024 * 1024;

Result<std::string> read_file(std::filesystem::path const& path)
{
    std::ifstream in(path, std::ios::binary);
    std::stringstream content;
    if (in) content << in.rdbuf();
    auto text = content.str();
    // A directory opens and cannot be read; an empty file reads as a failed stream.
    if (!in || text.empty() || text.size() > largest_file) return Error::invalid("tls_unreadable", {{"file", path.string()}});
    return text;
}

Memory memory_of(std::string const& text) { return Memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))); }

/// No terminal is asked for a passphrase: a service has none.
int refuse_passphrase(char*, int, int, void* asked)
{
    *static_cast<bool*>(asked) = true;
    return 0;
}

Result<Key> read_key(TlsFiles const& files)
{
    auto text = TRY(read_file(files.key));
    bool locked = false;
    Key key(PEM_read_bio_PrivateKey(memory_of(text).get(), nullptr, refuse_passphrase, &locked));
    OPENSSL_cleanse(text.data(), text.size());
    if (!key) return Error::invalid(locked ? "tls_key_locked" : "tls_key", {{"file", files.key.string()}});
    return key;
}

Result<std::vector<Certificate>> read_certificates(TlsFiles const& files)
{
    auto const text = TRY(read_file(files.certificate));
    auto const in = memory_of(text);
    std::vector<Certificate> chain;
    while (auto* next = PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr)) chain.emplace_back(next);
    bool const at_the_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    if (chain.empty() || !at_the_end) return Error::invalid("tls_certificate", {{"file", files.certificate.string()}});
    return chain;
}

int choose_protocol(SSL*, unsigned char const** chosen, unsigned char* length, unsigned char const* offered, unsigned offered_size, void*)
{
    static constexpr unsigned char spoken[] = "\x08http/1.1";
    unsigned char* found = nullptr;
    int const outcome = SSL_select_next_proto(&found, length, spoken, sizeof spoken - 1, offered, offered_size);
    *chosen = found;
    return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

bool set_up(SSL_CTX* context)
{
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    // Idle connections are many: none keeps 34 KB of buffers, nor a session in our memory (tickets carry them).
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
    return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 && SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1;
}

std::vector<std::string> names_of(X509* certificate)
{
    std::vector<std::string> all;
    std::unique_ptr<GENERAL_NAMES, FreeNames> const names(static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        auto const* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type != GEN_DNS && name->type != GEN_IPADD) continue;
        auto const* text = name->type == GEN_DNS ? name->d.dNSName : name->d.iPAddress;
        std::string value(reinterpret_cast<char const*>(ASN1_STRING_get0_data(text)), static_cast<std::size_t>(ASN1_STRING_length(text)));
        if (name->type == GEN_IPADD) {
            value = address_text(value);
            if (value.find(':') != value.npos) value = "[" + value + "]";
        }
        if (!value.empty() && value.find('*') == value.npos) all.push_back(std::move(value));
    }
    return all;
}

std::chrono::system_clock::time_point end_of(X509* certificate)
{
    std::tm end{};
    if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end) != 1) return {};
    return std::chrono::system_clock::from_time_t(timegm(&end));
}

std::string last_reason()
{
    auto const* reason = ERR_reason_error_string(ERR_peek_last_error());
    return reason ? reason : "?";
}

}  // namespace

void TlsContextFree::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }

Result<TlsContext> load_tls(TlsFiles const& files)
{
    ERR_clear_error();
    auto chain = TRY(read_certificates(files));
    auto const key = TRY(read_key(files));
    auto* const own = chain.front().get();
    if (X509_check_private_key(own, key.get()) != 1)
        return Error::invalid("tls_mismatch", {{"file", files.certificate.string()}, {"key", files.key.string()}});
    TlsContext context;
    context.handle.reset(SSL_CTX_new(TLS_server_method()));
    ERR_clear_error();
    bool fine = context.handle && set_up(context.handle.get()) && SSL_CTX_use_certificate(context.handle.get(), own) == 1 &&
                SSL_CTX_use_PrivateKey(context.handle.get(), key.get()) == 1;
    for (std::size_t i = 1; fine && i < chain.size(); ++i) fine = SSL_CTX_add1_chain_cert(context.handle.get(), chain[i].get()) == 1;
    if (!fine) return Error::invalid("tls_refused", {{"file", files.certificate.string()}, {"reason", last_reason()}});
    context.names = names_of(own);
    context.expires = end_of(own);
    return context;
}

std::string stamp_of(TlsFiles const& files)
{
    std::string stamp;
    for (auto const& path : {files.certificate, files.key}) {
        struct stat facts{};
        if (::stat(path.c_str(), &facts) != 0) {
            stamp += "-;";
            continue;
        }
        for (std::int64_t const part : {static_cast<std::int64_t>(facts.st_ino), static_cast<std::int64_t>(facts.st_size), static_cast<std::int64_t>(facts.st_mtim.tv_sec),
                                        static_cast<std::int64_t>(facts.st_mtim.tv_nsec)})
            stamp += std::to_string(part) + ",";
        stamp += ";";
    }
    return stamp;
}

}  // namespace greffier::web
