#include "archive/parts.hpp"
#include "core/json_writer.hpp"

namespace greffier::archive {

namespace {

void member(JsonWriter& out, std::string_view name, std::string const& value) { out.member(name, std::string_view{value}); }
void member(JsonWriter& out, std::string_view name, Timestamp value) { member(out, name, greffier::to_text(value)); }
void member(JsonWriter& out, std::string_view name, Uuid const& value) { member(out, name, value.text()); }
void member(JsonWriter& out, std::string_view name, Hash const& value) { member(out, name, to_hex(value)); }
void member(JsonWriter& out, std::string_view name, std::int64_t value) { out.member(name, value); }

template <class V>
void optional_member(JsonWriter& out, std::string_view name, std::optional<V> const& value)
{
    if (value) member(out, name, *value);
    else out.null_member(name);
}

/// {"<name>":{…}}
template <class Write>
std::string line(std::string_view name, Write const& write)
{
    JsonWriter out;
    out.begin_object().key(name).begin_object();
    write(out);
    out.end_object().end_object();
    return std::move(out).take();
}

void write_role(JsonWriter& out, KeptRole const& role)
{
    out.begin_object().member("above", role.above).member("branch", role.branch);
    optional_member(out, "ends_at", role.ends_at);
    member(out, "id", role.id);
    optional_member(out, "revoked_at", role.revoked_at);
    member(out, "role", role.role);
    member(out, "since", role.since);
    out.end_object();
}

void write_token(JsonWriter& out, KeptToken const& token)
{
    out.begin_object();
    member(out, "actor", token.actor);
    member(out, "created_at", token.created_at);
    member(out, "expires_at", token.expires_at);
    member(out, "id", token.id);
    optional_member(out, "last_used_at", token.last_used_at);
    member(out, "name", token.name);
    optional_member(out, "person", token.person);
    optional_member(out, "revoked_at", token.revoked_at);
    member(out, "role", token.role);
    out.end_object();
}

}  // namespace

std::string to_text(Manifest const& manifest)
{
    JsonWriter out;
    out.begin_object().key("counts").begin_object();
    for (auto const& [name, count] : manifest.counts) out.member(name, count);
    out.end_object().member("format", format_name).member("format_version", manifest.version).key("ledger").begin_object();
    member(out, "checkpoint", manifest.checkpoint);
    member(out, "root", manifest.ledger_root);
    out.member("size", static_cast<std::int64_t>(manifest.ledger_size));
    member(out, "verifier_key", manifest.verifier_key);
    out.end_object().key("organisation").begin_object();
    member(out, "id", manifest.organisation.uuid);
    member(out, "name", manifest.name);
    member(out, "slug", manifest.slug);
    out.end_object().key("parts").begin_array();
    for (auto const& part : manifest.parts) {
        out.begin_object();
        member(out, "name", part.name);
        member(out, "sha256", part.sha256);
        out.member("size", static_cast<std::int64_t>(part.size)).end_object();
    }
    out.end_array();
    member(out, "program_version", manifest.program);
    out.end_object();
    return std::move(out).take() + "\n";
}

std::string to_text(KeptOrganisation const& organisation)
{
    JsonWriter out;
    out.begin_object();
    member(out, "accent", organisation.accent);
    optional_member(out, "archived_at", organisation.archived_at);
    out.member("colour", organisation.colour);
    member(out, "created_at", organisation.created_at);
    out.member("demo", organisation.demo).key("former_slugs").begin_array();
    for (auto const& slug : organisation.former_slugs) out.value(std::string_view{slug});
    out.end_array();
    member(out, "id", organisation.id.uuid);
    member(out, "kind", organisation.kind);
    member(out, "language", organisation.language);
    member(out, "logo", organisation.logo);
    member(out, "modules_off", organisation.modules_off);
    member(out, "name", organisation.name);
    member(out, "parent", organisation.parent);
    member(out, "slug", organisation.slug);
    member(out, "zone", organisation.zone);
    out.end_object();
    return std::move(out).take() + "\n";
}

std::string to_text(KeptPeople const& people)
{
    JsonWriter out;
    out.begin_object().key("people").begin_array();
    for (auto const& person : people.people) {
        out.begin_object();
        member(out, "email", person.email);
        member(out, "id", person.id);
        member(out, "language", person.language);
        member(out, "name", person.name);
        out.key("roles").begin_array();
        for (auto const& role : person.roles) write_role(out, role);
        out.end_array().end_object();
    }
    out.end_array().key("tokens").begin_array();
    for (auto const& token : people.tokens) write_token(out, token);
    out.end_array().end_object();
    return std::move(out).take() + "\n";
}

std::string to_line(KeptContent const& content)
{
    return line("attachment", [&](JsonWriter& out) {
        out.member("count", content.count);
        if (content.record) member(out, "record", *content.record);
        member(out, "sha256", content.sha256);
        out.member("size", static_cast<std::int64_t>(content.size));
    });
}

std::string to_line(KeptRecord const& record)
{
    return line("record", [&](JsonWriter& out) {
        out.member("completeness", record.completeness);
        member(out, "created_at", record.created_at);
        optional_member(out, "created_by", record.created_by);
        optional_member(out, "deleted_at", record.deleted_at);
        optional_member(out, "due_at", record.due_at);
        member(out, "id", record.id);
        optional_member(out, "import_key", record.import_key);
        optional_member(out, "owner", record.owner);
        member(out, "reference", record.reference);
        out.member("restricted", record.restricted);
        optional_member(out, "review_at", record.review_at);
        member(out, "status", record.status);
        member(out, "title", record.title);
        member(out, "updated_at", record.updated_at);
        optional_member(out, "updated_by", record.updated_by);
        out.member("version", record.version);
    });
}

std::string to_line(KeptKey const& key)
{
    return line("key", [&](JsonWriter& out) {
        optional_member(out, "destroyed_at", key.destroyed_at);
        if (key.key) out.member("key", std::string_view{to_hex(key.key->reveal())});
        else out.null_member("key");
    });
}

std::string to_line(KeptVersion const& version)
{
    return line("version", [&](JsonWriter& out) {
        member(out, "action", version.action);
        optional_member(out, "actor", version.actor);
        optional_member(out, "body", version.body);
        out.member("number", version.number);
        optional_member(out, "reason", version.reason);
        member(out, "recorded_at", version.recorded_at);
        optional_member(out, "reference", version.reference);
        optional_member(out, "salt", version.salt);
        out.member("schema_version", version.schema_version);
        optional_member(out, "sequence", version.sequence);
        optional_member(out, "status", version.status);
        optional_member(out, "title", version.title);
    });
}

std::string to_line(KeptLink const& link)
{
    return line("link", [&](JsonWriter& out) {
        member(out, "field", link.field);
        out.member("from_version", link.from_version).member("position", link.position);
        member(out, "target", link.target);
        optional_member(out, "to_version", link.to_version);
    });
}

std::string to_line(KeptBase const& base)
{
    return line("imported", [&](JsonWriter& out) {
        member(out, "body", base.body);
        member(out, "source", base.source);
    });
}

}  // namespace greffier::archive
