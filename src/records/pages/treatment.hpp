#pragma once
// What treats a finding or a record: records of the plan of action (register "actions"), whose field "rule" names the finding
// and whose links lead to the record. An organisation without that register is offered nothing.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/context.hpp"
#include "records/pages/panel.hpp"
#include "records/store.hpp"
#include "web/html.hpp"

namespace greffier::records {

class Treatments {
public:
    /// A record whose findings will be written.
    struct Found {
        RecordId id;
        std::string reference;
    };
    /// Reads of the plan of the organisation of the path, as its reader may see it, what leads to these records or names them.
    Treatments(Machinery const& machinery, accounts::Context const& context, std::vector<Found> const& found);

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

/// The actions made from one record, as the reader of its page may see them: from a part of it (a gap, a decision), or from the
/// whole. None of a record as it stood. Two statements, however many parts there are.
class ActionsFrom {
public:
    /// `beside`: ids of actions that the record itself names.
    explicit ActionsFrom(PanelView const& view, std::vector<std::string> const& beside = {});

    /// Those of a part, by its words or because it names one; false, and nothing written, when there is none.
    bool write(web::Html& out, std::string_view part, std::string_view named = {}) const;
    /// A section with all of them; nothing when there is none.
    void write_section(web::Html& out) const;

private:
    struct Made {
        std::string id, title, status, part;
        std::optional<Date> due;             ///< while it is still to be done
    };
    void write_one(web::Html& out, Made const& one) const;
    PanelView const& view_;
    std::vector<Made> all_;
};
/// What an action answers when it is made from a part of a record: the words by which the part knows it again.
inline constexpr std::string_view origin_part = "origin_part";
std::string origin_words(std::string_view part);

/// The form of a new action about a record, filled in; empty where there is no plan, or the reader may not write.
std::string new_action_address(Registers const& registers, accounts::Context const& context, Register const& kind, Head const& head, std::string_view service);
/// The service a row belongs to; empty when its register knows none.
std::string service_of_row(Register const& kind, schema::Row const& row);

}  // namespace greffier::records
