#include "registers/processing/processing.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "records/duplicate.hpp"
#include "records/pages/form.hpp"
#include "records/pages/test_page.hpp"
#include "registers/processing/register.hpp"
#include "schema/diff.hpp"
#include "schema/json.hpp"
#include "schema/test_bodies.hpp"

namespace greffier::processing {
namespace {

using namespace schema;

SchemaInfo const& info() { return processing_schema().info(); }
Locale const french{Language::French}, english{Language::English};

std::string page(Row const& row, Locale const& locale, std::vector<FieldError> const& errors = {})
{
    web::Html out;
    records::FormView const view{info(), row, locale, errors, {}, *parse_date("2026-03-30")};
    records::write_contents(out, view);
    records::write_error_summary(out, view);
    records::write_sections(out, view);
    return std::move(out).take();
}

/// Boxes come back in the order of their list.
void sort_codes(Row& row)
{
    for (std::size_t i = 0; i < info().fields.size(); ++i)
        if (auto* codes = std::get_if<Texts>(&row.values[i]); codes && info().fields[i].list) std::ranges::sort(*codes);
}

TEST(ProcessingSchema, two_thousand_records_made_by_chance_pass_through_every_door_unchanged)
{
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        auto const row = RowMaker(seed, seed % 10 == 0 ? 100 : static_cast<int>(seed % 90)).make(info());
        ASSERT_TRUE(check(info(), row).empty()) << seed;
        ASSERT_TRUE(diff(info(), row, row).empty()) << seed;
        auto const body = to_stored(info(), row);
        ASSERT_EQ(from_stored(info(), body, info().version), row) << seed;

        auto sent = read_json(info(), to_sorted(info(), row, {}), ReadMode::Replace);
        ASSERT_TRUE(sent.ok()) << seed;
        normalise(info(), sent->row);
        ASSERT_EQ(sent->row, row) << seed;

        auto const record = processing_schema().unpack(row);
        ASSERT_TRUE(record.ok()) << seed;
        ASSERT_GE(completeness(info(), row), 0);
        ASSERT_LE(completeness(info(), row), 100);
        ASSERT_EQ(completeness(info(), row) == 100, unanswered(info(), row).empty()) << seed;
    }
}

TEST(ProcessingSchema, the_form_sends_back_the_record_it_shows)
{
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        auto row = RowMaker(seed, seed % 10 == 0 ? 100 : static_cast<int>(seed % 90)).make(info());
        auto back = records::read_form(info(), records::sent_by(records::tags_of(page(row, seed % 2 ? french : english))), row);
        normalise(info(), back);
        sort_codes(back);
        sort_codes(row);
        for (auto const& change : diff(info(), row, back)) ADD_FAILURE() << seed << " " << change.field->name << " " << (change.part ? change.part->name : "");
        ASSERT_EQ(back, row) << seed;
    }
}

TEST(ProcessingSchema, its_form_is_sound_and_says_everything_in_both_languages)
{
    auto const row = RowMaker(5, 100).make(info());
    std::vector<FieldError> errors;
    for (auto const& field : info().fields) errors.push_back({field.name, "required", {}});
    for (auto const& field : info().fields)
        if (field.rows && field.kind != Kind::Attachments)
            for (auto const& part : field.rows->fields) errors.push_back({field.name + (field.kind == Kind::Rows ? "[0]." : ".") + part.name, "wrong_kind", {}});
    for (auto const* locale : {&french, &english}) {
        auto const tags = records::tags_of(page(row, *locale, errors));
        records::expect_sound(tags);
        for (auto const& tag : tags) EXPECT_FALSE(tag.text.starts_with("[processing.") || tag.text.starts_with("[purpose.")) << tag.text;
    }
}

TEST(ProcessingSchema, a_copy_is_neither_advised_assessed_declared_nor_dated)
{
    auto const copy = records::copy_of(processing_register(), RowMaker(7, 100).make(info()), "(copie)");
    for (auto const* left : {"sheet_created_on", "sheet_updated_on", "dpia_required", "dpia_reference", "dpia_date", "dpia_next_review", "dpo_advice", "dpo_advice_date",
                             "cnil_declaration_number", "cnil_declaration_date", "validated_on", "last_review", "next_review", "reviewer"}) {
        ASSERT_TRUE(info().find(left)) << left;
        EXPECT_TRUE(is_empty(get(info(), copy, left))) << left;
    }
    for (auto const* kept : {"purposes", "start_date", "data_categories", "notes"}) EXPECT_FALSE(is_empty(get(info(), copy, kept))) << kept;
}

TEST(ProcessingSchema, bodies_of_released_versions_are_read_for_ever) { expect_old_bodies_read(info()); }

TEST(ProcessingSchema, a_record_of_a_body_of_the_first_version_is_a_processing)
{
    std::ifstream file(body_path(info(), 1, 1), std::ios::binary);
    std::stringstream body;
    body << file.rdbuf();
    auto const record = processing_schema().unpack(from_stored(info(), body.str(), 1));
    ASSERT_TRUE(record.ok());
    EXPECT_FALSE(record->purposes.empty() || record->data_categories.empty() || record->owner.empty());
}

}  // namespace
}  // namespace greffier::processing
