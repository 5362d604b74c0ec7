#include "cli/doctor_checks.hpp"

#include <filesystem>
#include <map>
#include <set>

#include "app/master_key.hpp"
#include "core/text.hpp"
#include "records/key_rotation.hpp"
#include "records/version_body.hpp"

namespace greffier::cli {

namespace fs = std::filesystem;
using State = CheckResult::State;
using storage::SqlText;

std::string_view code_of(State state) { return state == State::Ok ? "ok" : state == State::Warning ? "warning" : "failed"; }

namespace {

bool is_private(fs::path const& path)
{
    auto const others = fs::perms::group_all | fs::perms::others_all;
    return (fs::status(path).permissions() & others) == fs::perms::none;
}

/// The place of a version in the history, with what vouches for it.
bool agrees(storage::Cursor const& row)
{
    if (row.is_null(2) || row.is_null(3)) return true;   // erased: the entry stands, the content is gone
    auto const text = records::unpack(static_cast<int>(row.integer(1)), row.bytes(2));
    auto const commitment = to_hex(ledger::commit(row.bytes(3), as_bytes(text)));
    if (row.is_null(4) || row.view(4).find("\"commitment\":\"" + commitment + "\"") == std::string_view::npos) return false;
    // The row that lists and forms read is a cache of the newest version.
    return row.is_null(5) || row.view(5) == records::parse_version_body(text).record;
}

/// What the server must do before it says that a write is kept.
void check_server(storage::Database& database, Checks& found)
{
    auto session = database.read();
    auto off = session->query(SqlText{"SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting='off' ORDER BY name"});
    std::vector<std::string> names;
    while (off.next()) names.push_back(off.text(0));
    if (names.empty()) found.push_back({State::Ok, "server", "cli.doctor.server"});
    else found.push_back({State::Warning, "server", "cli.doctor.server_forgets", {{"settings", join(names, ", ")}}});
}

}  // namespace

void check_permissions(app::Application const& application, Checks& found)
{
    auto const& directory = application.directory;
    Arguments const where{{"path", directory.path().string()}};
    if (is_private(directory.path())) found.push_back({State::Ok, "directory", "cli.doctor.directory", where});
    else found.push_back({State::Failed, "directory", "cli.doctor.directory_open", where});
    bool const in_file = app::master_key_place(directory) == app::MasterKeyPlace::File;
    for (auto const* name : {"ledger.key", in_file ? "data.key" : "master.json"}) {
        auto const path = directory.keys() / name;
        if (is_private(path)) found.push_back({State::Ok, "key", "cli.doctor.key", {{"path", path.string()}}});
        else found.push_back({State::Failed, "key", "cli.doctor.key_open", {{"path", path.string()}}});
    }
    if (in_file) found.push_back({State::Warning, "key_beside_data", "cli.doctor.key_beside"});
}

void check_database(app::Application& application, Checks& found)
{
    auto const wrong = application.database->check_integrity();
    if (wrong.empty()) found.push_back({State::Ok, "database", "cli.doctor.integrity"});
    else found.push_back({State::Failed, "database", "cli.doctor.integrity_failed", {{"reason", shorten(wrong.front(), 200)}}});
    if (application.database->engine() == storage::Engine::Postgres) check_server(*application.database, found);
}

void check_ledgers(app::Application& application, Checks& found)
{
    for (auto const& organisation : application.organisations.all()) {
        auto const head = application.ledger.head(organisation.id);
        auto const root = application.ledger.recompute(organisation.id);
        Arguments const arguments{{"organisation", organisation.slug}, {"count", std::to_string(head.size)}};
        if (!root || *root != head.root) {
            found.push_back({State::Failed, "ledger", "cli.doctor.ledger_root", arguments});
            continue;
        }
        if (!head.checkpoint) {
            found.push_back({State::Warning, "ledger", "cli.doctor.ledger_unsigned", arguments});
            continue;
        }
        auto const point = ledger::open_checkpoint(*head.checkpoint, application.ledger.public_key());
        auto session = application.database->read();
        auto at = session->query(SqlText{"SELECT frontier FROM ledger_entry WHERE organisation_id=? AND sequence=?"}, organisation.id,
                                 point ? static_cast<std::int64_t>(point->size) - 1 : -1);
        auto const frontier = at.next() ? ledger::Frontier::unpack(at.bytes(0)) : std::nullopt;
        bool const signed_root = point && frontier && frontier->root() == point->root && point->origin == ledger::origin_of(organisation.id);
        found.push_back({signed_root ? State::Ok : State::Failed, "ledger", signed_root ? "cli.doctor.ledger" : "cli.doctor.ledger_checkpoint", arguments});
    }
}

void check_versions(app::Application& application, Checks& found)
{
    for (auto const& organisation : application.organisations.all()) {
        auto session = application.database->read_of(organisation.id);
        auto rows = session->stream(SqlText{"SELECT v.version, v.codec, v.body, v.salt, e.entry, b.body FROM record r "
                                           "JOIN record_version v ON v.rid=r.rid "
                                           "LEFT JOIN ledger_entry e ON e.organisation_id=r.organisation_id AND e.sequence=v.ledger_sequence "
                                           "LEFT JOIN record_body b ON b.rid=r.rid AND v.version=r.version AND b.schema_version=v.schema_version "
                                           "WHERE r.organisation_id=?"},
                                   organisation.id);
        std::int64_t total = 0, wrong = 0;
        while (rows.next()) {
            ++total;
            try {
                if (!agrees(rows)) ++wrong;
            } catch (std::exception const&) {   // bytes that do not even unpack
                ++wrong;
            }
        }
        Arguments const arguments{{"organisation", organisation.slug}, {"count", std::to_string(wrong > 0 ? wrong : total)}};
        found.push_back({wrong > 0 ? State::Failed : State::Ok, "versions", wrong > 0 ? "cli.doctor.versions_differ" : "cli.doctor.versions", arguments});
    }
}

void check_attachments(app::Application& application, Checks& found)
{
    std::set<std::string> named;
    {
        auto session = application.database->read();
        auto rows = session->query(SqlText{"SELECT DISTINCT storage_name FROM attachment_blob"});
        while (rows.next()) named.insert(rows.text(0));
    }
    auto const total = named.size();
    std::size_t stray = 0;
    if (fs::exists(application.directory.attachments()))
        for (auto const& file : fs::recursive_directory_iterator(application.directory.attachments()))
            if (file.is_regular_file() && named.erase(file.path().filename().string()) == 0) ++stray;
    Arguments const arguments{{"count", std::to_string(total)}, {"missing", std::to_string(named.size())}, {"stray", std::to_string(stray)}};
    if (!named.empty()) found.push_back({State::Failed, "attachments", "cli.doctor.attachments_missing", arguments});
    else found.push_back({State::Ok, "attachments", "cli.doctor.attachments", arguments});
    if (stray > 0) found.push_back({State::Warning, "attachments", "cli.doctor.attachments_stray", arguments});
}

void check_sealed(app::Application& application, Checks& found)
{
    std::map<OrganisationId, std::string> slugs;
    for (auto const& organisation : application.organisations.all()) slugs.emplace(organisation.id, organisation.slug);
    auto session = application.database->read();
    for (auto const& [organisation, generation, records] : records::sealed_counts(*session)) {
        Arguments const arguments{{"organisation", slugs[organisation]}, {"count", std::to_string(records)}, {"generation", std::to_string(generation)}};
        if (generation == 0) {
            found.push_back({State::Ok, "destroyed", "cli.doctor.destroyed", arguments});
            continue;
        }
        auto const there = application.sealing.generations(*session, organisation);
        bool const is_newest = !there.empty() && there.back() == generation;
        found.push_back({is_newest ? State::Ok : State::Warning, "sealed", is_newest ? "cli.doctor.sealed" : "cli.doctor.sealed_before", arguments});
    }
}

void check_space(app::Application const& application, Locale const& locale, Checks& found)
{
    constexpr std::uintmax_t little = 512ULL * 1024 * 1024;
    auto const free = fs::space(application.directory.path()).available;
    Arguments const arguments{{"free", locale.bytes(free)}};
    if (free < little) found.push_back({State::Warning, "space", "cli.doctor.space_short", arguments});
    else found.push_back({State::Ok, "space", "cli.doctor.space", arguments});
}

}  // namespace greffier::cli
