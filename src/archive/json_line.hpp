#pragma once
// One JSON object of an archive, read with suspicion: a member that is absent, of another type or out of bounds gives a
// harmless value and is remembered; sound() says it. So a reader is a list of members, and one question at its end.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/crypto.hpp"
#include "core/id.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

namespace greffier::archive {

/// Where something is wrong, for the sentence that says it.
struct Place {
    std::string part;
    std::size_t line = 1;
};
Error damaged(Place const& place);

class JsonObject {
public:
    /// Error archive.damaged_part when it is no JSON object.
    static Result<JsonObject> parse(std::string_view text, Place const& place);
    ~JsonObject();
    JsonObject(JsonObject&&) noexcept;
    JsonObject& operator=(JsonObject&&) = delete;

    /// The name of its only member, "" when it has none or several.
    [[nodiscard]] std::string only_member() const;
    [[nodiscard]] JsonObject object(std::string_view name);
    [[nodiscard]] std::vector<JsonObject> objects(std::string_view name);
    [[nodiscard]] std::vector<std::string> texts(std::string_view name);
    [[nodiscard]] std::vector<std::string> members() const;

    std::string text(std::string_view name, std::size_t longest = 100'000);
    std::int64_t number(std::string_view name, std::int64_t least = 0, std::int64_t most = std::int64_t{1} << 53);
    bool truth(std::string_view name);
    Uuid id(std::string_view name);
    Timestamp instant(std::string_view name);
    Hash hash(std::string_view name);         ///< 64 hexadecimal digits
    bool is_null(std::string_view name);      ///< there, and null

    template <class V, class... More>
    std::optional<V> optional(V (JsonObject::*read)(std::string_view, More...), std::string_view name, More... more)
    {
        if (is_null(name)) return std::nullopt;
        return (this->*read)(name, more...);
    }

    void refuse();                            ///< something is wrong that only the caller knows
    [[nodiscard]] Status sound() const;

private:
    struct Impl;
    explicit JsonObject(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace greffier::archive
