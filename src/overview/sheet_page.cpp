// Sheets made to be printed and pinned up. Nothing on them but words of ours and the organisation's contacts.
#include <algorithm>
#include <array>

#include "accounts/modules.hpp"
#include "law/authorities.hpp"
#include "overview/notice_page.hpp"
#include "core/phone.hpp"
#include "overview/profile_read.hpp"
#include "records/pages/paper.hpp"
#include "records/vocabulary.hpp"
#include "registers/responsibility/responsibility.hpp"
#include "web/frame.hpp"

namespace greffier::overview {

using namespace web::literals;
using accounts::Context;
using web::Html;
using web::Response;

namespace {

struct Sheet {
    std::string_view code;
    int parts;          ///< words: sheet.<code>.<n> and .<n>.lines, one line an item
};
constexpr std::array sheets{Sheet{"reflex", 4}, Sheet{"poster-data", 3}, Sheet{"poster-incident", 3}, Sheet{"attack", 4}};

std::string either(std::string const& first, std::string const& second) { return first.empty() ? second : first; }

void line(Html& out, Locale const& words, std::string_view noun, std::string const& name, std::string const& reach)
{
    if (name.empty() && reach.empty()) return;
    out << "<dt>"_h << words.text(noun) << "</dt><dd>"_h << name;
    if (!name.empty() && !reach.empty()) out << "<br>"_h;
    out << reach << "</dd>"_h;
}

std::string reach_of(schema::Phone const& phone, schema::Email const& email)
{
    auto const number = phone_words(phone.value);
    return phone.empty() || email.empty() ? number + email.value : number + " · " + email.value;
}

void write_contacts(Html& out, Locale const& words, profile::Profile const& profile, Sheet const& sheet)
{
    auto const& dpo = profile.dpo;
    out << "<h2>"_h << words.text("sheet.contacts") << "</h2><dl>"_h;
    if (dpo.exists()) line(out, words, "sheet.dpo", either(dpo.name, dpo.company), either(reach_of(dpo.phone, dpo.email), dpo.published_contact));
    line(out, words, "sheet.ciso", profile.ciso.name, reach_of(profile.ciso.phone, profile.ciso.email));
    line(out, words, "sheet.direction", profile.legal_representative.name, either(reach_of(profile.legal_representative.phone, profile.legal_representative.email), reach_of(profile.phone, profile.email)));
    if (sheet.code == "poster-data") line(out, words, "sheet.rights", "", profile.rights_contact);
    for (auto const& referent : profile.referents) line(out, words, "sheet.referent", referent.service.empty() ? referent.name : referent.name + " (" + referent.service + ")", reach_of(referent.phone, referent.email));
    out << "</dl>"_h;
}

/// The call list of the organisation, then whom one calls outside: on paper, for the day when no screen answers.
void write_call_list(Html& out, Locale const& words, std::vector<responsibility::Responsibility> const& called, Date today)
{
    if (!called.empty()) {
        out << "<h2>"_h << words.text("sheet.call_order") << "</h2><ol>"_h;
        for (auto const& role : called) {
            out << "<li>"_h << role.role;
            for (auto const* person : {&role.holder, &role.deputy})
                if (!person->name.empty()) out << " – "_h << person->name << " "_h << reach_of(person->phone, person->email);
            if (!role.out_of_hours.empty()) out << " – "_h << words.text("responsibility.out_of_hours.short") << words.text("punctuation.colon") << phone_words(role.out_of_hours.value);
            out << "</li>"_h;
        }
        out << "</ol>"_h;
    }
    out << "<h2>"_h << words.text("sheet.outside") << "</h2><dl>"_h;
    for (auto const* one : law::authorities(today)) {
        auto const number = phone_words(one->phone);
        auto const reach = number.empty() || one->report_at.empty() ? number + one->report_at : number + " · " + one->report_at;
        if (reach.empty()) continue;
        out << "<dt>"_h << one->name << "</dt><dd>"_h << reach << "</dd>"_h;
    }
    out << "</dl>"_h;
}

/// Those to be called, the first one first; nobody where that register is not kept.
std::vector<responsibility::Responsibility> called_in_order(records::Registers const& registers, records::Records const& records, accounts::OrganisationInfo const& organisation)
{
    std::vector<responsibility::Responsibility> called;
    auto const* kind = registers.find("responsibilities");
    if (!kind || !accounts::keeps_register(organisation, kind->slug)) return called;
    records.each(*kind, std::nullopt, [&](records::Stored const& stored) {
        if (auto role = responsibility::responsibility_schema().unpack(stored.row); role.ok() && role->escalation) called.push_back(*std::move(role));
    });
    std::ranges::stable_sort(called, {}, [](auto const& role) { return *role.escalation; });
    return called;
}

void write_part(Html& out, Locale const& words, std::string const& key)
{
    out << "<h2>"_h << words.text(key) << "</h2><ul>"_h;
    auto const lines = words.text(key + ".lines");
    for (std::size_t at = 0; at < lines.size();) {
        auto const end = std::min(lines.find('\n', at), lines.size());
        out << "<li>"_h << std::string_view{lines}.substr(at, end - at) << "</li>"_h;
        at = end + 1;
    }
    out << "</ul>"_h;
}

Result<Response> show_sheet(OverviewServices const& services, Context& context, web::Request const& request)
{
    auto const found = std::ranges::find(sheets, request.param("sheet"), &Sheet::code);
    if (found == sheets.end()) return Error::not_found();
    auto const& registers = records::known_registers(services.machinery, context);
    auto const profile = profile_read(registers, records::Records(services.machinery, context.where().id, context.who().sight));
    auto const language = parse_language(request.query.get("lang")).value_or(context.where().language);
    Locale const words(language, context.where().zone);
    auto const key = "sheet." + std::string{found->code};
    context.frame.title = context.locale.text(key);
    context.frame.crumbs = {{context.locale.text("register.notices"), context.address("/notices")}};
    Html out;
    web::page_head(out, context.frame, context.frame.title, context.locale.text("sheet.lead"), records::paper_in_two_languages(context.locale, context.address("/sheets/" + std::string{found->code}), language));
    out << "<article class=\"g-letter\""_h;
    out.attr("lang"_h, words.code());
    out << "><p class=\"g-letter-subject\"><strong>"_h << words.text(key) << "</strong><br>"_h << profile.name << "</p><p>"_h << words.text(key + ".lead") << "</p>"_h;
    for (int part = 1; part <= found->parts; ++part) write_part(out, words, key + "." + std::to_string(part));
    write_contacts(out, words, profile, *found);
    if (found->code == "attack")
        write_call_list(out, words, called_in_order(registers, records::Records(services.machinery, context.where().id, context.who().sight), context.where()), local_date(context.now, context.where().zone));
    out << "</article>"_h;
    return Response::html(web::page(context.frame, out));
}

}  // namespace

std::vector<accounts::Route> sheet_routes(OverviewServices const& services)
{
    return {{web::Method::Get, "/o/{organisation}/sheets/{sheet}", web::Permission::ReadRecords, [&services](Context& context, web::Request const& request) { return show_sheet(services, context, request); }}};
}

}  // namespace greffier::overview
