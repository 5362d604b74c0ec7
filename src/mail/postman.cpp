#include "mail/postman.hpp"

#include <exception>

#include "core/log.hpp"

namespace greffier::mail {

namespace {
constexpr std::chrono::seconds pause{20};   // another process may have left work, and delays run out; ours wakes us
}

Postman::Postman(Outbox& outbox, Transport& transport, Mailbox from, std::function<Timestamp()> now, std::function<void(Timestamp)> before, Start start)
    : outbox_(outbox), transport_(transport), from_(std::move(from)), now_(std::move(now)), before_(std::move(before))
{
    if (start == Start::Thread) thread_ = std::thread([this] { run(); });
}

Postman::~Postman()
{
    stopping_ = true;
    wake();
    if (thread_.joinable()) thread_.join();
}

void Postman::wake()
{
    {
        std::lock_guard const held(mutex_);
        woken_ = true;
    }
    wake_.notify_all();
}

void Postman::run()
{
    while (!stopping_) {
        try {
            round();
        } catch (std::exception const& failure) {
            log(LogLevel::Failure, "mail_round_failed", {{"reason", loggable(failure)}});
        }
        std::unique_lock held(mutex_);
        wake_.wait_for(held, pause, [this] { return woken_ || stopping_; });
        woken_ = false;
    }
}

int Postman::round()
{
    std::lock_guard const one_at_a_time(round_);
    if (before_) before_(now_());
    int sent = 0;
    bool server_away = false;
    while (!stopping_ && !server_away) {
        bool const left = send_one(server_away);
        if (!left && !server_away) break;
        if (left) ++sent;
    }
    return sent;
}

/// True when a message left. With none due, neither is true.
bool Postman::send_one(bool& server_away)
{
    while (!stopping_) {
        auto const mail = outbox_.take(owner_, now_());
        if (!mail) return false;
        Delivery delivery;
        try {
            delivery = transport_.send(parcel_of(*mail, from_), [this] { return stopping_.load(); });
        } catch (std::exception const& failure) {
            log(LogLevel::Failure, "mail_not_sent", {{"mail", mail->id.text()}, {"reason", loggable(failure)}});
            delivery = {Delivery::Outcome::Later, "internal"};
        }
        if (!outbox_.note(mail->id, owner_, delivery, now_())) log(LogLevel::Warning, "mail_lease_lost", {{"mail", mail->id.text()}});
        auto const id = mail->id.text();
        if (delivery.outcome == Delivery::Outcome::Sent) {
            log(LogLevel::Info, "mail_sent", {{"mail", id}, {"kind", code_of(mail->kind)}, {"attempt", mail->attempts + 1}});
            outbox_.hurry(now_());
            return true;
        }
        // Never what the server said: it may name the person.
        log(LogLevel::Warning, delivery.outcome == Delivery::Outcome::Never ? "mail_refused" : "mail_later",
            {{"mail", id}, {"kind", code_of(mail->kind)}, {"problem", delivery.problem}, {"reply", delivery.reply}, {"attempt", mail->attempts + 1}});
        if (delivery.away) {
            server_away = true;
            return false;
        }
    }
    return false;
}

Parcel parcel_of(Leased const& mail, Mailbox const& from)
{
    auto const id = mail.id.text();
    return {id, from.address, mail.to.address,
            to_mime({.from = from, .to = mail.to, .subject = mail.subject, .text = mail.text, .html = mail.html, .language = mail.language, .reply_to = mail.reply_to, .parts = mail.parts, .unsubscribe = mail.unsubscribe,
                     .id = id, .written = mail.created_at})};
}

}  // namespace greffier::mail
