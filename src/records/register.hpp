#pragma once
// Register: what the machinery must know of one register of the law. A register's folder fills one in
// (registers/processing/register.cpp); app/registers.cpp lists them all. Everything else comes by itself:
// storage, list, form, page, history, import, export, API, reference documentation.

#include <string>
#include <string_view>
#include <vector>

#include "records/due.hpp"
#include "schema/info.hpp"
#include "web/router.hpp"

namespace greffier::web {
class Html;
}

namespace greffier::records {

struct PanelView;   // pages/panel.hpp

/// A step from one status to another.
struct Transition {
    std::string_view from, to;
    web::Permission permission = web::Permission::WriteRecords;   ///< WriteRecords or DecideRecords
    bool needs_reason = false;
    bool needs_decision = false;   ///< the controller's: who decided and when are recorded
    bool guarded = false;          ///< a blocking finding forbids it, except by the controller's recorded decision
};

/// Where the menu shows a register; words: locale key "nav.<code>".
enum class Chapter { Registers, Steering, Mapping, Security, Governance, Documents };

struct Register {
    std::string_view slug;                      ///< "processings": word of addresses, commands and API
    std::string_view prefix;                    ///< of generated references: TRT-0001
    std::string_view icon;                      ///< of the sprite
    Chapter chapter = Chapter::Registers;
    schema::SchemaInfo const* schema = nullptr;
    std::string_view title_field;               ///< its text is the record's title
    std::string_view review_field = "";         ///< a Date field shown as the next deadline
    bool single = false;                        ///< one record per organisation, made with it
    bool sealed = false;                        ///< its personal_data() fields are sealed at rest (sealing.hpp)

    std::vector<std::string_view> statuses;     ///< the first is where a new record starts
    std::vector<Transition> transitions;
    std::vector<std::string_view> settled;      ///< statuses in which editing a material field asks "does it change what was validated?"
    std::string_view unsettled;                 ///< where "yes" sends the record back
    std::vector<std::string_view> closed;       ///< statuses that end the record's life: not edited, not reviewed
    schema::Row (*blank)() = nullptr;           ///< what a new record's form starts with; nullptr = nothing answered
    struct Stamp { std::string_view status, field; };
    std::vector<Stamp> stamps;                  ///< Date fields set to the day a status is entered
    std::string_view reviewed_field = "", reviewer_field = "";   ///< set by the act of review
    std::string_view service_field = "";        ///< its text names the service a record belongs to: whose limited contributors see it
    /// What falls due, in any order; a record that is closed or deleted is not asked. Gets the whole row, what is sealed too.
    std::vector<Due> (*dues)(schema::Row const&, DueContext const&) = nullptr;
    void (*panel)(web::Html&, PanelView const&) = nullptr;        ///< its own piece of the record page, above the sheet
    law::Place (*place)(schema::Row const&) = nullptr;            ///< of the one register that says where the organisation acts
    bool common = false;                        ///< about the organisation itself: limited contributors see it whatever its service

    [[nodiscard]] Transition const* transition(std::string_view from, std::string_view to) const;
    [[nodiscard]] bool has_status(std::string_view status) const;
    [[nodiscard]] bool is_settled(std::string_view status) const;
    [[nodiscard]] bool is_closed(std::string_view status) const;
    [[nodiscard]] std::string_view first_status() const { return statuses.front(); }
    /// A date or a deadline of its records stands in lists.
    [[nodiscard]] bool has_deadline() const { return !review_field.empty() || dues; }
    [[nodiscard]] bool seals(schema::FieldInfo const& field) const { return sealed && field.personal_data && !field.custom; }
};

class Registers {
public:
    /// Throws std::logic_error for a register that seals a field which would come out elsewhere in clear.
    explicit Registers(std::vector<Register const*> all);
    [[nodiscard]] Register const* find(std::string_view slug) const;
    [[nodiscard]] std::vector<Register const*> const& all() const { return all_; }
    /// The register that says where the organisation acts; nullptr when none does.
    [[nodiscard]] Register const* of_place() const;

private:
    std::vector<Register const*> all_;
};

}  // namespace greffier::records
