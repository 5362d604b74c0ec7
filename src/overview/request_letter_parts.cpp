#include "overview/request_letter_parts.hpp"

#include "core/text.hpp"
#include "overview/reading.hpp"

namespace greffier::overview {

namespace {

std::string purpose(Reading const& row) { return joined(row.words("text"), row.words("basis"), " — "); }

std::string data(Reading const& row) { return joined(row.words("category"), row.words("description"), " — "); }

std::string retention(Reading const& row)
{
    auto period = row.words("retention_text");
    if (period.empty()) period = joined(row.words("retention_period"), row.words("retention_start"), ", ");
    if (period.empty()) period = row.words("retention_criterion");
    return period.empty() ? "" : joined(row.words("category"), period, " — ");
}

std::string recipient(Reading const& row) { return joined(row.words("name"), row.words("type"), " — "); }

std::string transfer(Reading const& row) { return joined(joined(row.words("recipient"), row.words("country"), ", "), row.words("tool"), " — "); }

void write_part(LetterWriter& letter, LetterBlock& facts, std::string const& processing, char const* what, std::vector<std::string> const& words, bool owed)
{
    if (!words.empty()) facts.facts.emplace_back(letter.say(std::string{"part."} + what), join(words, "\n"));
    else if (owed) letter.lacks(std::string{"part."} + what, "", {{"processing", processing}});
}

void write_processing(LetterWriter& letter, SearchedProcessing const& searched)
{
    Reading const one{*searched.info, searched.row, letter.locale};
    auto const name = one.words("name");
    letter.letter.blocks.push_back({LetterBlock::Kind::Subheading, name});
    LetterBlock facts{LetterBlock::Kind::Facts, ""};
    write_part(letter, facts, name, "purposes", one.each("purposes", purpose), true);
    write_part(letter, facts, name, "data", one.each("data_categories", data), true);
    auto recipients = one.each("recipients", recipient);
    if (recipients.empty() && one.holds("no_recipient_confirmed")) recipients.push_back(letter.say("no_recipient"));
    write_part(letter, facts, name, "recipients", recipients, true);
    write_part(letter, facts, name, "retention", one.each("data_categories", retention), true);
    auto const source = one.words("source_details");
    bool const indirect = !schema::text_of(*searched.info, searched.row, "source").empty() && schema::text_of(*searched.info, searched.row, "source") != "direct";
    if (indirect) write_part(letter, facts, name, "source", source.empty() ? std::vector<std::string>{} : std::vector{source}, true);
    write_part(letter, facts, name, "transfers", one.each("transfers", transfer), false);
    if (one.holds("automated_decision")) {
        auto const logic = one.words("automated_logic");
        write_part(letter, facts, name, "automated", logic.empty() ? std::vector<std::string>{} : std::vector{logic}, true);
    }
    letter.letter.blocks.push_back(std::move(facts));
}

}  // namespace

void write_searched(LetterWriter& letter)
{
    if (letter.facts.processings.empty()) return letter.lacks("processings", "searches");
    letter.paragraph("confirmed");
    if (letter.facts.request.actual_recipients_wanted) letter.lacks("named_recipients", "answer");
    letter.heading("processings");
    for (auto const& searched : letter.facts.processings) write_processing(letter, searched);
}

}  // namespace greffier::overview
