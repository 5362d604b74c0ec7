#include "registers/process/panel.hpp"

#include <algorithm>

#include "records/link_words.hpp"
#include "registers/process/process.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::process {

using namespace web::literals;
using records::PanelView;
using web::Html;

namespace {

void write_step(Html& out, PanelView const& view, ProcessStep const& step, records::LinkWords const& links)
{
    auto const& locale = view.context.locale;
    out << "<li><strong>"_h << step.name << "</strong>"_h;
    if (!step.actor.empty()) out << " <span class=\"g-muted g-small\">"_h << locale.text("process.panel.by", {{"actor", step.actor}}) << "</span>"_h;
    if (!step.description.empty()) {
        out << "<br><span class=\"g-small\">"_h;
        out.lines(step.description.value);
        out << "</span>"_h;
    }
    if (!step.tools.empty()) out << "<br><span class=\"g-small g-muted\">"_h << step.tools << "</span>"_h;
    for (auto const& id : step.processings) {
        auto const found = links.find(id.text());
        if (found == links.end()) continue;
        out << "<br><a"_h;
        out.url("href"_h, view.context.address("/processings/" + id.text()));
        out << ">"_h << found->second << "</a>"_h;
    }
    if (step.processings.empty()) out << "<br><span class=\"g-badge g-badge--line\">"_h << locale.text("process.panel.missing") << "</span>"_h;
    out << "</li>"_h;
}

}  // namespace

void write_panel(Html& out, PanelView const& view)
{
    auto const process = business_process_schema().unpack(view.stored.row);
    if (!process.ok()) return;
    auto const& locale = view.context.locale;
    std::vector<std::string> ids;
    for (auto const& step : process->steps)
        for (auto const& id : step.processings) ids.push_back(id.text());
    records::Records const store{view.machinery, view.context.where().id, view.context.who().sight};
    auto const links = records::link_words(store, ids, view.at);
    out << "<section class=\"g-panel mb-3\" aria-labelledby=\"life-cycle\"><div class=\"g-panel-head\"><h2 class=\"g-h3\" id=\"life-cycle\">"_h << locale.text("process.panel.title") << "</h2></div><div class=\"g-panel-body\"><div class=\"g-cols\">"_h;
    for (auto const stage : choices_of(Stage{}).values) {
        out << "<section class=\"g-col-4\"><h3 class=\"g-h3\">"_h << schema::code_label(choices_of(stage).list, choices_of(stage).code(stage), locale) << "</h3>"_h;
        bool const any = std::ranges::any_of(process->steps, [&](ProcessStep const& step) { return step.stage == stage; });
        if (!any) out << "<p class=\"g-small g-muted mb-0\">"_h << locale.text("process.panel.none") << "</p>"_h;
        else {
            out << "<ul class=\"mb-0\">"_h;
            for (auto const& step : process->steps)
                if (step.stage == stage) write_step(out, view, step, links);
            out << "</ul>"_h;
        }
        out << "</section>"_h;
    }
    out << "</div></div></section>"_h;
}

}  // namespace greffier::process
