#include "app/demo/others.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "app/demo/model.hpp"
#include "core/embedded.hpp"
#include "registers/processing/processing.hpp"
#include "schema/json.hpp"

namespace greffier::app::demo {

namespace {

using Json = nlohmann::json;

void resolve(Json& json, Date today, std::map<std::string, std::string> const& ids)
{
    if (json.is_string()) {
        auto const text = json.get<std::string>();
        auto const hour = text.starts_with('@') ? text.find('T') : std::string::npos;   // "@-12dT09:20:00Z": an hour of a counted day
        if (auto const date = counted_date(text.substr(0, hour), today)) json = to_text(*date) + (hour == std::string::npos ? "" : text.substr(hour));
        if (!text.starts_with("ref:")) return;
        auto const found = ids.find(text.substr(4));
        if (found == ids.end()) throw std::runtime_error("models/demo: no record " + text);
        json = found->second;
    } else if (json.is_structured()) {
        for (auto& part : json) resolve(part, today, ids);
    }
}

/// What nobody could have written years ago: answers that are a counted day, and rows of them.
void leave_out_dates(Json& json)
{
    for (auto member = json.begin(); member != json.end();) {
        bool const rows = member->is_array() && !member->empty() && member->front().is_object();
        bool const day = member->is_string() && member->get<std::string>().starts_with('@');
        member = rows || day ? json.erase(member) : std::next(member);
    }
}

constexpr std::array<std::string_view, 2> protections{"assets", "measures"};

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
    if (auto const known = ids.find(reference); known != ids.end() && std::ranges::find(protections, kind.slug) != protections.end()) {   // written without its dates, before the processings
        records::Edit edit;
        edit.id = *RecordId::parse(known->second);
        edit.row = std::move(read->row);
        TRY(batch.update(kind, std::move(edit)));
        return Nothing{};
    }
    ids[reference] = TRY(batch.create(kind, {std::move(read->row), reference, status})).head.id.text();
    return Nothing{};
}

Status write_file(records::Batch& batch, records::Register const& kind, std::string const& organisation, Date today, std::map<std::string, std::string>& ids, bool dated = true)
{
    auto const name = "demo/" + std::string{kind.slug} + "/" + organisation + ".json";
    for (auto const& file : embedded_models())
        if (file.name == name)
            for (auto& record : Json::parse(file.content)) {
                if (!dated) leave_out_dates(record);
                TRY(write_one(batch, kind, std::move(record), today, ids));
            }
    return Nothing{};
}

}  // namespace

Status write_others(records::Batch& batch, records::Registers const& registers, std::string const& organisation, Date today, std::map<std::string, std::string> ids)
{
    for (auto const* kind : registers.all())
        if (kind->slug != "processings") TRY(write_file(batch, *kind, organisation, today, ids));
    return Nothing{};
}

Status write_protections(records::Batch& batch, records::Registers const& registers, std::string const& organisation, Date today, std::map<std::string, std::string>& ids)
{
    for (auto const slug : protections) TRY(write_file(batch, *registers.find(slug), organisation, today, ids, false));
    return Nothing{};
}

schema::Row with_protections(schema::Row processing, std::map<std::string, std::string> const& ids)
{
    auto link = [&](std::string_view field, std::initializer_list<char const*> references) {
        schema::Texts linked;
        for (auto const* reference : references)
            if (auto const found = ids.find(reference); found != ids.end()) linked.push_back(found->second);
        if (!linked.empty()) schema::set(processing::processing_schema().info(), processing, field, std::move(linked));
    };
    link("assets", {"SUP-0001", "SUP-0002"});
    link("applied_measures", {"MES-0004", "MES-0005"});
    return processing;
}

}  // namespace greffier::app::demo
