#include "overview/reminder_letters.hpp"

#include "core/text.hpp"
#include "mail/letter.hpp"
#include "overview/agenda.hpp"

namespace greffier::overview {

namespace {

constexpr std::size_t lines_at_most = 60;
constexpr std::chrono::hours digest_life{48};   // the next one says it again

mail::NewMail addressed(accounts::Person const& person, mail::Kind kind, std::string once, Locale const& locale, mail::Letter const& letter, Timestamp expires_at)
{
    mail::NewMail mail;
    mail.kind = kind;
    mail.once = std::move(once);
    mail.person = person.id;
    mail.language = locale.language();
    mail.to = {person.name, person.email_shown};
    mail.subject = letter.subject;
    mail.text = text_of(letter, locale);
    mail.html = html_of(letter, locale);
    mail.unsubscribe = letter.refuse_address;
    mail.expires_at = expires_at;
    return mail;
}

Arguments words_of(Told const& told, Locale const& locale)
{
    return {{"what", words_of_due(told.kind, locale)}, {"reference", told.reference}, {"register", locale.text("register." + told.register_slug)}, {"organisation", shorten(told.organisation_name, 80)},
            {"when", when_due(told.at, told.day, locale)}};
}

}  // namespace

mail::NewMail reminder_letter(accounts::Person const& person, Told const& told, std::string const& rung, std::string const& base, Timestamp now)
{
    Locale const locale(person.language.value_or(told.language), told.zone);
    bool const late = told.at <= now;
    auto const words = words_of(told, locale);
    mail::Letter letter;
    letter.subject = locale.text(late ? "mail.reminder.subject_late" : "mail.reminder.subject", words);
    letter.greeting = locale.text("mail.greeting", {{"name", person.name}});
    letter.paragraphs = {locale.text(late ? "mail.reminder.late" : "mail.reminder.words", words), locale.text("mail.reminder.what")};
    if (!base.empty()) {
        letter.action = locale.text("mail.reminder.open");
        letter.address = base + "/o/" + told.slug + "/" + told.register_slug + "/" + told.record.text();
    }
    auto const once = "reminder " + told.record.text() + " " + told.kind + " " + told.place + " " + std::to_string(to_millis(told.at)) + " " + rung + " " + person.id.text();
    auto mail = addressed(person, mail::Kind::Reminder, once, locale, letter, now + mail::patience);
    mail.organisation = told.organisation;
    return mail;
}

mail::NewMail digest_letter(accounts::Person const& person, std::vector<Told> const& told, std::string const& base, std::string const& refuse_address, Date day, Timestamp now)
{
    Locale const locale(person.language.value_or(told.front().language), told.front().zone);
    mail::Letter letter;
    letter.subject = locale.plural("mail.reminder_digest.subject", static_cast<std::int64_t>(told.size()));
    letter.greeting = locale.text("mail.greeting", {{"name", person.name}});
    letter.paragraphs = {locale.text("mail.reminder_digest.words")};
    for (std::size_t i = 0; i < told.size() && i < lines_at_most; ++i) {
        Locale const there(locale.language(), told[i].zone);
        letter.paragraphs.push_back(there.text(told[i].at < now ? "mail.reminder_digest.line_late" : "mail.reminder_digest.line", words_of(told[i], there)));
    }
    if (told.size() > lines_at_most) letter.paragraphs.push_back(locale.plural("mail.reminder_digest.more", static_cast<std::int64_t>(told.size() - lines_at_most)));
    if (!base.empty()) {
        letter.action = locale.text("mail.reminder_digest.open");
        letter.address = base + "/agenda";
        letter.refuse = locale.text("mail.refuse_these");
        letter.refuse_address = refuse_address;
    }
    return addressed(person, mail::Kind::ReminderDigest, "digest " + person.id.text() + " " + to_text(day), locale, letter, now + digest_life);
}

}  // namespace greffier::overview
