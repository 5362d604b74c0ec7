#include "registers/responsibility/register.hpp"

#include "records/pages/panel.hpp"
#include "registers/responsibility/responsibility.hpp"
#include "web/frame.hpp"

namespace greffier::responsibility {

using namespace web::literals;

namespace {

void write_panel(web::Html& out, records::PanelView const& view)
{
    if (view.at) return;
    auto const& locale = view.context.locale;
    out << "<section class=\"g-panel mb-3\"><div class=\"g-panel-body\"><ul class=\"g-letters mb-0\">"_h;
    for (auto const& [page, icon] : {std::pair{"matrix", "table"}, std::pair{"contacts", "address-book"}}) {
        out << "<li><a"_h;
        out.url("href"_h, view.context.address("/responsibilities/" + std::string{page}));
        out << ">"_h;
        web::icon(out, icon);
        out << locale.text("responsibility." + std::string{page} + ".title") << "</a></li>"_h;
    }
    out << "</ul></div></section>"_h;
}

std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    std::vector<records::Due> dues;   // the next review is the register's review_field
    auto const read = responsibility_schema().unpack(row);
    if (read.ok() && read->until) dues.push_back(context.on("responsibility.end", *read->until, false, {"until"}));
    return dues;
}

}  // namespace

records::Register const& responsibility_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "responsibilities",
        .prefix = "RES",
        .icon = "users-group",
        .chapter = records::Chapter::Governance,
        .schema = &responsibility_schema().info(),
        .title_field = "role",
        .review_field = "next_review",
        .statuses = {"current", "archived"},
        .transitions = {
            {"current", "archived", Permission::WriteRecords},
            {"archived", "current", Permission::WriteRecords},
        },
        .closed = {"archived"},
        .reviewed_field = "last_review",
        .reviewer_field = "reviewer",
        .service_field = "service",
        .dues = &dues_of,
        .panel = &write_panel,
        .common = true,   // whom to call is everybody's business
    };
    return kind;
}

}  // namespace greffier::responsibility
