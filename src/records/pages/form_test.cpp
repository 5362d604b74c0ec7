#include "records/pages/form.hpp"

#include <gtest/gtest.h>

#include "records/pages/test_page.hpp"
#include "schema/check.hpp"
#include "schema/test_rows.hpp"
#include "schema/test_sample.hpp"

namespace greffier::records {
namespace {

using namespace schema::sample;
using schema::get;
using schema::Row;
using schema::Rows;
using schema::set;
using schema::Texts;
using schema::Value;

Locale const french{Language::French}, english{Language::English};

web::Pairs pairs(std::initializer_list<std::pair<char const*, std::string>> items)
{
    web::Pairs form;
    for (auto const& [name, value] : items) form.add(name, value);
    return form;
}

Value read(char const* field, std::initializer_list<std::pair<char const*, std::string>> items, Row const& base = Row(info()))
{
    return get(info(), read_form(info(), pairs(items), base), field);
}

std::string page(Row const& row, Locale const& locale, std::vector<FieldError> const& errors = {}, std::vector<Finding> const& findings = {})
{
    web::Html out;
    FormView const view{info(), row, locale, errors, findings, *parse_date("2026-03-30")};
    write_contents(out, view);
    write_error_summary(out, view);
    write_sections(out, view);
    return std::move(out).take();
}

Row normal(Row row)
{
    schema::normalise(info(), row);
    return row;
}

// ---- reading --------------------------------------------------------------------------------------------------

TEST(ReadForm, numbers_are_read_as_people_write_them)
{
    EXPECT_EQ(read("count", {{"count", " 3 100 "}}), Value{std::int64_t{3100}});
    EXPECT_EQ(read("count", {{"count", "3\u202f100"}}), Value{std::int64_t{3100}});
    EXPECT_EQ(read("count", {{"count", "-5"}}), Value{std::int64_t{-5}});
    EXPECT_EQ(read("count", {{"count", ""}}), Value{});
    for (auto const* typed : {"douze", "3,5", "12 personnes", "99999999999999999999", "+5", "--5"}) EXPECT_EQ(read("count", {{"count", typed}}), Value{std::string{typed}});
    EXPECT_EQ(read("price", {{"price", "1 250,50"}}), Value{std::int64_t{125050}});
    EXPECT_EQ(read("price", {{"price", "1250"}}), Value{std::int64_t{125000}});
    EXPECT_EQ(read("price", {{"price", "0.5"}}), Value{std::int64_t{50}});
    EXPECT_EQ(read("price", {{"price", "-0,50"}}), Value{std::int64_t{-50}});
    for (auto const* typed : {"-", ",", "1.250,50", "1,255", "cher", "1,-5", "92233720368547758070"}) EXPECT_EQ(read("price", {{"price", typed}}), Value{std::string{typed}}) << typed;
    EXPECT_EQ(read("decimal", {{"decimal", "1 012,50"}}), Value{std::string{"1012.50"}});
    EXPECT_EQ(read("decimal", {{"decimal", "douze"}}), Value{std::string{"douze"}});
}

TEST(ReadForm, an_instant_is_typed_by_the_clock_of_its_page_and_keeps_its_seconds_when_untouched)
{
    auto const at = [](char const* text) { return Value{*parse_timestamp(text)}; };
    EXPECT_EQ(read("at", {{"at", "2026-03-27T14:20"}, {"at.zone", "Europe/Paris"}}), at("2026-03-27T13:20:00Z"));
    EXPECT_EQ(read("at", {{"at", "27/03/2026 14h20"}, {"at.zone", "Indian/Reunion"}}), at("2026-03-27T10:20:00Z"));
    EXPECT_EQ(read("at", {{"at", "2026-03-27T14:20:00Z"}}), at("2026-03-27T14:20:00Z"));
    EXPECT_EQ(read("at", {{"at", ""}, {"at.zone", "Europe/Paris"}}), Value{});
    Row kept(info());
    schema::set(info(), kept, "at", at("2026-03-27T13:20:31.250Z"));
    EXPECT_EQ(get(info(), read_form(info(), sent_by(tags_of(page(kept, Locale(Language::French, "America/Cayenne")))), kept), "at"), at("2026-03-27T13:20:31.250Z"));
    auto row = read_form(info(), pairs({{"name", "a"}, {"base", "red"}, {"at", "2026-03-29T02:30"}, {"at.zone", "Europe/Paris"}}), Row(info()));
    auto const errors = schema::check(info(), normal(row));
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].code, "not_an_instant");
}

