#include "storage/postgres/answer.hpp"

#include <libpq-fe.h>

#include <bit>
#include <cstring>
#include <stdexcept>

namespace greffier::storage {

namespace {

// Types by their number in every server (pg_type.dat).
enum Type : Oid { Bool = 16, Bytea = 17, Name = 19, Int8 = 20, Int2 = 21, Int4 = 23, Text = 25, Oid4 = 26, Float8 = 701, Unknown = 705, Varchar = 1043, Numeric = 1700 };

template <class Integer>
Integer big_endian(char const* bytes)
{
    std::make_unsigned_t<Integer> value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i) value = static_cast<decltype(value)>((value << 8) | static_cast<unsigned char>(bytes[i]));
    return static_cast<Integer>(value);
}

/// What sum() of big numbers gives: digits of base 10,000, the first of weight `weight`. Decimals are cut.
std::int64_t whole_of_numeric(char const* bytes)
{
    auto const digits = big_endian<std::int16_t>(bytes), weight = big_endian<std::int16_t>(bytes + 2);
    auto const sign = big_endian<std::uint16_t>(bytes + 4);
    std::int64_t value = 0;
    for (int i = 0; i <= weight; ++i) value = value * 10'000 + (i < digits ? big_endian<std::int16_t>(bytes + 8 + 2 * i) : 0);
    return sign == 0x4000 ? -value : value;
}

}  // namespace

void ClearResult::operator()(pg_result* result) const { PQclear(result); }

bool PostgresCursor::step()
{
    written_.clear();
    if (!answer_ || row_ + 1 >= PQntuples(answer_.get())) {
        row_ = answer_ ? PQntuples(answer_.get()) : 0;
        return false;
    }
    ++row_;
    return true;
}

bool PostgresCursor::is_null(int column) const { return PQgetisnull(answer_.get(), row_, column) != 0; }

std::int64_t PostgresCursor::integer(int column) const
{
    if (is_null(column)) return 0;
    char const* value = PQgetvalue(answer_.get(), row_, column);
    switch (PQftype(answer_.get(), column)) {
    case Int8: return big_endian<std::int64_t>(value);
    case Int4: return big_endian<std::int32_t>(value);
    case Int2: return big_endian<std::int16_t>(value);
    case Oid4: return big_endian<std::uint32_t>(value);
    case Bool: return *value != 0;
    case Numeric: return whole_of_numeric(value);
    case Float8: return static_cast<std::int64_t>(std::bit_cast<double>(big_endian<std::int64_t>(value)));
    default: throw std::logic_error("column " + std::to_string(column) + " of an answer is no number");
    }
}

std::string_view PostgresCursor::text(int column) const
{
    if (is_null(column)) return {};
    switch (PQftype(answer_.get(), column)) {
    case Int8: case Int4: case Int2: case Oid4: case Bool: case Numeric: return written_.emplace_back(std::to_string(integer(column)));
    default: return {PQgetvalue(answer_.get(), row_, column), static_cast<std::size_t>(PQgetlength(answer_.get(), row_, column))};
    }
}

ByteView PostgresCursor::bytes(int column) const
{
    if (is_null(column)) return {};
    return {reinterpret_cast<std::uint8_t const*>(PQgetvalue(answer_.get(), row_, column)), static_cast<std::size_t>(PQgetlength(answer_.get(), row_, column))};
}

}  // namespace greffier::storage
