#pragma once
// JSON, written straight into a string: compact, UTF-8 with letters unescaped (RFC 8785 strings and integers).
// The caller gives keys in the order it wants; canonical output is the caller giving them sorted.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace greffier {

class JsonWriter {
public:
    JsonWriter& begin_object() { comma(); out_ += '{'; first_.push_back(true); return *this; }
    JsonWriter& end_object() { out_ += '}'; first_.pop_back(); return *this; }
    JsonWriter& begin_array() { comma(); out_ += '['; first_.push_back(true); return *this; }
    JsonWriter& end_array() { out_ += ']'; first_.pop_back(); return *this; }
    JsonWriter& key(std::string_view name) { comma(); string(name); out_ += ':'; after_key_ = true; return *this; }
    JsonWriter& value(std::string_view text) { comma(); string(text); return *this; }
    JsonWriter& value(char const* text) { return value(std::string_view{text}); }
    JsonWriter& value(std::int64_t number) { comma(); out_ += std::to_string(number); return *this; }
    JsonWriter& value(int number) { return value(static_cast<std::int64_t>(number)); }
    JsonWriter& value(std::size_t number) { return value(static_cast<std::int64_t>(number)); }
    JsonWriter& value(bool truth) { comma(); out_ += truth ? "true" : "false"; return *this; }
    JsonWriter& null() { comma(); out_ += "null"; return *this; }
    /// JSON text that is already well-formed.
    JsonWriter& raw(std::string_view json) { comma(); out_ += json; return *this; }
    template <class V>
    JsonWriter& member(std::string_view name, V const& v) { key(name); return value(v); }
    JsonWriter& null_member(std::string_view name) { key(name); return null(); }

    [[nodiscard]] std::string const& text() const& { return out_; }
    [[nodiscard]] std::string take() && { return std::move(out_); }

private:
    void comma()
    {
        if (after_key_) { after_key_ = false; return; }
        if (!first_.empty()) {
            if (!first_.back()) out_ += ',';
            first_.back() = false;
        }
    }
    void string(std::string_view text)
    {
        out_ += '"';
        std::size_t copied = 0;   // few letters need an escape: whole stretches are copied at once
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (static_cast<unsigned char>(text[i]) >= 0x20 && text[i] != '"' && text[i] != '\\') continue;
            out_ += text.substr(copied, i - copied);
            escaped(text[i]);
            copied = i + 1;
        }
        out_ += text.substr(copied);
        out_ += '"';
    }
    void escaped(char c)
    {
        static constexpr char hex[] = "0123456789abcdef";
        switch (c) {
        case '"': out_ += "\\\""; break;
        case '\\': out_ += "\\\\"; break;
        case '\b': out_ += "\\b"; break;
        case '\f': out_ += "\\f"; break;
        case '\n': out_ += "\\n"; break;
        case '\r': out_ += "\\r"; break;
        case '\t': out_ += "\\t"; break;
        default: out_ += "\\u00"; out_ += hex[(c >> 4) & 15]; out_ += hex[c & 15];
        }
    }

    std::string out_;
    std::vector<bool> first_;
    bool after_key_ = false;
};

}  // namespace greffier
