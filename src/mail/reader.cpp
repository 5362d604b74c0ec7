// The only file that knows GMime.
#include "mail/reader.hpp"

#include <gmime/gmime.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "core/crypto.hpp"
#include "core/text.hpp"

namespace greffier::mail {

namespace {

struct Release {
    void operator()(void* object) const { ::g_object_unref(object); }
};
template <class T>
using Held = std::unique_ptr<T, Release>;

struct FreeText {
    void operator()(char* text) const { ::g_free(text); }
};
using OwnText = std::unique_ptr<char, FreeText>;

void begin_once()
{
    static std::once_flag begun;
    std::call_once(begun, [] { ::g_mime_init(); });
}

std::string text_of(char const* text) { return text ? std::string{text} : std::string{}; }

/// UTF-8 whatever came: bytes that are none become U+FFFD.
std::string sound(std::string text)
{
    if (is_utf8(text)) return text;
    OwnText const valid{::g_utf8_make_valid(text.data(), static_cast<gssize>(text.size()))};
    return valid.get();
}

/// Controls and marks of direction go, line breaks become one kind.
std::string plain(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const c = static_cast<unsigned char>(text[i]);
        if (c == '\r') {
            if (i + 1 >= text.size() || text[i + 1] != '\n') out += '\n';
        } else if (c == '\n' || c == '\t' || (c >= 0x20 && c != 0x7f)) {
            out += text[i];
        }
    }
    // U+202A…U+202E, U+2066…U+2069 turn what is read around.
    for (auto const* mark : {"\xe2\x80\xaa", "\xe2\x80\xab", "\xe2\x80\xac", "\xe2\x80\xad", "\xe2\x80\xae", "\xe2\x81\xa6", "\xe2\x81\xa7", "\xe2\x81\xa8", "\xe2\x81\xa9"})
        for (auto at = out.find(mark); at != out.npos; at = out.find(mark, at)) out.erase(at, 3);
    return std::string{trim(out)};
}

/// What a part holds once its transfer encoding is undone, at most `most` bytes and one.
std::string content_of(GMimePart* part, std::size_t most)
{
    auto* const wrapper = ::g_mime_part_get_content(part);
    if (!wrapper) return {};
    auto* const source = ::g_mime_data_wrapper_get_stream(wrapper);
    if (!source) return {};
    ::g_mime_stream_reset(source);
    Held<GMimeStream> const filtered{::g_mime_stream_filter_new(source)};
    auto const encoding = ::g_mime_part_get_content_encoding(part);
    if (encoding == GMIME_CONTENT_ENCODING_BASE64 || encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE || encoding == GMIME_CONTENT_ENCODING_UUENCODE) {
        Held<GMimeFilter> const decode{::g_mime_filter_basic_new(encoding, FALSE)};
        ::g_mime_stream_filter_add(GMIME_STREAM_FILTER(filtered.get()), decode.get());
    }
    std::string content;
    char buffer[65536];
    while (content.size() <= most) {
        auto const read = ::g_mime_stream_read(filtered.get(), buffer, sizeof buffer);
        if (read <= 0) break;
        content.append(buffer, static_cast<std::size_t>(read));
    }
    if (content.size() > most + 1) content.resize(most + 1);
    return content;
}

/// To UTF-8 from what the part says it is in; what that is not known is read as if every byte were a letter.
std::string decoded(GMimePart* part, std::string bytes)
{
    auto* const type = ::g_mime_object_get_content_type(GMIME_OBJECT(part));
    std::string charset = to_lower_ascii(text_of(type ? ::g_mime_content_type_get_parameter(type, "charset") : nullptr));
    if (charset.empty() || charset == "utf-8" || charset == "us-ascii" || charset == "ascii") {
        if (is_utf8(bytes)) return bytes;
        charset = "windows-1252";   // what says nothing, or lies, is most often that
    }
    auto const convert = [&](char const* from) {
        gsize written = 0;
        OwnText const text{::g_convert_with_fallback(bytes.data(), static_cast<gssize>(bytes.size()), "UTF-8", from, "\xef\xbf\xbd", nullptr, &written, nullptr)};
        return text ? std::optional{std::string(text.get(), written)} : std::nullopt;
    };
    if (charset.size() <= 40)
        if (auto text = convert(charset.c_str())) return sound(std::move(*text));
    if (auto text = convert("ISO-8859-1"); text && !is_utf8(bytes)) return sound(std::move(*text));
    return sound(std::move(bytes));
}

bool is_text(GMimeObject* part, char const* kind)
{
    auto* const type = ::g_mime_object_get_content_type(part);
    return type && ::g_mime_content_type_is_type(type, "text", kind);
}

class Walk {
public:
    Walk(ReadMessage& message, ReadLimits const& limits) : message_(message), limits_(limits) {}

    void part(GMimeObject* object, std::size_t depth)
    {
        if (!object) return;
        if (++parts_ > limits_.parts || depth > limits_.depth) {
            ++message_.files_left_out;
            return;
        }
        if (GMIME_IS_MULTIPART(object)) {
            auto* const multipart = GMIME_MULTIPART(object);
            auto const count = std::min(::g_mime_multipart_get_count(multipart), static_cast<int>(limits_.parts));
            for (int i = 0; i < count; ++i) part(::g_mime_multipart_get_part(multipart, i), depth + 1);
        } else if (GMIME_IS_MESSAGE_PART(object)) {
            forwarded(GMIME_MESSAGE_PART(object));
        } else if (GMIME_IS_PART(object)) {
            leaf(GMIME_PART(object));
        }
    }

