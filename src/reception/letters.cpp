#include "reception/letters.hpp"

#include "mail/letter.hpp"

namespace greffier::reception {

namespace {

mail::NewMail addressed(mail::Kind kind, std::string once, mail::Mailbox to, Locale const& locale, mail::Letter const& letter, Timestamp now)
{
    mail::NewMail mail;
    mail.kind = kind;
    mail.once = std::move(once);
    mail.language = locale.language();
    mail.to = std::move(to);
    mail.subject = letter.subject;
    mail.text = text_of(letter, locale);
    mail.html = html_of(letter, locale);
    mail.expires_at = now + mail::patience;
    return mail;
}

}  // namespace

mail::NewMail number_letter(Visit const& visit, mail::Mailbox to, records::Stored const& record, std::string const& due, std::string const& token)
{
    auto const& locale = visit.locale();
    auto const& number = record.head.reference;
    mail::Letter letter;
    letter.subject = locale.text("mail.public_number.subject", {{"number", number}, {"organisation", visit.organisation_name()}});
    letter.greeting = locale.text("mail.greeting", {{"name", to.name}});
    letter.paragraphs = {locale.text("mail.public_number.words", {{"organisation", visit.organisation_name()}, {"number", number}, {"when", locale.instant(visit.context.now)}}),
                         locale.text("mail.public_number.due", {{"date", due}})};
    if (!token.empty()) {
        letter.action = locale.text("mail.public_number.follow");
        letter.address = accounts::absolute(visit.services.accounts, visit.request, visit.address("/follow-up/" + token));
        letter.notes = {locale.text("mail.public_number.secret")};
    }
    letter.notes.push_back(locale.text("mail.public_number.not_you"));
    auto mail = addressed(mail::Kind::PublicNumber, "public number " + record.head.id.text(), std::move(to), locale, letter, visit.context.now);
    mail.organisation = visit.where().id;
    return mail;
}

mail::NewMail arrival_letter(Visit const& visit, accounts::Person const& reader, records::Register const& kind, records::Stored const& record)
{
    Locale const locale(reader.language.value_or(visit.where().language), visit.where().zone);
    auto const of = "mail.public_arrival." + std::string{kind.slug};
    mail::Letter letter;
    letter.subject = locale.text(of + ".subject", {{"number", record.head.reference}, {"organisation", visit.where().name}});
    letter.greeting = locale.text("mail.greeting", {{"name", reader.name}});
    letter.paragraphs = {locale.text(of + ".words", {{"organisation", visit.where().name}, {"number", record.head.reference}, {"when", locale.instant(visit.context.now)}})};
    letter.action = locale.text("mail.public_arrival.open");
    letter.address = accounts::absolute(visit.services.accounts, visit.request, visit.context.address("/" + std::string{kind.slug} + "/" + record.head.id.text()));
    auto mail = addressed(mail::Kind::PublicArrival, "public arrival " + record.head.id.text() + " " + reader.id.text(), {reader.name, reader.email_shown}, locale, letter, visit.context.now);
    mail.person = reader.id;
    mail.organisation = visit.where().id;
    return mail;
}

mail::NewMail preferences_letter(accounts::AccountServices const& services, Request const& request, Locale const& locale, std::string const& organisation_name, accounts::OrganisationInfo const& where,
                                 mail::Mailbox to, RecordId record, std::string const& token, bool asked, Timestamp now)
{
    std::string const of = asked ? "mail.preferences" : "mail.preferences_again";
    mail::Letter letter;
    letter.subject = locale.text(of + ".subject", {{"organisation", organisation_name}});
    letter.greeting = locale.text("mail.preferences.greeting");
    letter.paragraphs = {locale.text(of + ".words", {{"organisation", organisation_name}})};
    letter.action = locale.text("mail.preferences.open");
    letter.address = accounts::absolute(services, request, "/p/" + where.slug + "/preferences/" + token + (locale.language() == where.language ? "" : "?lang=" + std::string{locale.code()}));
    letter.notes = {locale.text("mail.preferences.secret"), locale.text(asked ? "mail.preferences.not_you" : "mail.preferences_again.nothing")};
    // One an hour is enough for whoever looks for it, and for whoever would flood somebody else.
    auto const hour = std::chrono::duration_cast<std::chrono::hours>(now.time_since_epoch()).count();
    auto mail = addressed(mail::Kind::PublicNumber, "preferences " + record.text() + " " + std::to_string(hour), std::move(to), locale, letter, now);
    mail.organisation = where.id;
    return mail;
}

mail::NewMail code_letter(Visit const& visit, mail::Mailbox to, records::Stored const& record, std::string const& delivery, std::string const& code)
{
    auto const& locale = visit.locale();
    mail::Letter letter;
    letter.subject = locale.text("mail.delivery_code.subject", {{"number", record.head.reference}, {"organisation", visit.organisation_name()}});
    letter.greeting = locale.text("mail.greeting", {{"name", to.name}});
    letter.paragraphs = {locale.text("mail.delivery_code.words", {{"number", record.head.reference}, {"organisation", visit.organisation_name()}}), code};
    letter.notes = {locale.text("mail.delivery_code.secret"), locale.text("mail.public_number.not_you")};
    auto mail = addressed(mail::Kind::DeliveryCode, "delivery code " + delivery, std::move(to), locale, letter, visit.context.now);
    mail.organisation = visit.where().id;
    return mail;
}

}  // namespace greffier::reception
