#include "records/pages/own_pages.hpp"

namespace greffier::records::pages {

std::vector<OwnPage> own_pages(std::string_view register_slug, Date today)
{
    if (register_slug == "responsibilities") return {{"/matrix", "table", "responsibility.matrix.title"}, {"/contacts", "address-book", "responsibility.contacts.title"}};
    if (register_slug == "trainings") return {{"/coverage", "school", "training.coverage.open"}};
    if (register_slug == "activity") return {{"/report/" + std::to_string(static_cast<int>(today.year()) - 1), "report-analytics", "activity.report.open"}};
    return {};
}

}  // namespace greffier::records::pages
