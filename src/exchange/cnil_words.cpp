#include "exchange/cnil_words.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include "core/text.hpp"
#include "exchange/cnil_labels.hpp"
#include "law/countries.hpp"
#include "registers/processing/lists.hpp"
#include "schema/show.hpp"

namespace greffier::exchange::cnil {
namespace {

struct Word {
    std::string_view key, code;
};

constexpr Word subject_keys[] = {
    {"salarie", "employees"},          {"employe", "employees"},           {"service interne", "internal_services"},
    {"client", "customers"},           {"fournisseur", "supplier_contacts"}, {"prestataire", "contractors"},
    {"prospect", "prospects"},         {"candidat", "candidates"},         {"autre", "other"},
    {"usager", "service_users"},       {"agent", "public_agents"},         {"agent public", "public_agents"},
    {"elu", "elected_officials"},      {"eleve", "students"},              {"enfant", "minors"},
    {"mineur", "minors"},              {"parent", "parents"},              {"patient", "patients"},
    {"adherent", "members"},           {"stagiaire", "trainees"},          {"electeur", "voters"},
    {"locataire", "tenants"},          {"visiteur", "visitors"},           {"administre", "service_users"},
};
constexpr Word recipient_keys[] = {
    {"service interne qui traite les donnee", "internal_service"},
    {"service interne qui traitent les donnee", "internal_service"},
    {"sous traitant", "processor"},
    {"destinataire dans des pays tiers ou organisation internationale", "third_country"},
    {"partenaire institutionnel ou commerciaux", "partner"},
    {"partenaire", "partner"},
    {"autre", "other"},
    {"organisme externe", "other"},
    {"instance", "other"},
};
constexpr Word measure_keys[] = {
    {"mesure de tracabilite", "traceability"},
    {"mesure de protection des logiciel", "software_protection"},
    {"sauvegarde des donnee", "backup"},
    {"chiffrement des donnee", "encryption"},
    {"controle d acces des utilisateur", "access_control"},
    {"controle des sous traitant", "processor_control"},
    {"autre mesure", "other"},
    {"autre", "other"},
};
constexpr Word guarantee_keys[] = {
    {"clause contractuelle type", "scc"},
    {"clause contractuelles type", "scc"},
    {"cct", "scc"},
    {"regle d entreprise contraignante", "bcr"},
    {"bcr", "bcr"},
    {"pays adequat", "adequacy"},
    {"privacy shield", "privacy_shield"},
    {"bouclier de protection", "privacy_shield"},
    {"code de conduite", "code_of_conduct"},
    {"certification", "certification"},
    {"derogation", "49"},
};
// The words we write for a code where the layout has a row of its own.
constexpr Word data_words[] = {
    {"Identité et état civil", "identity"},
    {"Vie personnelle", "personal_life"},
    {"Vie professionnelle", "professional_life"},
    {"Situation économique et financière", "economic"},
    {"Données de connexion", "connection"},
    {"Données de localisation", "location"},
    {"Numéro de sécurité sociale (NIR)", "nir"},
    {"Origine raciale ou ethnique", "racial_ethnic"},
    {"Opinions politiques", "political"},
    {"Convictions religieuses ou philosophiques", "religious"},
    {"Appartenance syndicale", "trade_union"},
    {"Données génétiques", "genetic"},
    {"Données biométriques", "biometric"},
    {"Santé", "health"},
    {"Vie ou orientation sexuelle", "sexual"},
    {"Condamnations pénales et infractions", "criminal"},
};
// The rows of the CNIL's own workbook.
constexpr Word data_keys[] = {
    {"etat civil identite donnee d identification image", "identity"},
    {"information d ordre economique et financier", "economic"},
    {"numero de securite sociale", "nir"},
    {"donnee revelant l origine raciale ou ethnique", "racial_ethnic"},
    {"donnee revelant les opinion politique", "political"},
    {"donnee revelant les conviction religieuse ou philosophique", "religious"},
    {"donnee revelant l appartenance syndicale", "trade_union"},
    {"donnee concernant la sante", "health"},
    {"donnee concernant la vie sexuelle ou l orientation sexuelle", "sexual"},
    {"donnee relative a des condamnation penale ou infraction", "criminal"},
};
// Rows people rename: a telling word is enough, their own words are kept beside.
constexpr Word data_hints[] = {
    {"securite sociale", "nir"}, {"nir", "nir"},           {"racial", "racial_ethnic"}, {"ethnique", "racial_ethnic"}, {"politique", "political"},
    {"religieu", "religious"},   {"syndical", "trade_union"}, {"genetique", "genetic"}, {"biometri", "biometric"},     {"sante", "health"},
    {"sexuel", "sexual"},        {"condamnation", "criminal"}, {"infraction", "criminal"}, {"bancaire", "bank"},       {"identite", "identity"},
    {"etat civil", "identity"},  {"vie personnelle", "personal_life"}, {"vie professionnelle", "professional_life"},   {"economique", "economic"},
    {"financier", "economic"},   {"connexion", "connection"}, {"localisation", "location"}, {"internet", "internet"},  {"cookie", "internet"},
};

using Index = std::map<std::string, std::string, std::less<>>;

Index index_of(schema::List const& list, std::span<Word const> keys, std::function<std::string(std::string_view)> const& words)
{
    Index index;
    for (auto const& word : keys) index.emplace(key_of(word.key), word.code);
    for (auto const& entry : list.entries) {
        index.emplace(key_of(words(entry.code)), entry.code);
        index.emplace(key_of(schema::code_label(list, entry.code, french())), entry.code);
    }
    return index;
}

std::optional<Understood> look_up(Index const& index, std::string_view words)
{
    auto const key = key_of(words);
    if (auto const found = index.find(key); found != index.end()) return Understood{found->second, true};
    if (auto const whole = index.find(join(greffier::words(words), " ")); whole != index.end()) return Understood{whole->second, true};
    return std::nullopt;
}

std::string label_in(schema::List const& list, std::string_view code) { return schema::code_label(list, code, french()); }

/// The list of that name as these lists know it.
schema::List const& known(Lists lists, schema::List const& list)
{
    auto const* found = schema::find_list(lists, list.name);
    return found ? *found : list;
}

/// A term somebody added, by its label in either language.
std::optional<Understood> added(Lists lists, schema::List const& list, std::string_view words)
{
    auto const key = key_of(words);
    for (auto const& entry : known(lists, list).entries)
        if (entry.is_added() && (key_of(entry.label_fr) == key || key_of(entry.label_en) == key)) return Understood{std::string(entry.code), true};
    return std::nullopt;
}

schema::List const& guarantees() { return choices_of(TransferTool{}).list; }

} // namespace

Locale const& french()
{
    static Locale const locale(Language::French);
    return locale;
}

std::string subject_words(std::string_view code, Lists lists) { return label_in(known(lists, SubjectCategories::list()), code); }
std::string recipient_words(std::string_view code, Lists lists) { return label_in(known(lists, processing::RecipientTypes::list()), code); }
std::string measure_words(std::string_view code, Lists lists) { return label_in(known(lists, MeasureTypes::list()), code); }
std::string guarantee_words(std::string_view code) { return label_in(guarantees(), code); }

std::string retention_start_words(std::string_view code, Lists lists) { return label_in(known(lists, processing::RetentionStarts::list()), code); }

std::string data_category_words(std::string_view code, Lists lists)
{
    auto const* found = std::ranges::find(data_words, code, &Word::code);
    return found != std::end(data_words) ? std::string(found->key) : label_in(known(lists, DataCategories::list()), code);
}

std::optional<Understood> subject_of(std::string_view words, Lists lists)
{
    static auto const index = index_of(SubjectCategories::list(), subject_keys, [](std::string_view code) { return subject_words(code); });
    auto found = look_up(index, words);
    return found ? found : added(lists, SubjectCategories::list(), words);
}
std::optional<Understood> recipient_of(std::string_view words, Lists lists)
{
    static auto const index = index_of(processing::RecipientTypes::list(), recipient_keys, [](std::string_view code) { return recipient_words(code); });
    auto found = look_up(index, words);
    return found ? found : added(lists, processing::RecipientTypes::list(), words);
}
std::optional<Understood> measure_of(std::string_view words, Lists lists)
{
    static auto const index = index_of(MeasureTypes::list(), measure_keys, [](std::string_view code) { return measure_words(code); });
    auto found = look_up(index, words);
    return found ? found : added(lists, MeasureTypes::list(), words);
}
std::optional<Understood> guarantee_of(std::string_view words)
{
    static auto const index = index_of(guarantees(), guarantee_keys, guarantee_words);
    return look_up(index, words);
}

std::optional<Understood> data_category_of(std::string_view words, bool sensitive_block, Lists lists)
{
    static auto const index = index_of(DataCategories::list(), data_keys, [](std::string_view code) { return data_category_words(code); });
    if (auto found = look_up(index, words)) return found;
    if (auto found = added(lists, DataCategories::list(), words)) return found;
    auto const key = " " + key_of(words);
    // The layout's own rows carry long explanations in brackets; only a very long label is one of those.
    for (auto const& hint : data_hints)
        if (key.find(" " + std::string(hint.key)) != std::string::npos) {
            bool const printed = is_printed_label(sensitive_block ? Block::Sensitive : Block::Data, key_of(words));
            return Understood{std::string(hint.code), printed};
        }
    return std::nullopt;
}

CnilChoices choices(Lists lists)
{
    CnilChoices all;
    auto fill = [](std::vector<std::string>& into, schema::List const& list, auto const& words) {
        for (auto const& entry : list.entries)
            if (!entry.retired) into.push_back(words(entry.code));
    };
    fill(all.subjects, known(lists, SubjectCategories::list()), [&](std::string_view code) { return subject_words(code, lists); });
    fill(all.recipients, known(lists, processing::RecipientTypes::list()), [&](std::string_view code) { return recipient_words(code, lists); });
    fill(all.measures, known(lists, MeasureTypes::list()), [&](std::string_view code) { return measure_words(code, lists); });
    fill(all.guarantees, guarantees(), guarantee_words);
    for (auto const& country : law::countries())
        if (!country.organisation) all.countries.push_back(french().country(country.code));
    std::ranges::sort(all.countries, {}, [](std::string const& name) { return sort_key(name); });
    return all;
}

} // namespace greffier::exchange::cnil
