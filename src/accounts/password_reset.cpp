#include "accounts/password_reset.hpp"

#include "accounts/letters.hpp"
#include "core/text.hpp"

namespace greffier::accounts {

using storage::Session;
using storage::SqlText;

namespace {

constexpr std::size_t longest_email = 254;

std::optional<Person> person_in(Session& session, std::string const& email)
{
    auto row = session.query(SqlText{"SELECT id, email_shown, name, language FROM person WHERE email=? AND disabled_at IS NULL"}, email);
    if (!row.next()) return std::nullopt;
    Person person;
    person.id = row.id<greffier::Person>(0);
    person.email = email;
    person.email_shown = row.text(1);
    person.name = row.text(2);
    person.language = parse_language(row.view(3));
    return person;
}

}  // namespace

Status ask_reset(storage::Database& database, mail::Outbox const& outbox, std::string_view email, std::string const& base, Language language, Timestamp now)
{
    auto const folded = fold_email(email.substr(0, longest_email));
    auto const turn = now.time_since_epoch() / reset_pause;
    auto const once = "reset " + outbox.veiled(folded) + " " + std::to_string(turn);
    return database.write([&](Session& session) -> Status {
        session.lock_nothing();
        outbox.ask(session, mail::Kind::PasswordReset, once, {folded, base, std::string(code_of(language))}, now);
        return Nothing{};
    });
}

int answer_resets(storage::Database& database, mail::Outbox const& outbox, Timestamp now)
{
    int answered = 0;
    for (auto const& question : outbox.asked()) {
        if (question.kind != mail::Kind::PasswordReset) continue;
        (void)database.write([&](Session& session) -> Status {
            std::optional<mail::NewMail> letter;
            // The address is made in the transaction that queues it: of two programs that answer, one letter holds.
            if (question.words.size() == 3)
                if (auto const person = person_in(session, question.words[0])) {
                    auto const token = OneTimeLinks::make_in(session, LinkPurpose::Reset, person->id, now);
                    letter = password_letter(*person, LinkPurpose::Reset, "", question.words[1], token, parse_language(question.words[2]).value_or(Language::French), now);
                }
            if (!outbox.answer(session, question.id, letter, now)) return Error::conflict("conflict");   // undoes the link
            ++answered;
            return Nothing{};
        });
    }
    return answered;
}

}  // namespace greffier::accounts
