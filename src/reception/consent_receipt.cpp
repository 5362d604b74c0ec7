#include "reception/consent_receipt.hpp"

#include "core/json_writer.hpp"

namespace greffier::reception {
namespace {

constexpr std::string_view standard = "ISO/IEC TS 27560:2023";

void optional(JsonWriter& out, std::string_view name, std::string const& text)
{
    if (!text.empty()) out.member(name, text);
}

void write_purpose(JsonWriter& out, ReceiptFacts const& facts)
{
    auto const& consent = facts.held.consent;
    out.begin_object().member("purpose", consent.purpose);
    out.member("lawful_basis", consent.explicit_given ? "https://w3id.org/dpv/legal/eu/gdpr#A6-1-a-explicit-consent" : "https://w3id.org/dpv/legal/eu/gdpr#A6-1-a");
    out.key("pii_controllers").begin_array().value("controller").end_array();
    if (consent.act) out.member("collection_method", std::string{choices_of(*consent.act).code(*consent.act)});
    if (auto const& point = facts.held.point) {
        out.key("services").begin_array().value(point->name).end_array();
        if (auto const* purpose = point->purpose(consent.purpose)) {
            optional(out, "description", purpose->details.value);
            if (!purpose->recipients.empty()) out.key("recipient_third_parties").begin_array().value(purpose->recipients).end_array();
        }
        if (point->proof_retention) out.key("storage_conditions").begin_object().member("proof_retention", point->proof_retention->text()).end_object();
        auto const& how = point->withdraw_how.value;
        optional(out, "withdrawal_method", facts.preferences.empty() ? how : how.empty() ? facts.preferences : how + " " + facts.preferences);
    }
    out.end_object();
}

void write_notice(JsonWriter& out, ReceiptFacts const& facts)
{
    auto const& point = facts.held.point;
    auto const* words = point ? point->wording(facts.held.consent.wording_version) : nullptr;
    out.key("privacy_notice").begin_object();
    optional(out, "wording_version", facts.held.consent.wording_version);
    if (words) {
        optional(out, "notice_version", words->notice_version);
        optional(out, "wording_fr", words->wording_fr.value);
        optional(out, "wording_en", words->wording_en.value);
        optional(out, "controller_shown", words->controller_shown);
    }
    out.end_object();
}

void write_party(JsonWriter& out, ReceiptFacts const& facts)
{
    auto const& profile = facts.profile;
    std::string address = profile.address;
    for (auto const& part : {profile.postcode, profile.city})
        if (!part.empty()) address += (address.empty() ? "" : ", ") + part;
    out.begin_object().member("party_id", "controller").member("party_role", "controller").member("party_name", facts.organisation_name);
    optional(out, "party_address", address);
    optional(out, "party_email", profile.email.value);
    optional(out, "party_phone", profile.phone.value);
    optional(out, "party_contact", profile.dpo.published_contact.empty() ? profile.dpo.email.value : profile.dpo.published_contact);
    out.end_object();
}

void write_event(JsonWriter& out, Timestamp at, std::string_view state, std::string_view entity)
{
    out.begin_object().member("event_time", to_text(at)).member("event_type", "consent").member("event_state", state).member("entity_id", entity).end_object();
}

void write_events(JsonWriter& out, ReceiptFacts const& facts)
{
    auto const& consent = facts.held.consent;
    auto const& status = facts.held.status();
    out.key("events").begin_array();
    if (consent.given_at) write_event(out, *consent.given_at, status == "refused" ? "refused" : "given", "pii_principal");
    if (consent.confirmed_on) out.begin_object().member("event_time", to_text(*consent.confirmed_on)).member("event_type", "consent").member("event_state", "confirmed").member("entity_id", "pii_principal").end_object();
    if (consent.withdrawn_at) write_event(out, *consent.withdrawn_at, "withdrawn", "pii_principal");
    if (status == "expired") write_event(out, facts.held.record.head.updated_at, "expired", "controller");
    out.end_array();
}

}  // namespace

std::string consent_receipt(ReceiptFacts const& facts)
{
    auto const& head = facts.held.record.head;
    JsonWriter out;
    out.begin_object().member("schema_version", standard).member("receipt_id", head.id.text() + "/" + std::to_string(head.version)).member("issued_at", to_text(facts.now));
    out.member("pii_principal_id", facts.held.consent.identifier);
    out.key("consent_record").begin_object().member("schema_version", standard).member("record_id", head.id.text()).member("reference", head.reference).member("pii_principal_id", facts.held.consent.identifier);
    out.member("language", facts.language).member("state", head.status);
    write_notice(out, facts);
    out.key("purposes").begin_array();
    write_purpose(out, facts);
    out.end_array().key("party_identification").begin_array();
    write_party(out, facts);
    out.end_array();
    write_events(out, facts);
    optional(out, "evidence_hash", facts.held.consent.evidence_hash);
    out.end_object().end_object();
    return std::move(out).take();
}

}  // namespace greffier::reception