TEST(ReadForm, a_date_that_does_not_exist_is_kept_as_typed_refused_and_shown_again)
{
    EXPECT_EQ(read("on", {{"on", "2026-03-30"}}), Value{*parse_date("2026-03-30")});
    EXPECT_EQ(read("on", {{"on", "30/03/2026"}}), Value{*parse_date("2026-03-30")});
    auto row = read_form(info(), pairs({{"name", "a"}, {"base", "red"}, {"on", "31/02/2026"}}), Row(info()));
    EXPECT_EQ(get(info(), row, "on"), Value{std::string{"31/02/2026"}});
    auto const errors = schema::check(info(), normal(row));
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].code, "not_a_date");
    for (auto const& tag : tags_of(page(row, french, errors)))
        if (tag.get("name") == "on") {
            EXPECT_EQ(tag.get("value"), "31/02/2026");
            EXPECT_EQ(tag.get("type"), "text");   // a date input would empty it
            EXPECT_EQ(tag.get("aria-invalid"), "true");
        }
}

TEST(ReadForm, everything_that_cannot_be_read_is_shown_again_as_it_was_typed)
{
    auto const typed = pairs({{"name", "a"}, {"base", "red"}, {"on", "hier"}, {"at", "midi"}, {"count", "douze"}, {"share", "moitié"}, {"price", "cher"},
                              {"decimal", "un demi"}, {"period.count", "deux"}, {"period.unit", "Y"}, {"email", "anne"}, {"phone", "Anne"}, {"url", "ici"}, {"country", "Syldavie"}});
    auto const row = read_form(info(), typed, Row(info()));
    auto const errors = schema::check(info(), normal(row));
    EXPECT_EQ(errors.size(), 11U);
    auto const sent = sent_by(tags_of(page(row, french, errors)));
    for (auto const& [name, value] : typed) EXPECT_EQ(sent.get(name), value) << name;
    EXPECT_EQ(read_form(info(), sent, Row(info())), row);
}

TEST(ReadForm, a_duration_is_a_figure_and_a_unit_or_both_written_together)
{
    EXPECT_EQ(read("period", {{"period.count", "5"}, {"period.unit", "Y"}}), Value{std::string{"P5Y"}});
    EXPECT_EQ(read("period", {{"period.count", "30"}, {"period.unit", "D"}}), Value{std::string{"P30D"}});
    EXPECT_EQ(read("period", {{"period.count", ""}, {"period.unit", "D"}}), Value{});
    EXPECT_EQ(read("period", {{"period.count", "P1Y10D"}, {"period.unit", "M"}}), Value{std::string{"P1Y10D"}});
    for (auto const& [typed, iso] : std::vector<std::pair<char const*, char const*>>{
             {"5 ans", "P5Y"}, {"1 an", "P1Y"}, {"2 années", "P2Y"}, {"6 mois", "P6M"}, {"3 semaines", "P3W"}, {"30 jours", "P30D"}, {"18 months", "P18M"}, {"1 year", "P1Y"}, {"10j", "10j"}})
        EXPECT_EQ(read("period", {{"period.count", typed}, {"period.unit", "M"}}), Value{std::string{iso}}) << typed;
    for (auto const* typed : {"deux", "0", "-1", "1.5", "99999", "5 ans et demi"}) EXPECT_EQ(read("period", {{"period.count", typed}, {"period.unit", "Y"}}), Value{std::string{typed}});
    EXPECT_EQ(read("period", {{"period.count", "5"}, {"period.unit", "X"}}), Value{std::string{"5"}});
}

