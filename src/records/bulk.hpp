#pragma once
// Bulk acts: one thing done to many records of a list. Three steps, each of which can be looked at:
//
//   prepare()   which records, in the version their author sees                      -> an Act, "prepared"
//   ask()       what is to be done; forecast() says what would happen, record by record
//   confirm()   then run_group() until nothing is left: 200 records a transaction
//
// Each record is judged by its own rules, and nobody's refusal stops the others. A record that changed since it was
// seen is refused ("changed_since"). run_group() can be called again after a crash: what is done stays done.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "records/acts.hpp"

namespace greffier::records {

constexpr std::int64_t bulk_cap = 10'000;   ///< records of one act
constexpr int bulk_at_once = act_group;     ///< more than this many are done in the background

enum class How { Set, Add, Remove, Clear };
std::string_view code_of(How how);
std::optional<How> parse_how(std::string_view code);

/// What is asked of every record. Only the members of its kind are read.
struct BulkWish {
    std::string status, reason;                    ///< kind "status"; the reason also of an edit
    Decision decision;
    std::string field;                             ///< kind "edit": a declared field of a simple kind
    How how = How::Set;
    schema::Value value;                           ///< in that field's shape
    std::optional<bool> changes_validated;         ///< asked once for all
    std::optional<Date> next_review;               ///< kind "review"
    std::string reviewer;
};
std::string to_json(Register const& kind, BulkWish const& wish);
BulkWish parse_wish(Register const& kind, std::string_view json);

/// Fields a bulk edit may touch, in the order of the declaration; those of one field alone as a schema of its own.
std::vector<schema::FieldInfo const*> bulk_fields(Register const& kind);
schema::SchemaInfo only(Register const& kind, schema::FieldInfo const& field);
bool holds_several(schema::FieldInfo const& field);    ///< lists can be added to and removed from

struct Chosen { RecordId id; std::int64_t version = 0; };   ///< 0 = the version that stands

/// What would become of one record.
struct Forecast {
    enum class What { Done, Same, Refused } what = What::Done;
    std::string code = {};
    Arguments arguments = {};
    bool asks = false;                             ///< "does it change what was validated?" must be answered
};
struct Outlook {
    std::int64_t done = 0, same = 0, refused = 0, asks = 0;
    std::map<std::string, std::int64_t> refusals;  ///< by code
    struct Line { Head head; Forecast forecast; };
    std::vector<Line> lines;                       ///< the first of them
};

class Bulk {
public:
    /// `machinery` must outlive it; `kind` is the register as the organisation knows it.
    Bulk(Machinery const& machinery, OrganisationId organisation, accounts::Sight const& sight, Register const& kind)
        : machinery_(machinery), organisation_(organisation), sight_(sight), kind_(kind), acts_(machinery, organisation, sight) {}

    /// status edit review delete restore
    static bool is_kind(std::string_view act);
    /// What the role must allow at least; a status may ask for more, record by record.
    static bool may(std::string_view act, accounts::Actor const& actor);

    Result<Act> prepare(std::string_view act, std::vector<Chosen> const& chosen, By const& by) const;
    /// Every record the list shows on all its pages, evaluated now; more than `bulk_cap`: TooLarge "bulk_too_many".
    Result<Act> prepare(std::string_view act, ListQuery query, By const& by) const;

    /// Errors name the fields of the wish. Only its author, only while it is prepared.
    Result<Act> ask(ActId id, BulkWish const& wish, By const& by) const;
    Outlook forecast(Act const& act, accounts::Actor const& actor, Date today, int lines = 50) const;
    /// Of one record, as it stands.
    Forecast forecast(Act const& act, BulkWish const& wish, std::int64_t seen, Stored const& stored, accounts::Actor const& actor, Date today) const;

    /// From here on it runs; `also` is done in the same transaction.
    Result<Act> confirm(ActId id, By const& by, std::function<void(storage::Session&)> const& also = {}) const;
    /// Stops between two groups.
    Result<Act> cancel(ActId id, By const& by) const;
    /// True while some are left.
    Result<bool> run_group(ActId id, By const& by, accounts::Actor const& actor, GroupHooks const& hooks = {}) const;
    /// All of it, here and now.
    Result<Act> run(ActId id, By const& by, accounts::Actor const& actor) const;

    [[nodiscard]] Acts const& acts() const { return acts_; }

private:
    Result<Act> add_steps(Act act, std::vector<Chosen> const& chosen, By const& by) const;
    Result<Act> prepared(ActId id, By const& by) const;
    Result<Stored> perform(Batch& batch, Act const& act, BulkWish const& wish, ActStep const& step, accounts::Actor const& actor, By const& by) const;

    Machinery const& machinery_;
    OrganisationId organisation_;
    accounts::Sight sight_;
    Register const& kind_;
    Acts acts_;
};

/// Acts prepared and never confirmed are forgotten after a day, the steps of finished ones after 90.
int forget_acts(storage::Database& database, Timestamp now);

}  // namespace greffier::records
