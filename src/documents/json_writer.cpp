#include "documents/json_writer.hpp"

#include <charconv>
#include <cmath>
#include <stdexcept>

#include "core/utf8.hpp"

namespace greffier::documents {
namespace {

// In UTF-8, units F0–F4 begin what UTF-16 writes as surrogates, which sort below EE and EF (U+E000–U+FFFF).
int rank(unsigned char byte)
{
    if (byte >= 0xF0) return byte - 2;
    if (byte >= 0xEE) return byte + 7;
    return byte;
}

// ECMAScript's Number::toString: plain digits between 1e-6 and 1e21, an exponent beyond.
std::string number_text(double value)
{
    if (!std::isfinite(value)) throw std::invalid_argument("json: not a number");
    if (value == 0) return "0";
    char buffer[64];
    auto const end = std::to_chars(buffer, buffer + sizeof buffer, std::fabs(value), std::chars_format::scientific).ptr;
    std::string_view const shortest(buffer, static_cast<std::size_t>(end - buffer));
    auto const e = shortest.find('e');
    int exponent = 0;
    char const* const power = buffer + e + 1 + (buffer[e + 1] == '+' ? 1 : 0);
    std::from_chars(power, end, exponent);
    std::string digits(1, shortest.front());
    if (e > 1) digits += shortest.substr(2, e - 2);
    auto const count = static_cast<int>(digits.size());
    std::string const sign = value < 0 ? "-" : "";
    int const point = exponent + 1; // where the decimal point falls, counted in digits
    if (point > 21 || point < -5) {
        std::string const fraction = count > 1 ? "." + digits.substr(1) : "";
        return sign + digits.front() + fraction + "e" + (exponent < 0 ? "-" : "+") + std::to_string(std::abs(exponent));
    }
    if (point <= 0) return sign + "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    if (count <= point) return sign + digits + std::string(static_cast<std::size_t>(point - count), '0');
    return sign + digits.substr(0, static_cast<std::size_t>(point)) + "." +
           digits.substr(static_cast<std::size_t>(point));
}

class Writer {
public:
    explicit Writer(bool indented) : indented_(indented) {}

    void write(Json const& json)
    {
        std::visit([this](auto const& value) { put(value); }, json.value());
    }

    std::string take() { return std::move(out_); }

private:
    void put(std::monostate) { out_ += "null"; }
    void put(bool truth) { out_ += truth ? "true" : "false"; }
    void put(std::int64_t number) { out_ += std::to_string(number); }
    void put(double number) { out_ += number_text(number); }

    void put(std::string const& text)
    {
        out_ += '"';
        for (std::size_t i = 0; i < text.size();) {
            std::size_t const start = i;
            char32_t const code = next_code_point(text, i);
            if (code == invalid_code_point)
                out_ += "\xEF\xBF\xBD";
            else if (code < 0x80)
                letter(text[start]);
            else
                out_.append(text, start, i - start);
        }
        out_ += '"';
    }

    void letter(char c)
    {
        static constexpr char digits[] = "0123456789abcdef";
        static constexpr std::string_view named = "\b\t\n\f\r\"\\", letters = "btnfr\"\\";
        if (auto const found = named.find(c); found != std::string_view::npos)
            out_ += {'\\', letters[found]};
        else if (static_cast<unsigned char>(c) < 0x20)
            out_ += {'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15]};
        else
            out_ += c;
    }

    void put(Json::Array const& items)
    {
        open('[');
        for (std::size_t i = 0; i < items.size(); ++i) separate(i == 0), write(items[i]);
        close(']', items.empty());
    }

    void put(Json::Object const& members)
    {
        open('{');
        bool first = true;
        for (auto const& [key, value] : members) {
            separate(first);
            first = false;
            put(key);
            out_ += indented_ ? ": " : ":";
            write(value);
        }
        close('}', members.empty());
    }

    void open(char bracket) { out_ += bracket, ++depth_; }
    void separate(bool first)
    {
        if (!first) out_ += ',';
        line();
    }
    void close(char bracket, bool empty)
    {
        --depth_;
        if (!empty) line();
        out_ += bracket;
    }
    void line()
    {
        if (indented_) out_ += '\n' + std::string(2 * depth_, ' ');
    }

    bool indented_;
    std::size_t depth_ = 0;
    std::string out_;
};

} // namespace

bool JsonKeyOrder::operator()(std::string_view a, std::string_view b) const
{
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
        if (a[i] != b[i]) return rank(static_cast<unsigned char>(a[i])) < rank(static_cast<unsigned char>(b[i]));
    return a.size() < b.size();
}

Json& Json::operator[](std::string_view key)
{
    if (std::holds_alternative<std::monostate>(value_)) value_ = Object{};
    return std::get<Object>(value_)[std::string(key)];
}

void Json::push_back(Json item)
{
    if (std::holds_alternative<std::monostate>(value_)) value_ = Array{};
    std::get<Array>(value_).push_back(std::move(item));
}

std::string write_json(Json const& json, JsonLayout layout)
{
    Writer writer(layout == JsonLayout::Indented);
    writer.write(json);
    return writer.take() + (layout == JsonLayout::Indented ? "\n" : "");
}

} // namespace greffier::documents
