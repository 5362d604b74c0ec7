#pragma once
// What a user can cause is a value: Result<T> holds either a T or an Error.
// What only the operator or the programmer can cause is an exception (std::runtime_error and kin),
// caught in exactly three places: the HTTP worker, the job runner, the CLI's main.
//
//   Result<Id> add(Row row) {
//       auto checked = TRY(check(row));      // returns the Error to the caller, or unwraps
//       return store(checked);
//   }
//
// An Error carries a locale key, never a sentence: the edge (page, API, CLI) puts it in words.

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace greffier {

enum class ErrorKind {
    Invalid,    ///< 422 (or 400 when unreadable): the input is wrong; `fields` says where
    NotFound,   ///< 404: unknown, or another organisation's
    Forbidden,  ///< 403: known, but not allowed
    Conflict,   ///< 409 or 412: the state forbids it
    TooLarge,   ///< 413
};

/// Named arguments of a locale sentence: {name} in the catalogue is replaced by the value.
using Arguments = std::map<std::string, std::string, std::less<>>;

/// One problem at one place. `field` is a path such as "purposes[2].basis" or "" for the whole record.
struct FieldError {
    std::string field;
    std::string code;     ///< stable, machine-readable, also the locale key "error.<code>"
    Arguments arguments{};
};

struct [[nodiscard]] Error {
    ErrorKind kind{};
    std::string code;     ///< stable, machine-readable, also the locale key "error.<code>"
    Arguments arguments{};
    std::vector<FieldError> fields{};

    static Error invalid(std::string code, Arguments arguments = {}) { return {ErrorKind::Invalid, std::move(code), std::move(arguments), {}}; }
    static Error not_found(std::string code = "not_found", Arguments arguments = {}) { return {ErrorKind::NotFound, std::move(code), std::move(arguments), {}}; }
    static Error forbidden(std::string code = "forbidden", Arguments arguments = {}) { return {ErrorKind::Forbidden, std::move(code), std::move(arguments), {}}; }
    static Error conflict(std::string code, Arguments arguments = {}) { return {ErrorKind::Conflict, std::move(code), std::move(arguments), {}}; }
    static Error too_large(std::string code, Arguments arguments = {}) { return {ErrorKind::TooLarge, std::move(code), std::move(arguments), {}}; }
};

struct Nothing {};

template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}       // NOLINT: implicit by design
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}   // NOLINT

    [[nodiscard]] bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    [[nodiscard]] T const& value() const& { return std::get<0>(state_); }
    [[nodiscard]] T& value() & { return std::get<0>(state_); }
    [[nodiscard]] T&& value() && { return std::get<0>(std::move(state_)); }
    T const& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    T const* operator->() const { return &value(); }
    T* operator->() { return &value(); }

    [[nodiscard]] Error const& error() const& { return std::get<1>(state_); }
    [[nodiscard]] Error&& error() && { return std::get<1>(std::move(state_)); }

private:
    std::variant<T, Error> state_;
};

using Status = Result<Nothing>;

}  // namespace greffier

/// Unwraps a Result or returns its Error from the enclosing function (GNU statement expression).
#define TRY(expression)                                                  \
    ({                                                                   \
        auto try_result_ = (expression);                                 \
        if (!try_result_.ok()) return std::move(try_result_).error();    \
        std::move(try_result_).value();                                  \
    })
