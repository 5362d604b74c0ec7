#include "mail/message.hpp"

#include <algorithm>
#include <cstdio>
#include <stdexcept>

#include "core/crypto.hpp"
#include "core/text.hpp"
#include "core/utf8.hpp"
#include "web/html.hpp"

namespace greffier::mail {

namespace {

constexpr std::size_t word_bytes = 42;     // of text in one encoded word: 68 letters with its frame, of 75 allowed
constexpr std::size_t plain_header = 60;   // a longer one is written as encoded words, which fold by themselves
constexpr std::size_t line_letters = 76;
constexpr std::size_t longest_file_name = 60, longest_type = 200;
constexpr auto end_of_line = "\r\n";

bool is_ascii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f; });
}

/// Marks that turn the direction of writing: an address shown backwards is another one.
bool turns(char32_t c) { return c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069); }
bool ends_line(char32_t c) { return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029; }

std::string encoded_words(std::string_view text)
{
    std::string out, piece;
    auto flush = [&] {
        out += (out.empty() ? "=?UTF-8?B?" : std::string(end_of_line) + " =?UTF-8?B?") + to_base64(as_bytes(piece)) + "?=";
        piece.clear();
    };
    for (std::size_t at = 0; at < text.size();) {   // a letter is never cut in two
        auto const before = at;
        next_code_point(text, at);
        if (piece.size() + (at - before) > word_bytes) flush();
        piece += text.substr(before, at - before);
    }
    if (!piece.empty()) flush();
    return out;
}

std::string unstructured(std::string_view text)
{
    bool const plain = is_ascii(text) && text.size() <= plain_header && text.find("=?") == text.npos;
    return plain ? std::string(text) : encoded_words(text);
}

std::string phrase(std::string_view name)
{
    if (!is_ascii(name) || name.size() > plain_header || name.find("=?") != name.npos) return encoded_words(name);
    std::string out = "\"";
    for (char const c : name) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

std::string written(Mailbox const& box)
{
    if (!is_email(box.address)) throw std::invalid_argument("a mail without a usable address");
    auto const name = one_line(box.name, 100);
    if (name.empty()) return box.address;
    auto const said = phrase(name);
    bool const fits = said.find('\n') == said.npos && said.size() + box.address.size() < line_letters - 10;
    return said + (fits ? "" : end_of_line) + " <" + box.address + ">";
}

/// "Mon, 02 Mar 2026 09:00:00 +0000"
std::string date_of(Timestamp instant)
{
    static constexpr char const* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr char const* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto const day = std::chrono::floor<std::chrono::days>(instant);
    std::chrono::year_month_day const date{day};
    std::chrono::hh_mm_ss const time{std::chrono::floor<std::chrono::seconds>(instant - day)};
    char text[64];
    std::snprintf(text, sizeof text, "%s, %02u %s %04d %02d:%02d:%02d +0000", days[std::chrono::weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
                  months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()), static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
    return text;
}

/// Line ends of any kind become one, other controls but tabs go.
std::string plain_lines(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        auto const c = next_code_point(text, at);
        if (c == '\r') {
            if (at < text.size() && text[at] == '\n') ++at;
            out += '\n';
        } else if (c == invalid_code_point) {
            append_utf8(out, 0xfffd);
        } else if (c == '\n' || c == '\t') {
            out += static_cast<char>(c);
        } else if (!ends_line(c) && !turns(c)) {
            append_utf8(out, c);
        }
    }
    return out;
}

std::string quoted_printable(std::string_view text)
{
    static constexpr char hex[] = "0123456789ABCDEF";
    std::string out;
    std::size_t column = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto const byte = static_cast<unsigned char>(text[at]);
        if (byte == '\n') {
            out += end_of_line;
            column = 0;
            continue;
        }
        bool const blank = byte == ' ' || byte == '\t';
        bool const last = at + 1 == text.size() || text[at + 1] == '\n';   // servers take blanks off the end of a line
        bool const plain = (byte > 0x20 && byte < 0x7f && byte != '=') || (blank && !last);
        std::size_t const width = plain ? 1 : 3;
        if (column + width > line_letters - 1) {
            out += "=\r\n";
            column = 0;
        }
        if (plain) out += static_cast<char>(byte);
        else (out += '=').append(1, hex[byte >> 4]).append(1, hex[byte & 15]);
        column += width;
    }
    return out + end_of_line;
}

std::string base64_lines(std::string_view bytes)
{
    std::string out;
    auto const packed = to_base64(as_bytes(bytes));
    for (std::size_t at = 0; at < packed.size(); at += line_letters) out += packed.substr(at, line_letters) + end_of_line;
    return out;
}

std::string with_line_ends(std::string_view text)
{
    std::string out;
    for (char const c : text) c == '\n' ? out += end_of_line : out += c;
    return out;
}

/// Readable as it is where most letters are plain, compact where they are not.
std::string part(std::string_view type, std::string_view content)
{
    auto const lines = plain_lines(content);
    auto const odd = std::ranges::count_if(lines, [](char c) { return static_cast<unsigned char>(c) >= 0x80 || c == '='; });
    bool const compact = static_cast<std::size_t>(odd) * 5 > lines.size();
    std::string out = "Content-Type: " + std::string(type) + end_of_line;
    out += std::string("Content-Transfer-Encoding: ") + (compact ? "base64" : "quoted-printable") + end_of_line + end_of_line;
    return out + (compact ? base64_lines(with_line_ends(lines)) : quoted_printable(lines));
}

