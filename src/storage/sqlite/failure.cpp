#include "storage/sqlite/failure.hpp"

#include <sqlite3.h>

#include "storage/no_room.hpp"

namespace greffier::storage {

namespace {

/// Empty when the code is not the operator's business.
std::string operator_message(int code, std::string const& path)
{
    auto const database = "the database \"" + path + "\"";
    switch (code & 0xff) {
    case SQLITE_FULL:
        return "The disk is full: " + database + " could not be written, and nothing was changed. Free some space, then try again.";
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return "Not allowed to write " + database + ". Check who owns the file and its folder, and that the disk is not read-only.";
    case SQLITE_CANTOPEN:
        return "Cannot open " + database + ". Check that its folder exists and that this account may read and write it.";
    case SQLITE_NOTADB:
        return "This file is not a database of this program: \"" + path + "\". Check the path, or restore a backup.";
    case SQLITE_CORRUPT:
        return "The content of " + database + " is damaged. Stop the program and restore the latest backup.";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return "Another program keeps " + database + " locked. Wait for it to finish (a backup, an import), then try again.";
    case SQLITE_IOERR:
        return "The disk failed while reading or writing " + database + " (code " + std::to_string(code) +
               "). Check its free space, its quota and its health.";
    case SQLITE_NOMEM: return "Not enough memory to use " + database + ".";
    case SQLITE_TOOBIG: return "A value is too big for " + database + ".";
    default: return {};
    }
}

/// A quota, or a limit on the size of files, is a failed write to SQLite, which has lost the reason by the time it says so.
bool is_no_room(int code) { return (code & 0xff) == SQLITE_FULL || code == SQLITE_IOERR_WRITE; }

}  // namespace

void fail(sqlite3* connection, int code, std::string const& path, std::string_view sql)
{
    auto const message = operator_message(code, path);
    if (is_no_room(code)) throw NoRoom(message);
    if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED) throw Unavailable(message);
    if (!message.empty()) throw StorageFailure(message);
    // No bound value ever appears here: sqlite3_errmsg names tables and columns only.
    std::string detail = connection ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
    if (!sql.empty()) detail += " in: " + std::string{sql.substr(0, 200)};
    throw std::logic_error("SQLite: " + detail);
}

}  // namespace greffier::storage
