#include <stdexcept>

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

struct Reader : std::exception {
    char const* what() const noexcept override { return "last read: Madame Martin"; }
};

TEST(Log, a_failure_of_another_library_is_named_by_its_type_for_it_may_quote_what_somebody_typed)
{
    EXPECT_EQ(loggable(std::runtime_error("the disk is full")), "the disk is full");
    EXPECT_EQ(loggable(std::logic_error("two routes for /x")), "two routes for /x");
    EXPECT_EQ(loggable(Reader{}).find("Martin"), std::string::npos);
    EXPECT_NE(loggable(Reader{}), "");
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