    /// What there is of words: the plain ones, else those of the HTML.
    std::string words()
    {
        return plain(text_.empty() ? words_of_html(html_) : text_);
    }

private:
    void leaf(GMimePart* part)
    {
        auto* const object = GMIME_OBJECT(part);
        auto const name = sound(text_of(::g_mime_part_get_filename(part)));
        auto const disposition = to_lower_ascii(text_of(::g_mime_object_get_disposition(object)));
        bool const words = disposition != "attachment" && name.empty();
        auto const most = 4 * limits_.text;   // bytes of so many code points
        if (words && is_text(object, "plain") && text_.size() < most) text_ += decoded(part, content_of(part, most)) + "\n";
        else if (words && is_text(object, "html") && html_.size() < 20 * most) html_ += decoded(part, content_of(part, 20 * most));
        else if (!words || !is_text(object, "*")) keep(name, content_of(part, limits_.file_size));
    }

    /// A message within the message is a file: what it claims is not what this one says.
    void forwarded(GMimeMessagePart* part)
    {
        auto* const inner = ::g_mime_message_part_get_message(part);
        if (!inner) return;
        OwnText const bytes{::g_mime_object_to_string(GMIME_OBJECT(inner), nullptr)};
        keep("message.eml", text_of(bytes.get()));
    }

    void keep(std::string name, std::string content)
    {
        if (content.empty()) return;
        if (content.size() > limits_.file_size || message_.files.size() >= limits_.files || kept_ + content.size() > limits_.files_size) {
            ++message_.files_left_out;
            return;
        }
        kept_ += content.size();
        message_.files.push_back({one_line(name, 200), std::move(content)});
    }

    ReadMessage& message_;
    ReadLimits const& limits_;
    std::string text_, html_;
    std::size_t parts_ = 0, kept_ = 0;
};

/// The first real address of a list, whatever groups stand around it.
std::optional<Mailbox> first_of(InternetAddressList* list, int depth = 0)
{
    auto const count = list ? std::min(::internet_address_list_length(list), 100) : 0;
    for (int i = 0; i < count; ++i) {
        auto* const address = ::internet_address_list_get_address(list, i);
        if (INTERNET_ADDRESS_IS_MAILBOX(address))
            return Mailbox{one_line(sound(text_of(::internet_address_get_name(address))), 200), one_line(sound(text_of(::internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address)))), 254)};
        if (INTERNET_ADDRESS_IS_GROUP(address) && depth < 3)
            if (auto found = first_of(::internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address)), depth + 1)) return found;
    }
    return std::nullopt;
}

void read_addresses(GMimeMessage* message, ReadMessage& into)
{
    if (auto from = first_of(::g_mime_message_get_from(message))) into.from = std::move(*from);
    for (auto* list : {::g_mime_message_get_to(message), ::g_mime_message_get_cc(message)}) {
        auto const count = list ? std::min(::internet_address_list_length(list), 50) : 0;
        for (int i = 0; i < count; ++i)
            if (auto* const address = ::internet_address_list_get_address(list, i); INTERNET_ADDRESS_IS_MAILBOX(address))
                into.to.push_back(one_line(sound(text_of(::internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address)))), 254));
    }
}

/// Real headers, not a picture or a page that came by the same door.
bool looks_like_a_message(GMimeMessage* message)
{
    auto* const headers = ::g_mime_object_get_header_list(GMIME_OBJECT(message));
    for (auto const* name : {"From", "Received", "Message-Id", "Return-Path", "Subject"})
        if (::g_mime_header_list_contains(headers, name)) return true;
    return false;
}

}  // namespace

Result<ReadMessage> read_message(std::string_view bytes, ReadLimits const& limits)
{
    begin_once();
    if (bytes.size() > limits.size) return Error{ErrorKind::TooLarge, "mail_too_large", {{"max", std::to_string(limits.size / 1'000'000)}}};
    Held<GMimeStream> const stream{::g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size())};
    Held<GMimeParser> const parser{::g_mime_parser_new_with_stream(stream.get())};
    ::g_mime_parser_set_format(parser.get(), GMIME_FORMAT_MESSAGE);
    Held<GMimeMessage> const message{::g_mime_parser_construct_message(parser.get(), nullptr)};
    if (!message || !looks_like_a_message(message.get())) return Error::invalid("mail_unreadable");
    ReadMessage read;
    // As it stands: an id that breaks the rules would be cut where another one begins like it.
    read.id = one_line(sound(text_of(::g_mime_object_get_header(GMIME_OBJECT(message.get()), "Message-Id"))), 250);
    if (read.id.size() > 2 && read.id.front() == '<' && read.id.back() == '>') read.id = read.id.substr(1, read.id.size() - 2);
    if (read.id.empty()) read.id = to_hex(sha256(as_bytes(bytes)));
    read_addresses(message.get(), read);
    read.subject = one_line(sound(text_of(::g_mime_message_get_subject(message.get()))), 300);
    if (auto* const date = ::g_mime_message_get_date(message.get())) {
        auto const seconds = ::g_date_time_to_unix(date);
        if (seconds > 0 && seconds < 4'000'000'000) read.written = from_millis(seconds * 1000);
    }
    Walk walk(read, limits);
    walk.part(::g_mime_message_get_mime_part(message.get()), 0);
    read.text = walk.words();
    if (length_utf8(read.text) > limits.text) {
        read.text = shorten(read.text, limits.text);
        read.text_cut = true;
    }
    return read;
}

}  // namespace greffier::mail
