#include "records/list_query.hpp"

#include <algorithm>
#include <charconv>

#include "core/text.hpp"
#include "web/html.hpp"

namespace greffier::records {
namespace {

Result<int> number(web::Pairs const& query, std::string_view name, int otherwise)
{
    auto const text = query.find(name);
    if (!text || text->empty()) return otherwise;
    int value = 0;
    auto const [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (error != std::errc{} || end != text->data() + text->size())
        return Error{ErrorKind::Invalid, "invalid", {}, {{std::string{name}, "not_a_number", {}}}};
    return value;
}

std::vector<std::string> several(web::Pairs const& query, std::string_view name)
{
    std::vector<std::string> out;
    for (auto const& value : query.all(name))
        for (auto& part : split(value, ','))
            if (auto const plain = trim(part); !plain.empty()) out.emplace_back(plain);
    return out;
}

void add(std::string& out, std::string_view name, std::string_view value)
{
    if (!out.empty()) out += '&';
    out += name;
    out += '=';
    out += web::encode_component(value);
}

}  // namespace

Result<Timestamp> parse_at(std::string_view text, std::string const& zone, Timestamp now)
{
    auto wrong = [](char const* code) { return Error{ErrorKind::Invalid, "invalid", {}, {{"at", code, {}}}}; };
    if (auto const date = parse_date(text)) {
        if (*date > local_date(now, zone)) return wrong("in_the_future");
        return std::min(end_of_day(*date, zone), now);   // today is not over: an address made of it must be readable at once
    }
    auto const instant = parse_timestamp(text);
    if (!instant) return wrong("not_a_date");
    if (*instant > now) return wrong("in_the_future");
    return *instant;
}

Result<ListQuery> parse_list_query(web::Pairs const& query, std::string const& zone, Timestamp now)
{
    ListQuery list;
    list.now = start_of_day(local_date(now, zone), zone);   // a review is not late on its own day
    list.text = shorten(query.get("q"), 200);
    list.statuses = several(query, "status");
    list.facets = several(query, "filter");
    if (list.facets.size() > 20) list.facets.resize(20);
    if (auto const level = query.find("findings"); level && !level->empty()) {
        list.at_least = parse_severity(*level);
        if (!list.at_least) return Error{ErrorKind::Invalid, "invalid", {}, {{"findings", "unknown_choice", {{"value", shorten(*level, 60)}}}}};
    }
    list.review_overdue = query.get("overdue") == "yes";
    list.deleted = query.get("deleted") == "yes";
    auto sort = query.get("sort", "title");
    if (sort.empty()) sort = "title";
    if (sort.front() == '-') {
        list.descending = true;
        sort.erase(0, 1);
    }
    list.sort = std::move(sort);
    list.page = TRY(number(query, "page", 1));
    list.per_page = TRY(number(query, "per_page", 50));
    list.after = query.get("after");
    if (auto const at = query.find("at"); at && !at->empty()) list.at = TRY(parse_at(*at, zone, now));
    return list;
}

std::string list_address(ListQuery const& query, std::string_view except, std::string_view value)
{
    std::string out;
    auto keep = [&](std::string_view name) { return name != except; };
    auto one = [&](std::string_view name, std::string_view text) { return name != except || text != value; };
    if (!query.text.empty() && keep("q")) add(out, "q", query.text);
    for (auto const& status : query.statuses)
        if (value.empty() ? keep("status") : one("status", status)) add(out, "status", status);
    for (auto const& facet : query.facets)
        if (value.empty() ? keep("filter") : one("filter", facet)) add(out, "filter", facet);
    if (query.at_least && keep("findings")) add(out, "findings", code_of(*query.at_least));
    if (query.review_overdue && keep("overdue")) add(out, "overdue", "yes");
    if (query.deleted && keep("deleted")) add(out, "deleted", "yes");
    if ((query.sort != "title" || query.descending) && keep("sort")) add(out, "sort", (query.descending ? "-" : "") + query.sort);
    if (query.per_page != 50 && keep("per_page")) add(out, "per_page", std::to_string(query.per_page));
    if (query.at && keep("at")) add(out, "at", to_text(*query.at));
    return out;
}

}  // namespace greffier::records
