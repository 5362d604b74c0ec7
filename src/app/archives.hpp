#pragma once
// What the pages and the background work of whole organisations need, taken from the application.

#include "app/application.hpp"
#include "archive/services.hpp"
#include "founding/services.hpp"

namespace greffier::app {

/// `application` must outlive it.
archive::ArchiveServices archive_services(Application& application);
founding::FoundingServices founding_services(Application& application);

}  // namespace greffier::app
