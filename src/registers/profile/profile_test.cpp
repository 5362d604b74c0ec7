#include "registers/profile/profile.hpp"

#include <gtest/gtest.h>

#include "records/pages/form.hpp"
#include "records/pages/test_page.hpp"
#include "schema/diff.hpp"
#include "schema/test_bodies.hpp"

namespace greffier::profile {
namespace {

using namespace schema;

SchemaInfo const& info() { return profile_schema().info(); }

TEST(ProfileSchema, bodies_of_released_versions_are_read_for_ever) { expect_old_bodies_read(info()); }

TEST(ProfileSchema, the_form_is_sound_and_sends_back_the_profile_it_shows)
{
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        auto const row = RowMaker(seed, seed % 5 == 0 ? 100 : 50).make(info());
        Locale const locale{seed % 2 ? Language::French : Language::English};
        web::Html out;
        records::write_contents(out, {info(), row, locale, {}, {}, {}});
        records::write_sections(out, {info(), row, locale, {}, {}, {}});
        auto const tags = records::tags_of(out.text());
        records::expect_sound(tags);
        auto back = records::read_form(info(), records::sent_by(tags), row);
        normalise(info(), back);
        for (auto const& change : diff(info(), row, back)) ADD_FAILURE() << seed << " " << change.field->name;
        ASSERT_EQ(back, row) << seed;
        ASSERT_TRUE(profile_schema().unpack(back).ok());
    }
}

}  // namespace
}  // namespace greffier::profile
