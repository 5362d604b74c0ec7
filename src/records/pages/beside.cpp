#include "records/pages/beside.hpp"

namespace greffier::records {

std::span<BesidePage const> beside_pages()
{
    static constexpr BesidePage all[] = {
        {"retention", "/due", "hourglass", "retention.due.link"},
        {"accounts", "/matrix", "table", "account.matrix.link"},
        {"declarations", "/check", "list-check", "declaration.check.link"},
        {"processes", "/model", "copy", "process.model.link"},
        {"accounts", "/person", "user-circle", "account.leaver.link"},
    };
    return all;
}

}  // namespace greffier::records
