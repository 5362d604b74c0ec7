#include "app/master_key.hpp"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "app/installation_keys.hpp"
#include "app/open_database.hpp"
#include "core/json_writer.hpp"
#include "core/key_wrap.hpp"
#include "core/passphrase.hpp"
#include "records/organisation_keys.hpp"

namespace greffier::app {

namespace fs = std::filesystem;
using storage::Session;
using storage::SqlText;

namespace {

constexpr auto environment_place = "GREFFIER_MASTER_KEY";
constexpr auto passphrase_place = "GREFFIER_MASTER_PASSPHRASE_FILE";
constexpr std::size_t shortest_passphrase = 16;

std::string check_of(Secret<Bytes> const& key) { return to_hex(hmac_sha256(key.reveal(), as_bytes("greffier: which key is this?"))); }

/// What keys/master.json says; a file that is not ours is MasterKeyPlace::File with an empty check.
struct Description {
    MasterKeyPlace place = MasterKeyPlace::File;
    std::string check;
    Bytes salt;
    PassphraseCost cost;
};

std::string to_json(Description const& description)
{
    JsonWriter out;
    out.begin_object().member("check", std::string_view{description.check}).member("key", code_of(description.place));
    if (description.place == MasterKeyPlace::Passphrase)
        out.member("memory", static_cast<std::int64_t>(description.cost.memory)).member("passes", static_cast<std::int64_t>(description.cost.passes)).member("salt", std::string_view{to_hex(description.salt)});
    out.end_object();
    return std::move(out).take() + "\n";
}

Result<Description> read_description(fs::path const& path)
{
    std::ifstream file(path, std::ios::binary);
    auto const json = nlohmann::json::parse(std::string(std::istreambuf_iterator<char>(file), {}), nullptr, false);
    auto const damaged = Error::invalid("key_damaged", {{"path", path.string()}});
    if (!json.is_object()) return damaged;
    Description description;
    auto const place = parse_master_key_place(json.value("key", ""));
    description.check = json.value("check", "");
    if (!place || *place == MasterKeyPlace::File || description.check.empty()) return damaged;
    description.place = *place;
    if (*place == MasterKeyPlace::Environment) return description;
    auto const salt = from_hex(json.value("salt", ""));
    if (!salt || salt->size() != passphrase_salt_size) return damaged;
    description.salt = *salt;
    description.cost = {json.value("passes", std::uint64_t{0}), json.value("memory", std::uint64_t{0})};
    if (description.cost.passes == 0 || description.cost.memory == 0) return damaged;
    return description;
}

// where a key comes from -----------------------------------------------------------------------------------------

Result<Secret<Bytes>> key_of_environment(Environment const& environment, std::string const& variable)
{
    auto const text = environment(variable);
    if (!text) return Error::not_found("master_key_absent", {{"variable", variable}});
    auto bytes = from_base64(*text);
    if (!bytes || bytes->size() != 32) return Error::invalid("master_key_form", {{"variable", variable}});
    return Secret<Bytes>(std::move(*bytes));
}

/// One line of an open file, without the terminal's echo.
SecretText read_line(int file)
{
    std::string line;
    char c = 0;
    while (line.size() < 4096 && ::read(file, &c, 1) == 1 && c != '\n') line += c;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return SecretText{std::move(line)};
}

std::optional<SecretText> ask_terminal(std::string_view question)
{
    int const terminal = ::isatty(STDIN_FILENO) ? ::open("/dev/tty", O_RDWR | O_CLOEXEC) : -1;
    if (terminal < 0) return std::nullopt;
    termios before{};
    ::tcgetattr(terminal, &before);
    auto quiet = before;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(terminal, TCSAFLUSH, &quiet);
    [[maybe_unused]] auto written = ::write(terminal, question.data(), question.size());
    auto line = read_line(terminal);
    ::tcsetattr(terminal, TCSAFLUSH, &before);
    written = ::write(terminal, "\n", 1);
    ::close(terminal);
    return line;
}

Result<SecretText> read_passphrase(Environment const& environment, std::string const& variable, std::string_view question)
{
    auto const absent = Error::not_found("passphrase_absent", {{"variable", variable}});
    SecretText words;
    if (auto const path = environment(variable)) {
        int number = -1;
        if (path->starts_with("fd:")) {
            auto const [end, problem] = std::from_chars(path->data() + 3, path->data() + path->size(), number);
            if (problem != std::errc{} || end != path->data() + path->size()) return absent;
        } else {
            number = ::open(path->c_str(), O_RDONLY | O_CLOEXEC);
        }
        if (number < 0) return absent;
        words = read_line(number);
        ::close(number);
    } else if (auto typed = ask_terminal(question)) {
        words = std::move(*typed);
    }
    if (words.empty()) return absent;
    return words;
}

Result<Secret<Bytes>> key_by(Description const& description, Environment const& environment)
{
    auto key = description.place == MasterKeyPlace::Environment
                   ? TRY(key_of_environment(environment, environment_place))
                   : key_of_passphrase(TRY(read_passphrase(environment, passphrase_place, "Phrase secrète / Passphrase: ")), description.salt, description.cost);
    if (check_of(key) != description.check) return Error::conflict("master_key_wrong");
    return key;
}

// where it lies ------------------------------------------------------------------------------------------------

/// The two files of one state of the installation, of which one is there.
struct Files {
    fs::path key, description;
    static Files now(DataDirectory const& directory) { return {directory.keys() / "data.key", directory.keys() / "master.json"}; }
    static Files next(DataDirectory const& directory) { return {directory.keys() / "next-data.key", directory.keys() / "next-master.json"}; }
    [[nodiscard]] bool exist() const { return fs::exists(key) || fs::exists(description); }
};

Result<Secret<Bytes>> key_in(Files const& files, Environment const& environment)
{
    if (fs::exists(files.description)) return key_by(TRY(read_description(files.description)), environment);
    return read_key_file(files.key);
}

/// Its content first: what is only unlinked can be found again on the disk.
void destroy_file(fs::path const& path)
{
    std::error_code ignored;
    auto const size = fs::file_size(path, ignored);
    if (ignored) return;
    int const file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (file >= 0) {
        std::string const zeros(size, '\0');
        [[maybe_unused]] auto const written = ::write(file, zeros.data(), zeros.size());
        ::fsync(file);
        ::close(file);
    }
    fs::remove(path, ignored);
}

void sync_directory(fs::path const& path)
{
    int const directory = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) return;
    ::fsync(directory);
    ::close(directory);
}

/// The new key takes the place of the old one: repeated after a crash, it ends the same.
void settle(DataDirectory const& directory)
{
    auto const now = Files::now(directory), next = Files::next(directory);
    if (!next.exist()) return;
    bool const in_file = fs::exists(next.key);
    destroy_file(now.key);
    if (in_file) {
        fs::remove(now.description);
        fs::rename(next.key, now.key);
    } else {
        fs::rename(next.description, now.description);
    }
    sync_directory(directory.keys());
}

std::string in_force(Session& session)
{
    auto row = session.query(SqlText{"SELECT value FROM installation WHERE key='master'"});
    return row.next() ? row.text(0) : std::string{};
}

/// The new key, and the file that will stand for it.
struct Fresh {
    Secret<Bytes> key;
    bool in_file = false;
    std::string content;
};

Result<Fresh> fresh_key(MasterKeyPlace to, Environment const& environment)
{
    if (to == MasterKeyPlace::File) {
        Secret<Bytes> key(random_bytes(32));
        std::string const content{as_text(key.reveal())};
        return Fresh{std::move(key), true, content};
    }
    Description description;
    description.place = to;
    Secret<Bytes> key;
    if (to == MasterKeyPlace::Environment) {
        key = TRY(key_of_environment(environment, "GREFFIER_NEW_MASTER_KEY"));
    } else {
        auto const words = TRY(read_passphrase(environment, "GREFFIER_NEW_MASTER_PASSPHRASE_FILE", "Nouvelle phrase secrète / New passphrase: "));
        if (words.reveal().size() < shortest_passphrase) return Error::invalid("passphrase_short", {{"min", std::to_string(shortest_passphrase)}});
        description.salt = random_bytes(passphrase_salt_size);
        key = key_of_passphrase(words, description.salt, description.cost);
    }
    description.check = check_of(key);
    return Fresh{std::move(key), false, to_json(description)};
}

}  // namespace

