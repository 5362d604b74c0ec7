#include "records/pages/prefilled.hpp"

#include <algorithm>

#include "records/pages/form.hpp"

namespace greffier::records {

using schema::FieldInfo;
using schema::Kind;

namespace {

/// Rows and files are not for an address to fill in.
bool may_be_prefilled(FieldInfo const& field)
{
    if (field.read_only || field.retired) return false;
    switch (field.kind) {
    case Kind::Rows: case Kind::Object: case Kind::Localised: case Kind::Attachment: case Kind::Attachments: return false;
    default: return true;
    }
}

bool is_refused(schema::SchemaInfo const& info, schema::Row const& row, FieldInfo const& field, schema::KnowsTerm const& knows_term)
{
    auto const problems = schema::check(info, row, knows_term, schema::Strictness::Partial);
    return std::ranges::any_of(problems, [&](FieldError const& problem) {
        return problem.field == field.name || problem.field.starts_with(field.name + "[") || problem.field.starts_with(field.name + ".");
    });
}

/// A duration is answered under "<field>.count", a person or body under "<field>.<part>".
bool is_answered(FieldInfo const& field, web::Pairs const& query)
{
    if (query.has(field.name)) return true;
    auto const start = field.name + ".";
    return std::ranges::any_of(query, [&](auto const& pair) { return pair.first.starts_with(start); });
}

}  // namespace

std::string new_form_address(accounts::Context const& context, std::string_view register_slug, web::Pairs const& answers)
{
    auto address = context.address("/" + std::string{register_slug} + "/new");
    char mark = '?';
    for (auto const& [name, value] : answers) {
        if (value.empty()) continue;
        address += mark + web::encode_component(name) + "=" + web::encode_component(value);
        mark = '&';
    }
    return address;
}

void prefill(schema::SchemaInfo const& info, schema::Row& row, web::Pairs const& query, schema::KnowsTerm const& knows_term)
{
    for (std::size_t i = 0; i < info.fields.size() && i < row.values.size(); ++i) {
        auto const& field = info.fields[i];
        if (!may_be_prefilled(field) || !is_answered(field, query)) continue;
        auto tried = row;
        tried.values[i] = read_answer(field, query, field.name, row.values[i]);
        schema::normalise(info, tried, schema::NewRows::StayNameless);
        if (!is_refused(info, tried, field, knows_term)) row.values[i] = std::move(tried.values[i]);
    }
}

}  // namespace greffier::records
