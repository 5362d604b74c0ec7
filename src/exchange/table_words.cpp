#include "exchange/table_words.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "core/text.hpp"
#include "exchange/cnil_labels.hpp"
#include "exchange/cnil_words.hpp"
#include "exchange/inventory_words.hpp"
#include "exchange/table_mapping.hpp"
#include "law/countries.hpp"
#include "schema/show.hpp"

namespace greffier::exchange {
namespace {

constexpr double close_enough = 0.86;   // a slip or two in a heading
constexpr double fair_likeness = 0.75;  // a slip or a plural: what is proposed is taken unless somebody looks
constexpr std::size_t worth_comparing = 5;

struct Synonym {
    std::string_view key, target;   ///< key as cnil::key_of gives it: folded, without plural nor brackets
};

// Headings seen in the registers of towns, schools and companies.
constexpr Synonym processing_headings[] = {
    {"traitement", "name"}, {"nom du traitement", "name"}, {"intitule", "name"}, {"intitule du traitement", "name"}, {"libelle", "name"},
    {"libelle du traitement", "name"}, {"denomination", "name"}, {"denomination du traitement", "name"}, {"activite", "name"}, {"nom de l activite", "name"},
    {"activite de traitement", "name"}, {"titre", "name"}, {"processing activity", "name"}, {"activity", "name"}, {"processing", "name"}, {"title", "name"},
    {"n", "reference"}, {"no", "reference"}, {"num", "reference"}, {"numero", "reference"}, {"n ref", "reference"}, {"ref", "reference"}, {"reference", "reference"},
    {"numero de fiche", "reference"}, {"n de fiche", "reference"}, {"n fiche", "reference"}, {"no fiche", "reference"}, {"n traitement", "reference"}, {"n de traitement", "reference"}, {"fiche", "reference"}, {"identifiant", "reference"}, {"id", "reference"}, {"code", "reference"},
    {"reference du traitement", "reference"}, {"reference number", "reference"},
    {"finalite", "purposes.text[kind=main]"}, {"finalite principale", "purposes.text[kind=main]"}, {"finalite du traitement", "purposes.text[kind=main]"},
    {"objectif", "purposes.text[kind=main]"}, {"objectif poursuivi", "purposes.text[kind=main]"}, {"but", "purposes.text[kind=main]"}, {"objet du traitement", "purposes.text[kind=main]"},
    {"purpose", "purposes.text[kind=main]"}, {"purpose of processing", "purposes.text[kind=main]"}, {"main purpose", "purposes.text[kind=main]"},
    {"sous finalite", "purposes.text[kind=secondary]"}, {"finalite secondaire", "purposes.text[kind=secondary]"}, {"autre finalite", "purposes.text[kind=secondary]"},
    {"secondary purpose", "purposes.text[kind=secondary]"},
    {"base legale", "purposes.basis"}, {"base juridique", "purposes.basis"}, {"fondement juridique", "purposes.basis"}, {"fondement", "purposes.basis"}, {"liceite", "purposes.basis"},
    {"base de liceite", "purposes.basis"}, {"base legale du traitement", "purposes.basis"}, {"legal basis", "purposes.basis"}, {"lawful basis", "purposes.basis"}, {"legal base", "purposes.basis"},
    {"texte de reference", "purposes.legal_text"}, {"reference legale", "purposes.legal_text"}, {"texte applicable", "purposes.legal_text"},
    {"personne concernee", "subject_categories.category"}, {"categorie de personne", "subject_categories.category"}, {"categorie de personne concernee", "subject_categories.category"},
    {"public concerne", "subject_categories.category"}, {"data subject", "subject_categories.category"}, {"categorie of data subject", "subject_categories.category"},
    {"donnee", "data_categories.category"}, {"donnee traitee", "data_categories.category"}, {"donnee collectee", "data_categories.category"}, {"donnee personnelle", "data_categories.category"},
    {"categorie de donnee", "data_categories.category"}, {"categorie de donnee traitee", "data_categories.category"}, {"categorie de donnee personnelle", "data_categories.category"},
    {"donnee a caractere personnel", "data_categories.category"}, {"nature des donnee", "data_categories.category"}, {"type de donnee", "data_categories.category"},
    {"categorie de donnee a caractere personnel", "data_categories.category"}, {"personal data", "data_categories.category"}, {"data category", "data_categories.category"},
    {"data categorie", "data_categories.category"},
    {"donnee sensible", "data_categories.category[special=true]"}, {"categorie particuliere de donnee", "data_categories.category[special=true]"},
    {"sensitive data", "data_categories.category[special=true]"}, {"special categorie", "data_categories.category[special=true]"},
    {"duree de conservation", "data_categories.retention_text"}, {"conservation", "data_categories.retention_text"}, {"duree", "data_categories.retention_text"},
    {"delai de conservation", "data_categories.retention_text"}, {"duree de conservation des donnee", "data_categories.retention_text"}, {"delai d effacement", "data_categories.retention_text"},
    {"duree en base active", "data_categories.retention_text"}, {"retention", "data_categories.retention_text"}, {"retention period", "data_categories.retention_text"},
    {"duree d archivage", "data_categories.archive_period"}, {"archivage", "data_categories.archive_period"}, {"archivage intermediaire", "data_categories.archive_period"},
    {"duree d archivage intermediaire", "data_categories.archive_period"}, {"sort final", "data_categories.final_disposition"},
    {"destinataire", "recipients.name"}, {"destinataire des donnee", "recipients.name"}, {"categorie de destinataire", "recipients.name"}, {"recipient", "recipients.name"},
    {"destinataire interne", "recipients.name[type=internal_service]"}, {"service destinataire", "recipients.name[type=internal_service]"},
    {"internal recipient", "recipients.name[type=internal_service]"}, {"acces interne", "recipients.name[type=internal_service]"},
    {"destinataire externe", "recipients.name"}, {"organisme destinataire", "recipients.name"}, {"external recipient", "recipients.name"},
    {"sous traitant", "recipients.name[type=processor]"}, {"prestataire", "recipients.name[type=processor]"}, {"editeur", "recipients.name[type=processor]"},
    {"nom du sous traitant", "recipients.name[type=processor]"}, {"processor", "recipients.name[type=processor]"}, {"partenaire", "recipients.name[type=partner]"},
    {"transfert", "transfers.country"}, {"transfert hors ue", "transfers.country"}, {"transfert hor ue", "transfers.country"}, {"transfert de donnee hors ue", "transfers.country"},
    {"transfert hors de l ue", "transfers.country"}, {"transfert hors union europeenne", "transfers.country"}, {"transfert hors de l union europeenne", "transfers.country"},
    {"transfert hors eee", "transfers.country"}, {"pay de transfert", "transfers.country"}, {"pays de transfert", "transfers.country"}, {"pays destinataire", "transfers.country"},
    {"transfer", "transfers.country"}, {"third country transfer", "transfers.country"}, {"organisme destinataire du transfert", "transfers.recipient"},
    {"garantie", "transfers.tool"}, {"type de garantie", "transfers.tool"}, {"garantie de transfert", "transfers.tool"}, {"safeguard", "transfers.tool"},
    {"mesure de securite", "measures.type"}, {"securite", "measures.type"}, {"mesure", "measures.type"}, {"mesure technique et organisationnelle", "measures.type"},
    {"mesure de protection", "measures.type"}, {"mesure de securite technique et organisationnelle", "measures.type"}, {"security measure", "measures.type"},
    {"description generale des mesure de securite", "security_description"},
    {"date de creation", "sheet_created_on"}, {"date de creation de la fiche", "sheet_created_on"}, {"cree le", "sheet_created_on"}, {"creation", "sheet_created_on"}, {"created on", "sheet_created_on"},
    {"mise a jour", "sheet_updated_on"}, {"date de mise a jour", "sheet_updated_on"}, {"derniere mise a jour", "sheet_updated_on"}, {"date de derniere mise a jour", "sheet_updated_on"},
    {"mis a jour le", "sheet_updated_on"}, {"date de modification", "sheet_updated_on"}, {"last update", "sheet_updated_on"},
    {"date de mise en oeuvre", "start_date"}, {"date de mise en service", "start_date"}, {"mise en oeuvre", "start_date"}, {"date de debut", "start_date"}, {"start date", "start_date"},
    {"service", "service"}, {"direction", "service"}, {"pole", "service"}, {"service concerne", "service"}, {"service gestionnaire", "service"}, {"direction service", "service"},
    {"service charge de la mise en oeuvre", "service"}, {"department", "service"},
    {"responsable du service", "owner.name"}, {"gestionnaire", "owner.name"}, {"pilote", "owner.name"}, {"responsable operationnel", "owner.name"}, {"responsable metier", "owner.name"},
    {"correspondant", "referent.name"}, {"referent rgpd", "referent.name"}, {"referent", "referent.name"}, {"owner", "owner.name"},
    {"responsable conjoint", "joint_controllers.name"}, {"co responsable", "joint_controllers.name"}, {"coresponsable", "joint_controllers.name"}, {"joint controller", "joint_controllers.name"},
    {"origine des donnee", "source"}, {"source des donnee", "source"}, {"source", "source"}, {"collecte", "source"}, {"mode de collecte", "source"},
    {"information des personne", "information_method"}, {"modalite d information", "information_method"}, {"information", "information_method"},
    {"droit des personne", "rights_procedure"}, {"exercice des droit", "rights_procedure"}, {"modalite d exercice des droit", "rights_procedure"},
    {"consentement", "consent_method"}, {"recueil du consentement", "consent_method"},
    {"hebergement", "hosting"}, {"hebergeur", "hosting"}, {"lieu d hebergement", "hosting"}, {"lieu de stockage", "hosting"}, {"pays d hebergement", "hosting_country"},
    {"nombre de personne", "people_count"}, {"nombre de personne concernee", "people_count"}, {"volumetrie", "data_volume"}, {"volume", "data_volume"},
    {"aipd", "dpia_required"}, {"pia", "dpia_required"}, {"analyse d impact", "dpia_required"}, {"aipd requise", "dpia_required"}, {"aipd necessaire", "dpia_required"}, {"dpia", "dpia_required"},
    {"date de l aipd", "dpia_date"}, {"avis du dpo", "dpo_advice"}, {"avis du delegue", "dpo_advice"}, {"decision automatisee", "automated_decision"}, {"profilage", "scoring"},
    {"declaration cnil", "cnil_declaration_number"}, {"n cnil", "cnil_declaration_number"}, {"numero de declaration", "cnil_declaration_number"},
    {"observation", "notes"}, {"commentaire", "notes"}, {"remarque", "notes"}, {"note", "notes"}, {"comment", "notes"}, {"precision", "notes"},
};

struct ChoiceWord {
    std::string_view list, key, code;
    bool exact = true;
};
// Words of choices that are no label of ours; "" keys of `list` end the table.
constexpr ChoiceWord choice_words[] = {
    {"legal_basis", "consentement", "a"}, {"legal_basis", "consent", "a"}, {"legal_basis", "contrat", "b"}, {"legal_basis", "execution d un contrat", "b"}, {"legal_basis", "execution du contrat", "b"},
    {"legal_basis", "mesure precontractuelle", "b"}, {"legal_basis", "contract", "b"}, {"legal_basis", "obligation legale", "c"}, {"legal_basis", "obligation", "c"}, {"legal_basis", "legal obligation", "c"},
    {"legal_basis", "sauvegarde des interet vitaux", "d"}, {"legal_basis", "interet vitaux", "d"}, {"legal_basis", "interet vital", "d"}, {"legal_basis", "vital interest", "d"},
    {"legal_basis", "mission de service public", "e"}, {"legal_basis", "mission d interet public", "e"}, {"legal_basis", "interet public", "e"}, {"legal_basis", "service public", "e"},
    {"legal_basis", "autorite publique", "e"}, {"legal_basis", "public task", "e"}, {"legal_basis", "public interest", "e"}, {"legal_basis", "interet legitime", "f"}, {"legal_basis", "legitimate interest", "f"},
    {"legal_basis", "6 1 a", "a"}, {"legal_basis", "6 1 b", "b"}, {"legal_basis", "6 1 c", "c"}, {"legal_basis", "6 1 d", "d"}, {"legal_basis", "6 1 e", "e"}, {"legal_basis", "6 1 f", "f"},
    {"asset_type", "portable", "laptop"}, {"asset_type", "pc portable", "laptop"}, {"asset_type", "notebook", "laptop"}, {"asset_type", "laptop", "laptop"}, {"asset_type", "desktop", "workstation"},
    {"asset_type", "tower", "workstation"}, {"asset_type", "mini tower", "workstation"}, {"asset_type", "low profile desktop", "workstation"}, {"asset_type", "all in one", "workstation"}, {"asset_type", "tour", "workstation"},
    {"asset_type", "unite centrale", "workstation"}, {"asset_type", "pc", "workstation"}, {"asset_type", "serveur", "server"}, {"asset_type", "server", "server"}, {"asset_type", "rack mount chassi", "server"},
    {"asset_type", "vmware", "server"}, {"asset_type", "virtual machine", "server"}, {"asset_type", "machine virtuelle", "server"}, {"asset_type", "smartphone", "phone"}, {"asset_type", "tablette", "phone"},
    {"asset_type", "imprimante", "printer"}, {"asset_type", "copieur", "printer"}, {"asset_type", "switch", "network_device"}, {"asset_type", "routeur", "network_device"}, {"asset_type", "nas", "storage"},
    {"data_category", "nom", "identity", false}, {"data_category", "prenom", "identity", false}, {"data_category", "civilite", "identity", false}, {"data_category", "date de naissance", "identity", false},
    {"data_category", "photo", "image_voice", false}, {"data_category", "image", "image_voice", false}, {"data_category", "video", "image_voice", false}, {"data_category", "voix", "image_voice", false},
    {"data_category", "adresse", "contact_details", false}, {"data_category", "telephone", "contact_details", false}, {"data_category", "courriel", "contact_details", false},
    {"data_category", "mail", "contact_details", false}, {"data_category", "email", "contact_details", false}, {"data_category", "adresse electronique", "contact_details", false},
    {"data_category", "coordonnee", "contact_details", false}, {"data_category", "situation familiale", "personal_life", false}, {"data_category", "habitude de vie", "personal_life", false},
    {"data_category", "enfant", "personal_life", false}, {"data_category", "cv", "professional_life", false}, {"data_category", "diplome", "professional_life", false},
    {"data_category", "formation", "professional_life", false}, {"data_category", "carriere", "professional_life", false}, {"data_category", "scolarite", "professional_life", false},
    {"data_category", "revenu", "economic", false}, {"data_category", "salaire", "economic", false}, {"data_category", "quotient familial", "economic", false}, {"data_category", "remuneration", "economic", false},
    {"data_category", "rib", "bank", false}, {"data_category", "iban", "bank", false}, {"data_category", "coordonnee bancaire", "bank", false}, {"data_category", "adresse ip", "connection", false},
    {"data_category", "journaux", "connection", false}, {"data_category", "log", "connection", false}, {"data_category", "geolocalisation", "location", false}, {"data_category", "gps", "location", false},
    {"data_category", "allergie", "health", false}, {"data_category", "handicap", "health", false}, {"data_category", "medical", "health", false}, {"data_category", "vaccination", "health", false},
    {"data_category", "numero de securite sociale", "nir", false}, {"data_category", "n de securite sociale", "nir", false},
    {"measure_type", "habilitation", "access_control", false}, {"measure_type", "gestion des acces", "access_control", false}, {"measure_type", "droit d acces", "access_control", false},
    {"measure_type", "mot de passe", "authentication", false}, {"measure_type", "mots de passe", "authentication", false}, {"measure_type", "verrouille", "premises", false}, {"measure_type", "authentification", "authentication", false}, {"measure_type", "journalisation", "traceability", false}, {"measure_type", "journal", "traceability", false},
    {"measure_type", "antivirus", "software_protection", false}, {"measure_type", "sauvegarde", "backup", false}, {"measure_type", "chiffrement", "encryption", false},
    {"measure_type", "https", "encryption", false}, {"measure_type", "armoire", "premises", false}, {"measure_type", "badge", "premises", false}, {"measure_type", "local ferme", "premises", false},
    {"measure_type", "alarme", "premises", false}, {"measure_type", "verrouillage", "workstations", false}, {"measure_type", "pare feu", "network", false}, {"measure_type", "vpn", "network", false},
    {"measure_type", "sensibilisation", "awareness", false}, {"measure_type", "formation", "awareness", false}, {"measure_type", "clause de sous traitance", "processor_control", false},
    {"source", "directe", "direct"}, {"source", "collecte directe", "direct"}, {"source", "indirecte", "indirect"}, {"source", "collecte indirecte", "indirect"}, {"source", "personne concernee", "direct"},
    {"source", "aupres de la personne", "direct"}, {"source", "mixte", "mixed"},
    {"final_disposition", "destruction", "delete"}, {"final_disposition", "suppression", "delete"}, {"final_disposition", "elimination", "delete"}, {"final_disposition", "anonymisation", "anonymise"},
    {"final_disposition", "conservation", "archive"}, {"final_disposition", "versement", "archive"}, {"final_disposition", "archivage definitif", "archive"},
    {"transfer_tool", "decision d adequation", "adequacy"}, {"transfer_tool", "adequation", "adequacy"}, {"transfer_tool", "clause type", "scc"}, {"transfer_tool", "standard contractual clause", "scc"},
    {"processing_role", "responsable", "controller"}, {"processing_role", "responsable de traitement", "controller"}, {"processing_role", "responsable conjoint", "joint_controller"}, {"processing_role", "sous traitant", "processor"},
};

struct Keeper {
    std::string_view schema, part, keeper;
};
constexpr Keeper keepers[] = {
    {"purpose", "basis", "legal_text"}, {"subject_category_row", "category", "details"}, {"data_category_row", "category", "description"},
    {"data_category_row", "retention_period", "retention_text"}, {"data_category_row", "archive_period", "archive_reason"}, {"recipient", "type", "details"}, {"recipient", "country", "details"},
    {"measure_row", "type", "details"}, {"transfer_row", "tool", "document"}, {"transfer_row", "country", "recipient"}, {"processing", "source", "source_details"},
};

Locale const& english()
{
    static Locale const locale(Language::English);
    return locale;
}

std::string key_of_name(std::string name)
{
    std::ranges::replace(name, '_', ' ');
    return cnil::key_of(name);
}

using Index = std::map<std::string, std::string, std::less<>>;

/// What each heading of the declaration leads to: names, nouns and questions, in both languages. "" for a list of rows as a
/// whole: our own exports write it in one cell, which must not be taken for the part whose heading looks most like it.
enum class Leading { Elsewhere, ToLinks };
Index declared_headings(schema::SchemaInfo const& info, Leading leading)
{
    Index index;
    auto add = [&](schema::SchemaInfo const& where, schema::FieldInfo const& field, std::string const& target, std::string const& prefix_fr, std::string const& prefix_en) {
        bool const taken = parse_target(info, target).has_value();
        if ((leading == Leading::ToLinks) != (field.kind == schema::Kind::Link || field.kind == schema::Kind::Links)) return;
        if (!taken && field.kind != schema::Kind::Rows) return;
        auto put = [&](std::string key) { if (!key.empty()) index.emplace(std::move(key), taken ? target : ""); };
        put(cnil::key_of(prefix_fr + " " + schema::short_label(where, field, cnil::french())));
        put(cnil::key_of(prefix_en + " " + schema::short_label(where, field, english())));
        put(cnil::key_of(prefix_fr + " " + schema::label(where, field, cnil::french())));
        put(cnil::key_of(prefix_en + " " + schema::label(where, field, english())));
        put(key_of_name(target));
    };
    for (auto const& field : info.fields) add(info, field, field.name, "", "");
    for (auto const& field : info.fields)
        if (field.rows)
            for (auto const& part : field.rows->fields)
                add(*field.rows, part, field.name + "." + part.name, schema::short_label(info, field, cnil::french()), schema::short_label(info, field, english()));
    return index;
}

bool has_word(std::string_view key, std::string_view word)
{
    return (" " + std::string{key} + " ").find(" " + std::string{word} + " ") != std::string::npos;
}

struct UsualWord {
    std::string key;
    ChoiceWord const* word;
};
/// The usual words of one list, their keys made once.
std::vector<UsualWord> const& usual_words(schema::List const& list)
{
    static std::map<std::string_view, std::vector<UsualWord>> const all = [] {
        std::map<std::string_view, std::vector<UsualWord>> made;
        for (auto const& one : choice_words) made[one.list].push_back({cnil::key_of(one.key), &one});
        return made;
    }();
    static std::vector<UsualWord> const none;
    auto const found = all.find(list.name);
    return found == all.end() ? none : found->second;
}

std::optional<WordOfChoice> usual_word(schema::List const& list, std::string const& key)
{
    for (auto const& one : usual_words(list))
        if (one.key == key) return WordOfChoice{std::string{one.word->code}, one.word->exact};
    return std::nullopt;
}

/// A telling word within a longer text; the longest wins, and the words are kept beside.
std::optional<WordOfChoice> hint_in(schema::List const& list, std::string const& key)
{
    UsualWord const* best = nullptr;
    for (auto const& one : usual_words(list))
        if ((!best || one.key.size() > best->key.size()) && has_word(key, one.key)) best = &one;
    return best ? std::optional{WordOfChoice{std::string{best->word->code}, false}} : std::nullopt;
}

std::optional<WordOfChoice> of_the_cnil(schema::List const& list, std::string_view word)
{
    std::optional<cnil::Understood> found;
    if (list.name == "subject_category") found = cnil::subject_of(word);
    else if (list.name == "recipient_type") found = cnil::recipient_of(word);
    else if (list.name == "measure_type") found = cnil::measure_of(word);
    else if (list.name == "transfer_tool") found = cnil::guarantee_of(word);
    else if (list.name == "data_category") found = cnil::data_category_of(word, false);
    if (!found) return std::nullopt;
    return WordOfChoice{std::move(found->code), found->exact};
}

} // namespace

Headings::Headings(records::Register const& kind)
{
    if (kind.slug == "processings")
        for (auto const& one : processing_headings) index_.emplace(cnil::key_of(one.key), one.target);
    if (kind.slug == "assets")
        for (auto const& one : inventory_headings()) index_.emplace(cnil::key_of(one.key), one.target);
    index_.emplace("reference", "reference");
    links_ = declared_headings(*kind.schema, Leading::ToLinks);
    index_.merge(declared_headings(*kind.schema, Leading::Elsewhere));   // what people usually mean wins over a label that happens to be the same
}

std::optional<std::string> Headings::target_of(std::string_view heading) const
{
    auto const key = cnil::key_of(heading);
    if (key.empty()) return std::nullopt;
    if (auto const found = index_.find(key); found != index_.end()) return found->second.empty() ? std::nullopt : std::optional{found->second};
    std::string const* best = nullptr;
    double score = close_enough;
    if (key.size() >= worth_comparing)
        for (auto const& [known, target] : index_)
            // Lengths first: comparing letters is the slow part.
            if (known.size() >= worth_comparing && std::min(known.size(), key.size()) * 4 >= std::max(known.size(), key.size()) * 3)
                if (auto const likeness = similarity(known, key); likeness > score) {
                    score = likeness;
                    best = &target;
                }
    return best && !best->empty() ? std::optional{*best} : std::nullopt;
}

std::optional<std::string> Headings::link_of(std::string_view heading) const
{
    auto const found = links_.find(cnil::key_of(heading));
    return found == links_.end() || found->second.empty() ? std::nullopt : std::optional{found->second};
}

std::vector<std::string> usual_targets(records::Register const& kind)
{
    std::vector<std::string> targets;
    if (kind.slug != "processings") return targets;
    for (auto const& one : processing_headings)
        if (one.target.find('[') != std::string_view::npos && std::ranges::find(targets, one.target) == targets.end()) targets.emplace_back(one.target);
    return targets;
}

WordIndex::WordIndex(schema::List const& list) : list_(list)
{
    for (auto const& entry : list.entries) labels_.emplace(fold(entry.code), entry.code);
    for (auto const* locale : {&cnil::french(), &english()})
        for (auto const& entry : list.entries) {
            auto const label = schema::code_label(list, entry.code, *locale);
            labels_.emplace(fold(label), entry.code);
            if (auto key = cnil::key_of(label); !key.empty()) labels_.emplace(std::move(key), entry.code);
        }
}

std::optional<WordOfChoice> WordIndex::find(std::string_view word)
{
    constexpr std::size_t remembered = 20'000;
    auto folded = word_key(word);
    if (folded.empty()) return std::nullopt;
    if (auto const known = known_.find(folded); known != known_.end()) return known->second;
    auto const key = cnil::key_of(word);
    std::optional<WordOfChoice> answer;
    auto label = labels_.find(folded);
    if (label == labels_.end()) label = labels_.find(key);
    if (label != labels_.end()) answer = WordOfChoice{label->second, true};
    if (!answer) answer = usual_word(list_, key);
    if (!answer) answer = of_the_cnil(list_, word);
    if (!answer) answer = hint_in(list_, key_of_name(join(words(word), " ")));
    if (known_.size() < remembered) known_.emplace(std::move(folded), answer);
    return answer;
}

std::optional<WordOfChoice> code_of_word(schema::List const& list, std::string_view word) { return WordIndex(list).find(word); }

std::optional<std::string> nearest_code(schema::List const& list, std::string_view word)
{
    auto const folded = word_key(word);
    std::string best;
    double score = fair_likeness;
    for (auto const* locale : {&cnil::french(), &english()})
        for (auto const& entry : list.entries) {
            if (entry.retired) continue;
            auto const likeness = similarity(fold(schema::code_label(list, entry.code, *locale)), folded);
            if (likeness > score) {
                score = likeness;
                best = entry.code;
            }
        }
    return best.empty() ? std::nullopt : std::optional{best};
}

std::optional<bool> truth_of_word(std::string_view word)
{
    static constexpr std::array yes{"oui", "o", "yes", "y", "vrai", "true", "x", "1", "✓", "✔", "☑", "☒", "ok"};
    static constexpr std::array no{"non", "n", "no", "faux", "false", "0", "☐"};
    auto const folded = word_key(word);
    if (std::ranges::find(yes, folded) != yes.end()) return true;
    if (std::ranges::find(no, folded) != no.end()) return false;
    return std::nullopt;
}

bool says_nothing_here(std::string_view word)
{
    static constexpr std::array none{"non", "no", "aucun", "aucune", "neant", "pas de transfert", "aucun transfert", "none", "non concerne", "pas concerne", "so", "rien"};
    return cnil::means_nothing(word) || std::ranges::find(none, word_key(word)) != none.end();
}

std::string_view keeper_of(schema::SchemaInfo const& info, std::string_view part)
{
    for (auto const& one : keepers)
        if (one.schema == info.name && one.part == part) return one.keeper;
    return {};
}

std::optional<std::string> country_in(std::string_view text)
{
    if (auto code = law::country_from_name(text)) return code;
    std::string piece;
    auto take = [&]() -> std::optional<std::string> {
        auto const name = squeeze(piece);
        piece.clear();
        // Two letters are a code only alone: "OU", "LA" are words.
        return name.size() > 3 ? law::country_from_name(name) : std::nullopt;
    };
    for (char const c : text) {
        if (std::string_view{",;:()/.\n"}.find(c) == std::string_view::npos) { piece += c; continue; }
        if (auto code = take()) return code;
    }
    return take();
}

} // namespace greffier::exchange
