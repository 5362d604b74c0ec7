#include "records/exporting.hpp"

#include <algorithm>

#include "core/json_writer.hpp"
#include "core/text.hpp"
#include "documents/csv_writer.hpp"
#include "records/find_many.hpp"
#include "records/link_words.hpp"
#include "records/list_columns.hpp"
#include "records/list_past.hpp"
#include "schema/diff.hpp"
#include "schema/json.hpp"
#include "schema/show.hpp"

namespace greffier::records {
namespace {

using Members = std::vector<std::pair<std::string, std::string>>;

template <class V>
std::string as_json(V const& value)
{
    JsonWriter out;
    out.value(value);
    return std::move(out).take();
}
std::string as_json(std::string const& text) { return as_json(std::string_view{text}); }
std::string text_or_null(std::string const& text) { return text.empty() ? "null" : as_json(text); }

bool by_reference(Stored const& a, Stored const& b)
{
    return a.head.reference != b.head.reference ? a.head.reference < b.head.reference : a.head.id < b.head.id;
}

Result<std::vector<Stored>> listed(Records const& records, Register const& kind, ExportQuery const& query)
{
    std::vector<Stored> all;
    auto list = *query.list;
    list.at = query.at;
    list.with_rows = true;
    list.page = 1;
    list.per_page = 200;
    list.after.clear();
    auto take = [&](std::vector<Listed>& items) {
        for (auto& item : items) all.push_back({std::move(item.head), std::move(*item.row), std::move(item.destroyed)});
    };
    if (list.at) {   // whole: each page of the past would read the whole register again
        auto then = list_of_the_past(records, kind, list);
        take(then);
    }
    for (bool more = !list.at; more; more = !list.after.empty()) {
        auto page = TRY(records.list(kind, list));
        take(page.items);
        list.after = std::move(page.next);
    }
    std::ranges::sort(all, by_reference);
    return all;
}

/// A part of the profile as JSON; null when it has none.
std::string part_json(schema::SchemaInfo const& info, schema::Row const& row, std::string_view name)
{
    auto const* rows = std::get_if<schema::Rows>(&schema::get(info, row, name));
    auto const* field = info.find(name);
    return rows && !rows->empty() && field ? schema::to_sorted(*field->rows, rows->front(), {}) : "null";
}

std::string names_of(std::vector<std::string> const& names)
{
    JsonWriter out;
    out.begin_array();
    for (auto const& name : names) out.value(std::string_view{name});
    out.end_array();
    return std::move(out).take();
}

/// Who answers for the register (art. 30(1)(a)).
std::string organisation_json(ExportJob const& job)
{
    Members members{{"id", as_json(job.organisation.id.text())}, {"slug", as_json(job.organisation.slug)}, {"name", as_json(job.organisation.name)}};
    auto const* kind = job.records.machinery().registers.find("profile");
    auto const profile = profile_of(job.records, job.query.at);
    if (kind && profile) {
        Members controller;
        for (auto const* name : {"name", "address", "postcode", "city", "country", "phone", "email", "website", "siren", "siret"})
            controller.emplace_back(name, text_or_null(schema::text_of(*kind->schema, *profile, name)));
        std::ranges::sort(controller);
        JsonWriter out;
        out.begin_object();
        for (auto const& [name, json] : controller) out.key(name).raw(json);
        out.end_object();
        members.emplace_back("controller", std::move(out).take());
        for (auto const* name : {"dpo", "eu_representative", "legal_representative"}) members.emplace_back(name, part_json(*kind->schema, *profile, name));
    }
    std::ranges::sort(members);
    JsonWriter out;
    out.begin_object();
    for (auto const& [name, json] : members) out.key(name).raw(json);
    out.end_object();
    return std::move(out).take();
}

Status write_json(ExportJob const& job, Sink const& sink)
{
    JsonWriter head;
    if (job.query.at) head.value(std::string_view{to_text(*job.query.at)});
    else head.null();
    // Said only when it is so: what shows everything stays the same bytes.
    std::string const covers = job.records.sight().is_everything() ? "" : ",\"covers\":\"what_its_author_may_see\"";
    sink("{\"at\":" + head.text() + covers + ",\"format\":\"greffier-register\",\"format_version\":1,\"items\":[");
    bool first = true;
    auto const done = each_selected(job.records, job.kind, job.query, [&](Stored const& stored) {
        sink((first ? "\n" : ",\n") + published_sorted(job.kind, stored));
        first = false;
    });
    if (!done.ok()) return done;
    sink("\n],\"organisation\":" + organisation_json(job) + ",\"register\":" + as_json(std::string{job.kind.slug}) + "}\n");
    return Nothing{};
}

/// The columns of a list as shown, after what names the record.
Status write_shown_csv(ExportJob const& job, Sink const& sink)
{
    auto columns = export_columns(job.query.columns);
    std::vector<std::string> titles;
    for (auto const& column : columns) titles.push_back(column_words(job.kind, column, job.locale));
    documents::CsvOptions options;
    options.byte_order_mark = true;
    sink(documents::write_csv({titles}, options));
    options.byte_order_mark = false;
    return each_selected(job.records, job.kind, job.query, [&](Stored const& stored) {
        std::vector<std::string> line;
        for (auto const& column : columns) line.push_back(is_destroyed(stored, column) ? job.locale.text("record.destroyed") : column_text(job.kind, column, stored.head, &stored.row, job.locale));
        sink(documents::write_csv({line}, options));
    });
}

constexpr std::size_t records_at_once = 100;

LinkWords words_of_all(ExportJob const& job, std::vector<Stored> const& group)
{
    std::vector<std::string> ids;
    for (auto const& stored : group)
        for (auto& link : schema::links_of(*job.kind.schema, stored.row)) ids.push_back(std::move(link.target));
    return link_words(job.records, ids, job.query.at);
}

Status write_csv(ExportJob const& job, Sink const& sink)
{
    if (!job.query.columns.empty()) return write_shown_csv(job, sink);
    auto const& info = *job.kind.schema;
    bool const links = has_links(info);
    std::vector<std::string> titles{job.locale.text("export.column.reference"), job.locale.text("export.column.status")};
    // What is no longer asked is a column of the past alone.
    auto const shown = [&](schema::FieldInfo const& field) { return !field.retired || job.query.at; };
    for (auto const& field : info.fields)
        if (shown(field)) titles.push_back(schema::short_label(info, field, job.locale));
    documents::CsvOptions options;
    options.byte_order_mark = true;   // without it spreadsheets take the accents for another alphabet
    sink(documents::write_csv({titles}, options));
    options.byte_order_mark = false;
    auto write = [&](Stored const& stored, schema::Row const& row) {
        auto const status = job.locale.find("status." + stored.head.status);
        std::vector<std::string> line{stored.head.reference, status.value_or(stored.head.status)};
        for (std::size_t i = 0; i < info.fields.size(); ++i)
            if (shown(info.fields[i])) line.push_back(is_destroyed(stored, info.fields[i].name) ? job.locale.text("record.destroyed") : schema::show(info.fields[i], row.values[i], job.locale));
        sink(documents::write_csv({line}, options));
    };
    // The words of links are read for a group of records: one statement each would be most of a large export.
    std::vector<Stored> group;
    auto write_group = [&] {
        auto const words = words_of_all(job, group);
        for (auto const& stored : group) words.empty() ? write(stored, stored.row) : write(stored, with_link_words(info, stored.row, words));
        group.clear();
    };
    auto const done = each_selected(job.records, job.kind, job.query, [&](Stored const& stored) {
        if (!links) return write(stored, stored.row);
        group.push_back(stored);
        if (group.size() == records_at_once) write_group();
    });
    if (done.ok()) write_group();
    return done;
}

}  // namespace

std::span<ExportFormat const> common_export_formats()
{
    static constexpr ExportFormat formats[] = {
        {"json", "json", "application/json", "", &write_json},
        {"csv", "csv", "text/csv; charset=utf-8", "", &write_csv},
    };
    return formats;
}

Status each_selected(Records const& records, Register const& kind, ExportQuery const& query, std::function<void(Stored const&)> const& visit)
{
    if (!query.ids.empty()) {
        auto const there = find_many(records, kind, query.ids, query.at);
        std::vector<Stored> found;
        for (auto id : query.ids) {
            auto const one = there.find(id);
            // Asked again alone: that says why it is not there, or it has just been taken out of the bin.
            found.push_back(one != there.end() ? one->second : TRY(query.at ? records.find_at(kind, id, *query.at) : records.find(kind, id)));
        }
        std::ranges::sort(found, by_reference);
        for (auto const& stored : found) visit(stored);
        return Nothing{};
    }
    if (query.list) {
        for (auto const& stored : TRY(listed(records, kind, query))) visit(stored);
        return Nothing{};
    }
    records.each(kind, query.at, visit);
    return Nothing{};
}

Result<std::string> export_text(ExportFormat const& format, ExportJob const& job)
{
    std::string text;
    auto const done = format.write(job, [&](std::string_view piece) { text += piece; });
    if (!done.ok()) return done.error();
    return text;
}

std::string export_file_name(ExportFormat const& format, ExportJob const& job)
{
    auto const day = to_text(local_date(job.query.at.value_or(job.now), job.organisation.zone));
    return job.organisation.slug + "-" + std::string{job.kind.slug} + "-" + day + "." + std::string{format.extension};
}

std::optional<schema::Row> profile_of(Records const& records, std::optional<Timestamp> at)
{
    auto const* kind = records.machinery().registers.find("profile");
    if (!kind) return std::nullopt;
    auto found = at ? records.only_at(*kind, *at) : records.only(*kind);
    if (!found.ok()) return std::nullopt;
    return std::move(found->row);
}

std::string published_sorted(Register const& kind, Stored const& stored)
{
    auto const& head = stored.head;
    Members own{
        {"id", as_json(head.id.text())},
        {"custom", schema::custom_json(*kind.schema, stored.row)},
        {"register", as_json(std::string{kind.slug})},
        {"reference", as_json(head.reference)},
        {"version", as_json(head.version)},
        {"status", as_json(head.status)},
        {"created_at", as_json(to_text(head.created_at))},
        {"updated_at", as_json(to_text(head.updated_at))},
        {"updated_by", head.updated_by.is_nil() ? "null" : as_json(head.updated_by.text())},
        {"deleted_at", head.deleted_at ? as_json(to_text(*head.deleted_at)) : "null"},
    };
    if (kind.sealed) own.emplace_back("destroyed", names_of(stored.destroyed));
    return schema::to_sorted(*kind.schema, stored.row, std::move(own));
}

}  // namespace greffier::records
