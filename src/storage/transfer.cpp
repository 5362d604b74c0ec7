#include "storage/transfer.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "storage/catalogue.hpp"
#include "storage/snapshot.hpp"

namespace greffier::storage {

namespace {

constexpr std::size_t most_values = 900;   // of one statement
constexpr std::int64_t told_each = 10'000;

using Value = std::optional<std::variant<std::int64_t, std::string>>;
using Row = std::vector<Value>;

bool same_shape(std::vector<Table> const& a, std::vector<Table> const& b)
{
    return std::ranges::equal(a, b, [](Table const& x, Table const& y) {
        return x.name == y.name && std::ranges::equal(x.columns, y.columns, [](Column const& c, Column const& d) { return c.name == d.name && c.kind == d.kind; });
    });
}

Row read_row(Table const& table, Cursor const& row)
{
    Row values;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        auto const at = static_cast<int>(i);
        if (row.is_null(at)) values.emplace_back();
        else if (table.columns[i].kind == 'i') values.emplace_back(row.integer(at));
        else if (table.columns[i].kind == 't') values.emplace_back(row.text(at));
        else values.emplace_back(std::string{as_text(row.bytes(at))});
    }
    return values;
}

/// The sum of the hashes of the rows: the same in whatever order they come.
class Digest {
public:
    void add(Row const& row)
    {
        Sha256 hash;
        for (auto const& value : row) {
            std::string piece = "n";
            if (value && value->index() == 0) piece = "i" + std::to_string(std::get<0>(*value));
            else if (value) piece = "t" + std::get<1>(*value);
            hash.update(as_bytes(std::to_string(piece.size()) + ":"));
            hash.update(as_bytes(piece));
        }
        auto const one = hash.finish();
        unsigned carry = 0;
        for (std::size_t i = 0; i < sum_.size(); ++i) {
            carry += static_cast<unsigned>(sum_[i]) + one[i];
            sum_[i] = static_cast<std::uint8_t>(carry);
            carry >>= 8;
        }
        ++rows_;
    }
    [[nodiscard]] CarriedTable of(std::string const& name) const { return {name, rows_, sum_}; }
    [[nodiscard]] std::int64_t rows() const { return rows_; }

private:
    Hash sum_{};
    std::int64_t rows_ = 0;
};

SqlText select_of(Table const& table)
{
    std::string names;
    for (auto const& column : table.columns) names += (names.empty() ? "" : ", ") + quoted(column.name);
    return CatalogueText::keep("SELECT " + names + " FROM " + quoted(table.name));
}

SqlText insert_of(Table const& table, std::size_t rows)
{
    std::string names, marks, all;
    for (auto const& column : table.columns) {
        names += (names.empty() ? "" : ", ") + quoted(column.name);
        marks += marks.empty() ? "?" : ",?";
    }
    for (std::size_t i = 0; i < rows; ++i) all += (i == 0 ? "(" : ",(") + marks + ")";
    return CatalogueText::keep("INSERT INTO " + quoted(table.name) + "(" + names + ") VALUES" + all);
}

/// Rows on their way into one table.
class Filling {
public:
    Filling(Session& session, Table const& table) : session_(session), table_(table), at_once_(std::max<std::size_t>(1, most_values / table.columns.size())) {}

    void add(Row row)
    {
        waiting_.push_back(std::move(row));
        if (waiting_.size() == at_once_) flush();
    }
    void flush()
    {
        if (waiting_.empty()) return;
        std::vector<Param> params;
        for (auto const& row : waiting_)
            for (std::size_t i = 0; i < row.size(); ++i) params.push_back(param_of(row[i], table_.columns[i].kind));
        // A shorter statement for the last rows would be one more for each number of them.
        if (waiting_.size() == at_once_) run(insert_of(table_, at_once_), std::move(params));
        else
            for (std::size_t from = 0; from < params.size(); from += table_.columns.size())
                run(insert_of(table_, 1), {params.begin() + static_cast<std::ptrdiff_t>(from), params.begin() + static_cast<std::ptrdiff_t>(from + table_.columns.size())});
        waiting_.clear();
    }

private:
    static Param param_of(Value const& value, char kind)
    {
        if (!value) return nullptr;
        if (auto const* number = std::get_if<std::int64_t>(&*value)) return *number;
        auto const& text = std::get<std::string>(*value);
        return kind == 't' ? Param{std::string_view{text}} : Param{as_bytes(text)};
    }
    void run(SqlText sql, std::vector<Param> params)
    {
        auto done = session_.query_with(sql, std::move(params));
        while (done.next()) {}
    }

