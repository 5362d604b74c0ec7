#include "exchange/mapping_form.hpp"

#include <algorithm>
#include <charconv>

#include "core/text.hpp"
#include "exchange/table_words.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::exchange {

using namespace web::literals;
using schema::FieldInfo;
using schema::Kind;
using web::Html;

namespace {

constexpr std::size_t most_constants = 8, blank_constants = 2;

struct Choice {
    std::string value, label;
};

void options(Html& out, std::vector<Choice> const& choices, std::string_view chosen)
{
    for (auto const& choice : choices) {
        out << "<option"_h;
        out.attr("value"_h, choice.value);
        out.flag("selected"_h, choice.value == chosen);
        out << ">"_h << choice.label << "</option>"_h;
    }
}

void select(Html& out, std::string const& name, std::string_view label, std::vector<Choice> const& choices, std::string_view chosen, bool hide_label = false)
{
    out << "<label"_h;
    out.attr("class"_h, hide_label ? "g-hidden" : "form-label");
    out.attr("for"_h, name);
    out << ">"_h << label << "</label><select class=\"form-select\""_h;
    out.attr("id"_h, name);
    out.attr("name"_h, name);
    out << ">"_h;
    options(out, choices, chosen);
    out << "</select>"_h;
}

void hidden(Html& out, std::string const& name, std::string_view value)
{
    out << "<input type=\"hidden\""_h;
    out.attr("name"_h, name);
    out.attr("value"_h, value);
    out << ">"_h;
}

/// Targets in the sections of the register's form; one with what its rows say beside joins when it is chosen or usual.
void target_options(Html& out, Locale const& locale, MappingView const& view, std::vector<TargetChoice> const& targets, std::string const& chosen)
{
    out << "<option value=\"\">"_h << locale.text("mapping.left_out") << "</option>"_h;
    bool found = chosen.empty();
    std::string section;
    bool open = false;
    for (auto const& target : targets) {
        if (target.section != section) {
            if (open) out << "</optgroup>"_h;
            section = target.section;
            open = !section.empty();
            if (open) {
                out << "<optgroup"_h;
                out.attr("label"_h, section);
                out << ">"_h;
            }
        }
        std::vector<Choice> same{{target.target, target.label}};
        for (auto const& usual : usual_targets(view.kind))
            if (usual.starts_with(target.target + "[")) same.push_back({usual, target_words(*view.kind.schema, usual, locale)});
        found = found || std::ranges::find(same, chosen, &Choice::value) != same.end();
        options(out, same, chosen);
    }
    if (open) out << "</optgroup>"_h;
    if (!found) options(out, {{chosen, target_words(*view.kind.schema, chosen, locale)}}, chosen);
}

std::vector<Choice> separators(Locale const& locale, std::string const& chosen)
{
    std::vector<Choice> all{{"", locale.text("mapping.separator.none")}, {"auto", locale.text("mapping.separator.auto")}, {",", locale.text("mapping.separator.comma")}, {"/", locale.text("mapping.separator.slash")}, {" - ", locale.text("mapping.separator.dash")}};
    if (std::ranges::find(all, chosen, &Choice::value) == all.end()) all.push_back({chosen, chosen});
    return all;
}

std::vector<Choice> codes_of(FieldInfo const& leaf, Locale const& locale)
{
    std::vector<Choice> all{{"?", locale.text(leaf.list->find("other") ? "mapping.word.other" : "mapping.word.undecided")}, {"", locale.text("mapping.word.leave_out")}};
    for (auto const& entry : leaf.list->entries)
        if (!entry.retired) all.push_back({std::string{entry.code}, schema::code_label(*leaf.list, entry.code, locale)});
    return all;
}

/// Each word of the column that is not certain, with what it is to become: the nearest choice is proposed.
void word_choices(Html& out, Locale const& locale, FieldInfo const& leaf, TableColumn const& column, LookColumn const* seen, std::string const& name)
{
    if (column.choices.empty()) return;
    auto const codes = codes_of(leaf, locale);
    std::vector<std::string> shown;
    if (seen)
        for (auto const& open : open_words(leaf, *seen, column.separator)) shown.push_back(open.words);
    for (auto const& [word, code] : column.choices)
        if (std::ranges::none_of(shown, [&](auto const& one) { return word_key(one) == word; })) shown.push_back(word);
    out << "<details class=\"g-disclose mt-2\""_h;
    out.flag("open"_h, std::ranges::any_of(column.choices, [](auto const& one) { return !one.second; }));
    out << "><summary>"_h << locale.plural("mapping.words", static_cast<std::int64_t>(shown.size())) << "</summary>"_h;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        auto const at = name + "-w" + std::to_string(i);
        auto const decided = column.choices.find(word_key(shown[i]));
        std::string chosen = "?";
        if (decided != column.choices.end() && decided->second) chosen = *decided->second;
        else if (auto const near = nearest_code(*leaf.list, shown[i])) chosen = *near;
        out << "<div class=\"g-mapword\">"_h;
        hidden(out, at + "-word", shown[i]);
        out << "<label"_h;
        out.attr("for"_h, at + "-code");
        out << ">"_h << shorten(shown[i], 120) << "</label><select class=\"form-select\""_h;
        out.attr("id"_h, at + "-code");
        out.attr("name"_h, at + "-code");
        out << ">"_h;
        options(out, codes, chosen);
        out << "</select></div>"_h;
    }
    out << "</details>"_h;
}

