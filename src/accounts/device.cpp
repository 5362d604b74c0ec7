#include "accounts/device.hpp"

#include <array>

namespace greffier::accounts {

namespace {

struct Mark {
    std::string_view sign, name;
};

// In this order: Edge says that it is Chrome, Chrome that it is Safari, an Android that it is Linux.
constexpr std::array browsers{Mark{"Edg", "Edge"}, Mark{"OPR/", "Opera"}, Mark{"Firefox/", "Firefox"}, Mark{"FxiOS/", "Firefox"}, Mark{"Chrome/", "Chrome"},
                              Mark{"CriOS/", "Chrome"}, Mark{"Safari/", "Safari"}};
constexpr std::array systems{Mark{"Android", "Android"}, Mark{"iPhone", "iOS"}, Mark{"iPad", "iOS"}, Mark{"Windows", "Windows"}, Mark{"Mac OS X", "macOS"},
                             Mark{"CrOS", "ChromeOS"}, Mark{"Linux", "Linux"}};

template <class Marks>
std::string_view first_of(Marks const& marks, std::string_view text)
{
    for (auto const& mark : marks)
        if (text.find(mark.sign) != text.npos) return mark.name;
    return "";
}

}  // namespace

std::string device_of(std::string_view user_agent)
{
    auto const browser = first_of(browsers, user_agent), system = first_of(systems, user_agent);
    if (browser.empty() || system.empty()) return {};
    return std::string{browser} + "/" + std::string{system};
}

}  // namespace greffier::accounts
