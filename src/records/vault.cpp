#include "records/vault.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <utility>

#include "records/sealed_content.hpp"

namespace greffier::records {

using storage::Session;
using storage::SqlText;

namespace {

[[noreturn]] void fail(std::filesystem::path const& path, char const* what)
{
    throw std::runtime_error("attachment " + path.filename().string() + ": " + what);
}

/// A file that is not to stay under its temporary name, whatever happens.
struct Temporary {
    std::filesystem::path path;
    Temporary() = default;
    Temporary(Temporary const&) = delete;
    Temporary& operator=(Temporary const&) = delete;
    ~Temporary()
    {
        if (!path.empty()) ::unlink(path.c_str());
    }
};

/// Reads a sealed file piece by piece; gives nothing that was not checked.
class SealedReader {
public:
    SealedReader(Secret<Bytes> const& key, std::filesystem::path path, Hash const& sha256)
        : path_(std::move(path)), file_(path_, std::ios::binary), stream_(key, header()), expected_(sha256)
    {
        ahead_ = pull();   // a small content is judged whole before the first byte of the answer
    }

    std::string next() { return finished_ ? std::exchange(ahead_, {}) : std::exchange(ahead_, pull()); }

private:
    Bytes header()
    {
        if (!file_) fail(path_, "cannot be read");
        Bytes bytes(OpenStream::header_size);
        file_.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        if (file_.gcount() != static_cast<std::streamsize>(bytes.size())) fail(path_, "is damaged");
        return bytes;
    }

    std::string pull()
    {
        Bytes sealed(SealStream::piece_size + SealStream::overhead);
        file_.read(reinterpret_cast<char*>(sealed.data()), static_cast<std::streamsize>(sealed.size()));
        sealed.resize(static_cast<std::size_t>(file_.gcount()));
        auto const piece = stream_.pull(sealed);
        if (!piece) fail(path_, "is damaged");
        hash_.update(piece->bytes);
        finished_ = piece->last;
        // One content put in the place of another opens well under the same key: only its hash tells.
        if (finished_ && (hash_.finish() != expected_ || file_.peek() != std::ifstream::traits_type::eof())) fail(path_, "is damaged");
        return std::string{as_text(piece->bytes)};
    }

