#include "records/importing.hpp"

#include <algorithm>
#include <map>

#include "core/json_writer.hpp"
#include "records/acts.hpp"
#include "records/import_links.hpp"
#include "records/import_plan.hpp"
#include "records/notifications.hpp"
#include "schema/json.hpp"

namespace greffier::records {

using storage::Session;
using storage::SqlText;

namespace {

constexpr std::chrono::hours runs_kept{24 * 30};   // their reports hold values of records

/// The row of import_run of this file: where it stopped, and what it had found.
struct Run {
    Uuid id;
    std::int64_t cursor = 0;
    ImportReport report;
};

ImportReport heading_of(ImportReport const& report)
{
    ImportReport heading;
    heading.format = report.format;
    heading.source = report.source;
    heading.register_slug = report.register_slug;
    heading.run = report.run;
    return heading;
}

/// The report as it was opened, and what each group added to it.
ImportReport whole_report(Session& session, Uuid run, std::string_view opening)
{
    auto report = parse_report(opening);
    auto parts = session.query(SqlText{"SELECT report FROM import_part WHERE run_id=? ORDER BY number"}, run);
    while (parts.next()) std::ranges::move(parse_report(parts.view(0)).entries, std::back_inserter(report.entries));
    return report;
}

class Importer {
public:
    Importer(Records const& records, Register const& kind, ImportFile const& file, By const& by, ImportOptions const& options)
        : records_(records), kind_(kind), file_(file), by_(by), options_(options), planner_(records, kind, file), repeats_(repeated_items(kind, file))
    {
    }

    Result<ImportReport> run()
    {
        run_.report = {file_.format, file_.source, std::string{kind_.slug}, {}, options_.dry_run, false, {}, 0};
        return options_.dry_run ? rehearse() : write();
    }

private:
    [[nodiscard]] storage::Database& database() const { return records_.machinery().database; }

    // ---- nothing is written ------------------------------------------------------------------------------
    Result<ImportReport> rehearse()
    {
        auto lease = database().read();
        Batch batch(records_.machinery(), records_.organisation(), *lease, by_, records_.sight());
        begin_report();
        for (auto const& offer : file_.offers) add_offer(batch, offer, run_.report);
        for (std::size_t i = 0; i < file_.items.size(); ++i) {
            auto plan = planned(batch, i);
            add_entries(file_.items[i], plan, plan.ours ? plan.ours->head.id.text() : "", plan.ours ? plan.ours->head.reference : plan.reference, run_.report);
        }
        return std::move(run_.report);
    }

    // ---- the real thing ----------------------------------------------------------------------------------
    Result<ImportReport> write()
    {
        if (auto begun = begin(); !begun.ok()) return begun.error();
        auto const group = static_cast<std::size_t>(std::clamp(options_.group, 1, import_group));
        auto const start = static_cast<std::size_t>(run_.cursor);
        while (static_cast<std::size_t>(run_.cursor) < file_.items.size()) {
            auto const from = static_cast<std::size_t>(run_.cursor);
            auto const to = std::min(from + group, file_.items.size());
            if (auto done = write_group(from, to); !done.ok()) return done.error();
            if (options_.progress) options_.progress(to, file_.items.size());
            if (options_.most_records > 0 && to - start >= options_.most_records && to < file_.items.size()) return so_far();
        }
        return finish();
    }

