#include "records/duplicate.hpp"

#include <gtest/gtest.h>

#include "core/text.hpp"
#include "schema/test_rows.hpp"
#include "schema/test_sample.hpp"

namespace greffier::records {
namespace {

using schema::Row;
using schema::Rows;
using schema::Value;
namespace sample = schema::sample;

Register const& kind()
{
    static Register const samples{.slug = "samples", .prefix = "S", .icon = "note", .schema = &sample::info(), .title_field = "name", .review_field = "", .statuses = {"draft"},
                                  .reviewed_field = "on", .reviewer_field = "phone"};
    return samples;
}

TEST(Duplicate, keeps_what_describes_and_leaves_what_happened)
{
    auto const source = schema::RowMaker(3, 100).make(sample::info());
    auto const copy = copy_of(kind(), source, "(copie)");
    for (auto const* left : {"on", "phone", "proof", "proofs", "stamp"}) EXPECT_TRUE(schema::is_empty(schema::get(sample::info(), copy, left))) << left;
    for (auto const* kept : {"text", "links", "see", "animals", "owner", "share"}) EXPECT_EQ(schema::get(sample::info(), copy, kept), schema::get(sample::info(), source, kept)) << kept;
}

TEST(Duplicate, leaves_the_next_review_to_whoever_reviews_the_copy)
{
    auto reviewed = kind();
    reviewed.reviewed_field = "";
    reviewed.review_field = "on";
    auto const source = schema::RowMaker(3, 100).make(sample::info());
    EXPECT_TRUE(schema::is_empty(schema::get(sample::info(), copy_of(reviewed, source, "(copie)"), "on")));
}

TEST(Duplicate, leaves_to_the_original_the_advice_the_assessment_and_the_dates_of_its_sheet)
{
    schema::SchemaInfo info;
    info.name = "sheet";
    for (auto const* name : {"name", "notes", "sheet_created_on", "dpia_required", "dpia_reference", "dpo_advice", "cnil_declaration_number"}) {
        info.fields.emplace_back();
        info.fields.back().name = name;
    }
    Row row(info);
    for (auto const& field : info.fields) schema::set(info, row, field.name, std::string{"dit"});
    auto const copy = copy_of({.slug = "sheets", .schema = &info, .title_field = "name", .statuses = {"draft"}}, row, "(copie)");
    for (auto const* left : {"sheet_created_on", "dpia_required", "dpia_reference", "dpo_advice", "cnil_declaration_number"}) EXPECT_EQ(schema::text_of(info, copy, left), "") << left;
    EXPECT_EQ(schema::text_of(info, copy, "notes"), "dit");
}

TEST(Duplicate, gives_owned_rows_ids_of_their_own)
{
    auto const source = schema::RowMaker(4, 100).make(sample::info());
    auto copy = copy_of(kind(), source, "(copie)");
    auto const& before = std::get<Rows>(schema::get(sample::info(), source, "parts"));
    for (auto const& row : std::get<Rows>(schema::get(sample::info(), copy, "parts"))) EXPECT_TRUE(row.id.empty());
    schema::normalise(sample::info(), copy);
    auto const& after = std::get<Rows>(schema::get(sample::info(), copy, "parts"));
    ASSERT_EQ(after.size(), before.size());
    for (std::size_t i = 0; i < after.size(); ++i) {
        EXPECT_NE(after[i].id, before[i].id);
        EXPECT_EQ(after[i].values, before[i].values);
    }
}

TEST(Duplicate, says_copy_in_a_title_that_still_fits)
{
    Row row(sample::info());
    schema::set(sample::info(), row, "name", std::string{"Cantine"});
    EXPECT_EQ(schema::text_of(sample::info(), copy_of(kind(), row, "(copie)"), "name"), "Cantine (copie)");
    schema::set(sample::info(), row, "name", std::string{"Restauration scolaire"});   // the field holds 20 characters
    auto const title = schema::text_of(sample::info(), copy_of(kind(), row, "(copie)"), "name");
    EXPECT_EQ(length_utf8(title), 20U);
    EXPECT_TRUE(title.ends_with(" (copie)"));
}

}  // namespace
}  // namespace greffier::records
