#include "records/custom_fields.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "core/crypto.hpp"
#include "core/text.hpp"
#include "records/added_words.hpp"
#include "records/vocabulary.hpp"

namespace greffier::records {

using schema::Kind;
using storage::Session;
using storage::SqlText;

namespace {

constexpr std::size_t longest_help = 500;
constexpr std::int64_t most_fields = 50;   // of one register in one organisation
constexpr std::size_t most_options = 100;

constexpr std::array kinds = std::to_array<CustomKind>({
    {"string", Kind::String}, {"text", Kind::Text}, {"choice", Kind::Choice}, {"choices", Kind::Choices}, {"boolean", Kind::Bool}, {"date", Kind::Date},
    {"integer", Kind::Integer}, {"decimal", Kind::Decimal}, {"money", Kind::Money}, {"percent", Kind::Percent}, {"duration", Kind::Duration},
    {"email", Kind::Email}, {"phone", Kind::Phone}, {"url", Kind::Url}, {"country", Kind::Country}, {"link", Kind::Link},
});

CustomKind const* kind_named(std::string_view name)
{
    auto const found = std::ranges::find(kinds, name, &CustomKind::name);
    return found == kinds.end() ? nullptr : &*found;
}

bool is_choice(std::string_view kind) { return kind == "choice" || kind == "choices"; }

void read_options(Session& session, OrganisationId owner, std::vector<CustomField>& fields, std::size_t from)
{
    auto rows = session.query(SqlText{"SELECT register, field, code, label_fr, label_en, retired FROM custom_option WHERE organisation_id=? ORDER BY register, field, position, code"}, owner);
    while (rows.next())
        for (auto i = from; i < fields.size(); ++i)
            if (fields[i].register_slug == rows.view(0) && fields[i].code == rows.view(1))
                fields[i].options.push_back({rows.text(2), rows.text(3), rows.text(4), rows.integer(5) != 0});
}

/// The fields of one owner in the order of pages.
void read_fields(Session& session, OrganisationId owner, TermOwner seen_as, std::vector<CustomField>& fields)
{
    auto const from = fields.size();
    auto rows = session.query(SqlText{"SELECT register, code, kind, label_fr, label_en, help_fr, help_en, section, target, required, in_list, searchable, retired, position "
                                      "FROM custom_field WHERE organisation_id=? ORDER BY register, position, code"}, owner);
    while (rows.next()) {
        CustomField field;
        field.register_slug = rows.text(0);
        field.code = rows.text(1);
        field.kind = rows.text(2);
        field.label_fr = rows.text(3);
        field.label_en = rows.text(4);
        field.help_fr = rows.text(5);
        field.help_en = rows.text(6);
        field.section = rows.text(7);
        field.target = rows.text(8);
        field.required = rows.integer(9) != 0;
        field.in_list = rows.integer(10) != 0;
        field.searchable = rows.integer(11) != 0;
        field.retired = rows.integer(12) != 0;
        field.position = static_cast<int>(rows.integer(13));
        field.owner = seen_as;
        fields.push_back(std::move(field));
    }
    if (std::ranges::any_of(fields.begin() + static_cast<std::ptrdiff_t>(from), fields.end(), [](CustomField const& field) { return is_choice(field.kind); })) read_options(session, owner, fields, from);
}

/// Those of the root first: what a DPO asks of everyone stands before a town's own questions.
std::vector<CustomField> in_force(Session& session, OrganisationId organisation)
{
    std::vector<OrganisationId> owners;
    {
        auto rows = session.query(SqlText{"WITH RECURSIVE up(id, depth) AS (SELECT id, CAST(0 AS bigint) FROM organisation WHERE id=? "
                                          "UNION ALL SELECT o.parent_id, up.depth+1 FROM organisation o JOIN up ON o.id=up.id WHERE o.parent_id IS NOT NULL AND up.depth<32) "
                                          "SELECT up.id FROM up WHERE EXISTS (SELECT 1 FROM custom_field f WHERE f.organisation_id=up.id) ORDER BY up.depth DESC"}, organisation);
        while (rows.next()) owners.push_back(rows.id<Organisation>(0));
    }
    std::vector<CustomField> fields;
    for (auto const& owner : owners) read_fields(session, owner, owner == organisation ? TermOwner::Own : TermOwner::Above, fields);
    return fields;
}

/// Used by an organisation above or below: the same code would mean two things in one record.
bool is_taken(Session& session, OrganisationId organisation, std::string_view register_slug, std::string_view code)
{
    auto const above = in_force(session, organisation);
    if (std::ranges::any_of(above, [&](CustomField const& field) { return field.register_slug == register_slug && field.code == code; })) return true;
    return session.query(SqlText{"WITH RECURSIVE down(id) AS (SELECT id FROM organisation WHERE id=? UNION SELECT o.id FROM organisation o JOIN down ON o.parent_id=down.id) "
                                 "SELECT 1 FROM custom_field f JOIN down ON down.id=f.organisation_id WHERE f.register=? AND f.code=? LIMIT 1"}, organisation, register_slug, code).next();
}

void tidy(CustomField& field)
{
    for (auto* text : {&field.code, &field.label_fr, &field.label_en, &field.help_fr, &field.help_en}) *text = squeeze(*text);
    if (field.label_en.empty()) field.label_en = field.label_fr;
    for (auto& option : field.options) {
        for (auto* text : {&option.code, &option.label_fr, &option.label_en}) *text = squeeze(*text);
        if (option.label_en.empty()) option.label_en = option.label_fr;
    }
}

void check_options(std::vector<FieldError>& found, CustomField const& field)
{
    if (!is_choice(field.kind)) {
        if (!field.options.empty()) found.push_back({"options", "options_elsewhere", {}});
        return;
    }
    if (std::ranges::none_of(field.options, [](CustomOption const& option) { return !option.retired; })) found.push_back({"options", "required", {}});
    if (field.options.size() > most_options) found.push_back({"options", "too_many", {{"max", std::to_string(most_options)}}});
    std::set<std::string> codes;
    for (std::size_t i = 0; i < field.options.size(); ++i) {
        auto const at = "options[" + std::to_string(i) + "]";
        auto const& option = field.options[i];
        if (!is_added_code(option.code)) found.push_back({at + ".code", "bad_code", {{"value", shorten(option.code, 60)}}});
        else if (!codes.insert(option.code).second) found.push_back({at + ".code", "duplicate", {}});
        check_label(found, at + ".label_fr", option.label_fr);
        check_label(found, at + ".label_en", option.label_en);
    }
}

std::vector<FieldError> problems_of(Register const& kind, Registers const& registers, CustomField const& field)
{
    std::vector<FieldError> found;
    auto unknown = [&](char const* member, std::string const& value) { found.push_back({member, "unknown_choice", {{"value", shorten(value, 60)}}}); };
    if (!is_added_code(field.code)) found.push_back({"code", "bad_code", {{"value", shorten(field.code, 60)}}});
    check_label(found, "label_fr", field.label_fr);
    check_label(found, "label_en", field.label_en);
    if (!field.help_fr.empty()) check_label(found, "help_fr", field.help_fr, longest_help);
    if (!field.help_en.empty()) check_label(found, "help_en", field.help_en, longest_help);
    if (!kind_named(field.kind)) unknown("kind", field.kind);
    if (std::ranges::find(kind.schema->sections, field.section) == kind.schema->sections.end()) unknown("section", field.section);
    if (field.kind == "link" ? !registers.find(field.target) : !field.target.empty()) unknown("target", field.target);
    check_options(found, field);
    return found;
}

/// Codes for the options that came without one.
void name_options(CustomField& field)
{
    std::set<std::string> taken;
    for (auto const& option : field.options) taken.insert(option.code);
    for (auto& option : field.options) {
        if (!option.code.empty()) continue;
        auto const stem = code_from(option.label_fr);
        option.code = stem;
        for (int n = 2; taken.contains(option.code) && !stem.empty(); ++n) option.code = stem.substr(0, longest_code - 4) + "_" + std::to_string(n);
        taken.insert(option.code);
    }
}

void write_options(Session& session, OrganisationId organisation, CustomField const& field)
{
    int position = 0;
    for (auto const& option : field.options)
        session.execute(SqlText{"INSERT INTO custom_option(organisation_id, register, field, code, label_fr, label_en, position, retired) VALUES(?,?,?,?,?,?,?,?) "
                                "ON CONFLICT(organisation_id, register, field, code) DO UPDATE SET label_fr=excluded.label_fr, label_en=excluded.label_en, position=excluded.position, retired=excluded.retired"},
                        organisation, field.register_slug, field.code, option.code, option.label_fr, option.label_en, position++, option.retired);
}

Error refused(std::vector<FieldError> problems) { return {ErrorKind::Invalid, "invalid", {}, std::move(problems)}; }

schema::AddedField added_of(CustomField const& custom)
{
    schema::AddedField added;
    auto& field = added.field;
    field.name = "custom." + custom.code;
    field.kind = kind_named(custom.kind)->kind;
    field.required = custom.required && !custom.retired;
    field.in_list = custom.in_list && !custom.retired;
    field.searchable = custom.searchable;
    field.tristate = field.kind == Kind::Bool;   // a question nobody asked when the record was written stays open
    field.section = custom.section;
    field.link_register = custom.target;
    field.retired = custom.retired;
    field.label_fr = custom.label_fr;
    field.label_en = custom.label_en;
    field.help_fr = custom.help_fr;
    field.help_en = custom.help_en;
    for (auto const& option : custom.options) added.options.push_back({"", option.code, option.label_fr, option.label_en, option.retired});
    return added;
}

}  // namespace

std::span<CustomKind const> custom_kinds() { return kinds; }

std::string mark_of(CustomField const& field)
{
    std::string all;
    auto add = [&](std::string_view text) { all += std::to_string(text.size()) + ":" + std::string{text}; };
    for (auto const& text : {field.label_fr, field.label_en, field.help_fr, field.help_en, field.section}) add(text);
    for (bool const ticked : {field.required, field.in_list, field.searchable, field.retired}) add(ticked ? "1" : "0");
    for (auto const& option : field.options) {
        for (auto const& text : {option.code, option.label_fr, option.label_en}) add(text);
        add(option.retired ? "1" : "0");
    }
    return to_hex(sha256(as_bytes(all))).substr(0, 16);
}

std::vector<CustomField> CustomFields::offered(std::string_view register_slug) const
{
    auto fields = in_force(*database_.read(), organisation_);
    if (!register_slug.empty()) std::erase_if(fields, [&](CustomField const& field) { return field.register_slug != register_slug; });
    return fields;
}

std::map<std::string, std::vector<schema::AddedField>, std::less<>> CustomFields::added_in(Session& session, OrganisationId organisation)
{
    std::map<std::string, std::vector<schema::AddedField>, std::less<>> added;
    for (auto const& field : in_force(session, organisation))
        if (kind_named(field.kind)) added[field.register_slug].push_back(added_of(field));
    return added;
}

Result<CustomField> CustomFields::add(CustomField wanted) const
{
    auto const* kind = shipped_.find(wanted.register_slug);
    if (!kind) return Error::not_found("unknown_register", {{"value", shorten(wanted.register_slug, 60)}});
    tidy(wanted);
    wanted.owner = TermOwner::Own;
    wanted.retired = false;
    if (wanted.section.empty() && !kind->schema->sections.empty()) wanted.section = kind->schema->sections.back();
    bool const made = wanted.code.empty();
    if (made) wanted.code = code_from(wanted.label_fr);
    name_options(wanted);
    return database_.write_result<CustomField>([&](Session& session) -> Result<CustomField> {
        auto field = wanted;
        auto const stem = field.code;
        if (made)
            for (int n = 2; !stem.empty() && n < 100 && is_taken(session, organisation_, field.register_slug, field.code); ++n) field.code = stem.substr(0, longest_code - 3) + "_" + std::to_string(n);
        if (auto found = problems_of(*kind, shipped_, field); !found.empty()) return refused(std::move(found));
        if (is_taken(session, organisation_, field.register_slug, field.code)) return refused({{"code", "field_exists", {{"value", field.code}}}});
        auto rows = session.query(SqlText{"SELECT count(*), coalesce(max(position), -1) FROM custom_field WHERE organisation_id=? AND register=?"}, organisation_, field.register_slug);
        rows.next();
        auto const count = rows.integer(0);
        field.position = static_cast<int>(rows.integer(1)) + 1;
        while (rows.next()) {}
        if (count >= most_fields) return refused({{"code", "too_many", {{"max", std::to_string(most_fields)}}}});
        session.execute(SqlText{"INSERT INTO custom_field(organisation_id, register, code, kind, label_fr, label_en, help_fr, help_en, section, target, required, in_list, searchable, position, retired) "
                                "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,0)"},
                        organisation_, field.register_slug, field.code, field.kind, field.label_fr, field.label_en, field.help_fr, field.help_en, field.section, field.target,
                        field.required, field.in_list, field.searchable, field.position);
        write_options(session, organisation_, field);
        Vocabulary::changed(session);
        return field;
    });
}

Result<CustomField> CustomFields::change(std::string_view register_slug, std::string_view code, CustomFieldEdit edit) const
{
    auto const* kind = shipped_.find(register_slug);
    if (!kind) return Error::not_found("unknown_register", {{"value", shorten(register_slug, 60)}});
    return database_.write_result<CustomField>([&](Session& session) -> Result<CustomField> {
        auto const all = in_force(session, organisation_);
        auto const found = std::ranges::find_if(all, [&](CustomField const& one) { return one.owner == TermOwner::Own && one.register_slug == register_slug && one.code == code; });
        if (found == all.end()) return Error::not_found();
        auto field = *found;
        if (edit.seen && *edit.seen != mark_of(field)) return Error::conflict("stale_field");
        auto take = [](auto& held, auto const& given) { if (given) held = *given; };
        take(field.label_fr, edit.label_fr);
        take(field.label_en, edit.label_en);
        take(field.help_fr, edit.help_fr);
        take(field.help_en, edit.help_en);
        take(field.section, edit.section);
        take(field.required, edit.required);
        take(field.in_list, edit.in_list);
        take(field.searchable, edit.searchable);
        take(field.retired, edit.retired);
        take(field.position, edit.position);
        if (edit.options) {
            auto const before = std::move(field.options);
            field.options = *edit.options;
            for (auto const& option : before)   // left out is retired: records may hold it
                if (std::ranges::find(field.options, option.code, &CustomOption::code) == field.options.end()) {
                    field.options.push_back(option);
                    field.options.back().retired = true;
                }
        }
        tidy(field);
        name_options(field);
        if (auto wrong = problems_of(*kind, shipped_, field); !wrong.empty()) return refused(std::move(wrong));
        session.execute(SqlText{"UPDATE custom_field SET label_fr=?, label_en=?, help_fr=?, help_en=?, section=?, required=?, in_list=?, searchable=?, position=?, retired=? "
                                "WHERE organisation_id=? AND register=? AND code=?"},
                        field.label_fr, field.label_en, field.help_fr, field.help_en, field.section, field.required, field.in_list, field.searchable, field.position, field.retired,
                        organisation_, field.register_slug, field.code);
        write_options(session, organisation_, field);
        Vocabulary::changed(session);
        return field;
    });
}

}  // namespace greffier::records
