#include "records/import_links.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include "core/text.hpp"
#include "records/link_words.hpp"

namespace greffier::records {

using schema::Kind;
using schema::Row;
using schema::SchemaInfo;
using storage::SqlText;

namespace {

constexpr std::size_t most_joined = 16;       // pieces of one title: "Eau, assainissement, déchets"
constexpr std::size_t most_candidates = 5;    // told of an ambiguous name
constexpr std::size_t longest_told = 120;

std::string folded(std::string_view text) { return fold(squeeze(text)); }

struct Named {
    std::string id, words;
    bool deleted = false;
};
using Found = std::vector<Named const*>;

/// Every name that the records of one register go by, as the importer may see them.
class Names {
public:
    Names(Records const& records, std::string_view slug)
    {
        auto const organisation = records.organisation();   // a parameter only views it
        auto const session = records.seen();
        auto rows = slug.empty() ? session->query(SqlText{"SELECT id, reference, title, deleted_at FROM record WHERE organisation_id=?"}, organisation)
                                 : session->query(SqlText{"SELECT id, reference, title, deleted_at FROM record WHERE organisation_id=? AND register=?"}, organisation, slug);
        while (rows.next()) {
            auto const reference = rows.text(1), title = rows.text(2);
            auto const& one = all_.emplace_back(std::make_unique<Named>(Named{rows.uuid(0).text(), reference + " " + title, !rows.is_null(3)}));
            ids_.emplace(one->id, one.get());
            if (!reference.empty()) {
                words_[folded(one->words)].push_back(one.get());
                references_[folded(reference)].push_back(one.get());
            }
            titles_[folded(title)].push_back(one.get());
        }
    }

    [[nodiscard]] Named const* by_id(std::string const& id) const
    {
        auto const found = ids_.find(id);
        return found == ids_.end() ? nullptr : found->second;
    }

    /// What says most wins: "TRT-0001 Paie", then "TRT-0001", then "Paie"; what is in the bin only when nothing else fits.
    [[nodiscard]] Found find(std::string_view text) const
    {
        auto const key = folded(text);
        for (auto const* index : {&words_, &references_, &titles_})
            if (auto const found = index->find(key); found != index->end()) return those_there(found->second);
        return {};
    }

    /// A reference with the words it stood beside before the record was renamed.
    [[nodiscard]] Found find_by_first_word(std::string_view text) const
    {
        auto const found = references_.find(folded(text.substr(0, text.find(' '))));
        return found == references_.end() ? Found{} : those_there(found->second);
    }

private:
    using Index = std::map<std::string, Found, std::less<>>;

    static Found those_there(Found const& found)
    {
        Found there;
        std::ranges::copy_if(found, std::back_inserter(there), [](auto const* one) { return !one->deleted; });
        return there.empty() ? found : there;
    }

    std::vector<std::unique_ptr<Named>> all_;         // the indexes point to them
    std::map<std::string, Named const*, std::less<>> ids_;
    Index words_, references_, titles_;
};

/// One name of a cell, and the records that go by it.
struct Name {
    std::string text;
    Found found{};
    std::string id{};          ///< when the text is one
};

/// The places between line ends, ";" and ",", without the blanks around them.
std::vector<std::pair<std::size_t, std::size_t>> pieces_of(std::string_view text)
{
    std::vector<std::pair<std::size_t, std::size_t>> pieces;
    for (std::size_t from = 0; from <= text.size();) {
        auto const stop = std::min(text.find_first_of("\n;,", from), text.size());
        if (auto const piece = trim(text.substr(from, stop - from)); !piece.empty()) {
            auto const at = static_cast<std::size_t>(piece.data() - text.data());
            pieces.emplace_back(at, at + piece.size());
        }
        from = stop + 1;
    }
    return pieces;
}

Name name_of(Names const& names, std::string_view text)
{
    Name name{std::string{text}};
    if (auto const id = Uuid::parse(text)) {
        name.id = id->text();
        return name;
    }
    name.found = names.find(text);
    return name;
}

/// The names of a cell. A title may hold what stands between two of them, so the longest one that is known wins.
std::vector<Name> names_of(Names const& names, std::string_view text)
{
    std::vector<Name> all;
    auto const pieces = pieces_of(text);
    for (std::size_t i = 0; i < pieces.size();) {
        auto const last = std::min(pieces.size(), i + most_joined);
        std::optional<Name> taken;
        std::size_t next = i + 1;
        for (auto j = last; j > i && !taken; --j) {
            auto name = name_of(names, text.substr(pieces[i].first, pieces[j - 1].second - pieces[i].first));
            if (name.found.empty() && name.id.empty() && j > i + 1) continue;
            next = j;
            taken = std::move(name);
        }
        if (taken->found.empty() && taken->id.empty()) taken->found = names.find_by_first_word(taken->text);
        all.push_back(std::move(*taken));
        i = next;
    }
    return all;
}

class Finder {
public:
    Finder(Records const& records, ImportFile& file) : records_(records), file_(file) {}