    Session& session_;
    Table const& table_;
    std::size_t at_once_;
    std::vector<Row> waiting_;
};

/// Rows that refer to rows of their own table, the referred ones first.
std::vector<Row> parents_first(std::vector<Row> rows, std::size_t parent)
{
    std::vector<Row> ordered;
    std::set<std::string> placed;
    while (!rows.empty()) {
        auto const before = rows.size();
        std::erase_if(rows, [&](Row& row) {
            if (row[parent] && !placed.contains(std::get<std::string>(*row[parent]))) return false;
            placed.insert(std::get<std::string>(*row[0]));
            ordered.push_back(std::move(row));
            return true;
        });
        if (rows.size() == before) throw StorageFailure("Rows of the source refer to each other in a circle, or to rows that are missing.");
    }
    return ordered;
}

CarriedTable carry_table(Session& from, Session& to, Table const& table, std::function<void(std::string const&, std::int64_t)> const& progress)
{
    Digest digest;
    Filling filling(to, table);
    std::vector<Row> held;
    auto rows = from.stream(select_of(table));
    while (rows.next()) {
        auto row = read_row(table, rows);
        digest.add(row);
        if (table.parent) held.push_back(std::move(row));
        else filling.add(std::move(row));
        if (progress && digest.rows() % told_each == 0) progress(table.name, digest.rows());
    }
    if (table.parent)
        for (auto& row : parents_first(std::move(held), *table.parent)) filling.add(std::move(row));
    filling.flush();
    if (progress) progress(table.name, digest.rows());
    return digest.of(table.name);
}

CarriedTable read_back(Session& session, Table const& table)
{
    Digest digest;
    auto rows = session.stream(select_of(table));
    while (rows.next()) digest.add(read_row(table, rows));
    return digest.of(table.name);
}

/// Numbers that count by themselves go on after the greatest one carried over. SQLite does so anyway.
void continue_counting(Session& session)
{
    if (session.engine() == Engine::Sqlite) return;
    std::vector<std::pair<std::string, std::string>> counting;
    {
        auto rows = session.query(SqlText{"SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid=a.attrelid "
                                          "WHERE c.relnamespace=to_regnamespace(current_schema()) AND c.relkind='r' AND a.attidentity<>'' AND NOT a.attisdropped"});
        while (rows.next()) counting.emplace_back(rows.text(0), rows.text(1));
    }
    for (auto const& [table, column] : counting) {
        auto newest = session.query(CatalogueText::keep("SELECT coalesce(max(" + quoted(column) + "), 0) FROM " + quoted(table)));
        newest.next();
        session.query(SqlText{"SELECT setval(pg_get_serial_sequence(?, ?), ?)"}, table, column, newest.integer(0) + 1).next();
    }
}

Status is_empty(Session& session, std::vector<Table> const& tables)
{
    for (auto const& table : tables)
        if (session.query(CatalogueText::keep("SELECT 1 FROM " + quoted(table.name) + " LIMIT 1")).next())
            return Error::conflict("target_not_empty", {{"table", table.name}});
    return Nothing{};
}

}  // namespace

Result<std::vector<CarriedTable>> carry_over(Database& from, Database& to, std::function<void(std::string const&, std::int64_t)> const& progress)
{
    if (!from.is_current() || !to.is_current()) return Error::conflict("database_older", {{"path", ""}, {"found", std::to_string(from.version())}, {"known", std::to_string(newest_version())}});
    Snapshot const snapshot(from);
    std::vector<CarriedTable> carried;
    auto const done = to.write([&](Session& session) -> Status {
        session.execute(SqlText{"PRAGMA defer_foreign_keys=ON", "SET LOCAL statement_timeout=0"});
        session.execute(SqlText{"SELECT 1", "SET LOCAL idle_in_transaction_session_timeout=0"});
        auto tables = tables_of(session);
        if (!same_shape(tables_of(snapshot.session()), tables)) throw StorageFailure("The two databases have not the same tables; nothing was changed.");
        TRY(is_empty(session, tables));
        note_references(session, tables);
        for (auto const& table : in_order(std::move(tables))) {
            carried.push_back(carry_table(snapshot.session(), session, table, progress));
            auto const there = read_back(session, table);
            if (there.rows != carried.back().rows || there.digest != carried.back().digest)
                throw StorageFailure("The table " + table.name + " was read back and is not what was written; nothing was kept.");
        }
        continue_counting(session);
        return Nothing{};
    });
    if (!done.ok()) return done.error();
    return carried;
}

}  // namespace greffier::storage
