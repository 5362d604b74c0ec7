#include "registers/asset/lists.hpp"

#include <array>

namespace greffier::asset {

using schema::ChoiceList;

ChoiceList<Family> const& choices_of(Family)
{
    static ChoiceList<Family> const list("asset_family", {
        {Family::Hardware, {"hardware"}},
        {Family::Software, {"software"}},
        {Family::Channel, {"channel"}},
        {Family::Paper, {"paper"}},
        {Family::Premises, {"premises"}},
    });
    return list;
}

ChoiceList<Criticality> const& choices_of(Criticality)
{
    static ChoiceList<Criticality> const list("asset_criticality", {
        {Criticality::Low, {"low"}},
        {Criticality::Medium, {"medium"}},
        {Criticality::High, {"high"}},
        {Criticality::Vital, {"vital"}},
    });
    return list;
}

ChoiceList<PasswordCase> const& choices_of(PasswordCase)
{
    static ChoiceList<PasswordCase> const list("asset_password_case", {
        {PasswordCase::Alone, {"alone"}},
        {PasswordCase::Restricted, {"restricted"}},
        {PasswordCase::Device, {"device"}},
        {PasswordCase::None, {"none"}},
    });
    return list;
}

ChoiceList<Characters> const& choices_of(Characters)
{
    static ChoiceList<Characters> const list("asset_password_characters", {
        {Characters::Lower, {"lower"}},
        {Characters::Upper, {"upper"}},
        {Characters::Digit, {"digit"}},
        {Characters::Special, {"special"}},
    });
    return list;
}

ChoiceList<TlsGrade> const& choices_of(TlsGrade)
{
    static ChoiceList<TlsGrade> const list("asset_tls_grade", {
        {TlsGrade::APlus, {"a_plus"}},
        {TlsGrade::A, {"a"}},
        {TlsGrade::B, {"b"}},
        {TlsGrade::C, {"c"}},
        {TlsGrade::D, {"d"}},
        {TlsGrade::E, {"e"}},
        {TlsGrade::F, {"f"}},
        {TlsGrade::T, {"t"}},
    });
    return list;
}

schema::List const& AssetTypes::list()
{
    static constexpr auto entries = std::to_array<schema::ListEntry>({
        {"workstation"}, {"laptop", "", "mobile"}, {"phone", "", "mobile"}, {"server", "", "system hosted"}, {"storage", "", "system"}, {"removable", "", "mobile"}, {"network_device"}, {"printer"}, {"camera", "", "system"},
        {"application", "", "system"}, {"saas", "", "system hosted"}, {"database", "", "system"}, {"website", "", "system hosted"}, {"operating_system"},
        {"mailbox", "", "system hosted"}, {"shared_folder"}, {"personal_folder"}, {"exchange_platform", "", "system hosted"},
        {"internal_network"}, {"internet_access"}, {"post"}, {"paper_files"}, {"paper_register"}, {"office"}, {"server_room"}, {"archive_room"}, {"other"},
    });
    static constexpr schema::List list{"asset_type", true, entries};
    return list;
}

}  // namespace greffier::asset
