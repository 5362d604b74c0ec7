// The search over organisations, newest first and never by relevance over everything. What is asked of the index of
// words is what it answers quickly: rare words. A broad word, or three letters that many words begin with, is looked for
// in the newest records themselves (storage.md, traps 1 and 3; docs/decisions/0018).
#include "overview/reach.hpp"

#include <algorithm>
#include <set>

#include "accounts/memberships.hpp"
#include "core/text.hpp"
#include "records/columns.hpp"
#include "storage/word_index.hpp"

namespace greffier::overview {

using accounts::Actor;
using storage::Engine;
using storage::Session;
using storage::SqlText;

namespace {

constexpr std::size_t shortest_word = 3;     ///< across organisations
constexpr std::size_t sure_word = 5;         ///< few words begin with the same five letters
constexpr std::size_t most_words = 12;
constexpr int named_at_most = 200;           ///< organisations whose tokens the index is told
constexpr int few_candidates = 20'000;       ///< beyond, the word is broad: the newest records hold it soon enough
constexpr int latest = 2000;                 ///< records looked through for the beginning of many words

/// What is asked, sorted by who answers it.
struct Question {
    std::vector<std::string> indexed;        ///< by the index of words
    std::vector<std::string> read;           ///< by the text of what the index found
    std::vector<std::string> tiny;           ///< one or two letters: by the title alone
    bool sure = false;                       ///< the indexed words are long enough to be few
    std::vector<std::string> scopes;         ///< tokens of organisations, any of them; empty: too many to name
};

Question question_of(std::string_view text)
{
    Question question;
    std::vector<std::string> shorter;
    std::size_t count = 0;
    for (auto& word : words(text)) {
        if (++count > most_words) break;
        auto const letters = length_utf8(word);
        word = storage::indexable(word);
        (letters >= sure_word ? question.indexed : letters >= shortest_word ? shorter : question.tiny).push_back(std::move(word));
    }
    question.sure = !question.indexed.empty();
    (question.sure ? question.read : question.indexed) = std::move(shorter);
    return question;
}

/// The ids of the organisations whose records the actor may read now, one perhaps more than once.
void add_reachable(Statement& statement, Actor const& actor)
{
    if (actor.by_token || !actor.person) statement.add("SELECT w.id FROM organisation w WHERE w.id=?", actor.organisation);
    else statement.add("SELECT m.organisation_id FROM membership m WHERE m.person_id=? AND m.organisation_id IS NOT NULL AND m.revoked_at IS NULL AND ", *actor.person).add(accounts::role_reads);
}

/// Nothing when there are too many to name.
std::optional<std::vector<std::string>> scopes_within_reach(Session& session, Actor const& actor)
{
    Statement statement;
    add_reachable(statement, actor);
    statement.add(" LIMIT ?", named_at_most + 1);
    std::set<std::string> scopes;
    int count = 0;
    for (auto rows = statement.run(session); rows.next(); ++count) scopes.insert(records::detail::organisation_token(rows.id<Organisation>(0)));
    if (count > named_at_most) return std::nullopt;
    return std::vector<std::string>{scopes.begin(), scopes.end()};
}

struct Search {
    Session& session;
    Actor const& actor;
    SearchWish const& wish;
    Question question;
    std::function<void(Statement&)> const& select;
    std::function<PlacedRecord(storage::Cursor const&)> const& read;

    [[nodiscard]] bool sqlite() const { return session.engine() == Engine::Sqlite; }
    [[nodiscard]] bool few_organisations() const { return !question.scopes.empty(); }

    // ---- pieces -------------------------------------------------------------------------------------------

