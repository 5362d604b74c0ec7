#include <unistd.h>

#include <algorithm>
#include <ostream>
#include <utility>

#include "app/demo/demo.hpp"
#include "cli/commands.hpp"
#include "cli/table.hpp"
#include "core/json_writer.hpp"

namespace greffier::cli {

namespace {

constexpr std::int64_t long_filling = 10'000;   // processings

std::string passwords_file(app::DemoFilled const& filled)
{
    std::string text;
    for (auto const& person : filled.people) text += person.email + "\t" + person.password + "\t" + person.name + "\t" + join(person.roles, ", ") + "\n";
    return text;
}

void write_json(std::ostream& stream, app::DemoFilled const& filled, std::string const& file)
{
    JsonWriter out;
    out.begin_object().member("organisations", filled.organisations).member("processings", filled.processings).member("passwords_file", file);
    out.key("people").begin_array();
    for (auto const& person : filled.people) {
        out.begin_object().member("email", person.email).member("name", person.name).member("password", person.password).key("roles").begin_array();
        for (auto const& role : person.roles) out.value(role);
        out.end_array().end_object();
    }
    out.end_array().end_object();
    stream << out.text() << "\n";
}

}  // namespace

Result<int> run_demo(Invocation& call)
{
    app::DemoWish wish;
    wish.organisations = TRY(call.number("organisations", 1, 20'000)).value_or(0);
    wish.processings = TRY(call.number("processings", 1, 100'000)).value_or(0);
    wish.seed = static_cast<std::uint64_t>(TRY(call.number("seed", 0, 1'000'000'000)).value_or(1));
    auto application = TRY(call.open(app::OpenWish::Use::Write));
    bool const terminal = ::isatty(STDERR_FILENO) == 1;
    std::int64_t told = 0;   // a log gets a line each tenth of a long filling, a terminal one line that moves
    auto const filled = TRY(app::fill_demo(*application, wish, [&](std::int64_t done, std::int64_t total) {
        auto const tenth = done * 10 / std::max<std::int64_t>(total, 1);
        if (!terminal && (total < long_filling || tenth == std::exchange(told, tenth))) return;
        call.err << (terminal ? "\r" : "") << call.say("cli.demo.progress", {{"done", call.locale.number(done)}, {"total", call.locale.number(total)}}) << (terminal ? "" : "\n") << std::flush;
    }));
    if (terminal) call.err << "\n";
    conclude(*application);
    auto const file = application->directory.path() / "demo-passwords.txt";
    app::write_private_file(file, passwords_file(filled));
    if (call.json()) {
        write_json(call.out, filled, file.string());
        return 0;
    }
    call.tell("cli.demo.done", {{"organisations", call.locale.number(filled.organisations)}, {"processings", call.locale.number(filled.processings)}, {"path", application->directory.path().string()}});
    std::vector<std::vector<std::string>> rows;
    for (auto const& person : filled.people) {
        auto roles = person.roles;
        auto const more = roles.size() > 3 ? roles.size() - 2 : 0;
        if (more > 0) roles.resize(2);
        rows.push_back({person.email, person.password, join(roles, ", ") + (more > 0 ? " +" + std::to_string(more) : "")});
    }
    print_table(call.out, {call.say("cli.column.email"), call.say("cli.column.password"), call.say("cli.column.roles")}, rows);
    call.tell("cli.demo.kept", {{"path", file.string()}});
    return 0;
}

}  // namespace greffier::cli
