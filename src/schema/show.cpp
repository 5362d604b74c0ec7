#include "schema/show.hpp"

#include <vector>

#include "core/text.hpp"
#include "schema/kinds.hpp"

namespace greffier::schema {

namespace {

/// Words kept as data, in two languages of which the second may be missing.
std::string in_language(std::string_view french, std::string_view english, Locale const& locale)
{
    return std::string{locale.language() == Language::French || english.empty() ? french : english};
}

}  // namespace

std::string label(SchemaInfo const& info, FieldInfo const& field, Locale const& locale)
{
    if (field.custom) return in_language(field.label_fr, field.label_en, locale);
    return locale.text(info.name + "." + field.name);
}

std::optional<std::string> help(SchemaInfo const& info, FieldInfo const& field, Locale const& locale)
{
    if (!field.custom) return locale.find(info.name + "." + field.name + ".help");
    auto words = in_language(field.help_fr, field.help_en, locale);
    if (words.empty()) return std::nullopt;
    return words;
}

std::string short_label(SchemaInfo const& info, FieldInfo const& field, Locale const& locale)
{
    if (field.custom) return label(info, field, locale);
    if (auto noun = locale.find(info.name + "." + field.name + ".short")) return *noun;
    return label(info, field, locale);
}

std::string code_label(List const& list, std::string_view code, Locale const& locale)
{
    if (code.empty()) return {};
    if (auto const* entry = list.find(code); entry && entry->is_added()) return in_language(entry->label_fr, entry->label_en, locale);
    if (auto words = locale.find(std::string{list.name} + "." + std::string{code})) return *words;
    return std::string{code};
}

std::string duration_words(std::string_view iso, Locale const& locale)
{
    auto const duration = Duration::parse(iso);
    if (!duration) return std::string{iso};
    std::vector<std::string> parts;
    if (duration->years) parts.push_back(locale.plural("duration.years", duration->years));
    if (duration->months) parts.push_back(locale.plural("duration.months", duration->months));
    if (duration->weeks) parts.push_back(locale.plural("duration.weeks", duration->weeks));
    if (duration->days) parts.push_back(locale.plural("duration.days", duration->days));
    return join(parts, " " + locale.text("duration.and") + " ");
}

std::string article_words(std::string_view article, Locale const& locale)
{
    if (article.empty()) return {};
    if (article.starts_with("LIL ")) return locale.text("article.lil", {{"number", std::string{article.substr(4)}}});
    if (article.starts_with("recital ")) return locale.text("article.recital", {{"number", std::string{article.substr(8)}}});
    if (article.front() < '0' || article.front() > '9') return std::string{article};
    auto const open = article.find('(');
    Arguments arguments{{"number", std::string{article.substr(0, open)}}};
    std::vector<std::string> parts;
    for (auto at = open; at != std::string_view::npos;) {
        auto const close = article.find(')', at);
        if (close == std::string_view::npos) break;
        parts.emplace_back(article.substr(at + 1, close - at - 1));
        at = article.find('(', close);
    }
    if (parts.empty()) return locale.text("article.gdpr", arguments);
    bool const letter_only = parts[0].size() == 1 && (parts[0][0] < '0' || parts[0][0] > '9');
    if (letter_only) {
        arguments["point"] = parts[0];
        return locale.text("article.gdpr_point", arguments);
    }
    arguments["paragraph"] = parts[0];
    if (parts.size() == 1) return locale.text("article.gdpr_paragraph", arguments);
    arguments["point"] = parts[1];
    return locale.text("article.gdpr_paragraph_point", arguments);
}

namespace {

std::string show_row(SchemaInfo const& info, Row const& row, Locale const& locale)
{
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < info.fields.size() && i < row.values.size(); ++i) {
        auto const* truth = std::get_if<bool>(&row.values[i]);
        bool const tristate = info.fields[i].tristate;
        if (is_empty(row.values[i]) || (truth && !*truth && !tristate)) continue;
        if (truth && !tristate) parts.push_back(short_label(info, info.fields[i], locale));
        else parts.push_back(short_label(info, info.fields[i], locale) + locale.text("punctuation.colon") + show(info.fields[i], row.values[i], locale));
    }
    return join(parts, locale.text("punctuation.semicolon"));
}

/// A contact or an attachment reads as its values alone: their order says what they are.
std::string show_part(FieldInfo const& field, Row const& row, Locale const& locale)
{
    if (field.kind == Kind::Object) return show_row(*field.rows, row, locale);
    if (field.kind == Kind::Attachment || field.kind == Kind::Attachments) return text_of(*field.rows, row, "name");
    if (field.kind == Kind::Localised) {
        auto const& wanted = text_of(*field.rows, row, locale.code());
        return wanted.empty() ? text_of(*field.rows, row, locale.code() == "fr" ? "en" : "fr") : wanted;
    }
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < field.rows->fields.size() && i < row.values.size(); ++i)
        if (auto text = show(field.rows->fields[i], row.values[i], locale); !text.empty()) parts.push_back(std::move(text));
    return join(parts, ", ");
}

}  // namespace

std::string show(FieldInfo const& field, Value const& value, Locale const& locale)
{
    return std::visit([&](auto const& held) -> std::string {
        using T = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<T, std::monostate>) return {};
        else if constexpr (std::is_same_v<T, bool>) return locale.text(held ? "yes" : "no");
        else if constexpr (std::is_same_v<T, std::int64_t>) {
            if (field.kind == Kind::Money) return locale.money(held);
            if (field.kind == Kind::Percent) return locale.percent(static_cast<int>(held));
            return locale.number(held);
        }
        else if constexpr (std::is_same_v<T, Date>) return locale.date(held);
        else if constexpr (std::is_same_v<T, Timestamp>) return locale.instant(held);
        else if constexpr (std::is_same_v<T, std::string>) {
            if (field.list) return code_label(*field.list, held, locale);
            if (field.kind == Kind::Country) return locale.country(held);
            if (field.kind == Kind::Duration) return duration_words(held, locale);
            return held;
        }
        else if constexpr (std::is_same_v<T, Texts>) {
            std::vector<std::string> labels;
            for (auto const& text : held) labels.push_back(field.list ? code_label(*field.list, text, locale) : text);
            return join(labels, ", ");
        }
        else {
            std::vector<std::string> parts;
            for (auto const& row : held)
                parts.push_back(field.kind == Kind::Rows ? show_row(*field.rows, row, locale) : show_part(field, row, locale));
            return join(parts, "\n");
        }
    }, value);
}

std::string row_title(SchemaInfo const& info, Row const& row, Locale const& locale)
{
    for (std::size_t i = 0; i < info.fields.size() && i < row.values.size(); ++i)
        if (info.fields[i].title && !is_empty(row.values[i])) return shorten(show(info.fields[i], row.values[i], locale), 120);
    for (auto kind : {Kind::Text, Kind::String, Kind::Term, Kind::Choice})
        for (std::size_t i = 0; i < info.fields.size() && i < row.values.size(); ++i)
            if (info.fields[i].kind == kind && !is_empty(row.values[i])) return shorten(show(info.fields[i], row.values[i], locale), 80);
    return locale.text(info.name + ".one");
}

}  // namespace greffier::schema
