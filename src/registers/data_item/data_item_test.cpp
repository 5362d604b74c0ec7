#include <gtest/gtest.h>

#include "registers/data_item/data_item.hpp"
#include "schema/test_bodies.hpp"

namespace greffier::data_item {
TEST(DataItemSchema, bodies_of_released_versions_are_read_for_ever) { schema::expect_old_bodies_read(data_item_schema().info()); }
}  // namespace greffier::data_item
