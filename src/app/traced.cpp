#include "app/traced.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/text.hpp"

namespace greffier::app {

using web::Method;

namespace {

constexpr Traced all[] = {
    // accounts
    {Method::Post, "/sign-out", "signed_out"},
    {Method::Post, "/account/password", "password_changed"},
    {Method::Post, "/account/sessions/{session}/end", "session_ended"},
    {Method::Post, "/account/authenticator", "factor_added"},
    {Method::Post, "/account/authenticator/remove", "factor_removed"},
    {Method::Post, "/account/passkeys", "factor_added"},
    {Method::Post, "/account/passkeys/{passkey}/remove", "factor_removed"},
    {Method::Post, "/account/recovery-codes", "codes_renewed"},
    {Method::Post, "/account/identities/{identity}/unlink", "identity_unlinked"},
    {Method::Post, "/o/{organisation}/people/{id}/factors/reset", "factor_reset"},
    {Method::Post, "/welcome/{token}", "password_chosen"},
    {Method::Post, "/reset/{token}", "password_chosen"},
    {Method::Post, "/organisations", "organisation_added"},
    {Method::Post, "/o/{organisation}/settings", "settings_changed"},
    {Method::Post, "/o/{organisation}/settings/public/{page}", "settings_changed", "op"},
    {Method::Post, "/o/{organisation}/settings/reminders", "settings_changed", "op"},
    {Method::Post, "/account/calendar", "calendar_made"},
    {Method::Post, "/account/calendar/{feed}/revoke", "calendar_revoked"},
    {Method::Post, "/o/{organisation}/requests/{id}/follow-up", "follow_up_changed", "op"},
    {Method::Post, "/api/v1/organisations/{organisation}/consents/link", "link_given"},
    {Method::Post, "/o/{organisation}/consent-points/{id}/refresh", "link_given", "op"},
    {Method::Get, "/o/{organisation}/consents/{id}/receipt", "exported"},
    {Method::Get, "/o/{organisation}/profile/{id}/designation/file", "exported"},
    {Method::Get, "/api/v1/organisations/{organisation}/consents/{id}/receipt", "exported"},
    {Method::Post, "/o/{organisation}/requests/{id}/delivery", "follow_up_changed", "op"},
    {Method::Post, "/api/v1/organisations/{organisation}/requests/{id}/deliveries", "follow_up_changed"},
    {Method::Post, "/api/v1/organisations/{organisation}/requests/{id}/deliveries/withdraw", "follow_up_changed"},
    {Method::Post, "/o/{organisation}/purge/{register}/{id}", "purge_held", "op"},
    {Method::Post, "/o/{organisation}/trainings/{id}/invitation", "invitations_sent"},
    {Method::Post, "/api/v1/organisations/{organisation}/trainings/{id}/invitations", "invitations_sent"},
    {Method::Put, "/api/v1/organisations/{organisation}/public-pages/{page}", "settings_changed"},
    {Method::Post, "/o/{organisation}/settings/place", "organisation_moved"},
    {Method::Post, "/o/{organisation}/remove", "organisation_removed"},
    {Method::Post, "/o/{organisation}/close", "organisation_archived"},
    {Method::Post, "/o/{organisation}/reopen", "organisation_reopened"},
    {Method::Post, "/o/{organisation}/modules", "modules_switched", "on"},
    {Method::Post, "/o/{organisation}/look", "settings_changed"},
    {Method::Post, "/o/{organisation}/look/logo", "settings_changed"},
    {Method::Post, "/o/{organisation}/look/logo/remove", "settings_changed"},
    {Method::Post, "/o/{organisation}/organisations/{founding}/make", "organisations_made"},
    {Method::Post, "/o/{organisation}/organisations/{founding}/undo", "organisations_undone"},
    {Method::Post, "/o/{organisation}/like", "organisation_added", "part"},
    {Method::Post, "/o/{organisation}/people", "person_invited", "role,until,branch"},
    {Method::Post, "/o/{organisation}/people/{id}/role", "roles_changed", "role"},
    {Method::Post, "/o/{organisation}/people/{id}/revoke", "access_revoked"},
    {Method::Post, "/o/{organisation}/people/{id}/link", "link_given"},
    {Method::Post, "/o/{organisation}/people/reviews", "review_started"},
    {Method::Post, "/o/{organisation}/people/reviews/{review}", "review_answered", "op"},
    {Method::Post, "/o/{organisation}/people/reviews/{review}/abandon", "review_abandoned"},
    {Method::Get, "/o/{organisation}/people/reviews/{review}/export", "exported"},
    {Method::Post, "/o/{organisation}/people/movements", "movement_opened", "kind"},
    {Method::Post, "/o/{organisation}/people/movements/items", "movement_items_changed"},
    {Method::Post, "/o/{organisation}/people/movements/{movement}", "movement_ticked", "op,step"},
    {Method::Get, "/o/{organisation}/people/movements/{movement}/export", "exported"},
    {Method::Post, "/o/{organisation}/people/{id}/departure", "person_left"},
    {Method::Post, "/o/{organisation}/see-as", "see_as_asked", "days"},
    {Method::Post, "/o/{organisation}/see-as/{consent}/answer", "see_as_answered", "op"},
    {Method::Post, "/o/{organisation}/see-as/{consent}/withdraw", "see_as_withdrawn"},
    {Method::Post, "/o/{organisation}/tokens", "token_added", "role,days"},
    {Method::Post, "/o/{organisation}/tokens/{id}/revoke", "token_revoked"},
    {Method::Post, "/o/{organisation}/{register}/{id}/access", "record_access_changed", "restricted"},
    {Method::Put, "/api/v1/organisations/{organisation}/{register}/{id}/access", "record_access_changed"},
    // what leaves
    {Method::Get, "/o/{organisation}/{register}/export", "exported", "format,at"},
    {Method::Get, "/o/{organisation}/{register}/bulk/export", "exported", "format"},
    {Method::Get, "/o/{organisation}/accounts/matrix.csv", "exported"},
    {Method::Get, "/o/{organisation}/findings.json", "exported"},
    {Method::Get, "/o/{organisation}/findings.sarif", "exported"},
    {Method::Get, "/o/{organisation}/journal/export", "exported"},
    {Method::Get, "/journal/export", "exported"},
    {Method::Post, "/o/{organisation}/compliance-file", "exported", "", true},
    {Method::Post, "/api/v1/organisations/{organisation}/compliance-files", "exported", "", true},
    {Method::Get, "/o/{organisation}/compliance-file/{job}", "downloaded"},
    {Method::Get, "/api/v1/organisations/{organisation}/compliance-files/{job}/content", "downloaded"},
    {Method::Post, "/o/{organisation}/archive", "exported"},
    {Method::Get, "/o/{organisation}/archive/{job}", "downloaded"},
    {Method::Post, "/api/v1/organisations", "organisation_added"},
    {Method::Post, "/api/v1/organisations/{organisation}/move", "organisation_moved"},
    {Method::Post, "/api/v1/organisations/{organisation}/close", "organisation_archived"},
    {Method::Post, "/api/v1/organisations/{organisation}/reopen", "organisation_reopened"},
    {Method::Post, "/api/v1/organisations/{organisation}/people", "person_invited"},
    {Method::Put, "/api/v1/organisations/{organisation}/people/{id}/roles/{role}", "roles_changed"},
    {Method::Delete, "/api/v1/organisations/{organisation}/people/{id}/roles/{role}", "access_revoked"},
    {Method::Post, "/api/v1/organisations/{organisation}/access-reviews", "review_started"},
    {Method::Post, "/api/v1/organisations/{organisation}/access-reviews/{review}/finish", "review_answered"},
    {Method::Delete, "/api/v1/organisations/{organisation}/access-reviews/{review}", "review_abandoned"},
    {Method::Get, "/api/v1/organisations/{organisation}/people", "exported"},
    {Method::Get, "/api/v1/organisations/{organisation}/access-reviews/{review}/lines", "exported"},
    {Method::Get, "/api/v1/organisations/{organisation}/journal", "exported"},
    {Method::Get, "/api/v1/organisations/{organisation}/{register}/export", "exported", "format,at"},
    {Method::Get, "/o/{organisation}/{register}/{id}/attachments/{attachment}", "downloaded"},
    {Method::Get, "/api/v1/organisations/{organisation}/{register}/{id}/attachments/{attachment}", "downloaded"},
    // what comes in by hundreds
    {Method::Post, "/o/{organisation}/{register}/import", "imported"},
    {Method::Post, "/o/{organisation}/accounts/directory", "imported", "op,directory"},
    {Method::Post, "/api/v1/organisations/{organisation}/{register}/import", "imported"},
};

/// "people/<id>", "processings/<id>/attachments/<attachment>": the path within its organisation, without what opens something.
std::string subject_of(Traced const* row, web::Request const& request)
{
    if (row && row->path.find("{token}") != row->path.npos) return {};
    std::string_view path = request.path;
    for (std::string_view const start : {"/api/v1/organisations/", "/o/"})
        if (path.starts_with(start)) {
            path.remove_prefix(start.size());
            auto const slash = path.find('/');
            path = slash == path.npos ? std::string_view{} : path.substr(slash + 1);
            break;
        }
    return shorten(path, 200);
}

bool is_code(std::string_view text)
{
    return text.size() <= 40 && std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == ':' || c == '.' || c == 'T' || c == 'Z'; });
}

}  // namespace

