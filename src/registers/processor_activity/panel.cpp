#include "registers/processor_activity/panel.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "records/pages/panel.hpp"
#include "registers/processor_activity/processor_activity.hpp"
#include "web/frame.hpp"

namespace greffier::processor_activity {

using web::Html;
using namespace web::literals;

namespace {

constexpr std::size_t words_shown = 120;

bool calls_for_alert(Instruction const& one) { return one.judgement == InstructionJudgement::Unlawful; }

}  // namespace

void write_panel(Html& out, records::PanelView const& view)
{
    auto const activity = activity_schema().unpack(view.stored.row);
    if (view.at || !activity.ok() || activity->direction != Direction::WeProcessForClient || std::ranges::none_of(activity->instructions, calls_for_alert)) return;
    auto const& locale = view.context.locale;
    out << "<section class=\"g-panel mb-3\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << locale.text("activity.panel.unlawful") << "</h2></div><div class=\"g-panel-body\"><p>"_h
        << locale.text("activity.panel.duty") << "</p><ul class=\"g-letters\">"_h;
    for (auto const& one : activity->instructions) {
        if (!calls_for_alert(one)) continue;
        out << "<li><a"_h;
        out.url("href"_h, view.address + "/instructions/" + one.id);
        out << ">"_h;
        web::icon(out, "file-text");
        out << locale.text("activity.panel.letter") << locale.text("punctuation.colon") << shorten(squeeze(one.instruction.value), words_shown) << "</a> "_h
            << (one.alert_given_on ? locale.text("activity.panel.alerted", {{"day", locale.date(*one.alert_given_on)}}) : locale.text("activity.panel.not_alerted")) << "</li>"_h;
    }
    out << "</ul></div></section>"_h;
}

}  // namespace greffier::processor_activity
