// The logic of the merge page: which versions meet, what was answered. Its markup is in meeting_page.cpp.
#include "records/pages/meeting.hpp"

#include <algorithm>

#include "records/pages/form_aids.hpp"
#include "records/pages/form_fold.hpp"
#include "schema/check.hpp"

namespace greffier::records::pages {

using schema::Conflict;
using schema::Kind;
using schema::Row;
using schema::Rows;

namespace {

/// The row with the owned rows of `base` that it lacks: a row that they removed keeps its id while it is asked about.
Row with_lost_rows(schema::SchemaInfo const& info, Row row, Row const& base)
{
    for (std::size_t i = 0; i < info.fields.size() && i < base.values.size() && i < row.values.size(); ++i) {
        auto const* were = info.fields[i].kind == Kind::Rows ? std::get_if<Rows>(&base.values[i]) : nullptr;
        if (!were) continue;
        if (!std::holds_alternative<Rows>(row.values[i])) row.values[i] = Rows{};
        auto& rows = std::get<Rows>(row.values[i]);
        for (auto const& was : *were)
            if (std::ranges::find(rows, was.id, &Row::id) == rows.end()) rows.push_back(was);
    }
    return row;
}

}  // namespace

Side side_of(Stored const& stored)
{
    auto const& head = stored.head;
    return {head.version, stored.row, head.reference, head.status, head.updated_by, head.updated_at};
}

Side side_at(Records const& records, Register const& kind, Stored const& now, std::int64_t version)
{
    if (version == now.head.version) return side_of(now);
    auto found = records.version(kind, now.head.id, version);
    if (!found.ok() || found->erased) return {version, Row(*kind.schema), "", "", {}, {}, false};
    return {version, std::move(found->row), found->reference, found->status, found->actor, found->recorded_at};
}

SentForm read_sent(Records const& records, Register const& kind, Stored const& now, web::Pairs const& form)
{
    SentForm sent;
    auto const seen = sent_version(form);
    sent.seen = side_at(records, kind, now, seen == 0 ? now.head.version : seen);
    if (auto const base = sent_version(form, "_base"); base != 0) sent.base = side_at(records, kind, now, base);
    auto over = sent.seen.known ? sent.seen.row : now.row;
    if (sent.base) over = with_lost_rows(*kind.schema, std::move(over), sent.base->row);
    sent.row = read_form(*kind.schema, form, over);
    sent.reference = form.get("reference", sent.seen.known ? sent.seen.reference : now.head.reference);
    sent.again = apply_row_button(*kind.schema, form, sent.row) || asks_for_links(form) || asks_to_open(form);
    return sent;
}

bool Meeting::is_settled() const
{
    return choices.size() == questions();
}

Meeting meet(Register const& kind, Side base, Side theirs, Row mine, std::string const& my_reference)
{
    auto const& info = *kind.schema;
    schema::normalise(info, mine, schema::NewRows::StayNameless);
    schema::keep_row_ids(info, base.row, mine);
    schema::normalise(info, mine);
    Meeting meeting;
    meeting.merged = schema::merge(info, base.row, theirs.row, mine);
    meeting.asks_reference = !kind.single && my_reference != base.reference && my_reference != theirs.reference && theirs.reference != base.reference;
    bool const mine_stands = meeting.asks_reference || (my_reference != base.reference && my_reference != theirs.reference);
    meeting.reference = mine_stands ? my_reference : theirs.reference;
    meeting.base = std::move(base);
    meeting.theirs = std::move(theirs);
    return meeting;
}

bool can_edit(Conflict const& conflict)
{
    if (conflict.what != Conflict::What::Changed) return false;
    auto const kind = conflict.part ? conflict.part->kind : conflict.field->kind;
    switch (kind) {
    case Kind::Attachment: case Kind::Attachments: case Kind::Rows: case Kind::Object: case Kind::Contact: case Kind::Localised: case Kind::Bool: return false;
    default: return true;
    }
}

void read_choices(Meeting& meeting, web::Pairs const& form)
{
    auto read = [&](std::string const& path, bool may_edit) {
        auto const choice = form.get("_choice." + path);
        if (choice == "theirs" || choice == "mine" || (choice == "edit" && may_edit)) meeting.choices[path] = choice;
    };
    for (auto const& conflict : meeting.merged.conflicts) {
        auto const path = conflict.path();
        bool const editable = can_edit(conflict);
        read(path, editable);
        if (editable && form.has("_edits")) meeting.edits[path] = read_answer(conflict.part ? *conflict.part : *conflict.field, form, "_edit." + path, conflict.mine);
    }
    if (meeting.asks_reference) read("reference", false);
}

void settle_choices(Register const& kind, Meeting& meeting)
{
    for (auto const& conflict : meeting.merged.conflicts) {
        auto const path = conflict.path();
        auto const choice = meeting.choices.find(path);
        if (choice == meeting.choices.end()) continue;
        auto const& answer = choice->second == "theirs" ? conflict.theirs : choice->second == "edit" ? meeting.edits[path] : conflict.mine;
        schema::settle(*kind.schema, meeting.merged.row, conflict, answer);
    }
    if (meeting.asks_reference)
        if (auto const choice = meeting.choices.find("reference"); choice != meeting.choices.end() && choice->second == "theirs") meeting.reference = meeting.theirs.reference;
}

}  // namespace greffier::records::pages
