#include "records/content_type.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"

namespace greffier::records {
namespace {

using namespace std::string_view_literals;

struct Signature {
    std::string_view bytes;
    std::size_t at;
    std::string_view type;
};
constexpr std::array signatures{
    Signature{"%PDF-"sv, 0, "application/pdf"},
    Signature{"\x89PNG\r\n\x1a\n"sv, 0, "image/png"},
    Signature{"\xFF\xD8\xFF"sv, 0, "image/jpeg"},
    Signature{"GIF87a"sv, 0, "image/gif"},
    Signature{"GIF89a"sv, 0, "image/gif"},
    Signature{"II*\0"sv, 0, "image/tiff"},
    Signature{"MM\0*"sv, 0, "image/tiff"},
    Signature{"WEBPVP8"sv, 8, "image/webp"},
    Signature{"{\\rtf"sv, 0, "application/rtf"},
    Signature{"\x1F\x8B"sv, 0, "application/gzip"},
    Signature{"7z\xBC\xAF\x27\x1C"sv, 0, "application/x-7z-compressed"},
    Signature{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, 0, "application/x-ole-storage"},
};

/// An OpenDocument names itself in its first entry; Office Open XML shows by its folders.
std::string_view type_of_zip(std::string_view head)
{
    constexpr std::array known{"application/vnd.oasis.opendocument.text"sv, "application/vnd.oasis.opendocument.spreadsheet"sv,
                               "application/vnd.oasis.opendocument.presentation"sv, "application/vnd.oasis.opendocument.graphics"sv};
    if (head.substr(std::min<std::size_t>(30, head.size())).starts_with("mimetype"))
        for (auto type : known)
            if (auto said = head.substr(38); said.starts_with(type) && !said.substr(type.size()).starts_with("-")) return type;
    if (head.find("word/") != head.npos) return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    if (head.find("xl/") != head.npos) return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    if (head.find("ppt/") != head.npos) return "application/vnd.openxmlformats-officedocument.presentationml.presentation";
    return "application/zip";
}

bool is_text(std::string_view head)
{
    auto whole = head;
    if (head.size() == sniffed_bytes)   // the last character may have been cut in its middle
        for (int i = 0; i < 3 && !is_utf8(whole); ++i) whole.remove_suffix(1);
    return is_utf8(whole) && std::ranges::none_of(whole, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f'; });
}

}  // namespace

std::string_view sniff_type(std::string_view head)
{
    head = head.substr(0, sniffed_bytes);
    for (auto const& signature : signatures)
        if (head.size() > signature.at && head.substr(signature.at).starts_with(signature.bytes)) return signature.type;
    if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) return type_of_zip(head);
    if (is_text(head)) return "text/plain";
    return "application/octet-stream";
}

std::string clean_file_name(std::string_view name)
{
    if (auto const slash = name.find_last_of("/\\"); slash != name.npos) name.remove_prefix(slash + 1);
    std::string kept;
    if (is_utf8(name))
        for (char c : name)
            if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) kept += c;
    kept = squeeze(kept);
    constexpr std::size_t most = 200;
    if (length_utf8(kept) > most) {
        auto const dot = kept.rfind('.');
        auto const ending = dot != std::string::npos && kept.size() - dot <= 12 ? kept.substr(dot) : std::string{};
        kept = shorten(kept.substr(0, kept.size() - ending.size()), most - ending.size()) + ending;
    }
    return kept.empty() || kept == "." || kept == ".." ? "document" : kept;
}

}  // namespace greffier::records