TEST(ReadForm, a_length_that_nobody_changed_keeps_the_way_it_was_written)
{
    Row base(info());
    set(info(), base, "period", std::string{"P1Y6M"});
    EXPECT_EQ(read("period", {{"period.count", "18"}, {"period.unit", "M"}}, base), Value{std::string{"P1Y6M"}});
    EXPECT_EQ(read("period", {{"period.count", "19"}, {"period.unit", "M"}}, base), Value{std::string{"P19M"}});
    set(info(), base, "period", std::string{"P12M"});
    EXPECT_EQ(read("period", {{"period.count", "12"}, {"period.unit", "M"}}, base), Value{std::string{"P12M"}});
    set(info(), base, "period", std::string{"P30D"});
    EXPECT_EQ(read("period", {{"period.count", "1"}, {"period.unit", "M"}}, base), Value{std::string{"P1M"}});
}

TEST(ReadForm, boxes_and_questions)
{
    EXPECT_EQ(read("ticked", {{"ticked", "true"}}), Value{true});
    EXPECT_EQ(read("ticked", {}), Value{false});
    EXPECT_EQ(read("answered", {{"answered", "true"}}), Value{true});
    EXPECT_EQ(read("answered", {{"answered", "false"}}), Value{false});
    EXPECT_EQ(read("answered", {{"answered", ""}}), Value{});
    EXPECT_EQ(read("answered", {{"answered", "peut-être"}}), Value{});
}

TEST(ReadForm, a_name_that_repeats_is_several_choices)
{
    EXPECT_EQ(read("animals", {{"animals", "cat"}, {"animals", ""}, {"animals", "cow"}}), (Value{Texts{"cat", "cow"}}));
    EXPECT_EQ(normal(read_form(info(), pairs({{"lines", "une\r\n\r\n deux "}}), Row(info()))).values[static_cast<std::size_t>(info().index_of("lines"))], (Value{Texts{"une", "deux"}}));
    EXPECT_EQ(read("links", {{"links", "a\r\n b \n"}}), (Value{Texts{"a", "b"}}));
}

TEST(ReadForm, what_a_form_never_shows_keeps_its_value)
{
    auto const base = schema::RowMaker(1, 100).make(info());
    auto const row = read_form(info(), pairs({{"stamp", "forged"}, {"proof.name", "forged"}, {"proofs.0.name", "forged"}}), base);
    for (auto const* field : {"stamp", "proof", "proofs"}) EXPECT_EQ(get(info(), row, field), get(info(), base, field)) << field;
}

Row with_rows(std::vector<std::pair<std::string, std::string>> const& rows)
{
    Row row(info());
    Rows parts;
    for (auto const& [id, what] : rows) {
        Row part(*info().find("parts")->rows);
        part.id = id;
        set(*info().find("parts")->rows, part, "what", what);
        parts.push_back(std::move(part));
    }
    set(info(), row, "parts", std::move(parts));
    return row;
}

/// "id:what" of each row.
std::vector<std::string> rows_of(Row const& row)
{
    std::vector<std::string> out;
    auto const* rows = std::get_if<Rows>(&get(info(), row, "parts"));
    if (rows)
        for (auto const& part : *rows) out.push_back(part.id + ":" + schema::text_of(*info().find("parts")->rows, part, "what"));
    return out;
}

using Strings = std::vector<std::string>;

TEST(ReadForm, rows_come_in_the_order_of_their_indices_whatever_the_gaps)
{
    auto const base = with_rows({{"A", "a"}, {"B", "b"}});
    auto const row = read_form(info(), pairs({{"parts.7.what", "new"}, {"parts.2.id", "B"}, {"parts.2.what", "b2"}, {"parts.0.id", "A"}, {"parts.0.what", "a2"}, {"parts.10.what", "last"}}), base);
    EXPECT_EQ(rows_of(row), (Strings{"A:a2", "B:b2", ":new", ":last"}));
}

