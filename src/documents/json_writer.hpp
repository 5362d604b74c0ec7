#pragma once
// JSON whose bytes depend on its content alone: keys in the order of RFC 8785, letters unescaped,
// numbers as ECMAScript writes them.

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace greffier::documents {

/// RFC 8785 orders keys by UTF-16 units, which differs from bytes beyond U+FFFF.
struct JsonKeyOrder {
    using is_transparent = void;
    bool operator()(std::string_view a, std::string_view b) const;
};

class Json {
public:
    using Array = std::vector<Json>;
    using Object = std::map<std::string, Json, JsonKeyOrder>;

    Json() = default;                                          // null
    Json(std::nullptr_t) {}                                    // NOLINT: implicit by design
    Json(bool truth) : value_(truth) {}                        // NOLINT
    Json(int number) : value_(std::int64_t{number}) {}         // NOLINT
    Json(std::int64_t number) : value_(number) {}              // NOLINT
    Json(double number) : value_(number) {}                    // NOLINT
    Json(char const* text) : value_(std::string(text)) {}      // NOLINT
    Json(std::string text) : value_(std::move(text)) {}        // NOLINT
    Json(std::string_view text) : value_(std::string(text)) {} // NOLINT
    Json(Array items) : value_(std::move(items)) {}            // NOLINT
    Json(Object members) : value_(std::move(members)) {}       // NOLINT

    static Json array() { return Json(Array{}); }
    static Json object() { return Json(Object{}); }

    /// The member of that name, made when absent; a null becomes an object first. Throws std::bad_variant_access on
    /// other shapes.
    Json& operator[](std::string_view key);
    /// Appends; a null becomes an array first. Throws std::bad_variant_access on other shapes.
    void push_back(Json item);

    using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object>;
    [[nodiscard]] Value const& value() const { return value_; }
    bool operator==(Json const&) const = default;

private:
    Value value_;
};

enum class JsonLayout { Compact, Indented }; ///< Indented: two spaces, one member a line, a line feed at the end

/// Invalid UTF-8 becomes U+FFFD. Throws std::invalid_argument for infinities and NaN, which JSON cannot hold.
std::string write_json(Json const& json, JsonLayout layout = JsonLayout::Compact);

} // namespace greffier::documents