std::span<Traced const> traced_routes() { return all; }

std::vector<Traced const*> traced_by_route(std::vector<accounts::Route> const& routes)
{
    std::vector<Traced const*> by_route(routes.size(), nullptr);
    for (auto const& row : all) {
        auto const found = std::ranges::find_if(routes, [&](auto const& route) { return route.method == row.method && route.path == row.path; });
        if (found == routes.end()) throw std::logic_error("the journal waits for a route that is not there: " + std::string{row.path});
        by_route[static_cast<std::size_t>(found - routes.begin())] = &row;
    }
    return by_route;
}

std::optional<accounts::JournalNote> note_of(Traced const* row, accounts::Context const& context, web::Request const& request, int status, bool restricted)
{
    if (status >= 400 || (row && row->by_handler)) return std::nullopt;
    bool const audited = context.actor && context.organisation && context.actor->organisation == context.organisation->id && !context.actor->roles.empty() &&
                         context.actor->role == accounts::Role::Auditor;
    auto const& seeing = context.seeing_as;   // each page of the organisation, under the name of the one who really looks
    bool const seen = seeing && context.organisation;
    if (!row && !audited && !seen && !restricted) return std::nullopt;
    accounts::JournalNote note;
    note.event = row ? row->event : seen ? "read_as" : restricted ? "restricted_read" : "read_by_auditor";
    if (context.organisation) note.organisation = context.organisation->id;
    if (context.actor) {
        note.person = seeing ? seeing->visitor : context.actor->person;
        if (!context.actor->id.is_nil()) note.actor = context.actor->id;
    }
    note.subject = subject_of(row, request);
    note.address = request.remote_address;
    if (row)
        for (auto const& field : split(row->kept_fields, ',')) {
            std::vector<std::string> codes;
            for (auto const* pairs : {&request.form, &request.query})
                for (auto const& value : pairs->all(field))
                    if (!value.empty() && is_code(value)) codes.push_back(value);
            if (!field.empty() && !codes.empty()) note.details[std::string{field}] = join(codes, ",");
        }
    return note;
}

}  // namespace greffier::app
