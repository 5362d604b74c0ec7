#include "registers/data_item/panel.hpp"

#include "core/text.hpp"
#include "records/link_words.hpp"
#include "records/vocabulary.hpp"
#include "registers/data_item/data_item.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::data_item {

using namespace web::literals;
using records::PanelView;
using schema::Row;
using schema::SchemaInfo;
using web::Html;

namespace {

// A register knows no other: the processing is read by the names of its fields, which are public and stable.
template <class Visit>
void each_row(SchemaInfo const& info, Row const& row, std::string_view field, Visit const& visit)
{
    if (auto const* rows = std::get_if<schema::Rows>(&schema::get(info, row, field)))
        for (auto const& one : *rows) visit(*info.find(field)->rows, one);
}

std::string shown(SchemaInfo const& info, Row const& row, std::string_view field, Locale const& locale) { return schema::show(*info.find(field), schema::get(info, row, field), locale); }

/// "Instruire la demande (mission d'intérêt public)", one a line; notes whether one rests on consent.
std::string purposes_of(SchemaInfo const& info, Row const& processing, Locale const& locale, bool& consent)
{
    std::vector<std::string> lines;
    each_row(info, processing, "purposes", [&](SchemaInfo const& part, Row const& purpose) {
        auto line = schema::text_of(part, purpose, "text");
        if (auto const basis = shown(part, purpose, "basis", locale); !basis.empty()) line += " (" + basis + ")";
        consent = consent || schema::text_of(part, purpose, "basis") == "a" || schema::text_of(part, purpose, "art9_condition") == "a";
        lines.push_back(std::move(line));
    });
    return join(lines, "\n");
}

/// Of the category the datum is of; empty when the processing does not name it.
std::vector<std::string> periods_of(SchemaInfo const& info, Row const& processing, DataItem const& item, Locale const& locale)
{
    std::vector<std::string> lines;
    each_row(info, processing, "data_categories", [&](SchemaInfo const& part, Row const& row) {
        if (!item.category || schema::text_of(part, row, "category") != item.category->code) return;
        auto line = shown(part, row, "retention_period", locale);
        if (line.empty()) line = schema::text_of(part, row, "retention_text");
        if (auto const fate = shown(part, row, "final_disposition", locale); !fate.empty()) line += (line.empty() ? "" : ", ") + fate;
        lines.push_back(line.empty() ? "–" : std::move(line));
    });
    return lines;
}

std::string recipients_of(SchemaInfo const& info, Row const& processing, records::LinkWords const& links, Locale const& locale)
{
    std::vector<std::string> lines;
    each_row(info, processing, "recipients", [&](SchemaInfo const& part, Row const& row) { lines.push_back(schema::row_title(part, row, locale)); });
    if (auto const* ids = std::get_if<schema::Texts>(&schema::get(info, processing, "processors")))
        for (auto const& id : *ids)
            if (auto const found = links.find(id); found != links.end()) lines.push_back(found->second);
    return join(lines, "\n");
}

std::string transfers_of(SchemaInfo const& info, Row const& processing, Locale const& locale)
{
    std::vector<std::string> lines;
    each_row(info, processing, "transfers", [&](SchemaInfo const& part, Row const& row) {
        auto line = schema::text_of(part, row, "recipient");
        if (auto const country = shown(part, row, "country", locale); !country.empty()) line += (line.empty() ? "" : ", ") + country;
        if (!line.empty()) lines.push_back(std::move(line));
    });
    return join(lines, "\n");
}

void write_fact(Html& out, std::string_view label, std::string const& words)
{
    if (words.empty()) return;
    out << "<div><dt>"_h << label << "</dt><dd>"_h;
    out.lines(words);
    out << "</dd></div>"_h;
}

void write_processing(Html& out, PanelView const& view, records::Records const& store, records::Register const& kind, records::Stored const& stored, DataItem const& item)
{
    auto const& locale = view.context.locale;
    auto const& info = *kind.schema;
    auto text = [&](std::string_view key) { return locale.text("data_item.panel." + std::string{key}); };
    bool consent = false;
    auto const purposes = purposes_of(info, stored.row, locale, consent);
    auto const periods = periods_of(info, stored.row, item, locale);
    out << "<section class=\"mb-3\"><h3 class=\"g-h3\"><a"_h;
    out.url("href"_h, view.context.address("/processings/" + stored.head.id.text()));
    out << "><span class=\"g-ref\">"_h << stored.head.reference << "</span> "_h << stored.head.title << "</a></h3><dl class=\"g-fields\">"_h;
    write_fact(out, text("purposes"), purposes);
    write_fact(out, text("consent"), text(consent || item.consent.value_or(false) ? "consent.yes" : "consent.no"));
    write_fact(out, text("retention"), periods.empty() && item.category ? text("not_there") : join(periods, "\n"));
    auto place = schema::text_of(info, stored.row, "hosting");
    if (auto const country = shown(info, stored.row, "hosting_country", locale); !country.empty()) place += (place.empty() ? "" : ", ") + country;
    write_fact(out, text("hosting"), place);
    write_fact(out, text("in"), schema::text_of(info, stored.row, "source_details"));
    write_fact(out, text("out"), recipients_of(info, stored.row, records::link_words(store, info, stored.row), locale));
    write_fact(out, text("outside"), transfers_of(info, stored.row, locale));
    out << "</dl></section>"_h;
}

}  // namespace

void write_panel(Html& out, PanelView const& view)
{
    auto const item = data_item_schema().unpack(view.stored.row);
    auto const* kind = view.machinery.registers.find("processings");
    if (!item.ok() || !kind || view.at) return;
    auto const& locale = view.context.locale;
    records::Records const store{view.machinery, view.context.where().id, view.context.who().sight};
    out << "<section class=\"g-panel mb-3\" aria-labelledby=\"data-panel\"><div class=\"g-panel-head\"><h2 class=\"g-h3\" id=\"data-panel\">"_h << locale.text("data_item.panel.title") << "</h2><span class=\"g-muted g-small\">"_h
        << locale.text("data_item.panel.lead") << "</span></div><div class=\"g-panel-body\">"_h;
    if (item->processings.empty()) out << "<p class=\"mb-0\">"_h << locale.text("data_item.panel.none") << "</p>"_h;
    for (auto const& id : item->processings)
        if (auto const stored = store.find(*kind, RecordId{id.uuid}); stored.ok()) write_processing(out, view, store, *kind, *stored, *item);
    out << "</div></section>"_h;
}

}  // namespace greffier::data_item
