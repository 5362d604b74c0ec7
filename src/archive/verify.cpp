#include "archive/verify.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <stdexcept>

#include "accounts/memberships.hpp"
#include "accounts/people.hpp"
#include "archive/log_check.hpp"
#include "archive/parts.hpp"
#include "archive/tables.hpp"
#include "records/attachments.hpp"
#include "records/version_body.hpp"
#include "schema/json.hpp"

namespace greffier::archive {

namespace {

constexpr std::size_t told_each = 500;

class Verification {
public:
    Verification(ArchiveReader const& archive, records::Registers const& registers, Progress const& progress) : archive_(archive), registers_(registers), progress_(progress) {}

    Result<Verified> run()
    {
        TRY(read_organisation());
        TRY(read_people());
        TRY(read_contents());
        auto log = TRY(LogCheck::read(archive_));
        for (auto const& slug : archive_.registers()) TRY(read_register(slug, log));
        if (!log.is_complete()) return Error::invalid("archive.missing_version");
        for (auto const& content : found_.contents)
            if (content.record && !opens(*content.record)) return damaged({std::string{part::attachments}});
        TRY(read_side(part::settings));
        TRY(read_side(part::discussion));
        found_.former_checkpoints = TRY(archive_.text(part::checkpoints));
        if (archive_.has(part::former)) found_.former_checkpoints = TRY(archive_.text(part::former)) + found_.former_checkpoints;
        for (auto const& id : found_.records) found_.known.insert(id);
        return std::move(found_);
    }

private:
    Status read_organisation();
    Status read_people();
    Status read_contents();
    Status read_register(std::string const& slug, LogCheck& log);
    Status read_line(records::Register const& kind, RegisterLine& line, Place const& place, LogCheck& log);
    Status read_version(records::Register const& kind, KeptVersion const& version, Place const& place, LogCheck& log);
    Status end_record(Place const& place) const;
    Status read_key(records::Register const& kind, KeptKey const& key, Place const& place);
    [[nodiscard]] std::string in_clear(records::Register const& kind, std::int64_t version, int schema_version, std::string_view body) const;
    [[nodiscard]] bool keeps(records::Register const& kind, Hash const& content) const;
    [[nodiscard]] bool opens(Uuid const& record) const
    {
        auto const found = found_.keys.find(record);
        return found != found_.keys.end() && found->second.key;
    }
    Status read_side(std::string_view part);
    void tell(std::string_view stage, std::int64_t done, std::int64_t total) const
    {
        if (progress_) progress_(stage, done, total);
    }

