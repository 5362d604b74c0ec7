// A term's new label in the words by which records are found: they hold what the label was when they were written.
#include <algorithm>
#include <set>

#include "records/in_force.hpp"
#include "records/record_writer.hpp"
#include "records/reword.hpp"

namespace greffier::records {

using storage::Session;
using storage::SqlText;

namespace {

constexpr int at_once = 200;

void fields_of(schema::SchemaInfo const& info, std::string_view list, std::set<std::string>& out)
{
    for (auto const& field : info.fields) {
        if (field.list && field.list->name == list) out.insert(field.name);
        if (field.rows) fields_of(*field.rows, list, out);
    }
}

std::vector<OrganisationId> with_those_below(Machinery const& machinery, OrganisationId organisation)
{
    auto session = machinery.database.read();
    auto rows = session->query(SqlText{"WITH RECURSIVE down(id) AS (SELECT id FROM organisation WHERE id=? "
                                       "UNION SELECT o.id FROM organisation o JOIN down ON o.parent_id=down.id) SELECT id FROM down"}, organisation);
    std::vector<OrganisationId> all;
    while (rows.next()) all.push_back(rows.id<Organisation>(0));
    return all;
}

/// The index of coded values names the holders: nothing else is read.
int reword_field(Machinery const& machinery, OrganisationId organisation, Register const& kind, std::string const& facet, Timestamp now)
{
    int seen = 0;
    ListQuery query;
    query.facets = {facet};
    query.per_page = at_once;
    for (;;) {
        auto const page = Records(machinery, organisation, accounts::Sight::everything()).list(kind, query);
        if (!page.ok() || page->items.empty()) return seen;
        auto const done = machinery.database.write([&](Session& session) -> Status {
            RecordWriter writer(machinery, organisation, session, {Uuid{}, now}, accounts::Sight::everything());
            InForce in_force(machinery, organisation, session, accounts::Sight::everything());
            auto const& known = in_force.of(kind);
            for (auto const& item : page->items)
                if (auto const current = writer.by_id(known, item.head.id); current && !current->head.deleted_at) writer.reword(known, *current);
            return Nothing{};
        });
        if (!done.ok()) return seen;
        seen += static_cast<int>(page->items.size());
        if (page->next.empty()) return seen;
        query.after = page->next;
    }
}

}  // namespace

int reword_options(Machinery const& machinery, OrganisationId organisation, CustomField const& before, CustomField const& after, Timestamp now)
{
    int seen = 0;
    auto const* kind = machinery.registers.find(after.register_slug);
    if (!kind) return 0;
    for (auto const& option : after.options) {
        auto const was = std::ranges::find(before.options, option.code, &CustomOption::code);
        if (was == before.options.end() || (was->label_fr == option.label_fr && was->label_en == option.label_en)) continue;
        for (auto const where : with_those_below(machinery, organisation)) seen += reword_field(machinery, where, *kind, "custom." + after.code + ":" + option.code, now);
    }
    return seen;
}

int reword(Machinery const& machinery, OrganisationId organisation, std::string_view list, std::string_view code, Timestamp now)
{
    int seen = 0;
    for (auto const where : with_those_below(machinery, organisation))
        for (auto const* kind : machinery.registers.all()) {
            std::set<std::string> fields;
            fields_of(*kind->schema, list, fields);
            for (auto const& field : fields) seen += reword_field(machinery, where, *kind, field + ":" + std::string{code}, now);
        }
    return seen;
}

}  // namespace greffier::records
