#include "app/journal_sink.hpp"

#include <fcntl.h>
#include <syslog.h>
#include <unistd.h>

#include "core/log.hpp"

namespace greffier::app {

namespace {

bool append(std::string const& path, std::string const& line)
{
    int const file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) return false;
    auto const written = ::write(file, line.data(), line.size());   // one call: lines of several processes never mix
    ::close(file);
    return written == static_cast<ssize_t>(line.size());
}

}  // namespace

accounts::Journal::Also journal_sink(std::string file, bool syslog)
{
    return [file = std::move(file), syslog](Timestamp at, accounts::JournalNote const& note) {
        auto const line = accounts::to_json_line(at, note);
        if (!file.empty() && !append(file, line + "\n")) log(LogLevel::Failure, "journal_file", {{"reason", "cannot be written"}});
        if (syslog) ::syslog(LOG_AUTHPRIV | LOG_INFO, "greffier %s", line.c_str());
    };
}

}  // namespace greffier::app
