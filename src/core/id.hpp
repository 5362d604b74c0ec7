#pragma once
// Identifiers: UUIDs made by the application (version 7: sortable by time, no coordination needed).
// Id<Tag> is typed, so that the id of an organisation cannot be passed where a record's is meant.
// Tokens that grant access are never UUIDv7: see core/crypto.hpp, random_token().

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace greffier {

struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    /// A fresh UUIDv7, monotonic within this process. Thread-safe.
    static Uuid make();
    /// Accepts the canonical 8-4-4-4-12 form, any case; nullopt otherwise.
    static std::optional<Uuid> parse(std::string_view text);

    [[nodiscard]] std::string text() const;   ///< canonical lower-case form
    [[nodiscard]] std::string hex() const;    ///< 32 hexadecimal digits
    [[nodiscard]] bool is_nil() const { return bytes == decltype(bytes){}; }
    auto operator<=>(Uuid const&) const = default;
};

template <class Tag>
struct Id {
    Uuid uuid{};

    static Id make() { return {Uuid::make()}; }
    static std::optional<Id> parse(std::string_view text)
    {
        if (auto parsed = Uuid::parse(text)) return Id{*parsed};
        return std::nullopt;
    }
    [[nodiscard]] std::string text() const { return uuid.text(); }
    auto operator<=>(Id const&) const = default;
};

// Tags of the machinery; the tags of registers stand in registers/ids.hpp.
struct Organisation;
struct Person;
struct Membership;
struct Record;   ///< any record of any register
using OrganisationId = Id<Organisation>;
using PersonId = Id<Person>;
using MembershipId = Id<Membership>;
using RecordId = Id<Record>;

}  // namespace greffier

template <>
struct std::hash<greffier::Uuid> {
    std::size_t operator()(greffier::Uuid const& id) const noexcept;
};
template <class Tag>
struct std::hash<greffier::Id<Tag>> {
    std::size_t operator()(greffier::Id<Tag> const& id) const noexcept { return std::hash<greffier::Uuid>{}(id.uuid); }
};
