#pragma once
// Reads a message somebody else wrote (RFC 5322, MIME), whatever stands in it: broken, nested, enormous, of an unknown charset.
// No HTML is ever shown: where a message has nothing else, its words are taken out of it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"
#include "mail/message.hpp"

namespace greffier::mail {

struct ReadFile {
    std::string name;               ///< as the sender says; may be empty, and is not to be believed
    std::string content;
};

struct ReadMessage {
    std::string id;                 ///< of Message-ID, without brackets; else the SHA-256 of the message: the same message has the same
    Mailbox from;                   ///< what it claims
    std::vector<std::string> to;    ///< addresses
    std::string subject;            ///< on one line
    std::optional<Timestamp> written;   ///< as it claims
    std::string text;               ///< plain, UTF-8, without controls but line breaks; cut at ReadLimits::text
    bool text_cut = false;
    std::vector<ReadFile> files = {};
    std::size_t files_left_out = 0; ///< too large, too many, too deep
};

struct ReadLimits {
    std::size_t size = 52'000'000;  ///< bytes of the whole message
    std::size_t parts = 500, depth = 20;
    std::size_t files = 20, file_size = 20'000'000, files_size = 40'000'000;
    std::size_t text = 18'000;      ///< code points
};

/// Errors: mail_too_large, mail_unreadable (nothing in it looks like a message). Thread-safe.
Result<ReadMessage> read_message(std::string_view bytes, ReadLimits const& limits = {});

/// The words of an HTML text: no tag, no script, no style, no address.
std::string words_of_html(std::string_view html);

}  // namespace greffier::mail
