#include "schema/check.hpp"

#include <gtest/gtest.h>

#include "schema/test_sample.hpp"

namespace greffier::schema {
namespace {

using namespace sample;

Row good_row()
{
    Row row(info());
    set(info(), row, "name", std::string{"Cantine"});
    set(info(), row, "base", std::string{"red"});
    return row;
}

Row with(std::string_view field, Value value)
{
    auto row = good_row();
    set(info(), row, field, std::move(value));
    return row;
}

Row part(std::string_view field, Value value, std::string id = "")
{
    Row row(*info().find("parts")->rows);
    set(*info().find("parts")->rows, row, field, std::move(value));
    row.id = std::move(id);
    return row;
}

/// "path code" of each problem.
std::vector<std::string> problems(Row const& row, KnowsTerm const& knows = {}, Strictness strictness = Strictness::Whole)
{
    std::vector<std::string> out;
    for (auto const& error : check(info(), row, knows, strictness)) out.push_back(error.field + " " + error.code);
    return out;
}

using Problems = std::vector<std::string>;

TEST(Check, a_good_row_has_no_problem) { EXPECT_EQ(problems(good_row()), Problems{}); }

TEST(Check, a_required_field_must_be_there_in_a_whole_record_only)
{
    EXPECT_EQ(problems(Row(info())), (Problems{"name required", "base required"}));
    EXPECT_EQ(problems(Row{}), (Problems{"name required", "base required"}));
    EXPECT_EQ(problems(Row(info()), {}, Strictness::Partial), Problems{});
    EXPECT_EQ(problems(with("name", std::string{})), Problems{"name required"});
}

TEST(Check, a_text_is_measured_in_characters_not_in_bytes)
{
    std::string accents;
    for (int i = 0; i < 20; ++i) accents += "é";
    EXPECT_EQ(problems(with("name", accents)), Problems{});
    auto const errors = check(info(), with("name", accents + "x"));
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].code, "too_long");
    EXPECT_EQ(errors[0].arguments.at("max"), "20");
    EXPECT_EQ(problems(with("text", std::string(10'000, 'x'))), Problems{});
    EXPECT_EQ(problems(with("text", std::string(10'001, 'x'))), Problems{"text too_long"});
}

TEST(Check, each_kind_refuses_what_it_is_not)
{
    for (auto const& [field, value, code] : std::vector<std::tuple<char const*, Value, char const*>>{
             {"name", std::int64_t{3}, "wrong_kind"},
             {"ticked", std::string{"oui"}, "wrong_kind"},
             {"count", std::string{"douze"}, "not_a_number"},
             {"count", std::int64_t{900'000'000'000'001}, "out_of_range"},
             {"count", std::int64_t{-5}, "below_minimum"},
             {"share", std::int64_t{101}, "out_of_range"},
             {"share", std::int64_t{-1}, "out_of_range"},
             {"price", std::string{"cher"}, "not_a_number"},
             {"on", std::string{"31/02/2026"}, "not_a_date"},
             {"at", std::string{"hier"}, "not_an_instant"},
             {"email", std::string{"anne@mairie"}, "not_an_email"},
             {"phone", std::string{"demander à Anne"}, "not_a_phone"},
             {"url", std::string{"javascript:alert(1)"}, "not_a_url"},
             {"country", std::string{"France"}, "unknown_country"},
             {"country", std::string{"fr"}, "unknown_country"},
             {"decimal", std::string{"12,5"}, "not_a_number"},
             {"decimal", std::string{"1e5"}, "not_a_number"},
             {"decimal", std::string{"."}, "not_a_number"},
             {"period", std::string{"deux ans"}, "not_a_duration"},
             {"colour", std::string{"blue"}, "unknown_choice"},
             {"animal", std::string{"unicorn"}, "unknown_choice"},
             {"see", std::string{"12"}, "not_an_id"},
             {"lines", std::string{"une"}, "wrong_kind"},
             {"owner", std::string{"Anne"}, "wrong_kind"},
             {"parts", Texts{"a"}, "wrong_kind"},
         })
        EXPECT_EQ(problems(with(field, value)), Problems{std::string{field} + " " + code}) << field;
}

TEST(Check, accepts_the_limits_of_each_kind)
{
    for (auto const& [field, value] : std::vector<std::pair<char const*, Value>>{
             {"share", std::int64_t{0}}, {"share", std::int64_t{100}}, {"price", std::int64_t{-50}}, {"country", std::string{"EPO"}}, {"country", std::string{"FR"}},
             {"decimal", std::string{"-12.50"}}, {"decimal", std::string{"0"}}, {"period", std::string{"P30D"}}, {"answered", false}, {"ticked", false}})
        EXPECT_EQ(problems(with(field, value)), Problems{}) << field;
}

TEST(Check, a_retired_choice_is_still_accepted)
{
    EXPECT_EQ(problems(with("colour", std::string{"mauve"})), Problems{});
    EXPECT_EQ(problems(with("animal", std::string{"dodo"})), Problems{});
}

TEST(Check, an_open_list_takes_the_terms_that_the_organisation_added)
{
    KnowsTerm const knows = [](std::string_view list, std::string_view code) { return list == "animal" && code == "unicorn"; };
    EXPECT_EQ(problems(with("animal", std::string{"unicorn"}), knows), Problems{});
    EXPECT_EQ(problems(with("animals", Texts{"cat", "unicorn", "griffin"}), knows), Problems{"animals[2] unknown_choice"});
    KnowsTerm const everything = [](std::string_view, std::string_view) { return true; };
    EXPECT_EQ(problems(with("colour", std::string{"unicorn"}), everything), Problems{"colour unknown_choice"});   // the law's list is closed
}

TEST(Check, control_characters_come_from_a_broken_paste)
{
    EXPECT_EQ(problems(with("text", std::string{"une\nligne\tet"})), Problems{});
    EXPECT_EQ(problems(with("text", std::string{"a\x01z"})), Problems{"text control_characters"});
    EXPECT_EQ(problems(with("name", std::string{"a\nb"})), Problems{"name control_characters"});
    EXPECT_EQ(problems(with("name", std::string{"a\0b", 3})), Problems{"name control_characters"});
    EXPECT_EQ(problems(with("name", std::string{"a\x7f"})), Problems{"name control_characters"});
    for (auto const* turned : {"\u202Aa", "a\u202Eb", "a\u2066", "a\u2069b"}) {
        EXPECT_EQ(problems(with("name", std::string{turned})), Problems{"name control_characters"}) << "it would turn its line around";
        EXPECT_TRUE(problems(with("text", std::string{turned})).empty()) << "a text comes back as it went";
    }
    for (auto const* fine : {"l’été – œuvre…", "\u202Fa\u2019", "\u05D0\u05D1\u05D2", "\u200Fa", "10\u2030"}) EXPECT_TRUE(problems(with("name", std::string{fine})).empty()) << fine;
}

TEST(Check, a_text_that_is_not_utf8_is_refused)
{
    for (auto const* bytes : {"\xff", "caf\xe9", "\xc3", "\xed\xa0\x80", "\xc0\xaf"}) EXPECT_EQ(problems(with("name", std::string{bytes})), Problems{"name bad_utf8"});
    EXPECT_EQ(problems(with("lines", Texts{"bien", "mal\xff"})), Problems{"lines[1] bad_utf8"});
}

TEST(Check, there_is_an_end_to_rows_and_lines)
{
    Rows rows(static_cast<std::size_t>(max_rows), part("what", std::string{"x"}));
    EXPECT_EQ(problems(with("parts", rows)), Problems{});
    rows.push_back(rows.front());
    EXPECT_EQ(problems(with("parts", rows)), Problems{"parts too_many"});
    Texts lines;
    for (int i = 0; i <= max_texts; ++i) lines.push_back(std::to_string(i));
    EXPECT_EQ(problems(with("lines", lines)), Problems{"lines too_many"});
}

TEST(Check, nothing_stands_twice)
{
    EXPECT_EQ(problems(with("animals", Texts{"cat", "cow", "cat"})), Problems{"animals[2] duplicate"});
    EXPECT_EQ(problems(with("parts", Rows{part("what", std::string{"a"}, "x"), part("what", std::string{"b"}, "x")})), Problems{"parts[1] duplicate"});
    EXPECT_EQ(problems(with("parts", Rows{part("what", std::string{"a"}), part("what", std::string{"a"})})), Problems{});
}

TEST(Check, a_problem_inside_a_part_has_the_path_to_it)
{
    Row owner(contact_info());
    set(contact_info(), owner, "email", std::string{"anne"});
    EXPECT_EQ(problems(with("owner", Rows{owner})), Problems{"owner.email not_an_email"});
    EXPECT_EQ(problems(with("parts", Rows{part("what", std::string{"a"}), part("period", std::string{"x"})})), Problems{"parts[1].period not_a_duration"});
    EXPECT_EQ(problems(with("parts", Rows{part("animals", Texts{"cat", "x"})})), Problems{"parts[0].animals[1] unknown_choice"});
    EXPECT_EQ(problems(with("detail", Rows{Row(*info().find("detail")->rows)})), Problems{"detail.title required"});
    EXPECT_EQ(problems(with("proofs", Rows{Row(attachment_info())})), Problems{"proofs[0].name required"});
    EXPECT_EQ(problems(with("owner", Rows{owner, owner})), Problems{"owner wrong_kind"});
}

TEST(Check, problems_come_in_the_order_of_the_fields_and_all_at_once)
{
    auto row = Row(info());
    set(info(), row, "share", std::int64_t{200});
    set(info(), row, "email", std::string{"x"});
    EXPECT_EQ(problems(row), (Problems{"name required", "email not_an_email", "base required", "share out_of_range"}));
}

// ---- normalise ------------------------------------------------------------------------------------------

Value normalised(std::string_view field, Value value)
{
    auto row = with(field, std::move(value));
    normalise(info(), row);
    return get(info(), row, field);
}

TEST(Normalise, browsers_send_carriage_returns_and_nobody_wants_them)
{
    EXPECT_EQ(normalised("text", std::string{"  un\r\ndeux\rtrois\n\r\n"}), Value{std::string{"un\ndeux\ntrois"}});
    EXPECT_EQ(normalised("lines", Texts{"une\r", " ", "deux  mots\r"}), (Value{Texts{"une", "deux mots"}}));
}

TEST(Normalise, lines_are_squeezed_and_blank_ones_absent)
{
    EXPECT_EQ(normalised("name", std::string{"  La \u00a0 cantine "}), Value{std::string{"La cantine"}});
    EXPECT_EQ(normalised("name", std::string{" \u202f "}), Value{});
    EXPECT_EQ(normalised("email", std::string{" anne@ville.example "}), Value{std::string{"anne@ville.example"}});
    EXPECT_EQ(normalised("lines", Texts{"", " "}), Value{});
    EXPECT_EQ(normalised("owner", Rows{Row(contact_info())}), Value{});
    EXPECT_EQ(normalised("period", std::string{" P05Y "}), Value{std::string{"P5Y"}});
}

TEST(Normalise, a_box_that_was_never_ticked_is_unticked_and_a_question_stays_open)
{
    EXPECT_EQ(normalised("ticked", Value{}), Value{false});
    EXPECT_EQ(normalised("answered", Value{}), Value{});
    EXPECT_EQ(normalised("answered", false), Value{false});
}

TEST(Normalise, owned_rows_that_nobody_filled_go_and_an_unticked_box_fills_nothing)
{
    EXPECT_EQ(normalised("parts", Rows{part("what", std::string{" "}), part("ticked", false)}), Value{});
    auto const left = normalised("parts", Rows{part("ticked", false), part("ticked", true)});
    ASSERT_EQ(std::get<Rows>(left).size(), 1U);
}

TEST(Normalise, the_answer_no_is_an_answer_and_its_row_stays)
{
    EXPECT_EQ(std::get<Rows>(normalised("parts", Rows{part("answered", false)})).size(), 1U);
    Row detail(*info().find("detail")->rows);
    set(*info().find("detail")->rows, detail, "agreed", false);
    EXPECT_FALSE(is_empty(normalised("detail", Rows{detail})));
}

TEST(Normalise, gives_an_id_to_new_rows_and_keeps_the_others)
{
    auto const kept = Uuid::make().text();
    auto const value = normalised("parts", Rows{part("what", std::string{"a"}, kept), part("what", std::string{"b"}), part("what", std::string{"c"}, "12")});
    auto const& rows = std::get<Rows>(value);
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].id, kept);
    EXPECT_TRUE(Uuid::parse(rows[1].id));
    EXPECT_TRUE(Uuid::parse(rows[2].id));
    EXPECT_NE(rows[1].id, rows[2].id);
}

TEST(Normalise, an_id_is_written_one_way)
{
    std::string const upper = "0190A1B2-0000-7000-8000-0000000000AA", lower = "0190a1b2-0000-7000-8000-0000000000aa";
    EXPECT_EQ(normalised("see", upper), Value{lower});
    EXPECT_EQ(normalised("links", Texts{upper}), (Value{Texts{lower}}));
    auto row = with("parts", Rows{part("what", std::string{"a"}, upper), part("what", std::string{"b"}, lower)});
    normalise(info(), row);
    EXPECT_EQ(problems(row), Problems{"parts[1] duplicate"});
}

TEST(Normalise, one_attachment_keeps_its_id_and_a_contact_has_none)
{
    Row proof(attachment_info()), owner(contact_info());
    proof.id = owner.id = Uuid::make().text();
    set(attachment_info(), proof, "name", std::string{"acte.pdf"});
    set(contact_info(), owner, "name", std::string{"Anne"});
    EXPECT_EQ(std::get<Rows>(normalised("proof", Rows{proof}))[0].id, proof.id);
    EXPECT_EQ(std::get<Rows>(normalised("owner", Rows{owner}))[0].id, "");
}

TEST(Normalise, a_short_row_becomes_whole_and_twice_is_once)
{
    Row row;
    row.values = {std::string{" a "}};
    normalise(info(), row);
    EXPECT_EQ(row.values.size(), info().fields.size());
    auto again = row;
    normalise(info(), again);
    EXPECT_EQ(again, row);
}

TEST(Normalise, what_could_not_be_read_stays_as_it_was_typed)
{
    EXPECT_EQ(normalised("on", std::string{"31/02/2026"}), Value{std::string{"31/02/2026"}});
    EXPECT_EQ(normalised("period", std::string{"deux ans"}), Value{std::string{"deux ans"}});
    EXPECT_EQ(normalised("name", std::string{"mal\xff"}), Value{std::string{"mal\xff"}});
}

// ---- completeness -----------------------------------------------------------------------------------------

TEST(Completeness, counts_the_mandatory_questions_and_those_of_each_row)
{
    auto row = good_row();   // name, base answered; text, owner not
    EXPECT_EQ(completeness(info(), row), 50);
    EXPECT_EQ(unanswered(info(), row), (std::vector<std::string>{"text", "owner"}));
    set(info(), row, "parts", Rows{part("what", std::string{"a"}), part("ticked", true)});
    EXPECT_EQ(unanswered(info(), row), (std::vector<std::string>{"text", "owner", "parts[1].what"}));
    EXPECT_EQ(completeness(info(), row), 50);
}

TEST(Completeness, an_empty_record_is_at_zero_and_no_question_at_a_hundred)
{
    EXPECT_EQ(completeness(info(), Row(info())), 0);
    EXPECT_EQ(completeness(info(), Row{}), 0);   // short of values, not of questions
    EXPECT_EQ(completeness(contact_info(), Row(contact_info())), 100);
}

}  // namespace
}  // namespace greffier::schema
