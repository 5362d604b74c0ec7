// The bytes of an entry. They are hashed: not one may ever change (docs/developer/ledger.md).
#include <stdexcept>

#include "ledger/ledger.hpp"

namespace greffier::ledger {

namespace {

constexpr std::uint64_t largest_exact = std::uint64_t{1} << 53;   // RFC 8785 numbers are doubles

/// A JSON string as RFC 8785 writes it: short escapes where there are any, letters as they are.
void append_text(std::string& out, std::string_view text)
{
    static constexpr char digits[] = "0123456789abcdef";
    out += '"';
    for (char const c : text) {
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\b': out += "\\b"; break;
        case '\f': out += "\\f"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default:
            if (static_cast<unsigned char>(c) >= 0x20) out += c;
            else ((out += "\\u00") += digits[c >> 4]) += digits[c & 15];
        }
    }
    out += '"';
}

void append_text_or_null(std::string& out, std::string_view text)
{
    if (text.empty()) out += "null";
    else append_text(out, text);
}

void append_number(std::string& out, std::uint64_t number)
{
    if (number > largest_exact) throw std::logic_error("a number of a ledger entry is beyond 2^53");
    out += std::to_string(number);
}

std::string text_or_empty(Uuid const& id) { return id.is_nil() ? std::string{} : id.text(); }

}  // namespace

std::string_view code_of(Action action)
{
    switch (action) {
    case Action::Create: return "create";
    case Action::Update: return "update";
    case Action::Delete: return "delete";
    case Action::Restore: return "restore";
    case Action::Erase: return "erase";
    case Action::Import: return "import";
    case Action::Key: return "key";
    case Action::Transfer: return "transfer";
    }
    throw std::logic_error("unknown action of the ledger");
}

// Members stand in the order of RFC 8785 (by code unit), which here is the order of the alphabet.
std::string canonical(Entry const& entry)
{
    bool const about_record = !entry.register_slug.empty();
    std::string out;
    out.reserve(512);
    append_text(out += R"({"action":)", code_of(entry.action));
    append_text_or_null(out += R"(,"actor":)", text_or_empty(entry.actor));
    (out += R"(,"clock_went_back":)") += entry.clock_went_back ? "true" : "false";
    append_text_or_null(out += R"(,"commitment":)", about_record ? to_hex(entry.commitment) : std::string{});
    out += R"(,"format":1)";
    append_text_or_null(out += R"(,"note":)", entry.note);
    append_text(out += R"(,"organisation":)", entry.organisation.text());
    append_text_or_null(out += R"(,"record":)", text_or_empty(entry.record));
    append_text_or_null(out += R"(,"register":)", entry.register_slug);
    append_number(out += R"(,"schema_version":)", static_cast<std::uint64_t>(entry.schema_version));
    append_number(out += R"(,"sequence":)", entry.sequence);
    append_text(out += R"(,"time":)", to_text(entry.time));
    append_number(out += R"(,"version":)", static_cast<std::uint64_t>(entry.version));
    out += '}';
    return out;
}

Hash commit(ByteView salt, ByteView stored_bytes) { return hmac_sha256(salt, stored_bytes); }

}  // namespace greffier::ledger
