#pragma once
// Internal to the portfolio: a statement put together from literals, the organisations within an actor's reach as a
// part of it, and the search over them.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "overview/portfolio.hpp"

namespace greffier::overview {

/// Literals in their order with the values they bind; texts and ids given are copied, for they are bound later.
class Statement {
public:
    template <class... Values>
    Statement& add(storage::SqlText piece, Values const&... values)
    {
        pieces_.push_back(piece);
        (bind(values), ...);
        return *this;
    }
    storage::Cursor run(storage::Session& session) const { return session.query_with(storage::SqlText::joined(pieces_), params_); }

private:
    template <class Tag>
    void bind(Id<Tag> const& id) { params_.push_back(as_bytes(keep(std::string{as_text(ByteView{id.uuid.bytes})}))); }
    void bind(std::string const& text) { params_.push_back(keep(text)); }
    void bind(std::int64_t number) { params_.push_back(number); }
    void bind(int number) { params_.push_back(static_cast<std::int64_t>(number)); }
    void bind(Timestamp instant) { params_.push_back(storage::to_param(instant)); }
    std::string_view keep(std::string text) { return *texts_.emplace_back(std::make_unique<std::string>(std::move(text))); }

    std::vector<storage::SqlText> pieces_;
    std::vector<storage::Param> params_;
    std::vector<std::unique_ptr<std::string>> texts_;
};

/// A person sees in each of their organisations by their roles there; a token, in its own, as was found when it came in.
accounts::Seen seen_by(storage::Database& database, accounts::Actor const& actor);
/// "(SELECT …)": the ids of the organisations whose records the actor may read now.
void add_reach(Statement& statement, accounts::Actor const& actor);
/// True when they are more than are worth reading one by one.
bool reaches_many(storage::Session& session, accounts::Actor const& actor);
/// " AND EXISTS (…)": `id`, the column that names an organisation, is one of them. For what is already few.
void add_within_reach(Statement& statement, accounts::Actor const& actor, storage::SqlText id);

/// `select` begins the statement with its columns; `read` reads a row of them.
Found find_records(storage::Session& session, accounts::Actor const& actor, SearchWish const& wish,
                   std::function<void(Statement&)> const& select, std::function<PlacedRecord(storage::Cursor const&)> const& read);

}  // namespace greffier::overview
