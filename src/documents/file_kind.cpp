#include "documents/file_kind.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace greffier::documents {
namespace {

constexpr std::size_t looked_at = 4096;

bool is_image(std::string_view head)
{
    using namespace std::string_view_literals;
    return head.starts_with("\x89PNG"sv) || head.starts_with("\xFF\xD8\xFF"sv) || head.starts_with("GIF8"sv) ||
           head.starts_with("II*\0"sv);
}

FileKind kind_of_text(std::string_view head)
{
    if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
    auto const first = head.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return FileKind::Empty;
    std::string const text = to_lower_ascii(head.substr(first));
    if (text.find("office:document") != std::string::npos && text.front() == '<') return FileKind::FlatOds;
    if (text.starts_with("<!doctype html") || text.find("<html") != std::string::npos) return FileKind::Html;
    if (text.starts_with("<?xml") || text.front() == '<') return FileKind::Xml;
    if (text.front() == '{' || text.front() == '[') return FileKind::Json;
    bool const binary = std::any_of(text.begin(), text.end(),
                                    [](char c) { return c >= 0 && c < 32 && c != '\t' && c != '\n' && c != '\r'; });
    return binary ? FileKind::Binary : FileKind::PlainText;
}

} // namespace

FileKind kind_of_file(std::string_view bytes)
{
    auto const head = bytes.substr(0, looked_at);
    if (head.empty()) return FileKind::Empty;
    if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06") || head.starts_with("PK\x07\x08"))
        return FileKind::Zip;
    if (head.find("%PDF-") < 1024) return FileKind::Pdf;
    if (head.starts_with("\xD0\xCF\x11\xE0")) return FileKind::OldOffice;
    if (head.starts_with("{\\rtf")) return FileKind::Rtf;
    if (head.starts_with("\x1F\x8B")) return FileKind::Gzip;
    if (is_image(head)) return FileKind::Image;
    return kind_of_text(head);
}

std::string error_code_of(FileKind kind)
{
    switch (kind) {
    case FileKind::Empty: return "import.is_empty";
    case FileKind::Pdf: return "import.is_pdf";
    case FileKind::OldOffice: return "import.is_old_office";
    case FileKind::Rtf: return "import.is_document";
    case FileKind::Html: return "import.is_html";
    case FileKind::FlatOds: return "import.is_flat_ods";
    case FileKind::Image: return "import.is_image";
    case FileKind::PlainText: return "import.is_text";
    case FileKind::Zip:
    case FileKind::Gzip: return "import.is_archive";
    case FileKind::Xml:
    case FileKind::Json:
    case FileKind::Binary: break;
    }
    return "import.not_a_spreadsheet";
}

} // namespace greffier::documents
