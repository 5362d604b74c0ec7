// The API on people of an organisation and the roles they hold: the same store as the page, the same refusals.
#include <algorithm>

#include "accounts/letters.hpp"
#include "accounts/memberships.hpp"
#include "accounts/people.hpp"
#include "core/text.hpp"
#include "records/api_house.hpp"
#include "records/api_json.hpp"

namespace greffier::records::api {

using accounts::GrantTerms;
using accounts::Member;
using accounts::Memberships;
using accounts::Role;

namespace {

Memberships memberships_of(ApiServices const& services) { return Memberships(services.machinery.database); }

void write_person(JsonWriter& out, Member const& member)
{
    out.member("id", member.person.id.text()).member("email", member.person.email_shown).member("name", member.person.name).member("disabled", member.person.disabled);
    out.member("invited", !member.person.has_password).member("since", to_text(member.since)).key("roles").begin_array();
    for (auto const& held : member.held) {
        out.begin_object().member("role", accounts::code_of(held.role)).member("branch", held.branch).key("ends_at");
        if (held.ends_at) out.value(to_text(*held.ends_at));
        else out.null();
        out.key("from");
        if (held.from.empty()) out.null();
        else out.value(held.from);
        out.key("services").begin_array();
        for (auto const& name : held.services) out.value(name);
        out.end_array().end_object();
    }
    out.end_array();
}

/// A person of this organisation: others' ids do not exist here.
Result<Member> member_of(ApiServices const& services, Context const& context, std::optional<PersonId> id)
{
    if (id)
        for (auto& member : memberships_of(services).in(context.where().id))
            if (member.person.id == *id) return std::move(member);
    return Error::not_found();
}

Answer person_answer(ApiServices const& services, Context const& context, PersonId id, int status = 200)
{
    auto const member = TRY(member_of(services, context, id));
    JsonWriter out;
    out.begin_object();
    write_person(out, member);
    out.end_object();
    auto answer = Response::json(std::move(out).take(), status);
    if (status == 201) answer.header("Location", "/api/v1/organisations/" + context.where().slug + "/people/" + id.text());
    return answer;
}

Result<Role> role_named(std::string const& code)
{
    auto const role = accounts::parse_role(code);
    if (!role) return field_error("role", code.empty() ? "required" : "unknown_role", {{"value", shorten(code, 40)}});
    return *role;
}

constexpr std::size_t most_services = 200;

/// "until": the last day on which it holds, where the organisation is. A branch is for who runs it, or the installation.
/// Services that are not said stay as they are.
Result<GrantTerms> terms_of(ApiServices const& services, Context const& context, SentObject const& sent, Role role)
{
    GrantTerms terms;
    if (sent.has("services")) terms.services = TRY(sent.texts("services", most_services));
    if (role != Role::Contributor && terms.services && !terms.services->empty()) return field_error("services", "services_of_contributors");
    if (auto const text = TRY(sent.text("until", 20)); !text.empty()) {
        auto const day = parse_date(text);
        if (!day) return field_error("until", "bad_date", {{"value", text}});
        terms.ends_at = start_of_day(add_days(*day, 1), context.where().zone);
    }
    terms.branch = TRY(sent.truth("branch")).value_or(false);
    if (terms.branch && !runs_branch(services, context)) return Error::forbidden();
    return terms;
}

/// Whoever is invited chooses a password by a letter, where mail leaves and the public address is known.
void write_to(ApiServices const& services, Context const& context, storage::Session& session, accounts::Person const& person)
{
    auto const* accounts = services.accounts;
    if (!accounts || !accounts->sends_mail() || accounts->public_url.empty()) return;
    auto const token = accounts::OneTimeLinks::make_in(session, accounts::LinkPurpose::Welcome, person.id, context.now);
    auto letter = accounts::password_letter(person, accounts::LinkPurpose::Welcome, context.where().name, accounts->public_url, token, context.where().language, context.now);
    letter.organisation = context.where().id;
    accounts->post->outbox.queue(session, letter, context.now);
}

}  // namespace

Answer list_people(ApiServices const& services, Context& context, Request const& request)
{
    auto const members = memberships_of(services).in(context.where().id);
    return listed(request, members.size(), [&](std::size_t i) { return members[i].person.id.text(); }, [&](JsonWriter& out, std::size_t i) { write_person(out, members[i]); });
}

Answer show_person(ApiServices const& services, Context& context, Request const& request)
{
    auto const member = TRY(member_of(services, context, PersonId::parse(request.param("id"))));
    return person_answer(services, context, member.person.id);
}

Answer add_person(ApiServices const& services, Context& context, Request const& request)
{
    auto const sent = TRY(SentObject::read(request, {"email", "name", "role", "branch", "until", "services"}));
    auto const role = TRY(role_named(TRY(sent.text("role", 40))));
    auto const terms = TRY(terms_of(services, context, sent, role));
    accounts::NewPerson const wanted{.email = TRY(sent.text("email", 300)), .name = TRY(sent.text("name", 300))};
    return answer_once(services, context, request, [&]() -> Answer {
        accounts::People people(services.machinery.database);
        if (auto const known = people.find(wanted.email)) {
            TRY(memberships_of(services).grant(known->id, context.where().id, role, context.now, terms));
            return person_answer(services, context, known->id, 201);
        }
        auto const prepared = TRY(accounts::People::prepare(wanted, context.now));
        TRY(accounts::check_terms(role, terms, context.now));
        auto const person = TRY(services.machinery.database.write_result<accounts::Person>([&](storage::Session& session) -> Result<accounts::Person> {
            auto made = TRY(accounts::People::add_in(session, prepared));
            accounts::grant_on(session, made.id, context.where().id, role, terms, context.now, Uuid::make());
            write_to(services, context, session, made);
            return made;
        }));
        if (services.accounts && services.accounts->post) services.accounts->post->outbox.ring();
        return person_answer(services, context, person.id, 201);
    });
}

Answer grant_role(ApiServices const& services, Context& context, Request const& request)
{
    auto const member = TRY(member_of(services, context, PersonId::parse(request.param("id"))));
    auto const role = accounts::parse_role(request.param("role"));
    if (!role) return Error::not_found("unknown_role", {{"value", shorten(request.param("role"), 40)}});
    auto const sent = TRY(SentObject::read(request, {"branch", "until", "services"}));
    TRY(memberships_of(services).grant(member.person.id, context.where().id, *role, context.now, TRY(terms_of(services, context, sent, *role))));
    return person_answer(services, context, member.person.id);
}

Answer revoke_role(ApiServices const& services, Context& context, Request const& request)
{
    auto const member = TRY(member_of(services, context, PersonId::parse(request.param("id"))));
    auto const role = accounts::parse_role(request.param("role"));
    if (!role || !member.holds_here(*role)) return Error::not_found("unknown_role", {{"value", shorten(request.param("role"), 40)}});
    TRY(memberships_of(services).revoke(member.person.id, context.where().id, *role, context.now));
    return Response::no_content();
}

}  // namespace greffier::records::api
