#include "registers/asset/asset.hpp"

namespace greffier::asset {

using schema::Field;
using schema::Schema;

TlsCheck const* Asset::last_tls_check() const
{
    TlsCheck const* last = nullptr;
    for (auto const& check : tls_checks)
        if (check.checked_on && (!last || *last->checked_on < *check.checked_on)) last = &check;
    return last;
}

Schema<TlsCheck> const& schema_of(TlsCheck const*)
{
    static Schema<TlsCheck> const schema("asset_tls_check", 1, {
        Field("address", &TlsCheck::address).title().max_length(300),
        Field("checked_on", &TlsCheck::checked_on).mandatory().article("32(1)(d)"),
        Field("grade", &TlsCheck::grade).mandatory(),
        Field("certificate_until", &TlsCheck::certificate_until),
        Field("remarks", &TlsCheck::remarks).max_length(500),
    });
    return schema;
}

Schema<Asset> const& schema_of(Asset const*)
{
    static Schema<Asset> const schema("asset", 1, {
        Field("name", &Asset::name).section("what").required().max_length(300).searchable().in_list().material(),
        Field("family", &Asset::family).mandatory().in_list(),
        Field("type", &Asset::type).mandatory().in_list(),
        Field("inventory_number", &Asset::inventory_number).max_length(100).searchable(),
        Field("serial_number", &Asset::serial_number).max_length(100).searchable().shown_when("family", {"hardware"}),
        Field("maker", &Asset::maker).max_length(200).searchable(),
        Field("model", &Asset::model).max_length(200).searchable().shown_when("family", {"hardware"}),
        Field("version", &Asset::version).max_length(100).shown_when("family", {"hardware", "software"}),
        Field("description", &Asset::description).max_length(4000).searchable(),
        Field("holds_data", &Asset::holds_data).article("32(1)").material(),
        Field("data_held", &Asset::data_held).max_length(2000).searchable().shown_when("holds_data", {"true"}),
        Field("service", &Asset::service).max_length(200).searchable().suggest("service"),
        Field("owner", &Asset::owner).mandatory().article("5(2)").personal_data(),
        Field("criticality", &Asset::criticality).in_list().material(),

        Field("country", &Asset::country).section("hosting").in_list().article("44").material(),
        Field("site", &Asset::site).max_length(300).searchable(),
        Field("datacentre", &Asset::datacentre).max_length(300).searchable(),
        Field("host", &Asset::host).article("28").material(),

        Field("mobile", &Asset::mobile).section("protection").material().shown_when("family", {"hardware", "paper"}),
        Field("encrypted", &Asset::encrypted).article("32(1)(a)").material().shown_when("family", {"hardware", "software", "channel"}),
        Field("exposed", &Asset::exposed).material().shown_when("family", {"hardware", "software", "channel"}),
        Field("logging", &Asset::logging).article("32(1)").material().shown_when("family", {"hardware", "software", "channel"}),
        Field("log_retention", &Asset::log_retention).shown_when("logging", {"true"}),
        Field("log_retention_reason", &Asset::log_retention_reason).max_length(2000).shown_when("logging", {"true"}),
        Field("password_case", &Asset::password_case).article("32(1)").shown_when("family", {"hardware", "software"}),
        Field("password_length", &Asset::password_length).shown_when("password_case", {"alone", "restricted", "device"}),
        Field("password_characters", &Asset::password_characters).shown_when("password_case", {"alone", "restricted", "device"}),
        Field("password_words", &Asset::password_words).shown_when("password_case", {"alone", "restricted", "device"}),
        Field("tls_checks", &Asset::tls_checks).article("32(1)(d)"),

        Field("inventory_date", &Asset::inventory_date).section("life").in_list(),
        Field("commissioned_on", &Asset::commissioned_on),
        Field("end_of_support", &Asset::end_of_support).in_list().article("32(1)(b)"),
        Field("disposed_on", &Asset::disposed_on),
        Field("disposal_proof", &Asset::disposal_proof).max_length(500).article("5(1)(f)"),
        Field("notes", &Asset::notes).max_length(10000).searchable(),
        Field("attachments", &Asset::attachments).read_only(),
    });
    return schema;
}

}  // namespace greffier::asset
