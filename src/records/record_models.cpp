#include "records/record_models.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "core/embedded.hpp"
#include "core/text.hpp"
#include "schema/check.hpp"
#include "schema/json.hpp"

namespace greffier::records {

namespace {

using Json = nlohmann::ordered_json;

[[noreturn]] void wrong(std::string_view file, std::string const& what) { throw std::logic_error("models/ready/" + std::string{file} + ": " + what); }

/// {"fr": …, "en": …}: words, of which only those of the reader's language are kept. A list of them is a text of several lines.
bool is_words(Json const& json) { return json.is_object() && json.size() == 2 && json.contains("fr") && json.contains("en"); }

std::string words_of(Json const& words, Language language)
{
    auto const& chosen = words.at(std::string{code_of(language)});
    if (chosen.is_string()) return chosen.get<std::string>();
    return join(chosen.get<std::vector<std::string>>(), "\n");
}

/// What the file says in both languages, in one.
Json in_language(Json const& json, Language language)
{
    if (is_words(json)) return words_of(json, language);
    if (!json.is_structured()) return json;
    Json out = json.is_array() ? Json::array() : Json::object();
    for (auto const& [key, part] : json.items()) {
        if (json.is_array()) out.push_back(in_language(part, language));
        else out[key] = in_language(part, language);
    }
    return out;
}

RecordModel model_of(EmbeddedFile const& file, Language language)
{
    auto const slash = file.name.find('/');
    if (slash == std::string_view::npos || !file.name.ends_with(".json")) wrong(file.name, "belongs in the folder of a register");
    auto const json = in_language(Json::parse(file.content), language);
    RecordModel model;
    model.register_slug = file.name.substr(0, slash);
    model.code = file.name.substr(slash + 1, file.name.size() - slash - 1 - std::string_view{".json"}.size());
    auto const day = parse_date(json.at("written_on").get<std::string>());
    if (!day) wrong(file.name, "written_on is no day");
    model.written_on = *day;
    model.articles = json.at("articles").get<std::vector<std::string>>();
    model.title = json.at("title").get<std::string>();
    model.summary = json.at("summary").get<std::string>();
    for (auto const& one : json.at("complete")) model.complete.push_back({one.at("field").get<std::string>(), one.at("words").get<std::string>()});
    model.answers = json.at("record").dump();
    return model;
}

std::vector<RecordModel> read_all(Language language)
{
    std::vector<RecordModel> all;
    for (auto const& file : embedded_record_models()) {
        try {
            all.push_back(model_of(file, language));
        } catch (Json::exception const& error) {
            wrong(file.name, error.what());
        }
    }
    std::ranges::sort(all, {}, [](RecordModel const& model) { return std::pair{model.register_slug, fold(model.title)}; });
    return all;
}

}  // namespace

std::vector<RecordModel> const& record_models(Language language)
{
    static auto const french = read_all(Language::French), english = read_all(Language::English);
    return language == Language::French ? french : english;
}

std::vector<RecordModel const*> models_of(std::string_view register_slug, Language language)
{
    std::vector<RecordModel const*> found;
    for (auto const& model : record_models(language))
        if (model.register_slug == register_slug) found.push_back(&model);
    return found;
}

RecordModel const* find_model(std::string_view register_slug, std::string_view code, Language language)
{
    auto const& all = record_models(language);
    auto const found = std::ranges::find_if(all, [&](RecordModel const& model) { return model.register_slug == register_slug && model.code == code; });
    return found == all.end() ? nullptr : &*found;
}

std::vector<RecordModel const*> matching(std::vector<RecordModel const*> models, std::string_view text)
{
    for (auto const& word : split(fold(squeeze(text)), ' ')) {
        if (word.empty()) continue;
        std::erase_if(models, [&](RecordModel const* model) { return fold(model->title + " " + model->summary + " " + join(model->articles, " ")).find(word) == std::string::npos; });
    }
    return models;
}

schema::Row row_of(Register const& kind, RecordModel const& model)
{
    auto const name = model.register_slug + "/" + model.code + ".json";
    auto base = kind.blank ? kind.blank() : schema::Row(*kind.schema);
    base.values.resize(kind.schema->fields.size());   // an organisation may ask questions of its own
    auto read = schema::read_json(*kind.schema, model.answers, schema::ReadMode::Merge, base);
    if (!read.ok()) wrong(name, read.error().code + (read.error().fields.empty() ? "" : " at " + read.error().fields.front().field + ": " + read.error().fields.front().code));
    if (!read->others.empty()) wrong(name, "the register has no field " + read->others.front().name);
    schema::normalise(*kind.schema, read->row, schema::NewRows::StayNameless);
    return std::move(read->row);
}

}  // namespace greffier::records
