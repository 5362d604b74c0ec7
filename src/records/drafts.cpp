#include "records/drafts.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "core/json_writer.hpp"
#include "core/text.hpp"
#include "core/key_wrap.hpp"
#include "records/sealing.hpp"
#include "records/store.hpp"
#include "records/version_body.hpp"

namespace greffier::records {

using storage::Session;
using storage::SqlText;

namespace {

std::string to_text(web::Pairs const& fields)
{
    JsonWriter out;
    out.begin_array();
    for (auto const& [name, value] : fields) out.begin_array().value(name).value(value).end_array();
    out.end_array();
    return std::move(out).take();
}

web::Pairs read_fields(std::string_view text)
{
    web::Pairs fields;
    for (auto const& pair : nlohmann::json::parse(text)) fields.add(pair.at(0).get<std::string>(), pair.at(1).get<std::string>());
    return fields;
}

std::size_t size_of(web::Pairs const& fields)
{
    std::size_t size = 0;
    for (auto const& [name, value] : fields) size += name.size() + value.size();
    return size;
}

/// Sixteen zero bytes stand for a new record: a key holds no NULL.
RecordId key_of(std::optional<RecordId> record) { return record.value_or(RecordId{}); }

std::optional<RecordId> record_of(storage::Cursor const& row, int column)
{
    auto const id = row.id<Record>(column);
    return id.uuid.is_nil() ? std::nullopt : std::optional{id};
}

bool is_readable(web::Pairs const& fields)
{
    for (auto const& [name, value] : fields)
        if (!is_utf8(name) || !is_utf8(value)) return false;
    return true;
}

}  // namespace

Bytes draft_place(OrganisationId organisation, PersonId person, std::string_view register_slug, RecordId record)
{
    return bound_to({as_bytes("greffier draft"), ByteView{organisation.uuid.bytes}, ByteView{person.uuid.bytes}, as_bytes(register_slug), ByteView{record.uuid.bytes}});
}

bool Drafts::is_sealed(std::string_view register_slug) const
{
    auto const* kind = machinery_ ? machinery_->registers.find(register_slug) : nullptr;
    return kind && kind->sealed;
}

std::optional<Draft> Drafts::find(std::string_view register_slug, std::optional<RecordId> record) const
{
    accounts::Seen const session(database_, organisation_, sight_);
    auto row = session->query(SqlText{"SELECT form, version, title, saved_at, codec, body, sealed FROM draft WHERE organisation_id=? AND person_id=? AND register=? AND record_id=?"},
                              organisation_, person_, register_slug, key_of(record));
    if (!row.next()) return std::nullopt;
    Draft draft{std::string{register_slug}, record, row.uuid(0), row.integer(1), row.text(2), row.timestamp(3), {}};
    auto const codec = static_cast<int>(row.integer(4));
    auto const generation = static_cast<int>(row.integer(6));
    if (generation == 0) {
        draft.fields = read_fields(unpack(codec, row.bytes(5)));
        return draft;
    }
    if (!machinery_ || !machinery_->sealing) throw std::logic_error("a sealed draft is read without its key");
    auto const plain = open_bound(machinery_->sealing->key_of(*session, organisation_, generation), row.bytes(5), draft_place(organisation_, person_, register_slug, key_of(record)));
    if (!plain) throw std::runtime_error("a sealed draft does not open: it was changed or moved");
    draft.fields = read_fields(unpack(codec, plain->reveal()));
    return draft;
}

std::vector<DraftLine> Drafts::all() const
{
    std::vector<DraftLine> lines;
    accounts::Seen const session(database_, organisation_, sight_);
    auto row = session->query(SqlText{"SELECT d.register, d.record_id, d.form, d.version, d.title, d.saved_at, r.reference, r.version, r.deleted_at FROM draft d "
                                      "LEFT JOIN record r ON r.organisation_id=d.organisation_id AND r.id=d.record_id "
                                      "WHERE d.organisation_id=? AND d.person_id=? ORDER BY d.saved_at DESC, d.register, d.record_id"},
                              organisation_, person_);
    while (row.next()) {
        DraftLine line{{row.text(0), record_of(row, 1), row.uuid(2), row.integer(3), row.text(4), row.timestamp(5), {}}};
        if (!row.is_null(7)) {
            line.reference = row.text(6);
            line.version_now = row.integer(7);
            line.in_bin = !row.is_null(8);
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

std::int64_t Drafts::count() const
{
    accounts::Seen const session(database_, organisation_, sight_);
    auto row = session->query(SqlText{"SELECT count(*) FROM draft WHERE organisation_id=? AND person_id=?"}, organisation_, person_);
    row.next();
    return row.integer(0);
}

Status Drafts::keep(Draft const& draft, Other other) const
{
    if (size_of(draft.fields) > max_bytes) return Error::too_large("draft_too_large", {{"max", std::to_string(max_bytes / 1024)}});
    if (!is_readable(draft.fields)) return Error::invalid("bad_utf8");
    auto const packed = pack(to_text(draft.fields));
    auto const title = shorten(squeeze(draft.title), 200);
    auto const record = key_of(draft.record);
    return database_.write([&](Session& session) -> Status {
        // The other page may save while this one asks: what is read and what is written are one transaction.
        auto held = session.query(SqlText{"SELECT form FROM draft WHERE organisation_id=? AND person_id=? AND register=? AND record_id=?"},
                                  organisation_, person_, draft.register_slug, record);
        bool const known = held.next();
        if (known && other == Other::Stays && held.uuid(0) != draft.form) return Error::conflict("draft_elsewhere");
        if (!known) {
            auto kept = session.query(SqlText{"SELECT count(*) FROM draft WHERE organisation_id=? AND person_id=?"}, organisation_, person_);
            kept.next();
            if (kept.integer(0) >= max_count) return Error::conflict("too_many_drafts", {{"max", std::to_string(max_count)}});
        }
        int generation = 0;
        auto body = packed.bytes;
        if (is_sealed(draft.register_slug)) {
            generation = machinery_->sealing->newest_generation(session, organisation_);
            body = seal_bound(machinery_->sealing->key_of(session, organisation_, generation), body, draft_place(organisation_, person_, draft.register_slug, record));
        }
        session.execute(SqlText{"INSERT INTO draft(organisation_id, person_id, register, record_id, form, version, title, saved_at, codec, body, sealed) VALUES(?,?,?,?,?,?,?,?,?,?,?) "
                                "ON CONFLICT(organisation_id, person_id, register, record_id) DO UPDATE SET form=excluded.form, version=excluded.version, "
                                "title=excluded.title, saved_at=excluded.saved_at, codec=excluded.codec, body=excluded.body, sealed=excluded.sealed"},
                        organisation_, person_, draft.register_slug, record, draft.form, draft.version, title, draft.saved_at, packed.codec, body, generation);
        return Nothing{};
    });
}

bool Drafts::discard(std::string_view register_slug, std::optional<RecordId> record, std::optional<Uuid> form) const
{
    auto const key = key_of(record);
    std::int64_t gone = 0;
    auto const done = database_.write([&](Session& session) -> Status {
        if (form)
            gone = session.execute(SqlText{"DELETE FROM draft WHERE organisation_id=? AND person_id=? AND register=? AND record_id=? AND form=?"}, organisation_, person_,
                                   register_slug, key, *form);
        else
            gone = session.execute(SqlText{"DELETE FROM draft WHERE organisation_id=? AND person_id=? AND register=? AND record_id=?"}, organisation_, person_, register_slug, key);
        return Nothing{};
    });
    return done.ok() && gone > 0;
}

void forget_old_drafts(storage::Database& database, Timestamp now)
{
    auto const done = database.write([now](Session& session) -> Status {
        session.execute(SqlText{"DELETE FROM draft WHERE saved_at<?"}, now - Drafts::kept_for);
        return Nothing{};
    });
    if (!done.ok()) throw std::logic_error("forgetting old drafts was refused");
}

}  // namespace greffier::records
