#pragma once
// Transport: what takes a mail away. SMTP by libcurl, or a directory of .eml files to look at while developing.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/secret.hpp"

namespace greffier::mail {

/// What became of one attempt.
struct Delivery {
    enum class Outcome {
        Sent,
        Later,      ///< to be tried again
        Never,      ///< this message is refused for good
        Stopped,    ///< the program stops: nothing was tried
    } outcome = Outcome::Sent;
    std::string problem = {};     ///< stable code: the locale key "mail.problem.<problem>"
    int reply = 0;                ///< of the server, 0 when it said nothing
    std::string said = {};        ///< its words on one line, addresses of pages left out
    bool away = false;            ///< the server's trouble, or the settings': the next message would fare no better
};

/// Every `problem` there is, those of the outbox too.
std::span<std::string_view const> problems();

struct Parcel {
    std::string id, from, to;     ///< addresses alone
    std::string mime;
};

class Transport {
public:
    virtual ~Transport() = default;
    /// Blocks for at most a minute. `stopping` is asked meanwhile: true gives up what is not yet under way.
    virtual Delivery send(Parcel const& parcel, std::function<bool()> const& stopping) = 0;
    /// For the administrator: "smtp.ville.fr:587, STARTTLS", or the directory.
    [[nodiscard]] virtual std::string way() const = 0;
};

struct SmtpSettings {
    enum class Tls { None, StartTls, FromTheStart } tls = Tls::StartTls;
    std::string host;             ///< IPv6 in brackets
    std::uint16_t port = 587;
    std::string user = {};        ///< empty: without authentication
    SecretText password = {};
    std::string authority = {};   ///< file of the certificates (PEM) one trusts; empty: those of the system
    std::string hello = {};       ///< the name we give
};
/// Host, port and whether TLS comes first: "smtp://host[:587]" or "smtps://host[:465]", nothing else behind.
std::optional<SmtpSettings> parse_smtp_url(std::string_view url);
bool is_loopback_host(std::string_view host);

std::unique_ptr<Transport> smtp_transport(SmtpSettings settings);
/// One file a message, whole or not at all, readable by its owner alone. The directory is made when it is absent.
std::unique_ptr<Transport> directory_transport(std::filesystem::path directory);

}  // namespace greffier::mail
