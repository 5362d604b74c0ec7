#pragma once
// XML read token by token from a source: what is too large for a tree. UTF-8 only, no DTD, no entity but the five.
// It trusts its caller to know which element it is in: names of end tags are not held against those of start tags.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "documents/byte_source.hpp"

namespace greffier::documents {

enum class XmlToken { Start, End, Text, EndOfFile };

class XmlPull {
public:
    /// A text token stops growing just past `max_text_bytes`. The source must outlive it.
    XmlPull(ByteSource& source, std::size_t max_text_bytes)
        : source_(source), max_text_bytes_(max_text_bytes), buffer_(65536, '\0')
    {
    }

    /// An empty element gives Start, then End. Errors: import.damaged, import.dtd, those of the source.
    Result<XmlToken> next();

    /// Of Start and End: the name without its prefix.
    [[nodiscard]] std::string_view name() const { return local(name_); }
    /// Of Start: the value of the attribute with this name, prefix apart; empty when there is none.
    [[nodiscard]] std::string_view attribute(std::string_view name) const;
    /// Of Text.
    [[nodiscard]] std::string const& text() const { return text_; }
    /// Leaves the element just started, without looking at what it holds.
    Status skip();

private:
    static std::string_view local(std::string_view name);
    Result<int> peek();
    Result<int> take();
    Result<int> need();                       ///< take(), where the end of the file is damage
    Status read_name(int first, std::string& name);
    Status read_text(int first);
    Result<XmlToken> read_tag();
    Status read_attributes();
    Status read_value(std::string& value);
    Status read_reference(std::string& out, std::size_t most);
    Result<bool> read_declaration();          ///< after "<!": true for the text of a CDATA section
    Status skip_until(std::string_view end);

    ByteSource& source_;
    std::size_t max_text_bytes_;
    std::string buffer_;
    std::size_t at_ = 0, end_ = 0, depth_ = 0;
    bool ended_ = false, closes_ = false;
    std::string name_, text_;
    std::vector<std::pair<std::string, std::string>> attributes_;
    std::size_t attribute_count_ = 0;
};

} // namespace greffier::documents
