// The merge page: what is to be chosen, what came together by itself, the whole form for those who want to see it.
#include <algorithm>

#include "core/text.hpp"
#include "records/link_words.hpp"
#include "records/pages/controls.hpp"
#include "records/pages/form_aids.hpp"
#include "records/pages/form_fold.hpp"
#include "records/pages/meeting.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::records::pages {

using namespace web::literals;
using schema::Change;
using schema::Conflict;
using schema::FieldInfo;
using schema::Row;
using schema::Rows;
using schema::Value;
using web::Html;
using web::Response;

namespace {

struct MeetingView {
    FormPage const& page;
    Meeting const& meeting;
    Locale const& locale;
    std::string who;                  ///< who saved meanwhile
    FormAids const& aids;
    LinkWords words;                  ///< of every link of the three sides
};

Row in_words(MeetingView const& view, schema::SchemaInfo const& info, Row const& row) { return with_link_words(info, row, view.words); }

/// An answer as people read it; links by the reference and title of their record.
std::string shown(MeetingView const& view, FieldInfo const& field, FieldInfo const* part, Value const& value)
{
    if (part) {
        Row owner(*field.rows);
        schema::set(*field.rows, owner, part->name, value);
        return schema::show(*part, schema::get(*field.rows, in_words(view, *field.rows, owner), part->name), view.locale);
    }
    Row whole(*view.page.kind.schema);
    schema::set(*view.page.kind.schema, whole, field.name, value);
    return schema::show(field, schema::get(*view.page.kind.schema, in_words(view, *view.page.kind.schema, whole), field.name), view.locale);
}

void write_value(Html& out, MeetingView const& view, std::string const& words)
{
    if (words.empty()) out << "<span class=\"g-muted\">"_h << view.locale.text("history.absent") << "</span>"_h;
    else out.lines(words);
}

/// Where in the form a question stands: "Finalités, Gérer la paie".
std::string place_of(MeetingView const& view, Conflict const& conflict)
{
    auto const& info = *view.page.kind.schema;
    if (conflict.row_id.empty()) return conflict.part ? schema::short_label(info, *conflict.field, view.locale) : std::string{};
    for (auto const* value : {&conflict.mine, &conflict.theirs})
        if (auto const* rows = conflict.part ? nullptr : std::get_if<Rows>(value); rows && !rows->empty())
            return schema::row_title(*conflict.field->rows, in_words(view, *conflict.field->rows, rows->front()), view.locale);
    auto const title = [&]() -> std::string {
        auto const* rows = std::get_if<Rows>(&schema::get(info, view.meeting.merged.row, conflict.field->name));
        auto const found = rows ? std::ranges::find(*rows, conflict.row_id, &Row::id) : Rows::const_iterator{};
        return rows && found != rows->end() ? schema::row_title(*conflict.field->rows, in_words(view, *conflict.field->rows, *found), view.locale) : std::string{};
    }();
    return schema::short_label(info, *conflict.field, view.locale) + (title.empty() ? "" : ", " + title);
}

std::string label_of(MeetingView const& view, Conflict const& conflict)
{
    if (conflict.part) return schema::short_label(*conflict.field->rows, *conflict.part, view.locale);
    return schema::short_label(*view.page.kind.schema, *conflict.field, view.locale);
}

struct Option {
    std::string_view choice;
    std::string title, note, text;
    bool says_text = true;            ///< false where the title says it all
};

void write_option(Html& out, MeetingView const& view, std::string const& path, Option const& option, bool wide)
{
    auto const chosen = view.meeting.choices.find(path);
    auto const id = "choice-" + control_id(path) + "-" + std::string{option.choice};
    out << "<label"_h;
    out.attr("class"_h, wide ? "g-opt g-opt--wide" : "g-opt").attr("for"_h, id);
    out << "><input type=\"radio\""_h;
    out.attr("id"_h, id).attr("name"_h, "_choice." + path).attr("value"_h, option.choice);
    out.flag("checked"_h, chosen != view.meeting.choices.end() && chosen->second == option.choice);
    out << "><span><strong>"_h << option.title << "</strong>"_h;
    if (!option.note.empty()) out << "<small>"_h << option.note << "</small>"_h;
    if (option.says_text) {
        out << "<span class=\"g-opt-text\">"_h;
        write_value(out, view, option.text);
        out << "</span>"_h;
    }
    out << "</span></label>"_h;
}

/// The third answer: both texts brought together when they can be, else mine, to be written on.
void write_edit(Html& out, MeetingView const& view, Conflict const& conflict)
{
    auto const path = conflict.path();
    auto const& field = conflict.part ? *conflict.part : *conflict.field;
    Value proposed = conflict.mine;
    bool together = false;
    if (field.kind == schema::Kind::Text) {
        auto text = [](Value const& value) { auto const* held = std::get_if<std::string>(&value); return held ? *held : std::string{}; };
        if (auto both = schema::merge_text(text(conflict.base), text(conflict.theirs), text(conflict.mine))) {
            proposed = std::move(*both);
            together = true;
        }
    }
    if (auto const typed = view.meeting.edits.find(path); typed != view.meeting.edits.end()) proposed = typed->second;
    write_option(out, view, path, {"edit", view.locale.text(together ? "merge.both_texts" : "merge.other"), view.locale.text("merge.other_note"), "", false}, true);
    auto const id = "edit-" + control_id(path);
    auto const words = view.locale.text("merge.your_answer");
    using schema::Kind;
    bool const group = field.kind == Kind::Choices || field.kind == Kind::Terms || field.kind == Kind::Link || field.kind == Kind::Links;
    out << "<div class=\"g-opt--wide\""_h;
    out.attr("data-edit-of"_h, "choice-" + control_id(path) + "-edit");
    out << ">"_h;
    if (group) {
        out << "<fieldset><legend class=\"form-label g-small\">"_h << words << "</legend>"_h;
    } else {
        out << "<label class=\"form-label g-small\""_h;
        out.attr("for"_h, field.kind == Kind::Duration ? id + "-count" : id);
        out << ">"_h << words << "<span class=\"g-hidden\">"_h << view.locale.text("punctuation.colon") << label_of(view, conflict) << "</span></label>"_h;
    }
    write_control(out, {field, proposed, "_edit." + path, id, "", false, view.locale, &view.aids}, words);
    if (group) out << "</fieldset>"_h;
    out << "</div>"_h;
}

void begin_question(Html& out, MeetingView const& view, std::string const& path, int number, std::string const& label, std::string const& place)
{
    bool const open = view.meeting.unanswered && !view.meeting.choices.contains(path);
    out << "<fieldset class=\"g-merge\""_h;
    out.attr("id"_h, "question-" + control_id(path)).attr("tabindex"_h, "-1");
    if (open) out.attr("aria-describedby"_h, "question-" + control_id(path) + "-e");
    out << "><legend>"_h << number << ". "_h << label;
    if (!place.empty()) out << " <span class=\"g-muted g-small\">"_h << place << "</span>"_h;
    out << "</legend>"_h;
    if (!open) return;
    out << "<p class=\"g-err\""_h;
    out.attr("id"_h, "question-" + control_id(path) + "-e");
    out << ">"_h;
    web::icon(out, "alert-circle");
    out << "<span>"_h << view.locale.text("merge.choose") << "</span></p>"_h;
}

void write_before(Html& out, MeetingView const& view, std::string const& words)
{
    if (!view.meeting.base.known) return;
    out << "<p class=\"g-base\">"_h << view.locale.text("merge.before", {{"version", view.locale.number(view.meeting.base.version)}});
    out << (words.empty() ? view.locale.text("history.absent") : shorten(words, 600)) << "</p>"_h;
}

void write_question(Html& out, MeetingView const& view, Conflict const& conflict, int number)
{
    auto const& locale = view.locale;
    auto const path = conflict.path();
    auto text = [&](Value const& value) { return shown(view, *conflict.field, conflict.part, value); };
    begin_question(out, view, path, number, label_of(view, conflict), place_of(view, conflict));
    write_before(out, view, text(conflict.base));
    out << "<div class=\"g-merge-opts\">"_h;
    auto const when = locale.instant(view.meeting.theirs.at);
    if (conflict.what == Conflict::What::Changed) {
        write_option(out, view, path, {"theirs", locale.text("merge.theirs", {{"who", view.who}}), when, text(conflict.theirs)}, false);
        write_option(out, view, path, {"mine", locale.text("merge.mine"), "", text(conflict.mine)}, false);
        if (can_edit(conflict)) write_edit(out, view, conflict);
    } else if (conflict.what == Conflict::What::TheyRemoved) {
        write_option(out, view, path, {"theirs", locale.text("merge.remove_row"), locale.text("merge.they_removed", {{"who", view.who}, {"when", when}}), "", false}, false);
        write_option(out, view, path, {"mine", locale.text("merge.keep_row"), locale.text("merge.you_changed"), text(conflict.mine)}, false);
    } else {
        write_option(out, view, path, {"theirs", locale.text("merge.keep_row"), locale.text("merge.they_changed", {{"who", view.who}, {"when", when}}), text(conflict.theirs)}, false);
        write_option(out, view, path, {"mine", locale.text("merge.remove_row"), locale.text("merge.you_removed"), "", false}, false);
    }
    out << "</div></fieldset>"_h;
}

void write_reference_question(Html& out, MeetingView const& view, int number)
{
    begin_question(out, view, "reference", number, view.locale.text("field.reference"), "");
    write_before(out, view, view.meeting.base.reference);
    out << "<div class=\"g-merge-opts\">"_h;
    write_option(out, view, "reference", {"theirs", view.locale.text("merge.theirs", {{"who", view.who}}), view.locale.instant(view.meeting.theirs.at), view.meeting.theirs.reference}, false);
    write_option(out, view, "reference", {"mine", view.locale.text("merge.mine"), "", view.meeting.reference}, false);
    out << "</div></fieldset>"_h;
}

void write_change(Html& out, MeetingView const& view, Change const& change, std::string const& who)
{
    auto const& locale = view.locale;
    auto const& info = *view.page.kind.schema;
    out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">"_h << (change.part ? schema::short_label(*change.field->rows, *change.part, locale) : schema::short_label(info, *change.field, locale));
    if (change.part) out << "<br><span class=\"g-muted g-xs\">"_h << schema::short_label(info, *change.field, locale) << "</span>"_h;
    out << "</th><td role=\"cell\""_h;
    out.attr("data-label"_h, locale.text("merge.who"));
    out << "><div>"_h << who << "</div></td><td role=\"cell\""_h;
    out.attr("data-label"_h, locale.text("merge.kept"));
    out << "><div>"_h;
    switch (change.what) {
    case Change::What::RowAdded: out << locale.text("merge.row_added"); out.lines(shown(view, *change.field, nullptr, change.after)); break;
    case Change::What::RowRemoved: out << locale.text("merge.row_removed"); out.lines(shown(view, *change.field, nullptr, change.before)); break;
    case Change::What::RowMoved: out << locale.text("history.row_moved", {{"n", std::to_string(change.row_index + 1)}}); break;
    default: write_value(out, view, shown(view, *change.field, change.part, change.after));
    }
    out << "</div></td></tr>"_h;
}

/// What came together without a question.
void write_together(Html& out, MeetingView const& view)
{
    auto const& locale = view.locale;
    auto const& merged = view.meeting.merged;
    if (merged.theirs.empty() && merged.mine.empty()) return;
    out << "<h2 class=\"mt-4 mb-2\">"_h << locale.text("merge.together") << "</h2><div class=\"g-tablewrap mb-4\" tabindex=\"0\" role=\"region\""_h;
    out.attr("aria-label"_h, locale.text("merge.together"));
    out << "><table class=\"g-table g-table--cards\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\"><th role=\"columnheader\" scope=\"col\">"_h << locale.text("history.field")
        << "</th><th role=\"columnheader\" scope=\"col\">"_h << locale.text("merge.who") << "</th><th role=\"columnheader\" scope=\"col\">"_h << locale.text("merge.kept")
        << "</th></tr></thead><tbody role=\"rowgroup\">"_h;
    for (auto const& change : merged.theirs) write_change(out, view, change, view.who);
    for (auto const& change : merged.mine) write_change(out, view, change, locale.text("merge.you"));
    out << "</tbody></table></div>"_h;
}

void write_nothing_lost(Html& out, MeetingView const& view)
{
    auto const& locale = view.locale;
    auto const& meeting = view.meeting;
    auto const questions = static_cast<std::int64_t>(meeting.questions());
    out << "<section class=\"g-alert g-alert--ok\" aria-labelledby=\"safe\">"_h;
    web::icon(out, "git-merge");
    out << "<div class=\"g-alert-text\"><h2 id=\"safe\">"_h << locale.text("merge.nothing_lost") << "</h2><p>"_h;
    // French counts zero as one: "Un changement est gardé" must not be said of none.
    if (auto const mine = static_cast<std::int64_t>(meeting.merged.mine.size())) out << locale.plural("merge.yours_kept", mine) << " "_h;
    if (auto const theirs = static_cast<std::int64_t>(meeting.merged.theirs.size())) out << locale.plural("merge.theirs_kept", theirs, {{"who", view.who}}) << " "_h;
    out << (questions ? locale.plural("merge.to_choose", questions) : locale.text("merge.nothing_to_choose"));
    if (meeting.base.known && meeting.base.status != meeting.theirs.status)
        out << " "_h << locale.text("merge.status_changed", {{"from", locale.text("status." + meeting.base.status)}, {"to", locale.text("status." + meeting.theirs.status)}});
    out << "</p></div></section>"_h;
}

void write_open_questions(Html& out, MeetingView const& view)
{
    if (!view.meeting.unanswered) return;
    auto const open = view.meeting.questions() - view.meeting.choices.size();
    out << "<div class=\"g-errors\" role=\"alert\" aria-labelledby=\"err-t\" tabindex=\"-1\"><h2 id=\"err-t\">"_h << view.locale.plural("merge.open", static_cast<std::int64_t>(open)) << "</h2><ul>"_h;
    auto line = [&](std::string const& path, std::string const& label) {
        if (view.meeting.choices.contains(path)) return;
        out << "<li><a"_h;
        out.attr("href"_h, "#question-" + control_id(path));
        out << ">"_h << label << "</a></li>"_h;
    };
    for (auto const& conflict : view.meeting.merged.conflicts) line(conflict.path(), label_of(view, conflict));
    if (view.meeting.asks_reference) line("reference", view.locale.text("field.reference"));
    out << "</ul></div>"_h;
}

LinkWords all_link_words(Records const& records, schema::SchemaInfo const& info, Meeting const& meeting)
{
    LinkWords words;
    for (auto const* row : {&meeting.base.row, &meeting.theirs.row, &meeting.merged.row}) words.merge(link_words(records, info, *row));
    return words;
}

void write_questions(Html& out, MeetingView const& view)
{
    if (view.meeting.questions() == 0) return;
    out << "<h2 class=\"g-h1 mb-3 fs-2\">"_h << view.locale.text("merge.choose_title") << "</h2><input type=\"hidden\" name=\"_edits\" value=\"yes\">"_h;
    int number = 0;
    for (auto const& conflict : view.meeting.merged.conflicts) write_question(out, view, conflict, ++number);
    if (view.meeting.asks_reference) write_reference_question(out, view, ++number);
}

}  // namespace

