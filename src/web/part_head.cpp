// The headers of one part of a form: Content-Disposition with its two ways of writing a file name, Content-Type.
#include <algorithm>
#include <map>

#include "core/text.hpp"
#include "web/multipart_parser.hpp"
#include "web/target.hpp"

namespace greffier::web {

namespace {

constexpr std::size_t max_name = 1024;

bool is_token_char(char c)
{
    return c > 0x20 && c < 0x7f && std::string_view{"()<>@,;:\\\"/[]?={}"}.find(c) == std::string_view::npos;
}

void skip_blanks(std::string_view& text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
}

std::string take_token(std::string_view& text)
{
    std::size_t end = 0;
    while (end < text.size() && is_token_char(text[end])) ++end;
    std::string token(text.substr(0, end));
    text.remove_prefix(end);
    return token;
}

/// After the opening quote. A backslash escapes a quote or itself only: old browsers send C:\dir\file unescaped.
std::optional<std::string> take_quoted(std::string_view& text)
{
    std::string value;
    for (std::size_t i = 1; i < text.size(); ++i) {
        char c = text[i];
        if (c == '"') {
            text.remove_prefix(i + 1);
            return value;
        }
        bool escape = c == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\');
        value += escape ? text[++i] : c;
    }
    return std::nullopt;
}

using Parameters = std::map<std::string, std::string, std::less<>>;

/// `; name=value; name="value"`; nothing when ill-formed or a name comes twice.
std::optional<Parameters> parse_parameters(std::string_view text)
{
    Parameters parameters;
    while (true) {
        skip_blanks(text);
        if (text.empty()) return parameters;
        if (text.front() != ';') return std::nullopt;
        text.remove_prefix(1);
        skip_blanks(text);
        if (text.empty()) return parameters;
        auto name = to_lower_ascii(take_token(text));
        skip_blanks(text);
        if (name.empty() || !text.starts_with('=')) return std::nullopt;
        text.remove_prefix(1);
        skip_blanks(text);
        std::optional<std::string> value = text.starts_with('"') ? take_quoted(text) : take_token(text);
        if (!value || !parameters.emplace(std::move(name), std::move(*value)).second) return std::nullopt;
    }
}

bool is_clean(std::string_view text)
{
    return text.size() <= max_name && is_utf8(text) && text.find('\0') == text.npos;
}

/// UTF-8''percent-encoded (RFC 8187).
std::optional<std::string> decode_extended(std::string_view value)
{
    auto first = value.find('\'');
    auto second = first == value.npos ? first : value.find('\'', first + 1);
    if (second == value.npos || to_lower_ascii(value.substr(0, first)) != "utf-8") return std::nullopt;
    return decode_percent(value.substr(second + 1));
}

/// Browsers write a quote in a file name as %22, and nothing else as an escape worth undoing.
void undo_quotes(std::string& text)
{
    for (auto at = text.find("%22"); at != text.npos; at = text.find("%22", at + 1)) text.replace(at, 3, "\"");
}

std::string base_name(std::string_view name)
{
    auto slash = name.find_last_of("/\\");
    if (slash != name.npos) name.remove_prefix(slash + 1);
    std::string clean;
    for (char c : name)
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) clean += c;
    if (clean == "." || clean == "..") clean = "file";
    return clean;
}

bool read_disposition(std::string_view value, PartHead& head)
{
    if (to_lower_ascii(take_token(value)) != "form-data") return false;
    auto parameters = parse_parameters(value);
    if (!parameters) return false;
    auto name = parameters->find("name");
    if (name == parameters->end() || !is_clean(name->second)) return false;
    head.name = name->second;
    undo_quotes(head.name);
    std::optional<std::string> file_name;
    if (auto extended = parameters->find("filename*"); extended != parameters->end()) {
        file_name = decode_extended(extended->second);
        if (!file_name) return false;
    } else if (auto plain = parameters->find("filename"); plain != parameters->end()) {
        file_name = plain->second;
        undo_quotes(*file_name);
    }
    if (!file_name) return true;
    if (!is_clean(*file_name)) return false;
    head.file_name = base_name(*file_name);
    return true;
}

}  // namespace

std::optional<std::string> boundary_of(std::string_view content_type)
{
    auto semicolon = content_type.find(';');
    if (semicolon == content_type.npos) return std::nullopt;
    auto parameters = parse_parameters(content_type.substr(semicolon));
    if (!parameters) return std::nullopt;
    auto boundary = parameters->find("boundary");
    if (boundary == parameters->end()) return std::nullopt;
    auto const& text = boundary->second;
    bool fine = !text.empty() && text.size() <= 70 && text.back() != ' ' && std::all_of(text.begin(), text.end(), [](char c) {
        return is_token_char(c) || std::string_view{"(),/:=? "}.find(c) != std::string_view::npos;
    });
    return fine ? std::optional{text} : std::nullopt;
}

std::optional<PartHead> parse_part_head(std::string_view text)
{
    PartHead head;
    bool disposed = false;
    while (!text.empty()) {
        auto end = text.find("\r\n");
        auto line = text.substr(0, end);
        text.remove_prefix(end == text.npos ? text.size() : end + 2);
        auto name = to_lower_ascii(take_token(line));
        if (name.empty() || !line.starts_with(':')) return std::nullopt;   // also a folded line
        line.remove_prefix(1);
        skip_blanks(line);
        if (line.find_first_of("\r\n") != line.npos) return std::nullopt;
        if (name == "content-disposition") {
            if (disposed || !read_disposition(line, head)) return std::nullopt;
            disposed = true;
        } else if (name == "content-type") {
            if (!is_clean(line)) return std::nullopt;
            head.type = trim(line);
        } else if (name == "content-transfer-encoding") {
            auto encoding = to_lower_ascii(trim(line));
            if (encoding != "binary" && encoding != "8bit" && encoding != "7bit") return std::nullopt;
        }
    }
    return disposed ? std::optional{head} : std::nullopt;
}

}  // namespace greffier::web
