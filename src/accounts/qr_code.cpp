#include "accounts/qr_code.hpp"

#include <memory>
#include <stdexcept>
#include <string>

#include <qrencode.h>

namespace greffier::accounts {

using namespace web::literals;

namespace {

constexpr int quiet = 4;   // modules of white around, as readers need

struct Free {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

/// One path: a run of black modules in a row is one rectangle.
std::string path_of(QRcode const& code)
{
    std::string path;
    for (int y = 0; y < code.width; ++y) {
        for (int x = 0; x < code.width;) {
            auto const black = [&](int at) { return at < code.width && (code.data[y * code.width + at] & 1) != 0; };
            int run = 0;
            while (black(x + run)) ++run;
            if (run > 0) path += "M" + std::to_string(x + quiet) + " " + std::to_string(y + quiet) + "h" + std::to_string(run) + "v1h-" + std::to_string(run) + "z";
            x += run + 1;
        }
    }
    return path;
}

}  // namespace

void write_qr_code(web::Html& out, std::string_view text, std::string_view label)
{
    std::unique_ptr<QRcode, Free> const code(QRcode_encodeString8bit(std::string{text}.c_str(), 0, QR_ECLEVEL_M));
    if (!code) throw std::runtime_error("a text does not fit a QR code");
    auto const size = std::to_string(code->width + 2 * quiet);
    out << "<svg role=\"img\" shape-rendering=\"crispEdges\""_h;
    out.attr("viewBox"_h, "0 0 " + size + " " + size).attr("aria-label"_h, label);
    out << "><path fill=\"#000\""_h;
    out.attr("d"_h, path_of(*code));
    out << "/></svg>"_h;
}

}  // namespace greffier::accounts
