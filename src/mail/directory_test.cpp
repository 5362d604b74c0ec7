#include <gtest/gtest.h>

#include "mail/transport.hpp"
#include "storage/test_database.hpp"

namespace greffier::mail {
namespace {

using Outcome = Delivery::Outcome;

TEST(DirectoryTransport, writes_one_whole_private_file_a_message)
{
    storage::TestDirectory place;
    auto const transport = directory_transport(place.path() / "mail");
    ASSERT_EQ(transport->send({"0192-a", "a@b.fr", "c@d.fr", "Subject: x\r\n\r\ny\r\n"}, {}).outcome, Outcome::Sent);
    ASSERT_EQ(transport->send({"0192-a", "a@b.fr", "c@d.fr", "Subject: x\r\n\r\ny\r\n"}, {}).outcome, Outcome::Sent);
    int files = 0;
    for (auto const& file : std::filesystem::directory_iterator(place.path() / "mail")) {
        ++files;
        EXPECT_EQ(file.path().filename(), "0192-a.eml");
        EXPECT_EQ(file.file_size(), 17U);
        EXPECT_EQ(file.status().permissions(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }
    EXPECT_EQ(files, 1);
    auto const nowhere = directory_transport("/proc/nowhere");
    auto const failed = nowhere->send({"a", "a@b.fr", "c@d.fr", "x"}, {});
    EXPECT_EQ(failed.outcome, Outcome::Later);
    EXPECT_EQ(failed.problem, "directory");
}

}  // namespace
}  // namespace greffier::mail
