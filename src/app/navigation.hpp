#pragma once
// The navigation by job of an organisation's pages, out of the list of registers and what the caller may do.

#include <string_view>

#include "accounts/context.hpp"
#include "records/register.hpp"
#include "web/frame.hpp"

namespace greffier::app {

void fill_navigation(web::Frame& frame, accounts::Context const& context, records::Registers const& registers, std::string_view path);
/// Outside any organisation, for whoever runs the installation.
void fill_installation_navigation(web::Frame& frame, Locale const& locale, std::string_view path);

}  // namespace greffier::app
