// The list: filters, order and page out of fixed pieces of SQL. A list of the past: list_past.cpp.
#include <algorithm>
#include <charconv>
#include <utility>

#include "core/text.hpp"
#include "records/columns.hpp"
#include "records/list_past.hpp"
#include "records/sealing.hpp"
#include "records/store.hpp"
#include "storage/word_index.hpp"

namespace greffier::records {

using storage::Param;
using storage::SqlText;

namespace {

struct Order {
    std::string_view name;
    SqlText ascending, descending;           ///< ORDER BY
    SqlText after, before;                   ///< keyset conditions
    bool is_text;
};

// `id` makes every order total, so that pages neither repeat nor skip a record.
constexpr Order orders[] = {
    {"title", " ORDER BY r.title_key, r.id", " ORDER BY r.title_key DESC, r.id DESC", " AND (r.title_key, r.id) > (?,?)", " AND (r.title_key, r.id) < (?,?)", true},
    {"reference", " ORDER BY r.reference, r.id", " ORDER BY r.reference DESC, r.id DESC", " AND (r.reference, r.id) > (?,?)", " AND (r.reference, r.id) < (?,?)", true},
    {"status", " ORDER BY r.status, r.id", " ORDER BY r.status DESC, r.id DESC", " AND (r.status, r.id) > (?,?)", " AND (r.status, r.id) < (?,?)", true},
    {"updated", " ORDER BY r.updated_at, r.id", " ORDER BY r.updated_at DESC, r.id DESC", " AND (r.updated_at, r.id) > (?,?)", " AND (r.updated_at, r.id) < (?,?)", false},
    {"created", " ORDER BY r.created_at, r.id", " ORDER BY r.created_at DESC, r.id DESC", " AND (r.created_at, r.id) > (?,?)", " AND (r.created_at, r.id) < (?,?)", false},
    {"review", " ORDER BY coalesce(r.review_at, 9000000000000000), r.id", " ORDER BY coalesce(r.review_at, 9000000000000000) DESC, r.id DESC",
     " AND (coalesce(r.review_at, 9000000000000000), r.id) > (?,?)", " AND (coalesce(r.review_at, 9000000000000000), r.id) < (?,?)", false},
    {"completeness", " ORDER BY r.completeness, r.id", " ORDER BY r.completeness DESC, r.id DESC", " AND (r.completeness, r.id) > (?,?)", " AND (r.completeness, r.id) < (?,?)", false},
    {"findings", " ORDER BY r.worst_finding, r.id", " ORDER BY r.worst_finding DESC, r.id DESC", " AND (r.worst_finding, r.id) > (?,?)", " AND (r.worst_finding, r.id) < (?,?)", false},
};

Order const* order_named(std::string_view name)
{
    auto found = std::ranges::find(orders, name, &Order::name);
    return found == std::end(orders) ? nullptr : found;
}

constexpr SqlText status_lists[] = {
    " AND r.status IN (?)", " AND r.status IN (?,?)", " AND r.status IN (?,?,?)", " AND r.status IN (?,?,?,?)",
    " AND r.status IN (?,?,?,?,?)", " AND r.status IN (?,?,?,?,?,?)", " AND r.status IN (?,?,?,?,?,?,?)", " AND r.status IN (?,?,?,?,?,?,?,?)",
};

/// Conditions and the values they bind; texts are owned here so that views into them live.
struct Where {
    std::vector<SqlText> pieces;
    std::vector<Param> params;
    std::vector<std::unique_ptr<std::string>> texts;

