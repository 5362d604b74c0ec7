#pragma once
// Internal to the API: a small JSON object of a request, unknown members refused.

#include <memory>

#include "records/api_parts.hpp"

namespace greffier::records::api {

/// A member that is not there and one that is null are the same; one of another kind is Invalid "wrong_kind".
class SentObject {
public:
    /// Error unreadable for what is no object or names a member twice; unknown_field for each name beyond `known`.
    static Result<SentObject> read(Request const& request, std::vector<std::string_view> const& known);
    SentObject(SentObject&&) noexcept;
    ~SentObject();

    [[nodiscard]] bool has(std::string const& name) const;
    [[nodiscard]] Result<std::string> text(std::string const& name, std::size_t most) const;
    [[nodiscard]] Result<std::optional<bool>> truth(std::string const& name) const;
    [[nodiscard]] Result<std::vector<std::string>> texts(std::string const& name, std::size_t most) const;
    /// {"<as>": the member as it was sent}, for a reader of its own.
    [[nodiscard]] std::string wrapped(std::string const& name, std::string const& as) const;

private:
    struct Impl;
    explicit SentObject(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace greffier::records::api