/// What its target makes worth asking of a column; the rest goes along unseen.
void manner(Html& out, Locale const& locale, MappingView const& view, TableColumn const& column, LookColumn const* seen, std::string const& name)
{
    auto const target = parse_target(*view.kind.schema, column.target);
    auto const* leaf = target ? target->leaf : nullptr;
    bool const several = leaf && (target->in_rows() || leaf->kind == Kind::Choices || leaf->kind == Kind::Terms || leaf->kind == Kind::Strings);
    auto field = [&](bool asked, std::string const& part, std::string const& key, std::vector<Choice> const& choices, std::string const& value) {
        if (!asked) return hidden(out, name + "-" + part, part == "separator" && value.empty() ? "auto" : value);
        out << "<div class=\"g-mapmanner\">"_h;
        select(out, name + "-" + part, locale.text(key), choices, value);
        out << "</div>"_h;
    };
    field(several, "separator", "mapping.separator", separators(locale, column.separator), column.separator);
    field(leaf && (leaf->kind == Kind::Duration || leaf->name == "retention_text"), "unit", "mapping.unit",
          {{"", locale.text("mapping.unit.said")}, {"Y", locale.text("mapping.unit.Y")}, {"M", locale.text("mapping.unit.M")}, {"W", locale.text("mapping.unit.W")}, {"D", locale.text("mapping.unit.D")}}, column.unit);
    field(leaf && leaf->kind == Kind::Date, "order", "mapping.order", {{"", locale.text("mapping.order.seen")}, {"dmy", locale.text("mapping.order.dmy")}, {"mdy", locale.text("mapping.order.mdy")}}, column.date_order);
    if (leaf && leaf->list) word_choices(out, locale, *leaf, column, seen, name);
}

std::string_view format_name(documents::TableKind kind)
{
    return kind == documents::TableKind::Csv ? "CSV" : kind == documents::TableKind::Xlsx ? "XLSX" : "ODS";
}

LookColumn const* seen_of(MappingView const& view, std::string const& heading)
{
    if (!view.look) return nullptr;
    auto const found = std::ranges::find(view.look->columns, heading, &LookColumn::heading);
    return found == view.look->columns.end() ? nullptr : &*found;
}

void column_row(Html& out, Locale const& locale, MappingView const& view, std::vector<TargetChoice> const& targets, std::size_t index)
{
    auto const& column = view.mapping.columns[index];
    auto const* seen = seen_of(view, column.heading);
    auto const name = "c" + std::to_string(index);
    bool const wrong = std::ranges::any_of(view.problems, [&](auto const& problem) { return problem.field == "columns[" + std::to_string(index) + "].target"; });
    out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><div>"_h;
    hidden(out, name + "-heading", column.heading);
    out << "<span class=\"g-title\">"_h << column.heading << "</span>"_h;
    if (seen) {
        out << "<ul class=\"g-samples\">"_h;
        for (auto const& sample : seen->samples) out << "<li>"_h << sample << "</li>"_h;
        if (seen->samples.empty()) out << "<li>"_h << locale.text("mapping.empty_column") << "</li>"_h;
        out << "</ul>"_h;
    }
    out << "</div></th><td role=\"cell\""_h;
    out.attr("data-label"_h, locale.text("mapping.target"));
    out << "><div><label class=\"g-hidden\""_h;
    out.attr("for"_h, name + "-target");
    out << ">"_h << locale.text("mapping.target_of", {{"heading", column.heading}}) << "</label><select class=\"form-select\""_h;
    out.attr("id"_h, name + "-target");
    out.attr("name"_h, name + "-target");
    if (wrong) out << " aria-invalid=\"true\""_h;
    out << ">"_h;
    target_options(out, locale, view, targets, column.target);
    out << "</select></div></td><td role=\"cell\"><div>"_h;
    manner(out, locale, view, column, seen, name);
    out << "</div></td></tr>\n"_h;
}