    /// Row by row, for what is already few.
    void add_rights(Statement& statement) const
    {
        add_modules(statement);
        add_within_reach(statement, actor, "r.organisation_id");
        add_place(statement);
    }
    /// All at once, for what is many; `walked`: the order of the index of dates must stay.
    void add_rights_of_many(Statement& statement, bool walked) const
    {
        if (walked) statement.add(SqlText{" AND +r.organisation_id IN ", " AND r.organisation_id IN "});
        else statement.add(" AND r.organisation_id IN ");
        add_reach(statement, actor);
        add_place(statement);
    }
    /// A register that its organisation does without is not searched; its module bears its name. For statements that join `o`.
    static void add_modules(Statement& statement)
    {
        statement.add(SqlText{" AND (o.modules_off='' OR instr(',' || o.modules_off || ',', ',' || r.register || ',')=0)", " AND (o.modules_off='' OR strpos(',' || o.modules_off || ',', ',' || r.register || ',')=0)"});
    }
    void add_place(Statement& statement) const
    {
        if (wish.where == SearchWish::Where::Here && wish.here) statement.add(" AND r.organisation_id=?", *wish.here);
        if (wish.where == SearchWish::Where::Elsewhere && wish.here) statement.add(" AND r.organisation_id<>?", *wish.here);
    }
    static void add_text(Statement& statement, std::vector<std::string> const& words, bool titles)
    {
        for (auto const& word : words) {
            if (titles) statement.add(SqlText{" AND instr(' ' || t.title, ?) > 0", " AND strpos(' ' || t.title, ?) > 0"}, " " + word);
            else statement.add(SqlText{" AND instr(' ' || t.title || ' ' || t.folded, ?) > 0", " AND strpos(' ' || t.title || ' ' || t.folded, ?) > 0"}, " " + word);
        }
    }
    void add_tiny(Statement& statement) const
    {
        for (auto const& word : question.tiny) statement.add(SqlText{" AND instr(' ' || r.title_key, ?) > 0", " AND strpos(' ' || r.title_key, ?) > 0"}, " " + word);
    }
    [[nodiscard]] std::string match(bool titles) const { return storage::text_of(session.engine(), {{}, question.indexed, question.scopes, titles}); }
    [[nodiscard]] std::vector<PlacedRecord> rows_of(Statement const& statement) const
    {
        std::vector<PlacedRecord> found;
        auto rows = statement.run(session);
        while (rows.next()) found.push_back(read(rows));
        return found;
    }

    // ---- three ways ---------------------------------------------------------------------------------------

    /// How many records the index would give, counted no further than needed.
    [[nodiscard]] int candidates(bool titles) const
    {
        Statement statement;
        statement.add(SqlText{"SELECT count(*) FROM (SELECT 1 FROM record_fts WHERE record_fts MATCH ? LIMIT ?) c", "SELECT count(*) FROM (SELECT 1 FROM record_text WHERE words @@ ?::tsquery LIMIT ?) c"},
                      match(titles), few_candidates + 1);
        auto rows = statement.run(session);
        rows.next();
        return static_cast<int>(rows.integer(0));
    }

    [[nodiscard]] std::vector<PlacedRecord> by_index(bool titles, int limit) const
    {
        Statement statement;
        select(statement);
        if (sqlite()) {
            statement.add("FROM record_fts f CROSS JOIN record r ON r.rid=f.rowid");
            if (!question.read.empty()) statement.add(" JOIN record_text t ON t.rid=r.rid");
            statement.add(" JOIN organisation o ON o.id=r.organisation_id WHERE record_fts MATCH ? AND r.deleted_at IS NULL", match(titles));
            add_text(statement, question.read, titles);
        } else {
            // OFFSET 0: what the index gives, and then the records. Left to itself the planner walks all records by date and looks
            // up the words of each, which costs seconds where the word stands in few of the newest.
            statement.add("FROM (SELECT t.rid FROM record_text t WHERE t.words @@ ?::tsquery", match(titles));
            if (titles) add_text(statement, question.indexed, true);   // that index does not tell titles apart
            add_text(statement, question.read, titles);
            statement.add(" OFFSET 0) t JOIN record r ON r.rid=t.rid JOIN organisation o ON o.id=r.organisation_id WHERE r.deleted_at IS NULL");
        }
        add_tiny(statement);
        add_rights(statement);
        statement.add(" ORDER BY r.updated_at DESC, r.id DESC LIMIT ?", limit);
        return rows_of(statement);
    }

