#pragma once
// What a person asked before: the count by which a repetitive request is told from a first one (art. 12(5)).

#include <cstdint>
#include <vector>

#include "core/time.hpp"
#include "records/pages/panel.hpp"
#include "registers/request/request.hpp"

namespace greffier::request {

struct EarlierRequest {
    records::Head head;
    Timestamp received_at{};
};
struct Earlier {
    std::vector<EarlierRequest> newest;   ///< newest first; a few of them
    std::int64_t count = 0;
    bool at_least = false;                ///< so many bear this name or address that not all were looked at
};

/// Requests of the same person that came before this one, as far as the reader of the page may see them. Somebody who asks for
/// another does not ask for themselves; two people may bear one name: addresses tell them apart. A few statements at most.
Earlier earlier_requests(records::PanelView const& view, Request const& request);

}  // namespace greffier::request
