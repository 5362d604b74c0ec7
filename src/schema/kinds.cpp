#include "schema/kinds.hpp"

#include <charconv>

#include "schema/schema.hpp"

namespace greffier::schema {

std::optional<Duration> Duration::parse(std::string_view iso)
{
    if (iso.size() < 3 || iso.front() != 'P') return std::nullopt;
    Duration duration;
    std::string_view order = "YMWD";
    std::size_t at = 1;
    while (at < iso.size()) {
        int number = 0;
        auto [end, error] = std::from_chars(iso.data() + at, iso.data() + iso.size(), number);
        if (error != std::errc{} || number < 0 || number > 9999 || end == iso.data() + iso.size()) return std::nullopt;
        auto const unit = order.find(*end);
        if (unit == std::string_view::npos) return std::nullopt;
        switch (order[unit]) {
        case 'Y': duration.years = number; break;
        case 'M': duration.months = number; break;
        case 'W': duration.weeks = number; break;
        default: duration.days = number;
        }
        order.remove_prefix(unit + 1);   // parts come once, largest first
        at = static_cast<std::size_t>(end - iso.data()) + 1;
    }
    if (duration == Duration{}) return std::nullopt;   // "P0D" says nothing a register can use
    return duration;
}

std::string Duration::text() const
{
    std::string out = "P";
    if (years) out += std::to_string(years) + "Y";
    if (months) out += std::to_string(months) + "M";
    if (weeks) out += std::to_string(weeks) + "W";
    if (days) out += std::to_string(days) + "D";
    return out;
}

double Duration::approximate_days() const { return years * 365.25 + months * 30.4375 + weeks * 7.0 + days; }

Schema<Contact> const& schema_of(Contact const*)
{
    static Schema<Contact> const schema("contact", 1, {
        Field("name", &Contact::name).max_length(200).searchable(),
        Field("function", &Contact::function).max_length(200),
        Field("company", &Contact::company).max_length(200).searchable(),
        Field("address", &Contact::address).max_length(500),
        Field("postcode", &Contact::postcode).max_length(20),
        Field("city", &Contact::city).max_length(200),
        Field("country", &Contact::country),
        Field("phone", &Contact::phone),
        Field("email", &Contact::email),
    });
    return schema;
}

Schema<Localised> const& schema_of(Localised const*)
{
    static Schema<Localised> const schema("localised", 1, {
        Field("fr", &Localised::fr).max_length(2000).searchable(),
        Field("en", &Localised::en).max_length(2000).searchable(),
    });
    return schema;
}

Schema<Attachment> const& schema_of(Attachment const*)
{
    static Schema<Attachment> const schema("attachment", 1, {
        Field("name", &Attachment::name).required().max_length(255).searchable(),
        Field("description", &Attachment::description).max_length(500).searchable(),
        Field("type", &Attachment::type).max_length(100),
        Field("size", &Attachment::size),
        Field("sha256", &Attachment::sha256).max_length(64),
    });
    return schema;
}

SchemaInfo const& contact_info() { return schema_of(static_cast<Contact const*>(nullptr)).info(); }
SchemaInfo const& localised_info() { return schema_of(static_cast<Localised const*>(nullptr)).info(); }
SchemaInfo const& attachment_info() { return schema_of(static_cast<Attachment const*>(nullptr)).info(); }

}  // namespace greffier::schema