    /// Takes up a stopped run, or opens a new one, with the offers to other registers.
    Status begin()
    {
        return database().write([&](Session& session) -> Status {
            session.lock(records_.organisation());
            session.execute(SqlText{"DELETE FROM import_run WHERE organisation_id=? AND updated_at<?"}, records_.organisation(), by_.now - runs_kept);
            auto found = session.query(SqlText{"SELECT id, cursor, report FROM import_run WHERE organisation_id=? AND register=? AND source_hash=? AND format=? AND source=? AND state='running' "
                                               "ORDER BY created_at DESC LIMIT 1"},
                                       records_.organisation(), kind_.slug, file_.hash, file_.format, file_.source);
            if (found.next()) {
                run_ = {found.uuid(0), found.integer(1), whole_report(session, found.uuid(0), found.view(2))};
                run_.report.resumed = true;
                for (auto const& entry : run_.report.entries)
                    if (!entry.record.empty()) planner_.claim(entry.record);
                return Nothing{};
            }
            run_.id = Uuid::make();
            run_.report.run = run_.id.text();
            begin_report();
            Acts::open(session, records_.organisation(), {act(), std::string{kind_.slug}, "import", by_.actor, by_.now, request()});
            Batch batch(records_.machinery(), records_.organisation(), session, by_, records_.sight());
            for (auto const& offer : file_.offers) take_offer(session, batch, offer, run_.report);
            batch.finish();
            auto const report = to_json(run_.report);
            session.execute(SqlText{"INSERT INTO import_run(id, organisation_id, register, source, source_hash, format, state, cursor, report, created_at, updated_at, actor_id) "
                                    "VALUES(?,?,?,?,?,?,'running',0,?,?,?,?)"},
                            run_.id, records_.organisation(), kind_.slug, file_.source, file_.hash, file_.format, report, by_.now, by_.now, by_.actor);
            return Nothing{};
        });
    }

    Status write_group(std::size_t from, std::size_t to)
    {
        auto part = heading_of(run_.report);   // a group that is rolled back leaves no trace in the whole
        auto done = database().write([&](Session& session) -> Status {
            session.lock(records_.organisation());
            Batch batch(records_.machinery(), records_.organisation(), session, by_, records_.sight());
            for (auto i = from; i < to; ++i) write_one(session, batch, i, part);
            batch.finish();
            auto const moved = session.execute(SqlText{"UPDATE import_run SET cursor=?, updated_at=? WHERE id=? AND cursor=? AND state='running'"},
                                               to, by_.now, run_.id, from);
            if (moved != 1) return Error::conflict("import.running");
            session.execute(SqlText{"INSERT INTO import_part(run_id, number, report) VALUES(?,?,?)"}, run_.id, from, to_json(part));
            return Nothing{};
        });
        if (!done.ok()) return done;
        std::ranges::move(part.entries, std::back_inserter(run_.report.entries));
        run_.cursor = static_cast<std::int64_t>(to);
        return done;
    }

    [[nodiscard]] ActId act() const { return ActId{run_.id}; }

    [[nodiscard]] std::string request() const
    {
        JsonWriter out;
        out.begin_object().member("file", std::string_view{file_.source}).member("format", std::string_view{file_.format}).end_object();
        return std::move(out).take();
    }

    /// What the undo of this run needs of one record.
    void note_step(Session& session, Register const& kind, RecordId id, std::int64_t before, std::int64_t after) const
    {
        Acts::note(session, act(), {.record = id, .register_slug = std::string{kind.slug}, .before = before, .after = after, .outcome = "done"});
        if (before == 0 || kind.slug != kind_.slug) return;
        // An empty body: the source had never spoken of the record.
        session.execute(SqlText{"INSERT INTO import_before(run_id, record_id, source, body) SELECT ?, r.id, ?, coalesce(b.body, '') FROM record r "
                                "LEFT JOIN import_base b ON b.rid=r.rid AND b.source=? WHERE r.organisation_id=? AND r.id=? ON CONFLICT DO NOTHING"},
                        run_.id, file_.kept_under(), file_.kept_under(), records_.organisation(), id);
    }

    void write_one(Session& session, Batch& batch, std::size_t index, ImportReport& report)
    {
        auto const& item = file_.items[index];
        auto plan = planned(batch, index);
        std::string id = plan.ours ? plan.ours->head.id.text() : "", reference = plan.ours ? plan.ours->head.reference : plan.reference;
        if (plan.outcome == Outcome::Created || plan.outcome == Outcome::Updated) {
            auto stored = apply(batch, plan);
            if (stored.ok()) {
                id = stored->head.id.text();
                reference = stored->head.reference;
                planner_.claim(id);
                note_step(session, kind_, stored->head.id, plan.ours ? plan.ours->head.version : 0, stored->head.version);
                plan.ours = std::move(stored).value();
            } else {
                plan.outcome = Outcome::Refused;
                plan.refused = stored.error();
            }
        }
        if (plan.ours && plan.outcome != Outcome::Refused) {
            batch.keep_import_base(kind_, plan.ours->head.id, file_.kept_under(), plan.said);
            if (auto const key = planner_.import_key(item); !key.empty()) batch.keep_import_key(kind_, plan.ours->head.id, key);
        }
        add_entries(item, plan, id, reference, report);
    }

