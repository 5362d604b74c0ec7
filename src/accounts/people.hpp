#pragma once
// People who sign in. The e-mail, folded, decides who is who; the password is kept as argon2id.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/crypto.hpp"
#include "core/id.hpp"
#include "core/locale.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

struct Person {
    PersonId id;
    std::string email;                  ///< folded
    std::string email_shown;            ///< as typed
    std::string name;
    std::optional<Language> language;   ///< absent: the organisation's
    std::string theme;                  ///< "", "light", "dark"
    Timestamp created_at{};
    bool disabled = false;
    bool has_password = false;
};

std::string fold_email(std::string_view email);

/// "" when the password is fit for that person, else the error code. Rules of the French authority: 80 bits counted
/// by kinds of characters and length, or seven words. Known words, and the person's own, count for one character.
std::string_view problem_of_password(SecretText const& password, std::string_view email, std::string_view name);
/// Verified when there is no password to verify, so that the answer takes as long.
std::string_view nobodys_password();
/// Bits by that count, for tests and for showing.
double password_bits(std::string_view password, std::string_view email, std::string_view name);

struct NewPerson {
    std::string email, name;
    std::optional<SecretText> password = {};   ///< absent: they will choose it through a link
    std::optional<Language> language = {};
};

/// Thread-safe.
class People {
public:
    explicit People(storage::Database& database) : database_(database) {}

    /// Errors name the fields email, name, password; "email_taken" is a Conflict.
    Result<Person> add(NewPerson wanted, Timestamp now);
    /// Checked and hashed, before a transaction: argon2 takes a tenth of a second and must not hold the writer up.
    struct Prepared {
        Person person;
        std::optional<std::string> password;
    };
    static Result<Prepared> prepare(NewPerson wanted, Timestamp now);
    static Result<Person> add_in(storage::Session& session, Prepared const& prepared);

    std::optional<Person> find(PersonId id);
    std::optional<Person> find(std::string_view email);
    std::vector<Person> list();                                            ///< by name

    /// Who these credentials belong to. The same work is done when nobody has that e-mail, has no password or is disabled.
    std::optional<Person> authenticate(std::string_view email, SecretText const& password);
    bool has_password(PersonId id, SecretText const& password);            ///< "current password" of the account page

    /// Also ends the person's sessions: whoever signed in with the former password is out.
    Status set_password(PersonId id, SecretText const& password);
    /// The same with an already hashed one, within a transaction of the caller's.
    static void put_password_in(storage::Session& session, PersonId id, std::string const& hashed);
    Status rename(PersonId id, std::string name);
    /// Also ends the person's sessions.
    Status disable(PersonId id, Timestamp now);
    Status enable(PersonId id);
    Status set_language(PersonId id, std::optional<Language> language);
    /// "", "light" or "dark".
    Status set_theme(PersonId id, std::string_view theme);

private:
    storage::Database& database_;
};

}  // namespace greffier::accounts
