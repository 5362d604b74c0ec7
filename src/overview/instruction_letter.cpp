#include "overview/instruction_letter.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "schema/show.hpp"

namespace greffier::overview {

using processor_activity::Activity;
using processor_activity::Client;
using processor_activity::Instruction;

namespace {

class Hand {
public:
    Hand(InstructionFacts const& facts, Locale const& locale) : facts_(facts), locale_(locale) {}

    Letter write()
    {
        auto const* client = client_of(facts_.activity, facts_.instruction);
        write_frame(client);
        letter_.subject = locale_.text("instruction_letter.subject");
        letter_.blocks.push_back({LetterBlock::Kind::Text, locale_.text("request_letter.greeting")});
        write_instruction(client);
        write_opinion();
        write_request();
        letter_.blocks.push_back({LetterBlock::Kind::Text, locale_.text("request_letter.closing")});
        return std::move(letter_);
    }

private:
    void paragraph(std::string_view key, Arguments const& arguments = {}) { letter_.blocks.push_back({LetterBlock::Kind::Text, locale_.text("instruction_letter." + std::string{key}, arguments)}); }
    void verbatim(std::string const& words) { letter_.blocks.push_back({LetterBlock::Kind::Text, words}); }
    void lacks(std::string what) { letter_.missing.push_back({std::move(what), "instructions"}); }

    void write_frame(Client const* client)
    {
        auto const& organisation = facts_.organisation;
        auto& sheet = letter_;
        for (auto const* line : {&organisation.name, &organisation.address}) if (!line->empty()) sheet.sender.push_back(*line);
        if (auto town = squeeze(organisation.postcode + " " + organisation.city); !town.empty()) sheet.sender.push_back(std::move(town));
        if (organisation.name.empty() || !organisation.has_contact()) sheet.missing.push_back({"organisation_address"});
        if (!client) lacks("client");
        else {
            for (auto const* line : {&client->name, &client->contact, &client->address}) if (!line->empty()) sheet.recipient.push_back(*line);
            if (client->address.empty() && !client->email.empty()) sheet.recipient.push_back(client->email.value);
            if (client->address.empty() && client->email.empty()) sheet.missing.push_back({"client_address", "clients"});
        }
        auto const day = locale_.date(facts_.today);
        sheet.place_and_date = organisation.city.empty() ? day : locale_.text("request_letter.place_and_date", {{"city", organisation.city}, {"day", day}});
        auto const& signer = !organisation.legal_representative.name.empty() ? organisation.legal_representative : facts_.activity.owner;
        sheet.signature = signer.function.empty() ? signer.name : signer.name + ", " + signer.function;
        if (sheet.signature.empty()) sheet.missing.push_back({"activity_signer", "owner"});
    }

    /// What was asked, when, by whom and how: in the client's own words.
    void write_instruction(Client const* client)
    {
        auto const& given = facts_.instruction;
        if (!given.given_on) lacks("instruction_day");
        if (is_blank(given.given_by)) lacks("instruction_giver");
        std::string const giver = is_blank(given.given_by) ? std::string{} : locale_.text("instruction_letter.by", {{"name", given.given_by}});
        paragraph(given.given_on ? "received" : "received_some_day",
                  {{"day", given.given_on ? locale_.date(*given.given_on) : std::string{}}, {"by", giver}, {"activity", facts_.activity.name}, {"reference", facts_.reference}});
        if (is_blank(given.instruction.value)) lacks("instruction_words");
        else verbatim(given.instruction.value);
        if (given.channel) {
            auto const& list = choices_of(*given.channel);
            paragraph("channel", {{"channel", schema::code_label(list.list, list.code(*given.channel), locale_)}});
        }
        if (client && !client->contract.empty()) paragraph("contract", {{"contract", client->contract}});
    }

    void write_opinion()
    {
        paragraph("opinion");
        if (is_blank(facts_.instruction.reason.value)) lacks("instruction_reason");
        else verbatim(facts_.instruction.reason.value);
        paragraph("duty");
    }

    void write_request()
    {
        auto const& done = facts_.instruction.executed_on;
        paragraph(done ? "done" : "not_done", {{"day", done ? locale_.date(*done) : std::string{}}});
        paragraph("answer");
        auto const& dpo = facts_.organisation.dpo;
        auto const contact = !dpo.published_contact.empty() ? dpo.published_contact : std::string{dpo.email};
        if (dpo.exists() && !contact.empty()) paragraph("dpo", {{"contact", contact}});
    }

    InstructionFacts const& facts_;
    Locale const& locale_;
    Letter letter_;
};

}  // namespace

Client const* client_of(Activity const& activity, Instruction const& instruction)
{
    if (is_blank(instruction.client)) return activity.clients.size() == 1 ? &activity.clients.front() : nullptr;
    auto const found = std::ranges::find_if(activity.clients, [&](Client const& one) { return sort_key(one.name) == sort_key(instruction.client); });
    return found == activity.clients.end() ? nullptr : &*found;
}

Letter write_instruction_letter(InstructionFacts const& facts, Locale const& locale) { return Hand(facts, locale).write(); }

}  // namespace greffier::overview