void constants(Html& out, Locale const& locale, MappingView const& view, std::vector<TargetChoice> const& targets)
{
    auto const count = std::min(most_constants, view.mapping.constants.size() + blank_constants);
    out << "<details class=\"g-disclose g-field\""_h;
    out.flag("open"_h, !view.mapping.constants.empty());
    out << "><summary>"_h << locale.text("mapping.constants") << "</summary><p class=\"g-hint\">"_h << locale.text("mapping.constants.help") << "</p>"_h;
    for (std::size_t i = 0; i < count; ++i) {
        TableConstant const blank;
        auto const& constant = i < view.mapping.constants.size() ? view.mapping.constants[i] : blank;
        auto const name = "k" + std::to_string(i);
        out << "<div class=\"g-mapconstant\"><div><label class=\"form-label\""_h;
        out.attr("for"_h, name + "-target");
        out << ">"_h << locale.text("mapping.target") << "</label><select class=\"form-select\""_h;
        out.attr("id"_h, name + "-target");
        out.attr("name"_h, name + "-target");
        out << ">"_h;
        target_options(out, locale, view, targets, constant.target);
        out << "</select></div><div><label class=\"form-label\""_h;
        out.attr("for"_h, name + "-value");
        out << ">"_h << locale.text("mapping.value") << "</label><input class=\"form-control\" type=\"text\" maxlength=\"500\""_h;
        out.attr("id"_h, name + "-value");
        out.attr("name"_h, name + "-value");
        out.attr("value"_h, constant.value);
        out << "></div></div>"_h;
    }
    out << "</details>"_h;
}

void key_field(Html& out, Locale const& locale, MappingView const& view)
{
    std::vector<Choice> headings{{"", locale.text("mapping.key.usual")}};
    for (auto const& column : view.mapping.columns) headings.push_back({column.heading, column.heading});
    out << "<div class=\"g-field\">"_h;
    select(out, "key", locale.text("mapping.key"), headings, view.mapping.key);
    out << "<p class=\"g-hint mt-2\">"_h << locale.text("mapping.key.help") << "</p><div class=\"form-check mt-2\"><input class=\"form-check-input\" type=\"checkbox\" id=\"group\" name=\"group\" value=\"yes\""_h;
    out.flag("checked"_h, view.mapping.group);
    out << "><label for=\"group\">"_h << locale.text("mapping.group") << "</label></div></div>"_h;
}

} // namespace

void write_reading(Html& out, Locale const& locale, MappingView const& view)
{
    auto const& look = *view.look;
    bool const csv = look.kind == documents::TableKind::Csv;
    out << "<section class=\"g-section\" aria-labelledby=\"reading-t\"><h2 id=\"reading-t\">"_h << locale.text("mapping.reading") << "</h2><p class=\"g-lead\">"_h
        << locale.text("mapping.reading.found", {{"format", std::string{format_name(look.kind)}}, {"rows", locale.number(static_cast<std::int64_t>(look.rows))}, {"columns", locale.number(static_cast<std::int64_t>(look.columns.size()))}})
        << "</p><div class=\"g-mapreading\">"_h;
    if (csv) {
        std::vector<Choice> encodings;
        for (auto const encoding : {documents::TextEncoding::Utf8, documents::TextEncoding::Windows1252, documents::TextEncoding::Iso8859_15, documents::TextEncoding::Utf16Le, documents::TextEncoding::Utf16Be})
            encodings.push_back({std::string{documents::code_of(encoding)}, locale.text("mapping.encoding." + std::string{documents::code_of(encoding)})});
        out << "<div>"_h;
        select(out, "encoding", locale.text("mapping.encoding"), encodings, view.mapping.encoding);
        out << "</div><div>"_h;
        select(out, "csv_separator", locale.text("mapping.csv_separator"), {{";", locale.text("mapping.csv_separator.semicolon")}, {",", locale.text("mapping.csv_separator.comma")}, {"\t", locale.text("mapping.csv_separator.tab")}, {"|", locale.text("mapping.csv_separator.bar")}},
               view.mapping.separator);
        out << "</div>"_h;
    } else {
        std::vector<Choice> sheets;
        for (auto const& sheet : look.sheets) sheets.push_back({sheet.name, sheet.name});
        out << "<div>"_h;
        select(out, "sheet", locale.text("mapping.sheet"), sheets, view.mapping.sheet);
        out << "</div>"_h;
    }
    std::vector<Choice> rows{{"-1", locale.text("mapping.header_row.none")}};
    for (int row = 1; row <= std::max(30, look.header_row); ++row) rows.push_back({std::to_string(row), std::to_string(row)});
    out << "<div>"_h;
    select(out, "header_row", locale.text("mapping.header_row"), rows, std::to_string(view.mapping.header_row));
    out << "</div><div class=\"g-mapagain\"><button class=\"btn btn-outline\" type=\"submit\" name=\"step\" value=\"read\" formnovalidate>"_h << locale.text("mapping.read_again") << "</button></div></div></section>"_h;
}