    void find_all(SchemaInfo const& info, ImportItem& item)
    {
        item_ = &item;
        walk(info, item.row, "");
    }

private:
    void walk(SchemaInfo const& info, Row& row, std::string const& prefix)
    {
        for (std::size_t i = 0; i < info.fields.size() && i < row.values.size(); ++i) {
            auto const& field = info.fields[i];
            auto const path = prefix + field.name;
            auto& value = row.values[i];
            if (field.kind == Kind::Link) {
                if (auto const* text = std::get_if<std::string>(&value)) take_one(field, path, std::string{*text}, value);
            } else if (field.kind == Kind::Links) {
                if (auto const* texts = std::get_if<schema::Texts>(&value)) take_several(field, path, schema::Texts{*texts}, value);
            } else if (auto* rows = field.rows ? std::get_if<schema::Rows>(&value) : nullptr) {
                for (std::size_t n = 0; n < rows->size(); ++n)
                    walk(*field.rows, (*rows)[n], field.kind == Kind::Rows ? path + "[" + std::to_string(n) + "]." : path + ".");
            }
        }
    }

    void take_one(schema::FieldInfo const& field, std::string const& path, std::string const& text, schema::Value& value)
    {
        if (is_blank(text)) return;
        auto const& names = of(field.link_register);
        auto name = name_of(names, trim(text));
        if (name.found.empty() && name.id.empty()) name.found = names.find_by_first_word(trim(text));
        if (auto id = id_of(names, name, path); !id.empty()) value = std::move(id);
        else value = {};
    }

    void take_several(schema::FieldInfo const& field, std::string const& path, schema::Texts const& texts, schema::Value& value)
    {
        auto const& names = of(field.link_register);
        schema::Texts ids;
        for (auto const& text : texts)
            for (auto const& name : names_of(names, text))
                if (auto id = id_of(names, name, path); !id.empty() && std::ranges::find(ids, id) == ids.end()) ids.push_back(std::move(id));
        if (ids.empty()) value = {};
        else value = std::move(ids);
    }

    /// The id a name stands for; nothing, and a note, when it stands for none or for several.
    std::string id_of(Names const& names, Name const& name, std::string const& path)
    {
        if (name.found.size() > 1) {
            refuse(path, "link_ambiguous", {{"value", shorten(name.text, longest_told)}, {"candidates", candidates(name.found)}});
            return {};
        }
        if (name.found.empty() && name.id.empty()) {
            refuse(path, "link_not_found", {{"value", shorten(name.text, longest_told)}});
            return {};
        }
        auto const* known = name.found.empty() ? names.by_id(name.id) : name.found.front();
        auto id = known ? known->id : name.id;
        // A link of before may stay where it stands although its reader cannot follow it; the plan knows where it stood.
        if (!known || known->deleted) file_.unseen.insert(id);
        return id;
    }

    static std::string candidates(Found const& found)
    {
        std::vector<std::string> words;
        for (auto const* one : found) {
            if (words.size() == most_candidates) {
                words.emplace_back("…");
                break;
            }
            words.push_back(shorten(one->words, longest_told));
        }
        return join(words, " ; ");
    }

    void refuse(std::string const& path, std::string code, Arguments arguments)
    {
        if (!item_->refused) item_->refused = Error::invalid(code, arguments);
        item_->notes.push_back({Outcome::Refused, place_of(*item_, path), std::move(code), std::move(arguments), path});
    }

    Names const& of(std::string const& slug)
    {
        auto const found = names_.find(slug);
        return found != names_.end() ? found->second : names_.try_emplace(slug, records_, slug).first->second;
    }

    Records const& records_;
    ImportFile& file_;
    ImportItem* item_ = nullptr;
    std::map<std::string, Names, std::less<>> names_;   ///< by register pointed to
};

}  // namespace

ImportFile with_links_found(Records const& records, Register const& kind, ImportFile file)
{
    if (!has_links(*kind.schema)) return file;
    Finder finder(records, file);
    for (auto& item : file.items)
        if (!item.refused && !item.skipped) finder.find_all(*kind.schema, item);
    return file;
}

}  // namespace greffier::records
