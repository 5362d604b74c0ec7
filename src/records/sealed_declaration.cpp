#include "records/sealed_declaration.hpp"

#include <algorithm>

namespace greffier::records {

using schema::FieldInfo;
using schema::Kind;

namespace {

bool is_of_the_head(Register const& kind, std::string_view field)
{
    return field == kind.title_field || field == kind.review_field || field == kind.reviewed_field || field == kind.reviewer_field
           || std::ranges::any_of(kind.stamps, [&](auto const& stamp) { return stamp.field == field; });
}

bool points_elsewhere(Kind kind) { return kind == Kind::Link || kind == Kind::Links || kind == Kind::Attachment || kind == Kind::Attachments; }

/// Links are written to a table of their own. Files are found where they are declared: the field of attachments itself
/// may be sealed, with their names; its contents are, in every register that seals.
void look_inside(schema::SchemaInfo const& info, std::string const& path, std::vector<std::string>& wrong)
{
    for (auto const& part : info.fields) {
        if (points_elsewhere(part.kind)) wrong.push_back(path + "." + part.name + " is a link or a file");
        else if (part.rows) look_inside(*part.rows, path + "." + part.name, wrong);
    }
}

void look_at(Register const& kind, FieldInfo const& field, std::vector<std::string>& wrong)
{
    if (is_of_the_head(kind, field.name)) wrong.push_back(field.name + " stands in the head of the record");
    if (field.searchable || field.title) wrong.push_back(field.name + " is searchable");
    if (field.in_list) wrong.push_back(field.name + " is a column of the list");
    if (field.list || field.facet || field.kind == Kind::Country) wrong.push_back(field.name + " is a facet");
    if (field.kind == Kind::Attachments && field.name == "attachments") return;
    if (points_elsewhere(field.kind)) wrong.push_back(field.name + " is a link or a file");
    else if (field.rows) look_inside(*field.rows, field.name, wrong);
}

}  // namespace

std::vector<std::string> what_would_leak(Register const& kind)
{
    std::vector<std::string> wrong;
    if (!kind.sealed) return wrong;
    bool any = false;
    for (auto const& field : kind.schema->fields)
        if (kind.seals(field)) {
            any = true;
            look_at(kind, field, wrong);
        }
    if (!any) wrong.emplace_back("no field holds personal data");
    return wrong;
}

schema::Row without_sealed(Register const& kind, schema::Row row)
{
    if (!kind.sealed) return row;
    auto const& fields = kind.schema->fields;
    for (std::size_t i = 0; i < fields.size() && i < row.values.size(); ++i)
        if (kind.seals(fields[i])) row.values[i] = {};
    return row;
}

std::vector<std::string> sealed_fields_in(Register const& kind, schema::Row const& row)
{
    std::vector<std::string> names;
    auto const& fields = kind.schema->fields;
    for (std::size_t i = 0; i < fields.size() && i < row.values.size(); ++i)
        if (kind.seals(fields[i]) && !schema::is_empty(row.values[i])) names.push_back(fields[i].name);
    return names;
}

void settle_destroyed(Register const& kind, schema::Row const& row, std::vector<FieldError>& found)
{
    std::erase_if(found, [&](FieldError const& problem) {
        auto const* field = kind.schema->find(problem.field);
        return field && kind.seals(*field) && problem.code == "required";
    });
    for (auto const& name : sealed_fields_in(kind, row)) found.push_back({name, "key_destroyed", {}});
}

}  // namespace greffier::records
