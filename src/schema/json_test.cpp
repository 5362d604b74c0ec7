#include "schema/json.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <nlohmann/json.hpp>

#include "schema/diff.hpp"
#include "schema/test_rows.hpp"
#include "schema/test_sample.hpp"

namespace greffier::schema {
namespace {

using namespace sample;
using Json = nlohmann::ordered_json;

std::string published(Row const& row)
{
    JsonWriter out;
    out.begin_object();
    write_members(out, info(), row);
    out.end_object();
    return std::move(out).take();
}

Row whole(Row row)
{
    normalise(info(), row);
    return row;
}

Result<ReadRow> read(std::string_view json) { return read_json(info(), json, ReadMode::Replace); }
Result<ReadRow> merge(std::string_view json, Row const& base) { return read_json(info(), json, ReadMode::Merge, base); }

/// "path code" of each problem; the error's own code when it has no field.
std::vector<std::string> problems(Result<ReadRow> const& result)
{
    if (result.ok()) return {};
    if (result.error().fields.empty()) return {result.error().code};
    std::vector<std::string> out;
    for (auto const& error : result.error().fields) out.push_back(error.field + " " + error.code);
    return out;
}

using Problems = std::vector<std::string>;

TEST(StoredJson, a_full_record_comes_back_byte_for_byte)
{
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        auto const row = RowMaker(seed, seed < 10 ? 100 : 40).make(info());
        auto const body = to_stored(info(), row);
        auto const back = from_stored(info(), body, 1);
        ASSERT_EQ(back, row) << seed << "\n" << body;
        ASSERT_EQ(to_stored(info(), back), body);
    }
}

TEST(StoredJson, a_few_members_read_alone_are_those_of_the_whole)
{
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        auto const row = RowMaker(seed, seed < 10 ? 100 : 40).make(info());
        auto const body = to_stored(info(), row);
        std::vector<std::string> wanted{"no such field"};
        for (std::size_t i = seed % 3; i < info().fields.size(); i += 1 + seed % 4) wanted.push_back(info().fields[i].name);
        auto const part = from_stored(info(), body, 1, wanted);
        for (std::size_t i = 0; i < info().fields.size(); ++i) {
            bool const asked = std::ranges::find(wanted, info().fields[i].name) != wanted.end();
            ASSERT_EQ(part.values[i], asked ? row.values[i] : Value{}) << info().fields[i].name << " of " << body;
        }
    }
    EXPECT_THROW(from_stored(info(), "[]", 1, std::vector<std::string>{"name"}), std::runtime_error);
}

TEST(StoredJson, is_compact_in_declared_order_without_absent_members)
{
    Row row(info());
    set(info(), row, "text", std::string{"é\n\"x\""});
    set(info(), row, "name", std::string{"a"});
    set(info(), row, "ticked", false);
    set(info(), row, "on", *parse_date("2026-03-30"));
    Row part(*info().find("parts")->rows), owner(contact_info());
    part.id = "p1";
    owner.id = "never written";
    set(*info().find("parts")->rows, part, "what", std::string{"w"});
    set(contact_info(), owner, "name", std::string{"Anne"});
    set(info(), row, "parts", Rows{part});
    set(info(), row, "owner", Rows{owner});
    EXPECT_EQ(to_stored(info(), row), R"({"name":"a","text":"é\n\"x\"","ticked":false,"on":"2026-03-30","owner":{"name":"Anne"},"parts":[{"id":"p1","what":"w"}]})");
    EXPECT_EQ(to_stored(info(), Row{}), "{}");
}

TEST(StoredJson, one_attachment_keeps_the_id_its_file_is_found_by)
{
    Row row(info()), proof(attachment_info());
    proof.id = "0190a1b2-0000-7000-8000-0000000000aa";
    set(attachment_info(), proof, "name", std::string{"acte.pdf"});
    set(info(), row, "proof", Rows{proof});
    normalise(info(), row);
    auto const back = from_stored(info(), to_stored(info(), row), 1);
    EXPECT_EQ(std::get<Rows>(get(info(), back, "proof"))[0].id, proof.id);
    auto const sent = read(published(row));
    ASSERT_TRUE(sent.ok());
    EXPECT_EQ(whole(sent->row), row);
    EXPECT_NE(to_sorted(info(), row, {}).find(proof.id), std::string::npos);
    auto const renamed = merge(R"({"proof":{"name":"autre.pdf"}})", row);
    ASSERT_TRUE(renamed.ok());
    EXPECT_EQ(std::get<Rows>(get(info(), renamed->row, "proof"))[0].id, proof.id);
}

