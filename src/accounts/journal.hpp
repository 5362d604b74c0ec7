#pragma once
// The journal of access: who came in or failed to, who was given what, what was exported, what an auditor read. Ids, codes
// and addresses of machines; never a title, a value or a text that somebody typed. It is not the ledger: it is kept for some
// months (recommendation of the CNIL on logging, 14 October 2021: six to twelve), then removed, and a person can be taken out of it.

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/actor.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

struct JournalNote {
    std::string event;                              ///< a code of journal_events()
    std::optional<OrganisationId> organisation = {};
    std::optional<PersonId> person = {};            ///< who did it, or whose account it concerns when nobody is signed in
    std::optional<Uuid> actor = {};                 ///< as histories name them
    std::string subject = {};                       ///< what it concerns: "processings/<id>", "people/<id>", a path
    std::string address = {};                       ///< of the machine
    std::map<std::string, std::string> details = {};   ///< codes: role, format, days …
};

struct JournalEntry {
    Uuid id;
    Timestamp at{};
    JournalNote note;
    std::string person_name;                        ///< of today, for lists; empty when unknown
    std::string token_name;                         ///< of the token that acted
    std::string seen_as;                            ///< the person as whom somebody else looked
    std::string organisation_slug, organisation_name;
};

/// Every code, in the order of the filter.
std::span<std::string_view const> journal_events();

struct JournalWish {
    std::optional<OrganisationId> organisation = {};   ///< absent: all of the installation
    std::string event = {};
    std::optional<PersonId> person = {};
    std::optional<Timestamp> from = {}, before = {};
    int page = 1, per_page = 50;
    std::optional<Uuid> after = {};                 ///< id of the entry the page before ended with; wins over page
};

struct JournalPage {
    std::vector<JournalEntry> items;                ///< newest first
    std::int64_t total = 0;                         ///< counted up to 10,000
    bool total_capped = false;
};

/// {"at":…,"event":…,"organisation":…,"person":…,"actor":…,"subject":…,"address":…, details…}, one line without its end.
std::string to_json_line(Timestamp at, JournalNote const& note);

/// Thread-safe.
class Journal {
public:
    /// `also` hears of each entry once it is kept: a file, the system's log.
    using Also = std::function<void(Timestamp, JournalNote const&)>;

    explicit Journal(storage::Database& database) : database_(database) {}
    /// To be set once, before anything runs.
    void on_kept(Also also) { also_ = std::move(also); }

    /// Durable when it returns; a journal that cannot be written throws, and what it was to tell of must not go on.
    void keep(JournalNote note, Timestamp now);
    /// Within the caller's transaction, so that what it tells of is never without it; read in the journal alone, not by what hears of entries.
    static void keep_in(storage::Session& session, JournalNote const& note, Timestamp now);
    JournalPage list(JournalWish const& wish);
    /// Each entry, oldest first, some at a time.
    void each(JournalWish const& wish, std::function<void(JournalEntry const&)> const& visit);
    /// Removes what is older; how many.
    std::int64_t remove_before(Timestamp instant);
    /// Takes a person out of it, and the addresses they came from; the events stay. How many entries.
    std::int64_t forget(PersonId person);

private:
    storage::Database& database_;
    Also also_;
};

}  // namespace greffier::accounts
