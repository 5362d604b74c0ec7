// A message as anybody may send it: nothing of it may crash, hang or come out as anything but UTF-8 text.
#include <cstdlib>
#include <string_view>

#include "core/text.hpp"
#include "mail/reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size)
{
    std::string_view const bytes{reinterpret_cast<char const*>(data), size};
    auto const message = greffier::mail::read_message(bytes);
    if (message.ok() && (!greffier::is_utf8(message->text) || !greffier::is_utf8(message->subject) || !greffier::is_utf8(message->from.name))) std::abort();
    if (!greffier::is_utf8(greffier::mail::words_of_html(bytes)) && greffier::is_utf8(bytes)) std::abort();
    return 0;
}
