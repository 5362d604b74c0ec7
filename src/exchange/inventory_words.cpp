#include "exchange/inventory_words.hpp"

namespace greffier::exchange {

std::span<InventoryHeading const> inventory_headings()
{
    static constexpr InventoryHeading all[] = {
        {"nom", "name"}, {"name", "name"}, {"machine", "name"}, {"nom de la machine", "name"}, {"ordinateur", "name"}, {"computer", "name"}, {"computer name", "name"}, {"logiciel", "name"}, {"software", "name"},
        {"designation", "name"}, {"equipement", "name"}, {"actif", "name"},
        {"numero d inventaire", "inventory_number"}, {"n inventaire", "inventory_number"}, {"inventory number", "inventory_number"}, {"asset tag", "inventory_number"}, {"tag", "inventory_number"},
        {"account info tag", "inventory_number"}, {"etiquette", "inventory_number"},
        {"numero de serie", "serial_number"}, {"n de serie", "serial_number"}, {"serial", "serial_number"}, {"serial number", "serial_number"}, {"ssn", "serial_number"},
        {"fabricant", "maker"}, {"constructeur", "maker"}, {"marque", "maker"}, {"manufacturer", "maker"}, {"smanufacturer", "maker"}, {"editeur", "maker"}, {"publisher", "maker"}, {"vendor", "maker"},
        {"modele", "model"}, {"model", "model"}, {"smodel", "model"},
        {"version", "version"}, {"version du systeme d exploitation", "version"}, {"systeme d exploitation version", "version"}, {"os version", "version"}, {"osversion", "version"},
        {"type", "type"}, {"type de machine", "type"}, {"chassi", "type"}, {"chassis", "type"}, {"categorie", "type"},
        {"systeme d exploitation", "description"}, {"systeme d exploitation nom", "description"}, {"systeme", "description"}, {"operating system", "description"}, {"operating system name", "description"}, {"os", "description"},
        {"osname", "description"}, {"os name", "description"}, {"description", "description"},
        {"lieu", "site"}, {"localisation", "site"}, {"location", "site"}, {"emplacement", "site"}, {"batiment", "site"},
        {"utilisateur", "owner.name"}, {"usager", "owner.name"}, {"user", "owner.name"}, {"userid", "owner.name"}, {"technicien responsable", "owner.name"}, {"responsable", "owner.name"},
        {"groupe", "service"}, {"group", "service"}, {"service", "service"}, {"direction", "service"},
        {"dernier inventaire", "inventory_date"}, {"date du dernier inventaire", "inventory_date"}, {"date de dernier inventaire", "inventory_date"}, {"last inventory", "inventory_date"},
        {"last inventory date", "inventory_date"}, {"lastdate", "inventory_date"}, {"derniere modification", "inventory_date"}, {"last update", "inventory_date"},
        {"date d achat", "commissioned_on"}, {"date de mise en service", "commissioned_on"}, {"startup date", "commissioned_on"}, {"date d expiration de garantie", ""},
        {"fin de support", "end_of_support"}, {"end of support", "end_of_support"}, {"end of life", "end_of_support"},
        {"commentaire", "notes"}, {"comment", "notes"}, {"observation", "notes"}, {"remarque", "notes"},
        {"pays", "country"}, {"hebergement", "datacentre"}, {"centre de donnee", "datacentre"}, {"chiffre", "encrypted"}, {"famille", "family"},
    };
    return all;
}

std::string_view family_of_inventory(std::set<std::string> const& targets)
{
    if (targets.contains("family")) return {};
    if (targets.contains("serial_number") || targets.contains("model")) return "hardware";
    return targets.contains("maker") && targets.contains("version") ? "software" : "";
}

} // namespace greffier::exchange
