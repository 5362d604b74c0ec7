#pragma once
// The C++ types of a record's members. The type of a member is half the schema: std::string is a line,
// Text several lines, Email an address that is checked, Term<List> a code of an open list, and so on.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/id.hpp"
#include "core/time.hpp"
#include "schema/info.hpp"

namespace greffier::schema {

/// A string whose kind is checked; reads as a std::string.
template <Kind K>
struct TextOf {
    std::string value;
    [[nodiscard]] bool empty() const { return value.empty(); }
    operator std::string const&() const { return value; }   // NOLINT: a checked string is a string
    bool operator==(TextOf const&) const = default;
};
using Text = TextOf<Kind::Text>;
using Email = TextOf<Kind::Email>;
using Phone = TextOf<Kind::Phone>;
using Url = TextOf<Kind::Url>;
using Country = TextOf<Kind::Country>;
using Decimal = TextOf<Kind::Decimal>;

struct Percent { std::int64_t value = 0; bool operator==(Percent const&) const = default; };
struct Money { std::int64_t cents = 0; bool operator==(Money const&) const = default; };

/// A calendar duration; at least one part is set. ISO 8601 without hours: legal periods are counted in days and up.
struct Duration {
    int years = 0, months = 0, weeks = 0, days = 0;
    static std::optional<Duration> parse(std::string_view iso);   ///< "P5Y", "P1Y6M", "P30D"
    [[nodiscard]] std::string text() const;
    /// For comparison with a maximum: days, counting a year 365.25 and a month 30.44.
    [[nodiscard]] double approximate_days() const;
    bool operator==(Duration const&) const = default;
};

struct Localised {
    std::string fr, en;
    bool operator==(Localised const&) const = default;
};

/// A person or body without an account.
struct Contact {
    std::string name, function, company, address, postcode, city;
    Country country;
    Phone phone;
    Email email;
    [[nodiscard]] bool empty() const { return *this == Contact{}; }
    bool operator==(Contact const&) const = default;
};

struct Attachment {
    std::string id, name, type, sha256, description;
    std::int64_t size = 0;
    bool operator==(Attachment const&) const = default;
};

/// A code of an open list. `L` is a tag type with  static List const& list();
template <class L>
struct Term {
    std::string code;
    [[nodiscard]] bool empty() const { return code.empty(); }
    [[nodiscard]] bool has_flag(std::string_view flag) const
    {
        auto const* entry = L::list().find(code);
        return entry && entry->has_flag(flag);
    }
    bool operator==(Term const&) const = default;
    bool operator==(std::string_view other) const { return code == other; }
};

/// Register an Id<Tag> points to; specialised in registers/ids.hpp.
template <class Tag>
inline constexpr std::string_view link_register = "";

}  // namespace greffier::schema
