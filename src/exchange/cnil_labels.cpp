#include "exchange/cnil_labels.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "core/text.hpp"

namespace greffier::exchange::cnil {
namespace {

constexpr double close_enough = 0.86; // a typing mistake or two in a heading

// Lengths first: most texts of a workbook are no label, and comparing letters is the slow part.
bool alike(std::string_view a, std::string_view b)
{
    std::size_t const shorter = std::min(a.size(), b.size()), longer = std::max(a.size(), b.size());
    return shorter * 4 >= longer * 3 && similarity(a, b) >= close_enough;
}

template <class T> struct Known {
    std::string_view key;
    T meaning;
};

bool ends_with_number(std::string_view key)
{
    return !key.empty() && key.back() >= '0' && key.back() <= '9';
}

template <class T> std::optional<T> look_up(std::span<Known<T> const> known, std::string_view key)
{
    for (auto const& entry : known)
        if (entry.key == key) return entry.meaning;
    if (ends_with_number(key) || key.size() < 8) return std::nullopt;
    for (auto const& entry : known)
        if (entry.key.size() >= 8 && alike(entry.key, key)) return entry.meaning;
    return std::nullopt;
}

std::string without_brackets(std::string_view text)
{
    std::string out;
    int depth = 0;
    for (char c : text) {
        if (c == '(') ++depth;
        if (depth == 0) out += c;
        if (c == ')' && depth > 0) --depth;
    }
    return out;
}

constexpr Known<Block> blocks[] = {
    {"description du traitement", Block::Description},
    {"identification du traitement", Block::Description},
    {"acteur", Block::Actors},
    {"acteur du traitement", Block::Actors},
    {"finalite du traitement effectue", Block::Purposes},
    {"finalite du traitement", Block::Purposes},
    {"finalite", Block::Purposes},
    {"categorie de donnee personnelle concernee", Block::Data},
    {"categorie de donnee personnelle", Block::Data},
    {"categorie de donnee", Block::Data},
    {"categorie de donnee concernee", Block::Data},
    {"donnee personnelle concernee", Block::Data},
    {"donnee personnelle", Block::Data},
    {"categorie de donnee a caractere personnel", Block::Data},
    {"donnee sensible", Block::Sensitive},
    {"categorie particuliere de donnee", Block::Sensitive},
    {"categorie de personne concernee", Block::Subjects},
    {"categorie de personne", Block::Subjects},
    {"personne concernee", Block::Subjects},
    {"destinataire", Block::Recipients},
    {"destinataire des donnee", Block::Recipients},
    {"categorie de destinataire", Block::Recipients},
    {"mesure de securite", Block::Measures},
    {"mesure de securite technique et organisationnelle", Block::Measures},
    {"securite", Block::Measures},
    {"transfert hors ue", Block::Transfers},
    {"transfert hor ue", Block::Transfers},
    {"transfert de donnee hors ue", Block::Transfers},
    {"transfert hors de l ue", Block::Transfers},
    {"transfert hors union europeenne", Block::Transfers},
    {"transfert hors de l union europeenne", Block::Transfers},
};

constexpr Known<Field> record_fields[] = {
    {"nom du traitement", Field::Name},
    {"intitule du traitement", Field::Name},
    {"nom de l activite", Field::Name},
    {"n ref", Field::Reference},
    {"n reference", Field::Reference},
    {"reference", Field::Reference},
    {"ref", Field::Reference},
    {"numero", Field::Reference},
    {"numero reference", Field::Reference},
    {"no ref", Field::Reference},
    {"date de creation du traitement", Field::Created},
    {"date de creation de la fiche", Field::Created},
    {"date de creation", Field::Created},
    {"mise a jour du traitement", Field::Updated},
    {"derniere mise a jour de la fiche", Field::Updated},
    {"derniere mise a jour", Field::Updated},
    {"date de mise a jour", Field::Updated},
    {"mise a jour", Field::Updated},
    {"mise a jour de la fiche", Field::Updated},
    {"finalite principale", Field::MainPurpose},
};

constexpr Known<Field> contact_fields[] = {
    {"nom", Field::PersonName},
    {"nom et prenom", Field::PersonName},
    {"prenom", Field::FirstName},
    {"societe", Field::Company},
    {"organisme", Field::Company},
    {"adresse", Field::Address},
    {"code postal", Field::Postcode},
    {"cp", Field::Postcode},
    {"ville", Field::City},
    {"commune", Field::City},
    {"pay", Field::Country},
    {"pays", Field::Country},
    {"telephone", Field::Phone},
    {"tel", Field::Phone},
    {"adresse mel", Field::Email},
    {"mel", Field::Email},
    {"adresse mail", Field::Email},
    {"mail", Field::Email},
    {"email", Field::Email},
    {"e mail", Field::Email},
    {"adresse email", Field::Email},
    {"adresse e mail", Field::Email},
    {"courriel", Field::Email},
    {"adresse electronique", Field::Email},
    {"adresse de courriel", Field::Email},
};

constexpr Known<Field> data_columns[] = {
    {"description", Field::Description},
    {"duree de conservation", Field::Retention},
    {"conservation", Field::Retention},
    {"duree", Field::Retention},
};

constexpr Known<Field> item_columns[] = {
    {"description", Field::Type},    {"type de destinataire", Field::Type},
    {"type", Field::Type},           {"type de mesure de securite", Field::Type},
    {"type de mesure", Field::Type}, {"categorie", Field::Type},
    {"precision", Field::Details},   {"detail", Field::Details},
    {"commentaire", Field::Details},
};

constexpr Known<Field> transfer_columns[] = {
    {"destinataire", Field::Recipient},
    {"organisme destinataire", Field::Recipient},
    {"organisme", Field::Recipient},
    {"nom", Field::Recipient},
    {"pay", Field::Country},
    {"pays", Field::Country},
    {"type de garantie", Field::Guarantee},
    {"garantie", Field::Guarantee},
    {"lien vers la documentation", Field::Documentation},
    {"documentation", Field::Documentation},
    {"lien", Field::Documentation},
};

constexpr Known<Field> list_columns[] = {
    {"nom", Field::Name},
    {"traitement", Field::Name},
    {"finalite du traitement", Field::Purposes},
    {"finalite", Field::Purposes},
    {"donnee sensible", Field::SensitiveData},
    {"oui non", Field::SensitiveData},
};

constexpr std::array printed_data = {
    std::string_view("etat civil identite donnee d identification image"),
    std::string_view("vie personnelle"),
    std::string_view("information d ordre economique et financier"),
    std::string_view("donnee de connexion"),
    std::string_view("donnee de localisation"),
    std::string_view("numero de securite sociale"),
    std::string_view("internet"),
    std::string_view("identite et etat civil"),
    std::string_view("vie professionnelle"),
    std::string_view("situation economique et financiere"),
};

constexpr std::array printed_sensitive = {
    std::string_view("donnee revelant l origine raciale ou ethnique"),
    std::string_view("donnee revelant les opinion politique"),
    std::string_view("donnee revelant les conviction religieuse ou philosophique"),
    std::string_view("donnee revelant l appartenance syndicale"),
    std::string_view("donnee genetique"),
    std::string_view("donnee biometrique aux fin d identifier une personne physique de maniere unique"),
    std::string_view("donnee concernant la sante"),
    std::string_view("donnee concernant la vie sexuelle ou l orientation sexuelle"),
    std::string_view("donnee relative a des condamnation penale ou infraction"),
    std::string_view("origine raciale ou ethnique"),
    std::string_view("opinion politique"),
    std::string_view("conviction religieuse ou philosophique"),
    std::string_view("appartenance syndicale"),
    std::string_view("donnee biometrique"),
    std::string_view("sante"),
    std::string_view("vie ou orientation sexuelle"),
    std::string_view("condamnation penale et infraction"),
};

bool is_one_of(std::span<std::string_view const> known, std::string_view key)
{
    return std::any_of(known.begin(), known.end(),
                       [&](std::string_view entry) { return entry == key || alike(entry, key); });
}

// "destinataire 3", "destinataire n", "destinataire".
bool is_numbered(std::string_view key, std::string_view word)
{
    if (!key.starts_with(word)) return false;
    key.remove_prefix(word.size());
    return key.find_first_not_of(" 0123456789n") == std::string_view::npos;
}

} // namespace

std::string key_of(std::string_view label)
{
    auto parts = words(without_brackets(label));
    for (auto& word : parts)
        if (word.size() > 4 && word.back() == 's') word.pop_back();
    return join(parts, " ");
}

std::optional<Block> block_of(std::string_view key)
{
    return ends_with_number(key) ? std::nullopt : look_up<Block>(blocks, key);
}

std::optional<Field> record_field_of(std::string_view key)
{
    if (key.starts_with("sous finalite") || key.starts_with("finalite secondaire")) return Field::SubPurpose;
    return look_up<Field>(record_fields, key);
}

std::optional<Field> contact_field_of(std::string_view key)
{
    return look_up<Field>(contact_fields, key);
}

std::optional<Field> column_of(Block block, std::string_view key)
{
    switch (block) {
    case Block::Actors: return contact_field_of(key);
    case Block::Data:
    case Block::Sensitive: return look_up<Field>(data_columns, key);
    case Block::Subjects:
    case Block::Recipients:
    case Block::Measures: return look_up<Field>(item_columns, key);
    case Block::Transfers: return look_up<Field>(transfer_columns, key);
    default: return std::nullopt;
    }
}

std::optional<Field> list_column_of(std::string_view key)
{
    if (auto const field = record_field_of(key); field && *field != Field::MainPurpose && *field != Field::SubPurpose)
        return field;
    return look_up<Field>(list_columns, key);
}

CnilRole role_of(std::string_view key)
{
    auto const says = [&](std::string_view word) { return key.find(word) != std::string_view::npos; };
    if (says("conjoint")) return CnilRole::JointController;
    if (says("societe")) return CnilRole::DpoCompany;
    if (says("delegue") || says("dpo") || says("dpd")) return CnilRole::Dpo;
    if (says("representant")) return CnilRole::Representative;
    if (says("responsable")) return CnilRole::Controller;
    return CnilRole::Other;
}

std::optional<Group> group_of(std::string_view key)
{
    if (!key.starts_with("coordonnee")) return std::nullopt;
    if (key.find("delegue") != std::string_view::npos || key.find("dpo") != std::string_view::npos) return Group::Dpo;
    if (key.find("representant") != std::string_view::npos) return Group::Representative;
    if (key.find("responsable") != std::string_view::npos || key.find("organisme") != std::string_view::npos)
        return Group::Controller;
    return std::nullopt;
}

bool is_printed_label(Block block, std::string_view key)
{
    switch (block) {
    case Block::Data: return is_one_of(printed_data, key);
    case Block::Sensitive: return is_one_of(printed_sensitive, key);
    case Block::Subjects: return is_numbered(key, "categorie de personne");
    case Block::Recipients: return is_numbered(key, "destinataire");
    case Block::Measures: return is_numbered(key, "mesure de securite") || is_numbered(key, "mesure");
    case Block::Transfers:
        return is_numbered(key, "organisme destinataire") || is_numbered(key, "destinataire") ||
               is_numbered(key, "transfert");
    default: return false;
    }
}

bool is_decoration(std::string_view text)
{
    text = trim(text);
    if (text.starts_with("►")) return true;
    if (text.empty() || std::string_view("SsCc").find(text.front()) == std::string_view::npos) return false;
    std::string const start = fold(text.substr(0, 40)); // asked of every cell of the workbook
    return start.starts_with("selectionnez un element") || start.starts_with("selectionner un element") ||
           start.starts_with("consulter les guides");
}

bool means_nothing(std::string_view text)
{
    static constexpr std::string_view nothings[] = {"n/a", "na",   "n.a.",       "n.a",           "-", "--", "/",
                                                    "s/o", "s.o.", "sans objet", "non applicable"};
    std::string const folded = fold(squeeze(text));
    return folded.empty() || std::find(std::begin(nothings), std::end(nothings), folded) != std::end(nothings);
}

bool says_example(std::string_view text)
{
    auto const all = words(text);
    return std::find(all.begin(), all.end(), "exemple") != all.end();
}

std::string place_of(documents::Sheet const& sheet, std::size_t row, std::size_t column)
{
    return sheet.name + "!" + documents::address(row, column);
}

bool has_words(documents::Cell const& cell)
{
    return !cell.covered && !is_blank(cell.text) && !is_decoration(cell.text);
}

Placed placed(documents::Sheet const& sheet, std::size_t row, std::size_t column)
{
    documents::Cell const& cell = sheet.at(row, column);
    Placed found{{}, {}, place_of(sheet, row, column)};
    if (!has_words(cell) || means_nothing(cell.text)) return found;
    found.text = std::string(trim(cell.text));
    found.value = cell.value;
    return found;
}

LabelAndRest split_label(std::string_view text)
{
    auto const colon = text.find(':');
    if (colon == std::string_view::npos) return {key_of(text), ""};
    std::string const rest(trim(text.substr(colon + 1)));
    return {key_of(text.substr(0, colon)), means_nothing(rest) ? "" : rest};
}

} // namespace greffier::exchange::cnil