    /// Reads the text of records, newest first where there are many organisations: of all records, or of the latest alone.
    [[nodiscard]] std::vector<PlacedRecord> by_reading(bool titles, int limit, bool latest_alone) const
    {
        bool const walked = !few_organisations();
        Statement statement;
        select(statement);
        if (latest_alone) {
            statement.add("FROM (SELECT r.rid FROM record r WHERE r.deleted_at IS NULL");
            add_rights_of_many(statement, walked);
            statement.add(" ORDER BY r.updated_at DESC LIMIT ?) x JOIN record r ON r.rid=x.rid JOIN record_text t ON t.rid=r.rid JOIN organisation o ON o.id=r.organisation_id WHERE r.deleted_at IS NULL", latest);
            add_modules(statement);
        } else {
            statement.add(SqlText{"FROM record r CROSS JOIN record_text t ON t.rid=r.rid CROSS JOIN organisation o ON o.id=r.organisation_id WHERE r.deleted_at IS NULL",
                                  "FROM record r JOIN record_text t ON t.rid=r.rid JOIN organisation o ON o.id=r.organisation_id WHERE r.deleted_at IS NULL"});
            add_rights_of_many(statement, walked);
            add_modules(statement);
        }
        add_tiny(statement);
        add_text(statement, question.indexed, titles);
        add_text(statement, question.read, titles);
        // "+ 0" keeps the engine from walking everybody's records by date to find those of a few organisations.
        if (walked || latest_alone) statement.add(" ORDER BY r.updated_at DESC, r.rid DESC LIMIT ?", limit);
        else statement.add(" ORDER BY r.updated_at + 0 DESC, r.rid DESC LIMIT ?", limit);
        return rows_of(statement);
    }

    /// Newest first; every word stands in the title, or anywhere.
    [[nodiscard]] std::vector<PlacedRecord> newest(bool titles, int limit) const
    {
        if (question.indexed.empty()) return titles ? by_reading(true, limit, false) : std::vector<PlacedRecord>{};
        if (question.sure) {
            if (few_organisations() || candidates(titles) <= few_candidates) return by_index(titles, limit);
            return by_reading(titles, limit, titles && !sqlite());
        }
        if (few_organisations()) return by_reading(titles, limit, false);
        auto found = by_reading(titles, limit, true);
        if (titles || found.size() == static_cast<std::size_t>(limit)) return found;
        return by_index(titles, limit);   // not met often among the latest: the index has little to say, and says it soon
    }

    [[nodiscard]] bool in_title(PlacedRecord const& record) const
    {
        return holds_all(record.title, question.indexed) && holds_all(record.title, question.read);
    }
};

}  // namespace

void add_reach(Statement& statement, Actor const& actor)
{
    statement.add("(");
    add_reachable(statement, actor);
    statement.add(")");
}

bool reaches_many(Session& session, Actor const& actor)
{
    Statement statement;
    add_reachable(statement, actor);
    statement.add(" LIMIT 1 OFFSET ?", named_at_most);
    return statement.run(session).next();
}

void add_within_reach(Statement& statement, Actor const& actor, SqlText id)
{
    if (actor.by_token || !actor.person) {
        statement.add(" AND ").add(id).add("=?", actor.organisation);
        return;
    }
    statement.add(" AND EXISTS (SELECT 1 FROM membership m WHERE m.organisation_id=").add(id);
    statement.add(" AND m.person_id=? AND m.revoked_at IS NULL AND ", *actor.person).add(accounts::role_reads).add(")");
}

Found find_records(Session& session, Actor const& actor, SearchWish const& wish, std::function<void(Statement&)> const& select,
                   std::function<PlacedRecord(storage::Cursor const&)> const& read)
{
    Found found;
    auto question = question_of(wish.text);
    bool const here = wish.where == SearchWish::Where::Here && wish.here;
    if (question.indexed.empty() && (!here || question.tiny.empty())) {
        found.too_short = !question.tiny.empty();
        return found;
    }
    if (here) question.scopes = {records::detail::organisation_token(*wish.here)};
    else if (auto scopes = scopes_within_reach(session, actor)) {
        if (scopes->empty()) return found;
        question.scopes = std::move(*scopes);
    }
    Search const search{session, actor, wish, std::move(question), select, read};
    auto const wanted = static_cast<std::size_t>(wish.limit) + 1;   // one more tells that there are more
    found.items = search.newest(true, wish.limit + 1);
    if (found.items.size() < wanted) {
        std::set<RecordId> known;
        for (auto const& item : found.items) known.insert(item.id);
        auto others = search.newest(false, static_cast<int>(wanted + known.size()));
        // The titles were perhaps looked for among the latest alone.
        std::ranges::stable_partition(others, [&](PlacedRecord const& item) { return search.in_title(item); });
        for (auto& item : others)
            if (found.items.size() < wanted && known.insert(item.id).second) found.items.push_back(std::move(item));
    }
    found.more = found.items.size() == wanted;
    if (found.more) found.items.pop_back();
    return found;
}

}  // namespace greffier::overview