    ArchiveReader const& archive_;
    records::Registers const& registers_;
    Progress const& progress_;
    Verified found_;
    std::set<Uuid> people_;
    std::map<Hash, std::set<std::optional<Uuid>>> holders_;   ///< of each content: records that seal it, or nobody
    std::set<std::string> side_keys_;
    std::optional<KeptRecord> record_;
    std::int64_t versions_ = 0;
    std::set<std::string> link_keys_;
};

Status Verification::read_organisation()
{
    found_.organisation = TRY(parse_organisation(TRY(archive_.text(part::organisation))));
    if (found_.organisation.id != archive_.manifest().organisation) return damaged({std::string{part::organisation}});
    return Nothing{};
}

Status Verification::read_people()
{
    Place const place{std::string{part::people}};
    found_.people = TRY(parse_people(TRY(archive_.text(part::people))));
    std::set<std::string> emails;
    std::set<Uuid> ids;
    for (auto const& person : found_.people.people) {
        if (person.email.find('@') == std::string::npos || !emails.insert(accounts::fold_email(person.email)).second || !people_.insert(person.id).second) return damaged(place);
        std::set<std::string> held;
        for (auto const& role : person.roles) {
            if (!ids.insert(role.id).second || (!role.revoked_at && !role.above && !held.insert(role.role).second)) return damaged(place);
            found_.known.insert(role.id);
        }
    }
    for (auto const& token : found_.people.tokens) {
        if (!ids.insert(token.id).second || (token.person && !people_.contains(*token.person))) return damaged(place);
        found_.known.insert(token.id);
    }
    found_.counts["people"] = static_cast<std::int64_t>(found_.people.people.size());
    return Nothing{};
}

Status Verification::read_contents()
{
    std::int64_t checked = 0;
    auto const total = archive_.manifest().counts.contains("attachments") ? archive_.manifest().counts.at("attachments") : 0;
    TRY(archive_.each_line(part::attachments, [&](std::string_view line, Place const& place) -> Status {
        auto const content = TRY(parse_content(line, place));
        if (content.size > records::Vault::max_size || !holders_[content.sha256].insert(content.record).second) return damaged(place);
        found_.contents.push_back(content);
        return Nothing{};
    }));
    for (auto const& part : archive_.manifest().parts) {
        if (!part.name.starts_with(part::contents)) continue;
        if (part.name.substr(part::contents.size()) != to_hex(part.sha256) || !holders_.contains(part.sha256)) return Error::invalid("archive.extra_part", {{"part", part.name}});
        TRY(archive_.each_piece(part.name, [](std::string_view) -> Status { return Nothing{}; }));
        tell("check_attachments", ++checked, total);
    }
    if (checked != static_cast<std::int64_t>(holders_.size())) return Error::invalid("archive.missing_part", {{"part", std::string{part::contents}}});
    found_.counts["attachments"] = checked;
    return Nothing{};
}

Status Verification::read_register(std::string const& slug, LogCheck& log)
{
    auto const* kind = registers_.find(slug);
    if (!kind) return Error::conflict("archive.unknown_register", {{"value", slug}, {"program", archive_.manifest().program}});
    Place last{std::string{part::registers} + slug + std::string{part::lines}};
    auto const total = archive_.manifest().counts.contains("records") ? archive_.manifest().counts.at("records") : 0;
    TRY(archive_.each_line(last.part, [&](std::string_view text, Place const& place) -> Status {
        auto line = TRY(parse_register_line(text, place));
        last = place;
        if (line.record && found_.records.size() % told_each == 0) tell("check_records", static_cast<std::int64_t>(found_.records.size()), total);
        return read_line(*kind, line, place, log);
    }));
    TRY(end_record(last));
    record_.reset();
    return Nothing{};
}

Status Verification::read_line(records::Register const& kind, RegisterLine& line, Place const& place, LogCheck& log)
{
    if (line.record) {
        TRY(end_record(place));
        if (!kind.has_status(line.record->status) || !found_.records.insert(line.record->id).second) return damaged(place);
        record_ = std::move(line.record);
        versions_ = 0;
        link_keys_.clear();
        ++found_.counts["records"];
        return Nothing{};
    }
    if (!record_) return damaged(place);
    if (line.key) return read_key(kind, *line.key, place);
    if (line.version) return read_version(kind, *line.version, place, log);
    if (line.link) {
        auto const& link = *line.link;
        auto const key = link.field + "/" + std::to_string(link.position) + "/" + std::to_string(link.from_version);
        if (link.from_version > record_->version || (link.to_version && (*link.to_version <= link.from_version || *link.to_version > record_->version)) || !link_keys_.insert(key).second) return damaged(place);
        return Nothing{};
    }
    if (!link_keys_.insert("imported " + line.base->source).second) return damaged(place);
    try {
        (void)in_clear(kind, 0, 0, line.base->body);
    } catch (std::runtime_error const&) {
        return damaged(place);
    }
    return Nothing{};
}

Status Verification::read_key(records::Register const& kind, KeptKey const& key, Place const& place)
{
    if (!kind.sealed || versions_ != 0 || !found_.keys.emplace(record_->id, records::RecordKey{key.key, true, key.destroyed_at}).second) return damaged(place);
    return Nothing{};
}

/// The body as from_stored() reads it. Throws when a seal does not open, or there is nothing to open it with.
std::string Verification::in_clear(records::Register const& kind, std::int64_t version, int schema_version, std::string_view body) const
{
    if (!kind.sealed || records::parts_of(body).sealed.empty()) return std::string{body};
    auto const found = found_.keys.find(record_->id);
    if (found == found_.keys.end()) throw std::runtime_error("a sealed record without its key");
    return records::opened_body(found->second.key, {archive_.manifest().organisation, {record_->id}, version, schema_version}, body);
}

/// What a destroyed record held is gone.
bool Verification::keeps(records::Register const& kind, Hash const& content) const
{
    if (kind.sealed && found_.keys.contains(record_->id) && !opens(record_->id)) return true;
    auto const found = holders_.find(content);
    return found != holders_.end() && (found->second.contains(std::nullopt) || (kind.sealed && found->second.contains(record_->id)));
}

/// The row, its envelope, its entry and what the record shows of it say the same.
Status Verification::read_version(records::Register const& kind, KeptVersion const& version, Place const& place, LogCheck& log)
{
    if (version.number != ++versions_ || version.number > record_->version) return damaged(place);
    if (version.schema_version > kind.schema->version) return Error::conflict("archive.newer_register", {{"value", std::string{kind.slug}}, {"program", archive_.manifest().program}});
    if (!log.vouches(kind.slug, record_->id, version)) return Error::invalid("archive.not_vouched", {{"part", place.part}, {"line", std::to_string(place.line)}});
    ++found_.counts["versions"];
    if (!version.body) {
        ++found_.counts["erased_versions"];
        return Nothing{};
    }
    try {
        auto const body = records::parse_version_body(*version.body);
        if (body.action != version.action || body.reason != version.reason.value_or("") || body.reference != version.reference.value_or("") || body.status != version.status.value_or("")) return damaged(place);
        auto const row = schema::from_stored(*kind.schema, in_clear(kind, version.number, version.schema_version, body.record), version.schema_version);
        for (auto const& attachment : records::attachments_of(kind, row)) {
            auto const bytes = from_hex(attachment.sha256);
            Hash hash{};
            if (bytes && bytes->size() == hash.size()) std::ranges::copy(*bytes, hash.begin());
            if (!keeps(kind, hash)) return Error::invalid("archive.missing_part", {{"part", std::string{part::contents} + attachment.sha256.substr(0, 64)}});
        }
        if (version.number == record_->version && (body.reference != record_->reference || body.status != record_->status || version.title.value_or("") != record_->title)) return damaged(place);
    } catch (std::runtime_error const&) {   // bytes that no program of ours wrote
        return damaged(place);
    }
    return Nothing{};
}

Status Verification::end_record(Place const& place) const
{
    if (record_ && versions_ != record_->version) return damaged(place);
    return Nothing{};
}

Status Verification::read_side(std::string_view name)
{
    return archive_.each_line(name, [&](std::string_view text, Place const& place) -> Status {
        auto const line = TRY(parse_side_line(text, place));
        auto const& table = *line.table;
        if (!side_keys_.insert(std::string{table.name} + "/" + key_of(line.row, table.key)).second) return damaged(place);
        if (!table.of.empty() && !side_keys_.contains(std::string{table.of} + "/" + key_of(line.row, table.belongs))) return damaged(place);
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            if (!line.row[i] || line.row[i]->index() != 1) continue;
            auto const& value = std::get<std::string>(*line.row[i]);
            Uuid id;
            if (table.columns[i].means == Means::Record || table.columns[i].means == Means::Person) std::ranges::copy_n(as_bytes(value).begin(), 16, id.bytes.begin());
            if (table.columns[i].means == Means::Record && !found_.records.contains(id)) return damaged(place);
            if (table.columns[i].means == Means::Person && !people_.contains(id)) return damaged(place);
        }
        ++found_.counts[std::string{table.name}];
        return Nothing{};
    });
}

}  // namespace

Result<Verified> verify(ArchiveReader const& archive, records::Registers const& registers, Progress const& progress)
{
    return Verification(archive, registers, progress).run();
}

}  // namespace greffier::archive