TEST(StoredJson, bytes_that_this_program_never_wrote_throw)
{
    for (auto const* body : {"", "{", "[]", "12", "null", R"({"name":1.5})", R"({"name":{}})", R"({"parts":[{"id":7}]})", R"({"parts":[1,{}]} x)", R"({"parts":[{},7]})", "{\"name\":\"\xff\"}"})
        EXPECT_THROW(from_stored(info(), body, 1), std::runtime_error) << body;
}

TEST(PublishedJson, holds_every_declared_member_null_or_empty_when_absent)
{
    auto const json = Json::parse(published(Row(info())));
    ASSERT_EQ(json.size(), info().fields.size());
    std::size_t i = 0;
    for (auto const& [name, value] : json.items()) EXPECT_EQ(name, info().fields[i++].name);
    for (auto const* list : {"colours", "animals", "links", "lines", "proofs", "parts"}) EXPECT_EQ(json[list].dump(), "[]") << list;
    for (auto const* none : {"name", "answered", "owner", "proof", "motto", "detail", "on", "count"}) EXPECT_TRUE(json[none].is_null()) << none;
}

TEST(PublishedJson, of_a_part_holds_every_member_too)
{
    auto const json = Json::parse(published(RowMaker(1, 100).make(info())));
    EXPECT_EQ(json["owner"].size(), contact_info().fields.size());
    EXPECT_EQ(json["parts"][0].size(), info().find("parts")->rows->fields.size() + 1);
    EXPECT_TRUE(json["parts"][0].contains("id"));
    EXPECT_FALSE(json["owner"].contains("id"));
}

TEST(PublishedJson, read_back_in_place_of_the_record_is_the_record)
{
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        auto const row = RowMaker(seed, 50).make(info());
        auto const back = read(published(row));
        ASSERT_TRUE(back.ok()) << problems(back)[0];
        ASSERT_EQ(whole(back->row), row) << seed;
        ASSERT_EQ(back->present.size(), info().fields.size());
        auto const sorted = read(to_sorted(info(), row, {}));
        ASSERT_TRUE(sorted.ok()) << problems(sorted)[0];
        ASSERT_EQ(whole(sorted->row), row);
    }
}

TEST(PublishedJson, sorted_has_the_keys_of_every_object_in_order_and_those_added)
{
    auto const text = to_sorted(info(), RowMaker(3, 100).make(info()), {{"version", "3"}, {"_id", "\"x\""}});
    auto const json = Json::parse(text);
    auto sorted = [](Json const& object) {
        std::vector<std::string> keys;
        for (auto const& [key, value] : object.items()) keys.push_back(key);
        return std::ranges::is_sorted(keys);
    };
    EXPECT_TRUE(sorted(json));
    EXPECT_TRUE(sorted(json["owner"]));
    EXPECT_TRUE(sorted(json["parts"][0]));
    EXPECT_EQ(json["version"], 3);
    EXPECT_EQ(json["_id"], "x");
}

TEST(ReadJson, what_is_not_a_field_is_handed_on_as_it_came)
{
    auto const result = read(R"({"version":3,"name":"a","status":"draft","odd":{"b":[1,null]}})");
    ASSERT_TRUE(result.ok());
    ASSERT_EQ(result->others.size(), 3U);
    EXPECT_EQ(result->others[0].name, "version");
    EXPECT_EQ(result->others[0].json, "3");
    EXPECT_EQ(json_string(result->others[1].json), "draft");
    EXPECT_EQ(result->others[2].json, R"({"b":[1,null]})");
    EXPECT_EQ(result->present, std::vector<std::string>{"name"});
    EXPECT_FALSE(json_string("3"));
    EXPECT_FALSE(json_string("\"cut"));
}

TEST(ReadJson, an_unknown_member_of_a_part_is_refused_not_dropped)
{
    EXPECT_EQ(problems(read(R"({"owner":{"nom":"Anne"}})")), Problems{"owner.nom unknown_field"});
    EXPECT_EQ(problems(read(R"({"parts":[{"what":"a"},{"wat":"b"}]})")), Problems{"parts[1].wat unknown_field"});
    EXPECT_EQ(problems(read(R"({"owner":{"id":"x"}})")), Problems{"owner.id unknown_field"});   // a contact has no id
    EXPECT_EQ(problems(read(R"({"parts":[{"id":12}]})")), Problems{"parts[0].id wrong_kind"});
}

