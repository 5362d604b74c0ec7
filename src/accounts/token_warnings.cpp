#include "accounts/token_warnings.hpp"

#include <vector>

#include "accounts/letters.hpp"

namespace greffier::accounts {

using storage::Session;
using storage::SqlText;

namespace {

struct Warned {
    Person person;
    OrganisationId organisation;
    Language language = Language::French;
    EndingToken token;
};

std::vector<Warned> to_warn(storage::Database& database, std::string const& base, Timestamp now)
{
    std::vector<Warned> all;
    auto session = database.read();
    auto rows = session->query(SqlText{"SELECT DISTINCT t.id, t.name, t.expires_at, o.id, o.slug, o.name, o.zone, o.language, p.id, p.email_shown, p.name, p.language FROM api_token t "
                                       "JOIN organisation o ON o.id=t.organisation_id "
                                       "JOIN membership m ON m.organisation_id=o.id AND m.revoked_at IS NULL AND (m.person_id=t.person_id OR (t.person_id IS NULL AND m.role='administrator')) "
                                       "JOIN person p ON p.id=m.person_id AND p.disabled_at IS NULL "
                                       "WHERE t.revoked_at IS NULL AND t.expires_at>? AND t.expires_at<=? AND t.created_at<t.expires_at-? ORDER BY t.expires_at, t.id, p.id"},
                               now, now + token_warning, std::chrono::milliseconds{token_warning}.count());
    while (rows.next()) {
        Warned one;
        one.token = {.id = rows.uuid(0).text(), .name = rows.text(1), .organisation = rows.text(5), .address = base.empty() ? std::string{} : base + "/o/" + rows.text(4) + "/tokens", .zone = rows.text(6),
                     .ends_at = rows.timestamp(2)};
        one.organisation = rows.id<Organisation>(3);
        one.language = parse_language(rows.view(7)).value_or(Language::French);
        one.person.id = rows.id<greffier::Person>(8);
        one.person.email_shown = rows.text(9);
        one.person.name = rows.text(10);
        one.person.language = parse_language(rows.view(11));
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace

int warn_of_ending_tokens(storage::Database& database, mail::Outbox& outbox, std::string const& base, Timestamp now)
{
    if (!outbox.sends()) return 0;
    int queued = 0;
    for (auto const& one : to_warn(database, base.ends_with('/') ? base.substr(0, base.size() - 1) : base, now)) {
        auto letter = token_letter(one.person, one.token, one.language);
        letter.organisation = one.organisation;
        (void)database.write([&](Session& session) -> Status {
            session.lock_nothing();
            if (outbox.queue(session, letter, now)) ++queued;
            return Nothing{};
        });
    }
    if (queued > 0) outbox.ring();
    return queued;
}

}  // namespace greffier::accounts
