#pragma once
// The server's certificate: read, checked, and noticed when its files change. OpenSSL stays in tls.cpp.
// TLS 1.2 with forward secrecy or 1.3; HTTP/1.1 is the only protocol offered (ALPN).

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/result.hpp"

struct ssl_ctx_st;   // OpenSSL's SSL_CTX

namespace greffier::web {

struct TlsFiles {
    std::filesystem::path certificate;   ///< PEM: the server's certificate, then those that lead to its authority
    std::filesystem::path key;           ///< PEM, without a passphrase
};

struct TlsContextFree {
    void operator()(ssl_ctx_st* context) const;
};
struct TlsContext {
    std::unique_ptr<ssl_ctx_st, TlsContextFree> handle;
    std::vector<std::string> names;                       ///< hosts the certificate vouches for, without wildcards
    std::chrono::system_clock::time_point expires{};
};

/// What the operator can mend is an Error: "tls_unreadable", "tls_certificate", "tls_key", "tls_key_locked",
/// "tls_mismatch", "tls_refused", each with the file. An expired certificate is taken: whoever renews it comes too late otherwise.
Result<TlsContext> load_tls(TlsFiles const& files);

/// Another text once one of the files was replaced or rewritten.
std::string stamp_of(TlsFiles const& files);

}  // namespace greffier::web
