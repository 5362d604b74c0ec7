#include "records/followed_services.hpp"

#include "accounts/journal.hpp"
#include "accounts/renamed_services.hpp"

namespace greffier::records {

using storage::Session;
using storage::SqlText;

namespace {

std::vector<std::string> names_in(Register const& kind, schema::Row const& row)
{
    std::vector<std::string> names;
    auto const* field = kind.schema->find("services");
    if (!field || !field->rows) return names;
    if (auto const* rows = std::get_if<schema::Rows>(&schema::get(*kind.schema, row, "services")))
        for (auto const& each : *rows) names.push_back(schema::text_of(*field->rows, each, "name"));
    return names;
}

std::optional<PersonId> person_of(Session& session, Uuid actor)
{
    auto row = session.query(SqlText{"SELECT person_id FROM membership WHERE id=?"}, actor);
    return row.next() ? std::optional{row.id<greffier::Person>(0)} : std::nullopt;
}

}  // namespace

void follow_services(Session& session, OrganisationId organisation, Register const& kind, RecordId id, schema::Row const& was, schema::Row const& now, By const& by)
{
    if (kind.slug != "profile") return;
    auto const renamed = accounts::renamed_services(names_in(kind, was), names_in(kind, now));
    if (renamed.empty()) return;
    auto const roles = accounts::rename_in_roles(session, organisation, renamed);
    if (roles == 0) return;
    // The names stand in the two versions of the profile: the journal says whose roles followed, and keeps no text.
    accounts::Journal::keep_in(session, {.event = "services_renamed", .organisation = organisation, .person = person_of(session, by.actor), .actor = by.actor,
                                         .subject = "profile/" + id.text(), .details = {{"roles", std::to_string(roles)}}}, by.now);
}

}  // namespace greffier::records
