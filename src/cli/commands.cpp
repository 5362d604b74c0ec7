#include "cli/commands.hpp"

#include "cli/organisation_archive.hpp"
#include "cli/organisation_many.hpp"
#include "exchange/formats.hpp"
#include "overview/compliance_file.hpp"

namespace greffier::cli {

namespace {

std::vector<std::string_view> role_codes()
{
    std::vector<std::string_view> codes;
    for (auto const role : accounts::all_roles()) codes.push_back(accounts::code_of(role));
    return codes;
}

std::vector<std::string_view> reason_codes()
{
    auto const all = overview::file_reasons();
    return {all.begin(), all.end()};
}

std::vector<std::string_view> with(std::vector<std::string_view> codes, std::string_view more)
{
    codes.push_back(more);
    return codes;
}

}  // namespace

std::vector<Command> const& commands()
{
    using Form = Option::Form;
    static std::vector<std::string_view> const roles = role_codes(), all_roles = with(role_codes(), "installation_administrator");
    static std::vector<Command> const all = {
        {"serve", {}, run_serve},
        {"demo", {{"organisations", Form::Text, "N"}, {"processings", Form::Text, "N"}, {"seed", Form::Text, "S"}}, run_demo},
        {"organisation add",
         {{"slug", Form::Positional, "SLUG", true},
          {"name", Form::Text, "NAME", true},
          {"kind", Form::Text, "KIND"},
          {"parent", Form::Text, "SLUG"},
          {"language", Form::Text, "fr|en", false, {"fr", "en"}},
          {"zone", Form::Text, "ZONE"}},
         run_organisation_add},
        {"organisation add-many",
         {{"file", Form::Positional, "FILE", true},
          {"parent", Form::Text, "SLUG"},
          {"like", Form::Text, "SLUG"},
          {"copy", Form::Texts, "PART", false, {"profile", "records", "words", "settings"}},
          {"dry-run", Form::Flag}},
         run_organisation_add_many},
        {"organisation undo-many", {{"id", Form::Positional, "ID", true}}, run_organisation_undo_many},
        {"organisation archive", {{"slug", Form::Positional, "SLUG", true}}, run_organisation_archive},
        {"organisation reopen", {{"slug", Form::Positional, "SLUG", true}}, run_organisation_reopen},
        {"organisation move", {{"slug", Form::Positional, "SLUG", true}, {"parent", Form::Text, "SLUG"}}, run_organisation_move},
        {"organisation list", {}, run_organisation_list},
        {"organisation show", {{"slug", Form::Positional, "SLUG", true}}, run_organisation_show},
        {"organisation export",
         {{"slug", Form::Positional, "SLUG", true}, {"o", Form::Text, "FILE", true}, {"passphrase-file", Form::Text, "FILE"}},
         run_organisation_export},
        {"organisation import",
         {{"file", Form::Positional, "FILE", true},
          {"as-copy", Form::Flag},
          {"slug", Form::Text, "SLUG"},
          {"parent", Form::Text, "SLUG"},
          {"passphrase-file", Form::Text, "FILE"}},
         run_organisation_import},
        {"organisation remove",
         {{"slug", Form::Positional, "SLUG", true}, {"confirm", Form::Text, "SLUG"}, {"o", Form::Text, "FILE|-"}},
         run_organisation_remove},
        {"organisation certificate", {{"id", Form::Positional, "ID", true}, {"o", Form::Text, "FILE|-"}}, run_organisation_certificate},
        {"user add",
         {{"email", Form::Positional, "EMAIL", true},
          {"password-stdin", Form::Flag},
          {"name", Form::Text, "NAME"},
          {"role", Form::Text, "ROLE", false, all_roles},
          {"organisation", Form::Texts, "SLUG"},
          {"branch", Form::Flag},
          {"until", Form::Text, "DATE"},
          {"service", Form::Texts, "NAME"}},
         run_user_add},
        {"user list", {}, run_user_list},
        {"user grant",
         {{"email", Form::Positional, "EMAIL", true},
          {"role", Form::Text, "ROLE", true, all_roles},
          {"organisation", Form::Texts, "SLUG"},
          {"branch", Form::Flag},
          {"until", Form::Text, "DATE"},
          {"service", Form::Texts, "NAME"},
          {"all-services", Form::Flag}},
         run_user_grant},
        {"user password", {{"email", Form::Positional, "EMAIL", true}, {"password-stdin", Form::Flag}}, run_user_password},
        {"user reset-factor", {{"email", Form::Positional, "EMAIL", true}}, run_user_reset_factor},
        {"user disable", {{"email", Form::Positional, "EMAIL", true}}, run_user_disable},
        {"user enable", {{"email", Form::Positional, "EMAIL", true}}, run_user_enable},
        {"journal list", {{"organisation", Form::Text, "SLUG"}, {"since", Form::Text, "DATE"}}, run_journal_list},
        {"journal forget", {{"email", Form::Positional, "EMAIL", true}}, run_journal_forget},
        {"token add",
         {{"organisation", Form::Text, "SLUG", true},
          {"role", Form::Text, "ROLE", true, roles},
          {"user", Form::Text, "EMAIL"},
          {"name", Form::Text, "NAME"},
          {"days", Form::Text, "DAYS"}},
         run_token_add},
        {"keys rotate",
         {{"organisation", Form::Text, "SLUG"},
          {"master", Form::Flag},
          {"to", Form::Text, "file|environment|passphrase", false, {"file", "environment", "passphrase"}}},
         run_keys_rotate},
        {"token list", {{"organisation", Form::Text, "SLUG", true}}, run_token_list},
        {"token revoke", {{"id", Form::Positional, "ID", true}, {"organisation", Form::Text, "SLUG", true}}, run_token_revoke},
        {"import",
         {{"files", Form::Positionals, "FILE"},
          {"organisation", Form::Text, "SLUG|auto"},
          {"register", Form::Text, "NAME"},
          {"format", Form::Text, "FORMAT", false, exchange::import_formats()},
          {"mapping", Form::Text, "FILE.json|NAME"},
          {"show-mapping", Form::Flag},
          {"dry-run", Form::Flag},
          {"undo", Form::Text, "RUN"}},
         run_import},
        {"intake",
         {{"file", Form::Positional, "FILE", true}, {"organisation", Form::Text, "SLUG", true}, {"register", Form::Text, "REGISTER", true, {"breaches", "requests"}}},
         run_intake},
        {"export",
         {{"organisation", Form::Text, "SLUG", true},
          {"register", Form::Text, "NAME", true},
          {"format", Form::Text, "FORMAT", true},
          {"id", Form::Texts, "ID"},
          {"filter", Form::Text, "QUERY"},
          {"at", Form::Text, "DATE"},
          {"o", Form::Text, "FILE|-"}},
         run_export},
        {"agenda", {{"organisation", Option::Form::Text, "SLUG", true}, {"until", Option::Form::Text, "DATE"}}, run_agenda},
        {"lint",
         {{"file", Form::Positional, "FILE"},
          {"organisation", Form::Text, "SLUG"},
          {"format", Form::Text, "FORMAT", false, {"text", "json", "sarif"}},
          {"fail-on", Form::Text, "SEVERITY", false, {"blocking", "major", "minor", "advice"}}},
         run_lint},
        {"compliance-file",
         {{"organisation", Form::Text, "SLUG", true},
          {"o", Form::Text, "FILE", true},
          {"register", Form::Texts, "R"},
          {"at", Form::Text, "DATE|INSTANT"},
          {"without-attachments", Form::Flag},
          {"confidential", Form::Flag},
          {"reason", Form::Text, "CODE", false, reason_codes()}},
         run_compliance_file},
        {"verify", {{"file", Form::Positional, "FILE", true}, {"key", Form::Text, "KEY"}, {"checkpoint", Form::Text, "FILE"}}, run_verify},
        {"deadline breach", {{"aware", Form::Text, "T", true}, {"calendar", Form::Text, "C"}, {"zone", Form::Text, "Z"}}, run_deadline_breach},
        {"deadline request",
         {{"received", Form::Text, "D", true}, {"extended", Form::Flag}, {"pause", Form::Texts, "A..B"}, {"calendar", Form::Text, "C"}, {"zone", Form::Text, "Z"}},
         run_deadline_request},
        {"deadline consultation",
         {{"received", Form::Text, "D", true}, {"extended", Form::Flag}, {"pause", Form::Texts, "A..B"}, {"calendar", Form::Text, "C"}, {"zone", Form::Text, "Z"}},
         run_deadline_consultation},
        {"deadline indirect",
         {{"obtained", Form::Text, "D", true}, {"contact", Form::Text, "D"}, {"disclosed", Form::Text, "D"}, {"calendar", Form::Text, "C"}, {"zone", Form::Text, "Z"}},
         run_deadline_indirect},
        {"doctor", {{"reference", Form::Optional, "DIR"}, {"locale-keys", Form::Flag}, {"routes", Form::Flag}}, run_doctor},
        {"compact", {}, run_compact},
        {"migrate", {{"to", Form::Text, "URL|sqlite:DIR"}}, run_migrate},
        {"sign-in check", {{"name", Form::Positional, "NAME"}}, run_sign_in_check},
        {"mail test", {{"address", Form::Positional, "ADDRESS", true}}, run_mail_test},
        {"config", {}, run_config},
        {"version", {}, run_version},
    };
    return all;
}

}  // namespace greffier::cli
