#pragma once
// A mailbox read by IMAP, by libcurl: what is in it since last time, one message at a time. Nothing is changed there but that
// what was fetched counts as read.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/secret.hpp"

namespace greffier::mail {

struct ImapSettings {
    enum class Tls { None, StartTls, FromTheStart } tls = Tls::FromTheStart;
    std::string host;                 ///< IPv6 in brackets
    std::uint16_t port = 993;
    std::string user = {};
    SecretText password = {};
    std::string folder = "INBOX";
    std::string authority = {};       ///< file of the certificates (PEM) one trusts; empty: those of the system
};
/// "imaps://host[:993]" or "imap://host[:143]" (STARTTLS), nothing else behind.
std::optional<ImapSettings> parse_imap_url(std::string_view url);

/// Errors: mail.problem codes "server_unknown", "server_unreachable", "server_silent", "server_tls", "server_no_tls",
/// "server_sign_in", "server_refuses" as Conflict; mail_too_large for a message. Each call is a connection of its own, of at
/// most a minute; `stopping` ends it. Not thread-safe.
class ImapBox {
public:
    ImapBox(ImapSettings settings, std::function<bool()> stopping = {}) : settings_(std::move(settings)), stopping_(std::move(stopping)) {}

    struct State {
        std::int64_t validity = 0, next = 0;   ///< UIDVALIDITY, UIDNEXT
    };
    Result<State> state();
    /// Ascending.
    Result<std::vector<std::int64_t>> unseen();
    Result<std::vector<std::int64_t>> after(std::int64_t uid);
    Result<std::string> fetch(std::int64_t uid, std::size_t most);

private:
    Result<std::string> ask(std::string const& path, std::string const& command, std::size_t most);

    ImapSettings settings_;
    std::function<bool()> stopping_;
};

/// "* SEARCH 3 7" and "* STATUS INBOX (UIDVALIDITY 1 UIDNEXT 8)", as servers say them.
std::vector<std::int64_t> parse_search(std::string_view answer);
std::optional<ImapBox::State> parse_status(std::string_view answer);

}  // namespace greffier::mail
