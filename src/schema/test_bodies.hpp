#pragma once
// For tests: stored bodies of released schema versions, tests/data/schema/v<n>/<schema>-<k>.json. They are written
// once, the day a version is released (GREFFIER_WRITE_BODIES=1), and never changed: whoever changes a declaration
// must still read them.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "schema/json.hpp"
#include "schema/test_rows.hpp"

namespace greffier::schema {

constexpr int bodies_per_version = 3;

inline std::filesystem::path body_path(SchemaInfo const& info, int version, int number)
{
    auto const root = std::filesystem::current_path();   // ctest runs every program at the root of the checkout
    return root / "tests" / "data" / "schema" / ("v" + std::to_string(version)) / (info.name + "-" + std::to_string(number) + ".json");
}

inline void write_bodies_when_asked(SchemaInfo const& info)
{
    if (!std::getenv("GREFFIER_WRITE_BODIES")) return;
    for (int number = 1; number <= bodies_per_version; ++number) {
        auto const path = body_path(info, info.version, number);
        if (std::filesystem::exists(path)) continue;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream{path, std::ios::binary} << to_stored(info, RowMaker(static_cast<std::uint64_t>(number), 100).make(info));
    }
}

/// The bodies of every version up to today's, raised to today: valid, and byte for byte themselves in their own version.
inline void expect_old_bodies_read(SchemaInfo const& info)
{
    write_bodies_when_asked(info);
    for (int version = 1; version <= info.version; ++version)
        for (int number = 1; number <= bodies_per_version; ++number) {
            auto const path = body_path(info, version, number);
            std::ifstream file(path, std::ios::binary);
            ASSERT_TRUE(file) << path << " is missing";
            std::stringstream body;
            body << file.rdbuf();
            auto row = from_stored(info, body.str(), version);
            for (auto const& problem : check(info, row)) ADD_FAILURE() << path << ": " << problem.field << " " << problem.code;
            if (version == info.version) {
                EXPECT_EQ(to_stored(info, row), body.str()) << path << ": a member is no longer read";
            }
            auto normal = row;
            normalise(info, normal);
            EXPECT_TRUE(normal == row) << path << ": what was normal then is not any more";
        }
}

}  // namespace greffier::schema
