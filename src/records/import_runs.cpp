#include "records/import_runs.hpp"

#include "core/json_writer.hpp"

namespace greffier::records {

using storage::SqlText;

namespace {

#define GREFFIER_RUN "id, register, source, format, state, cursor, created_at, updated_at, actor_id"

ImportRun read_run(storage::Cursor const& row)
{
    ImportRun run;
    run.id = row.uuid(0);
    run.register_slug = row.text(1);
    run.source = row.text(2);
    run.format = row.text(3);
    run.finished = row.view(4) == "done";
    run.taken = row.integer(5);
    run.created_at = row.timestamp(6);
    run.updated_at = row.timestamp(7);
    if (!row.is_null(8)) run.actor = row.uuid(8);
    return run;
}

void add_act(Records const& records, ImportRun& run)
{
    if (auto act = Acts(records.machinery(), records.organisation(), records.sight()).find(ActId{run.id}); act.ok()) run.act = std::move(act).value();
}

}  // namespace

ImportRuns import_runs(Records const& records, std::string_view register_slug, int page, int per_page)
{
    ImportRuns runs;
    bool const all = register_slug.empty();
    {
        auto const session = records.seen();
        {
            auto counted = session->query(SqlText{"SELECT count(*) FROM import_run WHERE organisation_id=? AND (?=1 OR register=?)"}, records.organisation(), all, register_slug);
            if (counted.next()) runs.total = counted.integer(0);
        }
        auto rows = session->query(SqlText{"SELECT " GREFFIER_RUN " FROM import_run WHERE organisation_id=? AND (?=1 OR register=?) ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?"},
                                   records.organisation(), all, register_slug, per_page, static_cast<std::int64_t>(page - 1) * per_page);
        while (rows.next()) runs.items.push_back(read_run(rows));
    }
    for (auto& run : runs.items) add_act(records, run);
    return runs;
}

Result<ImportRun> import_run(Records const& records, Uuid id)
{
    ImportRun run;
    {
        auto const session = records.seen();
        auto row = session->query(SqlText{"SELECT " GREFFIER_RUN " FROM import_run WHERE organisation_id=? AND id=?"}, records.organisation(), id);
        if (!row.next()) return Error::not_found();
        run = read_run(row);
    }
    add_act(records, run);
    return run;
}

Result<Act> undo_import(Records const& records, Uuid id, By const& by, accounts::Actor const& actor, std::string const& reason)
{
    auto const run = TRY(import_run(records, id));
    if (!run.act) return Error::conflict("act_too_old");
    return Acts(records.machinery(), records.organisation(), records.sight()).undo(ActId{id}, by, actor, reason);
}

std::vector<ActStep> not_undone(Records const& records, Uuid run)
{
    auto steps = Acts(records.machinery(), records.organisation(), records.sight()).steps(ActId{run});
    std::erase_if(steps, [](ActStep const& step) { return step.undo_outcome != "refused"; });
    return steps;
}

std::string to_json(ImportRun const& run)
{
    JsonWriter out;
    out.begin_object().member("id", std::string_view{run.id.text()}).member("register", std::string_view{run.register_slug});
    out.member("file", std::string_view{run.source}).member("format", std::string_view{run.format});
    out.member("state", run.act && run.act->undone_at ? "undone" : run.finished ? "done" : "running").member("records", run.taken);
    out.member("created_at", std::string_view{to_text(run.created_at)});
    out.member("written", run.act ? run.act->done : 0);
    out.member("undone", run.act ? run.act->undone : 0).member("not_undone", run.act ? run.act->not_undone : 0);
    out.key("undone_at");
    if (run.act && run.act->undone_at) out.value(std::string_view{to_text(*run.act->undone_at)});
    else out.null();
    out.end_object();
    return std::move(out).take();
}

}  // namespace greffier::records
