#pragma once
// Internal to records/pages: a form meets the version somebody saved meanwhile. Stateless: the page carries the number
// of the version both started from and of the one that was met, and what was typed; the merge is made again from them.

#include <map>
#include <optional>
#include <string>

#include "records/pages/form_page.hpp"
#include "schema/merge.hpp"

namespace greffier::records::pages {

/// One version of a record, as one side of a merge.
struct Side {
    std::int64_t version = 0;
    schema::Row row;
    std::string reference, status;
    Uuid actor;
    Timestamp at{};
    bool known = true;                  ///< false for a version nobody can read any more: nothing is known to be unchanged
};
Side side_of(Stored const& stored);
Side side_at(Records const& records, Register const& kind, Stored const& now, std::int64_t version);

/// What a form sent, read over the version it was written on.
struct SentForm {
    schema::Row row;
    std::string reference;
    Side seen;                          ///< the version a save would replace
    std::optional<Side> base;           ///< where both started, when the form is a merge page
    bool again = false;                 ///< a button asked for the form again, nothing is to be saved
};
SentForm read_sent(Records const& records, Register const& kind, Stored const& now, web::Pairs const& form);

struct Meeting {
    Side base, theirs;
    schema::Merged merged;
    std::string reference;              ///< merged; mine while it is asked about
    bool asks_reference = false;
    std::map<std::string, std::string, std::less<>> choices;   ///< path -> theirs, mine, edit
    std::map<std::string, schema::Value, std::less<>> edits;   ///< path -> the third answer, as typed
    bool unanswered = false;            ///< it was sent with a question open: say so

    [[nodiscard]] std::size_t questions() const { return merged.conflicts.size() + (asks_reference ? 1 : 0); }
    [[nodiscard]] bool is_settled() const;
};

Meeting meet(Register const& kind, Side base, Side theirs, schema::Row mine, std::string const& my_reference);
void read_choices(Meeting& meeting, web::Pairs const& form);
/// Puts the answers given so far into merged.row and reference.
void settle_choices(Register const& kind, Meeting& meeting);

/// True when a third answer can be typed for it on the merge page.
bool can_edit(schema::Conflict const& conflict);

web::Response write_meeting_page(FormPage& page, Meeting const& meeting, int status);

}  // namespace greffier::records::pages
