#include "registers/committee/panel.hpp"

#include "accounts/modules.hpp"
#include "records/pages/prefilled.hpp"
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

}  // namespace

void write_panel(Html& out, PanelView const& view)
{
    auto const meeting = committee_schema().unpack(view.stored.row);
    if (!meeting.ok() || view.at || !accounts::may(view.context.who(), web::Permission::WriteRecords)) return;
    auto const& locale = view.context.locale;
    bool open = false;
    if (accounts::keeps_register(view.context.where(), "actions"))
        for (auto const& decision : meeting->decisions) {
            if (decision.action) continue;
            if (!open) out << "<section class=\"g-panel mb-3\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << locale.text("committee.to_do") << "</h2></div><ul class=\"g-list\">"_h;
            open = true;
            out << "<li><div>"_h << decision.text << "<br><a class=\"g-small\""_h;
            out.url("href"_h, action_of(view, *meeting, decision));
            out << ">"_h << locale.text("treatment.make") << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon") << decision.text << "</span></a></div></li>"_h;
        }
    if (open) out << "</ul></section>"_h;
    if (view.stored.head.status != "to_come") {
        out << "<p class=\"mb-3\"><a class=\"btn btn-outline\""_h;
        out.url("href"_h, next_meeting(view, *meeting));
        out << ">"_h;
        web::icon(out, "plus");
        out << " "_h << locale.text("committee.prepare_next") << "</a></p>"_h;
    }
}

}  // namespace greffier::committee
