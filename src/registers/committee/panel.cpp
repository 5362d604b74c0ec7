#include "registers/committee/panel.hpp"

#include "accounts/modules.hpp"
#include "records/pages/prefilled.hpp"
#include "records/pages/treatment.hpp"
#include "registers/committee/committee.hpp"
#include "web/frame.hpp"

namespace greffier::committee {

using records::PanelView;
using web::Html;
using namespace web::literals;

namespace {

std::string action_of(PanelView const& view, Committee const& meeting, Decision const& decision)
{
    web::Pairs answers;
    answers.add("name", decision.text);
    answers.add("source", "committee");
    answers.add("committees", view.stored.head.id.text());
    answers.add("origin", view.stored.head.reference);
    answers.add(std::string{records::origin_part}, records::origin_words(decision.text));
    answers.add("service", meeting.service);
    if (decision.due) answers.add("due_date", to_text(*decision.due));
    return records::new_form_address(view.context, "actions", answers);
}

std::string next_meeting(PanelView const& view, Committee const& meeting)
{
    web::Pairs answers;
    answers.add("name", meeting.name);
    answers.add("place", meeting.place);
    answers.add("chair", meeting.chair);
    answers.add("service", meeting.service);
    if (meeting.next_on) answers.add("meeting_on", to_text(*meeting.next_on));
    std::string participants;
    for (auto const& one : meeting.participants) participants += one + "\n";
    answers.add("participants", participants);
    return records::new_form_address(view.context, "committees", answers);
}

/// Each decision with the action it became; whoever writes is offered to make one of the others.
void write_decisions(Html& out, PanelView const& view, Committee const& meeting, bool may_write)
{
    auto const& locale = view.context.locale;
    if (meeting.decisions.empty() || !accounts::keeps_register(view.context.where(), "actions")) return;
    std::vector<std::string> named;
    for (auto const& decision : meeting.decisions)
        if (decision.action) named.push_back(decision.action->text());
    records::ActionsFrom const actions(view, named);
    out << "<section class=\"g-panel mb-3\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << locale.text("committee.to_do") << "</h2></div><ul class=\"g-list\">"_h;
    for (auto const& decision : meeting.decisions) {
        out << "<li><div>"_h << decision.text;
        if (!actions.write(out, decision.text, decision.action ? decision.action->text() : std::string{}) && may_write && !decision.action) {
            out << "<br><a class=\"g-small\""_h;
            out.url("href"_h, action_of(view, meeting, decision));
            out << ">"_h << locale.text("treatment.make") << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon") << decision.text << "</span></a>"_h;
        }
        out << "</div></li>"_h;
    }
    out << "</ul></section>"_h;
}

}  // namespace

void write_panel(Html& out, PanelView const& view)
{
    auto const meeting = committee_schema().unpack(view.stored.row);
    if (!meeting.ok() || view.at) return;
    bool const may_write = accounts::may(view.context.who(), web::Permission::WriteRecords);
    write_decisions(out, view, *meeting, may_write);
    if (may_write && view.stored.head.status != "to_come") {
        out << "<p class=\"mb-3\"><a class=\"btn btn-outline\""_h;
        out.url("href"_h, next_meeting(view, *meeting));
        out << ">"_h;
        web::icon(out, "plus");
        out << " "_h << view.context.locale.text("committee.prepare_next") << "</a></p>"_h;
    }
}

}  // namespace greffier::committee