TEST(ReadJson, every_problem_is_said_at_once_with_its_path)
{
    EXPECT_EQ(problems(read(R"({"name":1,"ticked":"oui","on":"31/02/2026","at":"hier","lines":"a","colours":["red",2],"owner":[],"parts":[3,{"period":5}],"count":"3","base":null})")),
              (Problems{"name wrong_kind", "ticked wrong_kind", "on not_a_date", "at not_a_date", "lines wrong_kind", "colours[1] wrong_kind", "owner wrong_kind",
                        "parts[0] wrong_kind", "parts[1].period wrong_kind", "count not_a_number"}));
    EXPECT_EQ(problems(read(R"({"on":"2026-02-31"})")), Problems{"on not_a_date"});
}

TEST(ReadJson, numbers_out_of_range_are_refused_and_none_is_rounded)
{
    EXPECT_EQ(problems(read(R"({"count":9223372036854775808})")), Problems{"count out_of_range"});
    EXPECT_EQ(problems(read(R"({"count":18446744073709551615})")), Problems{"count out_of_range"});
    EXPECT_EQ(problems(read(R"({"count":1.5})")), Problems{"count not_a_number"});
    EXPECT_EQ(problems(read(R"({"count":1.0})")), Problems{"count not_a_number"});
    EXPECT_EQ(problems(read(R"({"count":-9223372036854775809})")), Problems{"count not_a_number"});
    EXPECT_EQ(problems(read(R"({"count":1e999})")), Problems{"unreadable"});
    EXPECT_EQ(get(info(), read(R"({"count":9223372036854775807})")->row, "count"), Value{INT64_MAX});
    EXPECT_EQ(get(info(), read(R"({"count":-3})")->row, "count"), Value{std::int64_t{-3}});
}

TEST(ReadJson, what_is_not_json_or_not_an_object_or_not_utf8_is_unreadable)
{
    for (auto const* text : {"", " ", "{", "[]", "3", "\"a\"", "null", "{'name':'a'}", "{\"name\":\"a\"} {}", "{\"name\":NaN}", "// x\n{}"})
        EXPECT_EQ(problems(read(text)), Problems{"unreadable"}) << text;
    EXPECT_EQ(problems(read("{\"name\":\"caf\xe9\"}")), Problems{"unreadable"});
    EXPECT_EQ(problems(read("{\"name\":\"\\ud800\"}")), Problems{"unreadable"});   // half a character
}

TEST(ReadJson, a_bomb_of_brackets_is_refused_without_harm)
{
    auto nested = [](int depth) { return "{\"odd\":" + std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']') + "}"; };
    EXPECT_TRUE(read(nested(31)).ok());
    EXPECT_EQ(problems(read(nested(32))), Problems{"unreadable"});
    EXPECT_EQ(problems(read(nested(1'000'000))), Problems{"unreadable"});
    std::string objects;
    for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
    EXPECT_EQ(problems(read(objects)), Problems{"unreadable"});
}

TEST(ReadJson, a_member_sent_twice_is_refused_for_one_of_them_would_be_lost)
{
    for (auto const* text : {R"({"name":"un","name":"deux"})", R"({"name":"un","owner":{"city":"Ici","city":"Là"}})"}) {
        auto const result = read(text);
        ASSERT_FALSE(result.ok()) << text;
        EXPECT_EQ(result.error().code, "unreadable");
    }
}

// ---- merge patch ---------------------------------------------------------------------------------------------

Row base_row()
{
    return read(R"({"name":"a","text":"t","lines":["1","2"],"owner":{"name":"Anne","city":"Ici"},"parts":[{"id":"p1","what":"w"},{"id":"p2","what":"x"}],"count":3,"stamp":"s"})")->row;
}

TEST(MergePatch, keeps_what_is_not_there_and_null_removes)
{
    auto const result = merge(R"({"text":null,"count":4})", base_row());
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(changed_fields(info(), base_row(), result->row), (std::vector<std::string>{"text", "count"}));
    EXPECT_TRUE(is_empty(get(info(), result->row, "text")));
    EXPECT_EQ(merge("{}", base_row())->row, base_row());
}