TEST(ReadForm, an_id_that_is_not_this_record_s_is_not_believed_and_none_is_used_twice)
{
    auto const base = with_rows({{"A", "a"}});
    EXPECT_EQ(rows_of(read_form(info(), pairs({{"parts.0.id", "Z"}, {"parts.0.what", "x"}}), base)), Strings{":x"});
    EXPECT_EQ(rows_of(read_form(info(), pairs({{"parts.0.id", "A"}, {"parts.0.what", "x"}, {"parts.1.id", "A"}, {"parts.1.what", "y"}}), base)), (Strings{"A:x", ":y"}));
    EXPECT_EQ(rows_of(read_form(info(), pairs({{"parts.0.id", "A"}, {"parts.0.what", "x"}}), Row(info()))), Strings{":x"});
}

TEST(ReadForm, indices_that_no_page_of_ours_sends_are_ignored)
{
    EXPECT_EQ(rows_of(read_form(info(), pairs({{"parts.99999999999999999999.what", "x"}, {"parts.100000.what", "x"}, {"parts.-1.what", "x"}, {"parts.__n__.what", "x"}, {"parts..what", "x"},
                                               {"parts.1", "x"}, {"parts", "x"}, {"parts.0x.what", "x"}}), Row(info()))), Strings{});
}

TEST(ReadForm, a_row_nobody_filled_is_gone_once_normal)
{
    EXPECT_EQ(rows_of(normal(read_form(info(), pairs({{"parts.0.id", ""}, {"parts.0.what", " "}, {"parts.0.period.count", ""}, {"parts.0.period.unit", "Y"}}), Row(info())))), Strings{});
}

// ---- buttons ----------------------------------------------------------------------------------------------------

Strings pressed(char const* button, std::initializer_list<std::pair<char const*, std::string>> items, bool* held = nullptr)
{
    auto form = pairs(items);
    form.add(button, "");
    auto row = read_form(info(), form, with_rows({{"A", "a"}, {"B", "b"}, {"C", "c"}}));
    bool const found = apply_row_button(info(), form, row);
    if (held) *held = found;
    return rows_of(row);
}

#define THREE {"parts.0.id", "A"}, {"parts.0.what", "a"}, {"parts.1.id", "B"}, {"parts.1.what", "b"}, {"parts.2.id", "C"}, {"parts.2.what", "c"}

TEST(RowButton, adds_removes_and_moves)
{
    EXPECT_EQ(pressed("_add.parts", {THREE}), (Strings{"A:a", "B:b", "C:c", ":"}));
    EXPECT_EQ(pressed("_add.parts", {}), Strings{":"});
    EXPECT_EQ(pressed("_remove.parts.1", {THREE}), (Strings{"A:a", "C:c"}));
    EXPECT_EQ(pressed("_up.parts.2", {THREE}), (Strings{"A:a", "C:c", "B:b"}));
    EXPECT_EQ(pressed("_down.parts.0", {THREE}), (Strings{"B:b", "A:a", "C:c"}));
    EXPECT_EQ(pressed("_up.parts.0", {THREE}), (Strings{"A:a", "B:b", "C:c"}));
    EXPECT_EQ(pressed("_down.parts.2", {THREE}), (Strings{"A:a", "B:b", "C:c"}));
}

TEST(RowButton, acts_on_the_row_it_stands_in_when_rows_before_it_are_gone)
{
    EXPECT_EQ(pressed("_remove.parts.4", {{"parts.1.what", "b"}, {"parts.4.what", "e"}, {"parts.5.what", "f"}}), (Strings{":b", ":f"}));
    EXPECT_EQ(pressed("_remove.parts.1", {{"parts.1.what", "b"}, {"parts.4.what", "e"}}), Strings{":e"});
}

TEST(RowButton, one_that_points_nowhere_saves_nothing_and_changes_nothing)
{
    bool held = false;
    EXPECT_EQ(pressed("_remove.parts.9", {THREE}, &held), (Strings{"A:a", "B:b", "C:c"}));
    EXPECT_TRUE(held);
    for (auto const* other : {"_version", "_csrf", "_add", "_add.name", "_add.nothing", "_explode.parts.0", "add.parts"}) {
        pressed(other, {THREE}, &held);
        EXPECT_FALSE(held) << other;
    }
}

// ---- writing ------------------------------------------------------------------------------------------------------

