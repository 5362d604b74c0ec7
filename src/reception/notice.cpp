// Article 13 on a public form: who answers for it, why, by what right, for whose eyes, how long, and one's own rights.
#include "reception/visit.hpp"

#include <utility>

#include "core/phone.hpp"
#include "core/text.hpp"

namespace greffier::reception {

using namespace web::literals;

namespace {

/// Words and, for what a telephone or a mail program opens, the address behind them.
struct Reach {
    std::string words, address = {};
};
Reach by_mail(std::string const& words) { return {words, is_email(words) ? "mailto:" + words : std::string{}}; }
Reach by_phone(std::string const& phone) { return {phone_words(phone), phone_address(phone)}; }
using Ways = std::vector<Reach>;

Ways ways_to_controller(Visit const& visit)
{
    auto const& profile = visit.profile;
    return {{joined({visit.organisation_name(), profile.address, joined({profile.postcode, profile.city}, " ")})}, by_mail(profile.email), by_phone(profile.phone.value)};
}

/// As the profile wishes them to be reached, or as it says.
Ways ways_to_officer(profile::Profile const& profile)
{
    auto const& dpo = profile.dpo;
    if (!dpo.published_contact.empty()) return {by_mail(dpo.published_contact)};
    return {by_mail(dpo.email), by_phone(dpo.phone.value), {joined({dpo.address, joined({dpo.postcode, dpo.city}, " ")})}};
}

std::string words_of(Ways const& ways)
{
    std::string words;
    for (auto const& way : ways) words = joined({words, way.words});
    return words;
}

void contact(Html& out, Locale const& locale, std::string_view name, Ways const& ways)
{
    out << "<dt>"_h << locale.text(name) << "</dt><dd>"_h;
    bool first = true;
    for (auto const& way : ways) {
        if (way.words.empty()) continue;
        if (!std::exchange(first, false)) out << ", "_h;
        if (way.address.empty()) {
            out << way.words;
            continue;
        }
        out << "<a"_h;
        out.url("href"_h, way.address);
        out << ">"_h << way.words << "</a>"_h;
    }
    out << "</dd>"_h;
}

void line(Html& out, Locale const& locale, std::string_view name, std::string_view words)
{
    out << "<dt>"_h << locale.text(name) << "</dt><dd>"_h << words << "</dd>"_h;
}

}  // namespace

std::vector<std::string> missing_for_notice(profile::Profile const& profile)
{
    std::vector<std::string> missing;
    if (profile.name.empty()) missing.emplace_back("name");
    if (!profile.has_contact()) missing.emplace_back("email");
    if (profile.dpo.exists() && words_of(ways_to_officer(profile)).empty()) missing.emplace_back("dpo");
    return missing;
}

void write_notice(Html& out, Visit const& visit, std::string_view key)
{
    auto const& locale = visit.locale();
    auto const& profile = visit.profile;
    std::string const of = "public.notice." + std::string{key};
    auto const officer = words_of(ways_to_officer(profile));
    auto const rights = profile.rights_contact.empty() ? (officer.empty() ? words_of(ways_to_controller(visit)) : officer) : profile.rights_contact;
    out << "<section class=\"g-public-notice\" aria-labelledby=\"notice-t\"><h2 id=\"notice-t\">"_h << locale.text("public.notice") << "</h2><dl>"_h;
    line(out, locale, "public.notice.controller", words_of(ways_to_controller(visit)));
    if (profile.dpo.exists()) line(out, locale, "public.notice.dpo", officer);
    line(out, locale, "public.notice.why", locale.text(of + ".why"));
    line(out, locale, "public.notice.basis", locale.text(of + ".basis"));
    line(out, locale, "public.notice.needed", locale.text(of + ".needed"));
    line(out, locale, "public.notice.whom", locale.text(of + ".whom"));
    line(out, locale, "public.notice.long", locale.text(of + ".long"));
    line(out, locale, "public.notice.rights", locale.text("public.notice.rights_words", {{"contact", rights}}));
    out << "</dl></section>\n"_h;
}

void write_contacts(Html& out, Visit const& visit)
{
    auto const& locale = visit.locale();
    auto const& profile = visit.profile;
    out << "<section class=\"g-public-notice\" aria-labelledby=\"contacts-t\"><h2 id=\"contacts-t\">"_h << locale.text("public.contacts") << "</h2><dl>"_h;
    contact(out, locale, "public.contacts.us", ways_to_controller(visit));
    if (profile.dpo.exists() && !words_of(ways_to_officer(profile)).empty()) contact(out, locale, "public.notice.dpo", ways_to_officer(profile));
    if (!profile.rights_contact.empty()) contact(out, locale, "public.contacts.rights", {by_mail(profile.rights_contact)});
    contact(out, locale, "public.contacts.authority", {{locale.text("public.contacts.authority_words")}, {"cnil.fr", "https://www.cnil.fr"}});
    out << "</dl></section>\n"_h;
}

}  // namespace greffier::reception
