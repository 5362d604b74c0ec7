#include "archive/certificate.hpp"

#include "archive/json_line.hpp"
#include "core/json_writer.hpp"
#include "ledger/ledger.hpp"

namespace greffier::archive {

using storage::Session;
using storage::SqlText;

namespace {

constexpr std::string_view form = "greffier-removal-certificate";

std::string key_of(OrganisationId organisation) { return "removal_certificate." + organisation.text(); }

void instant_or_null(JsonWriter& out, std::string_view name, std::optional<Timestamp> instant)
{
    if (instant) out.member(name, std::string_view{greffier::to_text(*instant)});
    else out.null_member(name);
}

/// Sorted keys: its bytes are signed.
std::string plain_text(Certificate const& certificate)
{
    JsonWriter out;
    out.begin_object().key("attachments").begin_object().member("bytes", certificate.attachment_bytes).member("files", certificate.attachments).end_object();
    out.member("comments", certificate.comments).member("created_at", std::string_view{greffier::to_text(certificate.created_at)});
    instant_or_null(out, "first_write", certificate.first_write);
    out.member("format", form).member("format_version", 1);
    instant_or_null(out, "last_write", certificate.last_write);
    out.key("ledger").begin_object().member("origin", std::string_view{ledger::origin_of(certificate.organisation)}).member("root", std::string_view{to_hex(certificate.ledger_root)})
        .member("size", certificate.ledger_size).end_object();
    out.key("organisation").begin_object().member("id", std::string_view{certificate.organisation.text()}).member("name", std::string_view{certificate.name})
        .member("slug", std::string_view{certificate.slug}).end_object();
    out.key("people").begin_object().member("erased", certificate.people_erased).member("members", certificate.members).end_object();
    out.key("registers").begin_array();
    for (auto const& one : certificate.registers)
        out.begin_object().member("records", one.records).member("register", std::string_view{one.slug}).member("versions", one.versions).end_object();
    out.end_array().member("removed_at", std::string_view{greffier::to_text(certificate.removed_at)}).member("removed_by", std::string_view{certificate.removed_by}).end_object();
    return std::move(out).take();
}

}  // namespace

std::string signed_text(Certificate const& certificate, SigningKey const& key)
{
    auto const plain = plain_text(certificate);
    JsonWriter out;
    out.begin_object().key("certificate").raw(plain).member("signature", std::string_view{to_base64(sign(key, as_bytes(plain)))})
        .member("verifier_key", std::string_view{ledger::verifier_key(ledger::origin_of(certificate.organisation), key.public_key)}).end_object();
    return std::move(out).take() + "\n";
}

std::optional<Certificate> parse_certificate(std::string_view text)
{
    auto parsed = JsonObject::parse(text, {"certificate"});
    if (!parsed.ok()) return std::nullopt;
    auto object = parsed->object("certificate");
    Certificate certificate;
    auto town = object.object("organisation"), ledger = object.object("ledger"), files = object.object("attachments"), people = object.object("people");
    certificate.organisation = {town.id("id")};
    certificate.name = town.text("name");
    certificate.slug = town.text("slug");
    certificate.removed_by = object.text("removed_by");
    certificate.created_at = object.instant("created_at");
    certificate.removed_at = object.instant("removed_at");
    certificate.first_write = object.optional(&JsonObject::instant, "first_write");
    certificate.last_write = object.optional(&JsonObject::instant, "last_write");
    certificate.ledger_size = ledger.number("size");
    certificate.ledger_root = ledger.hash("root");
    certificate.attachments = files.number("files");
    certificate.attachment_bytes = files.number("bytes");
    certificate.comments = object.number("comments");
    certificate.members = people.number("members");
    certificate.people_erased = people.number("erased");
    for (auto& one : object.objects("registers")) certificate.registers.push_back({one.text("register"), one.number("records"), one.number("versions")});
    if (!object.sound().ok()) return std::nullopt;
    return certificate;
}

std::string in_words(Certificate const& certificate, Locale const& locale)
{
    std::string out = locale.text("archive.certificate.title") + "\n\n";
    auto line = [&](std::string_view name, std::string const& value) { out += locale.text("archive.certificate." + std::string{name}, {{"value", value}}) + "\n"; };
    line("organisation", certificate.name + " (" + certificate.slug + ", " + certificate.organisation.text() + ")");
    line("removed_at", locale.instant(certificate.removed_at));
    line("removed_by", certificate.removed_by);
    line("created_at", locale.instant(certificate.created_at));
    if (certificate.first_write && certificate.last_write) {
        line("first_write", locale.instant(*certificate.first_write));
        line("last_write", locale.instant(*certificate.last_write));
    }
    out += "\n";
    for (auto const& one : certificate.registers)
        out += locale.text("archive.certificate.register", {{"register", locale.text("register." + one.slug)}, {"records", locale.number(one.records)}, {"versions", locale.number(one.versions)}}) + "\n";
    out += locale.text("archive.certificate.attachments", {{"files", locale.number(certificate.attachments)}, {"bytes", locale.bytes(static_cast<std::uint64_t>(certificate.attachment_bytes))}}) + "\n";
    line("comments", locale.number(certificate.comments));
    out += locale.text("archive.certificate.people", {{"members", locale.number(certificate.members)}, {"erased", locale.number(certificate.people_erased)}}) + "\n\n";
    out += locale.text("archive.certificate.ledger", {{"size", locale.number(certificate.ledger_size)}, {"root", to_base64(certificate.ledger_root)}}) + "\n";
    return out;
}

void keep_certificate(Session& session, OrganisationId organisation, std::string const& text)
{
    auto const key = key_of(organisation);
    session.execute(SqlText{"INSERT INTO installation(key, value) VALUES(?,?) ON CONFLICT(key) DO UPDATE SET value=excluded.value"}, key, text);
}

std::optional<std::string> kept_certificate(Session& session, OrganisationId organisation)
{
    auto const key = key_of(organisation);
    auto row = session.query(SqlText{"SELECT value FROM installation WHERE key=?"}, key);
    if (!row.next()) return std::nullopt;
    return row.text(0);
}

std::optional<std::uint64_t> size_when_removed(Session& session, OrganisationId organisation)
{
    auto const text = kept_certificate(session, organisation);
    auto const certificate = text ? parse_certificate(*text) : std::nullopt;
    if (!certificate) return std::nullopt;
    return static_cast<std::uint64_t>(certificate->ledger_size);
}

}  // namespace greffier::archive
