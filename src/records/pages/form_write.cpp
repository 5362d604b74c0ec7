// The form's sections: a question, its why, its error, its control.
#include <algorithm>
#include <charconv>

#include "core/text.hpp"
#include "records/pages/controls.hpp"
#include "records/pages/form_fold.hpp"
#include "records/pages/model_marks.hpp"
#include "schema/check.hpp"
#include "schema/extend.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::records {

using namespace web::literals;
using schema::FieldInfo;
using schema::Kind;
using schema::Row;
using schema::Rows;
using schema::SchemaInfo;
using schema::Value;
using web::Html;

namespace {

/// The error of a question, or of one of the codes or lines that answer it ("tags[1]").
FieldError const* error_at(std::vector<FieldError> const& errors, std::string_view path, Kind kind)
{
    bool const codes = kind == Kind::Choices || kind == Kind::Terms || kind == Kind::Links || kind == Kind::Strings;
    auto found = std::ranges::find_if(errors, [&](FieldError const& error) {
        return error.field == path || (codes && error.field.starts_with(path) && error.field[path.size()] == '[');
    });
    return found == errors.end() ? nullptr : &*found;
}

}  // namespace

std::string anchor_of(SchemaInfo const& info, std::string_view path)
{
    std::string_view rest;
    auto const* field = schema::field_at(info, path, &rest);
    if (!field) return control_id(path);
    auto const head = path.substr(0, path.size() - rest.size());
    if (field->read_only || field->kind == Kind::Attachment || field->kind == Kind::Attachments) return "s-" + field->section;
    if (field->kind != Kind::Rows && !field->rows) return control_id(head);
    auto const part_at = path.find('.', head.size());
    if (part_at == std::string_view::npos) return control_id(path);
    return control_id(path.substr(0, path.find('[', part_at)));
}

