#pragma once
// Attachments of a record: rows of its read-only field `attachments`, so that adding or removing one is an ordinary
// version. What a past version held stays downloadable: removing a row releases no content.

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "records/store.hpp"
#include "records/vault.hpp"
#include "schema/kinds.hpp"
#include "web/message.hpp"

namespace greffier::records {

/// A file as it was received: on disk, or in memory (which must outlive the call).
struct NewAttachment {
    std::variant<std::filesystem::path, std::string_view> content;
    std::string name = {};          ///< as the sender said; cleaned
    std::string description = {};
};

/// Empty when the register declares no attachments.
std::vector<schema::Attachment> attachments_of(Register const& kind, schema::Row const& row);

/// Keeps the content and gives the row to add. The content is counted at once: release() it when the write fails.
Result<schema::Attachment> keep_attachment(Vault& vault, ContentOwner const& owner, NewAttachment const& file);
void release_attachment(Vault& vault, ContentOwner const& owner, schema::Attachment const& attachment);

/// The two writes inside a transaction of the caller's. `version` 0 means the one that stands.
Result<Stored> add_attachment(Batch& batch, Register const& kind, RecordId id, std::int64_t version, schema::Attachment const& attachment);
Result<Stored> remove_attachment(Batch& batch, Register const& kind, RecordId id, std::int64_t version, std::string_view attachment_id);

/// Whole acts: the content, then one write. The new row is the last one.
Result<Stored> attach(Records const& records, Vault& vault, Register const& kind, RecordId id, std::int64_t version, NewAttachment const& file, By const& by);
Result<Stored> detach(Records const& records, Register const& kind, RecordId id, std::int64_t version, std::string_view attachment_id, By const& by);

/// In the record as it stands, else in the newest of its versions that held it.
Result<schema::Attachment> find_attachment(Records const& records, Register const& kind, RecordId id, std::string_view attachment_id);
/// Streams the content: an attachment, nosniff, sandboxed.
Result<web::Response> download(Vault& vault, ContentOwner const& owner, schema::Attachment const& attachment);

}  // namespace greffier::records
