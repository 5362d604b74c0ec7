#include "app/demo/others.hpp"

#include <stdexcept>

#include <nlohmann/json.hpp>

#include "app/demo/model.hpp"
#include "core/embedded.hpp"
#include "schema/json.hpp"

namespace greffier::app::demo {

namespace {

using Json = nlohmann::json;

void resolve(Json& json, Date today, std::map<std::string, std::string> const& ids)
{
    if (json.is_string()) {
        auto const text = json.get<std::string>();
        auto const hour = text.find("dT");   // "@-3dT09:20:00Z": an hour of a counted day
        if (auto const date = counted_date(text.substr(0, hour == std::string::npos ? hour : hour + 1), today)) json = to_text(*date) + (hour == std::string::npos ? "" : text.substr(hour + 1));
        if (!text.starts_with("ref:")) return;
        auto const found = ids.find(text.substr(4));
        if (found == ids.end()) throw std::runtime_error("models/demo: no record " + text);
        json = found->second;
    } else if (json.is_structured()) {
        for (auto& part : json) resolve(part, today, ids);
    }
}

Status write_one(records::Batch& batch, records::Register const& kind, Json json, Date today, std::map<std::string, std::string>& ids)
{
    auto const reference = json.value("reference", "");
    auto const status = json.value("status", std::string{kind.first_status()});
    json.erase("reference");
    json.erase("status");
    resolve(json, today, ids);
    auto read = schema::read_json(*kind.schema, json.dump(), schema::ReadMode::Replace);
    auto const where = "models/demo/" + std::string{kind.slug} + " " + reference;
    if (!read.ok()) throw std::runtime_error(where + ": " + read.error().code + (read.error().fields.empty() ? "" : " at " + read.error().fields[0].field + " (" + read.error().fields[0].code + ")"));
    if (!read->others.empty()) throw std::runtime_error(where + " has no field " + read->others[0].name);
    ids[reference] = TRY(batch.create(kind, {std::move(read->row), reference, status})).head.id.text();
    return Nothing{};
}

}  // namespace

Status write_others(records::Batch& batch, records::Registers const& registers, std::string const& organisation, Date today, std::map<std::string, std::string> ids)
{
    for (auto const* kind : registers.all()) {
        if (kind->slug == "processings") continue;
        auto const name = "demo/" + std::string{kind->slug} + "/" + organisation + ".json";
        for (auto const& file : embedded_models()) {
            if (file.name != name) continue;
            for (auto& record : Json::parse(file.content)) TRY(write_one(batch, *kind, std::move(record), today, ids));
        }
    }
    return Nothing{};
}

}  // namespace greffier::app::demo