namespace {

std::string section_of(SchemaInfo const& info, std::string_view path)
{
    auto const* field = schema::field_at(info, path);
    return field ? field->section : std::string{};
}

void write_why(Html& out, SchemaInfo const& info, FieldInfo const& field, Locale const& locale)
{
    auto const help = schema::help(info, field, locale);
    if (!help && field.article.empty()) return;
    out << "<details class=\"g-why\"><summary>"_h;
    web::icon(out, "bulb");
    out << " "_h << locale.text("form.why") << "<span class=\"g-hidden\"> "_h << schema::short_label(info, field, locale) << "</span> "_h;
    web::icon(out, "chevron-right");
    out << "</summary><div class=\"g-why-body\">"_h;
    if (help) out << "<p>"_h << *help << "</p>"_h;
    if (!field.article.empty()) out << "<p class=\"g-xs g-muted\">"_h << schema::article_words(field.article, locale) << "</p>"_h;
    out << "</div></details>"_h;
}

void write_error(Html& out, FieldError const* error, std::string const& id, Locale const& locale)
{
    if (!error) return;
    out << "<p class=\"g-err\""_h;
    out.attr("id"_h, id + "-e");
    out << ">"_h;
    web::icon(out, "alert-circle");
    out << "<span><span class=\"g-hidden\">"_h << locale.text("form.error_prefix") << "</span>"_h << locale.text("error." + error->code, error->arguments) << "</span></p>"_h;
}

bool is_group(FieldInfo const& field)
{
    switch (field.kind) {
    case Kind::Choices: case Kind::Terms: case Kind::Link: case Kind::Links: case Kind::Contact: case Kind::Localised: case Kind::Object: return true;
    case Kind::Bool: return field.tristate;
    default: return false;
    }
}

void write_shown_when(Html& out, FieldInfo const& field)
{
    if (!field.shown_when) return;
    out.attr("data-shown-when"_h, field.shown_when->field + "=" + join(field.shown_when->values, "|"));
}

void write_label_tail(Html& out, FieldInfo const& field, Locale const& locale)
{
    if (field.required) out << " <span class=\"g-req\">"_h << locale.text("form.required") << "</span>"_h;
}

void write_field(Html& out, FormView const& view, SchemaInfo const& info, FieldInfo const& field, Value const& value, std::string const& path);

void write_row_tools(Html& out, std::string const& name, std::string const& index, int number, Locale const& locale)
{
    out << "<div class=\"g-rowtools\">"_h;
    auto tool = [&](std::string_view act, std::string_view icon, char const* words, bool move) {
        out << "<button type=\"submit\" formnovalidate"_h;
        out.attr("class"_h, move ? "g-iconbtn g-iconbtn--move" : "g-iconbtn").attr("name"_h, "_" + std::string{act} + "." + name + "." + index);
        out.attr("data-row-label"_h, locale.text(words, {{"n", "{n}"}})).attr("aria-label"_h, locale.text(words, {{"n", std::to_string(number)}}));
        out << ">"_h;
        web::icon(out, icon);
        out << "</button>"_h;
    };
    tool("up", "arrow-up", "form.row_up", true);
    tool("down", "arrow-down", "form.row_down", true);
    tool("remove", "trash", "form.row_remove", false);
    out << "</div>"_h;
}

/// Wide parts take the row's whole width; short ones share it.
std::string_view width_of(FieldInfo const& field)
{
    switch (field.kind) {
    case Kind::Text: return "g-span";
    case Kind::String: return field.max_length > 250 ? "g-w3" : "g-w2";
    case Kind::Email: return "g-w2";
    case Kind::Choice: return "g-w2";   // a quarter of a row cuts most labels of the law
    default: return "";
    }
}

/// One part of an owned row or of an object. Several boxes under one question are a fieldset: a label names one control.
void write_part(Html& out, FormView const& view, FieldInfo const& field, std::size_t number, Value const& value, std::string const& path_of_row,
                std::string const& name_of_row, std::string const& row_id)
{
    auto const& part = field.rows->fields[number];
    auto const path = path_of_row + "." + part.name;
    auto const id = control_id(path);
    auto const* error = error_at(view.errors, path, part.kind);
    auto const words = schema::label(*field.rows, part, view.locale);
    bool const box = part.kind == Kind::Bool && !part.tristate;
    bool const group = is_group(part);
    if (group) out << "<fieldset"_h;
    else out << "<div"_h;
    if (auto const width = part.kind == Kind::Bool ? std::string_view{"g-w2"} : width_of(part); !width.empty()) out.attr("class"_h, width);
    write_shown_when(out, part);
    if (group) out.attr("id"_h, id).attr("tabindex"_h, "-1");
    if (group && error) out.attr("aria-describedby"_h, id + "-e");
    out << ">"_h;
    if (group) {
        out << "<legend class=\"form-label\">"_h << words;
        write_label_tail(out, part, view.locale);
        out << "</legend>"_h;
    } else if (!box) {
        out << "<label class=\"form-label\""_h;
        out.attr("for"_h, part.kind == Kind::Duration ? id + "-count" : id);
        out << ">"_h << words;
        write_label_tail(out, part, view.locale);
        out << "</label>"_h;
    }
    if (!box) write_error(out, error, id, view.locale);
    write_control(out, {part, value, name_of_row + "." + part.name, id, error ? id + "-e" : "", error != nullptr, view.locale, view.aids}, words);
    if (box) write_error(out, error, id, view.locale);
    for (auto const& finding : view.findings)
        if (finding.place.field == field.name && finding.place.row == row_id && !row_id.empty() && finding.place.part == part.name)
            write_finding(out, finding, view.locale, "", true);
    if (group) out << "</fieldset>"_h;
    else out << "</div>"_h;
}

void write_row(Html& out, FormView const& view, FieldInfo const& field, Row const& row, std::string const& index, int number)
{
    auto const base = field.name + "[" + index + "]";
    auto const* row_error = error_at(view.errors, base, Kind::Rows);
    bool const has_error = std::ranges::any_of(view.errors, [&](auto const& error) { return error.field.starts_with(base + ".") || error.field == base; });
    out << "<fieldset data-row=\""_h << index << "\""_h;
    out.attr("class"_h, has_error ? "g-row g-row--err" : "g-row").attr("id"_h, control_id(base));
    out << "><legend><span><span data-row-number>"_h << number << "</span>. </span>"_h;
    out << (row.values.empty() || index == "__n__" ? view.locale.text(field.rows->name + ".one") : schema::row_title(*field.rows, row, view.locale)) << "</legend>"_h;
    out << "<input type=\"hidden\""_h;
    out.attr("name"_h, field.name + "." + index + ".id").attr("value"_h, row.id);
    out << ">"_h;
    write_error(out, row_error, control_id(base), view.locale);
    for (std::size_t i = 0; i < field.rows->fields.size(); ++i) {
        static Value const absent;
        write_part(out, view, field, i, i < row.values.size() ? row.values[i] : absent, base, field.name + "." + index, row.id);
    }
    write_row_tools(out, field.name, index, number, view.locale);
    out << "</fieldset>"_h;
}

void write_rows(Html& out, FormView const& view, FieldInfo const& field, Value const& value)
{
    out << "<div class=\"g-rows\""_h;
    out.attr("data-rows"_h, field.name).attr("data-max"_h, static_cast<std::int64_t>(schema::max_rows));
    out << ">"_h;
    auto const* rows = std::get_if<Rows>(&value);
    if (rows)
        for (std::size_t i = 0; i < rows->size(); ++i) write_row(out, view, field, (*rows)[i], std::to_string(i), static_cast<int>(i) + 1);
    out << "<template data-row-template>"_h;
    write_row(out, view, field, Row{}, "__n__", 1);
    out << "</template><div class=\"g-rows-foot\"><button class=\"btn btn-outline btn-sm\" type=\"submit\" formnovalidate"_h;
    out.attr("name"_h, "_add." + field.name);
    out << ">"_h;
    web::icon(out, "plus");
    out << " "_h << view.locale.text(field.rows->name + ".add") << "</button></div></div>"_h;
}

void write_parts(Html& out, FormView const& view, FieldInfo const& field, Value const& value, std::string const& path)
{
    auto const* rows = std::get_if<Rows>(&value);
    static Row const none;
    auto const& row = rows && !rows->empty() ? rows->front() : none;
    // A contact nobody has named yet stays folded: nine questions each would hide the others.
    bool const folded = field.kind == Kind::Contact && !field.mandatory && schema::is_empty(value) &&
                        std::ranges::none_of(view.errors, [&](auto const& error) { return error.field.starts_with(path + "."); });
    if (field.kind == Kind::Contact) {
        out << "<details class=\"g-disclose\""_h;
        out.flag("open"_h, !folded);
        out << "><summary>"_h;
        web::icon(out, "chevron-right");
        out << view.locale.text("form.contact_details") << "<span class=\"g-hidden\">"_h << view.locale.text("punctuation.colon") << schema::short_label(view.info, field, view.locale) << "</span></summary>"_h;
    }
    out << "<div class=\"g-rows\"><div class=\"g-row\">"_h;
    for (std::size_t i = 0; i < field.rows->fields.size(); ++i) {
        static Value const absent;
        write_part(out, view, field, i, i < row.values.size() ? row.values[i] : absent, path, path, "");
    }
    out << "</div></div>"_h;
    if (field.kind == Kind::Contact) out << "</details>"_h;
}

void write_field(Html& out, FormView const& view, SchemaInfo const& info, FieldInfo const& field, Value const& value, std::string const& path)
{
    auto const id = control_id(path);
    auto const* error = error_at(view.errors, path, field.kind);
    auto const words = schema::label(info, field, view.locale);
    bool const owned = field.kind == Kind::Rows;
    bool const box = field.kind == Kind::Bool && !field.tristate;
    bool const group = is_group(field);
    std::string described = error ? id + "-e" : "";

    if (group) out << "<fieldset"_h;
    else out << "<div"_h;
    std::string classes = "g-field";
    if (error) classes += " g-field--err";
    if (owned || field.kind == Kind::Contact || field.kind == Kind::Object) classes += " g-field--wide";
    out.attr("class"_h, classes);
    write_shown_when(out, field);
    if (group || owned) out.attr("id"_h, id).attr("tabindex"_h, "-1");
    if (owned) out.attr("role"_h, "group").attr("aria-labelledby"_h, id + "-t");
    if (group && !described.empty()) out.attr("aria-describedby"_h, described);
    out << ">"_h;
    if (group) {
        out << "<legend class=\"form-label\">"_h << words;
        write_label_tail(out, field, view.locale);
        out << "</legend>"_h;
    } else if (owned) {
        out << "<h3 class=\"form-label\""_h;
        out.attr("id"_h, id + "-t");
        out << ">"_h << words << "</h3>"_h;
    } else if (!box) {
        out << "<label class=\"form-label\""_h;
        out.attr("for"_h, field.kind == Kind::Duration ? id + "-count" : id);
        out << ">"_h << words;
        write_label_tail(out, field, view.locale);
        out << "</label>"_h;
    }
    if (!box) write_why(out, info, field, view.locale);
    write_to_complete(out, view, field);
    if (!box) write_error(out, error, id, view.locale);
    if (owned) write_rows(out, view, field, value);
    else if (field.kind == Kind::Contact || field.kind == Kind::Object || field.kind == Kind::Localised) write_parts(out, view, field, value, path);
    else write_control(out, {field, value, path, id, described, error != nullptr, view.locale, view.aids}, words);
    if (box) {
        write_error(out, error, id, view.locale);
        write_why(out, info, field, view.locale);
    }
    for (auto const& finding : view.findings)
        if (finding.place.field == field.name && (finding.place.row.empty() || !owned)) write_finding(out, finding, view.locale, "", true);
    if (group) out << "</fieldset>"_h;
    else out << "</div>"_h;
}

void write_question(Html& out, FormView const& view, FieldInfo const& field)
{
    static Value const absent;
    auto const index = static_cast<std::size_t>(&field - view.info.fields.data());
    write_field(out, view, view.info, field, index < view.row.values.size() ? view.row.values[index] : absent, field.name);
}

/// True when something is written in the section: what asks for nothing and holds nothing is not "complete".
bool has_answer(FormView const& view, std::string_view section)
{
    return std::ranges::any_of(view.info.fields, [&](FieldInfo const& field) { return field.section == section && is_answered(view, field); });
}

}  // namespace

