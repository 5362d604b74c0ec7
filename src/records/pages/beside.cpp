#include "records/pages/beside.hpp"

namespace greffier::records {

std::span<BesidePage const> beside_pages()
{
    static constexpr BesidePage all[] = {
        {"measures", "/assessment", "checklist", "register.measures.assessment"},
        {"responsibilities", "/matrix", "table", "responsibility.matrix.title"},
        {"responsibilities", "/contacts", "address-book", "responsibility.contacts.title"},
        {"trainings", "/coverage", "school", "training.coverage.open"},
        {"activity", "/report/{year}", "report-analytics", "activity.report.open"},
        {"retention", "/due", "hourglass", "retention.due.link"},
        {"accounts", "/matrix", "table", "account.matrix.link"},
        {"accounts", "/person", "user-circle", "account.leaver.link"},
        {"declarations", "/check", "list-check", "declaration.check.link"},
        {"processes", "/model", "copy", "process.model.link"},
        {"notices", "/models", "copy", "model.link"},
        {"consent-points", "/models", "copy", "model.link"},
        {"consent-points", "/when", "help", "consent.when.link"},
        {"policies", "/models", "copy", "model.link"},
    };
    return all;
}

std::string BesidePage::address(Date today) const
{
    constexpr std::string_view year = "{year}";
    std::string text{rest};
    if (auto const at = text.find(year); at != std::string::npos) text.replace(at, year.size(), std::to_string(static_cast<int>(today.year()) - 1));
    return text;
}

}  // namespace greffier::records
