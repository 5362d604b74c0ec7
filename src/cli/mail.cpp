#include <ostream>

#include "accounts/letters.hpp"
#include "app/mailing.hpp"
#include "cli/commands.hpp"
#include "core/json_writer.hpp"
#include "core/text.hpp"
#include "mail/postman.hpp"

namespace greffier::cli {

namespace {

constexpr int not_sent = 1;

mail::Leased as_leased(mail::NewMail const& letter, Timestamp now)
{
    mail::Leased mail;
    mail.id = mail::MailId::make();
    mail.language = letter.language;
    mail.created_at = now;
    mail.to = letter.to;
    mail.subject = letter.subject;
    mail.text = letter.text;
    mail.html = letter.html;
    return mail;
}

}  // namespace

/// At once and past the outbox: whoever sets the mail up wants to know now.
Result<int> run_mail_test(Invocation& call)
{
    auto const address = std::string(trim(call.text("address")));
    if (!is_email(address)) return Error::invalid("mail_address", {{"address", shorten(address, 80)}});
    auto const mailing = TRY(app::mailing_of(call.settings));
    if (!mailing.transport) return Error::invalid("mail_not_set");
    auto const now = SystemClock{}.now();
    auto const leased = as_leased(accounts::test_letter(address, call.locale.language(), now), now);
    auto const delivery = mailing.transport->send(parcel_of(leased, mailing.from), [] { return false; });
    bool const sent = delivery.outcome == mail::Delivery::Outcome::Sent;
    auto const way = mailing.transport->way();
    if (call.json()) {
        JsonWriter out;
        out.begin_object().member("sent", sent).member("way", way).member("from", mailing.from.address).member("to", address);
        if (sent) out.null_member("problem");
        else out.member("problem", delivery.problem).member("reply", delivery.reply).member("said", delivery.said).member("message", call.say("mail.problem." + delivery.problem));
        out.end_object();
        call.out << out.text() << "\n";
        return sent ? 0 : not_sent;
    }
    if (sent) {
        call.tell("cli.mail.test.sent", {{"address", address}, {"from", mailing.from.address}, {"way", way}});
        return 0;
    }
    call.tell("cli.mail.test.not_sent", {{"address", address}, {"way", way}});
    call.out << "  " << call.say("mail.problem." + delivery.problem) << "\n";
    if (!delivery.said.empty() || delivery.reply >= 400)
        call.out << "  " << call.say("cli.mail.test.said", {{"reply", std::to_string(delivery.reply)}, {"words", delivery.said}}) << "\n";
    return not_sent;
}

}  // namespace greffier::cli