    std::filesystem::path path_;
    std::ifstream file_;
    OpenStream stream_;
    Sha256 hash_;
    Hash expected_;
    bool finished_ = false;
    std::string ahead_;
};

}  // namespace

Vault::Vault(storage::Database& database, std::filesystem::path directory, Secret<Bytes> master)
    : database_(database), directory_(std::move(directory)), keys_(database, std::move(master))
{
}

std::optional<Secret<Bytes>> Vault::key_of(ContentOwner& owner) const
{
    if (owner.record) {
        auto session = database_.read_of(owner.organisation);
        auto const held = sealing_.record_key(*session, owner.organisation, *owner.record);
        if (held.was_there && !held.key) return std::nullopt;
        if (held.key) return contents_key_of(*held.key);
        owner.record.reset();
    }
    return keys_.of(owner.organisation, contents_key_purpose);
}

std::filesystem::path Vault::place_of(std::string const& storage_name) const { return content_place(directory_, storage_name); }

std::filesystem::path Vault::write_sealed(Secret<Bytes> const& key, Reader const& read) const
{
    make_content_directory(directory_);
    auto const path = directory_ / (".new-" + random_token(128));
    write_sealed_content(path, key, read);
    return path;
}

bool Vault::is_kept(OrganisationId organisation, Kept const& kept)
{
    auto session = database_.read();
    auto row = session->query(SqlText{"SELECT 1 FROM attachment_blob WHERE organisation_id=? AND storage_name=?"}, organisation, kept.storage_name);
    return row.next() && std::filesystem::exists(place_of(kept.storage_name));
}

Result<Vault::Kept> Vault::keep_from(ContentOwner const& asked, std::function<Reader()> const& from_the_beginning)
{
    Error const destroyed{ErrorKind::Invalid, "invalid", {}, {{"file", "key_destroyed", {}}}};
    auto owner = asked;
    auto const found = key_of(owner);
    if (!found) return destroyed;
    auto const& key = *found;
    auto const organisation = owner.organisation;
    Kept kept;
    Sha256 hash;
    std::string buffer(SealStream::piece_size, '\0');
    auto const read = from_the_beginning();
    while (auto const size = read(buffer.data(), buffer.size())) {
        hash.update(as_bytes({buffer.data(), size}));
        if ((kept.size += size) > max_size) return Error::too_large("attachment_too_large", {{"max", std::to_string(max_size / (1024 * 1024))}});
    }
    if (kept.size == 0) return Error::invalid("empty_file");
    kept.sha256 = hash.finish();
    kept.storage_name = content_name(key, kept.sha256);

    Temporary fresh;
    auto const place = place_of(kept.storage_name);
    auto const seal_once = [&] {
        if (!fresh.path.empty()) return;
        fresh.path = write_sealed(key, from_the_beginning());
        make_content_directory(place.parent_path());
    };
    if (!is_kept(organisation, kept)) seal_once();
    // The name is taken inside the write: release() removes files under the same lock, so neither undoes the other.
    auto const done = database_.write([&](Session& session) -> Status {
        session.lock(organisation);
        if (owner.record && !sealing_.record_key(session, organisation, *owner.record).key) return destroyed;   // meanwhile
        session.execute(SqlText{"INSERT INTO attachment_blob(organisation_id, storage_name, sha256, size, count, record_id) VALUES(?,?,?,?,1,?) "
                                "ON CONFLICT(organisation_id, storage_name) DO UPDATE SET count=attachment_blob.count+1"},
                        organisation, kept.storage_name, kept.sha256, kept.size, owner.record);
        if (!std::filesystem::exists(place)) seal_once();
        if (!fresh.path.empty()) {
            std::filesystem::rename(std::exchange(fresh.path, {}), place);
            sync_directory(place.parent_path());
        }
        return Nothing{};
    });
    if (!done.ok()) return done.error();
    return kept;
}

Result<Vault::Kept> Vault::keep(ContentOwner const& owner, std::filesystem::path const& file)
{
    return keep_from(owner, [&]() -> Reader {
        // shared: a std::function is copied, a stream is not.
        auto stream = std::make_shared<std::ifstream>(file, std::ios::binary);
        if (!*stream) fail(file, "cannot be read");
        return [stream](char* buffer, std::size_t size) {
            stream->read(buffer, static_cast<std::streamsize>(size));
            return static_cast<std::size_t>(stream->gcount());
        };
    });
}

Result<Vault::Kept> Vault::keep(ContentOwner const& owner, std::string_view content)
{
    return keep_from(owner, [&]() -> Reader {
        return [rest = content](char* buffer, std::size_t size) mutable {
            auto const taken = rest.substr(0, size);
            std::ranges::copy(taken, buffer);
            rest.remove_prefix(taken.size());
            return taken.size();
        };
    });
}

Result<Vault::Content> Vault::open_under(Secret<Bytes> const& key, OrganisationId organisation, Hash const& sha256)
{
    auto const name = content_name(key, sha256);
    auto session = database_.read();
    auto row = session->query(SqlText{"SELECT size FROM attachment_blob WHERE organisation_id=? AND storage_name=?"}, organisation, name);
    if (!row.next()) return Error::not_found();
    auto const size = static_cast<std::uint64_t>(row.integer(0));
    // shared: the producer of an answer is a std::function, which must be copyable.
    auto reader = std::make_shared<SealedReader>(key, place_of(name), sha256);
    return Content{size, [reader] { return reader->next(); }};
}

Result<Vault::Content> Vault::open(ContentOwner const& asked, Hash const& sha256)
{
    auto owner = asked;
    if (auto const key = key_of(owner)) {
        auto found = open_under(*key, owner.organisation, sha256);
        if (found.ok() || !owner.record) return found;
    }
    return open_under(keys_.of(owner.organisation, contents_key_purpose), owner.organisation, sha256);
}

/// Only once the rows are gone for good, and under the lock: a keep() in between would have brought one back.
void Vault::remove_unnamed(OrganisationId organisation, std::vector<std::string> const& names)
{
    auto const done = database_.write([&](Session& session) -> Status {
        session.lock(organisation);
        for (auto const& name : names) {
            std::error_code ignored;
            auto row = session.query(SqlText{"SELECT 1 FROM attachment_blob WHERE organisation_id=? AND storage_name=?"}, organisation, name);
            if (!row.next()) std::filesystem::remove(place_of(name), ignored);
        }
        return Nothing{};
    });
    (void)done.ok();
}

void Vault::release(ContentOwner const& asked, Hash const& sha256)
{
    auto owner = asked;
    auto const key = key_of(owner);
    if (!key) return;
    auto const organisation = owner.organisation;
    auto const name = content_name(*key, sha256);
    bool gone = false;
    auto const status = database_.write([&](Session& session) -> Status {
        session.lock(organisation);
        session.execute(SqlText{"UPDATE attachment_blob SET count=count-1 WHERE organisation_id=? AND storage_name=?"}, organisation, name);
        gone = session.execute(SqlText{"DELETE FROM attachment_blob WHERE organisation_id=? AND storage_name=? AND count<=0"}, organisation, name) > 0;
        return Nothing{};
    });
    if (status.ok() && gone) remove_unnamed(organisation, {name});
}

void Vault::forget(OrganisationId organisation, RecordId record)
{
    std::vector<std::string> names;
    auto const status = database_.write([&](Session& session) -> Status {
        session.lock(organisation);
        if (sealing_.record_key(session, organisation, record).key) return Nothing{};   // it can still be read
        auto rows = session.query(SqlText{"DELETE FROM attachment_blob WHERE organisation_id=? AND record_id=? RETURNING storage_name"}, organisation, record);
        while (rows.next()) names.push_back(rows.text(0));
        return Nothing{};
    });
    if (status.ok() && !names.empty()) remove_unnamed(organisation, names);
}

void Vault::forget_destroyed()
{
    std::vector<std::pair<OrganisationId, RecordId>> left;
    {
        auto session = database_.read();
        auto rows = session->query(SqlText{"SELECT DISTINCT b.organisation_id, b.record_id FROM attachment_blob b JOIN record_key k ON k.organisation_id=b.organisation_id AND k.record_id=b.record_id "
                                           "WHERE k.wrapped IS NULL"});
        while (rows.next()) left.emplace_back(rows.id<Organisation>(0), rows.id<Record>(1));
    }
    for (auto const& [organisation, record] : left) forget(organisation, record);
}

}  // namespace greffier::records
