#include "reception/fields.hpp"

#include <algorithm>
#include <array>
#include <fstream>

#include "core/text.hpp"
#include "records/content_type.hpp"

namespace greffier::reception {

using namespace web::literals;

namespace {

constexpr std::string_view word_name = "word", trap_name = "website";

/// What an officer's machine opens without running anything: no archive, no program, no page.
constexpr std::array<std::string_view, 12> welcome{
    "application/pdf", "image/png", "image/jpeg", "image/gif", "image/tiff", "image/webp", "text/plain", "application/rtf",
    "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};

std::string id_of(std::string_view name) { return "f-" + std::string{name}; }

void error_of(Html& out, Locale const& locale, FormState const& form, std::string_view name)
{
    auto const* error = form.error_of(name);
    if (!error) return;
    out << "<p class=\"g-err\""_h;
    out.attr("id"_h, id_of(name) + "-e");
    out << ">"_h;
    web::icon(out, "alert-circle");
    out << "<span><span class=\"g-hidden\">"_h << locale.text("frame.title_refused") << "</span>"_h << locale.text("error." + error->code, error->arguments) << "</span></p>"_h;
}

void hint_of(Html& out, Locale const& locale, std::string_view name, std::string_view hint)
{
    if (hint.empty()) return;
    out << "<p class=\"g-hint\""_h;
    out.attr("id"_h, id_of(name) + "-h");
    out << ">"_h << locale.text(hint) << "</p>"_h;
}

std::string described(FormState const& form, std::string_view name, std::string_view hint)
{
    std::string ids = hint.empty() ? "" : id_of(name) + "-h";
    if (form.error_of(name)) ids += (ids.empty() ? "" : " ") + id_of(name) + "-e";
    return ids;
}

void write_choices(Html& out, Locale const& locale, FormState const& form, Choices const& group, std::vector<Choice> const& choices, std::size_t from)
{
    auto const chosen = form.values.all(group.name);
    for (auto const& choice : choices) {
        // The first one bears the id that an error leads to.
        auto const id = from == 0 ? id_of(group.name) : id_of(group.name) + "-" + std::to_string(from);
        ++from;
        out << "<label class=\"g-choice\""_h;
        out.attr("for"_h, id);
        out << "><input class=\"form-check-input\""_h;
        out.attr("type"_h, group.several ? "checkbox" : "radio").attr("id"_h, id).attr("name"_h, group.name).attr("value"_h, choice.code);
        out.flag("checked"_h, std::ranges::find(chosen, choice.code) != chosen.end());
        out << "><span><strong>"_h << locale.text(choice.label) << "</strong>"_h;
        if (!choice.hint.empty()) out << "<span>"_h << locale.text(choice.hint) << "</span>"_h;
        out << "</span></label>"_h;
    }
}

std::string sniffed(web::UploadedFile const& file)
{
    std::ifstream stream(file.path, std::ios::binary);
    std::string head(records::sniffed_bytes, '\0');
    stream.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(stream.gcount()));
    return std::string{records::sniff_type(head)};
}

std::string checked(std::string text, FormState& form, std::string_view name, std::size_t longest, bool required)
{
    if (!is_utf8(text)) form.refuse(std::string{name}, "bad_utf8");
    else if (text.empty() && required) form.refuse(std::string{name}, "required");
    else if (length_utf8(text) > longest) form.errors.push_back({std::string{name}, "too_long", {{"max", std::to_string(longest)}}});
    return text;
}

}  // namespace

void open_form(Html& out, Visit const& visit, FormState const& form, std::string_view action)
{
    auto word = form.values.get(word_name);
    if (word.empty()) word = visit.services.words.make(visit.where().id, action, visit.context.now);
    out << "<form method=\"post\" enctype=\"multipart/form-data\" novalidate"_h;
    out.url("action"_h, visit.preview ? "#" : visit.address("/" + std::string{action}));
    out << "><input type=\"hidden\""_h;
    out.attr("name"_h, word_name).attr("value"_h, word);
    out << "><input type=\"hidden\" name=\"lang\""_h;
    out.attr("value"_h, visit.locale().code());
    // Programs fill in whatever they find.
    out << "><div class=\"g-hidden\" aria-hidden=\"true\"><label>"_h << visit.locale().text("public.trap")
        << "<input name=\"website\" tabindex=\"-1\" autocomplete=\"off\"></label></div>\n"_h;
}

void close_form(Html& out, Visit const& visit, std::string_view button, std::string_view hint)
{
    out << "<div class=\"g-field\"><button class=\"btn btn-primary btn-lg\" type=\"submit\""_h;
    out.flag("disabled"_h, visit.preview);
    out << ">"_h << visit.locale().text(button) << "</button>"_h;
    if (!hint.empty()) out << "<p class=\"g-hint mt-2\">"_h << visit.locale().text(hint) << "</p>"_h;
    out << "</div></form>\n"_h;
}

void errors_of(Html& out, Visit const& visit, FormState const& form, std::initializer_list<accounts::Named> names) { accounts::error_summary(out, visit.locale(), form, names); }

void choice_fields(Html& out, Locale const& locale, FormState const& form, Choices const& group, std::vector<Choice> const& choices)
{
    out << "<fieldset"_h;
    if (form.error_of(group.name)) out.attr("class"_h, "g-field--err");
    if (auto const ids = described(form, group.name, group.hint); !ids.empty()) out.attr("aria-describedby"_h, ids);
    out << "><legend>"_h << locale.text(group.legend) << "</legend>"_h;
    hint_of(out, locale, group.name, group.hint);
    error_of(out, locale, form, group.name);
    write_choices(out, locale, form, group, choices, 0);
    out << "</fieldset>\n"_h;
}

void folded_choices(Html& out, Locale const& locale, FormState const& form, Choices const& group, std::string_view summary, std::vector<Choice> const& choices)
{
    auto const chosen = form.values.all(group.name);
    out << "<details class=\"g-disclose\""_h;
    out.flag("open"_h, std::ranges::any_of(choices, [&](Choice const& choice) { return std::ranges::find(chosen, choice.code) != chosen.end(); }));
    out << "><summary>"_h;
    web::icon(out, "chevron-right");
    out << locale.text(summary) << "</summary><fieldset><legend class=\"g-hidden\">"_h << locale.text(summary) << "</legend>"_h;
    write_choices(out, locale, form, group, choices, 100);
    out << "</fieldset></details>\n"_h;
}

void area_field(Html& out, Locale const& locale, FormState const& form, Area const& field)
{
    out << "<div"_h;
    out.attr("class"_h, form.error_of(field.name) ? "g-field g-field--err" : "g-field");
    out << "><label class=\"form-label\""_h;
    out.attr("for"_h, id_of(field.name));
    out << ">"_h << locale.text(field.label);
    if (!field.required) out << " <span class=\"g-req\">"_h << locale.text("accounts.optional") << "</span>"_h;
    out << "</label>"_h;
    hint_of(out, locale, field.name, field.hint);
    error_of(out, locale, form, field.name);
    out << "<textarea class=\"form-control\""_h;
    out.attr("id"_h, id_of(field.name)).attr("name"_h, field.name).attr("rows"_h, std::int64_t{field.rows});
    if (field.max_length > 0) out.attr("maxlength"_h, std::int64_t{field.max_length});
    if (auto const ids = described(form, field.name, field.hint); !ids.empty()) out.attr("aria-describedby"_h, ids);
    if (form.error_of(field.name)) out.attr("aria-invalid"_h, "true");
    out.flag("required"_h, field.required);
    // The line break that a browser drops after the tag.
    out << ">\n"_h << form.values.get(field.name) << "</textarea></div>\n"_h;
}

void files_field(Html& out, Locale const& locale, FormState const& form, std::string_view hint)
{
    out << "<div"_h;
    out.attr("class"_h, form.error_of("files") ? "g-field g-field--err" : "g-field");
    out << "><label class=\"form-label\" for=\"f-files\">"_h << locale.text("public.files") << " <span class=\"g-req\">"_h << locale.text("accounts.optional")
        << "</span></label><p class=\"g-hint\" id=\"f-files-h\">"_h << locale.text(hint) << " "_h
        << locale.text("public.files.hint", {{"count", std::to_string(most_files)}, {"max", locale.bytes(largest_file)}}) << "</p>"_h;
    // A browser gives no page back the files that were chosen in it.
    if (!form.errors.empty()) out << "<p>"_h << locale.text("public.files.again") << "</p>"_h;
    error_of(out, locale, form, "files");
    out << "<input class=\"form-control\" type=\"file\" id=\"f-files\" name=\"files\" multiple"_h;
    out.attr("aria-describedby"_h, described(form, "files", hint));
    if (form.error_of("files")) out.attr("aria-invalid"_h, "true");
    out << "></div>\n"_h;
}

bool is_welcome(std::string_view type) { return std::ranges::find(welcome, type) != welcome.end(); }

FormState typed(Request const& request)
{
    FormState form;
    form.values = request.form;
    return form;
}

std::optional<std::string> word_of(Visit const& visit, FormState& form, std::string_view page)
{
    if (!is_blank(visit.request.form.get(trap_name))) {
        form.refuse("", "public_trap");
        return std::nullopt;
    }
    auto word = visit.services.words.check(visit.request.form.get(word_name), visit.where().id, page, visit.context.now);
    if (word.ok()) return std::move(*word);
    form.take(word.error());
    if (word.error().code == "form_too_fast") return std::nullopt;
    // A page that stood open since this morning: what was typed is kept, under a new word.
    web::Pairs kept;
    for (auto const& [name, value] : form.values)
        if (name != word_name) kept.add(name, value);
    form.values = std::move(kept);
    return std::nullopt;
}

std::optional<std::chrono::seconds> wait_of(Visit const& visit, FormState& form)
{
    auto const wait = visit.services.throttle.take(visit.page, visit.where().id, visit.request.remote_address, visit.context.now);
    if (wait) form.errors.push_back({"", "public_wait", {{"minutes", std::to_string((wait->count() + 59) / 60)}}});
    return wait;
}

std::vector<records::NewAttachment> files_of(Request const& request, FormState& form)
{
    std::vector<records::NewAttachment> files;
    for (auto const& file : request.files) {
        if (file.field != "files" || (file.size == 0 && file.name.empty())) continue;
        auto const name = records::clean_file_name(file.name);
        if (file.size > largest_file) form.errors.push_back({"files", "public_file_large", {{"name", name}}});
        else if (file.size == 0) form.errors.push_back({"files", "public_file_empty", {{"name", name}}});
        else if (!is_welcome(sniffed(file))) form.errors.push_back({"files", "public_file_kind", {{"name", name}}});
        else files.push_back({file.path, name});
    }
    if (files.size() > most_files) form.errors.push_back({"files", "public_file_many", {{"max", std::to_string(most_files)}}});
    return files;
}

std::string line_of(Request const& request, FormState& form, std::string_view name, std::size_t longest, bool required)
{
    auto const sent = request.form.get(name);
    return checked(is_utf8(sent) ? squeeze(sent) : sent, form, name, longest, required);
}

std::string text_of(Request const& request, FormState& form, std::string_view name, std::size_t longest, bool required)
{
    auto const sent = request.form.get(name);
    return checked(std::string{trim(sent)}, form, name, longest, required);
}

}  // namespace greffier::reception
