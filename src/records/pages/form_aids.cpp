#include "records/pages/form_aids.hpp"

#include <algorithm>
#include <set>

#include "core/text.hpp"

namespace greffier::records {

using schema::Kind;

namespace {

constexpr std::string_view text_end = ".q", asked_end = ".asked", button_start = "_find.";

bool suggests(schema::SchemaInfo const& info, std::string_view name)
{
    return std::ranges::any_of(info.fields, [&](schema::FieldInfo const& field) { return field.suggest == name || (field.rows && suggests(*field.rows, name)); });
}

void collect_names(schema::SchemaInfo const& info, std::set<std::string>& suggested, std::set<std::string>& linked)
{
    for (auto const& field : info.fields) {
        if (!field.suggest.empty()) suggested.insert(field.suggest);
        if ((field.kind == Kind::Link || field.kind == Kind::Links) && !field.link_register.empty()) linked.insert(field.link_register);
        if (field.rows) collect_names(*field.rows, suggested, linked);
    }
}

/// One word for what differs only by case, accents or blanks: the way of writing that came first, which is the last used.
void collect_values(schema::SchemaInfo const& info, schema::Row const& row, std::string_view name, std::map<std::string, std::string>& out)
{
    for (std::size_t i = 0; i < info.fields.size() && i < row.values.size(); ++i) {
        auto const& field = info.fields[i];
        auto keep = [&](std::string const& text) {
            if (!text.empty() && out.size() < most_suggestions) out.try_emplace(sort_key(text), text);
        };
        if (field.suggest == name) {
            if (auto const* text = std::get_if<std::string>(&row.values[i])) keep(*text);
            if (auto const* texts = std::get_if<schema::Texts>(&row.values[i])) std::ranges::for_each(*texts, keep);
        } else if (auto const* rows = field.rows ? std::get_if<schema::Rows>(&row.values[i]) : nullptr) {
            for (auto const& owned : *rows) collect_values(*field.rows, owned, name, out);
        }
    }
}

/// The field a control's name leads to: "parts.0.see" -> the field see of parts.
schema::FieldInfo const* field_named(schema::SchemaInfo const& info, std::string_view name)
{
    if (auto const* field = info.find(name)) return field;
    auto const dot = name.find('.');
    if (dot == std::string_view::npos) return nullptr;
    auto const* outer = info.find(name.substr(0, dot));
    if (!outer || !outer->rows) return nullptr;
    auto rest = name.substr(dot + 1);
    if (outer->kind == Kind::Rows) {
        auto const next = rest.find('.');
        if (next == std::string_view::npos) return nullptr;
        rest = rest.substr(next + 1);
    }
    return outer->rows->find(rest);
}

}  // namespace

bool asks_for_links(web::Pairs const& form)
{
    for (auto const& [name, value] : form) {
        if (name.starts_with(button_start)) return true;
        // Enter in a search box sends the form by its first button: a search nobody has answered yet is no saving.
        if (name.ends_with(text_end) && !is_blank(value)) {
            auto const asked = form.find(name.substr(0, name.size() - text_end.size()) + std::string{asked_end});
            if (asked && *asked != value) return true;
        }
    }
    return false;
}

std::vector<std::string> suggestions_of(Records const& records, Register const& kind, std::string_view name, Locale const& locale)
{
    std::map<std::string, std::string> found;
    if (suggests(*kind.schema, name)) {
        ListQuery query;
        query.sort = "updated";
        query.descending = true;
        query.per_page = suggestion_records;
        query.with_rows = true;
        if (auto const page = records.list(kind, query); page.ok())
            for (auto const& item : page->items) collect_values(*kind.schema, *item.row, name, found);
    }
    if (auto const shipped = locale.find("suggestion." + std::string{name}))
        for (auto const& part : split(*shipped, '|'))
            if (auto const words = squeeze(part); !words.empty()) found.try_emplace(sort_key(words), words);
    std::vector<std::string> words;
    for (auto& [key, text] : found) words.push_back(std::move(text));
    return words;
}

std::vector<LinkOffer::Choice> find_links(Records const& records, Register const& target, std::string_view text, bool& more)
{
    std::vector<LinkOffer::Choice> choices;
    more = false;
    auto add = [&](Head const& head) {
        auto id = head.id.text();
        if (std::ranges::find(choices, id, &LinkOffer::Choice::id) == choices.end()) choices.push_back({std::move(id), head.reference + " " + head.title});
    };
    if (auto const exact = is_blank(text) ? std::nullopt : records.find_by_reference(target, squeeze(text))) add(exact->head);
    ListQuery query;
    query.text = std::string{text};
    query.per_page = few_links;
    auto const page = records.list(target, query);
    if (!page.ok()) return choices;
    for (auto const& item : page->items)
        if (choices.size() < static_cast<std::size_t>(few_links)) add(item.head);
    more = !page->next.empty();
    return choices;
}

FormAids form_aids(Records const& records, Register const& kind, schema::Row const& row, web::Pairs const& form, Locale const& locale, std::string organisation_address)
{
    FormAids aids;
    aids.organisation_address = std::move(organisation_address);
    std::set<std::string> suggested, linked;
    collect_names(*kind.schema, suggested, linked);
    for (auto const& name : suggested) aids.suggestions.emplace(name, suggestions_of(records, kind, name, locale));
    // Whoever writes for some services alone is offered these, and no other would be taken.
    auto const* service = kind.service_field.empty() ? nullptr : kind.schema->find(kind.service_field);
    if (auto const role = records.sight().limited_by(); role && service && !service->suggest.empty()) {
        auto& words = aids.suggestions[service->suggest];
        words.clear();
        auto const session = records.seen();
        for (auto& one : accounts::services_of(*session, *role)) words.push_back(std::move(one.name));
    }
    if (!has_links(*kind.schema)) return aids;
    aids.link_words = link_words(records, *kind.schema, row);
    auto const& registers = records.machinery().registers;
    for (auto const& slug : linked)
        if (auto const* target = registers.find(slug)) {
            bool more = false;
            LinkOffer offer{find_links(records, *target, "", more), false, ""};
            offer.complete = !more;
            if (offer.complete) aids.few.emplace(slug, std::move(offer));
        }
    for (auto const& [name, value] : form) {
        if (!name.ends_with(text_end) || is_blank(value)) continue;
        auto const control = name.substr(0, name.size() - text_end.size());
        auto const* field = field_named(*kind.schema, control);
        auto const* target = field ? registers.find(field->link_register) : nullptr;
        if (!target) continue;
        bool more = false;
        aids.searched.emplace(control, LinkOffer{find_links(records, *target, value, more), false, value});
    }
    return aids;
}

}  // namespace greffier::records
