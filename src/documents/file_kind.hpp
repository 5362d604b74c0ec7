#pragma once
// What a file really is, judged by its bytes and never by its name.

#include <string>
#include <string_view>

namespace greffier::documents {

enum class FileKind { Empty, Zip, Pdf, OldOffice, Rtf, Html, Xml, FlatOds, Image, Gzip, Json, PlainText, Binary };

/// Looks at the first kilobytes only.
FileKind kind_of_file(std::string_view bytes);

/// The error code that tells a person what was given instead of a spreadsheet, such as "import.is_pdf".
std::string error_code_of(FileKind kind);

} // namespace greffier::documents
