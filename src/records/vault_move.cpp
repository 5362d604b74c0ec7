#include "records/vault_move.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "core/log.hpp"
#include "records/organisation_keys.hpp"

namespace greffier::records {

namespace fs = std::filesystem;
using storage::Session;
using storage::SqlText;

namespace {

constexpr std::string_view note_prefix = ".moving-";

[[noreturn]] void fail(fs::path const& path) { throw std::system_error(errno, std::generic_category(), "cannot write " + path.string()); }

/// The note, written whole and locked. The lock ends with the process that holds it.
int write_note(fs::path const& path, std::vector<std::string> const& names)
{
    std::string text;
    for (auto const& name : names) text += name + "\n";
    int const file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) fail(path);
    bool ready = ::flock(file, LOCK_EX | LOCK_NB) == 0 && ::ftruncate(file, 0) == 0;
    for (std::string_view rest = text; ready && !rest.empty();) {
        auto const done = ::write(file, rest.data(), rest.size());
        ready = done > 0 || errno == EINTR;
        if (done > 0) rest.remove_prefix(static_cast<std::size_t>(done));
    }
    if (!ready || ::fsync(file) != 0) {
        int const reason = errno;
        ::close(file);
        errno = reason;
        fail(path);
    }
    sync_directory(path.parent_path());
    return file;
}

bool is_name(std::string const& line) { return line.size() == 64 && line.find_first_not_of("0123456789abcdef") == std::string::npos; }

}  // namespace

VaultMove::VaultMove(VaultPlace const& place, OrganisationId organisation, std::vector<std::string> const& names) : place_(place), organisation_(organisation)
{
    make_content_directory(place.directory);
    note_ = write_note(note_of(place, organisation), names);
}

VaultMove::VaultMove(VaultMove&& other) noexcept
    : place_(other.place_), organisation_(other.organisation_), key_(std::move(other.key_)), kept_(std::move(other.kept_)), note_(std::exchange(other.note_, -1))
{
}

std::string VaultMove::name_of(Secret<Bytes> const& key, Arriving const& content)
{
    return content_name(content.record ? contents_key_of(content.record_key) : key, content.sha256);
}

VaultMove VaultMove::arrival(VaultPlace const& place, OrganisationId organisation, std::vector<Arriving> const& contents)
{
    Secret<Bytes> key(random_bytes(32));
    std::vector<std::string> names;
    for (auto const& content : contents) names.push_back(name_of(key, content));
    VaultMove move(place, organisation, names);
    move.key_ = std::move(key);
    return move;
}

VaultMove VaultMove::departure(VaultPlace const& place, OrganisationId organisation)
{
    std::vector<std::string> names;
    {
        auto session = place.database.read();
        auto rows = session->query(SqlText{"SELECT storage_name FROM attachment_blob WHERE organisation_id=? ORDER BY storage_name"}, organisation);
        while (rows.next()) names.push_back(rows.text(0));
    }
    return {place, organisation, names};
}

VaultMove::~VaultMove()
{
    if (note_ < 0) return;
    try {
        settle(place_, organisation_, note_of(place_, organisation_));
    } catch (std::exception const& failure) {   // the note stays, for whoever comes next
        log(LogLevel::Warning, "vault_not_settled", {{"reason", loggable(failure)}});
    }
    ::close(note_);
}

void VaultMove::keep(Arriving const& content, ContentReader const& read)
{
    auto const name = name_of(key_, content);
    auto const place = content_place(place_.directory, name);
    make_content_directory(place.parent_path());
    Sha256 hash;
    std::uint64_t size = 0;
    write_sealed_content(place, content.record ? contents_key_of(content.record_key) : key_, [&](char* buffer, std::size_t most) {
        auto const count = read(buffer, most);
        hash.update(as_bytes({buffer, count}));
        size += count;
        return count;
    });
    sync_directory(place.parent_path());
    if (hash.finish() != content.sha256) throw std::runtime_error("an attachment of the archive changed while it was read");
    kept_.push_back({name, content.sha256, size, content.count, content.record});
}

void VaultMove::write_rows(Session& session, Secret<Bytes> const& master) const
{
    put_organisation_key(session, master, organisation_, contents_key_purpose, key_);
    for (auto const& row : kept_)
        session.execute(SqlText{"INSERT INTO attachment_blob(organisation_id, storage_name, sha256, size, count, record_id) VALUES(?,?,?,?,?,?)"}, organisation_, row.name, row.sha256, row.size,
                        row.count, row.record);
}

fs::path VaultMove::note_of(VaultPlace const& place, OrganisationId organisation) { return place.directory / (std::string{note_prefix} + organisation.text()); }

void VaultMove::settle(VaultPlace const& place, OrganisationId organisation, fs::path const& note)
{
    std::ifstream lines(note);
    auto session = place.database.read();
    for (std::string line; std::getline(lines, line);) {
        if (!is_name(line)) continue;
        if (session->query(SqlText{"SELECT 1 FROM attachment_blob WHERE organisation_id=? AND storage_name=?"}, organisation, line).next()) continue;
        std::error_code ignored;
        fs::remove(content_place(place.directory, line), ignored);
    }
    fs::remove(note);
}

void VaultMove::settle_all(VaultPlace const& place)
{
    std::error_code absent;
    for (auto const& file : fs::directory_iterator(place.directory, absent)) {
        auto const name = file.path().filename().string();
        if (!name.starts_with(note_prefix)) continue;
        auto const organisation = OrganisationId::parse(name.substr(note_prefix.size()));
        if (!organisation) continue;
        int const held = ::open(file.path().c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
        if (held < 0) continue;
        if (::flock(held, LOCK_EX | LOCK_NB) == 0) settle(place, *organisation, file.path());
        ::close(held);
    }
}

}  // namespace greffier::records
