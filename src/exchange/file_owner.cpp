#include "exchange/file_owner.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/text.hpp"
#include "documents/table_reader.hpp"
#include "exchange/cnil_labels.hpp"
#include "exchange/formats.hpp"
#include "schema/json_guard.hpp"

namespace greffier::exchange {

using documents::TableReader;
using documents::TableRow;

namespace {

constexpr std::array<std::string_view, 16> name_labels{"organisme", "organisation", "collectivite", "responsable de traitement", "responsable du traitement", "nom de l organisme",
                                                       "nom de la collectivite", "nom de l organisation", "nom du responsable de traitement", "etablissement", "nom de l etablissement",
                                                       "raison sociale", "commune", "controller", "organization", "structure"};
constexpr std::array<std::string_view, 8> number_labels{"siren", "siret", "n siren", "n siret", "numero siren", "numero siret", "siren siret", "n de siren"};

bool is_one_of(auto const& labels, std::string const& key) { return std::ranges::find(labels, key) != labels.end(); }

/// Label and value of one line: beside each other, or within one cell behind a colon.
void look_at_line(TableRow const& row, FileOwner& owner)
{
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        auto const text = squeeze(row.cells[i].text);
        if (text.empty() || row.cells[i].covered) continue;
        auto [key, rest] = cnil::split_label(text);
        if (rest.empty()) {
            auto next = i + 1;
            while (next < row.cells.size() && (row.cells[next].is_empty() || row.cells[next].covered)) ++next;
            rest = row.at(next).kind == documents::CellKind::Number ? row.at(next).value : squeeze(row.at(next).text);
        }
        if (rest.empty()) continue;
        if (owner.siren.empty() && is_one_of(number_labels, key)) owner.siren = siren_of(rest);
        // A heading has headings beside it: the name of a body is no label.
        else if (owner.name.empty() && is_one_of(name_labels, key) && !is_one_of(name_labels, cnil::key_of(rest)) && row.cells.size() <= 4) owner.name = rest;
    }
}

/// A column of the table itself that names one body on every line.
void look_at_columns(TableRow const& headings, std::vector<TableRow> const& below, FileOwner& owner)
{
    for (std::size_t i = 0; i < headings.cells.size(); ++i) {
        auto const key = cnil::key_of(headings.cells[i].text);
        bool const number = is_one_of(number_labels, key), name = is_one_of(name_labels, key);
        if (!number && !name) continue;
        std::string one;
        bool same = true;
        for (auto const& row : below) {
            auto const& cell = row.at(i);
            auto const text = cell.kind == documents::CellKind::Number ? cell.value : squeeze(cell.text);
            if (text.empty()) continue;
            same = same && (one.empty() || fold(one) == fold(text));
            one = text;
        }
        if (!same || one.empty()) continue;
        if (number && owner.siren.empty()) owner.siren = siren_of(one);
        if (name && owner.name.empty()) owner.name = one;
    }
}

Result<FileOwner> owner_of_table(std::string_view bytes, std::string const& source)
{
    constexpr std::size_t looked_rows = 40, looked_sheets = 20;
    documents::TableOptions options;
    options.name = source;
    auto const reader = TRY(documents::open_table_bytes(std::string(bytes), options));
    FileOwner owner;
    for (std::size_t i = 0; i < std::min(reader->sheets().size(), looked_sheets) && (owner.siren.empty() || owner.name.empty()); ++i) {
        if (auto chosen = reader->choose(i); !chosen.ok()) continue;
        std::vector<TableRow> rows;
        for (TableRow row; rows.size() < looked_rows;) {
            auto const more = reader->next(row);
            if (!more.ok() || !*more) break;
            look_at_line(row, owner);
            rows.push_back(row);
        }
        for (std::size_t n = 0; n < rows.size() && (owner.siren.empty() || owner.name.empty()); ++n)
            if (rows[n].cells.size() > 2) {
                look_at_columns(rows[n], {rows.begin() + static_cast<std::ptrdiff_t>(n) + 1, rows.end()}, owner);
                break;
            }
    }
    return owner;
}

FileOwner owner_of_json(std::string_view bytes)
{
    FileOwner owner;
    if (!schema::is_readable_json(bytes, 40)) return owner;
    auto const json = nlohmann::json::parse(bytes, nullptr, false);
    if (!json.is_object() || !json.contains("organisation") || !json["organisation"].is_object()) return owner;
    auto text = [](nlohmann::json const& object, char const* name) { return object.contains(name) && object[name].is_string() ? object[name].get<std::string>() : std::string{}; };
    auto const& organisation = json["organisation"];
    owner.name = text(organisation, "name");
    if (organisation.contains("controller") && organisation["controller"].is_object()) {
        auto const& controller = organisation["controller"];
        owner.siren = siren_of(text(controller, "siren").empty() ? text(controller, "siret") : text(controller, "siren"));
        if (auto name = text(controller, "name"); !name.empty()) owner.name = std::move(name);
    }
    return owner;
}

} // namespace

std::string siren_of(std::string_view text)
{
    std::string digits;
    for (char const c : text) {
        if (c >= '0' && c <= '9') digits += c;
        else if (std::isalpha(static_cast<unsigned char>(c))) return {};
    }
    return digits.size() == 9 ? digits : digits.size() == 14 ? digits.substr(0, 9) : std::string{};
}

Result<FileOwner> owner_of_file(std::string_view bytes, std::string const& source, Date today)
{
    if (records::looks_like_json(bytes)) return owner_of_json(bytes);
    if (auto const profile = cnil_profile_of(bytes, source, today)) {
        auto const siren = siren_of(profile->siren.empty() ? profile->siret : profile->siren);
        if (!profile->name.empty() || !siren.empty()) return FileOwner{siren, profile->name};
    }
    return owner_of_table(bytes, source);
}

Result<std::size_t> choose_body(std::vector<KnownBody> const& bodies, FileOwner const& owner, std::string const& file)
{
    if (owner.empty()) return Error::not_found("import_no_organisation", {{"file", file}});
    auto const name = fold(squeeze(owner.name));
    auto named = [&](KnownBody const& body) { return !name.empty() && (fold(squeeze(body.name)) == name || fold(squeeze(body.display_name)) == name); };
    std::vector<std::size_t> by_number, by_name;
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        if (!owner.siren.empty() && bodies[i].siren == owner.siren) by_number.push_back(i);
        if (named(bodies[i])) by_name.push_back(i);
    }
    auto const shown = owner.name.empty() ? owner.siren : owner.siren.empty() ? owner.name : owner.name + " (" + owner.siren + ")";
    if (by_number.size() > 1) std::erase_if(by_number, [&](std::size_t i) { return !named(bodies[i]); });   // one SIREN, several bodies: the name decides
    if (by_number.size() == 1) return by_number.front();
    if (by_name.size() > 1 || (by_number.empty() && std::ranges::count(bodies, owner.siren, &KnownBody::siren) > 1 && !owner.siren.empty()))
        return Error::conflict("import_many_organisations", {{"file", file}, {"name", shown}});
    if (by_name.empty()) return Error::not_found("import_other_organisation", {{"file", file}, {"name", shown}});
    auto const& found = bodies[by_name.front()];
    if (!owner.siren.empty() && !found.siren.empty() && found.siren != owner.siren)
        return Error::conflict("import_siren_of_another", {{"file", file}, {"name", found.display_name}, {"siren", owner.siren}, {"known", found.siren}});
    return by_name.front();
}

} // namespace greffier::exchange
