#include "storage/migration.hpp"

#include <algorithm>
#include <charconv>
#include <map>

namespace greffier::storage {

namespace {

struct Name {
    int version = 0;
    std::string_view name, engine;   ///< engine is empty in a shared file
};

Name parse(std::string_view file)
{
    auto const underscore = file.find('_');
    auto const dot = file.find('.');
    Name parsed;
    if (underscore != 4 || dot == file.npos || dot < underscore + 2 || !file.ends_with(".sql") ||
        std::from_chars(file.data(), file.data() + 4, parsed.version).ptr != file.data() + 4)
        throw std::logic_error("A migration is not named NNNN_name[.engine].sql: " + std::string{file});
    parsed.name = file.substr(underscore + 1, dot - underscore - 1);
    auto const rest = file.substr(dot + 1);   // "sql" or "sqlite.sql"
    if (rest.size() > 3) parsed.engine = rest.substr(0, rest.size() - 4);
    if (!parsed.engine.empty() && parsed.engine != "sqlite" && parsed.engine != "postgres")
        throw std::logic_error("A migration names an unknown engine: " + std::string{file});
    return parsed;
}

}  // namespace

std::vector<Migration> migrations_of(Engine engine, std::span<EmbeddedFile const> files)
{
    std::string_view const ours = engine == Engine::Sqlite ? "sqlite" : "postgres";
    std::map<int, Migration> by_version;
    for (auto const& file : files) {
        auto const parsed = parse(file.name);
        auto& migration = by_version[parsed.version];
        if (!migration.name.empty() && migration.name != parsed.name)
            throw std::logic_error("Two migrations bear the number of " + std::string{file.name});
        migration.version = parsed.version;
        migration.name = parsed.name;
        auto& script = parsed.engine.empty() ? migration.shared : migration.own;
        if (parsed.engine.empty() || parsed.engine == ours) script = file.content;
    }
    std::vector<Migration> ordered;
    for (auto& [version, migration] : by_version) ordered.push_back(std::move(migration));
    return ordered;
}

std::vector<Migration const*> lacking(std::span<Migration const> all, std::set<int> const& recorded)
{
    std::vector<Migration const*> found;
    for (auto const& migration : all)
        if (!recorded.contains(migration.version)) found.push_back(&migration);
    return found;
}

int newest_version()
{
    static int const newest = migrations_of(Engine::Sqlite, embedded_migrations()).back().version;
    return newest;
}

}  // namespace greffier::storage
