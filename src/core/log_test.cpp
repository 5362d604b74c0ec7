#include <gtest/gtest.h>

#include "core/log.hpp"

namespace greffier {
namespace {

template <class Act>
std::string logged(Act const& act)
{
    ::testing::internal::CaptureStderr();
    act();
    return ::testing::internal::GetCapturedStderr();
}

}  // namespace

TEST(Log, an_event_is_one_line_of_names_and_values)
{
    auto const line = logged([] { log(LogLevel::Info, "request", {{"status", 200}, {"route", "/o/{organisation}"}}); });
    EXPECT_TRUE(line.ends_with("Z level=info event=request status=200 route=/o/{organisation}\n")) << line;
    EXPECT_EQ(line.find('T'), 10U) << "begins with an instant";
}

TEST(Log, a_value_can_neither_end_the_line_nor_forge_a_field)
{
    auto const line = logged([] { log(LogLevel::Warning, "request", {{"path", "/x\nlevel=error \"q\" a=b"}, {"empty", ""}}); });
    EXPECT_TRUE(line.ends_with("path=\"/x\\u000alevel=error \\\"q\\\" a=b\" empty=\"\"\n")) << line;
}

TEST(Log, what_is_below_the_level_is_not_written)
{
    set_log_level(LogLevel::Failure);
    EXPECT_EQ(logged([] { log(LogLevel::Warning, "quiet"); }), "");
    EXPECT_NE(logged([] { log(LogLevel::Failure, "loud"); }), "");
    set_log_level(LogLevel::Info);
    EXPECT_EQ(logged([] { log(LogLevel::Debug, "quiet"); }), "");
}

}  // namespace greffier