bool fits_header(std::string_view type) { return is_ascii(type) && type.size() <= longest_type && type.find('/') != type.npos; }

/// RFC 2183; a name beyond ASCII as RFC 2231 has it, and in no other way: readers believe the plainer of two.
std::string disposition_of(std::string_view file_name)
{
    auto const name = one_line(file_name, longest_file_name);
    if (!is_ascii(name)) return "Content-Disposition: attachment;\r\n filename*=UTF-8''" + web::encode_component(name);
    std::string plain;
    for (char const c : name) plain += c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '/' ? c : '_';
    return "Content-Disposition: attachment;\r\n filename=\"" + plain + "\"";
}

/// Its bytes are its own: they come out as they went in.
std::string file_part(Part const& file)
{
    return "Content-Type: " + file.type + end_of_line + "Content-Transfer-Encoding: base64" + end_of_line + disposition_of(file.name) + end_of_line + end_of_line + base64_lines(file.content);
}

std::string multipart(std::string_view kind, std::vector<std::string> const& parts)
{
    auto const boundary = "=_" + random_token(128);   // "=_" stands in neither encoding
    std::string out = "Content-Type: multipart/" + std::string(kind) + ";\r\n boundary=\"" + boundary + "\"" + end_of_line + end_of_line;
    for (auto const& one : parts) out += "--" + boundary + end_of_line + one;
    return out + "--" + boundary + "--" + end_of_line;
}

/// The words, from the plainest to what the cleverest program reads (RFC 2046, 5.1.4), then the files.
std::string body_of(Message const& message)
{
    std::vector<std::string> words{part("text/plain; charset=UTF-8", message.text)}, files;
    if (!message.html.empty()) words.push_back(part("text/html; charset=UTF-8", message.html));
    for (auto const& one : message.parts) {
        if (!fits_header(one.type)) throw std::invalid_argument("a part of a mail without a usable type");
        if (one.name.empty()) words.push_back(part(one.type, one.content));
        else files.push_back(file_part(one));
    }
    auto said = words.size() == 1 ? words.front() : multipart("alternative", words);
    if (files.empty()) return said;
    files.insert(files.begin(), std::move(said));
    return multipart("mixed", files);
}

std::string host_of(std::string const& address)
{
    auto const host = address.substr(address.rfind('@') + 1);
    return is_ascii(host) ? host : "greffier.invalid";
}

/// Runs of blanks become one space, but a no-break space that stands alone stays: "14 h 30" is not torn at the end of a line.
std::string squeeze_breakable(std::string_view text)
{
    std::string out;
    char32_t blank = 0;
    for (std::size_t at = 0; at < text.size();) {
        auto const c = next_code_point(text, at);
        if (is_blank_code_point(c)) {
            blank = blank == 0 && (c == 0x00a0 || c == 0x202f) ? c : U' ';
            continue;
        }
        if (blank != 0 && !out.empty()) append_utf8(out, blank);
        blank = 0;
        append_utf8(out, c);
    }
    return out;
}

}  // namespace

std::string one_line(std::string_view text, std::size_t most)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        auto const c = next_code_point(text, at);
        if (c == invalid_code_point) append_utf8(out, 0xfffd);
        else if (ends_line(c)) out += ' ';
        else if (!turns(c)) append_utf8(out, c);
    }
    return shorten(squeeze_breakable(out), most);
}

std::optional<Mailbox> parse_mailbox(std::string_view text)
{
    auto rest = trim(text);
    Mailbox box;
    if (rest.ends_with('>')) {
        auto const open = rest.rfind('<');
        if (open == rest.npos) return std::nullopt;
        auto name = trim(rest.substr(0, open));
        if (name.size() >= 2 && name.starts_with('"') && name.ends_with('"')) name = name.substr(1, name.size() - 2);
        if (name.find_first_of("\"<>\r\n") != name.npos) return std::nullopt;
        box.name = std::string(name);
        rest = rest.substr(open + 1, rest.size() - open - 2);
    }
    if (!is_email(rest)) return std::nullopt;
    box.address = std::string(rest);
    return box;
}

std::string to_mime(Message const& message)
{
    if (message.id.empty() || !std::ranges::all_of(message.id, [](char c) { return c == '-' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'); }))
        throw std::invalid_argument("a mail without a usable id");
    std::string out;
    auto header = [&](std::string_view name, std::string const& value) { out.append(name).append(": ").append(value).append(end_of_line); };
    header("From", written(message.from));
    header("To", written(message.to));
    if (!message.reply_to.address.empty()) header("Reply-To", written(message.reply_to));
    header("Subject", unstructured(one_line(message.subject)));
    header("Date", date_of(message.written));
    header("Message-ID", "<" + message.id + "@" + host_of(message.from.address) + ">");
    header("MIME-Version", "1.0");
    header("Auto-Submitted", "auto-generated");       // RFC 3834: nobody's machine answers it
    header("X-Auto-Response-Suppress", "All");        // the same, for those who know this one only
    header("Content-Language", std::string(code_of(message.language)));
    if (is_http_url(message.unsubscribe)) {
        header("List-Unsubscribe", "<" + message.unsubscribe + ">");
        if (message.unsubscribe.starts_with("https://")) header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }
    return out + body_of(message);
}

}  // namespace greffier::mail
