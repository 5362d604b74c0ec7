// The API on organisations themselves: one more below the token's, its place in the tree, its archived state.
#include "accounts/memberships.hpp"
#include "core/text.hpp"
#include "records/api_house.hpp"
#include "records/api_json.hpp"

namespace greffier::records::api {

using accounts::OrganisationInfo;

namespace {

Response organisation_answer(OrganisationInfo const& organisation, int status = 200)
{
    JsonWriter out;
    out.begin_object();
    write_organisation(out, organisation);
    out.end_object();
    auto answer = Response::json(std::move(out).take(), status);
    if (status == 201) answer.header("Location", "/api/v1/organisations/" + organisation.slug);
    return answer;
}

Answer as_it_is_now(ApiServices const& services, Context const& context)
{
    auto const found = services.organisations.find(context.where().id);
    if (!found) return Error::not_found();
    return organisation_answer(*found);
}

std::optional<accounts::Membership> membership_of(ApiServices const& services, Context const& context)
{
    auto const& who = context.who();
    if (!who.person) return std::nullopt;
    return accounts::Memberships(services.machinery.database).of(*who.person, who.organisation);
}

}  // namespace

bool runs_installation(ApiServices const& services, Context const& context)
{
    return context.who().person && accounts::Memberships(services.machinery.database).is_installation_administrator(*context.who().person);
}

bool runs_branch(ApiServices const& services, Context const& context)
{
    auto const membership = membership_of(services, context);
    return (membership && membership->over_branch) || runs_installation(services, context);
}

Answer create_organisation(ApiServices const& services, Context& context, Request const& request)
{
    if (!runs_branch(services, context)) return Error::forbidden();
    auto const sent = TRY(SentObject::read(request, {"name", "slug", "kind", "language", "zone"}));
    accounts::NewOrganisation wanted;
    wanted.name = TRY(sent.text("name", 1000));
    wanted.slug = TRY(sent.text("slug", 100));
    if (sent.has("kind")) wanted.kind = TRY(sent.text("kind", 60));
    wanted.zone = sent.has("zone") ? TRY(sent.text("zone", 100)) : context.where().zone;
    wanted.language = context.where().language;
    if (sent.has("language")) {
        auto const language = parse_language(TRY(sent.text("language", 10)));
        if (!language) return field_error("language", "unknown_choice", {{"value", TRY(sent.text("language", 10))}});
        wanted.language = *language;
    }
    if (wanted.slug.empty() && !is_blank(wanted.name)) wanted.slug = make_slug(wanted.name);
    // A token knows one organisation: what it makes stands below that one.
    wanted.parent = context.where().id;
    return answer_once(services, context, request, [&]() -> Answer {
        auto made = TRY(services.organisations.add(wanted, context.now));
        return organisation_answer(made, 201);
    });
}

Answer move_organisation(ApiServices const& services, Context& context, Request const& request)
{
    if (!runs_installation(services, context)) return Error::forbidden();
    auto const sent = TRY(SentObject::read(request, {"parent"}));
    std::optional<OrganisationId> parent;
    if (auto const slug = TRY(sent.text("parent", 100)); !slug.empty()) {
        auto const found = services.organisations.find(slug);
        if (!found) return field_error("parent", "unknown_organisation", {{"value", slug}});
        parent = found->id;
    }
    TRY(services.organisations.move(context.where().id, parent, context.now));
    return as_it_is_now(services, context);
}

Answer close_organisation(ApiServices const& services, Context& context, Request const& request)
{
    TRY(read_texts(request, {}));
    TRY(services.organisations.archive(context.where().id, context.now));
    return as_it_is_now(services, context);
}

Answer reopen_organisation(ApiServices const& services, Context& context, Request const& request)
{
    TRY(read_texts(request, {}));
    TRY(services.organisations.reopen(context.where().id));
    if (services.accounts && services.accounts->judge_again) services.accounts->judge_again(context.where().id, context.now);
    return as_it_is_now(services, context);
}

}  // namespace greffier::records::api
