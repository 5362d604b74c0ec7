#include <algorithm>
#include <set>

#include "core/text.hpp"
#include "records/columns.hpp"
#include "records/store.hpp"
#include "records/surroundings.hpp"
#include "records/version_body.hpp"
#include "schema/diff.hpp"
#include "schema/json.hpp"

namespace greffier::records {

using schema::Row;
using storage::Session;
using storage::SqlText;

namespace {

/// The record as the transaction finds it.
struct Current {
    std::int64_t rid = 0;
    Head head;
    Row row;
};

/// What is about to be written, whole.
struct Next {
    RecordId id;
    std::int64_t version = 1;
    std::string reference, status, action, reason, import_key;
    Decision decision;
    Row row;
    bool deleted = false;
};

std::string title_of(Register const& kind, Row const& row) { return schema::text_of(*kind.schema, row, kind.title_field); }

std::optional<Timestamp> review_of(Register const& kind, Row const& row, std::string const& zone)
{
    if (kind.review_field.empty()) return std::nullopt;
    auto const* date = std::get_if<Date>(&schema::get(*kind.schema, row, kind.review_field));
    return date ? std::optional{start_of_day(*date, zone)} : std::nullopt;
}

Error checked(Register const& kind, Row& row, schema::KnowsTerm const& knows_term, bool& ok)
{
    schema::normalise(*kind.schema, row);
    auto problems = schema::check(*kind.schema, row, knows_term);
    ok = problems.empty();
    return {ErrorKind::Invalid, "invalid", {}, std::move(problems)};
}

ledger::Action ledger_action(std::string_view action)
{
    if (action == "create") return ledger::Action::Create;
    if (action == "delete") return ledger::Action::Delete;
    if (action == "restore") return ledger::Action::Restore;
    if (action == "import") return ledger::Action::Import;
    return ledger::Action::Update;
}

}  // namespace

struct Batch::Impl {
    Machinery const& machinery;
    OrganisationId organisation;
    Session& session;
    By by;
    SessionSurroundings around;
    std::set<std::string> concerned;   ///< registers to judge again at the end

    // ---- reading inside the transaction ---------------------------------------------------------------
    std::optional<Current> read(Register const& kind, storage::Cursor rows)
    {
        if (!rows.next()) return std::nullopt;
        Current current;
        current.head = detail::read_head(rows);
        current.rid = rows.integer(detail::head_columns);
        current.row = schema::from_stored(*kind.schema, rows.view(detail::head_columns + 1), static_cast<int>(rows.integer(detail::head_columns + 2)));
        return current;
    }

    std::optional<Current> by_id(Register const& kind, RecordId id)
    {
        return read(kind, session.query(SqlText{"SELECT " GREFFIER_HEAD ", r.rid, b.body, b.schema_version FROM record r JOIN record_body b ON b.rid=r.rid "
                                                "WHERE r.organisation_id=? AND r.id=? AND r.register=?"},
                                        organisation, id, kind.slug));
    }

    std::optional<Current> by_reference(Register const& kind, std::string_view reference)
    {
        return read(kind, session.query(SqlText{"SELECT " GREFFIER_HEAD ", r.rid, b.body, b.schema_version FROM record r JOIN record_body b ON b.rid=r.rid "
                                                "WHERE r.organisation_id=? AND r.register=? AND r.reference=? AND r.deleted_at IS NULL ORDER BY r.id LIMIT 1"},
                                        organisation, kind.slug, reference));
    }

    /// The record to act on: there, not deleted, and in the version the caller saw.
    Result<Current> expect(Register const& kind, RecordId id, std::int64_t version)
    {
        auto current = by_id(kind, id);
        if (!current || current->head.deleted_at) return Error::not_found();
        if (version != 0 && version != current->head.version)
            return Error::conflict("stale", {{"version", std::to_string(current->head.version)}, {"yours", std::to_string(version)}});
        return std::move(*current);
    }

