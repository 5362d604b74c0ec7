#pragma once
// The small forms of accounts: fields with hint and error, a summary of errors, a page around them.

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/services.hpp"
#include "core/result.hpp"
#include "web/frame.hpp"
#include "web/html.hpp"

namespace greffier::accounts {

/// What a form shows: what was typed (or stored), and what was wrong with it.
struct FormState {
    web::Pairs values;
    std::vector<FieldError> errors;   ///< field "" concerns the whole form

    [[nodiscard]] FieldError const* error_of(std::string_view field) const;
    /// Fields of an Error, or the Error itself when it names none.
    void take(Error const& error);
    void refuse(std::string field, std::string code) { errors.push_back({std::move(field), std::move(code)}); }
};

/// Values of the named fields as they were sent; never a password.
FormState typed(web::Request const& request, std::initializer_list<std::string_view> fields);

struct Field {
    std::string_view name;
    std::string_view label;                 ///< locale key
    std::string_view type = "text";
    std::string_view autocomplete = "off";
    std::string_view hint = "";             ///< locale key
    bool required = true;
    int max_length = 0;
    bool read_only = false;
};
struct Option {
    std::string value, label;
};

void open_form(web::Html& out, Context const& context, std::string_view action, bool guarded = false);
/// A field and the locale key of its label.
struct Named {
    std::string_view field, label;
};

/// `names`: the fields that the summary calls by their name when all it could say is that something is required.
void error_summary(web::Html& out, Locale const& locale, FormState const& form, std::initializer_list<Named> names = {});
void text_field(web::Html& out, Locale const& locale, FormState const& form, Field const& field);
void select_field(web::Html& out, Locale const& locale, FormState const& form, Field const& field, std::vector<Option> const& options);
void submit_button(web::Html& out, std::string_view label, bool primary = true);
/// A form of one button: revoke, end a session.
void button_form(web::Html& out, Context const& context, std::string_view action, std::string_view label, std::string_view spoken_suffix, bool danger);
/// An address or a token shown once, to be copied.
void secret(web::Html& out, Locale const& locale, std::string_view title, std::string_view words, std::string_view value);

std::vector<Option> language_options();
/// A token reads for no auditor: they read under their own name.
std::vector<Option> role_options(Locale const& locale, bool for_token = false);

// The fields that the forms of an organisation share. `name` is what the form calls the organisation's.
void organisation_name_field(web::Html& out, Locale const& locale, FormState const& form, std::string_view name = "name");
void kind_field(web::Html& out, Locale const& locale, FormState const& form);
/// Where it may be left empty, it is made from the name.
void slug_field(web::Html& out, Locale const& locale, FormState const& form, bool may_be_empty);
void zone_field(web::Html& out, Locale const& locale, FormState const& form);

/// A table up to its first row; `columns` are locale keys. With `buttons`, one more column without a name that one sees.
void open_table(web::Html& out, Locale const& locale, std::initializer_list<std::string_view> columns, bool buttons);
/// One that may be wider than the page has a name, and is scrolled with the keyboard too.
void open_wide_table(web::Html& out, Locale const& locale, std::initializer_list<std::string_view> columns, std::string_view name);
void close_table(web::Html& out);
/// A cell up to its content, closed by "</div></td>"; on a telephone it says what it is.
void open_cell(web::Html& out, Locale const& locale, std::string_view column);

/// The page around a body that starts with its own head.
web::Response shown(Context& context, std::string title, web::Html const& body, int status = 200);
/// The same on the sign-in layout, as pages of people without session are.
web::Response shown_alone(Context& context, std::string title, web::Html const& body, bool wide, int status = 200);
/// The session's cookie on an answer.
void set_session(web::Response& response, web::Request const& request, std::string const& token);
/// "https://rgpd.example/welcome/…"
std::string absolute(AccountServices const& services, web::Request const& request, std::string_view path);
}  // namespace greffier::accounts
