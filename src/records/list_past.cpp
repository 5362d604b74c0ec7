#include "records/list_past.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "core/word_match.hpp"
#include "records/columns.hpp"
#include "schema/diff.hpp"

namespace greffier::records {

namespace {

struct Then {
    std::string key;       ///< of the title, made once: a sort compares each title many times
    Listed listed;
};

bool passes(Register const& kind, ListQuery const& query, std::vector<std::string> const& needles, Stored const& stored)
{
    auto const& head = stored.head;
    if (!query.statuses.empty() && std::ranges::find(query.statuses, head.status) == query.statuses.end()) return false;
    if (!needles.empty() && !begin_words(" " + join(words(head.title + " " + head.reference), " ") + " " + schema::search_words(*kind.schema, stored.row), needles)) return false;
    if (query.facets.empty()) return true;
    auto const tokens = detail::facet_tokens(*kind.schema, stored.row) + " ";
    return std::ranges::all_of(query.facets, [&](std::string const& facet) { return tokens.find(" " + detail::facet_token(facet) + " ") != std::string::npos; });
}

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

std::vector<Listed> list_of_the_past(Records const& records, Register const& kind, ListQuery const& query)
{
    std::vector<Then> found;
    auto const needles = words(query.text);
    records.each(kind, query.at, [&](Stored const& stored) {
        if (passes(kind, query, needles, stored)) found.push_back({sort_key(stored.head.title), {stored.head, query.with_rows ? std::optional{stored.row} : std::nullopt}});
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
