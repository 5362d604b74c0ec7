#pragma once
// Postman: one thread that takes what is due from the outbox to the transport. Several programs on one database may each
// have one. What fails is noted and tried later; when the server itself is away, the round ends there.

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "mail/outbox.hpp"
#include "mail/transport.hpp"

namespace greffier::mail {

class Postman {
public:
    enum class Start { Thread, ByHand };
    /// `before` prepares each round (answers what was asked for). What it is given must outlive it.
    Postman(Outbox& outbox, Transport& transport, Mailbox from, std::function<Timestamp()> now, std::function<void(Timestamp)> before = {}, Start start = Start::Thread);
    /// Ends after the message under way.
    ~Postman();
    Postman(Postman const&) = delete;
    Postman& operator=(Postman const&) = delete;

    /// There is something to send. Thread-safe.
    void wake();
    /// Sends what is due, and returns when that was tried; how many left. Thread-safe: rounds follow one another.
    int round();

private:
    void run();
    bool send_one(bool& server_away);

    Outbox& outbox_;
    Transport& transport_;
    Mailbox from_;
    std::function<Timestamp()> now_;
    std::function<void(Timestamp)> before_;
    Uuid owner_ = Uuid::make();
    std::mutex mutex_, round_;
    std::condition_variable wake_;
    std::atomic<bool> stopping_ = false;
    bool woken_ = false;
    std::thread thread_;
};

/// The mail as it leaves.
Parcel parcel_of(Leased const& mail, Mailbox const& from);

}  // namespace greffier::mail
