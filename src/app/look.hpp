#pragma once
// How an organisation looks: its picture and its own colour, chosen on a page and served to whoever may see it.

#include <string>
#include <string_view>
#include <vector>

#include "accounts/context.hpp"
#include "app/application.hpp"

namespace greffier::app {

/// `application` must outlive the routes.
std::vector<accounts::Route> look_routes(Application& application);

constexpr std::size_t largest_logo = 256 * 1024;   ///< bytes
constexpr unsigned widest_logo = 2048;             ///< pixels, each way

/// "png" or "jpg" when these bytes are a whole picture of that kind, and no larger than what a page can show. Errors of the
/// field logo: look.not_a_picture, look.too_large, look.too_wide. What a browser would run (SVG) is no picture here.
Result<std::string> kind_of_picture(std::string_view bytes);

}  // namespace greffier::app
