#include "app/demo/model.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "core/embedded.hpp"
#include "registers/processing/processing.hpp"
#include "registers/profile/profile.hpp"
#include "schema/json.hpp"

namespace greffier::app::demo {

std::optional<Date> counted_date(std::string const& text, Date today)
{
    if (!text.starts_with('@') || !text.ends_with('d')) return std::nullopt;
    auto const* from = text.data() + (text.size() > 1 && text[1] == '+' ? 2 : 1);
    int days = 0;
    auto const read = std::from_chars(from, text.data() + text.size() - 1, days);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() - 1) return std::nullopt;
    return add_days(today, days);
}

namespace {

using Json = nlohmann::json;

constexpr auto zone = "Europe/Paris";

[[noreturn]] void wrong(std::string const& where, std::string const& what) { throw std::runtime_error("models/demo/" + where + ": " + what); }

Json read(std::string const& name)
{
    for (auto const& file : embedded_models())
        if (file.name == "demo/" + name) return Json::parse(file.content);
    wrong(name, "is not in the program");
}

void resolve_dates(Json& json, Date today)
{
    if (json.is_string()) {
        if (auto const date = counted_date(json.get_ref<std::string const&>(), today)) json = to_text(*date);
    } else if (json.is_structured()) {
        for (auto& part : json) resolve_dates(part, today);
    }
}

schema::Row row_of(schema::SchemaInfo const& info, Json const& json, std::string const& where)
{
    auto read = schema::read_json(info, json.dump(), schema::ReadMode::Replace);
    if (!read.ok()) wrong(where, read.error().code + (read.error().fields.empty() ? "" : " at " + read.error().fields[0].field + " (" + read.error().fields[0].code + ")"));
    if (!read->others.empty()) wrong(where, "has no field " + read->others[0].name);
    return std::move(read->row);
}

/// The middle of a working day; records of one day keep their order by a few minutes.
Timestamp instant_of(Date date, std::size_t index) { return start_of_day(date, zone) + std::chrono::hours{9} + std::chrono::minutes{7 * static_cast<int>(index % 60)}; }

/// When a record without history was written: before it was validated, else some weeks ago.
Date written_on(Json const& record, Date today, std::size_t index)
{
    auto const latest = add_days(today, -2);
    for (auto const* field : {"validated_on", "last_review"})
        if (auto const found = record.find(field); found != record.end() && found->is_string())
            if (auto const date = parse_date(found->get<std::string>())) return std::min(*date, latest);
    return add_days(today, -20 - static_cast<int>(index) * 9);
}

ModelRecord record_of(Json json, std::string const& where, Date today, std::size_t index)
{
    auto const& info = processing::processing_schema().info();
    resolve_dates(json, today);
    ModelRecord record;
    record.reference = json.value("reference", "");
    auto const history = json.value("history", Json::array());
    json.erase("reference");
    json.erase("history");
    auto add = [&](Json state, Date when, std::string by) {
        auto status = state.value("status", "draft");
        state.erase("status");
        record.versions.push_back({instant_of(when, index), std::move(by), std::move(status), row_of(info, state, where + " " + record.reference)});
    };
    for (auto const& step : history) {
        auto state = json;
        for (auto const& [field, value] : step.at("change").items()) state[field] = value;
        auto const when = parse_date(step.at("when").get<std::string>());
        if (!when) wrong(where, "a date of " + record.reference);
        add(std::move(state), *when, step.at("by").get<std::string>());
    }
    if (history.empty()) add(json, written_on(json, today, index), "");
    return record;
}

ModelOrganisation organisation_of(Json json, Date today)
{
    resolve_dates(json, today);
    ModelOrganisation organisation;
    organisation.slug = json.at("slug").get<std::string>();
    organisation.name = json.at("name").get<std::string>();
    organisation.kind = json.at("kind").get<std::string>();
    if (json.at("parent").is_string()) organisation.parent = json.at("parent").get<std::string>();
    organisation.zone = json.value("zone", zone);
    organisation.language = parse_language(json.value("language", "fr")).value_or(Language::French);
    organisation.colour = json.value("colour", 0);
    organisation.profile = row_of(profile::profile_schema().info(), json.at("profile"), "organisations.json " + organisation.slug);
    auto const file = "processings/" + organisation.slug + ".json";
    for (auto const& record : read(file)) organisation.processings.push_back(record_of(record, file, today, organisation.processings.size()));
    return organisation;
}

ModelPerson person_of(Json const& json)
{
    ModelPerson person{json.at("key").get<std::string>(), json.at("name").get<std::string>(), json.at("email").get<std::string>(),
                       parse_language(json.value("language", "fr")).value_or(Language::French), {}};
    for (auto const& [slug, code] : json.at("roles").items()) {
        auto const role = accounts::parse_role(code.get<std::string>());
        if (!role) wrong("people.json", "role of " + person.key);
        person.roles.emplace_back(slug, *role);
    }
    return person;
}

}  // namespace

Model read_model(Timestamp now)
{
    auto const today = local_date(now, zone);
    Model model;
    for (auto const& organisation : read("organisations.json")) model.organisations.push_back(organisation_of(organisation, today));
    for (auto const& person : read("people.json")) model.people.push_back(person_of(person));
    return model;
}

}  // namespace greffier::app::demo