    // ---- references -----------------------------------------------------------------------------------
    std::string next_reference(Register const& kind)
    {
        for (;;) {
            auto counter = session.query(SqlText{"INSERT INTO reference_counter(organisation_id, register, next) VALUES(?,?,2) "
                                                 "ON CONFLICT(organisation_id, register) DO UPDATE SET next=next+1 RETURNING next-1"},
                                         organisation, kind.slug);
            counter.next();
            auto number = std::to_string(counter.integer(0));
            if (number.size() < 4) number.insert(0, 4 - number.size(), '0');
            auto reference = std::string{kind.prefix} + "-" + number;
            if (!by_reference(kind, reference)) return reference;
        }
    }

    Result<std::string> reference_for(Register const& kind, std::string wanted, RecordId own)
    {
        wanted = squeeze(wanted);
        if (wanted.empty()) return next_reference(kind);
        if (length_utf8(wanted) > 60) return Error{ErrorKind::Invalid, "invalid", {}, {{"reference", "too_long", {{"max", "60"}}}}};
        if (auto const other = by_reference(kind, wanted); other && other->head.id != own)
            return Error{ErrorKind::Invalid, "invalid", {}, {{"reference", "not_unique", {{"value", wanted}}}}};
        return wanted;
    }

    // ---- the write --------------------------------------------------------------------------------------
    Stored write(Register const& kind, Next next, Current const* before)
    {
        auto const record = schema::to_stored(*kind.schema, next.row);
        auto const version_text = to_text(VersionBody{next.action, next.reason, next.reference, next.status, next.decision, record});
        auto const salt = random_bytes(32);

        ledger::Entry entry;
        entry.organisation = organisation;
        entry.time = by.now;
        entry.actor = by.actor;
        entry.action = ledger_action(next.action);
        entry.register_slug = kind.slug;
        entry.record = next.id.uuid;
        entry.version = next.version;
        entry.schema_version = kind.schema->version;
        entry.commitment = ledger::commit(salt, as_bytes(version_text));
        auto const vouched = machinery.ledger.append(session, entry);

        auto const title = title_of(kind, next.row);
        auto const review = review_of(kind, next.row, by.zone);
        Stored stored;
        auto& head = stored.head;
        head = {next.id, next.reference, title, next.status, next.version, before ? before->head.created_at : vouched.time, vouched.time, by.actor,
                kind.is_closed(next.status) ? std::nullopt : review, next.deleted ? std::optional{vouched.time} : std::nullopt,
                schema::completeness(*kind.schema, next.row), std::nullopt};

        auto const rid = write_head(kind, head, next, before);
        write_body(kind, rid, record, before);
        auto const packed = pack(version_text);
        session.execute(SqlText{"INSERT INTO record_version(rid, version, schema_version, recorded_at, actor_id, action, reference, title, status, reason, ledger_sequence, salt, codec, body) "
                                "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)"},
                        rid, next.version, kind.schema->version, vouched.time, by.actor, next.action, next.reference, title, next.status, next.reason,
                        vouched.sequence, salt, packed.codec, packed.bytes);
        write_links(kind, rid, next, before);
        write_words(kind, rid, title, next, before);

        around.follow(kind.slug, {next.id, next.reference, next.status, next.row}, !next.deleted);
        head.worst_finding = next.deleted ? clear_findings(rid) : examine(kind, rid, head, next.row, before != nullptr);
        stored.row = std::move(next.row);
        if (!before || before->head.status != next.status || next.deleted || before->head.deleted_at ||
            schema::to_stored(*kind.schema, before->row) != record)
            for (auto& slug : machinery.examiner.also_concerned(kind.slug)) concerned.insert(slug);
        return stored;
    }

    std::int64_t write_head(Register const& kind, Head const& head, Next const& next, Current const* before)
    {
        auto const key = sort_key(head.title);
        if (before) {
            session.execute(SqlText{"UPDATE record SET version=?, reference=?, title=?, title_key=?, status=?, review_at=?, updated_at=?, updated_by=?, deleted_at=?, completeness=? WHERE rid=?"},
                            head.version, head.reference, head.title, key, head.status, head.review_at, head.updated_at, head.updated_by, head.deleted_at,
                            head.completeness, before->rid);
            return before->rid;
        }
        std::optional<std::string> import_key;
        if (!next.import_key.empty()) import_key = next.import_key;
        auto inserted = session.query(SqlText{"INSERT INTO record(organisation_id, id, register, version, reference, title, title_key, status, review_at, created_at, created_by, updated_at, updated_by, completeness, worst_finding, import_key) "
                                              "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,0,?) RETURNING rid"},
                                      organisation, head.id, kind.slug, head.version, head.reference, head.title, key, head.status, head.review_at,
                                      head.created_at, by.actor, head.updated_at, by.actor, head.completeness, import_key);
        inserted.next();
        auto const rid = inserted.integer(0);
        while (inserted.next()) {}
        return rid;
    }

