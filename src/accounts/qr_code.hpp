#pragma once
// A QR code drawn into a page, without a picture file.

#include <string_view>

#include "web/html.hpp"

namespace greffier::accounts {

/// An <svg role="img"> with `label` for those who do not see it. At most some 1,000 bytes of text; more throws.
void write_qr_code(web::Html& out, std::string_view text, std::string_view label);

}  // namespace greffier::accounts
