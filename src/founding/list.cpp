#include "founding/list.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "accounts/organisation.hpp"
#include "core/text.hpp"
#include "documents/table_reader.hpp"

namespace greffier::founding {

namespace {

using documents::TableRow;

struct Known {
    std::string_view field;
    std::string Line::* member;
    std::string_view headings;   ///< folded words, with '|'; the locale's own heading is known beside these
};
constexpr std::array columns{
    Known{"name", &Line::name, "nom|name|organisme|organisation|nom de l organisme|denomination|raison sociale|collectivite"},
    Known{"kind", &Line::kind, "type|nature|kind|categorie|type d organisme"},
    Known{"siren", &Line::siren, "siren|n siren|numero siren|siren number"},
    Known{"insee", &Line::insee, "insee|code insee|insee code|code commune|code officiel geographique|cog"},
    Known{"parent", &Line::parent, "parent|rattachement|rattache a|organisme de rattachement|under|above"},
    Known{"address", &Line::address, "adresse|address|rue|adresse postale"},
    Known{"postcode", &Line::postcode, "code postal|cp|postcode|zip"},
    Known{"city", &Line::city, "ville|city|localite"},
    Known{"email", &Line::email, "courriel|contact|email|e mail|mail|courriel de contact|contact e mail"},
    Known{"phone", &Line::phone, "telephone|tel|phone"},
    Known{"administrator_email", &Line::administrator_email, "administrateur|courriel de l administrateur|administrator|administrator e mail|administrator email|premier administrateur"},
    Known{"administrator_name", &Line::administrator_name, "nom de l administrateur|administrator name|nom administrateur"},
    Known{"slug", &Line::slug, "adresse courte|slug|short address|identifiant"},
};

std::string plain(std::string_view text) { return join(words(text), " "); }

bool means(Known const& column, std::string const& heading)
{
    for (auto const& each : split(column.headings, '|'))
        if (each == heading) return true;
    for (auto const language : {Language::French, Language::English})
        if (plain(Locale(language).text("founding.column." + std::string{column.field})) == heading) return true;
    return false;
}

struct Placed {
    std::size_t column;
    Known const* known;
};

/// Each heading once: the second of two that mean the same is not read.
std::vector<Placed> place(TableRow const& headings, List& list)
{
    std::vector<Placed> placed;
    for (std::size_t i = 0; i < headings.cells.size(); ++i) {
        auto const heading = squeeze(headings.cells[i].text);
        if (heading.empty()) continue;
        auto const* const known = std::ranges::find_if(columns, [&](Known const& column) { return means(column, plain(heading)); });
        bool const twice = known != columns.end() && std::ranges::any_of(placed, [&](Placed const& each) { return each.known == known; });
        if (known == columns.end() || twice) {
            list.unread.push_back(shorten(heading, 80));
            continue;
        }
        placed.push_back({i, known});
        list.headings.emplace_back(known->field, shorten(heading, 80));
    }
    return placed;
}

std::string without_blanks(std::string_view text)
{
    std::string out;
    for (char const c : squeeze(text))
        if (c != ' ' && c != '.' && c != '-') out += c;
    return out;
}

bool all_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }); }

/// Spreadsheets take the zero off the front of what looks like a number.
std::string with_its_zero(std::string text, std::size_t length)
{
    if (text.size() + 1 == length && all_digits(text)) text.insert(0, 1, '0');
    return text;
}

/// "Commune", "commune", "Mairie": the code of the kind; nothing when it is none.
std::optional<std::string> kind_of(std::string_view text)
{
    auto const wanted = plain(text);
    for (auto const code : accounts::organisation_kinds()) {
        if (wanted == plain(code)) return std::string{code};
        for (auto const language : {Language::French, Language::English})
            if (wanted == plain(Locale(language).text("organisation_kind." + std::string{code}))) return std::string{code};
    }
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 14> usual{{
        {"mairie", "commune"}, {"ville", "commune"}, {"town", "commune"}, {"epci", "inter_communal"}, {"communaute de communes", "inter_communal"}, {"communaute d agglomeration", "inter_communal"},
        {"agglomeration", "inter_communal"}, {"metropole", "inter_communal"}, {"ccas", "social_centre"}, {"cias", "social_centre"}, {"syndicat", "syndicate"}, {"etablissement public", "public_body"},
        {"societe", "company"}, {"asso", "association"},
    }};
    for (auto const& [word, code] : usual)
        if (wanted == word) return std::string{code};
    return std::nullopt;
}

