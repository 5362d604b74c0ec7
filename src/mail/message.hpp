#pragma once
// Message: one mail as a value, and its bytes (RFC 5322; words by RFC 2047, parts by RFC 2045). Whatever stands in
// it, no header is added and no line is broken: line ends, controls and marks of direction become blanks.
//
//   to_mime({.from = {"Greffier", "greffier@ville.fr"}, .to = {"", "claire@ville.fr"}, .subject = "…", .text = "…", …})

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/locale.hpp"
#include "core/time.hpp"

namespace greffier::mail {

struct Mailbox {
    std::string name;      ///< as people read it; may be empty
    std::string address;
};
/// "Greffier <greffier@ville.fr>" or the address alone.
std::optional<Mailbox> parse_mailbox(std::string_view text);

/// What a message carries beside its words.
struct Part {
    std::string type;       ///< with its parameters: "text/calendar; charset=utf-8; method=REQUEST"
    std::string content;    ///< of an alternative: text in UTF-8; of a file: any bytes
    std::string name = {};  ///< of the file it is kept as; empty: the same told another way, for programs that know the type
};

struct Message {
    Mailbox from, to;
    std::string subject, text;
    std::string html = {};          ///< empty: text alone
    Language language = Language::French;
    Mailbox reply_to = {};          ///< whom an answer goes to; without an address: to `from`
    std::vector<Part> parts = {};
    std::string unsubscribe = {};   ///< the address that one refuses such mail at (RFC 8058); empty: obligatory mail
    std::string id;                 ///< letters, digits and dashes: the same at each attempt, so that a receiver knows a second copy
    Timestamp written{};
};

/// Lines end in CR LF and have at most 998 bytes. An address that is none, an id with other letters, or a part
/// whose type could not stand in a header throws std::invalid_argument.
std::string to_mime(Message const& message);

/// On one line, of at most `most` code points, without what could pass for the end of a header.
std::string one_line(std::string_view text, std::size_t most = 300);

}  // namespace greffier::mail
