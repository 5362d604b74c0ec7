// Writes the CNIL layout. Its labels are the format itself, hence French whatever the language of the reader.

#include <algorithm>

#include "documents/ods_parts.hpp"
#include "exchange/cnil_book_parts.hpp"

namespace greffier::exchange {
namespace {

using documents::Align;
using documents::Book;
using documents::BookCell;
using documents::BookSheet;

constexpr std::size_t spare_list_rows = 15;

std::string const lists_sheet = "Listes de choix";
std::string const list_sheet = "Liste des traitements";

std::vector<documents::CellStyle> styles()
{
    std::string const night = "#16325c", blue = "#3d6ea5", pale = "#eaf1f9", line = "#b7c6d8", ink = "#1d2733";
    return {
        {.name = "Titre",
         .background = "#f2b632",
         .colour = ink,
         .size_points = 16,
         .bold = true,
         .align = Align::Centre},
        {.name = "Bandeau",
         .background = night,
         .colour = "#ffffff",
         .border = night,
         .bold = true,
         .align = Align::Centre},
        {.name = "Sous-bandeau",
         .background = blue,
         .colour = "#ffffff",
         .border = line,
         .bold = true,
         .align = Align::Centre},
        {.name = "Libellé", .background = blue, .colour = "#ffffff", .border = line, .align = Align::End},
        {.name = "Coordonnée", .background = blue, .colour = "#ffffff", .border = line},
        {.name = "Saisie", .background = pale, .colour = ink, .border = line},
        {.name = "Texte", .colour = ink, .size_points = 11},
        {.name = "Lien", .colour = "#1f5fa8", .border = line, .bold = true},
    };
}

// ---- instructions ----------------------------------------------------------------------------

BookSheet instructions(std::string const& organisation)
{
    BookSheet sheet("Mode d’emploi");
    sheet.tab_colour = "#f2b632";
    sheet.column_widths_mm = {190};
    sheet.row_heights_mm = {14};
    sheet.text(0, 0, organisation.empty() ? "Registre des traitements" : "Registre des traitements : " + organisation,
               "Titre");
    std::vector<std::pair<std::string, std::string>> const lines = {
        {"", "Texte"},
        {"Ce classeur rassemble ce que votre organisme fait des données personnelles, un traitement après l’autre.",
         "Texte"},
        {"Onglet « Liste des traitements »", "Bandeau"},
        {"En haut, les coordonnées du responsable, de son représentant et du délégué. Dessous, une ligne par "
         "traitement : son nom, sa référence, ses dates, ce à quoi il sert.",
         "Texte"},
        {"Une fiche par traitement", "Bandeau"},
        {"Chaque onglet suivant décrit un traitement. Sa référence est la même que dans la liste : c’est elle qui "
         "relie les deux.",
         "Texte"},
        {"Pour un nouveau traitement, dupliquez une fiche, changez sa référence et ajoutez une ligne à la liste. Il "
         "manque une ligne dans un tableau : insérez-la ; elle sera lue.",
         "Texte"},
        {"Onglet « Listes de choix »", "Bandeau"},
        {"Les cellules à liste proposent les choix de cet onglet. Vous pouvez aussi écrire vos propres mots.", "Texte"},
        {"Retour dans Greffier", "Bandeau"},
        {"Importez ce classeur quand il est à jour : seules les différences sont reprises, après votre accord, et "
         "chacune est montrée avec sa cellule.",
         "Texte"},
    };
    for (std::size_t i = 0; i < lines.size(); ++i) sheet.text(i + 1, 0, lines[i].first, lines[i].second);
    return sheet;
}

// ---- list ------------------------------------------------------------------------------------

void contact_pair(BookSheet& sheet, std::size_t row, std::size_t column, std::string const& label, Placed const& value)
{
    sheet.text(row, column, label + "\u00a0:", "Coordonnée");
    sheet.text(row, column + 1, value.text, "Saisie");
}

void contact_rows(BookSheet& sheet, std::size_t row, std::string const& title, CnilContact const& contact, bool company)
{
    BookCell head = text_cell(title, "Bandeau");
    head.row_span = 2;
    sheet.set(row, 0, std::move(head));
    contact_pair(sheet, row, 1, "Nom", contact.name);
    contact_pair(sheet, row, 3, "Prénom", contact.first_name);
    contact_pair(sheet, row, 5, company ? "Société (délégué externe)" : "Pays",
                 company ? contact.company : contact.country);
    contact_pair(sheet, row, 7, "Adresse", contact.address);
    contact_pair(sheet, row + 1, 1, "Code postal", contact.postcode);
    contact_pair(sheet, row + 1, 3, "Ville", contact.city);
    contact_pair(sheet, row + 1, 5, "Téléphone", contact.phone);
    contact_pair(sheet, row + 1, 7, "Adresse mél", contact.email);
}

void list_row(BookSheet& sheet, std::size_t row, CnilListRow const& entry, std::string const& link)
{
    BookCell name = text_cell((entry.example && !entry.name.empty() ? "(EXEMPLE) " : "") + entry.name.text,
                              link.empty() ? "Saisie" : "Lien");
    name.link = link;
    sheet.set(row, 0, std::move(name));
    sheet.text(row, 1, entry.reference.text, "Saisie");
    sheet.set(row, 2, day_cell(entry.created));
    sheet.set(row, 3, day_cell(entry.updated));
    sheet.text(row, 4, entry.purposes.text, "Saisie", 3);
    sheet.set(row, 7, text_cell(entry.sensitive.text, "Saisie", 2, "oui_non"));
}

std::string link_to(CnilListRow const& entry, std::vector<CnilSheet> const& records,
                    std::vector<std::string> const& names)
{
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (entry.reference.empty() || records[i].reference.text != entry.reference.text) continue;
        return "#" + documents::quoted_sheet(names[i]) + ".A1";
    }
    return {};
}

BookSheet list_of(CnilWorkbook const& workbook, std::vector<std::string> const& names)
{
    constexpr std::size_t first = 8;
    BookSheet sheet(list_sheet);
    sheet.tab_colour = "#16325c";
    sheet.column_widths_mm = {62, 30, 32, 30, 34, 34, 40, 30, 50};
    sheet.frozen_rows = first, sheet.frozen_columns = 1;
    contact_rows(sheet, 0, "Coordonnées du responsable de l’organisme", workbook.header.controller, false);
    contact_rows(sheet, 2, "Coordonnées du représentant", workbook.header.representative, false);
    contact_rows(sheet, 4, "Coordonnées du délégué à la protection des données (DPO)", workbook.header.dpo, true);
    sheet.text(6, 0, "Identification du traitement", "Bandeau", 4);
    sheet.text(6, 4, "Finalité du traitement", "Bandeau", 3);
    sheet.text(6, 7, "Données sensibles ?", "Bandeau", 2);
    char const* const titles[] = {"Nom du traitement", "N° / RÉF", "Date de création de la fiche",
                                  "Dernière mise à jour de la fiche"};
    for (std::size_t i = 0; i < std::size(titles); ++i) sheet.text(7, i, titles[i], "Sous-bandeau");
    sheet.text(7, 4, "", "Sous-bandeau", 3);
    sheet.text(7, 7, "Oui/non", "Sous-bandeau", 2);
    for (std::size_t i = 0; i < workbook.list.size(); ++i)
        list_row(sheet, first + i, workbook.list[i], link_to(workbook.list[i], workbook.sheets, names));
    for (std::size_t i = 0; i < spare_list_rows; ++i) list_row(sheet, first + workbook.list.size() + i, {}, {});
    return sheet;
}

// ---- choices ---------------------------------------------------------------------------------

struct Choice {
    std::string validation, title;
    std::vector<std::string> values;
};

std::vector<Choice> choices_of(CnilChoices const& choices)
{
    return {{"garanties", "Garanties", choices.guarantees},
            {"pays", "Pays", choices.countries},
            {"personnes", "Catégories de personnes", choices.subjects},
            {"destinataires", "Destinataires", choices.recipients},
            {"mesures", "Mesures de sécurité", choices.measures},
            {"oui_non", "Oui/non", {"Oui", "Non"}}};
}

void add_choices(Book& book, CnilChoices const& choices)
{
    BookSheet sheet(lists_sheet);
    sheet.frozen_rows = 1;
    std::size_t column = 0;
    for (auto const& choice : choices_of(choices)) {
        sheet.column_widths_mm.push_back(58);
        sheet.text(0, column, choice.title, "Bandeau");
        for (std::size_t i = 0; i < choice.values.size(); ++i) sheet.text(i + 1, column, choice.values[i], "Saisie");
        book.validations.push_back({.name = choice.validation,
                                    .sheet = lists_sheet,
                                    .column = column,
                                    .first_row = 1,
                                    .last_row = std::max<std::size_t>(choice.values.size(), 1)});
        ++column;
    }
    book.sheets.push_back(std::move(sheet));
}

std::vector<std::string> sheet_names(std::vector<CnilSheet> const& records)
{
    documents::SheetNames names;
    for (std::string_view own : {std::string_view{"Mode d’emploi"}, std::string_view{list_sheet}, std::string_view{lists_sheet}, std::string_view{"Modèle de fiche"}}) names.take(own);
    std::vector<std::string> given;
    for (auto const& record : records) {
        std::string const name = record.name.empty() ? record.main_purpose.text : record.name.text;
        given.push_back(names.take(record.reference.empty() ? name : record.reference.text + " - " + name));
    }
    return given;
}

} // namespace

documents::Book cnil_book(CnilWorkbook const& workbook, CnilWriting const& writing)
{
    Book book;
    book.title = writing.organisation.empty() ? "Registre des traitements"
                                              : "Registre des traitements - " + writing.organisation;
    book.styles = styles();
    auto const names = sheet_names(workbook.sheets);
    book.sheets.push_back(instructions(writing.organisation));
    book.sheets.push_back(list_of(workbook, names));
    for (std::size_t i = 0; i < workbook.sheets.size(); ++i)
        book.sheets.push_back(cnil_record_sheet(names[i], workbook.sheets[i]));
    if (writing.blank_sheet) book.sheets.push_back(cnil_record_sheet("Modèle de fiche", {}));
    add_choices(book, writing.choices);
    return book;
}

} // namespace greffier::exchange
