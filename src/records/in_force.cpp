#include "records/in_force.hpp"

#include <algorithm>
#include <set>

#include "schema/diff.hpp"

namespace greffier::records {

using schema::Kind;
using storage::SqlText;

namespace {

struct Found {
    std::string path, target;
    schema::FieldInfo const* field;
};

void collect(schema::SchemaInfo const& info, schema::Row const& row, std::string const& prefix, std::vector<Found>& out)
{
    for (std::size_t i = 0; i < info.fields.size() && i < row.values.size(); ++i) {
        auto const& field = info.fields[i];
        auto const path = prefix + field.name;
        if (field.kind == Kind::Link) {
            if (auto const* target = std::get_if<std::string>(&row.values[i])) out.push_back({path, *target, &field});
        } else if (field.kind == Kind::Links) {
            if (auto const* targets = std::get_if<schema::Texts>(&row.values[i]))
                for (std::size_t n = 0; n < targets->size(); ++n) out.push_back({path + "[" + std::to_string(n) + "]", (*targets)[n], &field});
        } else if (auto const* rows = field.rows ? std::get_if<schema::Rows>(&row.values[i]) : nullptr) {
            for (std::size_t n = 0; n < rows->size(); ++n)
                collect(*field.rows, (*rows)[n], field.kind == Kind::Rows ? path + "[" + std::to_string(n) + "]." : path + ".", out);
        }
    }
}

}  // namespace

Register const& InForce::of(Register const& asked)
{
    if (!machinery_.vocabulary) return asked;
    if (!held_) held_ = machinery_.vocabulary->of(session_, organisation_);
    auto const* found = held_->find(asked.slug);
    return found ? *found : asked;
}

bool InForce::is_there(std::string_view register_slug, Uuid target)
{
    if (register_slug.empty())
        return seen_->query(SqlText{"SELECT 1 FROM record WHERE organisation_id=? AND id=? AND deleted_at IS NULL"}, organisation_, target).next();
    return seen_->query(SqlText{"SELECT 1 FROM record WHERE organisation_id=? AND id=? AND register=? AND deleted_at IS NULL"}, organisation_, target, register_slug).next();
}

std::vector<FieldError> InForce::unknown_links(Register const& kind, schema::Row const& row, schema::Row const* before)
{
    std::vector<Found> links;
    collect(*kind.schema, row, "", links);
    std::vector<FieldError> problems;
    if (links.empty()) return problems;
    std::set<std::string> held;
    if (before)
        for (auto const& link : schema::links_of(*kind.schema, *before)) held.insert(link.target);
    for (auto const& link : links) {
        if (held.contains(link.target)) continue;
        auto const id = Uuid::parse(link.target);
        if (id && !is_there(link.field->link_register, *id)) problems.push_back({link.path, "unknown_link", {}});
    }
    return problems;
}

}  // namespace greffier::records