TEST(Form, sends_back_the_record_it_shows)
{
    for (std::uint64_t seed = 0; seed < 150; ++seed) {
        auto const row = schema::RowMaker(seed, seed % 3 == 0 ? 100 : 50).make(info());
        auto const& locale = seed % 2 ? french : english;
        auto const sent = sent_by(tags_of(page(row, locale)));
        auto const back = normal(read_form(info(), sent, row));
        for (std::size_t i = 0; i < row.values.size(); ++i) {
            if (info().fields[i].kind == schema::Kind::Choices || info().fields[i].kind == schema::Kind::Terms) {   // boxes come in the order of the list
                auto a = back.values[i], b = row.values[i];
                for (auto* value : {&a, &b})
                    if (auto* texts = std::get_if<Texts>(value)) std::ranges::sort(*texts);
                ASSERT_EQ(a, b) << seed << " " << info().fields[i].name;
            } else if (info().fields[i].name != "parts") {
                ASSERT_EQ(back.values[i], row.values[i]) << seed << " " << info().fields[i].name;
            }
        }
        ASSERT_EQ(rows_of(back), rows_of(row)) << seed;
        // Shown again as a form that was refused, before anything has an id: the same answers.
        auto const fresh = read_form(info(), sent, Row(info()));
        auto const again = read_form(info(), sent_by(tags_of(page(fresh, locale))), Row(info()));
        ASSERT_EQ(normal(again).values[1], normal(fresh).values[1]);
    }
}

TEST(Form, ids_labels_and_links_lead_somewhere_in_both_languages)
{
    for (auto const* locale : {&french, &english})
        for (std::uint64_t seed = 0; seed < 10; ++seed) expect_sound(tags_of(page(schema::RowMaker(seed, static_cast<int>(seed) * 11).make(info()), *locale)));
}

TEST(Form, every_error_of_the_summary_leads_to_its_question)
{
    std::vector<FieldError> errors;
    for (auto const& field : info().fields) errors.push_back({field.name, "required", {}});
    for (auto const* path : {"owner.email", "motto.fr", "detail.title", "detail.agreed", "detail.kept", "colours[1]", "animals[1]", "links[0]", "lines[3]", "proofs[0].name", "parts[0]",
                             "parts[0].what", "parts[0].ticked", "parts[0].answered", "parts[0].period", "parts[0].animals[1]", "parts[1].see", "parts[1].on"})
        errors.push_back({path, "wrong_kind", {}});
    auto row = with_rows({{"A", "a"}, {"B", "b"}});
    for (auto const* locale : {&french, &english}) {
        auto const tags = tags_of(page(row, *locale, errors));
        expect_sound(tags);
        auto const links = std::ranges::count_if(tags, [](Tag const& tag) { return tag.name == "a" && tag.get("href").starts_with('#') && !tag.get("href").starts_with("#s-"); });
        EXPECT_EQ(links, static_cast<std::ptrdiff_t>(errors.size()) - 4);   // attachments and stamps are not in the form: their section
    }
}

TEST(Form, an_error_stands_beside_its_question_too)
{
    for (auto const* path : {"name", "ticked", "answered", "colours[1]", "lines[3]", "owner.email", "parts[0].answered", "parts[0].animals[2]", "parts[0].what", "parts[0]", "period", "country"}) {
        auto const tags = tags_of(page(with_rows({{"A", "a"}}), french, {{path, "wrong_kind", {}}}));
        auto const beside = std::ranges::count_if(tags, [](Tag const& tag) { return tag.name == "p" && tag.get("class") == "g-err"; });
        EXPECT_EQ(beside, 1) << path;
    }
}

