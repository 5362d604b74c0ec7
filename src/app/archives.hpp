#pragma once
// What the pages and the background work of whole organisations need, taken from the application.

#include "app/application.hpp"
#include "archive/services.hpp"
#include "founding/services.hpp"
#include "overview/compliance_file_page.hpp"

namespace greffier::app {

/// `application` must outlive it.
archive::ArchiveServices archive_services(Application& application);
founding::FoundingServices founding_services(Application& application);
/// As histories show it.
std::string name_of_actor(Application& application, OrganisationId organisation, Uuid actor, Locale const& locale);
/// `archives` must outlive it too.
overview::ComplianceFileServices compliance_file_services(Application& application, archive::ArchiveServices& archives);

}  // namespace greffier::app
