#include <ostream>

#include "cli/commands.hpp"
#include "core/text.hpp"

namespace greffier::cli {

using Use = app::OpenWish::Use;

Result<int> run_journal_list(Invocation& call)
{
    auto application = TRY(call.open(Use::Read));
    accounts::JournalWish wish;
    std::string zone = "Europe/Paris";
    if (call.has("organisation")) {
        auto const organisation = TRY(organisation_of(*application, call.text("organisation")));
        wish.organisation = organisation.id;
        zone = organisation.zone;
    }
    if (call.has("since")) {
        auto const day = parse_date(call.text("since"));
        if (!day) return Error::invalid("cli_bad_date", {{"value", shorten(call.text("since"), 40)}});
        wish.from = start_of_day(*day, zone);
    }
    application->journal.each(wish, [&](accounts::JournalEntry const& entry) { call.out << accounts::to_json_line(entry.at, entry.note) << "\n"; });
    return 0;
}

Result<int> run_journal_forget(Invocation& call)
{
    auto application = TRY(call.open(Use::Write));
    auto const person = application->people.find(call.text("email"));
    if (!person) return Error::not_found("cli_unknown_person", {{"email", shorten(call.text("email"), 80)}});
    auto const count = application->journal.forget(person->id);
    call.tell("cli.journal.forgotten", {{"count", std::to_string(count)}, {"email", person->email_shown}});
    return 0;
}

}  // namespace greffier::cli
