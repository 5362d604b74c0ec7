#include <algorithm>
#include <set>

#include "archive/parts.hpp"

namespace greffier::archive {

namespace {

constexpr std::size_t longest_body = 64U << 20, longest_title = 10'000;

std::optional<std::string> optional_text(JsonObject& object, std::string_view name, std::size_t longest = longest_title) { return object.optional(&JsonObject::text, name, longest); }

std::int64_t count_of(JsonObject& object, std::string_view name) { return object.number(name); }

KeptRole read_role(JsonObject& object)
{
    KeptRole role;
    role.id = object.id("id");
    role.role = object.text("role", 40);
    role.since = object.instant("since");
    role.ends_at = object.optional(&JsonObject::instant, "ends_at");
    role.above = object.truth("above");
    role.branch = object.truth("branch");
    role.revoked_at = object.optional(&JsonObject::instant, "revoked_at");
    return role;
}

KeptToken read_token(JsonObject& object)
{
    KeptToken token;
    token.id = object.id("id");
    token.actor = object.id("actor");
    token.person = object.optional(&JsonObject::id, "person");
    token.name = object.text("name", 1000);
    token.role = object.text("role", 40);
    token.created_at = object.instant("created_at");
    token.expires_at = object.instant("expires_at");
    token.revoked_at = object.optional(&JsonObject::instant, "revoked_at");
    token.last_used_at = object.optional(&JsonObject::instant, "last_used_at");
    return token;
}

KeptRecord read_record(JsonObject& object)
{
    KeptRecord record;
    record.id = object.id("id");
    record.version = object.number("version", 1);
    record.reference = object.text("reference", 1000);
    record.title = object.text("title", longest_title);
    record.status = object.text("status", 60);
    record.owner = object.optional(&JsonObject::id, "owner");
    record.created_by = object.optional(&JsonObject::id, "created_by");
    record.updated_by = object.optional(&JsonObject::id, "updated_by");
    record.due_at = object.optional(&JsonObject::instant, "due_at");
    record.review_at = object.optional(&JsonObject::instant, "review_at");
    record.deleted_at = object.optional(&JsonObject::instant, "deleted_at");
    record.created_at = object.instant("created_at");
    record.updated_at = object.instant("updated_at");
    record.completeness = static_cast<int>(object.number("completeness", 0, 100));
    record.import_key = optional_text(object, "import_key");
    record.restricted = object.truth("restricted");
    return record;
}

KeptKey read_key(JsonObject& object)
{
    KeptKey kept;
    if (auto const key = object.optional(&JsonObject::hash, "key")) kept.key = Secret<Bytes>(Bytes(key->begin(), key->end()));
    kept.destroyed_at = object.optional(&JsonObject::instant, "destroyed_at");
    if (kept.key.has_value() == kept.destroyed_at.has_value()) object.refuse();
    return kept;
}

KeptVersion read_version(JsonObject& object)
{
    KeptVersion version;
    version.number = object.number("number", 1);
    version.schema_version = static_cast<int>(object.number("schema_version", 0, 1'000'000));
    version.recorded_at = object.instant("recorded_at");
    version.actor = object.optional(&JsonObject::id, "actor");
    version.action = object.text("action", 60);
    version.reference = optional_text(object, "reference");
    version.title = optional_text(object, "title");
    version.status = optional_text(object, "status");
    version.reason = optional_text(object, "reason", longest_body);
    if (!object.is_null("sequence")) version.sequence = count_of(object, "sequence");
    version.salt = object.optional(&JsonObject::hash, "salt");
    version.body = optional_text(object, "body", longest_body);
    if (version.body && !version.salt) object.refuse();
    return version;
}

KeptLink read_link(JsonObject& object)
{
    KeptLink link;
    link.field = object.text("field", 200);
    link.position = object.number("position");
    link.target = object.id("target");
    link.from_version = object.number("from_version", 1);
    if (!object.is_null("to_version")) link.to_version = count_of(object, "to_version");
    return link;
}

}  // namespace

Result<Manifest> parse_manifest(std::string_view text)
{
    auto const parsed = JsonObject::parse(text, {std::string{part::manifest}});
    if (!parsed.ok()) return Error::invalid("archive.not_one");
    auto object = TRY(JsonObject::parse(text, {std::string{part::manifest}}));
    if (object.text("format", 100) != format_name) return Error::invalid("archive.not_one");
    Manifest manifest;
    manifest.version = static_cast<int>(object.number("format_version", 1, 1'000'000));
    TRY(object.sound());
    manifest.program = object.text("program_version", 100);
    if (manifest.version > format_version)
        return Error::conflict("archive.newer_format", {{"found", std::to_string(manifest.version)}, {"known", std::to_string(format_version)}, {"program", manifest.program}});
    auto town = object.object("organisation");
    manifest.organisation = {town.id("id")};
    manifest.slug = town.text("slug", 100);
    manifest.name = town.text("name", 1000);
    auto ledger = object.object("ledger");
    manifest.ledger_size = static_cast<std::uint64_t>(ledger.number("size"));
    manifest.ledger_root = ledger.hash("root");
    manifest.checkpoint = ledger.text("checkpoint");
    manifest.verifier_key = ledger.text("verifier_key", 1000);
    auto counts = object.object("counts");
    for (auto const& name : counts.members()) manifest.counts[name] = counts.number(name);
    for (auto& one : object.objects("parts")) {
        auto& part = manifest.parts.emplace_back();
        part.name = one.text("name", 200);
        part.size = static_cast<std::uint64_t>(one.number("size"));
        part.sha256 = one.hash("sha256");
    }
    if (!std::ranges::is_sorted(manifest.parts, std::ranges::less_equal{}, &Part::name) && manifest.parts.size() > 1) {
        std::set<std::string> names;
        for (auto const& part : manifest.parts)
            if (!names.insert(part.name).second) object.refuse();
    }
    TRY(object.sound());
    return manifest;
}

Result<KeptOrganisation> parse_organisation(std::string_view text)
{
    auto object = TRY(JsonObject::parse(text, {std::string{part::organisation}}));
    KeptOrganisation kept;
    kept.id = {object.id("id")};
    kept.slug = object.text("slug", 100);
    kept.name = object.text("name", 1000);
    kept.kind = object.text("kind", 60);
    kept.language = object.text("language", 10);
    kept.zone = object.text("zone", 100);
    kept.colour = static_cast<int>(object.number("colour", 0, 8));
    kept.created_at = object.instant("created_at");
    kept.archived_at = object.optional(&JsonObject::instant, "archived_at");
    kept.demo = object.truth("demo");
    kept.former_slugs = object.texts("former_slugs");
    kept.parent = object.text("parent", 100);
    auto const there = object.members();
    auto later = [&](std::string_view name, std::size_t longest) { return std::ranges::find(there, name) == there.end() ? std::string{} : object.text(name, longest); };
    kept.accent = later("accent", 7);
    kept.logo = later("logo", 80);
    kept.modules_off = later("modules_off", 1000);
    if (!is_time_zone(kept.zone)) object.refuse();
    TRY(object.sound());
    return kept;
}

Result<KeptPeople> parse_people(std::string_view text)
{
    auto object = TRY(JsonObject::parse(text, {std::string{part::people}}));
    KeptPeople kept;
    for (auto& one : object.objects("people")) {
        auto& person = kept.people.emplace_back();
        person.id = one.id("id");
        person.email = one.text("email", 320);
        person.name = one.text("name", 1000);
        person.language = one.text("language", 10);
        for (auto& role : one.objects("roles")) person.roles.push_back(read_role(role));
    }
    for (auto& one : object.objects("tokens")) kept.tokens.push_back(read_token(one));
    TRY(object.sound());
    return kept;
}

Result<KeptContent> parse_content(std::string_view line, Place const& place)
{
    auto object = TRY(JsonObject::parse(line, place));
    auto inner = object.object("attachment");
    KeptContent content{inner.hash("sha256"), static_cast<std::uint64_t>(inner.number("size", 1)), inner.number("count", 1)};
    auto const members = inner.members();
    if (std::ranges::find(members, "record") != members.end()) content.record = inner.id("record");
    TRY(object.sound());
    return content;
}

Result<RegisterLine> parse_register_line(std::string_view line, Place const& place)
{
    auto object = TRY(JsonObject::parse(line, place));
    auto const name = object.only_member();
    RegisterLine found;
    auto inner = object.object(name);
    if (name == "record") found.record = read_record(inner);
    else if (name == "key") found.key = read_key(inner);
    else if (name == "version") found.version = read_version(inner);
    else if (name == "link") found.link = read_link(inner);
    else if (name == "imported") found.base = {inner.text("source", 1000), inner.text("body", longest_body)};
    else object.refuse();
    TRY(object.sound());
    return found;
}

}  // namespace greffier::archive
