#include "registers/breach/dossier.hpp"

#include <algorithm>

#include "core/phone.hpp"
#include "core/text.hpp"
#include "registers/breach/clocks.hpp"
#include "registers/breach/words.hpp"

namespace greffier::breach {

namespace {

/// Writes one block after the other, each line under the short name of its question.
class Writer {
public:
    Writer(DossierFacts const& facts, Locale const& locale) : facts_(facts), locale_(locale) {}

    void block(char const* key) { blocks_.push_back({key, {}}); }
    void line(std::string label, std::string value, bool asked, char const* field = "")
    {
        if (asked || !value.empty()) blocks_.back().lines.push_back({std::move(label), std::move(value), asked, field, {}, false});
    }
    void own(char const* key, std::string value, bool asked, char const* field = "") { line(locale_.text(std::string{"dossier."} + key), std::move(value), asked, field); }
    void field(char const* name, bool asked = false)
    {
        auto const& info = *facts_.info.find(name);
        line(schema::short_label(facts_.info, info, locale_), schema::show(info, schema::get(facts_.info, facts_.row, name), locale_), asked, name);
    }
    std::vector<Block> take() { return std::move(blocks_); }

private:
    DossierFacts const& facts_;
    Locale const& locale_;
    std::vector<Block> blocks_;
};

std::string joined(std::vector<std::string> parts, std::string_view between)
{
    std::erase_if(parts, [](std::string const& part) { return part.empty(); });
    return join(parts, between);
}

/// Name, function and how to reach somebody, of a contact of the profile.
std::string person_of(Notifier const& notifier, std::string_view part)
{
    auto of = [&](std::string_view field) { return notifier.text(part, field); };
    return joined({of("name"), of("function"), of("company"), phone_words(of("phone")), of("email")}, ", ");
}

std::string person_of(Contact const& contact) { return joined({contact.name, contact.function, contact.company, phone_words(contact.phone.value), contact.email.value}, ", "); }

/// Who answers questions (art. 33(3)(b)): named on the record, else the officer.
std::string contact_of(DossierFacts const& facts)
{
    if (!facts.breach.contact_point.empty()) return person_of(facts.breach.contact_point);
    auto words = person_of(facts.notifier, "dpo");
    return words.empty() ? facts.notifier.text("dpo", "published_contact") : words;
}

void write_who(Writer& out, DossierFacts const& facts, Locale const& locale)
{
    auto const& n = facts.notifier;
    out.block("organisation");
    out.own("name", n.text("name"), true);
    out.own("siren", joined({n.text("siren"), n.text("siret")}, " / "), true);
    out.own("address", joined({n.text("address"), joined({n.text("postcode"), n.text("city")}, " ")}, ", "), true);
    out.own("sector", joined({n.shown("kind", locale), n.text("sector"), n.text("naf")}, ", "), true);
    out.own("headcount", n.shown("headcount", locale), true);
    out.block("declarant");
    out.own("representative", person_of(n, "legal_representative"), true);
    out.own("contact", contact_of(facts), true, facts.breach.contact_point.empty() ? "" : "contact_point");
    out.block("parties");
    out.field("role");
    for (auto const& party : facts.breach.parties)
        out.line(choice_words(party.role, locale), joined({party.name, party.contact, party.details.value}, ", "), false, "parties");
}

void write_dates(Writer& out, DossierFacts const& facts, Locale const& locale)
{
    auto const& b = facts.breach;
    out.block("chronology");
    out.field("started_at", true);
    if (b.ongoing) out.own("ended", locale.text("breach.ongoing"), true, "ended_at");
    else out.field("ended_at", true);
    out.field("aware_at", true);
    out.field("discovery", true);
    auto const clock = notification_clock(b, facts.place);
    auto const* first = b.first_notification();
    bool const late = clock && (first && first->sent_at ? *first->sent_at : facts.now) > clock->strict_due;
    out.field("delay_reasons", late);
}

void write_what(Writer& out, DossierFacts const& facts)
{
    out.block("nature");
    out.field("nature", true);
    out.block("origin");
    out.field("facts", true);
    out.field("causes", true);
    out.field("cause_details");
    out.field("origin", true);
    out.field("intent", true);
    out.block("data");
    out.field("data_categories", true);
    if (facts.breach.has_special_data()) out.field("sensitive_data");
    out.field("records_count", true);
    out.field("counts_note");
    out.field("unintelligible");
    out.block("people");
    out.field("subject_categories", true);
    out.field("people_count", true);
    if (facts.breach.has_vulnerable_people()) out.field("vulnerable_people");
}

std::string measures_of(Breach const& b, MeasureStage stage, Locale const& locale)
{
    std::vector<std::string> lines;
    for (auto const& measure : b.measures) {
        if (measure.stage != stage) continue;
        auto line = measure.what.value;
        if (measure.done_on) line += " (" + locale.text("dossier.measure.done", {{"day", locale.date(*measure.done_on)}}) + ")";
        else if (measure.due) line += " (" + locale.text("dossier.measure.due", {{"day", locale.date(*measure.due)}}) + ")";
        lines.push_back(std::move(line));
    }
    return join(lines, "\n");
}

/// Done, planned, not planned, or still to be decided: what the form asks, from what the record says.
std::string persons_state(Breach const& b, Locale const& locale)
{
    if (b.persons_informed_at) return locale.text("dossier.persons.done");
    if (b.art34_exemption || b.tell_persons == false) return locale.text("dossier.persons.not_planned");
    if (b.tell_persons == true) return locale.text("dossier.persons.planned");
    if (b.risk && *b.risk != Risk::High) return locale.text("dossier.persons.not_needed");
    return {};
}

void write_effects(Writer& out, DossierFacts const& facts, Locale const& locale)
{
    auto const& b = facts.breach;
    out.block("measures_before");
    out.own("measures", measures_of(b, MeasureStage::Before, locale), true, "measures");
    out.block("consequences");
    out.field("consequences", true);
    out.field("effects");
    out.field("severity", true);
    out.field("likelihood");
    out.field("risk", true);
    out.block("measures");
    out.own("immediate", measures_of(b, MeasureStage::Immediate, locale), !b.has_remedial_measures(), "measures");
    out.own("planned", measures_of(b, MeasureStage::Planned, locale), false, "measures");
    out.block("persons");
    out.own("persons", persons_state(b, locale), true, "tell_persons");
    out.field("persons_informed_at");
    out.field("persons_informed_count", b.persons_informed_at.has_value());
    out.field("persons_channels", b.persons_informed_at.has_value());
    out.field("art34_exemption");
    out.field("art34_reason", b.art34_exemption.has_value());
    out.field("persons_text");
}

void write_rest(Writer& out, DossierFacts const& facts, Locale const& locale)
{
    auto const& b = facts.breach;
    out.block("cross_border");
    out.field("cross_border", true);
    out.field("cross_border_details", b.cross_border.value_or(false));
    for (auto const& told : b.told)
        if (told.told_at && !told.not_needed) out.line(body_words(facts.info, told.body.code, locale), joined({told.name, locale.instant(*told.told_at), told.reference}, ", "), false, "told");
    out.block("attachments");
    std::vector<std::string> names;
    for (auto const& file : b.attachments) names.push_back(file.name);
    out.own("files", join(names, "\n"), false);
}

/// What happened to the data, as a person concerned reads it.
std::string nature_sentences(Breach const& b, Locale const& locale)
{
    std::vector<std::string> sentences;
    for (auto const nature : b.nature) sentences.push_back(locale.text("letter.nature." + std::string{choices_of(nature).code(nature)}));
    return join(sentences, " ");
}

std::string measure_sentences(Breach const& b)
{
    std::vector<std::string> lines;
    for (auto const& measure : b.measures)
        if (measure.stage != MeasureStage::Before) lines.push_back(measure.what.value);
    return join(lines, "\n");
}

}  // namespace

bool Block::incomplete() const { return std::ranges::any_of(lines, &Line::missing); }

std::string Notifier::text(std::string_view field) const
{
    if (!info || !info->find(field)) return {};
    auto const* text = std::get_if<std::string>(&schema::get(*info, row, field));
    return text ? *text : std::string{};
}

std::string Notifier::text(std::string_view part, std::string_view field) const
{
    auto const* outer = info ? info->find(part) : nullptr;
    if (!outer || !outer->rows || !outer->rows->find(field)) return {};
    auto const* rows = std::get_if<schema::Rows>(&schema::get(*info, row, part));
    if (!rows || rows->empty()) return {};
    auto const* text = std::get_if<std::string>(&schema::get(*outer->rows, rows->front(), field));
    return text ? *text : std::string{};
}

std::string Notifier::shown(std::string_view field, Locale const& locale) const
{
    auto const* known = info ? info->find(field) : nullptr;
    return known ? schema::show(*known, schema::get(*info, row, field), locale) : std::string{};
}

std::vector<Block> dossier_of(DossierFacts const& facts, Locale const& locale)
{
    Writer out(facts, locale);
    out.block("kind");
    write_who(out, facts, locale);
    write_dates(out, facts, locale);
    write_what(out, facts);
    write_effects(out, facts, locale);
    write_rest(out, facts, locale);
    return out.take();
}

Notification const* last_notification(Breach const& breach)
{
    Notification const* last = nullptr;
    for (auto const& sent : breach.notifications)
        if (sent.sent_at && (!last || *sent.sent_at > *last->sent_at)) last = &sent;
    return last;
}

NotificationType next_notification(Breach const& breach, std::vector<Block> const& blocks)
{
    if (breach.first_notification()) return NotificationType::Complementary;
    return std::ranges::any_of(blocks, &Block::incomplete) ? NotificationType::Initial : NotificationType::Complete;
}

void mark_changes(std::vector<Block>& blocks, std::vector<Block> const& before)
{
    for (auto& block : blocks) {
        auto const same = std::ranges::find(before, block.key, &Block::key);
        if (same == before.end()) continue;
        for (auto& line : block.lines) {
            auto old = std::ranges::find_if(same->lines, [&](Line const& one) { return one.label == line.label && one.value == line.value; });
            if (old != same->lines.end()) continue;
            old = std::ranges::find(same->lines, line.label, &Line::label);
            line.changed = old != same->lines.end() || !line.value.empty();
            if (old != same->lines.end()) line.before = old->value;
        }
    }
}

Letter letter_of(DossierFacts const& facts, Locale const& locale)
{
    auto const& b = facts.breach;
    Letter letter;
    auto need = [&](std::string const& value, std::string label, char const* field) {
        if (is_blank(value)) letter.missing.push_back({std::move(label), {}, true, field, {}, false});
    };
    auto short_of = [&](char const* field) { return schema::short_label(facts.info, *facts.info.find(field), locale); };
    auto const contact = contact_of(facts);
    need(contact, locale.text("dossier.contact"), "contact_point");
    if (!is_blank(b.persons_text.value)) {
        letter.paragraphs = {b.persons_text.value};
        letter.as_sent = true;
        return letter;
    }
    auto const nature = nature_sentences(b, locale);
    auto const measures = measure_sentences(b);
    need(nature, short_of("nature"), "nature");
    need(b.data_categories.empty() ? "" : "x", short_of("data_categories"), "data_categories");
    need(b.consequences.value, short_of("consequences"), "consequences");
    need(measures, short_of("measures"), "measures");
    need(b.persons_advice.value, short_of("persons_advice"), "persons_advice");
    auto say = [&](char const* key, std::string const& value) {
        if (!is_blank(value)) letter.paragraphs.push_back(locale.text(std::string{"letter."} + key, {{"text", value}}));
    };
    auto const when = b.started_at ? b.started_at : b.detected_at ? b.detected_at : b.aware_at;
    say("opening", facts.notifier.text("name"));
    if (when) say("when", locale.date(local_date(*when, locale.zone())));
    say("nature", nature);
    say("data", schema::show(*facts.info.find("data_categories"), schema::get(facts.info, facts.row, "data_categories"), locale));
    say("consequences", b.consequences.value);
    say("measures", measures);
    say("advice", b.persons_advice.value);
    say("contact", contact);
    return letter;
}

}  // namespace greffier::breach
