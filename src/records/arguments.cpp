#include "records/arguments.hpp"

#include <nlohmann/json.hpp>

#include "core/json_writer.hpp"

namespace greffier::records {

std::string arguments_json(Arguments const& arguments)
{
    JsonWriter out;
    out.begin_object();
    for (auto const& [name, value] : arguments) out.member(name, std::string_view{value});
    out.end_object();
    return std::move(out).take();
}

Arguments parse_arguments(std::string_view json)
{
    Arguments arguments;
    auto const read = nlohmann::json::parse(json, nullptr, false);
    if (read.is_object())
        for (auto const& [name, value] : read.items())
            if (value.is_string()) arguments[name] = value.get<std::string>();
    return arguments;
}

}  // namespace greffier::records
