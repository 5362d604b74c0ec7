#include "records/pages/link_picker.hpp"

#include <algorithm>

#include "records/pages/form_aids.hpp"
#include "web/frame.hpp"

namespace greffier::records {

using namespace web::literals;
using schema::Kind;
using web::Html;

namespace {

struct Picker {
    Control const& control;
    bool single;
    std::vector<std::string> chosen;
    int number = 0;
};

void write_choice(Html& out, Picker& picker, std::string_view value, std::string_view words, bool checked)
{
    auto const id = picker.control.id + "-" + std::to_string(picker.number++);
    out << "<li class=\"form-check\"><input class=\"form-check-input\""_h;
    out.attr("type"_h, picker.single ? "radio" : "checkbox").attr("id"_h, id).attr("name"_h, picker.control.name).attr("value"_h, value).flag("checked"_h, checked);
    out << "><label"_h;
    out.attr("for"_h, id);
    out << ">"_h << words << "</label></li>"_h;
}

bool holds(std::vector<std::string> const& ids, std::string_view id) { return std::ranges::find(ids, id) != ids.end(); }

std::vector<std::string> chosen_of(schema::Value const& value)
{
    if (auto const* one = std::get_if<std::string>(&value); one && !one->empty()) return {*one};
    if (auto const* several = std::get_if<schema::Texts>(&value)) return *several;
    return {};
}

void write_chosen(Html& out, Picker& picker)
{
    auto const& control = picker.control;
    out << "<ul class=\"g-links\" data-links-chosen>"_h;
    for (auto const& id : picker.chosen) {
        std::string words = id;
        if (control.aids) {
            auto const known = control.aids->link_words.find(id);
            words = known != control.aids->link_words.end() ? known->second : control.locale.text("form.link_unknown") + " (" + id + ")";
        }
        write_choice(out, picker, id, words, true);
    }
    if (picker.single && !control.field.required) write_choice(out, picker, "", control.locale.text("form.link_none"), picker.chosen.empty());
    out << "</ul>"_h;
}

void write_offered(Html& out, Picker& picker, LinkOffer const& offer)
{
    out << "<ul class=\"g-links\">"_h;
    for (auto const& choice : offer.choices)
        if (!holds(picker.chosen, choice.id)) write_choice(out, picker, choice.id, choice.words, false);
    out << "</ul>"_h;
}

void write_search(Html& out, Picker& picker, std::string_view words)
{
    auto const& control = picker.control;
    auto const& locale = control.locale;
    auto const found = control.aids ? control.aids->searched.find(control.name) : std::map<std::string, LinkOffer, std::less<>>::const_iterator{};
    bool const searched = control.aids && found != control.aids->searched.end();
    auto const& text = searched ? found->second.text : std::string{};
    out << "<div class=\"g-links-find\"><input class=\"form-control\" type=\"search\" autocomplete=\"off\" maxlength=\"100\""_h;
    out.attr("id"_h, control.id + "-q").attr("name"_h, control.name + ".q").attr("value"_h, text);
    out.attr("aria-label"_h, locale.text("form.find") + locale.text("punctuation.colon") + std::string{words}).attr("placeholder"_h, locale.text("form.find_hint"));
    out << "><button class=\"btn btn-outline\" type=\"submit\" formnovalidate"_h;
    out.attr("name"_h, "_find." + control.name);
    out << ">"_h;
    web::icon(out, "search");
    out << " "_h << locale.text("form.find") << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon") << words << "</span></button></div><input type=\"hidden\""_h;
    out.attr("name"_h, control.name + ".asked").attr("value"_h, text);
    out << ">"_h;
    if (!searched) return;
    if (found->second.choices.empty()) out << "<p class=\"g-muted\" role=\"status\">"_h << locale.text("form.find_none") << "</p>"_h;
    else out << "<p class=\"g-hint\">"_h << locale.text("form.find_results") << "</p>"_h;
    write_offered(out, picker, found->second);
}

}  // namespace

void write_link_picker(Html& out, Control const& control, std::string_view words)
{
    Picker picker{control, control.field.kind == Kind::Link, chosen_of(control.value)};
    out << "<div class=\"g-linkpick\""_h;
    LinkOffer const* few = nullptr;
    if (control.aids) {
        auto const found = control.aids->few.find(control.field.link_register);
        if (found != control.aids->few.end()) few = &found->second;
        if (!few && !control.field.link_register.empty())
            out.attr("data-links"_h, control.aids->organisation_address + "/" + control.field.link_register + "/lookup").attr("data-name"_h, control.name).flag("data-single"_h, picker.single);
    }
    out << ">"_h;
    write_chosen(out, picker);
    if (few) write_offered(out, picker, *few);
    else write_search(out, picker, words);
    out << "</div>"_h;
}

}  // namespace greffier::records
