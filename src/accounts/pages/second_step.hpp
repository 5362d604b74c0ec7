#pragma once
// What the pages of a second factor share: the way from a right password to a session, the site that passkeys are made
// for, the forms in which a passkey or a code is given.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/letters.hpp"
#include "accounts/pages/form.hpp"
#include "accounts/pages/pages.hpp"

namespace greffier::accounts {

/// How one signed in: for the journal, and for signing out where one came from.
struct CameBy {
    std::string way = "password";             ///< "password", "passkey", or the name of a provider
    Presented const* presented = nullptr;     ///< by a provider
    bool both_factors = false;                ///< the provider's word counts as the second
};
/// The password was right, or chosen a moment ago: a session, unless a second factor is to be given (or taken) first.
web::Response go_on(AccountServices& services, Context const& context, web::Request const& request, Person const& person, std::string const& next,
                    std::optional<OrganisationId> last = {}, Telling telling = Telling::Alert, CameBy const& by = {});
/// Everything was right. After a sign-in one goes where one was going, unless that is nowhere or the sign-in page itself.
void open_session(AccountServices& services, Context const& context, web::Request const& request, web::Response& response, Person const& person,
                  Telling telling = Telling::Alert, CameBy by = {});
std::string destination(AccountServices& services, std::string const& next, PersonId person, std::optional<OrganisationId> last);

/// The site for passkeys, or the locale key of why there are none here.
struct Site {
    std::optional<RelyingParty> party;
    std::string_view why = {};
};
Site site_of(AccountServices const& services, web::Request const& request);

/// A form that web/src/passkeys.ts shows and fills in; without script it stays out of sight.
struct PasskeyForm {
    std::string_view action;
    std::string_view label;            ///< of its button, in words
    std::string options = {};          ///< JSON for the browser …
    std::string_view options_from = {};   ///< … or the address that gives it
    bool create = false;
    std::string_view prefix = {};      ///< of the names of its fields
    web::Html inside = {};             ///< fields of its own
};
void passkey_form(web::Html& out, Context const& context, PasskeyForm const& form);
std::optional<PresentedPasskey> presented_passkey(web::Request const& request, std::string_view prefix = {});
std::optional<NewPasskey> new_passkey_of(web::Request const& request);

/// The field for six digits or a recovery code.
void code_field(web::Html& out, Locale const& locale, FormState const& form, std::string_view hint, std::string_view name = "code");
/// QR code, secret in groups of four, first code: the body of a page or of a section.
void authenticator_form(web::Html& out, Context const& context, FormState const& form, Secret<Bytes> const& secret, std::string_view email, std::string_view action);
/// The form that names and makes a passkey.
void creation_form(web::Html& out, Context const& context, FormState const& form, std::string options, std::string_view action);
/// Recovery codes, shown once, and the way on.
void recovery_codes(web::Html& out, Context const& context, std::vector<std::string> const& codes, std::string_view next);

/// Seconds to wait before another code of that person may be tried from there.
std::optional<std::chrono::seconds> wait_for_code(AccountServices& services, Context const& context, web::Request const& request, Person const& person);
void code_was_right(AccountServices& services, Context const& context, web::Request const& request, Person const& person);
/// The error of a form that came too soon; `response` says so too.
FieldError too_soon(std::chrono::seconds wait);

/// Writes to the person whose second factors changed, in the transaction that changes them; where mail leaves at all.
void tell_of_factor(AccountServices const& services, Context const& context, web::Request const& request, storage::Session& session, Person const& person, FactorNews news);
/// After that transaction.
void ring_for_mail(AccountServices const& services);
/// Digits that had opened once were tried again: refused already, and their holder is told, once an hour.
void tell_of_used_code(AccountServices const& services, Context const& context, web::Request const& request, Person const& person);

/// Before what is dangerous: nothing when who is signed in proved it less than ten minutes ago, or does so with this very
/// request; else the page that asks for a password, a code or a passkey, and carries along what was sent.
std::optional<web::Response> ask_again(AccountServices& services, Context& context, web::Request const& request);

}  // namespace greffier::accounts