    std::string_view keep(std::string text) { return *texts.emplace_back(std::make_unique<std::string>(std::move(text))); }
    void add(SqlText piece) { pieces.push_back(piece); }
    template <class... Values>
    void add(SqlText piece, Values const&... values)
    {
        pieces.push_back(piece);
        (params.push_back(storage::to_param(values)), ...);
    }
};

constexpr std::size_t shortest_prefix = 3;   // one- and two-letter prefixes walk the whole vocabulary (storage.md, trap 3)

/// Scope tokens first, then each typed word, the last letters of which may be missing.
storage::WordQuestion question_of(OrganisationId organisation, Register const& kind, ListQuery const& query, std::vector<std::string>& short_words)
{
    storage::WordQuestion question{{detail::organisation_token(organisation), detail::register_token(kind)}, {}};
    for (auto const& facet : query.facets) question.scope.push_back(detail::facet_token(facet));
    for (auto const& word : words(query.text)) {
        if (length_utf8(word) < shortest_prefix) short_words.push_back(word);
        else question.words.push_back(storage::indexable(word));
    }
    return question;
}

bool is_searching(ListQuery const& query) { return !words(query.text).empty() || !query.facets.empty(); }

Status add_filters(Where& where, storage::Engine engine, OrganisationId organisation, Register const& kind, ListQuery const& query)
{
    where.add(query.deleted ? SqlText{" AND r.deleted_at IS NOT NULL"} : SqlText{" AND r.deleted_at IS NULL"});
    if (!query.statuses.empty()) {
        if (query.statuses.size() > std::size(status_lists)) return Error::invalid("too_many", {{"max", std::to_string(std::size(status_lists))}});
        where.add(status_lists[query.statuses.size() - 1]);
        for (auto const& status : query.statuses) {
            if (!kind.has_status(status)) return Error{ErrorKind::Invalid, "invalid", {}, {{"status", "unknown_choice", {{"value", shorten(status, 60)}}}}};
            where.params.push_back(where.keep(status));
        }
    }
    if (query.at_least) where.add(" AND r.worst_finding >= ?", static_cast<int>(*query.at_least) + 1);
    if (query.review_overdue) where.add(" AND r.review_at < ?", query.now);
    if (is_searching(query) && !query.deleted) {   // the bin: is_sifted()
        std::vector<std::string> short_words;
        auto const question = question_of(organisation, kind, query, short_words);
        where.add(storage::found_by_words, where.keep(storage::text_of(engine, question)));
        // A very short word is looked for at the beginning of any word of what is left: exact enough, and bounded by the organisation.
        for (auto const& word : short_words)
            where.add(storage::holds_a_beginning, where.keep(" " + word));
    }
    return Nothing{};
}

/// "<value>|<record id>": opaque to callers, checked when it comes back.
std::string cursor_after(Head const& head, Order const& order)
{
    std::string value;
    if (order.name == "title") value = sort_key(head.title);
    else if (order.name == "reference") value = head.reference;
    else if (order.name == "status") value = head.status;
    else if (order.name == "updated") value = std::to_string(to_millis(head.updated_at));
    else if (order.name == "created") value = std::to_string(to_millis(head.created_at));
    else if (order.name == "review") value = head.review_at ? std::to_string(to_millis(*head.review_at)) : "9000000000000000";
    else if (order.name == "completeness") value = std::to_string(head.completeness);
    else value = head.worst_finding ? std::to_string(static_cast<int>(*head.worst_finding) + 1) : "0";
    return to_base64url(as_bytes(value + "|" + head.id.text()));
}

Status add_after(Where& where, Order const& order, ListQuery const& query)
{
    std::string base64 = query.after;
    std::ranges::replace(base64, '-', '+');
    std::ranges::replace(base64, '_', '/');
    while (base64.size() % 4) base64 += '=';
    auto const bytes = from_base64(base64);
    auto const text = bytes ? std::string{as_text(*bytes)} : std::string{};
    auto const bar = text.rfind('|');
    auto const id = bar == std::string::npos ? std::nullopt : RecordId::parse(std::string_view{text}.substr(bar + 1));
    if (!id) return Error::invalid("bad_cursor");
    auto const value = where.keep(text.substr(0, bar));
    where.add(query.descending ? order.before : order.after);
    if (order.is_text) {
        where.params.push_back(value);
    } else {
        std::int64_t number = 0;
        if (auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number); error != std::errc{} || end != value.data() + value.size())
            return Error::invalid("bad_cursor");
        where.params.push_back(number);
    }
    where.params.push_back(as_bytes(where.keep(std::string{as_text(ByteView{id->uuid.bytes})})));
    return Nothing{};
}

/// What lies in the bin has left the index of words: it is looked for in the records themselves.
bool is_sifted(ListQuery const& query) { return query.deleted && is_searching(query); }

constexpr SqlText with_bodies{"SELECT " GREFFIER_HEAD ", b.body, b.schema_version FROM record r JOIN record_body b ON b.rid=r.rid WHERE r.organisation_id=? AND r.register=?"};

/// What is sealed is not looked through.
schema::Row body_of(BodyReader const& bodies, storage::Cursor const& rows)
{
    return bodies.open_row(rows.view(detail::head_columns), static_cast<int>(rows.integer(detail::head_columns + 1)));
}

/// One more than `total_cap` stands for all that are more.
std::int64_t count_found(storage::Session& session, Where const& where)
{
    std::vector<SqlText> counting{SqlText{"SELECT count(*) FROM (SELECT 1 FROM record r WHERE r.organisation_id=? AND r.register=?"}};
    counting.insert(counting.end(), where.pieces.begin(), where.pieces.end());
    counting.push_back(SqlText{" LIMIT 10001) counted"});
    auto count = session.query_with(SqlText::joined(counting), where.params);
    count.next();
    return count.integer(0);
}

/// Each row of an ordered statement until `visit` returns false, some at a time: PostgreSQL's answers are held whole in memory.
template <class Visit>
void each_some_at_a_time(storage::Session& session, std::vector<SqlText> pieces, std::vector<storage::Param> params, Visit const& visit)
{
    constexpr std::int64_t at_once = 500;
    pieces.push_back(SqlText{" LIMIT ? OFFSET ?"});
    params.push_back(at_once);
    params.push_back(std::int64_t{0});
    auto const sql = SqlText::joined(pieces);
    for (std::int64_t from = 0, met = at_once; met == at_once; from += at_once) {
        params.back() = from;
        auto rows = session.query_with(sql, params);
        for (met = 0; rows.next(); ++met)
            if (!visit(rows)) return;
    }
}

/// The same of the bin's records that pass.
std::int64_t count_sifted(storage::Session& session, BodyReader const& bodies, Where const& where, ListQuery const& query)
{
    std::vector<SqlText> all{with_bodies};
    all.insert(all.end(), where.pieces.begin(), where.pieces.end());
    all.push_back(SqlText{" ORDER BY r.rid"});
    Sieve const sieve(bodies.kind(), query);
    std::int64_t count = 0;
    each_some_at_a_time(session, std::move(all), where.params, [&](storage::Cursor const& rows) {
        count += sieve.passes(detail::read_head(rows), body_of(bodies, rows));
        return count <= total_cap;
    });
    return count;
}

/// One page of what a list of the past holds.
ListPage page_of(std::vector<Listed> all, ListQuery const& query)
{
    ListPage page;
    page.total = static_cast<std::int64_t>(all.size());
    auto const from = std::min(all.size(), static_cast<std::size_t>(query.page - 1) * static_cast<std::size_t>(query.per_page));
    auto const to = std::min(all.size(), from + static_cast<std::size_t>(query.per_page));
    page.items.assign(std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(from)), std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(to)));
    return page;
}

}  // namespace