    Result<Stored> apply(Batch& batch, Plan const& plan)
    {
        if (plan.outcome == Outcome::Created) return batch.create(kind_, {plan.row, plan.reference, "", "import", ""});
        Edit edit{plan.ours->head.id, plan.ours->head.version, plan.row};
        edit.action = "import";
        if (plan.sent_back) edit.changes_validated = true;
        return batch.update(kind_, std::move(edit));
    }

    Result<ImportReport> finish()
    {
        auto done = database().write([&](Session& session) -> Status {
            session.lock(records_.organisation());
            session.execute(SqlText{"UPDATE import_run SET state='done', updated_at=? WHERE id=?"}, by_.now, run_.id);
            Acts::close(session, records_.organisation(), act(), by_.now);
            if (auto const person = reader_behind(session, records_.organisation(), by_.actor))
                notify(session, {*person, records_.organisation(), NotificationKind::ImportDone, by_.actor, by_.now, std::string{kind_.slug}, {}, {}, {}, run_.id, std::to_string(file_.items.size())});
            return Nothing{};
        });
        if (!done.ok()) return done.error();
        return std::move(run_.report);
    }

    /// Stopped on purpose between two groups.
    ImportReport so_far()
    {
        run_.report.remaining = static_cast<std::int64_t>(file_.items.size()) - run_.cursor;
        return std::move(run_.report);
    }

    // ---- shared ------------------------------------------------------------------------------------------
    Plan planned(Batch& batch, std::size_t index)
    {
        if (auto const found = repeats_.find(index); found != repeats_.end()) {
            Plan plan;
            plan.outcome = Outcome::Skipped;
            plan.notes.push_back({Outcome::Skipped, file_.items[index].place, "repeated", {{"place", found->second}}, {}});
            return plan;
        }
        return planner_.plan(batch, file_.items[index]);
    }

    void begin_report()
    {
        for (auto const& note : file_.notes) run_.report.entries.push_back({note.outcome, note.place, {}, {}, note.field, note.code, kept_arguments(note.field, note.arguments), {}});
    }

    /// What a note repeats of a sealed field, or of what belongs to no field, is not kept with the report.
    [[nodiscard]] Arguments kept_arguments(std::string const& path, Arguments arguments) const
    {
        if (!kind_.sealed) return arguments;
        auto const* field = kind_.schema->find(std::string_view{path}.substr(0, path.find_first_of("[.")));
        if (field && !kind_.seals(*field)) return arguments;
        for (auto& [name, value] : arguments) value = "…";
        return arguments;
    }

    void add_entries(ImportItem const& item, Plan const& plan, std::string const& id, std::string const& reference, ImportReport& report) const
    {
        auto const shown = reference.empty() ? item.reference : reference;
        auto add = [&](Outcome outcome, ImportNote const& note) {
            report.entries.push_back({outcome, note.place, shown, item.name, note.field, note.code, kept_arguments(note.field, note.arguments), id, item.place});
        };
        bool const explained = std::ranges::any_of(plan.notes, [&](auto const& note) { return note.outcome == plan.outcome; });
        if (!explained && plan.refused && !plan.refused->fields.empty())
            for (auto const& problem : plan.refused->fields) add(Outcome::Refused, {Outcome::Refused, item.place, problem.code, problem.arguments, problem.field});
        else if (!explained && plan.refused)
            add(Outcome::Refused, {Outcome::Refused, item.place, plan.refused->code, plan.refused->arguments, {}});
        else if (!explained)
            add(plan.outcome, {plan.outcome, item.place, {}, {}, {}});
        for (auto const& note : plan.notes) add(note.outcome, note);
    }