    void write_body(Register const& kind, std::int64_t rid, std::string const& record, Current const* before)
    {
        if (before) session.execute(SqlText{"UPDATE record_body SET body=?, schema_version=? WHERE rid=?"}, record, kind.schema->version, rid);
        else session.execute(SqlText{"INSERT INTO record_body(rid, body, schema_version) VALUES(?,?,?)"}, rid, record, kind.schema->version);
    }

    /// Only what changed is touched: rewriting unchanged links costs 40 % of a save's pages.
    void write_links(Register const& kind, std::int64_t rid, Next const& next, Current const* before)
    {
        auto const now = schema::links_of(*kind.schema, next.row);
        auto const was = before ? schema::links_of(*kind.schema, before->row) : std::vector<schema::LinkValue>{};
        auto same = [](auto const& list, schema::LinkValue const& link) {
            return std::ranges::any_of(list, [&](auto const& other) { return other.field == link.field && other.position == link.position && other.target == link.target; });
        };
        for (auto const& link : was)
            if (!same(now, link))
                session.execute(SqlText{"UPDATE record_link SET to_version=? WHERE rid=? AND field=? AND position=? AND to_version IS NULL"},
                                next.version, rid, link.field, link.position);
        for (auto const& link : now)
            if (!same(was, link))
                session.execute(SqlText{"INSERT INTO record_link(rid, field, position, target, from_version) VALUES(?,?,?,?,?)"},
                                rid, link.field, link.position, *Uuid::parse(link.target), next.version);
    }

    void write_words(Register const& kind, std::int64_t rid, std::string const& title, Next const& next, Current const* before)
    {
        auto text_of = [&](Row const& row, std::string const& name, std::string const& reference) {
            auto scope = detail::organisation_token(organisation) + " " + detail::register_token(kind) + detail::facet_tokens(*kind.schema, row);
            return std::tuple{std::move(scope), join(words(name), " "), join(words(reference), " ") + " " + schema::search_words(*kind.schema, row)};
        };
        if (next.deleted) {
            session.execute(SqlText{"DELETE FROM record_text WHERE rid=?"}, rid);
            return;
        }
        auto const now = text_of(next.row, title, next.reference);
        if (before && !before->head.deleted_at) {
            if (now == text_of(before->row, before->head.title, before->head.reference)) return;   // the word index is 35 % of a save
            session.execute(SqlText{"UPDATE record_text SET scope=?, title=?, folded=? WHERE rid=?"}, std::get<0>(now), std::get<1>(now), std::get<2>(now), rid);
        } else {
            session.execute(SqlText{"INSERT INTO record_text(rid, scope, title, folded) VALUES(?,?,?,?)"}, rid, std::get<0>(now), std::get<1>(now), std::get<2>(now));
        }
    }

    // ---- findings ---------------------------------------------------------------------------------------
    std::optional<Severity> clear_findings(std::int64_t rid)
    {
        session.execute(SqlText{"DELETE FROM finding WHERE rid=?"}, rid);
        session.execute(SqlText{"UPDATE record SET worst_finding=0 WHERE rid=?"}, rid);
        return std::nullopt;
    }

    std::optional<Severity> examine(Register const& kind, std::int64_t rid, Head const& head, Row const& row, bool had_findings)
    {
        Subject const subject{organisation, std::string{kind.slug}, head.id, kind.schema, &row, {by.today(), head.status, head.reference}};
        return store_findings(session, rid, machinery.examiner.examine(subject, around), had_findings);
    }

