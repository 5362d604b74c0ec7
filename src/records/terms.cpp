#include "records/terms.hpp"

#include <algorithm>
#include <set>

#include "core/locale.hpp"
#include "core/text.hpp"
#include "records/added_words.hpp"
#include "records/vocabulary.hpp"
#include "schema/show.hpp"

namespace greffier::records {

using schema::List;
using storage::Session;
using storage::SqlText;

namespace {

constexpr std::int64_t most_terms = 500;   // of one list in one organisation: forms show them all
constexpr std::int64_t installation_depth = 1000;

void collect(schema::SchemaInfo const& info, std::vector<List const*>& out)
{
    for (auto const& field : info.fields) {
        if (field.list && field.list->open && std::ranges::find(out, field.list) == out.end()) out.push_back(field.list);
        if (field.rows) collect(*field.rows, out);
    }
}

/// Terms in force at an organisation, one for each code: the nearest owner's.
std::vector<OfferedTerm> in_force(Session& session, OrganisationId organisation)
{
    auto rows = session.query(SqlText{"WITH RECURSIVE up(id, depth) AS (SELECT id, CAST(0 AS bigint) FROM organisation WHERE id=? "
                                      "UNION ALL SELECT o.parent_id, up.depth+1 FROM organisation o JOIN up ON o.id=up.id WHERE o.parent_id IS NOT NULL AND up.depth<32) "
                                      "SELECT t.list, t.code, t.label_fr, t.label_en, t.retired, up.depth FROM term t JOIN up ON up.id=t.organisation_id "
                                      "UNION ALL SELECT list, code, label_fr, label_en, retired, CAST(1000 AS bigint) FROM term WHERE organisation_id IS NULL ORDER BY 6, 1, 2"},
                              organisation);
    std::vector<OfferedTerm> terms;
    std::set<std::pair<std::string, std::string>> seen;
    while (rows.next()) {
        auto const depth = rows.integer(5);
        OfferedTerm term{rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.integer(4) != 0,
                         depth == 0 ? TermOwner::Own : depth < installation_depth ? TermOwner::Above : TermOwner::Installation};
        if (seen.emplace(term.list, term.code).second) terms.push_back(std::move(term));
    }
    std::ranges::sort(terms, {}, [](OfferedTerm const& term) { return std::tuple{term.list, sort_key(term.label_fr), term.code}; });
    return terms;
}

Error refused(std::vector<FieldError> problems) { return {ErrorKind::Invalid, "invalid", {}, std::move(problems)}; }

/// The shipped label that reads the same, in either language: two boxes with one name would be a trap.
bool reads_like_shipped(List const& list, std::string const& label)
{
    static Locale const languages[] = {Locale{Language::French}, Locale{Language::English}};
    auto const key = fold(squeeze(label));
    return std::ranges::any_of(list.entries, [&](schema::ListEntry const& entry) {
        return std::ranges::any_of(languages, [&](Locale const& locale) { return fold(schema::code_label(list, entry.code, locale)) == key; });
    });
}

}  // namespace

std::string_view code_of(TermOwner owner)
{
    switch (owner) {
    case TermOwner::Own: return "own";
    case TermOwner::Above: return "above";
    case TermOwner::Installation: return "installation";
    }
    return "";
}

std::vector<List const*> Terms::lists() const
{
    std::vector<List const*> all;
    for (auto const* kind : shipped_.all()) collect(*kind->schema, all);
    return all;
}

List const* Terms::list(std::string_view name) const
{
    for (auto const* one : lists())
        if (one->name == name) return one;
    return nullptr;
}

std::vector<OfferedTerm> Terms::offered(std::string_view list) const
{
    auto terms = in_force(*database_.read(), organisation_);
    if (!list.empty()) std::erase_if(terms, [&](OfferedTerm const& term) { return term.list != list; });
    return terms;
}

std::vector<schema::AddedTerm> Terms::added_in(Session& session, OrganisationId organisation)
{
    std::vector<schema::AddedTerm> added;
    for (auto& term : in_force(session, organisation))
        added.push_back({std::move(term.list), std::move(term.code), std::move(term.label_fr), std::move(term.label_en), term.retired});
    return added;
}

std::vector<FieldError> Terms::problems(Session& session, List const& list, OfferedTerm const& term) const
{
    std::vector<FieldError> found;
    if (!is_added_code(term.code)) found.push_back({"code", "bad_code", {{"value", shorten(term.code, 60)}}});
    check_label(found, "label_fr", term.label_fr);
    check_label(found, "label_en", term.label_en);
    if (!found.empty()) return found;
    if (reads_like_shipped(list, term.label_fr)) return {{"label_fr", "term_exists", {{"value", term.label_fr}}}};
    for (auto const& other : in_force(session, organisation_))
        if (other.list == list.name && other.code != term.code && fold(other.label_fr) == fold(term.label_fr)) return {{"label_fr", "term_exists", {{"value", term.label_fr}}}};
    return {};
}

Result<OfferedTerm> Terms::add(std::string_view name, NewTerm wanted) const
{
    auto const* list = this->list(name);
    if (!list) return Error::not_found("unknown_list", {{"value", shorten(name, 60)}});
    OfferedTerm term{std::string{list->name}, squeeze(wanted.code), squeeze(wanted.label_fr), squeeze(wanted.label_en)};
    if (term.label_en.empty()) term.label_en = term.label_fr;
    bool const made = term.code.empty();
    if (made) term.code = code_from(term.label_fr);
    return database_.write_result<OfferedTerm>([&](Session& session) -> Result<OfferedTerm> {
        auto const others = in_force(session, organisation_);
        auto is_taken = [&](std::string_view code) {
            return list->find(code) || std::ranges::any_of(others, [&](OfferedTerm const& other) { return other.list == list->name && other.code == code; });
        };
        if (made && !term.code.empty())
            for (int n = 2; is_taken(term.code) && n < 100; ++n) term.code = code_from(term.label_fr).substr(0, longest_code - 3) + "_" + std::to_string(n);
        if (auto found = problems(session, *list, term); !found.empty()) return refused(std::move(found));
        if (is_taken(term.code)) return refused({{"code", "term_exists", {{"value", term.code}}}});
        auto const own = std::ranges::count_if(others, [&](OfferedTerm const& other) { return other.list == list->name && other.owner == TermOwner::Own; });
        if (own >= most_terms) return refused({{"code", "too_many", {{"max", std::to_string(most_terms)}}}});
        session.execute(SqlText{"INSERT INTO term(organisation_id, list, code, label_fr, label_en, retired) VALUES(?,?,?,?,?,0)"},
                        organisation_, term.list, term.code, term.label_fr, term.label_en);
        Vocabulary::changed(session);
        return term;
    });
}

Result<OfferedTerm> Terms::change(std::string_view name, std::string_view code, TermEdit edit) const
{
    auto const* list = this->list(name);
    if (!list) return Error::not_found("unknown_list", {{"value", shorten(name, 60)}});
    return database_.write_result<OfferedTerm>([&](Session& session) -> Result<OfferedTerm> {
        auto const all = in_force(session, organisation_);
        auto const found = std::ranges::find_if(all, [&](OfferedTerm const& one) { return one.owner == TermOwner::Own && one.list == name && one.code == code; });
        if (found == all.end()) return Error::not_found();
        auto term = *found;
        if (edit.label_fr) term.label_fr = squeeze(*edit.label_fr);
        if (edit.label_en) term.label_en = squeeze(*edit.label_en);
        if (term.label_en.empty()) term.label_en = term.label_fr;
        if (edit.retired) term.retired = *edit.retired;
        if (auto wrong = problems(session, *list, term); !wrong.empty()) return refused(std::move(wrong));
        session.execute(SqlText{"UPDATE term SET label_fr=?, label_en=?, retired=? WHERE organisation_id=? AND list=? AND code=?"},
                        term.label_fr, term.label_en, term.retired, organisation_, term.list, term.code);
        Vocabulary::changed(session);
        return term;
    });
}

}  // namespace greffier::records
