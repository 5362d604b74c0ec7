#include <ostream>

#include "cli/commands.hpp"
#include "exchange/formats.hpp"
#include "reception/intake.hpp"

namespace greffier::cli {

Result<int> run_intake(Invocation& call)
{
    auto application = TRY(call.open(app::OpenWish::Use::Write));
    auto const organisation = TRY(organisation_of(*application, call.text("organisation")));
    auto const bytes = TRY(exchange::read_bytes(call.text("file")));
    reception::IntakeServices const services{application->machinery, application->vault, application->memberships};
    auto const taken = TRY(reception::take_in(services, organisation, call.text("register"), bytes, {accounts::organisation_actor(organisation.id), application->now(), organisation.zone}));
    call.out << call.say(taken.known ? "cli.intake.known" : "cli.intake.taken", {{"reference", taken.record.head.reference}}) << "\n";
    if (taken.files_left_out > 0) call.out << call.locale.plural("intake.left_out", static_cast<std::int64_t>(taken.files_left_out)) << "\n";
    if (!taken.message_kept) call.out << call.say("intake.not_kept") << "\n";
    return 0;
}

}  // namespace greffier::cli
