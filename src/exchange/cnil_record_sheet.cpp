// One record sheet of the CNIL layout, as it is written.

#include <algorithm>

#include "core/text.hpp"
#include "exchange/cnil_book_parts.hpp"

namespace greffier::exchange {
namespace {

using documents::BookCell;
using documents::BookSheet;

constexpr std::size_t last_column = 7; // the record sheets use columns A to H
constexpr std::size_t usual_sub_purposes = 5, usual_subjects = 2, usual_recipients = 4, usual_measures = 3,
                      usual_transfers = 3;

constexpr std::string_view data_labels[] = {
    "Identité et état civil",
    "Vie personnelle",
    "Vie professionnelle",
    "Situation économique et financière",
    "Données de connexion",
    "Données de localisation",
    "Numéro de sécurité sociale (NIR)",
};
constexpr std::string_view sensitive_labels[] = {
    "Origine raciale ou ethnique",
    "Opinions politiques",
    "Convictions religieuses ou philosophiques",
    "Appartenance syndicale",
    "Données génétiques",
    "Données biométriques",
    "Santé",
    "Vie ou orientation sexuelle",
    "Condamnations pénales et infractions",
};

// Writes one record sheet from top to bottom.
class RecordSheet {
public:
    explicit RecordSheet(std::string name) : sheet_(std::move(name))
    {
        sheet_.tab_colour = "#3d6ea5";
        sheet_.column_widths_mm = {72, 44, 44, 26, 34, 30, 34, 48};
        sheet_.frozen_rows = 1, sheet_.frozen_columns = 1;
    }

    BookSheet write(CnilSheet const& record)
    {
        write_description(record);
        write_actors(record.actors);
        write_purposes(record);
        write_categories("Catégories de données personnelles concernées", record.data_categories, data_labels);
        write_categories("Données sensibles", record.sensitive, sensitive_labels);
        write_items("Catégories de personnes concernées", "Description", "Catégorie de personnes", "personnes",
                    record.subjects, usual_subjects);
        write_items("Destinataires", "Type de destinataire", "Destinataire", "destinataires", record.recipients,
                    usual_recipients);
        write_items("Mesures de sécurité", "Type de mesure de sécurité", "Mesure de sécurité", "mesures",
                    record.measures, usual_measures);
        write_transfers(record.transfers);
        return std::move(sheet_);
    }

private:
    void line(std::string label, BookCell value)
    {
        sheet_.text(row_, 0, std::move(label), "Libellé");
        value.column_span = static_cast<int>(last_column);
        sheet_.set(row_++, 1, std::move(value));
    }

    void band(std::string const& title, std::vector<std::pair<std::string, int>> const& headings)
    {
        ++row_;
        sheet_.text(row_, 0, title, "Bandeau");
        std::size_t column = 1;
        for (auto const& [text, span] : headings) {
            sheet_.text(row_, column, text, "Bandeau", span);
            column += static_cast<std::size_t>(span);
        }
        ++row_;
    }

    void write_description(CnilSheet const& record)
    {
        sheet_.text(row_, 0, "Fiche de traitement", "Titre", static_cast<int>(last_column));
        sheet_.text(row_++, last_column, record.reference.text, "Titre");
        band("Description du traitement", {{"", 7}});
        line("Nom du traitement", text_cell(record.name.text, "Saisie"));
        line("N° / RÉF", text_cell(record.reference.text, "Saisie"));
        line("Date de création du traitement", day_cell(record.created));
        line("Mise à jour du traitement", day_cell(record.updated));
    }

    void write_actors(std::vector<CnilActor> const& actors)
    {
        static constexpr std::pair<CnilRole, std::string_view> roles[] = {
            {CnilRole::Controller, "Responsable du traitement"},
            {CnilRole::Dpo, "Délégué à la protection des données"},
            {CnilRole::DpoCompany, "Société du DPO (si celui-ci est externe)"},
            {CnilRole::Representative, "Représentant"},
            {CnilRole::JointController, "Responsable(s) conjoint(s)"}};
        band("Acteurs", {{"Nom", 1},
                         {"Adresse", 1},
                         {"Code postal", 1},
                         {"Ville", 1},
                         {"Pays", 1},
                         {"Téléphone", 1},
                         {"Adresse mél", 1}});
        for (auto const& [role, label] : roles) {
            bool any = false;
            for (auto const& actor : actors)
                if (actor.role == role) write_actor(std::string(label), actor), any = true;
            if (!any) write_actor(std::string(label), {});
        }
        for (auto const& actor : actors)
            if (actor.role == CnilRole::Other) write_actor(actor.label.text, actor);
    }

