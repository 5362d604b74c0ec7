#include <ostream>

#include "cli/commands.hpp"
#include "core/local_time.hpp"
#include "law/day_words.hpp"
#include "law/deadline_question.hpp"

namespace greffier::cli {
namespace {

void tell_for_people(Invocation& call, law::DeadlineAnswer const& answer)
{
    Locale const locale(call.locale.language(), answer.place.zone);
    auto line = [&](std::string_view key, std::string const& words) { call.tell("cli.deadline." + std::string{key}, {{"when", words}}); };
    if (answer.hour) {
        line("strict_due", locale.instant(answer.hour->strict_due));
        line("legal_due", locale.instant(answer.hour->legal_due));
        if (answer.hour_shown_twice) call.tell("cli.deadline.hour_shown_twice");
    } else {
        line("due", law::weekday_and_date(answer.day->due, locale));
        if (answer.suspended) call.tell("cli.deadline.suspended");
    }
    if (answer.extension_notice) line("extension_notice_by", law::weekday_and_date(answer.extension_notice->due, locale));
    if (answer.from_identity) line("from_identity", law::weekday_and_date(answer.from_identity->due, locale));
    call.tell("cli.deadline.steps");
    int number = 0;
    for (auto const& step : answer.steps()) {
        call.out << "  " << ++number << ". " << law::words_of(step, locale, answer.place.calendar);
        if (!step.rule.empty()) call.out << " [" << step.rule << "]";
        call.out << "\n";
    }
}

Result<int> run(Invocation& call, std::string kind)
{
    law::DeadlineQuestion const question{std::move(kind), call.text("aware"), call.text("received"), call.text("obtained"), call.text("contact"), call.text("disclosed"),
                                         call.has("extended"), call.texts("pause"), call.text("calendar"), call.text("zone")};
    auto const today = local_date(SystemClock{}.now(), "Europe/Paris");
    auto const answer = TRY(law::answer(question, today));
    if (call.json()) {
        JsonWriter out;
        law::write_json(out, question, answer);
        call.out << out.text() << "\n";
    } else {
        tell_for_people(call, answer);
    }
    return 0;
}

}  // namespace

Result<int> run_deadline_breach(Invocation& call) { return run(call, "breach"); }
Result<int> run_deadline_request(Invocation& call) { return run(call, "request"); }
Result<int> run_deadline_consultation(Invocation& call) { return run(call, "consultation"); }
Result<int> run_deadline_indirect(Invocation& call) { return run(call, "indirect"); }

}  // namespace greffier::cli
