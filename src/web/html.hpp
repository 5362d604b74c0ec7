#pragma once
// The typed HTML writer: components are functions, markup is literal (raw by consteval), run-time text is
// always escaped. A run-time string as markup does not compile.
//
//   void badge(Html& out, std::string_view label) { out << "<span class=\"g-badge\">"_h << label << "</span>"_h; }
//
// Attribute values: out.attr("href", url) writes  href="…"  escaped; urls go through url(): only http(s), mailto
// and relative addresses pass, anything else becomes "#". There is no way to write into a script or style.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace greffier::web {

/// Markup known at compile time.
class Markup {
public:
    consteval Markup(char const* text, std::size_t size) : text_(text, size) {}
    [[nodiscard]] constexpr std::string_view view() const { return text_; }

private:
    std::string_view text_;
};

inline namespace literals {
consteval Markup operator""_h(char const* text, std::size_t size) { return {text, size}; }
}

class Html {
public:
    Html() { out_.reserve(16 * 1024); }

    Html& operator<<(Markup markup) { out_.append(markup.view()); return *this; }
    Html& operator<<(std::string_view text) { escape(text); return *this; }     ///< text context
    Html& operator<<(std::int64_t number) { out_.append(std::to_string(number)); return *this; }
    Html& operator<<(int number) { return *this << static_cast<std::int64_t>(number); }
    Html& operator<<(std::size_t number) { return *this << static_cast<std::int64_t>(number); }
    Html& operator<<(Html const& piece) { out_.append(piece.out_); return *this; }   ///< already-written markup

    /// ` name="value"`, escaped. `name` is a literal of ours.
    Html& attr(Markup name, std::string_view value);
    Html& attr(Markup name, std::int64_t value);
    /// ` name` when it holds.
    Html& flag(Markup name, bool holds);
    /// ` href="…"` or another address attribute; dangerous schemes become "#".
    Html& url(Markup name, std::string_view address);
    /// Text with its line breaks kept as <br>.
    Html& lines(std::string_view text);

    [[nodiscard]] std::string const& text() const& { return out_; }
    [[nodiscard]] std::string take() && { return std::move(out_); }

private:
    void escape(std::string_view text);
    std::string out_;
};

/// Percent-encodes one query or path component.
std::string encode_component(std::string_view text);

}  // namespace greffier::web
