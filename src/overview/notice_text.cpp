#include "overview/notice_text.hpp"

#include <algorithm>
#include <set>

#include "core/phone.hpp"
#include "core/text.hpp"
#include "overview/reading.hpp"

namespace greffier::overview {

namespace {

using notice::Item;
using notice::ItemState;
using notice::ToldBlock;

/// What the bases of all that is covered bring with them.
struct Grounds {
    std::set<std::string> bases;
    bool asks_consent = false;      ///< art. 6(1)(a) or 9(2)(a)
    [[nodiscard]] bool rests_on(std::string const& basis) const { return bases.contains(basis); }
    [[nodiscard]] bool only(std::set<std::string> const& these) const { return !bases.empty() && std::ranges::includes(these, bases); }
};

struct Writer {
    NoticeFacts const& facts;
    Locale const& locale;
    NoticeText text = {};

    [[nodiscard]] std::string say(std::string const& key, Arguments const& arguments = {}) const { return locale.text("notice_text." + key, arguments); }
    void heading(std::string const& key) { text.blocks.push_back({ToldBlock::Kind::Heading, say(key)}); }
    void paragraph(std::string words) { text.blocks.push_back({ToldBlock::Kind::Text, std::move(words)}); }
    void list(std::vector<std::string> items)
    {
        if (items.size() == 1) return paragraph(std::move(items.front()));
        text.blocks.push_back({ToldBlock::Kind::List, "", std::move(items)});
    }
    void lacks(std::string what, std::string processing = {}) { text.missing.push_back({std::move(what), std::move(processing)}); }
    void mark(Item item, ItemState state)
    {
        // What one processing lacks, the notice lacks; what one of them has, it gives.
        auto [found, first] = text.items.try_emplace(item, state);
        if (!first && (state == ItemState::Missing || found->second == ItemState::NotApplicable)) found->second = state;
    }
    /// What the organisation says of this item in its own words, which then stand alone.
    [[nodiscard]] std::string own(Item item) const
    {
        auto const* row = facts.notice.item(item);
        if (!row) return {};
        auto const& wanted = locale.language() == Language::French ? row->wording_fr.value : row->wording_en.value;
        return std::string{trim(wanted)};
    }
    bool wrote_own(Item item)
    {
        auto words = own(item);
        if (words.empty()) return false;
        paragraph(std::move(words));
        mark(item, ItemState::Given);
        return true;
    }
    [[nodiscard]] bool asked(Item item) const { return notice::is_asked(*std::ranges::find(notice::all_items(), item, &notice::ItemInfo::item), facts.notice); }
};

std::string line_of(std::initializer_list<std::string> parts)
{
    std::vector<std::string> known;
    for (auto const& part : parts)
        if (!part.empty()) known.push_back(part);
    return join(known, ", ");
}

std::string address_of(std::string const& street, std::string const& postcode, std::string const& city) { return line_of({street, squeeze(postcode + " " + city)}); }

std::string contact_of(schema::Contact const& contact)
{
    return line_of({contact.name, contact.function, contact.company, address_of(contact.address, contact.postcode, contact.city), contact.email.value, phone_words(contact.phone.value)});
}

std::string officer_of(profile::Dpo const& dpo)
{
    if (!dpo.published_contact.empty()) return dpo.published_contact;
    return line_of({dpo.email.value, phone_words(dpo.phone.value), address_of(dpo.address, dpo.postcode, dpo.city)});
}

std::string rights_contact_of(profile::Profile const& organisation)
{
    if (!organisation.rights_contact.empty()) return organisation.rights_contact;
    return organisation.dpo.exists() ? officer_of(organisation.dpo) : organisation.email.value;
}

Grounds grounds_of(NoticeFacts const& facts, Locale const& locale)
{
    Grounds grounds;
    for (auto const& one : facts.processings)
        (void)Reading{*one.info, one.row, locale}.each("purposes", [&](Reading const& row) {
            if (!row.code("basis").empty()) grounds.bases.insert(row.code("basis"));
            grounds.asks_consent = grounds.asks_consent || row.code("basis") == "a" || row.code("art9_condition") == "a";
            return std::string{};
        });
    return grounds;
}

void write_who(Writer& to)
{
    auto const& organisation = to.facts.organisation;
    to.heading("who");
    if (!to.wrote_own(Item::Controller)) {
        to.paragraph(to.say("controller", {{"who", line_of({organisation.name, address_of(organisation.address, organisation.postcode, organisation.city), organisation.email.value, phone_words(organisation.phone.value)})}}));
        if (!organisation.eu_representative.empty()) to.paragraph(to.say("eu_representative", {{"who", contact_of(organisation.eu_representative)}}));
        bool const known = !organisation.name.empty() && organisation.has_contact();
        to.mark(Item::Controller, known ? ItemState::Given : ItemState::Missing);
        if (!known) to.lacks("controller");
    }
    if (to.wrote_own(Item::Officer)) return;
    auto const officer = officer_of(organisation.dpo);
    if (!organisation.dpo.exists()) return to.mark(Item::Officer, ItemState::NotApplicable);
    to.mark(Item::Officer, officer.empty() ? ItemState::Missing : ItemState::Given);
    if (officer.empty()) to.lacks("officer");
    else to.paragraph(to.say("officer", {{"who", officer}}));
}

/// One part of one processing: noun, then its lines; named as missing when it is owed and nothing tells it.
void write_part(Writer& to, Reading const& one, Item item, char const* what, std::vector<std::string> lines, bool owed)
{
    if (!to.asked(item)) return;
    if (lines.empty()) {
        to.mark(item, owed ? ItemState::Missing : ItemState::NotApplicable);
        if (owed) to.lacks(what, one.words("name"));
        return;
    }
    to.mark(item, ItemState::Given);
    to.text.blocks.push_back({ToldBlock::Kind::Subheading, to.say(std::string{"part."} + what)});
    to.list(std::move(lines));
}

std::string basis_of(Reading const& row, Writer const& to)
{
    if (row.code("basis").empty()) return {};
    return to.say("basis." + row.code("basis")) + (row.code("legal_text").empty() ? "" : to.say("by_text", {{"text", row.code("legal_text")}}));
}

void write_purposes(Writer& to, Reading const& one)
{
    bool unfounded = false, unsaid_interest = false, on_interest = false;
    auto lines = one.each("purposes", [&](Reading const& row) {
        auto const basis = basis_of(row, to);
        unfounded = unfounded || basis.empty();
        if (row.code("basis") == "f") {
            on_interest = true;
            unsaid_interest = unsaid_interest || is_blank(row.code("interest"));
        }
        auto line = joined(row.words("text"), basis, to.say("between").c_str());
        if (row.code("basis") == "f" && !is_blank(row.code("interest"))) line = joined(std::move(line), to.say("interest", {{"interest", squeeze(row.code("interest"))}}), ". ");
        return line;
    });
    bool const none = lines.empty();
    write_part(to, one, Item::Purposes, "purposes", std::move(lines), true);
    to.mark(Item::Basis, none || unfounded ? ItemState::Missing : ItemState::Given);
    if (!none && unfounded) to.lacks("basis", one.words("name"));
    to.mark(Item::Interests, !on_interest ? ItemState::NotApplicable : unsaid_interest ? ItemState::Missing : ItemState::Given);
    if (unsaid_interest) to.lacks("interest", one.words("name"));
}

std::string retention_of(Reading const& row)
{
    auto period = row.words("retention_text");
    if (period.empty()) period = joined(row.words("retention_period"), row.words("retention_start"), ", ");
    if (period.empty()) period = row.words("retention_criterion");
    return period.empty() ? "" : joined(row.words("category"), period, " — ");
}

void write_obligation(Writer& to, Reading const& one)
{
    // The record says by what right the data is used: from which follows whether one is free to give it.
    std::set<std::string> bases;
    (void)one.each("purposes", [&](Reading const& row) {
        bases.insert(row.code("basis"));
        return std::string{};
    });
    std::vector<std::string> lines;
    if (bases.contains("c")) lines.push_back(to.say("given_by_law"));
    if (bases.contains("b")) lines.push_back(to.say("given_for_contract"));
    if (lines.empty() && !bases.empty()) lines.push_back(to.say("given_freely"));
    write_part(to, one, Item::Obligation, "obligation", std::move(lines), true);
}

void write_processing(Writer& to, SearchedProcessing const& searched)
{
    Reading const one{*searched.info, searched.row, to.locale};
    to.text.blocks.push_back({ToldBlock::Kind::Heading, one.words("name")});
    write_purposes(to, one);
    write_part(to, one, Item::Categories, "categories", one.each("data_categories", [](Reading const& row) { return row.words("category"); }), true);
    auto recipients = one.each("recipients", [](Reading const& row) { return joined(row.words("name"), row.words("type"), " — "); });
    if (recipients.empty() && one.holds("no_recipient_confirmed")) recipients.push_back(to.say("no_recipient"));
    write_part(to, one, Item::Recipients, "recipients", std::move(recipients), true);
    auto transfers = one.each("transfers", [](Reading const& row) { return joined(joined(row.words("recipient"), row.words("country"), ", "), row.words("tool"), " — "); });
    if (!transfers.empty()) transfers.push_back(to.say("copy", {{"contact", rights_contact_of(to.facts.organisation)}}));
    write_part(to, one, Item::Transfers, "transfers", std::move(transfers), false);
    write_part(to, one, Item::Retention, "retention", one.each("data_categories", retention_of), true);
    write_obligation(to, one);
    std::vector<std::string> source;
    if (auto words = one.words("source_details"); !words.empty()) source.push_back(std::move(words));
    if (!source.empty() && one.holds("source_public")) source.push_back(to.say("source_public"));
    bool const elsewhere = one.code("source") == "indirect" || one.code("source") == "mixed";
    write_part(to, one, Item::Source, "source", elsewhere ? std::move(source) : std::vector<std::string>{}, elsewhere);
    bool const decides = one.holds("automated_decision");
    auto logic = one.words("automated_logic");
    write_part(to, one, Item::Automated, "automated", decides && !logic.empty() ? std::vector{std::move(logic)} : std::vector<std::string>{}, decides);
}

void write_rights(Writer& to)
{
    auto const grounds = grounds_of(to.facts, to.locale);
    auto const& organisation = to.facts.organisation;
    to.heading("rights");
    if (!to.wrote_own(Item::Rights)) {
        to.paragraph(to.say("rights_lead"));
        std::vector<std::string> rights{to.say("right.access"), to.say("right.rectification")};
        // Art. 17(3)(b): no erasure of what the law or a public task wants kept.
        if (!grounds.only({"c", "e"})) rights.push_back(to.say("right.erasure"));
        rights.push_back(to.say("right.restriction"));
        if (grounds.rests_on("e") || grounds.rests_on("f")) rights.push_back(to.say("right.objection"));
        if (grounds.rests_on("a") || grounds.rests_on("b")) rights.push_back(to.say("right.portability"));
        to.list(std::move(rights));
        auto const contact = rights_contact_of(organisation);
        to.mark(Item::Rights, contact.empty() ? ItemState::Missing : ItemState::Given);
        if (contact.empty()) to.lacks("rights_contact");
        else to.paragraph(to.say("rights_contact", {{"contact", contact}}));
    }
    if (!to.wrote_own(Item::Withdrawal)) {
        if (grounds.asks_consent) to.paragraph(to.say("withdrawal"));
        to.mark(Item::Withdrawal, grounds.asks_consent ? ItemState::Given : ItemState::NotApplicable);
    }
    if (!to.wrote_own(Item::Directives)) {
        to.paragraph(to.say("directives"));
        to.mark(Item::Directives, ItemState::Given);
    }
    if (!to.wrote_own(Item::Complaint)) {
        bool const french_one = organisation.lead_authority.empty() || fold(organisation.lead_authority).find("cnil") != std::string::npos;
        to.paragraph(french_one ? to.say("complaint") : to.say("complaint_to", {{"authority", organisation.lead_authority}}));
        to.mark(Item::Complaint, ItemState::Given);
    }
    if (!to.wrote_own(Item::FurtherUse)) {
        to.paragraph(to.say("further_use"));
        to.mark(Item::FurtherUse, ItemState::Given);
    }
}

/// What the notice says in its own words of what is told processing by processing.
void write_own_parts(Writer& to)
{
    for (auto const item : {Item::Purposes, Item::Basis, Item::Interests, Item::Categories, Item::Recipients, Item::Transfers, Item::Retention, Item::Obligation, Item::Source, Item::Automated}) {
        auto words = to.own(item);
        if (words.empty()) continue;
        to.text.blocks.push_back({ToldBlock::Kind::Subheading, to.locale.text("notice_item." + std::string{choices_of(item).code(item)})});
        to.paragraph(std::move(words));
        to.text.items[item] = ItemState::Given;
    }
}

}  // namespace

std::string title_of(notice::Notice const& notice, Locale const& locale)
{
    if (!notice.title) return locale.text("notice_title.personal_data");
    if (*notice.title == notice::Title::Other) return notice.own_title.empty() ? notice.name : notice.own_title;
    return locale.text("notice_title." + std::string{choices_of(notice::Title{}).code(*notice.title)});
}

NoticeText write_full_notice(NoticeFacts const& facts, Locale const& locale)
{
    Writer to{facts, locale};
    to.text.title = title_of(facts.notice, locale);
    to.paragraph(to.say("lead", {{"organisation", facts.organisation.name}}));
    write_who(to);
    if (facts.processings.empty()) to.lacks("processings");
    for (auto const& one : facts.processings) write_processing(to, one);
    write_own_parts(to);
    write_rights(to);
    return std::move(to.text);
}

NoticeText write_short_notice(NoticeFacts const& facts, Locale const& locale)
{
    Writer to{facts, locale};
    to.text.title = title_of(facts.notice, locale);
    std::vector<std::string> purposes;
    for (auto const& one : facts.processings) {
        Reading const processing{*one.info, one.row, locale};
        auto const found = processing.each("purposes", [&](Reading const& row) { return row.code("kind") == "main" ? joined(row.words("text"), basis_of(row, to), to.say("between").c_str()) : std::string{}; });
        if (found.empty()) to.lacks("purposes", processing.words("name"));
        purposes.insert(purposes.end(), found.begin(), found.end());
    }
    if (facts.processings.empty()) to.lacks("processings");
    if (!purposes.empty()) {
        to.paragraph(to.say("short.purposes", {{"organisation", facts.organisation.name}}));
        to.text.blocks.push_back({ToldBlock::Kind::List, "", std::move(purposes)});
    }
    auto const grounds = grounds_of(facts, locale);
    auto rights = to.say(grounds.rests_on("e") || grounds.rests_on("f") ? "short.rights_objection" : "short.rights");
    if (grounds.asks_consent) rights += " " + to.say("short.withdrawal");
    auto const contact = rights_contact_of(facts.organisation);
    if (contact.empty()) to.lacks("rights_contact");
    else rights += " " + to.say("short.contact", {{"contact", contact}});
    to.paragraph(std::move(rights));
    to.paragraph(to.say("short.more", {{"title", to.text.title}}));
    return std::move(to.text);
}

}  // namespace greffier::overview
