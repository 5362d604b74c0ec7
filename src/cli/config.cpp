#include <array>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/table.hpp"
#include "core/json_writer.hpp"
#include "core/text.hpp"

namespace greffier::cli {

namespace {

void write_value(JsonWriter& out, app::Effective const& effective, app::Config const& config)
{
    out.key("value");
    if (effective.setting->form == app::Setting::Form::Flag) out.value(effective.value == "true");
    else if (effective.setting->form == app::Setting::Form::Many) {
        out.begin_array();
        for (auto const& part : config.list(effective.setting->name)) out.value(part);
        out.end_array();
    } else if (effective.value.empty()) out.null();
    else out.value(app::shown(effective));
}

}  // namespace

namespace {

struct Named {
    std::string_view table;
    std::vector<app::WayConfig> const& all;
};
std::array<Named, 2> families(app::Config const& config) { return {Named{"sign-in", config.ways()}, Named{"intake", config.boxes()}}; }
/// "sign-in.keycloak.issuer"
std::string name_in(std::string_view table, app::WayConfig const& way, app::Effective const& effective) { return std::string{table} + "." + way.name + "." + std::string{effective.setting->name}; }

void write_ways(JsonWriter& out, app::Config const& config)
{
    for (auto const& [table, ways] : families(config))
        for (auto const& way : ways)
            for (auto const& effective : way.all) {
                out.begin_object().member("name", name_in(table, way, effective)).key("value");
                if (effective.setting->form == app::Setting::Form::Many) {
                    out.begin_array();
                    for (auto const& part : way.list(effective.setting->name)) out.value(part);
                    out.end_array();
                } else if (effective.value.empty()) out.null();
                else out.value(app::shown(effective));
                out.member("source", app::code_of(effective.origin));
                if (effective.where.empty()) out.null_member("where");
                else out.member("where", effective.where);
                out.member("default", effective.setting->fallback).end_object();
            }
}

}  // namespace

Result<int> run_config(Invocation& call)
{
    auto const& all = call.settings.all();
    if (call.json()) {
        JsonWriter out;
        out.begin_object().key("items").begin_array();
        for (auto const& effective : all) {
            out.begin_object().member("name", effective.setting->name);
            write_value(out, effective, call.settings);
            out.member("source", app::code_of(effective.origin));
            if (effective.where.empty()) out.null_member("where");
            else out.member("where", effective.where);
            out.member("default", effective.setting->fallback).member("environment", app::environment_name(*effective.setting)).end_object();
        }
        write_ways(out, call.settings);
        auto const total = all.size() + call.settings.ways().size() * app::way_settings().size() + call.settings.boxes().size() * app::box_settings().size();
        out.end_array().member("page", 1).member("per_page", total).member("total", total).end_object();
        call.out << out.text() << "\n";
        return 0;
    }
    std::vector<std::vector<std::string>> rows;
    for (auto const& effective : all) {
        auto source = call.say("cli.source." + std::string{app::code_of(effective.origin)});
        if (!effective.where.empty()) source += " (" + effective.where + ")";
        rows.push_back({std::string{effective.setting->name}, effective.value.empty() ? "-" : app::shown(effective), source});
    }
    for (auto const& [table, ways] : families(call.settings))
        for (auto const& way : ways)
            for (auto const& effective : way.all) {
                if (effective.origin == app::Origin::Default) continue;
                rows.push_back({name_in(table, way, effective), join(way.list(effective.setting->name).empty() || effective.setting->secret ? std::vector{app::shown(effective)} : way.list(effective.setting->name), " ; "),
                                call.say("cli.source." + std::string{app::code_of(effective.origin)}) + " (" + effective.where + ")"});
            }
    print_table(call.out, {call.say("cli.column.setting"), call.say("cli.column.value"), call.say("cli.column.source")}, rows);
    return 0;
}

}  // namespace greffier::cli