TEST(Form, escapes_whatever_people_wrote)
{
    std::string const nasty = "\"><script>alert(1)</script>'&</textarea></select>";
    auto row = with_rows({{nasty, nasty}});
    auto& part = std::get<Rows>(row.values[static_cast<std::size_t>(info().index_of("parts"))])[0];
    for (auto const& field : info().fields) {
        auto& value = row.values[static_cast<std::size_t>(info().index_of(field.name))];
        if (field.kind == schema::Kind::Rows) continue;
        if (field.kind == schema::Kind::Choices || field.kind == schema::Kind::Terms || field.kind == schema::Kind::Links || field.kind == schema::Kind::Strings) value = Texts{nasty};
        else if (field.rows) {
            Row inner(*field.rows);
            for (auto& one : inner.values) one = nasty;
            value = Rows{inner};
        } else value = nasty;
    }
    for (auto& value : part.values) value = nasty;
    std::vector<FieldError> const errors{{nasty, "unknown_choice", {{"value", nasty}}}, {"name", "unknown_choice", {{"value", nasty}}}};
    for (auto const* locale : {&french, &english}) {
        auto const html = page(row, *locale, errors, {{"REG-1", Severity::Major, {"parts", nasty, "what"}, {{"count", nasty}}}});
        EXPECT_EQ(html.find("<script"), std::string::npos);
        EXPECT_EQ(html.find("alert(1)</"), std::string::npos);
        auto const tags = tags_of(html);
        for (auto const& tag : tags)
            for (auto const& [name, value] : tag.attributes) ASSERT_TRUE(std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || c == '-' || c == ':'; })) << name;
        EXPECT_EQ(sent_by(tags).get("name"), nasty);
        EXPECT_EQ(sent_by(tags).get("colour"), nasty);
        EXPECT_EQ(sent_by(tags).get("parts.0.what"), nasty);
    }
}

TEST(Form, a_retired_choice_is_not_offered_and_stays_when_it_was_chosen)
{
    auto offered = [](Row const& row, std::string_view code) {
        auto const tags = tags_of(page(row, french));
        return std::ranges::any_of(tags, [&](Tag const& tag) { return (tag.name == "option" || tag.get("type") == "checkbox") && tag.get("value") == code; });
    };
    Row row(info());
    EXPECT_FALSE(offered(row, "mauve"));
    EXPECT_FALSE(offered(row, "dodo"));
    set(info(), row, "colour", std::string{"mauve"});
    set(info(), row, "animals", Texts{"dodo", "cat"});
    EXPECT_TRUE(offered(row, "mauve"));
    EXPECT_TRUE(offered(row, "dodo"));
    auto const back = read_form(info(), sent_by(tags_of(page(row, french))), row);
    EXPECT_EQ(get(info(), back, "colour"), Value{std::string{"mauve"}});
    EXPECT_EQ(get(info(), back, "animals"), (Value{Texts{"cat", "dodo"}}));
}

TEST(Form, an_organisation_s_own_terms_stay)
{
    Row row(info());
    set(info(), row, "animal", std::string{"licorne"});
    set(info(), row, "animals", Texts{"griffon", "cat"});
    auto const back = read_form(info(), sent_by(tags_of(page(row, english))), row);
    EXPECT_EQ(get(info(), back, "animal"), Value{std::string{"licorne"}});
    EXPECT_EQ(get(info(), back, "animals"), (Value{Texts{"cat", "griffon"}}));
}

TEST(Form, money_is_shown_with_its_cents_and_its_sign)
{
    for (auto const& [cents, shown] : std::vector<std::pair<std::int64_t, char const*>>{{125050, "1250,50"}, {5, "0,05"}, {-50, "-0,50"}, {-125005, "-1250,05"}, {0, "0,00"}}) {
        Row row(info());
        set(info(), row, "price", cents);
        auto const sent = sent_by(tags_of(page(row, french)));
        EXPECT_EQ(sent.get("price"), shown);
        EXPECT_EQ(get(info(), read_form(info(), sent, row), "price"), Value{cents});
    }
}

TEST(Form, speaks_the_reader_s_language)
{
    std::vector<FieldError> const errors{{"name", "required", {}}};
    EXPECT_NE(page(Row(info()), french, errors).find("Cette information est nécessaire."), std::string::npos);
    EXPECT_EQ(page(Row(info()), english, errors).find("Cette information"), std::string::npos);
}

TEST(Form, the_id_of_a_control_comes_from_its_path)
{
    EXPECT_EQ(control_id("data_categories[1].retention_text"), "data_categories-1-retention_text");
    EXPECT_EQ(control_id("name"), "name");
}

}  // namespace
}  // namespace greffier::records
