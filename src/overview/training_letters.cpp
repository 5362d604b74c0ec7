#include "overview/training_letters.hpp"

#include "core/text.hpp"
#include "mail/letter.hpp"

namespace greffier::overview {

namespace {

using Standing = Invitee::Standing;

std::string_view news_of(Standing standing)
{
    switch (standing) {
    case Standing::Outdated: return "moved";
    case Standing::Leaving: return "off";
    default: return "invited";
    }
}

mail::Letter words_of(accounts::OrganisationInfo const& where, InvitationPlan const& plan, Invitee const& invitee, exchange::CalendarPerson const& organiser, Locale const& locale)
{
    auto const& training = plan.training;
    bool const off = invitee.standing == Standing::Leaving;
    auto const starts = off ? invitee.last->starts_at : *training.starts_at;
    std::string const of = "mail.training." + std::string{news_of(invitee.standing)};
    Arguments const words{{"title", shorten(training.title, 120)}, {"when", locale.instant(starts)}, {"organisation", shorten(where.name, 80)},
                          {"minutes", locale.number(training.minutes.value_or(usual_minutes))}, {"place", training.place}, {"organiser", organiser.name.empty() ? organiser.address : organiser.name}};
    mail::Letter letter;
    letter.subject = locale.text(of + ".subject", words);
    letter.greeting = locale.text("mail.greeting", {{"name", invitee.name}});
    letter.paragraphs = {locale.text(of + ".words", words)};
    if (!off) {
        letter.paragraphs.push_back(locale.text("mail.training.when", words));
        if (!training.place.empty()) letter.paragraphs.push_back(locale.text("mail.training.place", words));
        if (!training.objectives.value.empty()) letter.paragraphs.push_back(training.objectives.value);
        if (is_http_url(training.link.value)) {
            letter.action = locale.text("mail.training.link");
            letter.address = training.link.value;
        }
    }
    letter.notes = {locale.text(off ? "mail.training.calendar_off" : "mail.training.calendar", words), locale.text("mail.training.why", words)};
    return letter;
}

}  // namespace

mail::NewMail training_letter(accounts::OrganisationInfo const& where, InvitationPlan const& plan, Invitee const& invitee, exchange::CalendarPerson const& organiser, std::string once)
{
    Locale const locale(where.language, where.zone);
    bool const off = invitee.standing == Standing::Leaving;
    auto training = plan.training;
    if (off) training.starts_at = invitee.last->starts_at;   // the entry that is to go
    auto const letter = words_of(where, plan, invitee, organiser, locale);
    auto const calendar = calendar_of(plan.stored.head.id, plan.stored.head.version, plan.stored.head.updated_at, training, off, organiser, {{invitee.name, invitee.address, !off}}, where.language);
    auto const entry = exchange::write_calendar(calendar);
    mail::NewMail mail;
    mail.kind = mail::Kind::TrainingInvitation;
    mail.once = std::move(once);
    mail.organisation = where.id;
    mail.language = where.language;
    mail.to = {invitee.name, invitee.address};
    mail.reply_to = {organiser.name, organiser.address};
    mail.subject = letter.subject;
    mail.text = text_of(letter, locale);
    mail.html = html_of(letter, locale);
    // Twice: programs that know invitations read the alternative, the others open the file.
    mail.parts = {{exchange::calendar_media_type(calendar.method), entry}, {"application/ics", entry, plan.stored.head.reference + ".ics"}};
    mail.expires_at = *training.starts_at;
    return mail;
}

}  // namespace greffier::overview