TEST(MergePatch, reaches_into_a_contact)
{
    auto const result = merge(R"({"owner":{"city":"Là","email":"anne@ville.example"}})", base_row());
    ASSERT_TRUE(result.ok());
    auto const& owner = std::get<Rows>(get(info(), result->row, "owner"))[0];
    EXPECT_EQ(text_of(contact_info(), owner, "name"), "Anne");
    EXPECT_EQ(text_of(contact_info(), owner, "city"), "Là");
    EXPECT_EQ(text_of(contact_info(), owner, "email"), "anne@ville.example");
    auto const without = merge(R"({"owner":{"city":null}})", base_row());
    EXPECT_EQ(text_of(contact_info(), std::get<Rows>(get(info(), without->row, "owner"))[0], "name"), "Anne");
    EXPECT_EQ(text_of(contact_info(), std::get<Rows>(get(info(), without->row, "owner"))[0], "city"), "");
    EXPECT_TRUE(is_empty(get(info(), merge(R"({"owner":null})", base_row())->row, "owner")));
    auto const fresh = merge(R"({"owner":{"name":"Bob"}})", Row(info()));
    ASSERT_TRUE(fresh.ok());
    EXPECT_EQ(text_of(contact_info(), std::get<Rows>(get(info(), fresh->row, "owner"))[0], "name"), "Bob");
    EXPECT_EQ(problems(merge(R"({"owner":{"nom":"x"}})", base_row())), Problems{"owner.nom unknown_field"});
}

TEST(MergePatch, replaces_arrays_whole)
{
    auto const result = merge(R"({"lines":["3"],"parts":[{"id":"p2","what":"y"}]})", base_row());
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(get(info(), result->row, "lines"), (Value{Texts{"3"}}));
    auto const& parts = std::get<Rows>(get(info(), result->row, "parts"));
    ASSERT_EQ(parts.size(), 1U);
    EXPECT_EQ(parts[0].id, "p2");
    EXPECT_EQ(problems(merge(R"({"parts":{"what":"y"}})", base_row())), Problems{"parts wrong_kind"});
}

// ---- JSON Schema -----------------------------------------------------------------------------------------------

TEST(JsonSchema, is_well_formed_and_mentions_every_field)
{
    auto const json = Json::parse(json_schema(info()));
    EXPECT_EQ(json["type"], "object");
    EXPECT_EQ(json["additionalProperties"], false);
    ASSERT_EQ(json["properties"].size(), info().fields.size());
    for (auto const& field : info().fields) EXPECT_TRUE(json["properties"].contains(field.name)) << field.name;
    EXPECT_EQ(json["properties"]["name"]["maxLength"], 20);
    EXPECT_EQ(json["properties"]["name"]["x-article"], "30(1)(b)");
    EXPECT_EQ(json["properties"]["stamp"]["readOnly"], true);
    EXPECT_EQ(json["properties"]["base"]["enum"], (Json{"red", "green", "mauve"}));
    EXPECT_FALSE(json["properties"]["animal"]["oneOf"][0].contains("enum"));   // an open list
    EXPECT_EQ(json["properties"]["answered"]["oneOf"][1]["type"], "null");
    auto const& part = json["properties"]["parts"]["items"]["properties"];
    EXPECT_TRUE(part.contains("id") && part.contains("what"));
    EXPECT_FALSE(json["properties"]["owner"]["oneOf"][0]["properties"].contains("id"));
    EXPECT_TRUE(json["properties"]["proof"]["oneOf"][0]["properties"].contains("id"));
}

// ---- versions of a schema ----------------------------------------------------------------------------------------

