#include "registers/notice/register.hpp"

#include "registers/notice/notice.hpp"
#include "registers/notice/panel.hpp"

namespace greffier::notice {

namespace {

/// All seventeen items, ready to be looked at, and a place to say where it stands.
schema::Row blank_notice()
{
    Notice notice;
    notice.in_public = true;
    notice.languages = {Language::French};
    for (auto const& info : all_items()) notice.items.emplace_back().item = info.item;
    return notice_schema().pack(notice);
}

}  // namespace

records::Register const& notice_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "notices",
        .prefix = "MEN",
        .icon = "speakerphone",
        .chapter = records::Chapter::Documents,
        .schema = &notice_schema().info(),
        .title_field = "name",
        .review_field = "next_review",
        .statuses = {"draft", "published", "taken_down"},
        // What is said in the organisation's name goes out by who decides for it.
        .transitions = {
            {"draft", "published", Permission::DecideRecords},
            {"published", "draft", Permission::DecideRecords, true},
            {"published", "taken_down", Permission::DecideRecords, true},
            {"draft", "taken_down", Permission::DecideRecords, true},
            {"taken_down", "draft", Permission::DecideRecords, true},
        },
        .settled = {"published"},
        .unsettled = "draft",
        .closed = {"taken_down"},
        .blank = &blank_notice,
        .stamps = {{"published", "published_on"}, {"taken_down", "withdrawn_on"}},
        .reviewed_field = "last_review",
        .reviewer_field = "reviewer",
        .service_field = "service",
        .dues = &dues_of,
        .panel = &write_panel,
    };
    return kind;
}

}  // namespace greffier::notice