    /// Items that say word for word what another one says under the same reference.
    static std::map<std::size_t, std::string> repeated_items(Register const& kind, ImportFile const& file)
    {
        std::map<std::size_t, std::string> repeated;
        std::map<std::string, std::size_t> seen;
        for (std::size_t i = 0; i < file.items.size(); ++i) {
            auto const& item = file.items[i];
            if (item.refused || item.skipped) continue;
            auto const [place, added] = seen.emplace(item.reference + "\n" + item.name, i);
            if (!added && says_the_same(*kind.schema, file.carried, item.present, file.items[place->second].row, item.row))
                repeated.emplace(i, file.items[place->second].place);
        }
        return repeated;
    }

    /// The fields of an offer that are still empty; those that say something else are reported.
    std::optional<Stored> fill(Batch& batch, Offer const& offer, Register const*& kind, schema::Row& row, bool& changed, ImportReport& report) const
    {
        kind = records_.machinery().registers.find(offer.register_slug);
        if (!kind) return std::nullopt;
        auto known = records_.only(*kind);
        if (!known.ok()) return std::nullopt;
        auto ours = batch.find(*kind, known->head.id);
        if (!ours) return std::nullopt;
        row = ours->row;
        for (auto const& [field, place] : offer.fields) {
            auto const& theirs = schema::get(*kind->schema, offer.row, field);
            auto const& now = schema::get(*kind->schema, row, field);
            if (schema::is_empty(theirs) || now == theirs) continue;
            if (schema::is_empty(now)) {
                schema::set(*kind->schema, row, field, theirs);
                changed = true;
                report.entries.push_back({Outcome::Repaired, place, ours->head.reference, ours->head.title, field, "profile_filled", {{"value", plain_text(theirs)}}, ours->head.id.text()});
            }
        }
        return ours;
    }

    void add_offer(Batch& batch, Offer const& offer, ImportReport& report) const
    {
        Register const* kind = nullptr;
        schema::Row row;
        bool changed = false;
        fill(batch, offer, kind, row, changed, report);
    }

    void take_offer(Session& session, Batch& batch, Offer const& offer, ImportReport& report) const
    {
        Register const* kind = nullptr;
        schema::Row row;
        bool changed = false;
        auto const before = report.entries.size();
        auto const ours = fill(batch, offer, kind, row, changed, report);
        if (!ours || !changed) return;
        Edit edit{ours->head.id, ours->head.version, std::move(row)};
        edit.action = "import";
        auto const done = batch.update(*kind, std::move(edit));
        if (done.ok()) note_step(session, *kind, done->head.id, ours->head.version, done->head.version);
        else {
            report.entries.resize(before);
            report.entries.push_back({Outcome::Skipped, offer.fields.front().second, ours->head.reference, ours->head.title, {}, "profile_not_filled", {}, ours->head.id.text()});
        }
    }

    Records const& records_;
    Register const& kind_;
    ImportFile const& file_;
    By by_;
    ImportOptions const& options_;
    Planner planner_;
    std::map<std::size_t, std::string> repeats_;
    Run run_;
};

}  // namespace

std::optional<ImportReport> stored_report(Records const& records, Register const& kind, Uuid run)
{
    auto session = records.machinery().database.read();
    auto found = session->query(SqlText{"SELECT report FROM import_run WHERE organisation_id=? AND register=? AND id=?"}, records.organisation(), kind.slug, run);
    if (!found.next()) return std::nullopt;
    return whole_report(*session, run, found.view(0));
}

Result<ImportReport> run_import(Records const& records, Register const& kind, ImportFile const& file, By const& by, ImportOptions const& options)
{
    if (kind.single) return Error::conflict("import.single_record");
    if (!file.links_in_words) return Importer(records, kind, file, by, options).run();
    auto const named = with_links_found(records, kind, file);
    return Importer(records, kind, named, by, options).run();
}

}  // namespace greffier::records