namespace versions {

struct Line { std::string id, what, who; std::optional<std::int64_t> amount; };
Schema<Line> const& schema_of(Line const*)
{
    static Schema<Line> const schema("line", 3, {
        Field("what", &Line::what).was("label"),
        Field("who", &Line::who).since(3),
        Field("amount", &Line::amount).converted(1, [](Value const& euros) -> Value {
            auto const* number = std::get_if<std::int64_t>(&euros);
            return number ? Value{*number * 100} : Value{};
        }),
    });
    return schema;
}

/// Version 1: title (text), label (text), begins (text as typed), tags (texts), dropped.
/// Version 2: label became name, begins a year.  Version 3: title became heading, a new title came, tags became lines.
struct Today {
    std::string name, heading, title;
    std::optional<Date> begins;
    std::vector<Line> lines, tags;
    bool box = false;
    std::optional<bool> question;
};
Schema<Today> const& schema_of(Today const*)
{
    auto year_to_day = [](Value const& year) -> Value {
        auto const* text = std::get_if<std::string>(&year);
        auto const date = text ? parse_date(*text + "-01-01") : std::nullopt;
        return date ? Value{*date} : Value{};
    };
    auto day_to_year = [](Value const& day) -> Value {
        auto const* text = std::get_if<std::string>(&day);
        return text ? Value{text->substr(0, 4)} : Value{};
    };
    auto tags_to_lines = [](Value const& tags) -> Value {
        auto const* texts = std::get_if<Texts>(&tags);
        if (!texts) return tags;
        Rows rows;
        for (auto const& text : *texts) {
            Row row(versions::schema_of(static_cast<Line const*>(nullptr)).info());
            row.values[0] = text;
            rows.push_back(std::move(row));
        }
        return rows;
    };
    static Schema<Today> const schema("today", 3, {
        Field("name", &Today::name).was("label"),
        Field("heading", &Today::heading).was("title"),
        Field("title", &Today::title).since(3),
        Field("begins", &Today::begins).converted(1, day_to_year).converted(2, year_to_day),
        Field("lines", &Today::lines),
        Field("tags", &Today::tags).converted(2, tags_to_lines),
        Field("box", &Today::box).since(2),
        Field("question", &Today::question).since(2),
    });
    return schema;
}
SchemaInfo const& today() { return schema_of(static_cast<Today const*>(nullptr)).info(); }

TEST(SchemaVersions, a_body_of_the_first_version_is_raised_to_today)
{
    auto const row = from_stored(today(), R"({"label":"Nom","title":"Titre","begins":"2019-05-06","tags":["a","b"],"dropped":{"x":[1]},"lines":[{"id":"l","label":"L","amount":3}]})", 1);
    EXPECT_EQ(text_of(today(), row, "name"), "Nom");
    EXPECT_EQ(text_of(today(), row, "heading"), "Titre");   // "title" meant this then
    EXPECT_EQ(text_of(today(), row, "title"), "");
    EXPECT_EQ(get(today(), row, "begins"), Value{*parse_date("2019-01-01")});   // through both conversions
    auto const& tags = std::get<Rows>(get(today(), row, "tags"));
    ASSERT_EQ(tags.size(), 2U);
    EXPECT_EQ(tags[1].values[0], Value{std::string{"b"}});
    auto const& lines = std::get<Rows>(get(today(), row, "lines"));
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].id, "l");
    EXPECT_EQ(lines[0].values[0], Value{std::string{"L"}});
    EXPECT_EQ(lines[0].values[2], Value{std::int64_t{300}});
    EXPECT_EQ(get(today(), row, "box"), Value{false});   // came after, never ticked
    EXPECT_EQ(get(today(), row, "question"), Value{});   // came after, never asked
    EXPECT_TRUE(check(today(), row).empty());
}

TEST(SchemaVersions, a_few_members_of_an_old_body_are_raised_too)
{
    auto const row = from_stored(today(), R"({"label":"Nom","title":"Titre","begins":"2019-05-06"})", 1, std::vector<std::string>{"name", "heading"});
    EXPECT_EQ(text_of(today(), row, "name"), "Nom");
    EXPECT_EQ(text_of(today(), row, "heading"), "Titre");
    EXPECT_EQ(get(today(), row, "begins"), Value{});
}

TEST(SchemaVersions, a_body_of_the_second_version_takes_the_later_step_only)
{
    auto const row = from_stored(today(), R"({"name":"Nom","title":"Titre","begins":"2019","lines":[{"id":"l","what":"L","amount":300}],"box":true})", 2);
    EXPECT_EQ(text_of(today(), row, "heading"), "Titre");
    EXPECT_EQ(get(today(), row, "begins"), Value{*parse_date("2019-01-01")});
    EXPECT_EQ(std::get<Rows>(get(today(), row, "lines"))[0].values[2], Value{std::int64_t{300}});
    EXPECT_EQ(get(today(), row, "box"), Value{true});
}

TEST(SchemaVersions, a_body_of_today_is_left_alone)
{
    auto const body = R"({"name":"Nom","heading":"H","title":"Titre","begins":"2019-05-06","lines":[{"id":"l","what":"L","who":"W","amount":3}],"tags":[{"id":"t","what":"T"}],"box":false})";
    auto const row = from_stored(today(), body, 3);
    EXPECT_EQ(text_of(today(), row, "title"), "Titre");
    EXPECT_EQ(get(today(), row, "begins"), Value{*parse_date("2019-05-06")});
    EXPECT_EQ(to_stored(today(), row), body);
}

}  // namespace versions
}  // namespace
}  // namespace greffier::schema
