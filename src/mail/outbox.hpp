#pragma once
// Outbox: mail is written here in the transaction of its cause, so that it leaves when that act was kept and only then;
// a Postman takes it from here. Tried again after 1 minute, 2, 4 … 12 hours, and given up after 3 days. Each message is leased
// to one sender of all programs on the database. What a mail says is sealed, and gone once it was sent.
//
//   outbox.queue(session, {.kind = Kind::Invitation, .once = "invitation " + …, .to = …, …}, now);   // then, after write(): outbox.ring()

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/crypto.hpp"
#include "core/id.hpp"
#include "core/locale.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "mail/kind.hpp"
#include "mail/message.hpp"
#include "mail/transport.hpp"
#include "storage/database.hpp"

namespace greffier::mail {

struct Letterbox;
using MailId = Id<Letterbox>;

enum class State {
    Asked,     ///< somebody asked for it; whether there is anybody to write to is found out away from them
    Waiting,
    Sent,
    Failed,    ///< refused for good, given up, or too late
    Void,      ///< asked for an address that nobody has
};
std::string_view code_of(State state);

constexpr std::chrono::minutes first_delay{1};
constexpr std::chrono::hours longest_delay{12}, patience{24 * 3}, kept_for{24 * 30};
constexpr std::chrono::minutes mail_lease{5};
/// Before the next attempt, after `attempts` of them.
std::chrono::minutes delay_after(std::int64_t attempts);

struct NewMail {
    Kind kind{};
    std::string once;                 ///< what this mail is about: a second one of the same key is not queued
    std::optional<PersonId> person = {};
    std::optional<OrganisationId> organisation = {};
    Language language = Language::French;
    Mailbox to;
    std::string subject, text, html, unsubscribe = {};
    Mailbox reply_to = {};
    std::vector<Part> parts = {};
    Timestamp expires_at{};           ///< from then on it would be of no use: the address in it is dead
};

/// A message leased to a sender.
struct Leased {
    MailId id;
    Kind kind{};
    Language language{};
    std::int64_t attempts = 0;
    Timestamp created_at{};
    Mailbox to;
    std::string subject, text, html, unsubscribe;
    Mailbox reply_to = {};
    std::vector<Part> parts = {};
};

/// For the administrator: never what it says.
struct Listed {
    MailId id;
    Kind kind{};
    State state{};
    std::string recipient;
    std::optional<std::string> organisation;   ///< name
    std::int64_t attempts = 0;
    Timestamp created_at{}, next_try{};
    std::string problem, said;
    bool under_way = false, can_retry = false;
};
struct Tally {
    std::int64_t waiting = 0, failed = 0, sent = 0;
};

/// Thread-safe.
class Outbox {
public:
    enum class Door { Open, Closed };
    /// `key`: 32 bytes of this installation. Closed: nothing can be sent, and nothing is queued for ever.
    Outbox(storage::Database& database, Secret<Bytes> key, Door door) : database_(database), key_(std::move(key)), door_(door) {}

    [[nodiscard]] bool sends() const { return door_ == Door::Open; }

    /// In the caller's transaction. False when nothing was queued: the door is closed, the same was queued before, or its
    /// reader refuses such mail.
    bool queue(storage::Session& session, NewMail const& mail, Timestamp now) const;
    /// After the transaction: somebody may send it at once.
    void ring() const;
    void on_ring(std::function<void()> bell);

    /// What became of an organisation's mail of one kind, by its `once`: of what waits, and of what was finished less than 30 days ago.
    [[nodiscard]] std::map<std::string, State> fates(OrganisationId organisation, Kind kind) const;

    // ---- asked for by a stranger, who must not learn whether anybody has that address -----------------
    struct Asked {
        MailId id;
        Kind kind{};
        std::vector<std::string> words;   ///< as they were given; empty when they can no longer be read
    };
    /// One statement, whoever is meant.
    bool ask(storage::Session& session, Kind kind, std::string const& once, std::vector<std::string> const& words, Timestamp now) const;
    [[nodiscard]] std::vector<Asked> asked() const;
    /// In a transaction: the mail it becomes, or nothing when there is nobody to write to. False when another answered it.
    bool answer(storage::Session& session, MailId id, std::optional<NewMail> const& mail, Timestamp now) const;
    /// A keyed hash of what must not be legible in a `once`.
    [[nodiscard]] std::string veiled(std::string_view text) const;

    // ---- for the sender --------------------------------------------------------------------------------
    /// The message that has been due for longest, leased to `owner`; nothing when there is none. What came too late is marked so.
    std::optional<Leased> take(Uuid owner, Timestamp now);
    /// False when another sender has it by now: then nothing is noted.
    bool note(MailId id, Uuid owner, Delivery const& delivery, Timestamp now);
    /// The server is back: what waited for it alone is due at once.
    void hurry(Timestamp now);
    /// What this installation's only process was sending when it ended.
    void give_back_all();

    // ---- for the administrator -----------------------------------------------------------------------
    [[nodiscard]] std::vector<Listed> list(Timestamp now, int limit = 200) const;   ///< failed and waiting, failed first, newest first
    [[nodiscard]] Tally tally() const;
    /// Due at once, with three days before it. NotFound; Conflict mail_gone when what it said is no more.
    Status retry(MailId id, Timestamp now);
    Status remove(MailId id);
    /// For the daily job: finished 30 days ago; what nobody can read any more loses its words.
    int forget_old(Timestamp now);

private:
    [[nodiscard]] Bytes sealed(MailId id, std::vector<std::string> const& parts) const;
    [[nodiscard]] std::optional<std::vector<std::string>> opened(MailId id, ByteView sealed) const;
    void fail(MailId id, std::string_view problem, Timestamp now);

    storage::Database& database_;
    Secret<Bytes> key_;
    Door door_;
    mutable std::mutex bell_mutex_;
    std::function<void()> bell_;
};

}  // namespace greffier::mail
