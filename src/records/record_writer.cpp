#include "records/record_writer.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "core/text.hpp"
#include "records/columns.hpp"
#include "records/followed_services.hpp"
#include "records/sealed_declaration.hpp"
#include "records/version_body.hpp"
#include "schema/diff.hpp"
#include "schema/json.hpp"
#include "storage/word_index.hpp"

namespace greffier::records {

using schema::Row;
using storage::SqlText;

namespace {

constexpr std::int64_t again_at_most = 1000;   // records that one write judges or dates again; above, the nightly pass does it

std::string title_of(Register const& kind, Row const& row) { return schema::text_of(*kind.schema, row, kind.title_field); }

/// As the column `service` keeps it.
std::string service_of(Register const& kind, Row const& row)
{
    if (kind.common) return std::string{accounts::common_service};
    return kind.service_field.empty() ? std::string{} : accounts::service_key(schema::text_of(*kind.schema, row, kind.service_field));
}

ledger::Action ledger_action(std::string_view action)
{
    if (action == "create") return ledger::Action::Create;
    if (action == "delete") return ledger::Action::Delete;
    if (action == "restore") return ledger::Action::Restore;
    if (action == "import") return ledger::Action::Import;
    if (action == "destroy") return ledger::Action::Erase;
    return ledger::Action::Update;
}

}  // namespace

std::optional<Current> RecordWriter::read(Register const& kind, storage::Cursor rows)
{
    if (!rows.next()) return std::nullopt;
    Current current;
    current.head = detail::read_head(rows);
    current.rid = rows.integer(detail::head_columns);
    SealedBody const body{current.head.id, current.head.version, static_cast<int>(rows.integer(detail::head_columns + 2)), rows.view(detail::head_columns + 1)};
    current.row = reader(kind).row(body, &current.destroyed);
    if (kind.sealed) {
        auto const key = sealing()->record_key(session_, organisation_, current.head.id);
        current.key_destroyed = key.was_there && !key.key;
        if (current.key_destroyed) current.sealed = parts_of(body.text).sealed;
    }
    return current;
}

std::optional<Current> RecordWriter::by_id(Register const& kind, RecordId id)
{
    return read(kind, seen_->query(SqlText{"SELECT " GREFFIER_HEAD ", r.rid, b.body, b.schema_version FROM record r JOIN record_body b ON b.rid=r.rid "
                                             "WHERE r.organisation_id=? AND r.id=? AND r.register=?"},
                                     organisation_, id, kind.slug));
}

std::optional<Current> RecordWriter::by_reference(Register const& kind, std::string_view reference)
{
    return read(kind, seen_->query(SqlText{"SELECT " GREFFIER_HEAD ", r.rid, b.body, b.schema_version FROM record r JOIN record_body b ON b.rid=r.rid "
                                             "WHERE r.organisation_id=? AND r.register=? AND r.reference=? AND r.deleted_at IS NULL ORDER BY r.id LIMIT 1"},
                                     organisation_, kind.slug, reference));
}

std::optional<Current> RecordWriter::by_import_key(Register const& kind, std::string_view key)
{
    return read(kind, seen_->query(SqlText{"SELECT " GREFFIER_HEAD ", r.rid, b.body, b.schema_version FROM record r JOIN record_body b ON b.rid=r.rid "
                                             "WHERE r.organisation_id=? AND r.register=? AND r.import_key=? AND r.deleted_at IS NULL"},
                                     organisation_, kind.slug, key));
}

Result<Current> RecordWriter::expect(Register const& kind, RecordId id, std::int64_t version)
{
    auto current = by_id(kind, id);
    if (!current && accounts::Seen{session_, sight_}->query(SqlText{"SELECT 1 FROM record WHERE organisation_id=? AND id=? AND register=?"}, organisation_, id, kind.slug).next())
        return Error::forbidden("not_of_your_services");   // read as somebody who reads, not written as somebody who writes
    if (!current || current->head.deleted_at) return Error::not_found();
    if (version != 0 && version != current->head.version)
        return Error::conflict("stale", {{"version", std::to_string(current->head.version)}, {"yours", std::to_string(version)}});
    return std::move(*current);
}

std::string RecordWriter::next_reference(Register const& kind)
{
    for (RecordId const nobody;;) {
        auto counter = session_.query(SqlText{"INSERT INTO reference_counter(organisation_id, register, next) VALUES(?,?,2) "
                                              "ON CONFLICT(organisation_id, register) DO UPDATE SET next=reference_counter.next+1 RETURNING next-1"},
                                      organisation_, kind.slug);
        counter.next();
        auto number = std::to_string(counter.integer(0));
        if (number.size() < 4) number.insert(0, 4 - number.size(), '0');
        auto reference = std::string{kind.prefix} + "-" + number;
        if (!is_taken(kind, reference, nobody)) return reference;
    }
}

bool RecordWriter::is_taken(Register const& kind, std::string_view reference, RecordId own)
{
    return session_.query(SqlText{"SELECT 1 FROM record WHERE organisation_id=? AND register=? AND reference=? AND deleted_at IS NULL AND id<>? LIMIT 1"},
                          organisation_, kind.slug, reference, own).next();
}

Result<std::string> RecordWriter::reference_for(Register const& kind, std::string wanted, RecordId own)
{
    wanted = squeeze(wanted);
    if (wanted.empty()) return next_reference(kind);
    if (length_utf8(wanted) > 60) return Error{ErrorKind::Invalid, "invalid", {}, {{"reference", "too_long", {{"max", "60"}}}}};
    if (is_taken(kind, wanted, own)) return Error{ErrorKind::Invalid, "invalid", {}, {{"reference", "not_unique", {{"value", wanted}}}}};
    return wanted;
}

Stored RecordWriter::write(Register const& kind, Next next, Current const* before)
{
    auto const record = kind.sealed ? sealed_for(kind, next, before) : next.stored.empty() ? schema::to_stored(*kind.schema, next.row) : std::move(next.stored);
    auto const version_text = to_text(VersionBody{next.action, next.reason, next.reference, next.status, next.decision, record});
    auto const salt = random_bytes(32);

    ledger::Entry entry;
    entry.organisation = organisation_;
    entry.time = by_.now;
    entry.actor = by_.actor;
    entry.action = ledger_action(next.action);
    entry.register_slug = kind.slug;
    entry.record = next.id.uuid;
    entry.version = next.version;
    entry.schema_version = kind.schema->version;
    entry.commitment = ledger::commit(salt, as_bytes(version_text));
    auto const vouched = machinery_.ledger.append(session_, entry);

    auto const title = title_of(kind, next.row);
    Stored stored;
    auto& head = stored.head;
    head = {next.id, next.reference, title, next.status, next.version, before ? before->head.created_at : vouched.time, vouched.time, by_.actor,
            std::nullopt, next.deleted ? std::optional{vouched.time} : std::nullopt,
            schema::completeness(*kind.schema, next.row), std::nullopt, next.restricted.value_or(before && before->head.restricted)};

    // Judged first: a new record is written with what is found, not written and then changed.
    std::optional<Row> open;
    if (kind.sealed) open = without_sealed(kind, next.row);
    auto const& open_row = open ? *open : next.row;
    judge_.around().follow({kind.slug, next.id, next.reference, next.status, open_row, before && !before->head.deleted_at, !next.deleted, before ? std::optional{before->rid} : std::nullopt});
    std::vector<Finding> found;
    if (!next.deleted) found = findings_of(kind, next);
    head.review_at = judge_.next_deadline(kind, next.status, next.row);
    head.worst_finding = worst_of(found);

    auto const rid = write_head(kind, head, next, before);
    write_body(kind, rid, record, before);
    if (before && !next.deleted) follow_services(session_, organisation_, kind, next.id, before->row, next.row, by_);
    judge_.around().settled();
    auto const packed = pack(version_text);
    session_.execute(SqlText{"INSERT INTO record_version(rid, version, schema_version, recorded_at, actor_id, action, reference, title, status, reason, ledger_sequence, salt, codec, body) "
                             "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)"},
                     rid, next.version, kind.schema->version, vouched.time, by_.actor, next.action, next.reference, title, next.status, next.reason,
                     vouched.sequence, salt, packed.codec, packed.bytes);
    write_links(kind, rid, next, before);
    if (kind.sealed && !(before && before->key_destroyed)) sealing()->write_lookups(session_, organisation_, kind, next.id, next.row);
    write_words(kind, rid, title, next, before);

    if (!before) judge_.keep_first(rid, found);
    else judge_.keep(rid, found);
    judge_.keep_dues({kind, rid, next.id, next.row}, next.status, next.deleted, !before, before && before->head.status != next.status);
    days_count_otherwise_ = days_count_otherwise_ || (kind.place && before && before->row != next.row);
    Change change{kind.slug, next.id, kind.schema, {}, {}, !before};
    if (before && !before->head.deleted_at) change.before = {before->head.reference, before->head.status, &before->row};
    if (!next.deleted) change.after = {next.reference, next.status, &next.row};
    note_concerned(kind, change);
    stored.row = std::move(next.row);
    if (before) stored.destroyed = before->destroyed;
    // An import that names three hundred owners is told of once, at its end.
    if (next.action != "import")
        for (auto& notice : notices_of_write(session_, {organisation_, kind, rid, before ? &before->head : nullptr, before ? &before->row : nullptr, head, stored.row, next.action, next.reason, by_.actor}))
            tell(std::move(notice));
    return stored;
}

std::int64_t RecordWriter::write_head(Register const& kind, Head const& head, Next const& next, Current const* before)
{
    auto const key = sort_key(head.title);
    auto const service = service_of(kind, next.row);
    if (before) {
        session_.execute(SqlText{"UPDATE record SET version=?, reference=?, title=?, title_key=?, status=?, review_at=?, updated_at=?, updated_by=?, deleted_at=?, completeness=?, service=?, "
                                 "restricted=? WHERE rid=?"},
                         head.version, head.reference, head.title, key, head.status, head.review_at, head.updated_at, head.updated_by, head.deleted_at,
                         head.completeness, service, head.restricted ? 1 : 0, before->rid);
        return before->rid;
    }
    std::optional<std::string> import_key;
    if (!next.import_key.empty()) import_key = next.import_key;
    auto inserted = session_.query(SqlText{"INSERT INTO record(organisation_id, id, register, version, reference, title, title_key, status, review_at, created_at, created_by, updated_at, updated_by, completeness, worst_finding, import_key, service) "
                                           "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) RETURNING rid"},
                                   organisation_, head.id, kind.slug, head.version, head.reference, head.title, key, head.status, head.review_at,
                                   head.created_at, by_.actor, head.updated_at, by_.actor, head.completeness,
                                   head.worst_finding ? static_cast<int>(*head.worst_finding) + 1 : 0, import_key, service);
    inserted.next();
    auto const rid = inserted.integer(0);
    while (inserted.next()) {}
    return rid;
}

/// The body as it is kept and vouched for. A record whose key was destroyed takes what was sealed along, unreadable.
std::string RecordWriter::sealed_for(Register const& kind, Next const& next, Current const* before)
{
    if (before && before->key_destroyed) return body_with(kind, next.row, before->sealed);
    auto held = sealing()->record_key(session_, organisation_, next.id);
    auto const key = held.was_there ? *std::move(held.key) : sealing()->make_record_key(session_, organisation_, kind, next.id);
    return sealed_body(key, organisation_, kind, next.id, next.version, next.row);
}

void RecordWriter::write_body(Register const& kind, std::int64_t rid, std::string const& record, Current const* before)
{
    if (before) session_.execute(SqlText{"UPDATE record_body SET body=?, schema_version=? WHERE rid=?"}, record, kind.schema->version, rid);
    else session_.execute(SqlText{"INSERT INTO record_body(rid, body, schema_version) VALUES(?,?,?)"}, rid, record, kind.schema->version);
}

/// Only what changed is touched: rewriting unchanged links costs 40 % of a save's pages.
void RecordWriter::write_links(Register const& kind, std::int64_t rid, Next const& next, Current const* before)
{
    auto const now = schema::links_of(*kind.schema, next.row);
    auto const was = before ? schema::links_of(*kind.schema, before->row) : std::vector<schema::LinkValue>{};
    auto same = [](auto const& list, schema::LinkValue const& link) {
        return std::ranges::any_of(list, [&](auto const& other) { return other.field == link.field && other.position == link.position && other.target == link.target; });
    };
    for (auto const& link : was)
        if (!same(now, link))
            session_.execute(SqlText{"UPDATE record_link SET to_version=? WHERE rid=? AND field=? AND position=? AND to_version IS NULL"},
                             next.version, rid, link.field, link.position);
    for (auto const& link : now)
        if (!same(was, link))
            session_.execute(SqlText{"INSERT INTO record_link(rid, field, position, target, from_version) VALUES(?,?,?,?,?)"},
                             rid, link.field, link.position, *Uuid::parse(link.target), next.version);
}

RecordWriter::Words RecordWriter::words_of(Register const& kind, Row const& row, std::string const& title, std::string const& reference) const
{
    if (kind.sealed) return words_of_open(kind, without_sealed(kind, row), title, reference);
    return words_of_open(kind, row, title, reference);
}

RecordWriter::Words RecordWriter::words_of_open(Register const& kind, Row const& row, std::string const& title, std::string const& reference) const
{
    auto scope = detail::organisation_token(organisation_) + " " + detail::register_token(kind) + detail::facet_tokens(*kind.schema, row);
    return {std::move(scope), storage::indexable(join(words(title), " ")), storage::indexable(join(words(reference), " ") + " " + schema::search_words(*kind.schema, row))};
}

void RecordWriter::reword(Register const& kind, Current const& current)
{
    auto const [scope, title, others] = words_of(kind, current.row, current.head.title, current.head.reference);
    session_.execute(SqlText{"UPDATE record_text SET scope=?, title=?, folded=? WHERE rid=? AND (scope<>? OR title<>? OR folded<>?)"}, scope, title, others, current.rid, scope, title, others);
}

void RecordWriter::place(Register const& kind, Current const& current)
{
    session_.execute(SqlText{"UPDATE record SET service=? WHERE rid=?"}, service_of(kind, current.row), current.rid);
}

void RecordWriter::index(Register const& kind, std::int64_t rid, Row const& row, std::string const& title, std::string const& reference)
{
    constexpr std::size_t held = 256;
    waiting_words_.emplace_back(rid, words_of(kind, row, title, reference));
    if (waiting_words_.size() >= held) write_waiting_words();
}

void RecordWriter::write_words(Register const& kind, std::int64_t rid, std::string const& title, Next const& next, Current const* before)
{
    if (before) write_waiting_words();   // its own may be among them
    if (next.deleted) {
        session_.execute(SqlText{"DELETE FROM record_text WHERE rid=?"}, rid);
        return;
    }
    auto now = words_of(kind, next.row, title, next.reference);
    if (before && !before->head.deleted_at) {
        if (now == words_of(kind, before->row, before->head.title, before->head.reference)) return;   // the word index is 35 % of a save
        session_.execute(SqlText{"UPDATE record_text SET scope=?, title=?, folded=? WHERE rid=?"}, now.scope, now.title, now.others, rid);
    } else {
        waiting_words_.emplace_back(rid, std::move(now));
    }
}

/// Sixteen rows a statement: SQLite's index of words writes a segment at the end of each, and merges them later.
void RecordWriter::write_waiting_words()
{
    constexpr std::size_t at_once = 16;
    auto const waiting = std::exchange(waiting_words_, {});
    std::size_t next = 0;
    for (; waiting.size() - next >= at_once; next += at_once) {
        std::vector<storage::Param> params;
        params.reserve(at_once * 4);
        for (auto const& [rid, words] : std::span{waiting}.subspan(next, at_once))
            for (auto const& param : {storage::to_param(rid), storage::to_param(words.scope), storage::to_param(words.title), storage::to_param(words.others)}) params.push_back(param);
        session_.query_with(SqlText{"INSERT INTO record_text(rid, scope, title, folded) VALUES(?,?,?,?),(?,?,?,?),(?,?,?,?),(?,?,?,?),(?,?,?,?),(?,?,?,?),(?,?,?,?),(?,?,?,?),"
                                    "(?,?,?,?),(?,?,?,?),(?,?,?,?),(?,?,?,?),(?,?,?,?),(?,?,?,?),(?,?,?,?),(?,?,?,?)"},
                            std::move(params)).next();
    }
    for (; next < waiting.size(); ++next) {
        auto const& [rid, words] = waiting[next];
        session_.execute(SqlText{"INSERT INTO record_text(rid, scope, title, folded) VALUES(?,?,?,?)"}, rid, words.scope, words.title, words.others);
    }
}

void RecordWriter::tell(NewNotification notice)
{
    if (!told_of_) return notify(session_, notice);
    if (notice.record && !sees(session_, notice.person, notice.organisation, *notice.record)) return;
    auto& [first, count] = told_.try_emplace({notice.person, notice.kind}, notice, 0).first->second;
    ++count;
}

void RecordWriter::finish()
{
    write_waiting_words();
    judge_concerned();
    if (std::exchange(days_count_otherwise_, false)) date_again();
    for (auto const& [key, told] : std::exchange(told_, {})) notify_of_many(session_, told.first, *told_of_, told.second);
}

/// The organisation's holidays or clock may have changed: every deadline is counted again.
void RecordWriter::date_again()
{
    if (judge_.around().total() > again_at_most) return;
    for (auto const* kind : machinery_.registers.all()) judge_.date_register(*kind);
}

void RecordWriter::note_concerned(Register const& kind, Change const& change)
{
    for (auto& concerned : machinery_.examiner.concerned(change, judge_.around())) {
        auto& again = concerned_[concerned.register_slug];
        again.everyone = again.everyone || concerned.everyone;
        again.records.insert(concerned.records.begin(), concerned.records.end());
    }
    // Judged as it is written; what else this transaction writes may concern it again.
    if (auto const own = concerned_.find(std::string{kind.slug}); own != concerned_.end()) own->second.records.erase(change.id);
}

/// What one write concerns is a handful of records; where it is the whole of a large organisation, the nightly pass does it.
void RecordWriter::judge_concerned()
{
    auto& around = judge_.around();
    auto const concerned = std::exchange(concerned_, {});
    for (auto const& [slug, again] : concerned) {
        auto const* kind = machinery_.registers.find(slug);
        if (!kind) continue;
        if (again.everyone && around.total() <= again_at_most) judge_.judge_register(*kind);
        else if (!again.records.empty() && again.records.size() <= static_cast<std::size_t>(again_at_most)) judge_.judge_again(*kind, again.records);
    }
}

}  // namespace greffier::records
