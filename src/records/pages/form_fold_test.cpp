#include "records/pages/form_fold.hpp"

#include <gtest/gtest.h>

#include "schema/test_sample.hpp"

namespace greffier::records {
namespace {

using namespace schema::sample;
using schema::Row;
using schema::set;

Locale const french{Language::French};

web::Pairs pairs(std::initializer_list<std::pair<char const*, std::string>> items)
{
    web::Pairs form;
    for (auto const& [name, value] : items) form.add(name, value);
    return form;
}

/// As a form shows it: what nothing asks for is folded.
std::string folded(Row const& row, std::vector<FieldError> const& errors = {}, std::vector<Finding> const& findings = {}, bool opens_all = false)
{
    web::Html out;
    write_sections(out, {info(), row, french, errors, findings, *parse_date("2026-03-30"), nullptr, true, opens_all});
    return std::move(out).take();
}

/// The fold a field stands in: "open", "shut", or "none" for one that stands in the open.
std::string fold_of(std::string const& text, std::string const& field)
{
    auto const at = text.find("name=\"" + field + "\"");
    if (at == std::string::npos) return "absent";
    auto const begin = text.rfind("<details class=\"g-optional\"", at), section = text.rfind("<section", at);
    if (begin == std::string::npos || begin < section) return "none";
    return text.substr(begin, text.find('>', begin) - begin).find(" open") == std::string::npos ? "shut" : "open";
}

std::string unfolded()
{
    web::Html out;
    Row const row(info());
    write_sections(out, {info(), row, french, {}, {}, *parse_date("2026-03-30")});
    return std::move(out).take();
}

TEST(Folds, what_nothing_asks_for_is_folded_and_the_rest_stands_in_the_open)
{
    auto const text = folded(Row(info()));
    for (auto const* asked : {"name", "text", "base", "owner.name"}) EXPECT_EQ(fold_of(text, asked), "none") << asked;   // required, mandatory, of article 30
    for (auto const* optional : {"email", "count", "lines", "ticked"}) EXPECT_EQ(fold_of(text, optional), "shut") << optional;
    EXPECT_EQ(fold_of(text, "stamp"), "absent") << "read-only";
    EXPECT_EQ(unfolded().find("g-optional"), std::string::npos) << "a page folds only when it says so";
}

TEST(Folds, a_fold_that_holds_an_answer_or_an_error_is_open)
{
    auto row = Row(info());
    set(info(), row, "count", std::int64_t{3});
    auto text = folded(row);
    EXPECT_EQ(fold_of(text, "email"), "open");
    EXPECT_EQ(fold_of(text, "lines"), "shut") << "another section's";
    EXPECT_EQ(fold_of(folded(Row(info()), {{"lines[2]", "too_long", {{"max", "9"}}}}), "lines"), "open");
    EXPECT_EQ(fold_of(folded(Row(info()), {{"linesman", "required", {}}}), "lines"), "shut") << "another field's";
    // What a form sends of questions nobody answered: boxes left out, contacts and lines without a word.
    row = read_form(info(), pairs({{"name", "a"}, {"lines", ""}, {"detail.title", " "}}), Row(info()));
    text = folded(row);
    EXPECT_EQ(fold_of(text, "email"), "shut");
    EXPECT_EQ(fold_of(text, "lines"), "shut");
    EXPECT_EQ(fold_of(folded(read_form(info(), pairs({{"ticked", "true"}}), Row(info()))), "email"), "open");
    EXPECT_EQ(fold_of(folded(read_form(info(), pairs({{"answered", "false"}}), Row(info()))), "email"), "open") << "a no is an answer";
}

TEST(Folds, a_question_that_a_finding_asks_for_stands_in_the_open)
{
    EXPECT_EQ(fold_of(folded(Row(info()), {}, {{"REG-001", Severity::Major, Place::parse("email"), {}}}), "email"), "none");
    EXPECT_EQ(fold_of(folded(Row(info()), {}, {{"REG-001", Severity::Major, Place::parse("email"), {}}}), "count"), "shut");
}

TEST(Folds, the_count_says_how_many_and_one_button_opens_them_all)
{
    auto const text = folded(Row(info()));
    EXPECT_NE(text.find("data-open-all"), std::string::npos);
    auto const several = text.substr(text.find("id=\"s-several\""));
    EXPECT_NE(several.find("Questions facultatives (7)"), std::string::npos) << several.substr(several.find("Question"), 40);
    auto const open = folded(Row(info()), {}, {}, true);
    EXPECT_EQ(fold_of(open, "email"), "open");
    EXPECT_EQ(fold_of(open, "lines"), "open");
    EXPECT_NE(open.find("name=\"_opened\""), std::string::npos) << "kept while other buttons draw the form again";
}

}  // namespace
}  // namespace greffier::records
