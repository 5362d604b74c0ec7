#include <ostream>

#include "accounts/letters.hpp"
#include "cli/commands.hpp"
#include "cli/password.hpp"
#include "cli/table.hpp"
#include "core/json_writer.hpp"

namespace greffier::cli {

namespace {

using Use = app::OpenWish::Use;
constexpr std::string_view installation_role = "installation_administrator";

Result<accounts::Person> person_of(app::Application& application, std::string const& email)
{
    auto found = application.people.find(email);
    if (!found) return Error::not_found("cli_unknown_person", {{"email", shorten(email, 80)}});
    return std::move(*found);
}

/// Roles of a new account: as asked; the first account of an installation administers it, as its set-up page would have it.
struct Grants {
    std::optional<accounts::Role> role;
    std::vector<accounts::OrganisationInfo> organisations;
    bool installation = false, branch = false;
    std::optional<Date> last_day;
    std::optional<std::vector<std::string>> services;   ///< absent: as they are
};

Result<Grants> grants_asked(Invocation& call, app::Application& application)
{
    Grants grants;
    auto const role = call.text("role");
    if (role == installation_role) grants.installation = true;
    else grants.role = accounts::parse_role(role);
    for (auto const& slug : call.texts("organisation")) grants.organisations.push_back(TRY(organisation_of(application, slug)));
    if (grants.role && grants.organisations.empty()) return Error::invalid("cli_missing", {{"option", "--organisation"}});
    grants.branch = call.has("branch");
    if (call.has("until")) {
        grants.last_day = parse_date(call.text("until"));
        if (!grants.last_day) return Error::invalid("cli_bad_date", {{"value", shorten(call.text("until"), 40)}});
    }
    if (call.has("service") && call.has("all-services")) return Error::invalid("cli_services_and_all");
    if (call.has("service")) grants.services = call.texts("service");
    else if (call.has("all-services")) grants.services.emplace();
    if (grants.services && grants.role != accounts::Role::Contributor) return Error::invalid("services_of_contributors");
    if (!grants.role && !grants.organisations.empty()) return Error::invalid("cli_missing", {{"option", "--role"}});
    return grants;
}

Status give(app::Application& application, PersonId person, Grants const& grants)
{
    auto const now = application.now();
    if (grants.installation) TRY(application.memberships.grant_installation(person, now));
    for (auto const& organisation : grants.organisations) {
        accounts::GrantTerms terms{.branch = grants.branch, .services = grants.services};
        if (grants.last_day) terms.ends_at = start_of_day(add_days(*grants.last_day, 1), organisation.zone);
        TRY(application.memberships.grant(person, organisation.id, *grants.role, now, terms));
    }
    return Nothing{};
}

struct Held {
    std::string organisation;   ///< slug, empty for the installation
    std::string role;
    std::vector<std::string> services = {};   ///< of a contributor: these alone
};

std::vector<Held> held_by(app::Application& application, PersonId person)
{
    std::vector<Held> held;
    if (application.memberships.is_installation_administrator(person)) held.push_back({"", std::string{installation_role}});
    for (auto const& membership : application.memberships.held_by(person)) {
        auto const organisation = application.organisations.find(membership.organisation);
        for (auto const role : membership.roles) {
            held.push_back({organisation ? organisation->slug : "", std::string{code_of(role)}});
            if (role != accounts::Role::Contributor || !membership.limited_by) continue;
            auto session = application.database->read();
            for (auto& one : accounts::services_of(*session, *membership.limited_by)) held.back().services.push_back(std::move(one.name));
        }
    }
    return held;
}

void write_person(JsonWriter& out, app::Application& application, accounts::Person const& person)
{
    out.begin_object().member("id", person.id.text()).member("email", person.email_shown).member("name", person.name);
    out.member("disabled", person.disabled).member("created_at", to_text(person.created_at)).key("roles").begin_array();
    for (auto const& held : held_by(application, person.id)) {
        out.begin_object();
        if (held.organisation.empty()) out.null_member("organisation");
        else out.member("organisation", held.organisation);
        out.member("role", held.role);
        if (!held.services.empty()) {
            out.key("services").begin_array();
            for (auto const& name : held.services) out.value(name);
            out.end_array();
        }
        out.end_object();
    }
    out.end_array().end_object();
}

std::string words_of(Invocation const& call, Held const& held)
{
    auto const role = held.role == installation_role ? call.say("cli.role.installation_administrator") : call.say("role." + held.role);
    auto words = held.organisation.empty() ? role : role + " (" + held.organisation + ")";
    if (!held.services.empty()) words += ", " + call.say("accounts.people.for_services", {{"services", join(held.services, ", ")}});
    return words;
}

Result<int> show(Invocation& call, app::Application& application, accounts::Person const& person, std::string_view sentence)
{
    if (call.json()) {
        JsonWriter out;
        write_person(out, application, person);
        call.out << out.text() << "\n";
        return 0;
    }
    call.tell(sentence, {{"email", person.email_shown}});
    auto const held = held_by(application, person.id);
    for (auto const& each : held) call.out << "  " << words_of(call, each) << "\n";
    if (held.empty() && !person.disabled) call.tell("cli.user.no_role", {{"email", person.email_shown}});
    return 0;
}

}  // namespace

Result<int> run_user_add(Invocation& call)
{
    auto application = TRY(call.open(Use::Write));
    auto grants = TRY(grants_asked(call, *application));
    if (!call.has("role") && application->memberships.installation_is_new()) grants.installation = true;
    accounts::NewPerson wanted;
    wanted.email = call.text("email");
    wanted.name = call.has("name") ? call.text("name") : wanted.email.substr(0, wanted.email.find('@'));
    if (application->people.find(wanted.email)) return Error::conflict("email_taken");   // before asking for a password
    wanted.password = TRY(read_password(call));
    auto const person = TRY(application->people.add(std::move(wanted), application->now()));
    TRY(give(*application, person.id, grants));
    return show(call, *application, person, "cli.user.added");
}

Result<int> run_user_grant(Invocation& call)
{
    auto application = TRY(call.open(Use::Write));
    auto const person = TRY(person_of(*application, call.text("email")));
    auto const grants = TRY(grants_asked(call, *application));
    TRY(give(*application, person.id, grants));
    return show(call, *application, person, "cli.user.granted");
}

Result<int> run_user_password(Invocation& call)
{
    auto application = TRY(call.open(Use::Write));
    auto const person = TRY(person_of(*application, call.text("email")));
    auto const password = TRY(read_password(call));
    TRY(application->people.set_password(person.id, password));
    auto const now = application->now();
    TRY(application->database->write([&](storage::Session& session) -> Status {
        session.lock_nothing();
        application->outbox.queue(session, accounts::password_changed_letter(person, application->config.text("public-url"), call.locale.language(), now), now);
        return Nothing{};
    }));
    return show(call, *application, person, "cli.user.password_set");
}

Result<int> run_user_reset_factor(Invocation& call)
{
    auto application = TRY(call.open(Use::Write));
    auto const person = TRY(person_of(*application, call.text("email")));
    TRY(application->database->write([&](storage::Session& session) -> Status {
        accounts::Factors::reset_in(session, person.id);
        application->outbox.queue(session, accounts::factor_letter(person, accounts::FactorNews::Reset, application->config.text("public-url"), call.locale.language(), application->now()), application->now());
        return Nothing{};
    }));
    return show(call, *application, person, "cli.user.factor_reset");
}

Result<int> run_user_disable(Invocation& call)
{
    auto application = TRY(call.open(Use::Write));
    auto const person = TRY(person_of(*application, call.text("email")));
    TRY(application->people.disable(person.id, application->now()));
    return show(call, *application, *application->people.find(person.id), "cli.user.disabled");
}

Result<int> run_user_enable(Invocation& call)
{
    auto application = TRY(call.open(Use::Write));
    auto const person = TRY(person_of(*application, call.text("email")));
    TRY(application->people.enable(person.id));
    return show(call, *application, *application->people.find(person.id), "cli.user.enabled");
}

Result<int> run_user_list(Invocation& call)
{
    auto application = TRY(call.open(Use::Read));
    auto const people = application->people.list();
    if (call.json()) {
        JsonWriter out;
        out.begin_object().key("items").begin_array();
        for (auto const& person : people) write_person(out, *application, person);
        out.end_array().member("page", 1).member("per_page", people.size()).member("total", people.size()).end_object();
        call.out << out.text() << "\n";
        return 0;
    }
    std::vector<std::vector<std::string>> rows;
    for (auto const& person : people) {
        std::vector<std::string> roles;
        for (auto const& held : held_by(*application, person.id)) roles.push_back(words_of(call, held));
        rows.push_back({person.email_shown, person.name, call.say(person.disabled ? "cli.state.disabled" : "cli.state.active"), join(roles, ", ")});
    }
    print_table(call.out, {call.say("cli.column.email"), call.say("cli.column.name"), call.say("cli.column.state"), call.say("cli.column.roles")}, rows);
    return 0;
}

}  // namespace greffier::cli
