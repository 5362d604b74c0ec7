#pragma once
// Which encoding a text of unknown origin is written in, and how to read it.

#include <optional>
#include <string>
#include <string_view>

#include "documents/table_reader.hpp"

namespace greffier::documents {

struct EncodingGuess {
    TextEncoding encoding = TextEncoding::Utf8;
    bool byte_order_mark = false;
    bool certain = true; ///< false when nothing but ASCII was seen: what follows decides
};

/// Judges the first bytes of a file by their byte order mark, their zeros and their validity.
EncodingGuess guess_encoding(std::string_view sample);
/// Windows-1252 or ISO-8859-15: the bytes on which they differ, and the letters beside them, decide.
TextEncoding guess_single_byte(std::string_view bytes);
/// To UTF-8; a byte that stands for nothing becomes U+FFFD. UTF-8 is returned as it is.
std::string to_utf8(std::string_view bytes, TextEncoding encoding);
bool is_ascii(std::string_view bytes);

} // namespace greffier::documents
