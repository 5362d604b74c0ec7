#pragma once
// Comments: what people say to each other about a record. They are not its content: in no version, no ledger entry, no
// export; they stay while the record is in the bin. The tenant is a constructor argument;
// another organisation's record or comment is NotFound. Who may write is the route's permission.

#include <optional>
#include <string>
#include <vector>

#include "accounts/actor.hpp"
#include "accounts/sight.hpp"
#include "core/result.hpp"
#include "records/mentions.hpp"
#include "records/register.hpp"
#include "storage/database.hpp"

namespace greffier::records {

struct Said;
using CommentId = Id<Said>;

constexpr std::size_t longest_comment = 5000;             ///< code points
constexpr std::chrono::minutes quiet_edit{15};            ///< an edit so soon leaves no mark

struct Comment {
    CommentId id, thread;
    Uuid author;                                          ///< actor
    std::string body;                                     ///< empty when taken back
    Timestamp created_at{};
    std::optional<Timestamp> edited_at, deleted_at;
    std::vector<Mention> mentions;
};
struct Thread {
    std::vector<Comment> comments;                        ///< the first one began it
    std::optional<Timestamp> resolved_at;
    Uuid resolved_by;
    [[nodiscard]] CommentId id() const { return comments.front().id; }
};

struct NewComment {
    std::string body;                                     ///< lines end with \n or \r\n
    std::optional<CommentId> thread = {};                 ///< absent: begins one
    std::vector<PersonId> mentioned = {};                 ///< chosen from a list; called by name when the text does not
};

struct EditedComment {
    std::string body;
    std::vector<PersonId> mentioned = {};                 ///< as in NewComment
};

class Comments {
public:
    Comments(storage::Database& database, OrganisationId organisation, accounts::Sight const& sight) : database_(database), organisation_(organisation), sight_(sight) {}

    /// Open threads first, each kind oldest first.
    std::vector<Thread> threads(RecordId record) const;
    Result<Comment> find(RecordId record, CommentId id) const;
    /// Comments that say something, and threads still open.
    struct Count { std::int64_t comments = 0, open_threads = 0; };
    Count count(RecordId record) const;
    /// Everyone who may read the organisation today, by name.
    std::vector<Reader> readers() const;

    /// Writes, and tells those called and those who wrote in the thread. Errors name the fields body, thread.
    Result<Comment> add(Register const& kind, RecordId record, NewComment wanted, accounts::Actor const& actor, Timestamp now) const;
    /// One's own only. Those newly called are told.
    Result<Comment> edit(Register const& kind, RecordId record, CommentId id, EditedComment wanted, accounts::Actor const& actor, Timestamp now) const;
    /// One's own; a DPO takes back anybody's.
    Status remove(RecordId record, CommentId id, accounts::Actor const& actor, Timestamp now) const;
    /// Any comment of the thread names it. Settling twice changes nothing.
    Status resolve(RecordId record, CommentId id, bool resolved, accounts::Actor const& actor, Timestamp now) const;

    static bool may_edit(Comment const& comment, accounts::Actor const& actor);
    static bool may_remove(Comment const& comment, accounts::Actor const& actor);

private:
    storage::Database& database_;
    OrganisationId organisation_;
    accounts::Sight sight_;
};

}  // namespace greffier::records
