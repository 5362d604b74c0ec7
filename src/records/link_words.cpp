#include "records/link_words.hpp"

#include <algorithm>
#include <array>

#include "schema/diff.hpp"

namespace greffier::records {

using schema::Kind;
using storage::SqlText;

namespace {

constexpr std::size_t at_once = 16;

}  // namespace

LinkWords link_words(Records const& records, std::vector<std::string> const& ids, std::optional<Timestamp> at)
{
    LinkWords out;
    std::vector<Uuid> wanted;
    for (auto const& text : ids)
        if (auto const id = Uuid::parse(text); id && std::ranges::find(wanted, *id) == wanted.end()) wanted.push_back(*id);
    if (wanted.empty()) return out;
    auto const organisation = records.organisation();   // a parameter only views it
    auto const session = records.seen();
    for (std::size_t from = 0; from < wanted.size(); from += at_once) {
        std::array<Uuid, at_once> some;   // what is left over is the nil id, which nobody bears
        for (std::size_t i = 0; i < at_once && from + i < wanted.size(); ++i) some[i] = wanted[from + i];
        std::vector<storage::Param> params;
        if (at) params.push_back(storage::to_param(*at));
        params.push_back(storage::to_param(organisation));
        for (auto const& id : some) params.push_back(storage::to_param(id));
        auto rows = session->query_with(at ? SqlText{"SELECT r.id, v.reference, v.title FROM record r "
                                                     "JOIN record_version v ON v.rid=r.rid AND v.version=(SELECT max(version) FROM record_version WHERE rid=r.rid AND recorded_at<=?) "
                                                     "WHERE r.organisation_id=? AND r.id IN (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"}
                                           : SqlText{"SELECT id, reference, title FROM record WHERE organisation_id=? AND id IN (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"},
                                        std::move(params));
        while (rows.next()) out.emplace(rows.uuid(0).text(), rows.text(1) + " " + rows.text(2));
    }
    return out;
}

LinkWords link_words(Records const& records, schema::SchemaInfo const& info, schema::Row const& row, std::optional<Timestamp> at)
{
    std::vector<std::string> ids;
    for (auto const& link : schema::links_of(info, row)) ids.push_back(link.target);
    return link_words(records, ids, at);
}

bool has_links(schema::SchemaInfo const& info)
{
    return std::ranges::any_of(info.fields, [](schema::FieldInfo const& field) {
        return field.kind == Kind::Link || field.kind == Kind::Links || (field.rows && has_links(*field.rows));
    });
}

schema::Row with_link_words(schema::SchemaInfo const& info, schema::Row row, LinkWords const& words)
{
    if (words.empty()) return row;
    auto replace = [&](std::string& text) {
        if (auto const found = words.find(text); found != words.end()) text = found->second;
    };
    for (std::size_t i = 0; i < info.fields.size() && i < row.values.size(); ++i) {
        auto const& field = info.fields[i];
        auto& value = row.values[i];
        if (field.kind == Kind::Link) {
            if (auto* text = std::get_if<std::string>(&value)) replace(*text);
        } else if (field.kind == Kind::Links) {
            if (auto* texts = std::get_if<schema::Texts>(&value)) std::ranges::for_each(*texts, replace);
        } else if (field.rows) {
            if (auto* rows = std::get_if<schema::Rows>(&value))
                for (auto& owned : *rows) owned = with_link_words(*field.rows, std::move(owned), words);
        }
    }
    return row;
}

}  // namespace greffier::records
