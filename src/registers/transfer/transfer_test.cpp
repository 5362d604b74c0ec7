#include "registers/transfer/transfer.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "records/pages/form.hpp"
#include "records/pages/test_page.hpp"
#include "schema/diff.hpp"
#include "schema/test_bodies.hpp"

namespace greffier::transfer {
namespace {

using namespace schema;

SchemaInfo const& info() { return transfer_schema().info(); }

TEST(TransferSchema, bodies_of_released_versions_are_read_for_ever) { expect_old_bodies_read(info()); }

TEST(TransferSchema, the_form_is_sound_and_sends_back_the_transfer_it_shows)
{
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        auto row = RowMaker(seed, seed % 5 == 0 ? 100 : 50).make(info());
        for (std::size_t i = 0; i < info().fields.size(); ++i)   // boxes come back in the order of their list
            if (auto* codes = std::get_if<Texts>(&row.values[i]); codes && info().fields[i].list) std::ranges::sort(*codes);
        Locale const locale{seed % 2 ? Language::French : Language::English};
        web::Html out;
        records::write_contents(out, {info(), row, locale, {}, {}, {}});
        records::write_sections(out, {info(), row, locale, {}, {}, {}});
        auto const tags = records::tags_of(out.text());
        records::expect_sound(tags);
        auto back = records::read_form(info(), records::sent_by(tags), row);
        normalise(info(), back);
        for (std::size_t i = 0; i < info().fields.size(); ++i)
            if (auto* codes = std::get_if<Texts>(&back.values[i]); codes && info().fields[i].list) std::ranges::sort(*codes);
        for (auto const& change : diff(info(), row, back)) ADD_FAILURE() << seed << " " << change.field->name;
        ASSERT_TRUE(transfer_schema().unpack(back).ok());
    }
}

TEST(TransferSchema, asks_each_question_about_a_ground_only_when_that_ground_can_be_chosen)
{
    auto const* tool = info().find("tool");
    for (auto const& field : info().fields)
        if (field.shown_when && field.shown_when->field == "tool") {
            for (auto const& code : field.shown_when->values) EXPECT_NE(tool->list->find(code), nullptr) << field.name << ' ' << code;
        }
}

}  // namespace
}  // namespace greffier::transfer
