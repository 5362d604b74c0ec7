#include "records/import_plan.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "records/sealed_declaration.hpp"
#include "schema/diff.hpp"
#include "schema/extend.hpp"
#include "schema/json.hpp"

namespace greffier::records {

using schema::Row;

namespace {

constexpr double still_the_same = 0.5;   // of the fields, when name or reference changed at the same place

std::string folded(std::string_view text) { return fold(squeeze(text)); }

}  // namespace

std::string place_of(ImportItem const& item, std::string path)
{
    while (!path.empty()) {
        if (auto const found = item.places.find(path); found != item.places.end()) return found->second;
        auto const cut = path.find_last_of(".[");
        path = cut == std::string::npos ? "" : path.substr(0, cut);
    }
    return item.place;
}

std::string Planner::import_key(ImportItem const& item) const
{
    if (item.key.empty()) return {};
    return (file_.key_scope.empty() ? file_.kept_under() + "|" + folded(file_.source) : file_.key_scope) + "|" + item.key;
}

std::optional<Row> Planner::base_of(Batch& batch, ImportItem const& item, Stored const& ours)
{
    if (item.id == ours.head.id && item.version > 0 && item.version <= ours.head.version)
        if (auto version = records_.version(kind_, ours.head.id, item.version); version.ok() && !version->erased) return std::move(version->row);
    if (file_.origin && file_.origin->organisation == records_.organisation())
        if (auto then = records_.find_at(kind_, ours.head.id, file_.origin->at); then.ok()) return std::move(then->row);
    return batch.import_base(kind_, ours.head.id, file_.kept_under());
}

std::optional<Stored> Planner::by_reference(Batch& batch, ImportItem const& item, std::optional<Row>& base)
{
    if (item.reference.empty()) return std::nullopt;
    auto found = batch.find_by_reference(kind_, squeeze(item.reference));
    if (!found || !free(*found)) return std::nullopt;
    base = base_of(batch, item, *found);
    bool const ours_by_id = item.id == found->head.id;
    bool const plain = file_.matches_by_reference && !item.id;
    auto const name = folded(item.name);
    if (ours_by_id || plain || name == folded(found->head.title)) return found;
    if (base && name == folded(schema::text_of(*kind_.schema, *base, kind_.title_field))) return found;   // renamed here since
    return std::nullopt;
}

std::optional<Stored> Planner::by_place(Batch& batch, ImportItem const& item, Row const& theirs, std::optional<Row>& base)
{
    auto const key = import_key(item);
    if (key.empty()) return std::nullopt;
    auto found = batch.find_by_import_key(kind_, key);
    if (!found || !free(*found)) return std::nullopt;
    base = base_of(batch, item, *found);
    // Two services may each have a "registre.ods" with one sheet: the place alone must not make one out of both.
    if (folded(item.name) != folded(found->head.title) &&
        (!base || resemblance(*kind_.schema, file_.carried, *base, theirs) < still_the_same))
        return std::nullopt;
    return found;
}

std::optional<Stored> Planner::by_title(Batch& batch, ImportItem const& item, Row const& theirs, std::optional<Row>& base)
{
    if (item.name.empty()) return std::nullopt;
    for (auto const& id : batch.ids_by_title(kind_, item.name)) {
        auto found = batch.find(kind_, id);
        if (!found || !free(*found)) continue;
        auto said = batch.import_base(kind_, id, file_.kept_under());
        if (!said) continue;
        // A file without references has nothing but the name; otherwise it must be word for word what was imported.
        if (!item.reference.empty() && !says_the_same(*kind_.schema, file_.carried, item.present, *said, theirs)) continue;
        base = std::move(said);
        return found;
    }
    return std::nullopt;
}

std::optional<Stored> Planner::match(Batch& batch, ImportItem const& item, Row const& theirs, std::optional<Row>& base)
{
    if (auto found = by_reference(batch, item, base)) return found;
    base.reset();
    if (item.id) {
        auto found = batch.find(kind_, *item.id);
        if (found && free(*found)) {
            base = base_of(batch, item, *found);
            return found;
        }
    }
    if (auto found = by_place(batch, item, theirs, base)) return found;
    base.reset();
    return by_title(batch, item, theirs, base);
}

Plan Planner::plan(Batch& batch, ImportItem const& item)
{
    Plan plan;
    plan.notes = item.notes;
    if (item.refused || item.skipped) {
        plan.outcome = item.refused ? Outcome::Refused : Outcome::Skipped;
        plan.refused = item.refused;
        return plan;
    }
    auto theirs = item.row;
    schema::normalise(*kind_.schema, theirs);
    std::optional<Row> base;
    plan.ours = match(batch, item, theirs, base);
    note_read_only(item, theirs, plan);
    if (plan.ours) plan_update(item, std::move(theirs), std::move(base), plan);
    else plan_new(batch, item, std::move(theirs), plan);
    if (plan.outcome != Outcome::Unchanged) check(item, plan);
    if (plan.ours) claim(plan.ours->head.id.text());
    return plan;
}

void Planner::note_read_only(ImportItem const& item, Row const& theirs, Plan& plan) const
{
    for (std::size_t i = 0; i < kind_.schema->fields.size(); ++i) {
        auto const& field = kind_.schema->fields[i];
        if (!field.read_only || schema::is_empty(theirs.values[i]) || (plan.ours && plan.ours->row.values[i] == theirs.values[i])) continue;
        plan.notes.push_back({Outcome::Skipped, place_of(item, field.name), "set_by_acts", {}, field.name});
    }
    if (!plan.ours && !item.status.empty() && item.status != kind_.first_status())
        plan.notes.push_back({Outcome::Skipped, place_of(item, "status"), "status_not_taken", {{"status", shorten(item.status, 40)}}, {}});
}

void Planner::plan_new(Batch& batch, ImportItem const& item, Row theirs, Plan& plan)
{
    plan.outcome = Outcome::Created;
    for (auto const& field : kind_.schema->fields)
        if (field.read_only) schema::set(*kind_.schema, theirs, field.name, {});
    plan.row = theirs;
    plan.said = std::move(theirs);
    plan.reference = squeeze(item.reference);
    if (plan.reference.empty()) return;
    if (references_.contains(plan.reference) || batch.find_by_reference(kind_, plan.reference)) {
        plan.notes.push_back({Outcome::Repaired, place_of(item, "reference"), "reference_taken", {{"reference", plan.reference}}, {}});
        plan.reference.clear();
        return;
    }
    references_.insert(plan.reference);
}

void Planner::plan_update(ImportItem const& item, Row theirs, std::optional<Row> base, Plan& plan)
{
    auto const& ours = *plan.ours;
    auto merged = merge_import({*kind_.schema, file_.carried, item.present, std::move(base), ours.row, std::move(theirs), file_.project});
    schema::normalise(*kind_.schema, merged.row);
    plan.row = std::move(merged.row);
    plan.said = std::move(merged.said);
    for (auto& difference : merged.differences)
        plan.notes.push_back({Outcome::Differing, place_of(item, difference.field), difference.changed_there ? "changed_on_both_sides" : "changed_here",
                              {{"ours", difference.ours}, {"theirs", difference.theirs}}, difference.field});
    if (schema::to_stored(*kind_.schema, plan.row) == schema::to_stored(*kind_.schema, ours.row)) return;
    plan.outcome = Outcome::Updated;
    if (kind_.is_settled(ours.head.status) && schema::touches_material(*kind_.schema, ours.row, plan.row)) {
        plan.sent_back = true;
        plan.notes.push_back({Outcome::Repaired, item.place, "sent_back", {{"status", ours.head.status}}, {}});
    }
    if (kind_.is_closed(ours.head.status)) plan.refused = Error::conflict("closed_record");
}

/// As the write will say: what its reader cannot follow is linked nowhere that it was not before.
void Planner::add_unseen_links(Plan const& plan, std::vector<FieldError>& problems) const
{
    if (file_.unseen.empty()) return;
    std::set<std::string> held;
    if (plan.ours)
        for (auto const& link : schema::links_of(*kind_.schema, plan.ours->row)) held.insert(link.target);
    for (auto const& link : schema::links_of(*kind_.schema, plan.row))
        if (file_.unseen.contains(link.target) && !held.contains(link.target)) problems.push_back({link.field, "unknown_link", {}});
}

void Planner::check(ImportItem const& item, Plan& plan) const
{
    auto problems = schema::check(*kind_.schema, plan.row, records_.machinery().knows_term);
    if (plan.ours && !plan.ours->destroyed.empty()) settle_destroyed(kind_, plan.row, problems);
    add_unseen_links(plan, problems);
    std::erase_if(problems, [](FieldError const& problem) { return problem.code == "required" && problem.field.starts_with(schema::custom_prefix); });   // as the write does
    if (length_utf8(plan.reference) > 60) problems.push_back({"reference", "too_long", {{"max", "60"}}});
    for (auto const& problem : problems)
        plan.notes.push_back({Outcome::Refused, place_of(item, problem.field), problem.code, problem.arguments, problem.field});
    if (!problems.empty()) plan.refused = Error{ErrorKind::Invalid, "invalid", {}, std::move(problems)};
    if (plan.refused) plan.outcome = Outcome::Refused;
}

}  // namespace greffier::records