std::string_view code_of(MasterKeyPlace place)
{
    return place == MasterKeyPlace::File ? "file" : place == MasterKeyPlace::Environment ? "environment" : "passphrase";
}

std::optional<MasterKeyPlace> parse_master_key_place(std::string_view code)
{
    for (auto place : {MasterKeyPlace::File, MasterKeyPlace::Environment, MasterKeyPlace::Passphrase})
        if (code_of(place) == code) return place;
    return std::nullopt;
}

MasterKeyPlace master_key_place(DataDirectory const& directory)
{
    auto const files = Files::now(directory);
    if (!fs::exists(files.description)) return MasterKeyPlace::File;
    auto const read = read_description(files.description);
    return read.ok() ? read->place : MasterKeyPlace::File;
}

Result<Secret<Bytes>> master_key(DataDirectory const& directory, storage::Database& database, Environment const& environment, bool may_write)
{
    auto const expected = in_force(*database.read());
    auto const next = Files::next(directory);
    // A rotation was killed: the database says which of the two keys is in force.
    if (next.exist()) {
        auto staged = key_in(next, environment);
        if (staged.ok() && check_of(*staged) == expected) {
            if (may_write) settle(directory);
            return staged;
        }
    }
    auto key = TRY(key_in(Files::now(directory), environment));
    if (!expected.empty() && check_of(key) != expected) return Error::conflict("master_key_wrong");
    if (may_write && next.exist()) {
        destroy_file(next.key);
        destroy_file(next.description);
    }
    return key;
}

Result<std::int64_t> rotate_master_key(DataDirectory const& directory, storage::Database& database, SigningKey const& ledger_key, Secret<Bytes> const& before, MasterKeyPlace to,
                                       Environment const& environment)
{
    auto const fresh = TRY(fresh_key(to, environment));
    auto const next = Files::next(directory);
    write_private_file(fresh.in_file ? next.key : next.description, fresh.content);
    sync_directory(directory.keys());
    std::int64_t count = 0;
    TRY(database.write([&](Session& session) -> Status {
        count = records::rewrap_organisation_keys(session, before, fresh.key) + rewrap_installation_keys(session, before, fresh.key);
        session.execute(SqlText{"INSERT INTO installation(key, value) VALUES('master', ?) ON CONFLICT(key) DO UPDATE SET value=excluded.value"}, check_of(fresh.key));
        note_keys(session, ledger_key, fresh.key);
        return Nothing{};
    }));
    settle(directory);
    return count;
}

}  // namespace greffier::app
