#pragma once
#include <vector>

#include "accounts/context.hpp"
#include "records/pages/panel.hpp"

namespace greffier::archival {

/// Whether the visa is there, and the way to the certificate.
void write_panel(web::Html& out, records::PanelView const& view);
/// The certificate of destruction, filled in from the record. `machinery` must outlive the routes.
std::vector<accounts::Route> certificate_routes(records::Machinery const& machinery);

}  // namespace greffier::archival