    static std::optional<Severity> store_findings(Session& session, std::int64_t rid, std::vector<Finding> found, bool had_findings)
    {
        std::optional<Severity> worst;
        for (auto const& finding : found)
            if (!worst || finding.severity > *worst) worst = finding.severity;
        if (had_findings) {
            if (!differs(session, rid, found)) return worst;
            session.execute(SqlText{"DELETE FROM finding WHERE rid=?"}, rid);
        }
        for (auto const& finding : found)
            session.execute(SqlText{"INSERT INTO finding(rid, rule, severity, field, place, message_args) VALUES(?,?,?,?,?,?) ON CONFLICT DO NOTHING"},
                            rid, finding.rule, static_cast<int>(finding.severity), finding.place.field, finding.place.text(), arguments_json(finding.arguments));
        session.execute(SqlText{"UPDATE record SET worst_finding=? WHERE rid=?"}, worst ? static_cast<int>(*worst) + 1 : 0, rid);
        return worst;
    }

    static std::string arguments_json(Arguments const& arguments)
    {
        JsonWriter out;
        out.begin_object();
        for (auto const& [name, value] : arguments) out.member(name, std::string_view{value});
        out.end_object();
        return std::move(out).take();
    }

    static bool differs(Session& session, std::int64_t rid, std::vector<Finding> const& found)
    {
        std::set<std::tuple<std::string, std::string, std::int64_t, std::string>> now, was;
        for (auto const& f : found) now.emplace(f.rule, f.place.text(), static_cast<int>(f.severity), arguments_json(f.arguments));
        auto rows = session.query(SqlText{"SELECT rule, place, severity, message_args FROM finding WHERE rid=?"}, rid);
        while (rows.next()) was.emplace(rows.text(0), rows.text(1), rows.integer(2), rows.text(3));
        return now != was;
    }

