#include "records/hand_over.hpp"

#include "core/text.hpp"
#include "schema/schema.hpp"

namespace greffier::records {

using storage::Session;
using storage::SqlText;

namespace {

constexpr std::string_view owner_field = "owner";

/// The registers whose records somebody answers for by name and address.
std::vector<Register const*> owned(Registers const& registers)
{
    std::vector<Register const*> all;
    for (auto const* kind : registers.all())
        if (kind->schema->find(owner_field)) all.push_back(kind);
    return all;
}

bool answers_for(Register const& kind, schema::Row const& row, std::string const& email)
{
    auto const* owner = std::get_if<schema::Rows>(&schema::get(*kind.schema, row, owner_field));
    return owner && !owner->empty() && accounts::fold_email(schema::text_of(schema::contact_info(), owner->front(), "email")) == email;
}

/// What is closed is history, and stays as it is.
void each_of(Machinery const& machinery, OrganisationId organisation, std::string const& email, std::function<void(Register const&, Stored const&)> const& visit)
{
    Records const records{machinery, organisation, accounts::Sight::everything()};
    for (auto const* kind : owned(machinery.registers))
        records.each(*kind, std::nullopt, [&](Stored const& stored) {
            if (!kind->is_closed(stored.head.status) && answers_for(*kind, stored.row, email)) visit(*kind, stored);
        });
}

std::int64_t count(Session& session, SqlText text, OrganisationId organisation, ByteView whose)
{
    auto row = session.query(text, organisation, whose);
    row.next();
    return row.integer(0);
}

void hand_over_rest(Session& session, accounts::HandOver const& handing)
{
    // Where both have begun to write on the same record, each keeps their own: the former's is cleared away in time.
    // One that is sealed opens for the one who wrote it alone, and goes with them.
    session.execute(SqlText{"UPDATE draft SET person_id=? WHERE organisation_id=? AND person_id=? AND sealed=0 AND NOT EXISTS(SELECT 1 FROM draft o WHERE o.organisation_id=draft.organisation_id AND o.person_id=? "
                            "AND o.register=draft.register AND o.record_id=draft.record_id)"},
                    handing.to.id, handing.organisation, handing.from.id, handing.to.id);
    session.execute(SqlText{"UPDATE saved_view SET owner_id=? WHERE organisation_id=? AND owner_id=? AND shared=1 AND NOT EXISTS(SELECT 1 FROM saved_view o WHERE o.organisation_id=saved_view.organisation_id "
                            "AND o.owner_id=? AND o.register=saved_view.register AND o.name=saved_view.name)"},
                    handing.to_actor, handing.organisation, handing.from_actor, handing.to_actor);
}

}  // namespace

accounts::Belongings belongings_of(Machinery const& machinery, OrganisationId organisation, accounts::Person const& person, Uuid actor)
{
    accounts::Belongings found;
    each_of(machinery, organisation, person.email, [&](Register const&, Stored const& stored) {
        ++found.records;
        if (stored.head.review_at) ++found.reviews;
    });
    auto session = machinery.database.read_of(organisation);
    found.drafts = count(*session, SqlText{"SELECT count(*) FROM draft WHERE organisation_id=? AND person_id=?"}, organisation, ByteView{person.id.uuid.bytes});
    found.comments = count(*session, SqlText{"SELECT count(*) FROM record_comment WHERE organisation_id=? AND author_id=? AND deleted_at IS NULL"}, organisation, ByteView{actor.bytes});
    found.views = count(*session, SqlText{"SELECT count(*) FROM saved_view WHERE organisation_id=? AND owner_id=? AND shared=1"}, organisation, ByteView{actor.bytes});
    return found;
}

Result<accounts::HandedOver> hand_over(Machinery const& machinery, Session& session, accounts::HandOver const& handing)
{
    accounts::HandedOver handed;
    Batch batch(machinery, handing.organisation, session, {handing.actor, handing.now, handing.zone}, accounts::Sight::everything());
    schema::Row contact(schema::contact_info());
    schema::set(schema::contact_info(), contact, "name", handing.to.name);
    schema::set(schema::contact_info(), contact, "email", handing.to.email_shown);
    each_of(machinery, handing.organisation, handing.from.email, [&](Register const& kind, Stored const& stored) {
        Edit edit;
        edit.id = stored.head.id;
        edit.version = stored.head.version;
        edit.row = stored.row;
        schema::set(*kind.schema, edit.row, owner_field, schema::Rows{contact});
        edit.changes_validated = false;   // another person answers for what was validated; what was validated is the same
        edit.reason = handing.reason;
        // A record that today's form would refuse stays where it is, and is counted: nobody's departure waits for it.
        if (batch.update(kind, std::move(edit)).ok()) ++handed.records;
        else ++handed.left;
    });
    batch.finish();
    hand_over_rest(session, handing);
    handed.committed = batch.once_committed();
    return handed;
}

}  // namespace greffier::records