void tidy(Line& line, List& list)
{
    line.siren = without_blanks(line.siren);
    line.insee = with_its_zero(without_blanks(line.insee), 5);
    std::ranges::transform(line.insee, line.insee.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    line.postcode = with_its_zero(line.postcode, 5);
    if (!line.siren.empty() && !is_siren(line.siren)) list.trouble(line.number, "siren", "founding.bad_siren", {{"value", shorten(line.siren, 40)}});
    if (!line.insee.empty() && !is_insee_code(line.insee)) list.trouble(line.number, "insee", "founding.bad_insee", {{"value", shorten(line.insee, 40)}});
    if (line.kind.empty()) return;
    if (auto code = kind_of(line.kind)) line.kind = std::move(*code);
    else {
        list.trouble(line.number, "kind", "founding.bad_kind", {{"value", shorten(line.kind, 60)}});
        line.kind.clear();
    }
}

}  // namespace

std::string List::heading_of(std::string_view field) const
{
    for (auto const& [ours, theirs] : headings)
        if (ours == field) return theirs;
    return {};
}

void List::trouble(std::size_t line, std::string_view field, std::string code, Arguments arguments)
{
    troubles.push_back({line, heading_of(field), std::string{field}, std::move(code), std::move(arguments)});
}

Result<List> read_list(std::string bytes, std::string const& name)
{
    if (bytes.size() > most_bytes) return Error::too_large("founding.too_long", {{"max", std::to_string(most_lines)}});
    documents::TableOptions options;
    options.name = name;
    options.max_rows = 100'000;
    auto table = TRY(documents::open_table_bytes(std::move(bytes), options));
    List list;
    TableRow row;
    if (!TRY(table->next(row))) return Error::invalid("founding.nothing");
    auto const placed = place(row, list);
    if (list.heading_of("name").empty()) return Error::invalid("founding.no_name_column");
    while (TRY(table->next(row))) {
        Line line;
        line.number = row.line > 0 ? row.line : row.number;
        bool filled = false;
        for (auto const& [column, known] : placed) {
            line.*(known->member) = squeeze(row.at(column).text);
            filled = filled || !(line.*(known->member)).empty();
        }
        if (!filled) continue;
        if (list.lines.size() == most_lines) return Error::too_large("founding.too_long", {{"max", std::to_string(most_lines)}});
        tidy(line, list);
        list.lines.push_back(std::move(line));
    }
    if (list.lines.empty()) return Error::invalid("founding.nothing");
    return list;
}

std::vector<std::string_view> const& list_fields()
{
    static std::vector<std::string_view> const all = [] {
        std::vector<std::string_view> fields;
        for (auto const& column : columns) fields.push_back(column.field);
        return fields;
    }();
    return all;
}

std::string example(Locale const& locale)
{
    std::string text = "\xEF\xBB\xBF";   // without it, the commonest spreadsheet spoils the accents
    auto line = [&](std::string const& prefix) {
        for (std::size_t i = 0; i < columns.size(); ++i) text += (i == 0 ? "" : ";") + locale.find(prefix + std::string{columns[i].field}).value_or("");
        text += "\r\n";
    };
    line("founding.column.");
    line("founding.example.one.");
    line("founding.example.two.");
    return text;
}

std::string words_of(Trouble const& trouble, Locale const& locale) { return locale.text("error." + trouble.code, trouble.arguments); }

std::string mend_of(Trouble const& trouble, Locale const& locale)
{
    for (auto const& key : {"founding.mend." + trouble.code, "founding.mend." + trouble.field})
        if (locale.find(key)) return locale.text(key, trouble.arguments);
    return {};
}

bool is_siren(std::string_view text)
{
    if (text.size() != 9 || !all_digits(text)) return false;
    int sum = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        int digit = text[i] - '0';
        if (i % 2 == 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return sum % 10 == 0;
}

bool is_insee_code(std::string_view text)
{
    if (text.size() != 5) return false;
    auto const rest = text.substr(2);
    if (!all_digits(rest)) return false;
    return all_digits(text.substr(0, 2)) || text.starts_with("2A") || text.starts_with("2B");
}

}  // namespace greffier::founding
