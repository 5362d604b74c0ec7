#pragma once
// Internal to records/: one record written whole inside a transaction (head, body, version, links, search words,
// ledger entry, findings), and read as that transaction sees it. Batch decides what may be written; this writes it.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "records/judge.hpp"
#include "records/notifications.hpp"
#include "records/sealing.hpp"
#include "records/store.hpp"

namespace greffier::records {

/// The record as the transaction finds it.
struct Current {
    std::int64_t rid = 0;
    Head head;
    schema::Row row;
    bool key_destroyed = false;                ///< of a sealed register: nothing is sealed for it any more
    std::vector<std::string> destroyed = {};   ///< as in Stored
    std::string sealed = {};                   ///< where the key was destroyed, what it sealed, as it lies
};

/// What is about to be written, whole.
struct Next {
    RecordId id;
    std::int64_t version = 1;
    std::string reference, status, action, reason, import_key;
    Decision decision;
    schema::Row row;
    bool deleted = false;
    std::string stored = {};   ///< the row as it is kept, when that is known already
    std::optional<bool> restricted = {};   ///< absent: as it is
};

class RecordWriter {
public:
    /// What is looked for is looked for among what `sight` may write; judging and unique references see everything.
    RecordWriter(Machinery const& machinery, OrganisationId organisation, storage::Session& session, By by, accounts::Sight const& sight)
        : machinery_(machinery), organisation_(organisation), session_(session), sight_(sight), seen_(session, sight.writing()), by_(std::move(by)), judge_(machinery, organisation, session, by_.now, by_.zone) {}

    // reading ------------------------------------------------------------------------------------------
    std::optional<Current> by_id(Register const& kind, RecordId id);
    std::optional<Current> by_reference(Register const& kind, std::string_view reference);
    std::optional<Current> by_import_key(Register const& kind, std::string_view key);
    /// The record to act on: there, not deleted, and in the version the caller saw (0 = whatever it is).
    Result<Current> expect(Register const& kind, RecordId id, std::int64_t version);

    // writing ------------------------------------------------------------------------------------------
    std::string next_reference(Register const& kind);
    /// True when a live record other than `own` bears it.
    bool is_taken(Register const& kind, std::string_view reference, RecordId own);
    /// `wanted` when no other record bears it, the next number when it is empty.
    Result<std::string> reference_for(Register const& kind, std::string wanted, RecordId own);
    Stored write(Register const& kind, Next next, Current const* before);
    /// The words of a record written anew, when the label of a term it holds has changed. No version: words are derived.
    void reword(Register const& kind, Current const& current);
    /// The service of a record written before services were looked at, or by other means. No version: it is derived.
    void place(Register const& kind, Current const& current);
    /// The words of a live record that has none yet, being written by other means; there at finish() at the latest.
    void index(Register const& kind, std::int64_t rid, schema::Row const& row, std::string const& title, std::string const& reference);

    /// Findings as a record would have them in that state; nothing is stored.
    std::vector<Finding> findings_of(Register const& kind, Next const& next) { return judge_.findings_of(kind, next.id, next.status, next.reference, next.row); }
    /// From here on people are told once, at finish(), of all that this act does to records of theirs.
    void tell_together(Uuid act) { told_of_ = act; }
    /// Puts the words that wait into the index, judges the registers again that the writes concern, tells of what is
    /// told together. Call once, before the commit.
    void finish();

    [[nodiscard]] Judge& judge() { return judge_; }
    [[nodiscard]] Date today() const { return by_.today(); }
    [[nodiscard]] OrganisationId organisation() const { return organisation_; }
    [[nodiscard]] storage::Session& session() { return session_; }
    [[nodiscard]] accounts::Seen const& seen() const { return seen_; }
    [[nodiscard]] accounts::Sight const& sight() const { return sight_; }
    [[nodiscard]] Uuid actor() const { return by_.actor; }
    [[nodiscard]] Timestamp now() const { return by_.now; }
    [[nodiscard]] schema::KnowsTerm const& knows_term() const { return machinery_.knows_term; }
    [[nodiscard]] Sealing const* sealing() const { return machinery_.sealing; }
    /// Bodies in this transaction.
    [[nodiscard]] BodyReader reader(Register const& kind) { return {machinery_.sealing, session_, organisation_, kind}; }
    void set_now(Timestamp now) { by_.now = now; judge_.set_now(now); }

private:
    struct Words {
        std::string scope, title, others;
        bool operator==(Words const&) const = default;
    };
    std::optional<Current> read(Register const& kind, storage::Cursor rows);
    std::int64_t write_head(Register const& kind, Head const& head, Next const& next, Current const* before);
    std::string sealed_for(Register const& kind, Next const& next, Current const* before);
    void write_body(Register const& kind, std::int64_t rid, std::string const& record, Current const* before);
    void write_links(Register const& kind, std::int64_t rid, Next const& next, Current const* before);
    [[nodiscard]] Words words_of(Register const& kind, schema::Row const& row, std::string const& title, std::string const& reference) const;
    [[nodiscard]] Words words_of_open(Register const& kind, schema::Row const& row, std::string const& title, std::string const& reference) const;
    void write_words(Register const& kind, std::int64_t rid, std::string const& title, Next const& next, Current const* before);
    void write_waiting_words();
    void note_concerned(Register const& kind, Change const& change);
    void judge_concerned();
    void date_again();
    void tell(NewNotification notice);

    Machinery const& machinery_;
    OrganisationId organisation_;
    storage::Session& session_;
    accounts::Sight sight_;
    accounts::Seen seen_;
    By by_;
    Judge judge_;
    struct Again {
        bool everyone = false;
        std::set<RecordId> records;
    };
    std::map<std::string, Again> concerned_;   ///< by register, what to judge again at the end
    bool days_count_otherwise_ = false; ///< what says where the organisation acts was written
    std::vector<std::pair<std::int64_t, Words>> waiting_words_;   ///< of records just born, by rid
    std::optional<Uuid> told_of_;                                 ///< the act that people are told of as one
    std::map<std::pair<PersonId, NotificationKind>, std::pair<NewNotification, std::int64_t>> told_;
};

}  // namespace greffier::records
