#include "documents/xml_pull.hpp"

#include <algorithm>
#include <charconv>

#include "core/utf8.hpp"

namespace greffier::documents {
namespace {

constexpr int end_of_file = -1;
constexpr std::size_t longest_name = 1000, longest_value = 65536, most_attributes = 200;

bool is_space(int byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

Error damaged()
{
    return Error::invalid("import.damaged");
}

} // namespace

std::string_view XmlPull::local(std::string_view name)
{
    auto const colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string_view XmlPull::attribute(std::string_view name) const
{
    for (std::size_t i = 0; i < attribute_count_; ++i)
        if (local(attributes_[i].first) == name) return attributes_[i].second;
    return {};
}

Result<int> XmlPull::peek()
{
    if (at_ == end_ && !ended_) {
        end_ = TRY(source_.read(buffer_.data(), buffer_.size()));
        at_ = 0;
        ended_ = end_ == 0;
    }
    return at_ == end_ ? end_of_file : static_cast<unsigned char>(buffer_[at_]);
}

Result<int> XmlPull::take()
{
    int const byte = TRY(peek());
    if (byte != end_of_file) ++at_;
    return byte;
}

Result<int> XmlPull::need()
{
    int const byte = TRY(take());
    if (byte == end_of_file) return damaged();
    return byte;
}

Result<XmlToken> XmlPull::next()
{
    if (closes_) {
        closes_ = false;
        --depth_;
        return XmlToken::End;
    }
    for (;;) {
        int const byte = TRY(take());
        if (byte == end_of_file) {
            if (depth_ > 0) return damaged();
            return XmlToken::EndOfFile;
        }
        if (byte != '<') {
            text_.clear();
            TRY(read_text(byte));
            return XmlToken::Text;
        }
        int const kind = TRY(peek());
        if (kind == '?') {
            TRY(skip_until("?>"));
        } else if (kind == '!') {
            ++at_;
            if (TRY(read_declaration())) return XmlToken::Text;
        } else {
            return read_tag();
        }
    }
}

Status XmlPull::skip()
{
    for (std::size_t inside = 1; inside > 0;) {
        auto const token = TRY(next());
        if (token == XmlToken::Start) ++inside;
        if (token == XmlToken::End) --inside;
        if (token == XmlToken::EndOfFile) return damaged();
    }
    return Nothing{};
}

Status XmlPull::read_text(int first)
{
    for (int byte = first;;) {
        if (byte == '&') TRY(read_reference(text_, max_text_bytes_));
        else if (text_.size() <= max_text_bytes_) text_ += static_cast<char>(byte);
        auto const start = at_;
        while (at_ < end_ && buffer_[at_] != '<' && buffer_[at_] != '&') ++at_;
        if (text_.size() <= max_text_bytes_) text_.append(buffer_, start, std::min(at_ - start, max_text_bytes_ + 1 - text_.size()));
        int const following = TRY(peek());
        if (following == end_of_file || following == '<') return Nothing{};
        byte = following;
        ++at_;
    }
}

Status XmlPull::read_reference(std::string& out, std::size_t most)
{
    std::string name;
    for (;;) {
        int const byte = TRY(need());
        if (byte == ';') break;
        name += static_cast<char>(byte);
        if (name.size() > 10) return damaged();
    }
    if (out.size() > most) return Nothing{};
    if (name == "lt") out += '<';
    else if (name == "gt") out += '>';
    else if (name == "amp") out += '&';
    else if (name == "quot") out += '"';
    else if (name == "apos") out += '\'';
    else if (name.size() > 1 && name[0] == '#') {
        bool const hexadecimal = name[1] == 'x';
        std::uint32_t code = 0;
        auto const* begin = name.data() + (hexadecimal ? 2 : 1);
        auto const* end = name.data() + name.size();
        auto const [stop, error] = std::from_chars(begin, end, code, hexadecimal ? 16 : 10);
        if (error != std::errc() || stop != end || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return damaged();
        append_utf8(out, code);
    } else {
        return damaged();
    }
    return Nothing{};
}

Result<bool> XmlPull::read_declaration()
{
    int const byte = TRY(need());
    if (byte == '-') {
        if (TRY(need()) != '-') return damaged();
        TRY(skip_until("-->"));
        return false;
    }
    if (byte != '[') return Error::invalid("import.dtd");
    for (char expected : std::string_view("CDATA["))
        if (TRY(need()) != expected) return damaged();
    text_.clear();
    for (std::string tail;;) {
        tail += static_cast<char>(TRY(need()));
        if (tail == "]]>") return true;
        // What may still begin the end waits in `tail`.
        while (!tail.empty() && !std::string_view("]]>").starts_with(tail)) {
            if (text_.size() <= max_text_bytes_) text_ += tail.front();
            tail.erase(0, 1);
        }
    }
}

Status XmlPull::skip_until(std::string_view end)
{
    for (std::string tail; tail != end;) {
        tail += static_cast<char>(TRY(need()));
        if (tail.size() > end.size()) tail.erase(0, 1);
    }
    return Nothing{};
}

Status XmlPull::read_name(int first, std::string& name)
{
    name.clear();
    for (int byte = first;;) {
        if (is_space(byte) || byte == '<' || byte == '"' || byte == '\'' || byte == 0 || name.size() > longest_name) return damaged();
        name += static_cast<char>(byte);
        byte = at_ < end_ ? static_cast<unsigned char>(buffer_[at_]) : TRY(peek());
        if (byte == end_of_file) return damaged();
        if (is_space(byte) || byte == '>' || byte == '/' || byte == '=') return Nothing{};
        ++at_;
    }
}

Result<XmlToken> XmlPull::read_tag()
{
    int const first = TRY(need());
    if (first == '/') {
        TRY(read_name(TRY(need()), name_));
        while (is_space(TRY(peek()))) ++at_;
        if (TRY(need()) != '>' || depth_ == 0) return damaged();
        --depth_;
        return XmlToken::End;
    }
    if (first == '>') return damaged();
    TRY(read_name(first, name_));
    TRY(read_attributes());
    ++depth_;
    return XmlToken::Start;
}

Status XmlPull::read_attributes()
{
    attribute_count_ = 0;
    for (;;) {
        int byte = TRY(need());
        while (is_space(byte)) byte = TRY(need());
        if (byte == '>') return Nothing{};
        if (byte == '/') {
            if (TRY(need()) != '>') return damaged();
            closes_ = true;
            return Nothing{};
        }
        if (byte == '=' || attribute_count_ >= most_attributes) return damaged();
        if (attributes_.size() == attribute_count_) attributes_.emplace_back();
        auto& [name, value] = attributes_[attribute_count_++];
        TRY(read_name(byte, name));
        while (is_space(TRY(peek()))) ++at_;
        if (TRY(need()) != '=') return damaged();
        TRY(read_value(value));
    }
}

Status XmlPull::read_value(std::string& value)
{
    value.clear();
    int quote = TRY(need());
    while (is_space(quote)) quote = TRY(need());
    if (quote != '"' && quote != '\'') return damaged();
    for (;;) {
        int const byte = at_ < end_ ? static_cast<unsigned char>(buffer_[at_++]) : TRY(need());
        if (byte == quote) return Nothing{};
        if (byte == '<' || value.size() > longest_value) return damaged();
        if (byte == '&') TRY(read_reference(value, longest_value));
        else value += is_space(byte) ? ' ' : static_cast<char>(byte);
    }
}

} // namespace greffier::documents
