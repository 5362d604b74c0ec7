#include "app/open_database.hpp"

namespace greffier::app {

using storage::Session;
using storage::SqlText;

namespace {

std::string fingerprint(SigningKey const& ledger_key, Secret<Bytes> const& data_key)
{
    auto const of_data_key = hmac_sha256(data_key.reveal(), as_bytes("greffier: which key is this?"));
    return to_hex(sha256({ByteView{ledger_key.public_key}, ByteView{of_data_key}}));
}

std::string noted(Session& session)
{
    auto row = session.query(SqlText{"SELECT value FROM installation WHERE key='keys'"});
    return row.next() ? row.text(0) : std::string{};
}

}  // namespace

storage::Engine engine_of(Config const& config) { return config.text("database").empty() ? storage::Engine::Sqlite : storage::Engine::Postgres; }

std::unique_ptr<storage::Database> open_database(Config const& config, DataDirectory const& directory)
{
    if (engine_of(config) == storage::Engine::Sqlite) return storage::open_sqlite(directory.database_file().string());
    return storage::open_postgres(config.secret("database"), config.truth("row-security") ? storage::RowSecurity::On : storage::RowSecurity::Off);
}

Status check_keys(storage::Database& database, DataDirectory const& directory, SigningKey const& ledger_key, Secret<Bytes> const& data_key, bool may_note)
{
    if (database.engine() == storage::Engine::Sqlite) return Nothing{};   // they lie in one folder
    auto const ours = fingerprint(ledger_key, data_key);
    auto known = noted(*database.read());
    if (known.empty() && may_note) {
        TRY(database.write([&](Session& session) -> Status {
            session.execute(SqlText{"INSERT INTO installation(key, value) VALUES('keys', ?) ON CONFLICT DO NOTHING"}, ours);
            known = noted(session);
            return Nothing{};
        }));
    }
    if (known.empty() || known == ours) return Nothing{};
    return Error::conflict("database_of_other_keys", {{"path", directory.path().string()}});
}

void note_keys(Session& session, SigningKey const& ledger_key, Secret<Bytes> const& data_key)
{
    session.execute(SqlText{"UPDATE installation SET value=? WHERE key='keys'"}, fingerprint(ledger_key, data_key));
}

}  // namespace greffier::app