    void write_actor(std::string label, CnilActor const& actor)
    {
        sheet_.text(row_, 0, std::move(label), "Libellé");
        Placed const* const values[] = {&actor.name,    &actor.address, &actor.postcode, &actor.city,
                                        &actor.country, &actor.phone,   &actor.email};
        for (std::size_t i = 0; i < std::size(values); ++i) sheet_.text(row_, i + 1, values[i]->text, "Saisie");
        ++row_;
    }

    void write_purposes(CnilSheet const& record)
    {
        band("Finalité(s) du traitement effectué", {{"", 7}});
        line("Finalité principale", text_cell(record.main_purpose.text, "Saisie"));
        std::size_t const count = std::max(record.sub_purposes.size(), usual_sub_purposes);
        for (std::size_t i = 0; i < count; ++i)
            line("Sous-finalité " + std::to_string(i + 1),
                 text_cell(i < record.sub_purposes.size() ? record.sub_purposes[i].text : "", "Saisie"));
    }

    void category_row(std::string const& label, std::string const& description, std::string const& retention)
    {
        sheet_.text(row_, 0, label, "Libellé");
        sheet_.text(row_, 1, description, "Saisie", 3);
        sheet_.text(row_++, 4, retention, "Saisie", 4);
    }

    template <std::size_t Count>
    void write_categories(std::string const& title, std::vector<CnilCategory> const& categories,
                          std::string_view const (&labels)[Count])
    {
        band(title, {{"Description", 3}, {"Durée de conservation", 4}});
        auto const used = [&](std::string_view label) {
            return std::any_of(categories.begin(), categories.end(),
                               [&](CnilCategory const& category) { return fold(category.label.text) == fold(label); });
        };
        for (auto const& category : categories)
            category_row(category.label.text, category.description.text, category.retention.text);
        for (std::string_view label : labels)
            if (!used(label)) category_row(std::string(label), "", "");
    }

    void write_items(std::string const& title, std::string const& heading, std::string const& label,
                     std::string const& choices, std::vector<CnilItem> const& items, std::size_t usual)
    {
        band(title, {{heading, 3}, {"Précisions", 4}});
        std::size_t const count = std::max(items.size(), usual);
        for (std::size_t i = 0; i < count; ++i) {
            CnilItem const item = i < items.size() ? items[i] : CnilItem{};
            sheet_.text(row_, 0, item.label.empty() ? label + " " + std::to_string(i + 1) : item.label.text, "Libellé");
            sheet_.set(row_, 1, text_cell(item.type.text, "Saisie", 3, choices));
            sheet_.text(row_++, 4, item.details.text, "Saisie", 4);
        }
    }

    void write_transfers(std::vector<CnilTransfer> const& transfers)
    {
        band("Transferts hors UE",
             {{"Destinataire", 1}, {"Pays", 1}, {"Type de garanties", 2}, {"Liens vers la documentation", 3}});
        std::size_t const count = std::max(transfers.size(), usual_transfers);
        for (std::size_t i = 0; i < count; ++i) {
            CnilTransfer const transfer = i < transfers.size() ? transfers[i] : CnilTransfer{};
            sheet_.text(row_, 0, "Organisme destinataire " + std::to_string(i + 1), "Libellé");
            sheet_.text(row_, 1, transfer.recipient.text, "Saisie");
            sheet_.set(row_, 2, text_cell(transfer.country.text, "Saisie", 1, "pays"));
            sheet_.set(row_, 3, text_cell(transfer.guarantee.text, "Saisie", 2, "garanties"));
            sheet_.text(row_++, 5, transfer.documentation.text, "Saisie", 3);
        }
    }

    BookSheet sheet_;
    std::size_t row_ = 0;
};

} // namespace

BookCell text_cell(std::string text, std::string style, int span, std::string validation)
{
    BookCell cell;
    if (!text.empty()) cell.content = std::move(text);
    cell.style = std::move(style);
    cell.column_span = span;
    cell.validation = std::move(validation);
    return cell;
}

BookCell day_cell(Placed const& placed, int span)
{
    BookCell cell = text_cell(placed.text, "Saisie", span);
    if (auto const day = date_of(placed)) cell.content = *day;
    return cell;
}

BookSheet cnil_record_sheet(std::string name, CnilSheet const& record)
{
    return RecordSheet(std::move(name)).write(record);
}

} // namespace greffier::exchange
