// What may be written: each act checks its own conditions, then hands the whole record to the writer.
#include <algorithm>
#include <set>
#include <stdexcept>

#include "accounts/modules.hpp"
#include "core/text.hpp"
#include "records/gate.hpp"
#include "records/in_force.hpp"
#include "records/judging.hpp"
#include "records/made_title.hpp"
#include "records/record_writer.hpp"
#include "records/sealed_declaration.hpp"
#include "records/store.hpp"
#include "schema/diff.hpp"
#include "schema/json.hpp"

namespace greffier::records {

using schema::Row;
using storage::Session;
using storage::SqlText;

namespace {

Error refused(std::vector<FieldError> problems) { return {ErrorKind::Invalid, "invalid", {}, std::move(problems)}; }

bool is_own_question_unanswered(FieldError const& problem) { return problem.code == "required" && problem.field.starts_with(schema::custom_prefix); }

/// A stamped day that people may write themselves and did: it stands.
bool is_told_by_somebody(schema::SchemaInfo const& info, Row const& row, std::string_view field)
{
    auto const* stamped = info.find(field);
    return stamped && !stamped->read_only && !schema::is_empty(schema::get(info, row, field));
}

/// The day a status is entered, or the instant, as the field wants it.
schema::Value stamp_of(schema::SchemaInfo const& info, std::string_view field, RecordWriter const& writer)
{
    auto const* stamped = info.find(field);
    if (stamped && stamped->kind == schema::Kind::Timestamp) return writer.now();
    return writer.today();
}

/// Whoever adds or takes away a file is shown no question.
bool touches_files_alone(schema::SchemaInfo const& info, Row const& before, Row const& after)
{
    auto const changed = schema::changed_fields(info, before, after);
    return !changed.empty() && std::ranges::all_of(changed, [&](auto const& name) {
        auto const* field = info.find(name);
        return field && (field->kind == schema::Kind::Attachments || field->kind == schema::Kind::Attachment);
    });
}

}  // namespace

// Each act translates the register it is asked about to the one in force: what is read by another would lose, once
// written again, the answers that other does not know.
struct Batch::Impl {
    RecordWriter writer;
    InForce in_force;
    Examiner const& examiner;
    std::vector<RecordId> destroyed = {};

    /// What stands against a guarded step beside the findings of the record.
    std::vector<Finding> held_back(Register const& kind, Next const& next)
    {
        Circumstances circumstances;
        circumstances.today = writer.today();
        circumstances.status = next.status;
        circumstances.reference = next.reference;
        return records::held_back(examiner, {writer.organisation(), std::string{kind.slug}, next.id, kind.schema, &next.row, std::move(circumstances)}, writer.judge().around());
    }

