#pragma once
// MailRoom: the mailboxes that the operator named, read each minute; what lies in them becomes records (reception/intake.hpp).
// Where several programs serve one database, one of them reads.

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "app/application.hpp"
#include "app/lease.hpp"
#include "mail/imap.hpp"

namespace greffier::app {

/// One address: whose it is, and what its messages become.
struct IntakeBox {
    std::string name;                ///< as the settings call it
    mail::ImapSettings server;
    std::string organisation;        ///< slug
    std::string register_slug;       ///< "breaches" or "requests"
};
/// Errors say which box and which of its settings: intake_setting, intake_missing, intake_in_clear.
Result<std::vector<IntakeBox>> intake_boxes_of(Config const& config);

class MailRoom {
public:
    /// Starts its thread when there is a box; `application` must outlive it.
    MailRoom(Application& application, std::vector<IntakeBox> boxes);
    /// Ends within the message under way.
    ~MailRoom();
    MailRoom(MailRoom const&) = delete;
    MailRoom& operator=(MailRoom const&) = delete;

    /// Reads every box once. Thread-safe: rounds follow one another.
    void round();

private:
    void run();
    void read(IntakeBox const& box, Timestamp now);
    Status read_messages(IntakeBox const& box, accounts::OrganisationInfo const& where, Timestamp now);

    Application& application_;
    std::vector<IntakeBox> boxes_;
    Lease lease_;
    std::mutex mutex_, round_;
    std::condition_variable wake_;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

}  // namespace greffier::app
