#include "core/id.hpp"

#include <cstring>
#include <functional>
#include <mutex>

#include <sodium.h>

#include "core/time.hpp"

namespace greffier {
namespace {

struct Tick {
    std::uint64_t millis = 0;
    std::uint32_t counter = 0;   // the 12 bits after the version
};

// Ids of one process never go backwards, even when the system's clock does: a full counter borrows from the next millisecond.
Tick next_tick()
{
    static std::mutex mutex;
    static Tick last;
    auto const now = static_cast<std::uint64_t>(to_millis(SystemClock{}.now()));
    std::lock_guard const lock(mutex);
    if (now > last.millis) {
        last = {now, randombytes_uniform(2048)};
    } else if (++last.counter > 0xfff) {
        last = {last.millis + 1, 0};
    }
    return last;
}

int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

constexpr char digits[] = "0123456789abcdef";
constexpr bool dash_before(std::size_t byte) { return byte == 4 || byte == 6 || byte == 8 || byte == 10; }

}  // namespace

Uuid Uuid::make()
{
    auto const tick = next_tick();
    Uuid id;
    for (int i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(tick.millis >> (8 * (5 - i)));
    id.bytes[6] = static_cast<std::uint8_t>(0x70 | (tick.counter >> 8));
    id.bytes[7] = static_cast<std::uint8_t>(tick.counter);
    randombytes_buf(id.bytes.data() + 8, 8);
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
    return id;
}

std::optional<Uuid> Uuid::parse(std::string_view text)
{
    if (text.size() != 36) return std::nullopt;
    Uuid id;
    std::size_t at = 0;
    for (std::size_t i = 0; i < id.bytes.size(); ++i) {
        if (dash_before(i) && text[at++] != '-') return std::nullopt;
        auto const high = hex_digit(text[at]);
        auto const low = hex_digit(text[at + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        id.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
        at += 2;
    }
    return id;
}

std::string Uuid::text() const
{
    std::string out;
    out.reserve(36);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (dash_before(i)) out += '-';
        out += digits[bytes[i] >> 4];
        out += digits[bytes[i] & 15];
    }
    return out;
}

std::string Uuid::hex() const
{
    std::string out;
    out.reserve(32);
    for (auto const byte : bytes) {
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

}  // namespace greffier

std::size_t std::hash<greffier::Uuid>::operator()(greffier::Uuid const& id) const noexcept
{
    std::uint64_t front = 0;
    std::uint64_t back = 0;
    std::memcpy(&front, id.bytes.data(), 8);
    std::memcpy(&back, id.bytes.data() + 8, 8);
    return static_cast<std::size_t>((front * 0x9e3779b97f4a7c15ULL) ^ back);
}