void write_columns(Html& out, Locale const& locale, MappingView const& view)
{
    auto const targets = targets_of(*view.kind.schema, locale);
    out << "<h2 class=\"mb-2\" id=\"columns\" tabindex=\"-1\">"_h << locale.text("mapping.columns") << "</h2><p class=\"g-hint\">"_h << locale.text("mapping.columns.help")
        << "</p><div class=\"g-tablewrap mb-4\"><table class=\"g-table g-table--cards g-maptable\" role=\"table\" aria-labelledby=\"columns\"><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    for (auto const* key : {"mapping.column", "mapping.target", "mapping.manner"}) out << "<th role=\"columnheader\" scope=\"col\">"_h << locale.text(key) << "</th>"_h;
    out << "</tr></thead><tbody role=\"rowgroup\">\n"_h;
    for (std::size_t i = 0; i < view.mapping.columns.size(); ++i) column_row(out, locale, view, targets, i);
    out << "</tbody></table></div>"_h;
    out << "<section class=\"g-section\" aria-labelledby=\"records-t\"><h2 id=\"records-t\">"_h << locale.text("mapping.records") << "</h2>"_h;
    key_field(out, locale, view);
    constants(out, locale, view, targets);
    out << "</section>"_h;
}

void write_problems(Html& out, Locale const& locale, std::vector<FieldError> const& problems)
{
    if (problems.empty()) return;
    out << "<section class=\"g-errors\" role=\"alert\" tabindex=\"-1\" aria-labelledby=\"errors-t\"><h2 id=\"errors-t\">"_h;
    web::icon(out, "alert-octagon");
    out << locale.text("mapping.to_mend") << "</h2><ul>"_h;
    for (auto const& problem : problems) {
        auto const bracket = problem.field.find('[');
        auto const digits = bracket == std::string::npos ? std::string{} : problem.field.substr(bracket + 1, problem.field.find(']') - bracket - 1);
        auto const control = digits.empty() ? problem.field == "name" ? std::string{"save_as"} : problem.field : (problem.field.starts_with("constants") ? "k" : "c") + digits + "-target";
        out << "<li><a"_h;
        out.url("href"_h, "#" + control);
        out << ">"_h << locale.text("error." + problem.code, problem.arguments) << "</a></li>"_h;
    }
    out << "</ul></section>"_h;
}

TableMapping mapping_of_form(web::Pairs const& form)
{
    TableMapping mapping;
    mapping.name = squeeze(form.get("save_as"));
    mapping.sheet = form.get("sheet");
    mapping.encoding = form.get("encoding");
    mapping.separator = form.get("csv_separator");
    mapping.key = form.get("key");
    mapping.group = form.get("group") == "yes";
    auto const row = form.get("header_row");
    std::from_chars(row.data(), row.data() + row.size(), mapping.header_row);
    std::map<std::string, std::string, std::less<>> sent;   // a page of columns is a thousand names: looked up, not searched
    for (auto const& [name, value] : form) sent.emplace(name, value);
    auto value = [&](std::string const& name) { auto const found = sent.find(name); return found == sent.end() ? std::string{} : found->second; };
    for (std::size_t i = 0; i < 512 && sent.contains("c" + std::to_string(i) + "-heading"); ++i) {
        auto const name = "c" + std::to_string(i);
        TableColumn column{value(name + "-heading"), value(name + "-target"), value(name + "-separator"), value(name + "-unit"), value(name + "-order"), {}};
        for (std::size_t w = 0; sent.contains(name + "-w" + std::to_string(w) + "-word"); ++w) {
            auto const at = name + "-w" + std::to_string(w);
            auto const code = value(at + "-code");
            column.choices[word_key(value(at + "-word"))] = code == "?" ? std::optional<std::string>{} : std::optional{code};
        }
        mapping.columns.push_back(std::move(column));
    }
    for (std::size_t i = 0; i < most_constants; ++i) {
        TableConstant constant{value("k" + std::to_string(i) + "-target"), value("k" + std::to_string(i) + "-value")};
        if (!constant.target.empty() && !is_blank(constant.value)) mapping.constants.push_back(std::move(constant));
    }
    return mapping;
}

} // namespace greffier::exchange
