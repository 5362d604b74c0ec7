#pragma once
// What the pages and the background work of whole organisations need, taken from the application.

#include "app/application.hpp"
#include "archive/services.hpp"

namespace greffier::app {

/// `application` must outlive it.
archive::ArchiveServices archive_services(Application& application);

}  // namespace greffier::app
