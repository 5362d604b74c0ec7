#include "records/list_past.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "core/word_match.hpp"
#include "records/columns.hpp"
#include "records/sealed_declaration.hpp"
#include "schema/diff.hpp"

namespace greffier::records {

namespace {

struct Then {
    std::string key;       ///< of the title, made once: a sort compares each title many times
    Listed listed;
};

int compare(Then const& a, Then const& b, std::string_view sort)
{
    auto order = [](auto const& x, auto const& y) { return x < y ? -1 : (y < x ? 1 : 0); };
    auto const& x = a.listed.head;
    auto const& y = b.listed.head;
    int result = 0;
    if (sort == "reference") result = order(x.reference, y.reference);
    else if (sort == "status") result = order(x.status, y.status);
    else if (sort == "updated") result = order(x.updated_at, y.updated_at);
    else if (sort == "created") result = order(x.created_at, y.created_at);
    else if (sort == "completeness") result = order(x.completeness, y.completeness);
    else result = order(a.key, b.key);
    return result ? result : order(x.id, y.id);
}

}  // namespace

Sieve::Sieve(Register const& kind, ListQuery const& query) : schema_(*kind.schema), words_(words(query.text))
{
    for (auto const& facet : query.facets) tokens_.push_back(" " + detail::facet_token(facet) + " ");
}

bool Sieve::passes(Head const& head, schema::Row const& row) const
{
    if (!words_.empty() && !begin_words(" " + join(words(head.title + " " + head.reference), " ") + " " + schema::search_words(schema_, row), words_)) return false;
    if (tokens_.empty()) return true;
    auto const held = detail::facet_tokens(schema_, row) + " ";
    return std::ranges::all_of(tokens_, [&](std::string const& token) { return held.find(token) != std::string::npos; });
}

std::vector<Listed> list_of_the_past(Records const& records, Register const& kind, ListQuery const& query)
{
    std::vector<Then> found;
    Sieve const sieve(kind, query);
    auto const has_status = [&](Head const& head) { return query.statuses.empty() || std::ranges::find(query.statuses, head.status) != query.statuses.end(); };
    records.each(kind, query.at, [&](Stored const& stored) {
        if (has_status(stored.head) && (kind.sealed ? sieve.passes(stored.head, without_sealed(kind, stored.row)) : sieve.passes(stored.head, stored.row))) found.push_back({sort_key(stored.head.title), {stored.head, query.with_rows ? std::optional{stored.row} : std::nullopt, stored.destroyed}});
    });
    std::ranges::sort(found, [&](Then const& a, Then const& b) {
        int const order = compare(a, b, query.sort);
        return query.descending ? order > 0 : order < 0;
    });
    std::vector<Listed> all;
    all.reserve(found.size());
    for (auto& one : found) all.push_back(std::move(one.listed));
    return all;
}

}  // namespace greffier::records
