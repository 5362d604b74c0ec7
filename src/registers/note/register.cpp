#include "registers/note/register.hpp"

#include "registers/note/note.hpp"

namespace greffier::note {

namespace {

std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    std::vector<records::Due> dues;
    auto const read = note_schema().unpack(row);
    if (read.ok() && read->keep_until) dues.push_back(context.on("note.keep", *read->keep_until, false, {"keep_until"}));
    return dues;
}

}  // namespace

records::Register const& note_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "notes",   // accounts/sight.cpp hides it by this name
        .prefix = "NOT",
        .icon = "note",
        .chapter = records::Chapter::Governance,
        .schema = &note_schema().info(),
        .title_field = "subject",
        .sealed = true,
        .statuses = {"current", "archived"},
        .transitions = {
            {"current", "archived", Permission::WriteRecords},
            {"archived", "current", Permission::WriteRecords},
        },
        .closed = {"archived"},
        .dues = &dues_of,
    };
    return kind;
}

}  // namespace greffier::note
