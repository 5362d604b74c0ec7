#pragma once
// For tests: a record with one member of every kind, so that no kind escapes a test of the generic code.

#include "schema/schema.hpp"

namespace greffier::schema::sample {

enum class Colour { Red, Green, Mauve };
inline ChoiceList<Colour> const& choices_of(Colour)
{
    static ChoiceList<Colour> const list("colour", {
        {Colour::Red, {"red"}}, {Colour::Green, {"green"}}, {Colour::Mauve, {"mauve", "", "", true}},   // mauve is retired
    });
    return list;
}

struct Animals {
    static List const& list()
    {
        static constexpr ListEntry entries[] = {{"cat", "", "pet small"}, {"cow", "", "farm"}, {"dodo", "", "gone", true}};
        static List const animals{"animal", true, entries};
        return animals;
    }
};

struct Tag;
using SampleId = Id<Tag>;

struct Part {
    std::string id;
    Text what;
    std::optional<Colour> colour;
    bool ticked = false;
    std::optional<bool> answered;
    std::optional<Duration> period;
    std::optional<Date> on;
    std::vector<Term<Animals>> animals;
    std::optional<SampleId> see;
    bool operator==(Part const&) const = default;
};

struct Detail {
    std::string title;
    Email email;
    std::optional<bool> agreed;
    bool kept = false;
    bool operator==(Detail const&) const = default;
};

struct Sample {
    std::string name;
    Text text;
    Email email;
    Phone phone;
    Url url;
    Country country;
    Decimal decimal;
    std::optional<Duration> period;
    Colour base = Colour::Red;
    std::optional<Colour> colour;
    Term<Animals> animal;
    std::optional<SampleId> see;
    bool ticked = false;
    std::optional<bool> answered;
    std::optional<std::int64_t> count;
    std::optional<Percent> share;
    std::optional<Money> price;
    std::optional<Date> on;
    std::optional<Timestamp> at;
    std::vector<Colour> colours;
    std::vector<Term<Animals>> animals;
    std::vector<SampleId> links;
    std::vector<std::string> lines;
    Localised motto;
    Contact owner;
    Attachment proof;
    std::vector<Attachment> proofs;
    Detail detail;
    std::vector<Part> parts;
    std::string stamp;
    bool operator==(Sample const&) const = default;
};

inline Schema<Part> const& schema_of(Part const*)
{
    static Schema<Part> const schema("part", 1, {
        Field("what", &Part::what).mandatory().searchable(),
        Field("colour", &Part::colour).material(),
        Field("ticked", &Part::ticked),
        Field("answered", &Part::answered),
        Field("period", &Part::period),
        Field("on", &Part::on),
        Field("animals", &Part::animals),
        Field("see", &Part::see),
    });
    return schema;
}

inline Schema<Detail> const& schema_of(Detail const*)
{
    static Schema<Detail> const schema("detail", 1, {
        Field("title", &Detail::title).required(),
        Field("email", &Detail::email),
        Field("agreed", &Detail::agreed),
        Field("kept", &Detail::kept),
    });
    return schema;
}

inline Schema<Sample> const& schema_of(Sample const*)
{
    static Schema<Sample> const schema("sample", 1, {
        Field("name", &Sample::name).section("one").required().max_length(20).searchable().article("30(1)(b)"),
        Field("text", &Sample::text).mandatory().searchable().material(),
        Field("email", &Sample::email),
        Field("phone", &Sample::phone),
        Field("url", &Sample::url),
        Field("country", &Sample::country),
        Field("decimal", &Sample::decimal),
        Field("period", &Sample::period),
        Field("base", &Sample::base).required(),
        Field("colour", &Sample::colour),
        Field("animal", &Sample::animal),
        Field("see", &Sample::see),
        Field("ticked", &Sample::ticked).material(),
        Field("answered", &Sample::answered),
        Field("count", &Sample::count),
        Field("share", &Sample::share),
        Field("price", &Sample::price),
        Field("on", &Sample::on),
        Field("at", &Sample::at),
        Field("colours", &Sample::colours).section("several"),
        Field("animals", &Sample::animals),
        Field("links", &Sample::links),
        Field("lines", &Sample::lines).searchable(),
        Field("motto", &Sample::motto),
        Field("owner", &Sample::owner).mandatory(),
        Field("proof", &Sample::proof),
        Field("proofs", &Sample::proofs),
        Field("detail", &Sample::detail),
        Field("parts", &Sample::parts),
        Field("stamp", &Sample::stamp).read_only(),
    });
    return schema;
}

inline Schema<Sample> const& schema() { return schema_of(static_cast<Sample const*>(nullptr)); }
inline SchemaInfo const& info() { return schema().info(); }

}  // namespace greffier::schema::sample
