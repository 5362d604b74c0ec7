#pragma once
// How mail leaves, from the settings: by a mail server, into a directory, or not at all.

#include <memory>

#include "app/config.hpp"
#include "mail/message.hpp"
#include "mail/transport.hpp"

namespace greffier::app {

struct Mailing {
    std::unique_ptr<mail::Transport> transport;   ///< absent: nothing is sent
    mail::Mailbox from;
};

/// True when the settings name a way out. Whether it is a sound one, mailing_of() says.
bool mail_is_set(Config const& config);
/// Settings that contradict each other, or that would send a password in clear beyond this machine, are errors.
Result<Mailing> mailing_of(Config const& config);

}  // namespace greffier::app
