#pragma once
// What a file is, judged by its first bytes; what a browser or a name says is never believed.

#include <string>
#include <string_view>

namespace greffier::records {

constexpr std::size_t sniffed_bytes = 8192;

/// Media type of a content from its first `sniffed_bytes`. Text of any kind, markup too, is text/plain: nothing that
/// a browser would run. Unknown is application/octet-stream.
std::string_view sniff_type(std::string_view head);

/// A name fit to be shown and downloaded: last part of a path, no control characters, at most 200 characters with its
/// ending kept; "document" when nothing is left.
std::string clean_file_name(std::string_view name);

}  // namespace greffier::records
