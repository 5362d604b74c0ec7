#pragma once
// Reviews of access: once a year somebody looks at everyone who may enter, since when and when they last came, and says of each
// whether that stays (art. 32(1)(d), and the CNIL's guide on the security of personal data, habilitations). What was found and decided is kept.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "accounts/actor.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

struct AccessReviewed;
using AccessReviewId = Id<AccessReviewed>;

enum class Verdict { None, Kept, Removed };
std::string_view code_of(Verdict verdict);                 ///< "" "kept" "removed"
std::optional<Verdict> parse_verdict(std::string_view code);

struct ReviewedAccess {
    Uuid subject;                       ///< a membership row, or a token
    bool token = false;
    std::string name, email;            ///< of a token: its name, and that of the person it acts for, if any
    Role role = Role::Reader;
    std::string from_above;             ///< organisation the role comes down from: it is decided there
    Timestamp since{};
    std::optional<Timestamp> last_seen; ///< last sign-in the journal knows, or last use of the token
    Verdict verdict = Verdict::None;

    [[nodiscard]] bool decided_here() const { return from_above.empty(); }
};

struct AccessReview {
    AccessReviewId id;
    Timestamp started_at{};
    Uuid started_by;
    std::optional<Timestamp> finished_at;
    std::optional<Uuid> finished_by;
    std::int64_t lines = 0, undecided = 0, removed = 0;   ///< of those decided here
};

/// The reviews of one organisation. Thread-safe.
class AccessReviews {
public:
    AccessReviews(storage::Database& database, OrganisationId organisation) : database_(database), organisation_(organisation) {}

    std::vector<AccessReview> all() const;                  ///< newest first
    std::optional<AccessReview> find(AccessReviewId id) const;
    /// By name, people first.
    std::vector<ReviewedAccess> lines(AccessReviewId id) const;

    /// Takes down who may enter now. Conflict "review_open" while another one is not finished.
    Result<AccessReviewId> start(Uuid actor, Timestamp now) const;
    /// Some verdicts; may be changed until the end. Conflict "review_finished"; ids that are not of it, or come from above, are passed over.
    Status decide(AccessReviewId id, std::map<Uuid, Verdict> const& verdicts, Uuid actor, Timestamp now) const;
    /// Takes the removed rights back and closes it. Conflict "review_undecided" (with a count), "last_administrator", "review_finished".
    Status finish(AccessReviewId id, Uuid actor, Timestamp now) const;
    /// Takes an unfinished one back, as if it had not begun.
    Status abandon(AccessReviewId id) const;

    static constexpr int months_between = 12;

private:
    storage::Database& database_;
    OrganisationId organisation_;
};

}  // namespace greffier::accounts
