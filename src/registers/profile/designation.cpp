#include "registers/profile/designation.hpp"

#include <algorithm>

#include "core/phone.hpp"

namespace greffier::profile {

using enum DesignationPart;

namespace {

std::string place(std::string const& postcode, std::string const& city) { return postcode.empty() || city.empty() ? postcode + city : postcode + " " + city; }

template <class E>
std::string choice(std::optional<E> const& value, Locale const& locale)
{
    if (!value) return {};
    auto const& list = choices_of(E{});
    return locale.text(std::string{list.list.name} + "." + std::string{list.code(*value)});
}

}  // namespace

std::string_view code_of(DesignationPart part)
{
    switch (part) {
    case Body: return "body";
    case Representative: return "representative";
    case Officer: return "officer";
    case Public: return "public";
    }
    return "";
}

std::vector<DesignationLine> designation_lines(Profile const& profile, Locale const& locale)
{
    auto const& dpo = profile.dpo;
    auto const& head = profile.legal_representative;
    auto const& officer = dpo.name.empty() ? dpo.company : dpo.name;
    return {
        {Body, "profile.name.short", profile.name, "name", true},
        {Body, "profile.siren.short", profile.siren, "siren", true},
        {Body, "profile.naf.short", profile.naf, "naf", false},
        {Body, "profile.sector.short", profile.sector, "sector", false},
        {Body, "profile.headcount.short", profile.headcount ? locale.number(*profile.headcount) : std::string{}, "headcount", false},
        {Body, "profile.address.short", profile.address, "address", true},
        {Body, "profile.city.short", place(profile.postcode, profile.city), "city", true},
        {Body, "profile.phone.short", phone_words(profile.phone.value), "phone", true},
        {Body, "profile.email.short", profile.email.value, "email", true},
        {Representative, "contact.name.short", head.name, "legal_representative.name", true},
        {Representative, "contact.function.short", head.function, "legal_representative.function", true},
        {Representative, "contact.phone.short", phone_words(head.phone.value), "legal_representative.phone", false},
        {Representative, "contact.email.short", head.email.value, "legal_representative.email", false},
        {Officer, "dpo.name.short", officer, "dpo.name", true},
        {Officer, "dpo.company.short", dpo.name.empty() ? std::string{} : dpo.company, "dpo.company", dpo.kind == DpoKind::External && !dpo.name.empty()},
        {Officer, "dpo.kind.short", choice(dpo.kind, locale), "dpo.kind", true},
        {Officer, "dpo.designation.short", choice(dpo.designation, locale), "dpo.designation", false},
        {Officer, "dpo.function.short", dpo.function, "dpo.function", false},
        {Officer, "dpo.address.short", dpo.address, "dpo.address", true},
        {Officer, "dpo.city.short", place(dpo.postcode, dpo.city), "dpo.city", true},
        {Officer, "dpo.phone.short", phone_words(dpo.phone.value), "dpo.phone", true},
        {Officer, "dpo.email.short", dpo.email.value, "dpo.email", true},
        {Officer, "dpo.designated_on.short", dpo.designated_on ? locale.date(*dpo.designated_on) : std::string{}, "dpo.designated_on", true},
        {Public, "dpo.published_contact.short", dpo.published_contact, "dpo.published_contact", true},
        {Public, "profile.website.short", profile.website.value, "website", false},
    };
}

std::vector<DesignationLine> missing_of(std::vector<DesignationLine> const& lines)
{
    std::vector<DesignationLine> missing;
    std::ranges::copy_if(lines, std::back_inserter(missing), [](DesignationLine const& line) { return line.needed && line.words.empty(); });
    return missing;
}

}  // namespace greffier::profile
