#include "exchange/export_words.hpp"

#include "core/text.hpp"
#include "schema/show.hpp"

namespace greffier::exchange {
namespace {

using schema::Kind;

constexpr std::size_t most_titles_held = 10'000;

void add(std::vector<ExportFact>& facts, std::string label, std::vector<std::string> lines)
{
    if (!lines.empty()) facts.push_back({std::move(label), std::move(lines)});
}

std::vector<std::string> part_lines(schema::SchemaInfo const& info, schema::Row const& row, std::string_view name, Locale const& locale)
{
    auto const* field = info.find(name);
    auto const* rows = std::get_if<schema::Rows>(&schema::get(info, row, name));
    if (!field || !field->rows || !rows || rows->empty()) return {};
    return contact_lines(*field->rows, rows->front(), locale);
}

std::vector<std::string> controller_lines(schema::SchemaInfo const& info, schema::Row const& row, Locale const& locale)
{
    auto lines = contact_lines(info, row, locale);
    for (auto const* name : {"siren", "siret"})
        if (auto const& text = schema::text_of(info, row, name); !text.empty()) lines.push_back(schema::short_label(info, *info.find(name), locale) + locale.text("punctuation.colon") + text);
    return lines;
}

std::string selection_words(records::ExportJob const& job)
{
    auto const& query = job.query;
    if (!query.ids.empty()) return job.locale.plural("export.fact.chosen", static_cast<std::int64_t>(query.ids.size()));
    return job.locale.text(query.list ? "export.fact.list" : "export.fact.all");
}

} // namespace

std::vector<std::string> contact_lines(schema::SchemaInfo const& info, schema::Row const& row, Locale const& locale)
{
    auto text = [&](std::string_view name) { return info.find(name) ? schema::text_of(info, row, name) : std::string{}; };
    auto joined = [](std::vector<std::string> parts, std::string_view separator) {
        std::erase_if(parts, [](auto const& part) { return part.empty(); });
        return join(parts, separator);
    };
    std::vector<std::string> lines{joined({text("name"), text("function")}, ", "), text("company")};
    for (auto const& line : split(text("address"), '\n')) lines.push_back(line);
    auto const country = text("country");
    lines.push_back(joined({text("postcode"), text("city")}, " "));
    if (!country.empty()) lines.push_back(locale.country(country));
    for (auto const* name : {"phone", "email", "website"}) lines.push_back(text(name));
    std::erase_if(lines, [](auto const& line) { return is_blank(line); });
    return lines;
}

std::vector<ExportFact> export_facts(records::ExportJob const& job)
{
    auto const& locale = job.locale;
    std::vector<ExportFact> facts;
    add(facts, locale.text("export.fact.organisation"), {job.organisation.name});
    auto const* kind = job.records.machinery().registers.find("profile");
    auto const profile = records::profile_of(job.records, job.query.at);
    std::vector<std::string> controller, dpo;
    if (kind && profile) {
        auto const& info = *kind->schema;
        controller = controller_lines(info, *profile, locale);
        dpo = part_lines(info, *profile, "dpo", locale);
        auto const role = locale.find("export.fact.controller." + std::string{job.kind.slug});   // of its own in the processor's register
        add(facts, role ? *role : locale.text("export.fact.controller"), controller.empty() ? std::vector{locale.text("export.fact.not_said")} : controller);
        add(facts, locale.text("export.fact.representative"), part_lines(info, *profile, "legal_representative", locale));
        add(facts, locale.text("export.fact.eu_representative"), part_lines(info, *profile, "eu_representative", locale));
    }
    add(facts, locale.text("export.fact.dpo"), dpo.empty() ? std::vector{locale.text("export.fact.not_said")} : dpo);
    add(facts, locale.text("export.fact.state"), {job.query.at ? locale.instant(*job.query.at) : locale.text("export.fact.state_now", {{"instant", locale.instant(job.now)}})});
    add(facts, locale.text("export.fact.exported"), {locale.date(local_date(job.now, job.organisation.zone))});
    add(facts, locale.text("export.fact.records"), {selection_words(job)});
    if (!job.records.sight().is_everything()) add(facts, locale.text("export.fact.covers"), {locale.text("export.fact.covers_seen")});
    return facts;
}

std::string export_title(records::ExportJob const& job)
{
    return job.locale.text("export.title", {{"register", job.locale.text("register." + std::string(job.kind.slug))}, {"organisation", job.organisation.name}});
}

std::string LinkedTitles::of(schema::FieldInfo const& field, std::string const& id)
{
    if (auto const found = known_.find(id); found != known_.end()) return found->second;
    std::string words = id;
    auto const* kind = job_.records.machinery().registers.find(field.link_register);
    if (auto const parsed = RecordId::parse(id); parsed && kind) {
        auto const stored = job_.query.at ? job_.records.find_at(*kind, *parsed, *job_.query.at) : job_.records.find(*kind, *parsed);
        if (stored.ok()) words = stored->head.reference + " " + stored->head.title;
    }
    if (known_.size() < most_titles_held) known_.emplace(id, words);
    return words;
}

std::vector<std::string> value_lines(schema::FieldInfo const& field, schema::Value const& value, Locale const& locale, LinkedTitles& titles)
{
    std::vector<std::string> lines;
    if (field.kind == Kind::Link) {
        if (auto const* id = std::get_if<std::string>(&value); id && !id->empty()) lines.push_back(titles.of(field, *id));
    } else if (auto const* texts = std::get_if<schema::Texts>(&value)) {
        for (auto const& text : *texts)
            lines.push_back(field.kind == Kind::Links ? titles.of(field, text) : field.list ? schema::code_label(*field.list, text, locale) : text);
    } else if (field.kind == Kind::Contact || (field.kind == Kind::Object && field.rows->find("name"))) {
        if (auto const* rows = std::get_if<schema::Rows>(&value); rows && !rows->empty()) lines = contact_lines(*field.rows, rows->front(), locale);
    } else if (auto text = schema::show(field, value, locale); !text.empty()) {
        lines.push_back(std::move(text));
    }
    return lines;
}

std::string status_words(std::string_view status, Locale const& locale)
{
    return locale.find("status." + std::string(status)).value_or(std::string(status));
}

} // namespace greffier::exchange