    /// All live records of a register, judged again. Above this many, the nightly pass does it.
    int examine_register(Register const& kind)
    {
        struct Item { std::int64_t rid; Head head; Row row; };
        std::vector<Item> items;
        {
            auto rows = session.query(SqlText{"SELECT " GREFFIER_HEAD ", r.rid, b.body, b.schema_version FROM record r JOIN record_body b ON b.rid=r.rid "
                                              "WHERE r.organisation_id=? AND r.register=? AND r.deleted_at IS NULL"},
                                      organisation, kind.slug);
            while (rows.next())
                items.push_back({rows.integer(detail::head_columns), detail::read_head(rows),
                                 schema::from_stored(*kind.schema, rows.view(detail::head_columns + 1), static_cast<int>(rows.integer(detail::head_columns + 2)))});
        }
        int changed = 0;
        for (auto const& item : items) {
            Subject const subject{organisation, std::string{kind.slug}, item.head.id, kind.schema, &item.row, {by.today(), item.head.status, item.head.reference}};
            auto found = machinery.examiner.examine(subject, around);
            if (!differs(session, item.rid, found)) continue;
            store_findings(session, item.rid, std::move(found), true);
            ++changed;
        }
        return changed;
    }
};

Batch::Batch(Machinery const& machinery, OrganisationId organisation, Session& session, By by)
    : impl_(new Impl{machinery, organisation, session, std::move(by), SessionSurroundings(machinery.registers, organisation, session), {}})
{
}
Batch::~Batch() = default;

void Batch::set_now(Timestamp now) { impl_->by.now = now; }

Result<Stored> Batch::create(Register const& kind, NewRecord record)
{
    bool ok = false;
    auto problems = checked(kind, record.row, impl_->machinery.knows_term, ok);
    if (!ok) return problems;
    if (record.status.empty()) record.status = kind.first_status();
    if (!kind.has_status(record.status)) return Error{ErrorKind::Invalid, "invalid", {}, {{"status", "unknown_choice", {{"value", record.status}}}}};
    if (kind.single && impl_->around.count(kind.slug) > 0) return Error::conflict("single_record");
    Next next;
    next.id = RecordId::make();
    next.reference = TRY(impl_->reference_for(kind, std::move(record.reference), next.id));
    next.status = std::move(record.status);
    next.action = std::move(record.action);
    next.import_key = std::move(record.import_key);
    next.row = std::move(record.row);
    return impl_->write(kind, std::move(next), nullptr);
}

Result<Stored> Batch::update(Register const& kind, Edit edit)
{
    auto const current = TRY(impl_->expect(kind, edit.id, edit.version));
    if (kind.is_closed(current.head.status)) return Error::conflict("closed_record");
    schema::normalise(*kind.schema, edit.row, schema::NewRows::StayNameless);
    schema::keep_row_ids(*kind.schema, current.row, edit.row);
    bool ok = false;
    auto problems = checked(kind, edit.row, impl_->machinery.knows_term, ok);
    if (!ok) return problems;
    Next next;
    next.id = edit.id;
    next.version = current.head.version + 1;
    next.reference = current.head.reference;
    if (edit.reference && *edit.reference != current.head.reference) next.reference = TRY(impl_->reference_for(kind, *edit.reference, edit.id));
    bool const same = next.reference == current.head.reference && schema::to_stored(*kind.schema, edit.row) == schema::to_stored(*kind.schema, current.row);
    if (same) return Stored{current.head, current.row};   // saving nothing writes no version and no entry
    next.status = current.head.status;
    if (kind.is_settled(next.status) && schema::touches_material(*kind.schema, current.row, edit.row)) {
        if (!edit.changes_validated) return Error::conflict("changes_validated_unanswered", {{"status", next.status}});
        if (*edit.changes_validated) next.status = kind.unsettled;
    }
    next.action = std::move(edit.action);
    next.reason = std::move(edit.reason);
    next.row = std::move(edit.row);
    return impl_->write(kind, std::move(next), &current);
}

Result<Stored> Batch::change_status(Register const& kind, StatusChange const& change)
{
    auto const current = TRY(impl_->expect(kind, change.id, change.version));
    auto const* step = kind.transition(current.head.status, change.status);
    if (!step) return Error::conflict("no_transition", {{"from", current.head.status}, {"to", change.status}});
    if (step->needs_reason && is_blank(change.reason)) return Error{ErrorKind::Invalid, "invalid", {}, {{"reason", "required", {}}}};
    if (step->needs_decision || !change.decision.empty()) {
        if (is_blank(change.decision.by)) return Error{ErrorKind::Invalid, "invalid", {}, {{"decided_by", "required", {}}}};
        if (!change.decision.on) return Error{ErrorKind::Invalid, "invalid", {}, {{"decided_on", "required", {}}}};
        if (*change.decision.on > impl_->by.today()) return Error{ErrorKind::Invalid, "invalid", {}, {{"decided_on", "in_the_future", {}}}};
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
        if (stamp.status == change.status) schema::set(*kind.schema, next.row, stamp.field, impl_->by.today());
    if (step->guarded && change.decision.empty()) {
        Subject const subject{impl_->organisation, std::string{kind.slug}, change.id, kind.schema, &next.row, {impl_->by.today(), next.status, next.reference}};
        auto const found = impl_->machinery.examiner.examine(subject, impl_->around);
        auto const blocking = std::ranges::count(found, Severity::Blocking, &Finding::severity);
        if (blocking > 0) return Error::conflict("blocked_by_findings", {{"count", std::to_string(blocking)}});
    }
    return impl_->write(kind, std::move(next), &current);
}

Result<Stored> Batch::review(Register const& kind, RecordId id, std::int64_t version, std::string reviewer, std::optional<Date> next_review)
{
    auto const current = TRY(impl_->expect(kind, id, version));
    if (kind.reviewed_field.empty()) return Error::conflict("not_reviewable");
    if (kind.is_closed(current.head.status)) return Error::conflict("closed_record");
    auto const today = impl_->by.today();
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
    bool ok = false;
    auto problems = checked(kind, next.row, impl_->machinery.knows_term, ok);
    if (!ok) return problems;
    return impl_->write(kind, std::move(next), &current);
}

Result<Stored> Batch::remove(Register const& kind, RecordId id, std::int64_t version)
{
    if (kind.single) return Error::conflict("single_record");
    auto const current = TRY(impl_->expect(kind, id, version));
    Next next{id, current.head.version + 1, current.head.reference, current.head.status, "delete", {}, {}, {}, current.row, true};
    return impl_->write(kind, std::move(next), &current);
}

Result<Stored> Batch::restore(Register const& kind, RecordId id)
{
    auto const current = impl_->by_id(kind, id);
    if (!current) return Error::not_found();
    if (!current->head.deleted_at) return Error::conflict("not_deleted");
    Next next{id, current->head.version + 1, current->head.reference, current->head.status, "restore", {}, {}, {}, current->row, false};
    if (auto const other = impl_->by_reference(kind, next.reference); other && other->head.id != id) next.reference = impl_->next_reference(kind);
    return impl_->write(kind, std::move(next), &*current);
}

std::optional<Stored> Batch::find(Register const& kind, RecordId id, bool deleted_too)
{
    auto found = impl_->by_id(kind, id);
    if (!found || (found->head.deleted_at && !deleted_too)) return std::nullopt;
    return Stored{std::move(found->head), std::move(found->row)};
}

std::optional<Stored> Batch::find_by_reference(Register const& kind, std::string_view reference)
{
    auto found = impl_->by_reference(kind, reference);
    if (!found) return std::nullopt;
    return Stored{std::move(found->head), std::move(found->row)};
}

std::optional<Stored> Batch::find_by_import_key(Register const& kind, std::string_view key)
{
    auto found = impl_->read(kind, impl_->session.query(SqlText{"SELECT " GREFFIER_HEAD ", r.rid, b.body, b.schema_version FROM record r JOIN record_body b ON b.rid=r.rid "
                                                                "WHERE r.organisation_id=? AND r.register=? AND r.import_key=? AND r.deleted_at IS NULL"},
                                                        impl_->organisation, kind.slug, key));
    if (!found) return std::nullopt;
    return Stored{std::move(found->head), std::move(found->row)};
}

std::optional<Row> Batch::import_base(Register const& kind, RecordId id, std::string_view source)
{
    auto rows = impl_->session.query(SqlText{"SELECT i.body FROM import_base i JOIN record r ON r.rid=i.rid WHERE r.organisation_id=? AND r.id=? AND i.source=?"},
                                     impl_->organisation, id, source);
    if (!rows.next()) return std::nullopt;
    return schema::from_stored(*kind.schema, rows.view(0), kind.schema->version);
}

void Batch::keep_import_base(Register const& kind, RecordId id, std::string_view source, Row const& row)
{
    impl_->session.execute(SqlText{"INSERT INTO import_base(rid, source, body) SELECT rid, ?, ? FROM record WHERE organisation_id=? AND id=? "
                                   "ON CONFLICT(rid, source) DO UPDATE SET body=excluded.body WHERE body<>excluded.body"},
                           source, schema::to_stored(*kind.schema, row), impl_->organisation, id);
}

void Batch::keep_import_key(Register const& kind, RecordId id, std::string_view key)
{
    impl_->session.execute(SqlText{"UPDATE record SET import_key=NULL WHERE organisation_id=? AND register=? AND import_key=? AND id<>?"}, impl_->organisation, kind.slug, key, id);
    impl_->session.execute(SqlText{"UPDATE record SET import_key=? WHERE organisation_id=? AND id=? AND register=? AND (import_key IS NULL OR import_key<>?)"},
                           key, impl_->organisation, id, kind.slug, key);
}

std::vector<RecordId> Batch::ids_by_title(Register const& kind, std::string_view title)
{
    std::vector<RecordId> ids;
    auto const key = sort_key(title);
    auto rows = impl_->session.query(SqlText{"SELECT id FROM record WHERE organisation_id=? AND register=? AND title_key=? AND deleted_at IS NULL ORDER BY id LIMIT 20"},
                                     impl_->organisation, kind.slug, key);
    while (rows.next()) ids.push_back(rows.id<Record>(0));
    return ids;
}

void Batch::finish()
{
    constexpr std::int64_t at_once = 1000;
    auto const concerned = std::exchange(impl_->concerned, {});
    for (auto const& slug : concerned)
        if (auto const* kind = impl_->machinery.registers.find(slug); kind && impl_->around.count(slug) <= at_once && impl_->around.total() <= at_once)
            impl_->examine_register(*kind);
}

int examine_all(Machinery const& machinery, OrganisationId organisation, Timestamp now, std::string const& zone)
{
    int changed = 0;
    auto const done = machinery.database.write([&](Session& session) -> Status {
        Batch::Impl impl{machinery, organisation, session, By{{}, now, zone}, SessionSurroundings(machinery.registers, organisation, session), {}};
        for (auto const* kind : machinery.registers.all()) changed += impl.examine_register(*kind);
        return Nothing{};
    });
    return done.ok() ? changed : 0;
}

}  // namespace greffier::records
