#include "overview/request_letter.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "overview/request_letter_parts.hpp"
#include "schema/show.hpp"

namespace greffier::overview {

using request::Decision;
using request::LetterKind;
using request::Request;
using request::Right;

namespace {

template <class E>
std::string label(E value, Locale const& locale)
{
    auto const& list = choices_of(value);
    return schema::code_label(list.list, list.code(value), locale);
}

template <class E>
std::vector<std::string> labels(std::vector<E> const& values, Locale const& locale)
{
    std::vector<std::string> words;
    for (auto const value : values) words.push_back(label(value, locale));
    return words;
}

/// What every letter begins and ends with.
void write_frame(LetterWriter& letter)
{
    auto const& organisation = letter.facts.organisation;
    auto const& requester = letter.facts.request.requester;
    auto& sheet = letter.letter;
    for (auto const* line : {&organisation.name, &organisation.address}) if (!line->empty()) sheet.sender.push_back(*line);
    if (auto town = squeeze(organisation.postcode + " " + organisation.city); !town.empty()) sheet.sender.push_back(std::move(town));
    for (auto const* line : {&requester.name, &requester.company, &requester.address}) if (!line->empty()) sheet.recipient.push_back(*line);
    if (auto town = squeeze(requester.postcode + " " + requester.city); !town.empty()) sheet.recipient.push_back(std::move(town));
    if (requester.address.empty() && !requester.email.empty()) sheet.recipient.push_back(requester.email);
    if (requester.name.empty()) letter.lacks("requester_name", "requester");
    if (requester.address.empty() && requester.email.empty()) letter.lacks("requester_address", "requester");
    if (organisation.name.empty() || !organisation.has_contact()) letter.lacks("organisation_address");
    if (organisation.rights_contact.empty()) letter.lacks("rights_contact");
    sheet.place_and_date = organisation.city.empty() ? letter.locale.date(letter.facts.today) : letter.say("place_and_date", {{"city", organisation.city}, {"day", letter.locale.date(letter.facts.today)}});
    auto const& owner = letter.facts.request.owner;
    auto const& signer = !organisation.legal_representative.name.empty() ? organisation.legal_representative : owner;
    sheet.signature = signer.function.empty() ? signer.name : signer.name + ", " + signer.function;
    if (sheet.signature.empty()) letter.lacks("signer");
}

void write_receipt(LetterWriter& letter)
{
    auto const& request = letter.facts.request;
    if (!request.received_at) return letter.lacks("received_at", "received_at");
    letter.paragraph("received", {{"day", letter.locale.date(local_date(*request.received_at, letter.facts.place.zone))}, {"reference", letter.facts.reference}});
}

void write_contact(LetterWriter& letter)
{
    auto const& organisation = letter.facts.organisation;
    if (!organisation.rights_contact.empty()) letter.paragraph("contact", {{"contact", organisation.rights_contact}});
    auto const& dpo = organisation.dpo;
    auto const published = !dpo.published_contact.empty() ? dpo.published_contact : std::string{dpo.email};
    if (dpo.exists() && !published.empty()) letter.paragraph("dpo", {{"contact", published}});
}

std::optional<request::TimeLimit> limit_of(LetterFacts const& facts, Request request)
{
    return request::time_limit(request, facts.today, facts.place);
}

void write_acknowledgement(LetterWriter& letter)
{
    auto const& request = letter.facts.request;
    write_receipt(letter);
    if (request.rights.empty()) letter.lacks("rights", "rights");
    else letter.list("asked", labels(request.rights, letter.locale));
    if (auto const limit = limit_of(letter.facts, request)) {
        letter.paragraph("answer_by", {{"day", letter.locale.date(limit->deadline.answer.due)}});
        if (!limit->extension_holds) letter.paragraph("may_extend", {{"day", letter.locale.date(limit->deadline.extension_notice.due)}});
    }
    letter.paragraph("free");
    write_contact(letter);
}

void write_identity(LetterWriter& letter)
{
    auto const& request = letter.facts.request;
    write_receipt(letter);
    letter.paragraph("identity_why");
    if (is_blank(request.identity_doubt.value)) letter.lacks("identity_doubt", "identity_doubt");
    else letter.verbatim(request.identity_doubt.value);
    if (!request.identity_means) letter.lacks("identity_means", "identity_means");
    else letter.list("identity_how", {label(*request.identity_means, letter.locale)});
    if (request.identity_means == request::IdentityMeans::IdentityDocument) letter.paragraph("identity_document");
    letter.paragraph("identity_clock");
    write_contact(letter);
}

void write_extension(LetterWriter& letter)
{
    auto extended = letter.facts.request;
    write_receipt(letter);
    if (extended.extension_reasons.empty()) letter.lacks("extension_reasons", "extension_reasons");
    else letter.list("extension_why", labels(extended.extension_reasons, letter.locale));
    if (!is_blank(extended.extension_details.value)) letter.verbatim(extended.extension_details.value);
    extended.extended = true;
    if (!extended.extension_told_on) extended.extension_told_on = letter.facts.today;   // told by this very letter
    if (auto const limit = limit_of(letter.facts, extended)) {
        if (limit->extension_holds) letter.paragraph("extension_by", {{"day", letter.locale.date(limit->deadline.answer.due)}});
        else letter.lacks("extension_late", "extension_told_on");
    }
    letter.paragraph("complaint");
    write_contact(letter);
}

/// Complaint and court, with their times: what a refusal is worth nothing without.
void write_remedies(LetterWriter& letter)
{
    letter.heading("remedies");
    letter.paragraph("remedy_authority");
    letter.paragraph(letter.facts.organisation.public_body ? "remedy_administrative" : "remedy_civil");
}

void write_grounds(LetterWriter& letter)
{
    auto const& request = letter.facts.request;
    bool const in_decision = request.decision == Decision::Unfounded || request.decision == Decision::Excessive || request.decision == Decision::NotIdentifiable;
    auto grounds = labels(request.refusal_grounds, letter.locale);
    if (grounds.empty() && in_decision) grounds.push_back(label(*request.decision, letter.locale));
    if (grounds.empty()) letter.lacks("refusal_grounds", "refusal_grounds");
    else letter.list("refusal_why", std::move(grounds));
    if (is_blank(request.refusal_details.value)) letter.lacks("refusal_details", "refusal_details");
    else letter.verbatim(request.refusal_details.value);
}

void write_refusal(LetterWriter& letter)
{
    write_receipt(letter);
    letter.paragraph("refused");
    write_grounds(letter);
    write_remedies(letter);
    write_contact(letter);
}

/// The part that was not granted, in an answer that grants the rest.
void write_refused_part(LetterWriter& letter)
{
    if (!letter.facts.request.refused()) return;
    letter.heading("refused_part");
    write_grounds(letter);
    write_remedies(letter);
}

/// What a decision about the person was made of: owed where a machine decides, given wherever somebody noted it.
void write_decision_elements(LetterWriter& letter)
{
    auto const& elements = letter.facts.request.decision_elements.value;
    if (!is_blank(elements)) {
        letter.heading("decision_elements");
        letter.verbatim(elements);
    } else if (std::ranges::any_of(letter.facts.processings, [](auto const& one) { return schema::truth_of(*one.info, one.row, "automated_decision"); })) {
        letter.lacks("decision_elements", "decision_elements");
    }
}

/// The person wants their file sent straight to another body (art. 20(2)).
void write_transmission(LetterWriter& letter)
{
    auto const& request = letter.facts.request;
    if (!request.asks(Right::Portability) || request.transmit_to.empty()) return;
    if (!request.transmission_feasible) letter.lacks("transmission", "transmission_feasible");
    else letter.paragraph(*request.transmission_feasible ? "transmitted" : "not_transmitted", {{"to", request.transmit_to}});
}

void write_access(LetterWriter& letter)
{
    auto const& request = letter.facts.request;
    write_receipt(letter);
    if (request.decision == Decision::NoData) letter.paragraph("no_data");
    else write_searched(letter);
    if (is_blank(request.answer.value)) {
        if (request.decision != Decision::NoData) letter.lacks("answer", "answer");
    } else {
        letter.heading("your_data");
        letter.verbatim(request.answer.value);
    }
    if (request.decision != Decision::NoData) write_decision_elements(letter);
    if (!is_blank(request.glossary.value)) {
        letter.heading("glossary");
        letter.verbatim(request.glossary.value);
    }
    letter.heading("your_rights");
    letter.paragraph("rights_list");
    letter.paragraph("complaint");
    write_refused_part(letter);
    write_contact(letter);
}

void write_done(LetterWriter& letter)
{
    auto const& request = letter.facts.request;
    write_receipt(letter);
    if (!request.decision) letter.lacks("decision", "decision");
    if (request.decision == Decision::NoData) letter.paragraph("no_data");
    else
        for (auto const right : request.rights)
            if (right != Right::Access && right != Right::Information) letter.paragraph("done." + std::string{choices_of(right).code(right)});
    write_transmission(letter);
    if (!is_blank(request.answer.value)) letter.verbatim(request.answer.value);
    if (request.asks_any({Right::Rectification, Right::Erasure, Right::Restriction}) && request.granted()) {
        std::vector<std::string> told;
        for (auto const& one : request.recipients_told)
            if (one.told_on) told.push_back(one.recipient);
        if (!told.empty()) letter.list("recipients_told", std::move(told));
        else if (request.recipients_told.empty()) letter.lacks("recipients_told", "recipients_told");
    }
    write_refused_part(letter);
    if (!request.refused()) letter.paragraph("complaint");
    write_contact(letter);
}

}  // namespace

Letter write_letter(LetterKind kind, LetterFacts const& facts, Locale const& locale)
{
    LetterWriter letter{facts, locale, {}};
    write_frame(letter);
    letter.letter.subject = locale.text("request_letter.subject." + std::string{code_of(kind)});
    letter.paragraph("greeting");
    switch (kind) {
    case LetterKind::Acknowledgement: write_acknowledgement(letter); break;
    case LetterKind::Identity: write_identity(letter); break;
    case LetterKind::Extension: write_extension(letter); break;
    case LetterKind::Access: write_access(letter); break;
    case LetterKind::Refusal: write_refusal(letter); break;
    case LetterKind::Done: write_done(letter); break;
    }
    letter.paragraph("closing");
    return std::move(letter.letter);
}

}  // namespace greffier::overview
