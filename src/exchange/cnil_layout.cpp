#include "exchange/cnil_layout.hpp"

#include <algorithm>
#include <set>

#include "core/text.hpp"
#include "exchange/cnil_list.hpp"
#include "exchange/cnil_sheet.hpp"
#include "exchange/cnil_table.hpp"

namespace greffier::exchange {
namespace {

bool is_choice_sheet(documents::Sheet const& sheet)
{
    static std::set<std::string, std::less<>> const titles = {"garantie",
                                                              "pays",
                                                              "zone",
                                                              "categorie de personne",
                                                              "destinataire",
                                                              "mesure de securite",
                                                              "mesure de securite technique"};
    constexpr std::size_t enough = 3;
    for (std::size_t row = 0; row < std::min<std::size_t>(sheet.rows.size(), 5); ++row) {
        std::set<std::string> seen;
        for (std::size_t column : cnil::filled_columns(sheet, row))
            if (auto const key = cnil::key_of(sheet.at(row, column).text); titles.contains(key)) seen.insert(key);
        if (seen.size() >= enough) return true;
    }
    return false;
}

} // namespace

std::optional<Date> date_of(Placed const& placed)
{
    if (placed.value.size() >= 10)
        if (auto const day = parse_date(std::string_view(placed.value).substr(0, 10))) return day;
    std::string const text = squeeze(placed.text);
    if (auto const day = parse_french_date(text)) return day;
    return parse_date(text);
}

std::optional<bool> truth_of(Placed const& placed)
{
    std::string const word = fold(squeeze(placed.text));
    if (word == "oui" || word == "o" || word == "x" || word == "vrai" || word == "yes") return true;
    if (word == "non" || word == "n" || word == "faux" || word == "no") return false;
    return std::nullopt;
}

bool looks_like_cnil(documents::Workbook const& book)
{
    return std::any_of(book.sheets.begin(), book.sheets.end(), [](auto const& sheet) {
        return cnil::list_headings(sheet).has_value() || cnil::is_record_sheet(sheet);
    });
}

CnilWorkbook read_cnil(documents::Workbook const& book)
{
    CnilWorkbook out;
    for (auto const& sheet : book.sheets) {
        auto const headings = cnil::list_headings(sheet);
        bool const record = !headings && cnil::is_record_sheet(sheet);
        bool const contacts = !record && cnil::has_contacts(sheet);
        if (contacts) cnil::read_contacts(sheet, headings.value_or(sheet.rows.size()), out);
        if (headings)
            cnil::read_list(sheet, *headings, out);
        else if (record)
            cnil::read_record_sheet(sheet, out);
        else if (!contacts && !sheet.rows.empty())
            cnil::add_note(out, sheet.name, is_choice_sheet(sheet) ? "sheet_of_choices" : "sheet_not_recognised",
                           sheet.name);
    }
    return out;
}

} // namespace greffier::exchange