void write_contents(Html& out, FormView const& view)
{
    auto const missing = schema::unanswered(view.info, view.row);
    out << "<nav class=\"g-toc\" aria-labelledby=\"toc-t\"><h2 id=\"toc-t\">"_h << view.locale.text("form.contents") << "</h2><ol>"_h;
    for (auto const& section : view.info.sections) {
        auto in_section = [&](std::string_view path) { return section_of(view.info, path) == section; };
        auto const errors = std::ranges::count_if(view.errors, [&](auto const& error) { return in_section(error.field); });
        auto const to_do = std::ranges::count_if(missing, in_section);
        bool const nothing = to_do == 0 && !has_answer(view, section);
        out << "<li><a"_h;
        out.attr("href"_h, "#s-" + section);
        out << "><span>"_h << view.locale.text(view.info.name + ".section." + section) << "</span><svg aria-hidden=\"true\""_h;
        out.attr("class"_h, errors ? "icon err" : (to_do || nothing ? "icon todo" : "icon ok"));
        out << "><use"_h;
        out.url("href"_h, web::icon_address(errors ? "alert-circle" : (to_do || nothing ? "point" : "check")));
        out << "/></svg><span class=\"g-hidden\">"_h;
        if (errors) out << view.locale.plural("form.section_errors", errors);
        else out << view.locale.text(to_do ? "form.section_to_do" : (nothing ? "form.section_empty" : "form.section_done"));
        out << "</span></a></li>"_h;
    }
    out << "</ol></nav>"_h;
}

