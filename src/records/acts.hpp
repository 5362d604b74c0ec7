#pragma once
// Acts: one thing done to many records (a bulk act of a list, an import), noted record by record, so that it can be
// undone while nobody has touched them since. The tenant is a constructor argument; another's act is NotFound.
//
// Who writes notes what it wrote, in the same transaction:
//
//   Acts::open(session, organisation, {id, "processings", "import", actor, now, request});   // once; again changes nothing
//   auto stored = batch.update(kind, edit);
//   Acts::note(session, id, {stored.head.id, kind.slug, version before (0: created), stored.head.version});
//   Acts::close(session, organisation, id, now);                                             // in the last group
//
//   acts.undo(id, by, actor, reason)     // each record goes back, as a new version with a ledger entry of its own
//
// Bulk acts prepare their steps first and do them group by group: bulk.hpp.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "records/store.hpp"

namespace greffier::records {

struct BulkAct;
using ActId = Id<BulkAct>;

enum class ActState {
    Gathering,    ///< its records are being listed
    Prepared,     ///< waits for its author to confirm
    Running, Done,
    Cancelled,    ///< stopped half-way; what was done stays done
    Undoing, Undone,
};
std::string_view code_of(ActState state);

struct Act {
    ActId id;
    std::string register_slug;
    std::string kind;                       ///< status edit review delete restore import
    ActState state{};
    Uuid actor;
    std::string request = "{}";             ///< JSON object: what was asked
    std::int64_t asked = 0, done = 0, refused = 0;
    Timestamp created_at{}, updated_at{};
    std::optional<Timestamp> finished_at, undone_at;
    Uuid undone_by;
    std::int64_t undone = 0, not_undone = 0;
};

/// One record of an act.
struct ActStep {
    RecordId record;
    std::string register_slug;
    std::int64_t before = 0, after = 0;     ///< versions; before 0: the act made the record; both 0: nothing was written
    std::int64_t seen = 0;                  ///< the version its author saw; 0 = whatever it is
    std::string outcome = {};                  ///< "" to do, done, same, refused
    std::string code = {};                     ///< of the refusal: locale key "error.<code>"
    Arguments arguments{};
    std::string undo_outcome = {}, undo_code = {};  ///< "" not undone, done, refused
};

struct NewAct {
    ActId id;
    std::string register_slug, kind;
    Uuid actor;
    Timestamp now{};
    std::string request = "{}";
    ActState state = ActState::Running;
};

constexpr std::chrono::hours undo_period{24};
constexpr int act_group = 200;              ///< records written in one transaction

/// What a job has to do inside the transactions of the groups it runs.
struct GroupHooks {
    std::function<void(storage::Session&)> first = {};                     ///< before anything else, in each: asks for its lease
    std::function<void(storage::Session&, std::int64_t done)> at_end = {}; ///< in the last one, with the number of records of all: whatever dies afterwards, the end is told
};

/// The name of the file an act of kind "import" took.
std::string imported_file(Act const& act);

class Acts {
public:
    Acts(Machinery const& machinery, OrganisationId organisation, accounts::Sight const& sight) : machinery_(machinery), organisation_(organisation), sight_(sight) {}

    // noting, inside the writer's transaction --------------------------------------------------------
    /// Opens an act; one that is there already stays as it is.
    static void open(storage::Session& session, OrganisationId organisation, NewAct const& act);
    /// What was done to one record. Noted twice: the first `before` and the last `after` stay.
    static void note(storage::Session& session, ActId act, ActStep const& step);
    /// Counts the steps and marks the act done.
    static void close(storage::Session& session, OrganisationId organisation, ActId act, Timestamp now);

    // reading ----------------------------------------------------------------------------------------
    Result<Act> find(ActId id) const;
    struct Page { std::vector<Act> items; std::int64_t total = 0; };
    /// Confirmed acts, newest first.
    Page list(int page, int per_page) const;
    /// Steps with a given outcome ("" = all), in their order.
    std::vector<ActStep> steps(ActId id, std::string_view outcome = "", int limit = 1'000'000, int offset = 0) const;
    /// How many are still to be done.
    std::int64_t to_do(ActId id) const;
    /// Within 24 hours of its end, by its author, a DPO or an administrator: "" when it may be, else the error's code.
    static std::string why_not_undone(Act const& act, accounts::Actor const& actor, Timestamp now);

    // undoing ----------------------------------------------------------------------------------------
    /// The whole of it, in groups of `act_group`. A record that changed since stays as it is and is reported ("changed_since").
    /// `reason`, in words, is kept with each version. Can be called again after a crash: what went back is not touched twice.
    Result<Act> undo(ActId id, By const& by, accounts::Actor const& actor, std::string const& reason) const;
    /// Its two halves, for background work: marks it (`also` is done in that transaction); then one group at a time, true
    /// while some are left.
    Status begin_undo(ActId id, By const& by, accounts::Actor const& actor, std::function<void(storage::Session&)> const& also = {}) const;
    Result<bool> undo_group(ActId id, By const& by, std::string const& reason, GroupHooks const& hooks = {}) const;

    [[nodiscard]] OrganisationId organisation() const { return organisation_; }

private:
    Machinery const& machinery_;
    OrganisationId organisation_;
    accounts::Sight sight_;
};

}  // namespace greffier::records
