#pragma once
// PanelView: what a register's own piece of its record page is written from (Register::panel). It stands above the sheet.

#include <optional>
#include <string>
#include <vector>

#include "accounts/context.hpp"
#include "records/due.hpp"
#include "records/store.hpp"
#include "web/html.hpp"

namespace greffier::records {

struct PanelView {
    accounts::Context const& context;
    Machinery const& machinery;
    Register const& kind;
    Stored const& stored;
    std::vector<Finding> const& findings;
    std::vector<Due> const& dues;            ///< earliest first; none of a record as it stood
    law::Place const& place;                 ///< the organisation's calendar and clock, as they are now
    bool editable;                           ///< the reader may write, and this is no past state
    std::string address;                     ///< of the record's page
    std::optional<Timestamp> at = {};        ///< the past instant that is shown
};

/// The organisation's calendar, from the record of the register that says it (Register::place), and its zone.
law::Place legal_place(Machinery const& machinery, accounts::Context const& context);

}  // namespace greffier::records
