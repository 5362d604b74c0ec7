#pragma once
// Secret<T>: a value that cannot be printed, logged or compared by accident.
// There is no formatter and no stream operator; reveal() is the only way out and is easy to search for.

#include <string>
#include <utility>

namespace greffier {

/// Overwrites memory in a way the compiler may not remove.
void wipe(void* bytes, std::size_t count);

template <class T>
class Secret {
public:
    Secret() = default;
    explicit Secret(T value) : value_(std::move(value)) {}
    Secret(Secret const&) = default;
    Secret(Secret&&) noexcept = default;
    Secret& operator=(Secret const&) = default;
    Secret& operator=(Secret&&) noexcept = default;
    ~Secret()
    {
        if constexpr (requires { value_.data(); value_.size(); }) wipe(value_.data(), value_.size() * sizeof(*value_.data()));
    }
    [[nodiscard]] T const& reveal() const { return value_; }
    [[nodiscard]] bool empty() const requires requires(T const& t) { t.empty(); } { return value_.empty(); }

private:
    T value_{};
};

using SecretText = Secret<std::string>;

}  // namespace greffier
