#include "accounts/letters.hpp"

#include "core/text.hpp"
#include "mail/letter.hpp"

namespace greffier::accounts {

namespace {

using mail::Kind;
using mail::Letter;
using mail::NewMail;

constexpr std::chrono::hours worth_telling{24};   // an alert of the day before is news to nobody

Locale locale_of(Person const& person, Language otherwise) { return Locale(person.language.value_or(otherwise)); }

NewMail addressed(Person const& person, Kind kind, std::string once, Locale const& locale, Letter const& letter, Timestamp expires_at)
{
    NewMail mail;
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

std::string greeting(Locale const& locale, Person const& person) { return locale.text("mail.greeting", {{"name", person.name}}); }

}  // namespace

NewMail password_letter(Person const& person, LinkPurpose purpose, std::string const& organisation, std::string const& base, std::string const& token, Language otherwise, Timestamp now)
{
    auto const locale = locale_of(person, otherwise);
    bool const invited = purpose == LinkPurpose::Welcome;
    std::string const key = invited ? "mail.invitation" : "mail.reset";
    Letter letter;
    letter.greeting = greeting(locale, person);
    letter.subject = invited ? locale.text("mail.invitation.subject", {{"organisation", shorten(organisation, 80)}}) : locale.text("mail.reset.subject");
    letter.paragraphs = {invited ? locale.text("mail.invitation.words", {{"organisation", organisation}}) : locale.text("mail.reset.words")};
    letter.action = locale.text("mail.choose_password");
    letter.address = base + std::string(OneTimeLinks::page_of(purpose)) + token;
    letter.notes = {locale.text(key + ".life"), locale.text(key + ".not_you")};
    // The token's hash, as in the table of links: one letter for each link.
    return addressed(person, invited ? Kind::Invitation : Kind::PasswordReset, "link " + to_hex(sha256(as_bytes(token))), locale, letter, OneTimeLinks::end_of(purpose, now));
}

NewMail password_changed_letter(Person const& person, std::string const& base, Language otherwise, Timestamp now)
{
    auto const locale = locale_of(person, otherwise);
    Letter letter;
    letter.greeting = greeting(locale, person);
    letter.subject = locale.text("mail.changed.subject");
    letter.paragraphs = {locale.text("mail.changed.words", {{"when", locale.instant(now)}, {"zone", locale.zone()}}), locale.text("mail.changed.not_you")};
    letter.action = locale.text("mail.open");
    letter.address = base + "/sign-in";
    if (base.empty()) letter.action.clear();
    return addressed(person, Kind::PasswordChanged, "password " + Uuid::make().text(), locale, letter, now + mail::patience);
}

NewMail sign_in_letter(Person const& person, mail::Refusals const& refusals, std::string const& address, std::string const& base, Language otherwise, Timestamp now)
{
    auto const locale = locale_of(person, otherwise);
    Letter letter;
    letter.greeting = greeting(locale, person);
    letter.subject = locale.text("mail.sign_in.subject");
    letter.paragraphs = {locale.text("mail.sign_in.words", {{"when", locale.instant(now)}, {"zone", locale.zone()}, {"address", address}}), locale.text("mail.sign_in.you"), locale.text("mail.sign_in.not_you")};
    letter.action = locale.text("mail.sign_in.account");
    letter.address = base + "/account";
    letter.refuse = locale.text("mail.refuse_these");
    letter.refuse_address = base + "/mail/stop/" + refusals.token(person.id, Kind::SignInAlert);
    return addressed(person, Kind::SignInAlert, "sign-in " + Uuid::make().text(), locale, letter, now + worth_telling);
}

namespace {

std::string_view words_of(FactorNews news)
{
    switch (news) {
    case FactorNews::AuthenticatorAdded: return "mail.factor.authenticator_added";
    case FactorNews::AuthenticatorRemoved: return "mail.factor.authenticator_removed";
    case FactorNews::PasskeyAdded: return "mail.factor.passkey_added";
    case FactorNews::PasskeyRemoved: return "mail.factor.passkey_removed";
    case FactorNews::CodesRenewed: return "mail.factor.codes_renewed";
    case FactorNews::Reset: return "mail.factor.reset";
    case FactorNews::CodeTriedAgain: return "mail.factor.code_tried_again";
    }
    return "";
}

}  // namespace

NewMail factor_letter(Person const& person, FactorNews news, std::string const& base, Language otherwise, Timestamp now)
{
    auto const locale = locale_of(person, otherwise);
    bool const tried = news == FactorNews::CodeTriedAgain;
    Letter letter;
    letter.greeting = greeting(locale, person);
    letter.subject = locale.text(tried ? "mail.factor.tried_subject" : "mail.factor.subject");
    letter.paragraphs = {locale.text(words_of(news), {{"when", locale.instant(now)}, {"zone", locale.zone()}}), locale.text(tried ? "mail.factor.tried_not_you" : "mail.factor.not_you")};
    letter.action = locale.text("mail.sign_in.account");
    letter.address = base + "/account#factors";
    if (base.empty()) letter.action.clear();   // from the command line, where no address is known
    // Whoever tries a code on and on does not fill a letter box with it.
    auto const hour = std::chrono::floor<std::chrono::hours>(now).time_since_epoch().count();
    auto const once = tried ? "tried " + person.id.text() + " " + std::to_string(hour) : "factor " + Uuid::make().text();
    return addressed(person, Kind::FactorChanged, once, locale, letter, now + mail::patience);
}

NewMail token_letter(Person const& person, EndingToken const& token, Language otherwise)
{
    auto const locale = Locale(person.language.value_or(otherwise), token.zone);
    Letter letter;
    letter.greeting = greeting(locale, person);
    letter.subject = locale.text("mail.token.subject", {{"name", shorten(token.name, 80)}});
    letter.paragraphs = {locale.text("mail.token.words", {{"name", token.name}, {"organisation", token.organisation}, {"date", locale.date(local_date(token.ends_at, locale.zone()))}}), locale.text("mail.token.what")};
    if (!token.address.empty()) {
        letter.action = locale.text("mail.token.open");
        letter.address = token.address;
    }
    // One letter for each token and reader: this is asked for each day.
    return addressed(person, Kind::TokenEnding, "token " + token.id + " " + person.id.text(), locale, letter, token.ends_at);
}

NewMail see_as_asked_letter(Person const& person, SeeAsQuestion const& question, Language otherwise, Timestamp now)
{
    auto const locale = locale_of(person, otherwise);
    Letter letter;
    letter.greeting = greeting(locale, person);
    letter.subject = locale.text("mail.see_as.asked_subject", {{"name", shorten(question.asker, 80)}});
    letter.paragraphs = {locale.text("mail.see_as.asked", {{"name", question.asker}, {"organisation", question.organisation}}), locale.text("mail.see_as.reason", {{"reason", question.reason}}),
                         locale.text("mail.see_as.yours")};
    letter.action = locale.text("mail.see_as.open");
    letter.address = question.address;
    return addressed(person, Kind::SeeAsAsked, "see-as " + question.id + " " + person.id.text(), locale, letter, now + mail::patience);
}

NewMail see_as_ended_letter(Person const& person, SeeAsAccount const& account, Language otherwise, Timestamp now)
{
    auto const locale = locale_of(person, otherwise);
    Letter letter;
    letter.greeting = greeting(locale, person);
    letter.subject = locale.text("mail.see_as.ended_subject", {{"name", shorten(account.visitor, 80)}});
    letter.paragraphs = {locale.text("mail.see_as.ended", {{"name", account.visitor}, {"organisation", account.organisation}, {"from", locale.instant(account.started_at)},
                                                           {"to", locale.instant(account.ended_at)}, {"zone", locale.zone()}}),
                         locale.plural("mail.see_as.pages", account.pages), locale.text("mail.see_as.reason", {{"reason", account.reason}}),
                         locale.text(account.by_controller ? "mail.see_as.by_controller" : "mail.see_as.by_you")};
    letter.action = locale.text("mail.see_as.open_ended");
    letter.address = account.address;
    return addressed(person, Kind::SeeAsEnded, "seen-as " + account.id, locale, letter, now + mail::patience);
}

NewMail test_letter(std::string const& address, Language language, Timestamp now)
{
    Locale const locale(language);
    Letter letter;
    letter.subject = locale.text("mail.test.subject");
    letter.paragraphs = {locale.text("mail.test.words"), locale.text("mail.test.nothing_to_do")};
    NewMail mail;
    mail.once = "test";
    mail.language = language;
    mail.to = {"", address};
    mail.subject = letter.subject;
    mail.text = text_of(letter, locale);
    mail.html = html_of(letter, locale);
    mail.expires_at = now + worth_telling;
    return mail;
}

}  // namespace greffier::accounts
