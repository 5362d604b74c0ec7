#include "records/related.hpp"

#include <set>

#include "core/text.hpp"
#include "records/by_sets.hpp"
#include "records/columns.hpp"
#include "storage/word_index.hpp"

namespace greffier::records {

using storage::Param;
using storage::SqlText;

namespace {

struct Gathering {
    Records const& records;
    Register const& kind;
    std::size_t most;
    std::set<RecordId> known = {};
    std::vector<RecordId> ids = {};

    void add(RecordId id)
    {
        if (ids.size() < most && known.insert(id).second) ids.push_back(id);
    }

    /// As many as there may be in all: those that are known already must take no other's place.
    void add_all(std::vector<SqlText> pieces, std::vector<Param> params)
    {
        if (ids.size() == most) return;
        pieces.push_back(SqlText{" LIMIT ?"});
        params.push_back(static_cast<std::int64_t>(most));
        auto const session = records.seen();
        auto rows = session->query_with(SqlText::joined(pieces), std::move(params));
        while (rows.next()) add(rows.id<Record>(0));
    }
};

constexpr SqlText of_register{"SELECT r.id FROM record r WHERE r.organisation_id=? AND r.register=?"};

void add_linked(Gathering& all, OrganisationId organisation, std::vector<RecordId> const& targets, bool past)
{
    // CROSS JOIN holds SQLite to this order, as in Records::links_to.
    auto const now = SqlText{"SELECT r.id FROM record_link l CROSS JOIN record r WHERE r.rid=l.rid AND l.to_version IS NULL AND r.deleted_at IS NULL "
                             "AND r.organisation_id=? AND r.register=? AND l.target IN " GREFFIER_HUNDRED_IDS};
    auto const ever = SqlText{"SELECT r.id FROM record_link l CROSS JOIN record r WHERE r.rid=l.rid AND r.organisation_id=? AND r.register=? "
                              "AND l.target IN " GREFFIER_HUNDRED_IDS};
    detail::by_sets(all.records, past ? ever : now, {storage::to_param(organisation), storage::to_param(all.kind.slug)}, targets,
                    [&](storage::Session&, storage::Cursor const& row) { all.add(row.id<Record>(0)); });
}

/// What the index of words finds: it holds what is there now.
void add_found(Gathering& all, OrganisationId organisation, storage::WordQuestion question)
{
    question.scope.insert(question.scope.begin(), {detail::organisation_token(organisation), detail::register_token(all.kind)});
    auto const text = storage::text_of(all.records.machinery().database.engine(), question);
    all.add_all({of_register, SqlText{" AND r.deleted_at IS NULL"}, storage::found_by_words, SqlText{" ORDER BY r.title_key, r.id"}},
                {storage::to_param(organisation), storage::to_param(all.kind.slug), storage::to_param(text)});
}

/// Those whose state then no index tells: written since, or in the bin since.
void add_changed(Gathering& all, OrganisationId organisation, Timestamp at)
{
    std::vector<Param> const params{storage::to_param(organisation), storage::to_param(all.kind.slug), storage::to_param(at), storage::to_param(at)};
    all.add_all({of_register, SqlText{" AND r.deleted_at IS NULL AND r.updated_at>? AND r.created_at<=? ORDER BY r.updated_at"}}, params);
    all.add_all({of_register, SqlText{" AND r.deleted_at>? AND r.created_at<=? ORDER BY r.deleted_at"}}, params);
}

}  // namespace

std::vector<RecordId> related(Records const& records, Register const& kind, Related const& wanted, std::optional<Timestamp> at, std::size_t most)
{
    Gathering all{records, kind, most};
    auto const organisation = records.organisation();
    for (auto const& id : wanted.named) all.add(id);
    add_linked(all, organisation, wanted.links_to, at.has_value());
    storage::WordQuestion speaking;
    for (auto const& text : wanted.speaking_of)
        if (auto words = greffier::words(text); !words.empty()) speaking.any_words.push_back(std::move(words));
    if (!speaking.any_words.empty()) add_found(all, organisation, std::move(speaking));
    if (!wanted.facet.empty()) add_found(all, organisation, {{detail::facet_token(wanted.facet)}, {}});
    if (at) add_changed(all, organisation, *at);
    return std::move(all.ids);
}

}  // namespace greffier::records
