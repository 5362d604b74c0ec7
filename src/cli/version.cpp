#include <ostream>

#include "cli/commands.hpp"
#include "core/json_writer.hpp"
#include "storage/database.hpp"

namespace greffier::cli {

Result<int> run_version(Invocation& call)
{
    if (call.json()) {
        JsonWriter out;
        out.begin_object().member("name", "greffier").member("version", GREFFIER_VERSION).member("database_version", storage::newest_version()).end_object();
        call.out << out.text() << "\n";
        return 0;
    }
    call.out << "greffier " << GREFFIER_VERSION << "\n";
    return 0;
}

}  // namespace greffier::cli
