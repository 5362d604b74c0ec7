#pragma once
// An installation carried to the other engine: all tables, compared, and every history recomputed where it arrived.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/application.hpp"
#include "storage/transfer.hpp"

namespace greffier::app {

struct Moved {
    std::vector<storage::CarriedTable> tables;
    std::int64_t histories = 0;   ///< whose root was recomputed from the entries and is the same on both sides
};

/// `target` is postgresql://… or sqlite:DIRECTORY; what it holds already, a running server on the source and an address of
/// another form are errors, and nothing is changed. The source is left as it was; of a move that fails, no file stays. To another directory, the keys, the
/// attachments and the checkpoints are copied too.
Result<Moved> move_to(Application& source, std::string const& target, std::function<void(std::string const& table, std::int64_t rows)> const& progress);

}  // namespace greffier::app
