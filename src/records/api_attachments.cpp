// The API of a record's attachments. A file comes as multipart/form-data (one file, `description`), or as the body
// itself with its name in ?name= or Content-Disposition.
#include <algorithm>

#include "core/text.hpp"
#include "records/api_parts.hpp"
#include "records/attachments.hpp"

namespace greffier::records::api {

namespace {

void write_attachment(JsonWriter& out, schema::Attachment const& attachment)
{
    out.member("id", attachment.id).member("name", attachment.name).key("description");
    if (attachment.description.empty()) out.null();
    else out.value(attachment.description);
    out.member("type", attachment.type).member("size", attachment.size).member("sha256", attachment.sha256);
}

std::optional<int> hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return std::nullopt;
}

std::string percent_decoded(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
        auto const low = high ? hex_digit(text[i + 2]) : std::nullopt;
        if (low) {
            out += static_cast<char>(*high * 16 + *low);
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

/// filename*=UTF-8''… before filename="…" (RFC 6266); a name is only ever shown, so a strange one does no harm.
std::string name_in(std::string_view disposition)
{
    auto const folded = to_lower_ascii(disposition);
    if (auto at = folded.find("filename*=utf-8''"); at != std::string::npos) {
        auto const value = disposition.substr(at + 17);
        return percent_decoded(trim(value.substr(0, value.find(';'))));
    }
    auto const at = folded.find("filename=");
    if (at == std::string::npos) return {};
    auto value = trim(disposition.substr(at + 9));
    if (value.starts_with('"')) return std::string{value.substr(1, value.find('"', 1) - 1)};
    return std::string{trim(value.substr(0, value.find(';')))};
}

Result<NewAttachment> file_of(Request const& request)
{
    auto const type = to_lower_ascii(request.header("content-type"));
    if (type.starts_with("application/x-www-form-urlencoded")) return Error::invalid("unsupported_media", {{"type", "application/x-www-form-urlencoded"}});
    if (type.starts_with("multipart/")) {
        if (request.files.size() != 1) return field_error("file", request.files.empty() ? "required" : "too_many", {{"max", "1"}});
        auto const& file = request.files.front();
        return NewAttachment{file.path, file.name, request.form.get("description")};
    }
    auto name = request.query.get("name");
    if (name.empty()) name = name_in(request.header("content-disposition"));
    NewAttachment file{std::string_view{request.body}, std::move(name), request.query.get("description")};
    if (!request.files.empty()) file.content = request.files.front().path;   // a large body waits on disk
    return file;
}

}  // namespace

Answer list_attachments(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const id = TRY(record_id_of(request));
    auto const moment = TRY(moment_of(context, request));
    auto const records = records_of(services, context);
    auto const stored = TRY(moment ? records.find_at(kind, id, moment->instant) : records.find(kind, id));
    auto const all = attachments_of(kind, stored.row);
    return paged(request, all.size(), [&](JsonWriter& out, std::size_t i) { write_attachment(out, all[i]); });
}

Answer add_attachment(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const id = TRY(record_id_of(request));
    auto const records = records_of(services, context);
    auto const current = TRY(records.find(kind, id));
    TRY(matched_version(request, current.head.version));
    auto const file = TRY(file_of(request));
    ContentOwner const owner(records.organisation(), kind, id);
    auto const attachment = TRY(keep_attachment(services.vault, owner, file));
    bool added = false;
    auto answer = write_once(
        services, context, request,
        [&](Batch& batch) -> Result<Stored> {
            auto const now = batch.find(kind, id);
            if (!now) return Error::not_found();
            auto done = records::add_attachment(batch, kind, id, TRY(matched_version(request, now->head.version)), attachment);
            added = done.ok();
            return done;
        },
        [&](Stored const& stored) {
            JsonWriter out;
            out.begin_object();
            write_attachment(out, attachment);
            out.end_object();
            auto made = Response::json(std::move(out).take(), 201);
            made.header("Location", address_of(context, kind, id) + "/attachments/" + attachment.id);
            made.header("ETag", etag_of(stored.head.version));
            return made;
        });
    if (!added || !answer.ok()) release_attachment(services.vault, owner, attachment);   // refused, or answered before
    return answer;
}

Answer download_attachment(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const records = records_of(services, context);
    auto const id = TRY(record_id_of(request));
    auto const attachment = TRY(find_attachment(records, kind, id, to_lower_ascii(request.param("attachment"))));
    return download(services.vault, {records.organisation(), kind, id}, attachment);
}

Answer delete_attachment(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const records = records_of(services, context);
    auto const current = TRY(records.find(kind, TRY(record_id_of(request))));
    auto const version = TRY(matched_version(request, current.head.version));
    auto const stored = TRY(detach(records, kind, current.head.id, version, to_lower_ascii(request.param("attachment")), by_of(context)));
    auto answer = Response::no_content();
    answer.header("ETag", etag_of(stored.head.version));
    return answer;
}

}  // namespace greffier::records::api
