#pragma once
// The operator's log: one line per event on standard error, JSON or text, ids only.
// There is deliberately no way to log a Secret, a field's value, a name or an address of a person.

#include <cstdint>
#include <exception>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace greffier {

enum class LogLevel { Debug, Info, Warning, Failure };

struct LogField {
    std::string_view name;
    std::variant<std::int64_t, std::string_view> value;
};

/// `event` is a short fixed word ("request", "import", "checkpoint"); fields hold ids, counts, codes. Thread-safe.
void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});
/// What may be logged of a failure: what() of the standard's own kinds, which ours are; of another (a reader of JSON quotes
/// what it was given to read) the name of its type alone.
std::string loggable(std::exception const& failure);
void set_log_level(LogLevel lowest);

}  // namespace greffier
