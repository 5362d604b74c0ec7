#include "founding/model.hpp"

#include <algorithm>
#include <array>

#include "records/duplicate.hpp"
#include "records/vocabulary.hpp"

namespace greffier::founding {

using schema::FieldInfo;
using schema::Kind;
using schema::Row;
using schema::Rows;
using schema::SchemaInfo;
using storage::Session;
using storage::SqlText;

namespace {

constexpr std::array<std::string_view, 4> codes{"profile", "records", "words", "settings"};

constexpr std::array<std::string_view, 6> of_the_profile{"dpo", "holiday_calendar", "sector", "naf", "country", "lead_authority"};
/// Of the officer, what each body declares for itself.
constexpr std::array<std::string_view, 3> of_a_designation{"designated_on", "cnil_number", "ends_on"};
/// Figures of the model: wrong of anybody else.
constexpr std::array<std::string_view, 2> figures{"people_count", "data_volume"};

template <class List>
bool holds(List const& list, std::string_view name) { return std::ranges::find(list, name) != std::end(list); }

bool is_anothers(FieldInfo const& field)
{
    switch (field.kind) {
    case Kind::Link:
    case Kind::Links:
    case Kind::Attachment:
    case Kind::Attachments:
    case Kind::Date:
    case Kind::Timestamp: return true;
    default: return field.personal_data || field.section == "follow_up" || holds(figures, field.name);
    }
}

void clear(SchemaInfo const& info, Row& row)
{
    for (std::size_t i = 0; i < info.fields.size() && i < row.values.size(); ++i) {
        auto const& field = info.fields[i];
        if (is_anothers(field) && !field.required) row.values[i] = {};
        else if (auto* rows = std::get_if<Rows>(&row.values[i]); rows && field.rows)
            for (auto& owned : *rows) clear(*field.rows, owned);
    }
}

/// The organisation and those above it.
std::vector<OrganisationId> chain_of(Session& session, OrganisationId organisation)
{
    std::vector<OrganisationId> chain;
    auto rows = session.query(SqlText{"WITH RECURSIVE up(id, parent_id, depth) AS (SELECT id, parent_id, 0 FROM organisation WHERE id=? "
                                      "UNION ALL SELECT o.id, o.parent_id, up.depth+1 FROM organisation o JOIN up ON o.id=up.parent_id WHERE up.depth<100) SELECT id FROM up"},
                              organisation);
    while (rows.next()) chain.push_back(rows.id<Organisation>(0));
    return chain;
}

}  // namespace

std::string_view code_of(Part part) { return codes[static_cast<std::size_t>(part)]; }

std::vector<Part> const& all_parts()
{
    static std::vector<Part> const all{Part::Profile, Part::Records, Part::Words, Part::Settings};
    return all;
}

std::vector<Part> parse_parts(std::vector<std::string> const& given)
{
    std::vector<Part> parts;
    for (auto const part : all_parts())
        if (holds(given, code_of(part))) parts.push_back(part);
    return parts;
}

bool Model::has(Part part) const { return std::ranges::find(parts, part) != parts.end(); }

Result<ModelContent> read_model(records::Machinery const& machinery, accounts::Organisations& organisations, Model const& model)
{
    auto info = organisations.find(model.organisation);
    if (!info) return Error::not_found("unknown_organisation", {{"value", ""}});
    ModelContent content{std::move(*info), model, {}, {}, records::known_registers(machinery, model.organisation)};
    // What is restricted there stays there, whoever asks.
    records::Records const store(machinery, model.organisation, accounts::Sight::of({{accounts::Role::Reader}, {}, {}, {}}));
    if (model.has(Part::Profile)) {
        auto const& kind = *content.registers->find("profile");
        auto const stored = TRY(store.only(kind));
        content.profile = stored.row;
    }
    if (model.has(Part::Records))
        for (auto const* kind : content.registers->all()) {
            if (kind->single) continue;
            store.each(*kind, std::nullopt, [&](records::Stored const& stored) {
                if (!kind->is_closed(stored.head.status)) content.records.push_back({std::string{kind->slug}, stored.head.title, stored.head.id, as_draft(*kind, stored.row)});
            });
        }
    return content;
}

void take_profile(records::Register const& kind, Row const& from, Row& into)
{
    auto const& info = *kind.schema;
    for (auto const name : of_the_profile) {
        auto const at = static_cast<std::size_t>(info.index_of(name));
        if (at >= from.values.size() || !schema::is_empty(into.values[at])) continue;
        into.values[at] = from.values[at];
        if (name != "dpo" || !info.fields[at].rows) continue;
        if (auto* parts = std::get_if<Rows>(&into.values[at]))
            for (auto& officer : *parts)
                for (auto const own : of_a_designation) schema::set(*info.fields[at].rows, officer, own, {});
    }
}

void take_words(Session& session, OrganisationId from, OrganisationId into)
{
    auto const known = chain_of(session, into);
    for (auto const& source : chain_of(session, from)) {
        if (std::ranges::find(known, source) != known.end()) break;   // from here up, both have the same
        session.execute(SqlText{"INSERT INTO term(organisation_id, list, code, label_fr, label_en, retired) SELECT n.id, t.list, t.code, t.label_fr, t.label_en, t.retired "
                                "FROM term t JOIN organisation n ON n.id=? WHERE t.organisation_id=? AND NOT EXISTS (SELECT 1 FROM term o WHERE o.organisation_id=n.id AND o.list=t.list AND o.code=t.code)"},
                        into, source);
        session.execute(SqlText{"INSERT INTO custom_field(organisation_id, register, code, kind, label_fr, label_en, help_fr, help_en, section, target, required, in_list, searchable, position, retired) "
                                "SELECT n.id, f.register, f.code, f.kind, f.label_fr, f.label_en, f.help_fr, f.help_en, f.section, f.target, f.required, f.in_list, f.searchable, f.position, f.retired "
                                "FROM custom_field f JOIN organisation n ON n.id=? WHERE f.organisation_id=? "
                                "AND NOT EXISTS (SELECT 1 FROM custom_field o WHERE o.organisation_id=n.id AND o.register=f.register AND o.code=f.code)"},
                        into, source);
        session.execute(SqlText{"INSERT INTO custom_option(organisation_id, register, field, code, label_fr, label_en, position, retired) "
                                "SELECT n.id, p.register, p.field, p.code, p.label_fr, p.label_en, p.position, p.retired FROM custom_option p JOIN organisation n ON n.id=? WHERE p.organisation_id=? "
                                "AND NOT EXISTS (SELECT 1 FROM custom_option o WHERE o.organisation_id=n.id AND o.register=p.register AND o.field=p.field AND o.code=p.code)"},
                        into, source);
    }
    records::Vocabulary::changed(session);
}

Result<int> take_records(records::Batch& batch, ModelContent const& content)
{
    int made = 0;
    for (auto const& kept : content.records) {
        auto const& kind = *content.registers->find(kept.register_slug);
        records::NewRecord record;
        record.row = kept.row;
        record.import_key = "model:" + content.model.organisation.text() + ":" + kept.id.text();
        (void)TRY(batch.create(kind, std::move(record)));
        ++made;
    }
    return made;
}

Row as_draft(records::Register const& kind, Row row)
{
    auto const title = schema::text_of(*kind.schema, row, kind.title_field);
    row = records::copy_of(kind, std::move(row), "");
    schema::set(*kind.schema, row, kind.title_field, title);
    clear(*kind.schema, row);
    return row;
}

}  // namespace greffier::founding