Result<ListPage> Records::list(Register const& kind, ListQuery const& query) const
{
    auto const* order = order_named(query.sort);
    if (!order) return Error{ErrorKind::Invalid, "invalid", {}, {{"sort", "unknown_choice", {{"value", shorten(query.sort, 60)}}}}};
    if (query.page < 1 || query.per_page < 1 || query.per_page > 200 || query.page > 1'000'000)
        return Error{ErrorKind::Invalid, "invalid", {}, {{query.page < 1 || query.page > 1'000'000 ? "page" : "per_page", "out_of_range", {{"min", "1"}, {"max", "200"}}}}};
    if (query.at) return page_of(list_of_the_past(*this, kind, query), query);

    Where where;
    where.params = {storage::to_param(organisation_), storage::to_param(kind.slug)};
    if (auto filtered = add_filters(where, machinery_.database.engine(), organisation_, kind, query); !filtered.ok()) return filtered.error();

    ListPage page;
    bool const sifted = is_sifted(query);
    auto const session = seen();
    auto bodies = bodies_of(*session, kind);
    auto const count = query.known_total ? *query.known_total : sifted ? count_sifted(*session, bodies, where, query) : count_found(*session, where);
    page.total = std::min(count, total_cap);
    page.total_capped = count > total_cap;
    if (!query.after.empty())
        if (auto placed = add_after(where, *order, query); !placed.ok()) return placed.error();

    std::vector<SqlText> select;
    if (query.with_rows || sifted) select.push_back(with_bodies);
    else select.push_back(SqlText{"SELECT " GREFFIER_HEAD " FROM record r WHERE r.organisation_id=? AND r.register=?"});
    select.insert(select.end(), where.pieces.begin(), where.pieces.end());
    select.push_back(query.descending ? order->descending : order->ascending);
    auto to_skip = query.after.empty() ? (static_cast<std::int64_t>(query.page) - 1) * query.per_page : 0;
    auto take = [&](storage::Cursor const& rows) {
        if (page.items.size() == static_cast<std::size_t>(query.per_page)) {
            page.next = cursor_after(page.items.back().head, *order);
            return false;
        }
        Listed listed{detail::read_head(rows), std::nullopt};
        if (query.with_rows) {
            SealedBody const body{listed.head.id, listed.head.version, static_cast<int>(rows.integer(detail::head_columns + 1)), rows.view(detail::head_columns)};
            listed.row = query.fields.empty() ? bodies.row(body, &listed.destroyed) : bodies.row(body, query.fields, &listed.destroyed);
        }
        page.items.push_back(std::move(listed));
        return true;
    };
    if (sifted) {
        Sieve const sieve(kind, query);
        each_some_at_a_time(*session, std::move(select), where.params, [&](storage::Cursor const& rows) {
            return !sieve.passes(detail::read_head(rows), body_of(bodies, rows)) || to_skip-- > 0 || take(rows);
        });
        return page;
    }
    select.push_back(SqlText{" LIMIT ? OFFSET ?"});
    where.params.push_back(storage::to_param(query.per_page + 1));   // one more tells whether there is a next page
    where.params.push_back(storage::to_param(to_skip));
    auto rows = session->query_with(SqlText::joined(select), where.params);
    while (rows.next() && take(rows)) {}
    return page;
}

}  // namespace greffier::records
