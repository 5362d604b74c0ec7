#include <ostream>

#include "accounts/memberships.hpp"
#include "cli/commands.hpp"
#include "cli/table.hpp"
#include "core/json_writer.hpp"
#include "overview/agenda.hpp"

namespace greffier::cli {

namespace {

constexpr int at_most = 10'000;

}  // namespace

Result<int> run_agenda(Invocation& call)
{
    auto application = TRY(call.open(app::OpenWish::Use::Read));
    auto const organisation = TRY(organisation_of(*application, call.text("organisation")));
    overview::AgendaFilter filter{.only = organisation.id};
    if (call.has("until")) {
        auto const day = parse_date(call.text("until"));
        if (!day) return Error::invalid("not_a_date", {{"value", call.text("until")}});
        filter.until = end_of_day(*day, organisation.zone);
    }
    auto const actor = accounts::command_line_actor(organisation.id);
    auto const items = overview::Agenda{*application->database, actor, filter}.items(at_most);
    auto const now = application->now();
    if (call.json()) {
        JsonWriter out;
        out.begin_object().key("items").begin_array();
        for (auto const& item : items) overview::write_json(out, item, now, call.locale);
        out.end_array().member("page", 1).member("per_page", static_cast<std::int64_t>(items.size())).member("total", static_cast<std::int64_t>(items.size())).end_object();
        call.out << out.text() << "\n";
        return 0;
    }
    Locale const locale(call.locale.language(), organisation.zone);
    std::vector<std::vector<std::string>> rows;
    for (auto const& item : items)
        rows.push_back({overview::when_due(item.record.at, item.day, locale), item.record.at < now ? call.say("agenda.late") : "", item.record.reference, overview::words_of_due(item.kind, locale), item.owner_name});
    print_table(call.out, {call.say("cli.agenda.when"), "", call.say("cli.agenda.reference"), call.say("agenda.kind"), call.say("agenda.owner")}, rows);
    return 0;
}

}  // namespace greffier::cli