void write_error_summary(Html& out, FormView const& view)
{
    if (view.errors.empty()) return;
    out << "<div class=\"g-errors\" role=\"alert\" aria-labelledby=\"err-t\" tabindex=\"-1\"><h2 id=\"err-t\">"_h;
    web::icon(out, "alert-circle");
    out << " "_h << view.locale.plural("form.errors_title", static_cast<std::int64_t>(view.errors.size())) << "</h2><p class=\"mb-0\">"_h
        << view.locale.text("form.nothing_lost") << "</p><ul>"_h;
    for (auto const& error : view.errors) {
        out << "<li><a"_h;
        out.attr("href"_h, "#" + anchor_of(view.info, error.field));
        out << ">"_h << path_words(view.info, error.field, view.locale) << view.locale.text("punctuation.colon")
            << view.locale.text("error." + error.code, error.arguments) << "</a></li>"_h;
    }
    out << "</ul></div>"_h;
}

void write_sections(Html& out, FormView const& view)
{
    if (view.folds) write_open_all(out, view);
    for (auto const& section : view.info.sections) {
        auto const heading = view.info.name + ".section." + section;
        out << "<section class=\"g-section\""_h;
        out.attr("id"_h, "s-" + section).attr("aria-labelledby"_h, "s-" + section + "-t");
        out << "><h2"_h;
        out.attr("id"_h, "s-" + section + "-t");
        out << ">"_h << view.locale.text(heading) << "</h2>"_h;
        if (auto const lead = view.locale.find(heading + ".lead")) out << "<p class=\"g-lead\">"_h << *lead << "</p>"_h;
        std::vector<FieldInfo const*> folded;
        for (auto const& field : view.info.fields) {
            if (field.section != section || !is_asked(field)) continue;
            if (view.folds && !is_main(view, field)) folded.push_back(&field);
            else write_question(out, view, field);
        }
        if (!folded.empty()) {
            begin_fold(out, view, section, folded);
            for (auto const* field : folded) write_question(out, view, *field);
            end_fold(out);
        }
        out << "</section>"_h;
    }
    write_country_names(out, view.locale);
    if (view.aids) write_suggestions(out, *view.aids);
}

}  // namespace greffier::records
