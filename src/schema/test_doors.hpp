#pragma once
// For tests: every record that check() accepts comes back from storage as it went in.

#include <gtest/gtest.h>

#include "schema/check.hpp"
#include "schema/json.hpp"
#include "schema/test_rows.hpp"

namespace greffier::schema {

/// Records made by chance, sparse and full: each is valid, and the same after it was stored and read again.
inline void expect_every_door_open(SchemaInfo const& info)
{
    for (std::uint64_t seed = 0; seed < 150; ++seed) {
        auto const row = RowMaker(seed, seed % 10 == 0 ? 100 : static_cast<int>(seed % 90)).make(info);
        ASSERT_TRUE(check(info, row).empty()) << seed;
        ASSERT_EQ(from_stored(info, to_stored(info, row), info.version), row) << seed;
    }
}

}  // namespace greffier::schema