    /// What the row may not be written for, by the register as it is now; also puts the row in its normal form.
    std::vector<FieldError> problems(Register const& kind, Row& row, Current const* current, std::string_view action = {})
    {
        schema::normalise(*kind.schema, row);
        if (lacks_title(kind, row)) make_title(kind, row, Locale{language()});
        auto const* const before = current ? &current->row : nullptr;
        auto found = schema::check(*kind.schema, row, writer.knows_term());
        if (current && current->key_destroyed) settle_destroyed(kind, row, found);
        // A file made elsewhere cannot answer what is asked here alone: whoever next edits the record will.
        if (action == "import" || action == "review" || (before && touches_files_alone(*kind.schema, *before, row))) std::erase_if(found, is_own_question_unanswered);
        if (found.empty()) found = in_force.unknown_links(kind, row, before);
        return found;
    }
    /// The organisation's.
    Language language()
    {
        auto row = writer.session().query(SqlText{"SELECT language FROM organisation WHERE id=?"}, writer.organisation());
        return row.next() ? parse_language(row.text(0)).value_or(Language::French) : Language::French;
    }
    /// Whoever writes for some services alone writes records of theirs: a new one that names none becomes one of theirs, and
    /// none is handed to a service where they would see it no more.
    Status keep_in_services(Register const& kind, Row& row, Row const* before)
    {
        auto const& sight = writer.sight();
        if (!before && !sight.may_create()) return Error::forbidden("writes_named_records_alone");
        if (!sight.limited_by() || kind.service_field.empty()) return Nothing{};
        auto const services = accounts::services_of(writer.session(), *sight.limited_by());
        auto const key = accounts::service_key(schema::text_of(*kind.schema, row, kind.service_field));
        if (before && key == accounts::service_key(schema::text_of(*kind.schema, *before, kind.service_field))) return Nothing{};
        if (std::ranges::find(services, key, &accounts::ServiceOf::service) != services.end()) return Nothing{};
        if (key.empty() && !before && services.size() == 1) {
            schema::set(*kind.schema, row, kind.service_field, services.front().name);
            return Nothing{};
        }
        std::vector<std::string> names;
        for (auto const& service : services) names.push_back(service.name);
        return refused({{std::string{kind.service_field}, "service_of_yours", {{"services", join(names, ", ")}}}});
    }
    /// Exactly these; the others are named no more. False when nothing changed.
    Result<bool> name_readers(RecordId record, std::vector<PersonId> const& wanted)
    {
        auto& session = writer.session();
        std::set<PersonId> named;
        {
            auto rows = session.query(SqlText{"SELECT person_id FROM record_reader WHERE organisation_id=? AND record_id=?"}, writer.organisation(), record);
            while (rows.next()) named.insert(rows.id<Person>(0));
        }
        bool changed = false;
        for (auto const& person : std::set<PersonId>(wanted.begin(), wanted.end())) {
            if (named.erase(person) > 0) continue;
            auto held = session.query(SqlText{"SELECT 1 FROM membership WHERE person_id=? AND organisation_id=? AND revoked_at IS NULL"}, person, writer.organisation());
            if (!held.next()) return refused({{"named", "unknown_choice", {{"value", person.text()}}}});
            session.execute(SqlText{"INSERT INTO record_reader(organisation_id, record_id, person_id, named_at, named_by) VALUES(?,?,?,?,?)"}, writer.organisation(), record, person,
                            writer.now(), writer.actor());
            changed = true;
        }
        for (auto const& person : named) {
            session.execute(SqlText{"DELETE FROM record_reader WHERE organisation_id=? AND record_id=? AND person_id=?"}, writer.organisation(), record, person);
            changed = true;
        }
        return changed;
    }
    /// The answer, in the declaration the caller reads by.
    Result<Stored> write(Register const& asked, Register const& kind, Next next, Current const* before)
    {
        // The one place that every write of a record passes: pages, API, imports, jobs, commands.
        auto const& house = writer.judge().house();
        if (house.archived) return Error::conflict("organisation_archived");
        if (accounts::is_off(house.modules_off, kind.slug)) return Error::not_found("module_off");
        auto stored = writer.write(kind, std::move(next), before);
        stored.row = schema::carry(*kind.schema, std::move(stored.row), *asked.schema);
        return stored;
    }
};

Batch::Batch(Machinery const& machinery, OrganisationId organisation, Session& session, By by, accounts::Sight const& sight)
    : impl_(new Impl{{machinery, organisation, session, std::move(by), sight}, {machinery, organisation, session, sight}, machinery.examiner})
{
    session.lock(organisation);   // what it reads decides what it writes
}
Batch::~Batch() = default;

void Batch::set_now(Timestamp now) { impl_->writer.set_now(now); }

Result<Stored> Batch::create(Register const& asked, NewRecord record)
{
    auto const& kind = impl_->in_force.of(asked);
    record.row = schema::carry(*asked.schema, std::move(record.row), *kind.schema);
    TRY(impl_->keep_in_services(kind, record.row, nullptr));
    if (auto found = impl_->problems(kind, record.row, nullptr, record.action); !found.empty()) return refused(std::move(found));
    if (record.status.empty()) record.status = kind.first_status();
    if (!kind.has_status(record.status)) return Error{ErrorKind::Invalid, "invalid", {}, {{"status", "unknown_choice", {{"value", record.status}}}}};
    if (kind.single && impl_->writer.judge().around().count(kind.slug) > 0) return Error::conflict("single_record");
    Next next;
    next.id = RecordId::make();
    next.reference = TRY(impl_->writer.reference_for(kind, std::move(record.reference), next.id));
    next.status = std::move(record.status);
    next.action = std::move(record.action);
    next.import_key = std::move(record.import_key);
    next.reason = std::move(record.reason);
    next.row = std::move(record.row);
    return impl_->write(asked, kind, std::move(next), nullptr);
}

Result<Stored> Batch::update(Register const& asked, Edit edit)
{
    auto const& kind = impl_->in_force.of(asked);
    auto const current = TRY(impl_->writer.expect(kind, edit.id, edit.version));
    if (kind.is_closed(current.head.status)) return Error::conflict("closed_record");
    edit.row = schema::carry(*asked.schema, std::move(edit.row), *kind.schema, current.row);
    schema::normalise(*kind.schema, edit.row, schema::NewRows::StayNameless);
    schema::keep_row_ids(*kind.schema, current.row, edit.row);
    if (auto found = impl_->problems(kind, edit.row, &current, edit.action); !found.empty()) return refused(std::move(found));
    TRY(impl_->keep_in_services(kind, edit.row, &current.row));
    Next next;
    next.id = edit.id;
    next.version = current.head.version + 1;
    next.reference = current.head.reference;
    if (edit.reference && *edit.reference != current.head.reference) next.reference = TRY(impl_->writer.reference_for(kind, *edit.reference, edit.id));
    next.stored = schema::to_stored(*kind.schema, edit.row);
    bool const same = next.reference == current.head.reference && next.stored == schema::to_stored(*kind.schema, current.row);
    if (same) return Stored{current.head, schema::carry(*kind.schema, current.row, *asked.schema), current.destroyed};   // saving nothing writes no version and no entry
    next.status = current.head.status;
    if (kind.is_settled(next.status) && schema::touches_material(*kind.schema, current.row, edit.row)) {
        if (!edit.changes_validated) return Error::conflict("changes_validated_unanswered", {{"status", next.status}});
        if (*edit.changes_validated) next.status = kind.unsettled;
    }
    next.action = std::move(edit.action);
    next.reason = std::move(edit.reason);
    next.row = std::move(edit.row);
    return impl_->write(asked, kind, std::move(next), &current);
}

Result<Stored> Batch::change_status(Register const& asked, StatusChange const& change)
{
    auto const& kind = impl_->in_force.of(asked);
    auto const current = TRY(impl_->writer.expect(kind, change.id, change.version));
    auto const* step = kind.transition(current.head.status, change.status);
    if (!step) return Error::conflict("no_transition", {{"from", current.head.status}, {"to", change.status}});
    if (step->needs_reason && is_blank(change.reason)) return Error{ErrorKind::Invalid, "invalid", {}, {{"reason", "required", {}}}};
    if (step->needs_decision || !change.decision.empty()) {
        if (is_blank(change.decision.by)) return Error{ErrorKind::Invalid, "invalid", {}, {{"decided_by", "required", {}}}};
        if (!change.decision.on) return Error{ErrorKind::Invalid, "invalid", {}, {{"decided_on", "required", {}}}};
        if (*change.decision.on > impl_->writer.today()) return Error{ErrorKind::Invalid, "invalid", {}, {{"decided_on", "in_the_future", {}}}};
    }
    Next next;
    next.id = change.id;
    next.version = current.head.version + 1;
    next.reference = current.head.reference;
    next.status = change.status;
    next.action = "status";
    next.reason = squeeze(change.reason);
    next.decision = change.decision;
    next.row = current.row;
    for (auto const& stamp : kind.stamps)
        if (stamp.status == change.status && !is_told_by_somebody(*kind.schema, next.row, stamp.field)) schema::set(*kind.schema, next.row, stamp.field, stamp_of(*kind.schema, stamp.field, impl_->writer));
    if (step->guarded && change.decision.empty()) {
        auto found = impl_->writer.findings_of(kind, next);
        for (auto& one : impl_->held_back(kind, next)) found.push_back(std::move(one));
        auto const blocking = std::ranges::count(found, Severity::Blocking, &Finding::severity);
        if (blocking > 0) return Error::conflict("blocked_by_findings", {{"count", std::to_string(blocking)}});
    }
    return impl_->write(asked, kind, std::move(next), &current);
}

Result<Stored> Batch::review(Register const& asked, RecordId id, std::int64_t version, std::string reviewer, std::optional<Date> next_review)
{
    auto const& kind = impl_->in_force.of(asked);
    auto const current = TRY(impl_->writer.expect(kind, id, version));
    if (kind.reviewed_field.empty()) return Error::conflict("not_reviewable");
    if (kind.is_closed(current.head.status)) return Error::conflict("closed_record");
    auto const today = impl_->writer.today();
    if (next_review && *next_review <= today) return Error{ErrorKind::Invalid, "invalid", {}, {{std::string{kind.review_field}, "must_be_later", {}}}};
    Next next;
    next.id = id;
    next.version = current.head.version + 1;
    next.reference = current.head.reference;
    next.status = current.head.status;
    next.action = "review";
    next.row = current.row;
    schema::set(*kind.schema, next.row, kind.reviewed_field, today);
    schema::set(*kind.schema, next.row, kind.reviewer_field, reviewer);
    schema::set(*kind.schema, next.row, kind.review_field, next_review.value_or(add_months(today, 12)));
    if (auto found = impl_->problems(kind, next.row, &current, next.action); !found.empty()) return refused(std::move(found));
    return impl_->write(asked, kind, std::move(next), &current);
}

Result<Stored> Batch::remove(Register const& asked, RecordId id, std::int64_t version)
{
    auto const& kind = impl_->in_force.of(asked);
    if (kind.single) return Error::conflict("single_record");
    auto const current = TRY(impl_->writer.expect(kind, id, version));
    Next next{id, current.head.version + 1, current.head.reference, current.head.status, "delete", {}, {}, {}, current.row, true};
    return impl_->write(asked, kind, std::move(next), &current);
}

Result<Stored> Batch::restore(Register const& asked, RecordId id)
{
    auto const& kind = impl_->in_force.of(asked);
    auto const current = impl_->writer.by_id(kind, id);
    if (!current) return Error::not_found();
    if (!current->head.deleted_at) return Error::conflict("not_deleted");
    Next next{id, current->head.version + 1, current->head.reference, current->head.status, "restore", {}, {}, {}, current->row, false};
    if (impl_->writer.is_taken(kind, next.reference, id)) next.reference = impl_->writer.next_reference(kind);
    return impl_->write(asked, kind, std::move(next), &*current);
}

Result<Stored> Batch::set_access(Register const& asked, AccessChange const& change)
{
    auto const& kind = impl_->in_force.of(asked);
    auto& writer = impl_->writer;
    auto const current = TRY(writer.expect(kind, change.id, change.version));
    bool const changes = change.restricted != current.head.restricted;
    if (length_utf8(change.reason) > 2000) return refused({{"reason", "too_long", {{"max", "2000"}}}});
    if (changes && is_blank(change.reason)) return refused({{"reason", "required", {}}});
    auto named = change.named;
    // Whoever hides a record from their own role goes on seeing it, and can say otherwise afterwards.
    if (change.restricted && changes && !writer.sight().sees_restricted() && writer.sight().person()) named.push_back(*writer.sight().person());
    (void)TRY(impl_->name_readers(change.id, named));
    if (!changes) return Stored{current.head, schema::carry(*kind.schema, current.row, *asked.schema)};
    // What was answered to repeated requests may show what is hidden now.
    writer.session().execute(SqlText{"DELETE FROM idempotency WHERE organisation_id=?"}, writer.organisation());
    Next next;
    next.id = change.id;
    next.version = current.head.version + 1;
    next.reference = current.head.reference;
    next.status = current.head.status;
    next.action = change.restricted ? "restrict" : "unrestrict";
    next.reason = squeeze(change.reason);
    next.row = current.row;
    next.restricted = change.restricted;
    return impl_->write(asked, kind, std::move(next), &current);
}

Result<Stored> Batch::destroy(Register const& asked, RecordId id, std::int64_t version, std::string reason)
{
    auto const& kind = impl_->in_force.of(asked);
    if (!kind.sealed) return Error::conflict("not_sealed");
    if (is_blank(reason)) return Error{ErrorKind::Invalid, "invalid", {}, {{"reason", "required", {}}}};
    auto& writer = impl_->writer;
    auto const before = TRY(writer.expect(kind, id, version));
    if (!writer.sealing()->destroy_record_key(writer.session(), writer.organisation(), id, writer.now())) return Error::conflict("already_destroyed");
    impl_->destroyed.push_back(id);
    // What was typed and not saved, and what files said, held the same values.
    writer.session().execute(SqlText{"DELETE FROM draft WHERE organisation_id=? AND register=? AND record_id=?"}, writer.organisation(), kind.slug, id);
    writer.session().execute(SqlText{"DELETE FROM import_base WHERE rid=?"}, before.rid);
    writer.session().execute(SqlText{"DELETE FROM import_before WHERE record_id=?"}, id);
    auto current = writer.by_id(kind, id);   // as it reads from now on
    Next next{id, current->head.version + 1, current->head.reference, current->head.status, "destroy", squeeze(reason), {}, {}, current->row};
    return impl_->write(asked, kind, std::move(next), &*current);
}

std::optional<Stored> Batch::find(Register const& kind, RecordId id, bool deleted_too)
{
    auto found = impl_->writer.by_id(kind, id);
    if (!found || (found->head.deleted_at && !deleted_too)) return std::nullopt;
    return Stored{std::move(found->head), std::move(found->row), std::move(found->destroyed)};
}

std::optional<Stored> Batch::find_by_reference(Register const& kind, std::string_view reference)
{
    auto found = impl_->writer.by_reference(kind, reference);
    if (!found) return std::nullopt;
    return Stored{std::move(found->head), std::move(found->row), std::move(found->destroyed)};
}

std::optional<Stored> Batch::find_by_import_key(Register const& kind, std::string_view key)
{
    auto found = impl_->writer.by_import_key(kind, key);
    if (!found) return std::nullopt;
    return Stored{std::move(found->head), std::move(found->row), std::move(found->destroyed)};
}

std::optional<Row> Batch::import_base(Register const& kind, RecordId id, std::string_view source)
{
    auto& writer = impl_->writer;
    auto rows = writer.seen()->query(SqlText{"SELECT i.body FROM import_base i JOIN record r ON r.rid=i.rid WHERE r.organisation_id=? AND r.id=? AND i.source=?"},
                                       writer.organisation(), id, source);
    if (!rows.next()) return std::nullopt;
    return writer.reader(kind).row({id, 0, kind.schema->version, rows.view(0)});
}

void Batch::keep_import_base(Register const& kind, RecordId id, std::string_view source, Row const& row)
{
    auto& writer = impl_->writer;
    std::string body;
    if (!kind.sealed) {
        body = schema::to_stored(*kind.schema, row);
    } else {
        auto const held = writer.sealing()->record_key(writer.session(), writer.organisation(), id);
        if (!held.key) return;   // destroyed: what a file says of the record is not kept any more
        body = sealed_body(*held.key, writer.organisation(), kind, id, 0, row);   // no version of the record: 0
    }
    writer.session().execute(SqlText{"INSERT INTO import_base(rid, source, body) SELECT rid, ?, ? FROM record WHERE organisation_id=? AND id=? "
                                   "ON CONFLICT(rid, source) DO UPDATE SET body=excluded.body WHERE import_base.body<>excluded.body"},
                             source, body, writer.organisation(), id);
}

void Batch::keep_import_key(Register const& kind, RecordId id, std::string_view key)
{
    impl_->writer.session().execute(SqlText{"UPDATE record SET import_key=NULL WHERE organisation_id=? AND register=? AND import_key=? AND id<>?"}, impl_->writer.organisation(), kind.slug, key, id);
    impl_->writer.session().execute(SqlText{"UPDATE record SET import_key=? WHERE organisation_id=? AND id=? AND register=? AND (import_key IS NULL OR import_key<>?)"},
                           key, impl_->writer.organisation(), id, kind.slug, key);
}

std::vector<RecordId> Batch::ids_by_title(Register const& kind, std::string_view title)
{
    std::vector<RecordId> ids;
    auto const key = sort_key(title);
    auto rows = impl_->writer.seen()->query(SqlText{"SELECT id FROM record WHERE organisation_id=? AND register=? AND title_key=? AND deleted_at IS NULL ORDER BY id LIMIT 20"},
                                     impl_->writer.organisation(), kind.slug, key);
    while (rows.next()) ids.push_back(rows.id<Record>(0));
    return ids;
}

void Batch::tell_together(Uuid act) { impl_->writer.tell_together(act); }
void Batch::finish() { impl_->writer.finish(); }

std::function<void()> Batch::once_committed()
{
    return [made = impl_->writer.judge().around().made(), sealing = impl_->writer.sealing(), organisation = impl_->writer.organisation(), destroyed = impl_->destroyed] {
        remember_digests(made);
        for (auto const id : destroyed) sealing->tell_destroyed(organisation, id);
    };
}

int examine_all(Machinery const& machinery, OrganisationId organisation, Timestamp now, std::string const& zone)
{
    int changed = 0;
    auto const done = machinery.database.write([&](Session& session) -> Status {
        changed = examine_in(machinery, organisation, session, now, zone);
        return Nothing{};
    });
    if (!done.ok()) throw std::runtime_error("the findings could not be written: " + done.error().code);
    return changed;
}

}  // namespace greffier::records
