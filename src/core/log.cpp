#include "core/log.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <typeinfo>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace greffier {
namespace {

spdlog::logger& logger()
{
    static auto const instance = [] {
        auto made = std::make_unique<spdlog::logger>("greffier", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        made->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ level=%l %v", spdlog::pattern_time_type::utc);
        return made;
    }();
    return *instance;
}

spdlog::level::level_enum level_of(LogLevel level)
{
    switch (level) {
        case LogLevel::Debug: return spdlog::level::debug;
        case LogLevel::Info: return spdlog::level::info;
        case LogLevel::Warning: return spdlog::level::warn;
        case LogLevel::Failure: return spdlog::level::err;
    }
    return spdlog::level::err;
}

// A value can hold what a visitor sent: it must never end the line or begin another field.
void put_value(std::string& line, std::string_view value)
{
    auto const plain = [](unsigned char c) { return c > ' ' && c != '"' && c != '=' && c != '\\' && c != 0x7f; };
    if (!value.empty() && std::all_of(value.begin(), value.end(), plain)) {
        line += value;
        return;
    }
    line += '"';
    for (unsigned char const c : value) {
        if (c == '"' || c == '\\') line += '\\';
        if (c < ' ' || c == 0x7f) {
            line += fmt::format("\\u{:04x}", c);
        } else {
            line += static_cast<char>(c);
        }
    }
    line += '"';
}

}  // namespace

void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields)
{
    auto& out = logger();
    if (!out.should_log(level_of(level))) return;
    std::string line = "event=";
    put_value(line, event);
    for (auto const& field : fields) {
        line += ' ';
        line += field.name;
        line += '=';
        if (auto const* number = std::get_if<std::int64_t>(&field.value)) line += std::to_string(*number);
        else put_value(line, std::get<std::string_view>(field.value));
    }
    out.log(level_of(level), line);
}

std::string loggable(std::exception const& failure)
{
    if (dynamic_cast<std::runtime_error const*>(&failure) || dynamic_cast<std::logic_error const*>(&failure)) return failure.what();
    return typeid(failure).name();
}

void set_log_level(LogLevel lowest) { logger().set_level(level_of(lowest)); }

}  // namespace greffier
