#pragma once
// What treats a finding or a record: records of the plan of action (register "actions"), whose field "rule" names the finding
// and whose links lead to the record. An organisation without that register is offered nothing.

#include <string>
#include <string_view>
#include <vector>

#include "accounts/context.hpp"
#include "records/store.hpp"
#include "web/html.hpp"

namespace greffier::records {

class Treatments {
public:
    /// Reads the plan of the organisation of the path, as its reader may see it.
    Treatments(Machinery const& machinery, accounts::Context const& context);

    /// The actions that treat this finding, and the way to a new one: nothing of either where there is no plan.
    void write(web::Html& out, Register const& kind, Head const& head, Finding const& finding, std::string_view service) const;

private:
    struct Treatment {
        RecordId id;
        std::string title, status, rule, origin;
        std::vector<std::string> links;
    };
    accounts::Context const& context_;
    Register const* plan_;
    std::vector<Treatment> all_;
};

/// The form of a new action about a record, filled in; empty where there is no plan, or the reader may not write.
std::string new_action_address(Registers const& registers, accounts::Context const& context, Register const& kind, Head const& head, std::string_view service);
/// The service a row belongs to; empty when its register knows none.
std::string service_of_row(Register const& kind, schema::Row const& row);

}  // namespace greffier::records
