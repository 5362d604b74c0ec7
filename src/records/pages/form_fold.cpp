#include "records/pages/form_fold.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "records/pages/model_marks.hpp"
#include "web/frame.hpp"

namespace greffier::records {

using namespace web::literals;
using schema::FieldInfo;
using schema::Kind;
using schema::Value;
using web::Html;

namespace {

constexpr std::string_view open_button = "_open";

bool is_main_by_itself(FormView const& view, FieldInfo const& field)
{
    return field.required || field.mandatory || field.in_list || field.custom || field.article.starts_with("30(") || to_complete(view.model, field.name) ||
           std::ranges::any_of(view.findings, [&](Finding const& finding) { return finding.place.field == field.name; });
}

/// What depends on a question brings it into the open, and with it all that depends on it.
bool is_main_with_dependents(FormView const& view, FieldInfo const& field)
{
    return is_main_by_itself(view, field) || std::ranges::any_of(view.info.fields, [&](FieldInfo const& other) {
        return other.shown_when && other.shown_when->field == field.name && is_asked(other) && is_main_by_itself(view, other);
    });
}

Value const& value_of(FormView const& view, FieldInfo const& field)
{
    static Value const absent;
    auto const index = static_cast<std::size_t>(view.info.index_of(field.name));
    return index < view.row.values.size() ? view.row.values[index] : absent;
}

/// A box left unticked does not, nor does the untouched contact of a form that was sent.
bool says_something(Value const& value)
{
    if (auto const* ticked = std::get_if<bool>(&value)) return *ticked;
    if (auto const* text = std::get_if<std::string>(&value)) return !is_blank(*text);
    if (auto const* texts = std::get_if<schema::Texts>(&value)) return std::ranges::any_of(*texts, [](auto const& text) { return !is_blank(text); });
    if (auto const* rows = std::get_if<schema::Rows>(&value))
        return std::ranges::any_of(*rows, [](schema::Row const& row) { return std::ranges::any_of(row.values, [](Value const& part) { return says_something(part); }); });
    return !schema::is_empty(value);
}

bool is_open(FormView const& view, std::vector<FieldInfo const*> const& fields)
{
    return view.opens_all || std::ranges::any_of(fields, [&](auto const* field) { return is_answered(view, *field) || has_error(view, *field); });
}

/// Whether the answer it depends on is given: the others are not counted, for they are not shown.
bool is_shown(FormView const& view, FieldInfo const& field)
{
    if (!field.shown_when) return true;
    auto const* asked = view.info.find(field.shown_when->field);
    if (!asked) return true;
    auto const& value = value_of(view, *asked);
    auto const* text = std::get_if<std::string>(&value);
    auto const* ticked = std::get_if<bool>(&value);
    auto const code = text ? *text : ticked ? std::string{*ticked ? "true" : "false"} : std::string{};
    return std::ranges::find(field.shown_when->values, code) != field.shown_when->values.end();
}

}  // namespace

bool is_asked(FieldInfo const& field) { return !field.read_only && !field.retired && field.kind != Kind::Attachment && field.kind != Kind::Attachments; }

bool has_error(FormView const& view, FieldInfo const& field)
{
    return std::ranges::any_of(view.errors, [&](FieldError const& error) {
        if (!error.field.starts_with(field.name)) return false;
        return error.field.size() == field.name.size() || error.field[field.name.size()] == '[' || error.field[field.name.size()] == '.';
    });
}

bool is_answered(FormView const& view, FieldInfo const& field)
{
    auto const& value = value_of(view, field);
    if (field.tristate || field.kind == Kind::Rows) return !schema::is_empty(value);
    return says_something(value);
}

bool is_main(FormView const& view, FieldInfo const& field)
{
    auto const* asked = field.shown_when ? view.info.find(field.shown_when->field) : nullptr;
    return is_main_with_dependents(view, field) || (asked && is_main_with_dependents(view, *asked));
}

void begin_fold(Html& out, FormView const& view, std::string const& section, std::vector<FieldInfo const*> const& fields)
{
    auto const shown = std::ranges::count_if(fields, [&](auto const* field) { return is_shown(view, *field); });
    out << "<details class=\"g-optional\""_h;
    out.flag("open"_h, is_open(view, fields));
    out << "><summary>"_h;
    web::icon(out, "chevron-right");
    out << view.locale.plural("form.optional", shown) << "<span class=\"g-hidden\">"_h << view.locale.text("punctuation.colon")
        << view.locale.text(view.info.name + ".section." + section) << "</span></summary>"_h;
}

void end_fold(Html& out) { out << "</details>"_h; }

void write_open_all(Html& out, FormView const& view)
{
    bool const any = std::ranges::any_of(view.info.fields, [&](FieldInfo const& field) { return is_asked(field) && !is_main(view, field); });
    if (!any) return;
    // Kept through the drawings that other buttons ask for.
    if (view.opens_all) out << "<input type=\"hidden\" name=\"_opened\" value=\"all\">"_h;
    out << "<p class=\"g-openall\">"_h << view.locale.text("form.folded_hint") << " <button class=\"g-linkbtn\" type=\"submit\" formnovalidate value=\"all\" data-open-all"_h;
    out.attr("name"_h, open_button).attr("data-shut"_h, view.locale.text("form.shut_all")).attr("data-open"_h, view.locale.text("form.open_all"));
    out << ">"_h << view.locale.text("form.open_all") << "</button></p>"_h;
}

bool asks_to_open(web::Pairs const& form) { return form.has(open_button); }
bool opens_all(web::Pairs const& form) { return form.has(open_button) || form.has("_opened"); }

}  // namespace greffier::records
