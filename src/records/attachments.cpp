#include "records/attachments.hpp"

#include <algorithm>
#include <fstream>

#include "core/text.hpp"
#include "records/content_type.hpp"
#include "records/one_act.hpp"
#include "schema/schema.hpp"

namespace greffier::records {

using schema::Attachment;

namespace {

constexpr std::string_view field_name = "attachments";

schema::Schema<Attachment> const& attachment_schema() { return schema_of(static_cast<Attachment const*>(nullptr)); }

schema::Rows rows_of(Register const& kind, schema::Row const& row)
{
    auto const* rows = std::get_if<schema::Rows>(&schema::get(*kind.schema, row, field_name));
    return rows ? *rows : schema::Rows{};
}

std::string head_of(NewAttachment const& file)
{
    if (auto const* text = std::get_if<std::string_view>(&file.content)) return std::string{text->substr(0, sniffed_bytes)};
    std::ifstream stream(std::get<std::filesystem::path>(file.content), std::ios::binary);
    std::string head(sniffed_bytes, '\0');
    stream.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(stream.gcount()));
    return head;
}

std::optional<Hash> hash_of(Attachment const& attachment)
{
    auto const bytes = from_hex(attachment.sha256);
    Hash hash{};
    if (!bytes || bytes->size() != hash.size()) return std::nullopt;
    std::ranges::copy(*bytes, hash.begin());
    return hash;
}

Result<Stored> current_of(Batch& batch, Register const& kind, RecordId id)
{
    if (kind.schema->index_of(field_name) < 0) return Error::conflict("no_attachments");
    auto found = batch.find(kind, id);
    if (!found) return Error::not_found();
    return std::move(*found);
}

/// The transaction holds the record: what was read is what is changed.
Result<Stored> put_rows(Batch& batch, Register const& kind, Stored const& current, std::int64_t version, schema::Rows rows)
{
    auto row = current.row;
    schema::set(*kind.schema, row, field_name, rows.empty() ? schema::Value{} : schema::Value{std::move(rows)});
    return batch.update(kind, {current.head.id, version == 0 ? current.head.version : version, std::move(row)});
}

}  // namespace

std::vector<Attachment> attachments_of(Register const& kind, schema::Row const& row)
{
    std::vector<Attachment> all;
    for (auto const& owned : rows_of(kind, row))
        if (auto attachment = attachment_schema().unpack(owned); attachment.ok()) all.push_back(std::move(attachment).value());
    return all;
}

Result<Attachment> keep_attachment(Vault& vault, ContentOwner const& owner, NewAttachment const& file)
{
    Attachment attachment;
    attachment.description = squeeze(file.description);
    if (!is_utf8(attachment.description)) return Error{ErrorKind::Invalid, "invalid", {}, {{"description", "bad_utf8", {}}}};
    if (length_utf8(attachment.description) > 500) return Error{ErrorKind::Invalid, "invalid", {}, {{"description", "too_long", {{"max", "500"}}}}};
    auto const kept = TRY(std::visit([&](auto const& content) { return vault.keep(owner, content); }, file.content));
    attachment.id = Uuid::make().text();
    attachment.name = clean_file_name(file.name);
    attachment.type = sniff_type(head_of(file));
    attachment.sha256 = to_hex(kept.sha256);
    attachment.size = static_cast<std::int64_t>(kept.size);
    return attachment;
}

void release_attachment(Vault& vault, ContentOwner const& owner, Attachment const& attachment)
{
    if (auto const hash = hash_of(attachment)) vault.release(owner, *hash);
}

Result<Stored> add_attachment(Batch& batch, Register const& kind, RecordId id, std::int64_t version, Attachment const& attachment)
{
    auto const current = TRY(current_of(batch, kind, id));
    auto rows = rows_of(kind, current.row);
    rows.push_back(attachment_schema().pack(attachment));
    return put_rows(batch, kind, current, version, std::move(rows));
}

Result<Stored> remove_attachment(Batch& batch, Register const& kind, RecordId id, std::int64_t version, std::string_view attachment_id)
{
    auto const current = TRY(current_of(batch, kind, id));
    auto rows = rows_of(kind, current.row);
    if (std::erase_if(rows, [&](schema::Row const& row) { return row.id == attachment_id; }) == 0) return Error::not_found();
    return put_rows(batch, kind, current, version, std::move(rows));
}

Result<Stored> attach(Records const& records, Vault& vault, Register const& kind, RecordId id, std::int64_t version, NewAttachment const& file, By const& by)
{
    TRY(records.find(kind, id));   // nothing is kept for a record that is not there
    ContentOwner const owner(records.organisation(), kind, id);
    auto const attachment = TRY(keep_attachment(vault, owner, file));
    auto done = one_act(records.machinery(), records.organisation(), records.sight(), by, [&](Batch& batch) { return add_attachment(batch, kind, id, version, attachment); });
    if (!done.ok()) release_attachment(vault, owner, attachment);
    return done;
}

Result<Stored> detach(Records const& records, Register const& kind, RecordId id, std::int64_t version, std::string_view attachment_id, By const& by)
{
    return one_act(records.machinery(), records.organisation(), records.sight(), by, [&](Batch& batch) { return remove_attachment(batch, kind, id, version, attachment_id); });
}

Result<Attachment> find_attachment(Records const& records, Register const& kind, RecordId id, std::string_view attachment_id)
{
    auto const held = [&](schema::Row const& row) -> std::optional<Attachment> {
        for (auto& attachment : attachments_of(kind, row))
            if (attachment.id == attachment_id) return std::move(attachment);
        return std::nullopt;
    };
    auto const current = TRY(records.find(kind, id, true));   // the bin shows its files, and opens them
    if (auto found = held(current.row)) return std::move(*found);
    for (auto const& version : TRY(records.versions(kind, id)))
        if (!version.erased)
            if (auto found = held(version.row)) return std::move(*found);
    return Error::not_found();
}

Result<web::Response> download(Vault& vault, ContentOwner const& owner, Attachment const& attachment)
{
    auto const hash = hash_of(attachment);
    if (!hash) return Error::not_found();
    auto content = TRY(vault.open(owner, *hash));
    auto answer = web::Response::download(attachment.name, attachment.type, "");
    answer.stream = std::move(content.next);
    return answer;
}

}  // namespace greffier::records