Response write_meeting_page(FormPage& page, Meeting const& meeting, int status)
{
    auto& context = page.context;
    auto const& locale = context.locale;
    auto const records = store(page.services, context);
    auto const& info = *page.kind.schema;
    page.row = meeting.merged.row;
    page.reference = meeting.reference;
    auto const aids = form_aids(records, page.kind, page.row, page.sent, locale, context.address(""));
    MeetingView const view{page, meeting, locale, page.services.actor_name(context.where().id, meeting.theirs.actor, locale), aids, all_link_words(records, info, meeting)};
    auto const title = locale.text("merge.title", {{"who", view.who}});
    begin_form_page(page, title);
    look_for_other_draft(page);
    context.frame.refused = meeting.unanswered;

    Html out;
    web::page_head(out, context.frame, title,
                   locale.text("merge.lead", {{"reference", page.head->reference}, {"title", page.head->title}, {"base", locale.number(meeting.base.version)},
                                              {"version", locale.number(meeting.theirs.version)}, {"when", locale.instant(meeting.theirs.at)}, {"who", view.who}}), {});
    write_nothing_lost(out, view);
    write_draft_notices(out, page);
    out << "<div class=\"g-meeting\">"_h;
    open_form(out, page, meeting.theirs.version);
    out << "<input type=\"hidden\" name=\"_base\""_h;
    out.attr("value"_h, meeting.base.version);
    out << ">"_h;
    write_open_questions(out, view);
    write_questions(out, view);
    write_together(out, view);
    FormView const form{info, page.row, locale, page.errors, page.findings, local_date(context.now, locale.zone()), &aids, !page.kind.single, opens_all(page.sent)};
    out << "<details class=\"g-disclose mb-4\""_h;
    out.flag("open"_h, opens_all(page.sent));
    out << "><summary>"_h;
    web::icon(out, "chevron-right");
    out << locale.text("merge.whole_form") << "</summary>"_h;
    write_reference(out, page);
    write_sections(out, form);
    out << "</details>"_h;
    close_form(out, page, locale.text("merge.save", {{"version", locale.number(meeting.theirs.version + 1)}}));
    out << "</div>"_h;
    return Response::html(web::page(context.frame, out), status);
}

}  // namespace greffier::records::pages
