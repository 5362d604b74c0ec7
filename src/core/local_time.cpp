#include "core/local_time.hpp"

#include <array>
#include <cstdio>

#include <date/tz.h>

#include "core/text.hpp"

namespace greffier {
namespace {

/// "14:20", "14h20", "14:20:05", "9h": the time of a day.
std::optional<std::chrono::seconds> time_of_day(std::string_view text)
{
    std::array<int, 3> parts{};
    std::size_t at = 0, part = 0;
    for (; part < parts.size() && at < text.size(); ++part) {
        std::size_t digits = 0;
        for (; at < text.size() && text[at] >= '0' && text[at] <= '9' && digits < 2; ++at, ++digits) parts[part] = parts[part] * 10 + (text[at] - '0');
        if (digits == 0 || (part > 0 && digits != 2)) return std::nullopt;
        if (at == text.size()) { ++part; break; }
        bool const hour_letter = part == 0 && (text[at] == 'h' || text[at] == 'H');
        if (text[at] != ':' && !hour_letter) return std::nullopt;
        ++at;
        if (at == text.size()) {
            if (!hour_letter) return std::nullopt;
            ++part;
            break;
        }
    }
    bool const only_hour = part == 1 && text.find_first_of("hH") == std::string_view::npos;
    if (at != text.size() || part == 0 || only_hour || parts[0] > 23 || parts[1] > 59 || parts[2] > 59) return std::nullopt;
    return std::chrono::hours{parts[0]} + std::chrono::minutes{parts[1]} + std::chrono::seconds{parts[2]};
}

}  // namespace

std::optional<LocalReading> read_local_time(std::string_view typed, std::string const& zone)
{
    auto const spaced = squeeze(typed);   // no-break blanks too: an hour may be pasted as this program prints it
    std::string_view const text = spaced;
    auto const end_of_date = text.find_first_of("Tt ");
    if (end_of_date == std::string_view::npos) return std::nullopt;
    auto const written = text.substr(0, end_of_date);
    auto day = parse_date(written);
    if (!day) day = parse_french_date(written);
    auto rest = trim(text.substr(end_of_date + 1));
    if (constexpr std::string_view at = "à "; rest.starts_with(at)) rest = trim(rest.substr(at.size()));
    std::string tight{rest};
    std::erase(tight, ' ');
    auto const clock = time_of_day(tight);
    if (!day || !clock) return std::nullopt;

    date::local_seconds const local{std::chrono::sys_days{*day}.time_since_epoch() + *clock};
    auto const* const place = date::locate_zone(zone);
    auto const info = place->get_info(local);
    if (info.result == date::local_info::nonexistent) return std::nullopt;
    return LocalReading{std::chrono::time_point_cast<std::chrono::milliseconds>(place->to_sys(local, date::choose::earliest)), info.result == date::local_info::ambiguous};
}

std::string to_local_minutes(Timestamp instant, std::string const& zone)
{
    auto const clock = local_time(instant, zone);
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "T%02d:%02d", clock.hour, clock.minute);
    return to_text(clock.date) + text.data();
}

std::string to_offset_text(Timestamp instant, std::string const& zone)
{
    auto const clock = local_time(instant, zone);
    auto const offset = std::abs(clock.offset_minutes);
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "T%02d:%02d:%02d%c%02d:%02d", clock.hour, clock.minute, clock.second, clock.offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
    return to_text(clock.date) + text.data();
}

}  // namespace greffier
