#include "reception/intake.hpp"

#include <algorithm>
#include <array>

#include "accounts/visitor.hpp"
#include "core/crypto.hpp"
#include "core/text.hpp"
#include "mail/reader.hpp"
#include "reception/fields.hpp"
#include "reception/submissions.hpp"
#include "records/content_type.hpp"
#include "records/notifications.hpp"
#include "records/vocabulary.hpp"
#include "registers/breach/breach.hpp"
#include "registers/request/request.hpp"
#include "schema/extend.hpp"

namespace greffier::reception {

using accounts::Role;
using records::Register;
using storage::Session;
using storage::SqlText;

namespace {

constexpr std::array registers{std::string_view{"breaches"}, std::string_view{"requests"}};
constexpr std::string_view message_name = "message.eml";
/// A date the sender claims is believed only so far back: the time limit of a request runs from it.
constexpr std::chrono::hours believed{24 * 30};

Timestamp arrived(mail::ReadMessage const& message, Timestamp now)
{
    return message.written && *message.written <= now && *message.written > now - believed ? *message.written : now;
}

/// As many as the field takes; the rest is in the message.
std::string words_of(mail::ReadMessage const& message, Register const& kind, std::string_view field, Locale const& locale)
{
    auto const* declared = kind.schema->find(field);
    auto const most = declared && declared->max_length > 0 ? static_cast<std::size_t>(declared->max_length) : mail::ReadLimits{}.text;
    auto const rest = "\n\n" + locale.text("intake.cut");
    auto words = std::string{trim(message.subject.empty() ? message.text : message.subject + "\n\n" + message.text)};
    bool const fits = length_utf8(words) + length_utf8(rest) <= most;
    if (!fits) words = shorten(words, most - length_utf8(rest) - 1);
    return fits && !message.text_cut ? words : words + rest;
}

schema::Contact sender_of(mail::ReadMessage const& message)
{
    schema::Contact sender;
    sender.name = shorten(message.from.name, 200);
    if (is_email(message.from.address)) sender.email.value = message.from.address;
    else if (sender.name.empty()) sender.name = shorten(message.from.address, 200);
    return sender;
}

schema::Row request_row(Register const& kind, mail::ReadMessage const& message, Locale const& locale, Timestamp now)
{
    request::Request request;
    request.received_at = arrived(message, now);
    request.channel = request::Channel::Email;
    request.capacity = request::Capacity::Person;
    request.wording.value = words_of(message, kind, "wording", locale);
    request.requester = sender_of(message);
    // Which rights are asked is for people to read: the title says how it came, and nothing of it.
    request.subject = locale.text("intake.request_title", {{"when", locale.instant(*request.received_at)}});
    return schema::carry(request::request_schema().info(), request::request_schema().pack(request), *kind.schema);
}

schema::Row breach_row(Register const& kind, mail::ReadMessage const& message, Locale const& locale, Timestamp now)
{
    breach::Breach incident;
    auto const at = arrived(message, now);
    incident.facts.value = words_of(message, kind, "facts", locale);
    incident.detected_at = at;
    incident.reported_at = at;
    incident.reported_by = sender_of(message);
    incident.intake = schema::Term<breach::Intakes>{"e_mail"};
    incident.title = locale.text("intake.breach_title", {{"when", locale.instant(at)}});
    return schema::carry(breach::breach_schema().info(), breach::breach_schema().pack(incident), *kind.schema);
}

std::string hash_of(mail::ReadMessage const& message) { return to_hex(sha256(as_bytes(message.id))); }

std::optional<RecordId> taken_before(Session& session, OrganisationId organisation, std::string_view register_slug, std::string const& hash)
{
    auto row = session.query(SqlText{"SELECT record_id FROM intake_message WHERE organisation_id=? AND register=? AND message_hash=?"}, organisation, register_slug, hash);
    return row.next() ? std::optional{row.id<greffier::Record>(0)} : std::nullopt;
}

std::vector<records::NewAttachment> files_of(mail::ReadMessage const& message, std::string_view whole, TakenIn& taken)
{
    std::vector<records::NewAttachment> files;
    taken.message_kept = whole.size() <= records::Vault::max_size;
    if (taken.message_kept) files.push_back({whole, std::string{message_name}});
    taken.files_left_out = message.files_left_out;
    for (auto const& file : message.files) {
        std::string_view const content{file.content};
        if (content.size() > largest_file || !is_welcome(records::sniff_type(content.substr(0, records::sniffed_bytes)))) ++taken.files_left_out;
        else files.push_back({content, records::clean_file_name(file.name)});
    }
    return files;
}

std::vector<Role> told_of(std::string_view register_slug)
{
    if (register_slug == "breaches") return {Role::Dpo, Role::DpoAssistant, Role::Ciso};
    return {Role::Dpo, Role::DpoAssistant};
}

}  // namespace

bool takes_messages(std::string_view register_slug) { return std::ranges::find(registers, register_slug) != registers.end(); }

Result<TakenIn> take_in(IntakeServices const& services, accounts::OrganisationInfo const& where, std::string_view register_slug, std::string_view bytes, records::By const& by)
{
    auto const known = records::known_registers(services.machinery, where.id);
    auto const* kind = takes_messages(register_slug) ? known->find(register_slug) : nullptr;
    if (!kind) return Error::invalid("intake_register", {{"register", shorten(register_slug, 60)}});
    auto const message = TRY(mail::read_message(bytes));
    auto const hash = hash_of(message);
    Locale const locale(where.language, where.zone);
    auto& database = services.machinery.database;
    TakenIn taken;
    auto const found = [&](RecordId id) -> Result<TakenIn> {
        taken.record = TRY(records::Records(services.machinery, where.id, arriving()).find(*kind, id, true));
        taken.known = true;
        return taken;
    };
    if (auto const before = taken_before(*database.read_of(where.id), where.id, register_slug, hash)) return found(*before);
    if (is_full(services.machinery, where.id, *kind)) return Error::conflict("public_full");
    auto const readers = members_holding(services.memberships, where.id, told_of(register_slug));
    auto row = register_slug == "requests" ? request_row(*kind, message, locale, by.now) : breach_row(*kind, message, locale, by.now);
    std::function<void()> once_committed;
    std::optional<RecordId> raced;
    TRY(database.write([&](Session& session) -> Status {
        session.lock(where.id);
        if (accounts::is_archived(session, where.id)) return Error::not_found();
        if ((raced = taken_before(session, where.id, register_slug, hash))) return Nothing{};
        records::Batch batch(services.machinery, where.id, session, by, arriving());
        records::NewRecord record;
        record.row = row;
        taken.record = TRY(batch.create(*kind, std::move(record)));
        session.execute(SqlText{"INSERT INTO intake_message(organisation_id, register, message_hash, record_id, taken_at) VALUES(?,?,?,?,?)"}, where.id, register_slug, hash, taken.record.head.id, by.now);
        for (auto const& reader : readers)
            if (reader.person.id.uuid != by.actor)
                records::notify(session, {reader.person.id, where.id, records::NotificationKind::Received, by.actor, by.now, std::string{register_slug}, taken.record.head.id});
        batch.finish();
        once_committed = batch.once_committed();
        return Nothing{};
    }));
    if (raced) return found(*raced);
    once_committed();
    if (!keep_files(services.machinery, services.vault, by, where.id, *kind, taken.record.head.id, files_of(message, bytes, taken))) taken.message_kept = false;
    return taken;
}

}  // namespace greffier::reception
