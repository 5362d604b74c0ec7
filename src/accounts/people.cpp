#include "accounts/people.hpp"

#include <algorithm>

#include "accounts/check_line.hpp"
#include "core/text.hpp"

namespace greffier::accounts {

using storage::Cursor;
using storage::Session;
using storage::SqlText;

namespace {

constexpr SqlText columns{"SELECT id, email, email_shown, name, language, theme, created_at, disabled_at, password FROM person "};
constexpr std::size_t longest_name = 200;

// Nobody's password: verifying it costs what a real one costs, so that an unknown e-mail answers no sooner.
// The parameters must be those of hash_password(); a test compares them.
constexpr char nobody[] = "$argon2id$v=19$m=65536,t=2,p=1$1BCsqbkR8MUH8cD9g8zw2w$k5znHRw2Wl/gSkcF7rtErHzUS/uVsf8WE8kPPOV223o";

Person read_row(Cursor const& row)
{
    Person person;
    person.id = row.id<greffier::Person>(0);
    person.email = row.text(1);
    person.email_shown = row.text(2);
    person.name = row.text(3);
    if (!row.view(4).empty()) person.language = parse_language(row.view(4));
    person.theme = row.text(5);
    person.created_at = row.timestamp(6);
    person.disabled = !row.is_null(7);
    person.has_password = !row.is_null(8);
    return person;
}

Error refused(std::string field, std::string_view code, Arguments arguments = {})
{
    auto error = Error::invalid("invalid");
    error.fields.push_back({std::move(field), std::string(code), std::move(arguments)});
    return error;
}

Status touched(std::int64_t rows)
{
    if (rows == 0) return Error::not_found("unknown_person");
    return Nothing{};
}

}  // namespace

std::string_view nobodys_password() { return nobody; }

std::string fold_email(std::string_view email) { return fold(trim(email)); }

Result<People::Prepared> People::prepare(NewPerson wanted, Timestamp now)
{
    Prepared prepared;
    auto& person = prepared.person;
    person.id = PersonId::make();
    person.email_shown = std::string(trim(wanted.email));
    person.email = fold_email(wanted.email);
    person.name = squeeze(wanted.name);
    person.language = wanted.language;
    person.created_at = now;
    person.has_password = wanted.password.has_value();
    auto error = Error::invalid("invalid");
    if (person.email.empty())
        error.fields.push_back({"email", "required"});
    else if (!is_email(person.email_shown))
        error.fields.push_back({"email", "not_an_email"});
    if (auto problem = problem_of_line(person.name, longest_name); !problem.empty())
        error.fields.push_back({"name", std::string(problem), {{"max", std::to_string(longest_name)}}});
    if (wanted.password)
        if (auto problem = problem_of_password(*wanted.password, person.email, person.name); !problem.empty())
            error.fields.push_back({"password", std::string(problem)});
    if (!error.fields.empty()) return error;
    if (wanted.password) prepared.password = hash_password(*wanted.password);
    return prepared;
}

Result<Person> People::add_in(Session& session, Prepared const& prepared)
{
    auto const& person = prepared.person;
    if (session.query(SqlText{"SELECT 1 FROM person WHERE email=?"}, person.email).next()) {
        auto error = Error::conflict("email_taken");
        error.fields.push_back({"email", "email_taken"});
        return error;
    }
    session.execute(SqlText{"INSERT INTO person(id, email, email_shown, name, password, language, theme, created_at) VALUES(?, ?, ?, ?, ?, ?, ?, ?)"},
                    person.id, person.email, person.email_shown, person.name, prepared.password,
                    person.language ? code_of(*person.language) : std::string_view{}, person.theme, person.created_at);
    return person;
}

Result<Person> People::add(NewPerson wanted, Timestamp now)
{
    auto prepared = TRY(prepare(std::move(wanted), now));
    return database_.write_result<Person>([&](Session& session) { return add_in(session, prepared); });
}

std::optional<Person> People::find(PersonId id)
{
    auto session = database_.read();
    auto rows = session->query(SqlText::joined({columns, SqlText{"WHERE id=?"}}), id);
    if (!rows.next()) return std::nullopt;
    return read_row(rows);
}

std::optional<Person> People::find(std::string_view email)
{
    auto session = database_.read();
    auto const folded = fold_email(email);
    auto rows = session->query(SqlText::joined({columns, SqlText{"WHERE email=?"}}), folded);
    if (!rows.next()) return std::nullopt;
    return read_row(rows);
}

std::vector<Person> People::list()
{
    std::vector<Person> all;
    {
        auto session = database_.read();
        auto rows = session->query(columns);
        while (rows.next()) all.push_back(read_row(rows));
    }
    std::sort(all.begin(), all.end(), [](Person const& a, Person const& b) {
        return std::pair(sort_key(a.name), a.email) < std::pair(sort_key(b.name), b.email);
    });
    return all;
}

std::optional<Person> People::authenticate(std::string_view email, SecretText const& password)
{
    std::optional<Person> person;
    std::string stored = nobody;
    {
        auto session = database_.read();   // given back before argon2, which takes its time
        auto const folded = fold_email(email);
        auto rows = session->query(SqlText::joined({columns, SqlText{"WHERE email=?"}}), folded);
        if (rows.next() && !rows.is_null(8) && rows.is_null(7)) {
            person = read_row(rows);
            stored = rows.text(8);
        }
    }
    bool matches = verify_password(stored, password);
    if (!person || !matches) return std::nullopt;
    return person;
}

bool People::has_password(PersonId id, SecretText const& password)
{
    std::string stored = nobody;
    bool known = false;
    {
        auto session = database_.read();
        auto rows = session->query(SqlText{"SELECT password FROM person WHERE id=? AND password IS NOT NULL"}, id);
        if (rows.next()) {
            stored = rows.text(0);
            known = true;
        }
    }
    return verify_password(stored, password) && known;
}

Status People::set_password(PersonId id, SecretText const& password)
{
    auto person = find(id);
    if (!person) return Error::not_found("unknown_person");
    if (auto problem = problem_of_password(password, person->email, person->name); !problem.empty()) return refused("password", problem);
    auto hashed = hash_password(password);
    return database_.write([&](Session& session) -> Status {
        put_password_in(session, id, hashed);
        return Nothing{};
    });
}

void People::put_password_in(Session& session, PersonId id, std::string const& hashed)
{
    session.execute(SqlText{"UPDATE person SET password=? WHERE id=?"}, hashed, id);
    session.execute(SqlText{"DELETE FROM session WHERE person_id=?"}, id);
    session.execute(SqlText{"DELETE FROM half_sign_in WHERE person_id=?"}, id);
}

Status People::rename(PersonId id, std::string name)
{
    name = squeeze(name);
    if (auto problem = problem_of_line(name, longest_name); !problem.empty()) return refused("name", problem, {{"max", std::to_string(longest_name)}});
    return database_.write([&](Session& session) { return touched(session.execute(SqlText{"UPDATE person SET name=? WHERE id=?"}, name, id)); });
}

Status People::disable(PersonId id, Timestamp now)
{
    return database_.write([&](Session& session) {
        session.execute(SqlText{"DELETE FROM session WHERE person_id=?"}, id);
        return touched(session.execute(SqlText{"UPDATE person SET disabled_at=COALESCE(disabled_at, ?) WHERE id=?"}, now, id));
    });
}

Status People::enable(PersonId id)
{
    return database_.write([&](Session& session) { return touched(session.execute(SqlText{"UPDATE person SET disabled_at=NULL WHERE id=?"}, id)); });
}

Status People::set_language(PersonId id, std::optional<Language> language)
{
    auto code = language ? code_of(*language) : std::string_view{};
    return database_.write([&](Session& session) { return touched(session.execute(SqlText{"UPDATE person SET language=? WHERE id=?"}, code, id)); });
}

Status People::set_theme(PersonId id, std::string_view theme)
{
    if (!theme.empty() && theme != "light" && theme != "dark") return refused("theme", "unknown_choice", {{"value", std::string(theme)}});
    return database_.write([&](Session& session) { return touched(session.execute(SqlText{"UPDATE person SET theme=? WHERE id=?"}, theme, id)); });
}

}  // namespace greffier::accounts
