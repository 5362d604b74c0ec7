// Custom fields by the API: what an organisation asks beside the shipped questions.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/text.hpp"
#include "records/api_parts.hpp"
#include "records/custom_fields.hpp"
#include "records/reword.hpp"

namespace greffier::records::api {

using Json = nlohmann::json;

namespace {

CustomFields fields_of(ApiServices const& services, Context const& context) { return {services.machinery.database, services.machinery.registers, context.where().id}; }

void write_words(JsonWriter& out, std::string_view name, std::string_view french, std::string_view english)
{
    out.key(name).begin_object().member("fr", french).member("en", english).end_object();
}

void write_field(JsonWriter& out, CustomField const& field)
{
    out.member("register", std::string_view{field.register_slug}).member("code", std::string_view{field.code}).member("kind", std::string_view{field.kind});
    write_words(out, "label", field.label_fr, field.label_en);
    write_words(out, "help", field.help_fr, field.help_en);
    out.member("section", std::string_view{field.section}).key("target");
    if (field.target.empty()) out.null();
    else out.value(std::string_view{field.target});
    out.member("required", field.required).member("in_list", field.in_list).member("searchable", field.searchable).member("position", field.position);
    out.member("retired", field.retired).member("owner", code_of(field.owner)).key("options").begin_array();
    for (auto const& option : field.options) {
        out.begin_object().member("code", std::string_view{option.code});
        write_words(out, "label", option.label_fr, option.label_en);
        out.member("retired", option.retired).end_object();
    }
    out.end_array();
}

Response answer_of(CustomField const& field, int status)
{
    JsonWriter out;
    out.begin_object();
    write_field(out, field);
    out.end_object();
    return Response::json(std::move(out).take(), status);
}

/// Reads members into optionals and says every problem at once.
class Reader {
public:
    std::vector<FieldError> problems;

    void text(std::string const& at, Json const& json, std::optional<std::string>& into)
    {
        if (json.is_string()) into = json.get<std::string>();
        else wrong(at);
    }
    void truth(std::string const& at, Json const& json, std::optional<bool>& into)
    {
        if (json.is_boolean()) into = json.get<bool>();
        else wrong(at);
    }
    void words(std::string const& at, Json const& json, std::optional<std::string>& french, std::optional<std::string>& english)
    {
        if (!json.is_object()) return wrong(at);
        for (auto const& [language, value] : json.items()) {
            if (language == "fr") text(at + ".fr", value, french);
            else if (language == "en") text(at + ".en", value, english);
            else unknown(at + "." + language);
        }
    }
    void options(Json const& json, std::optional<std::vector<CustomOption>>& into)
    {
        if (!json.is_array()) return wrong("options");
        into.emplace();
        for (std::size_t i = 0; i < json.size() && i < 200; ++i) {
            auto const at = "options[" + std::to_string(i) + "]";
            if (!json[i].is_object()) { wrong(at); continue; }
            std::optional<std::string> code, french, english;
            std::optional<bool> retired;
            for (auto const& [name, value] : json[i].items()) {
                if (name == "code") text(at + ".code", value, code);
                else if (name == "label") words(at + ".label", value, french, english);
                else if (name == "retired") truth(at + ".retired", value, retired);
                else unknown(at + "." + name);
            }
            into->push_back({code.value_or(""), french.value_or(""), english.value_or(""), retired.value_or(false)});
        }
    }
    void wrong(std::string at) { problems.push_back({shorten(at, 80), "wrong_kind", {}}); }
    void unknown(std::string at) { at = shorten(at, 80); problems.push_back({at, "unknown_field", {{"field", at}}}); }
};

struct SentField {
    std::optional<std::string> code, kind, target;
    CustomFieldEdit edit;
};

Result<SentField> read_field(Request const& request, bool patch)
{
    TRY(expect_json(request, patch));
    auto const json = is_utf8(request.body) ? Json::parse(request.body, nullptr, false) : Json(Json::value_t::discarded);
    if (!json.is_object()) return Error::invalid("unreadable", {{"reason", "json"}});
    SentField sent;
    Reader read;
    auto& edit = sent.edit;
    for (auto const& [name, value] : json.items()) {
        if (name == "label") read.words(name, value, edit.label_fr, edit.label_en);
        else if (name == "help") read.words(name, value, edit.help_fr, edit.help_en);
        else if (name == "section") read.text(name, value, edit.section);
        else if (name == "required") read.truth(name, value, edit.required);
        else if (name == "in_list") read.truth(name, value, edit.in_list);
        else if (name == "searchable") read.truth(name, value, edit.searchable);
        else if (name == "options") read.options(value, edit.options);
        else if (name == "retired" && patch) read.truth(name, value, edit.retired);
        else if (name == "position" && patch) {
            if (value.is_number_integer() && value.get<std::int64_t>() >= 0 && value.get<std::int64_t>() < 1000) edit.position = value.get<int>();
            else read.wrong(name);
        }
        else if (name == "code" && !patch) read.text(name, value, sent.code);
        else if (name == "kind" && !patch) read.text(name, value, sent.kind);
        else if (name == "target" && !patch) {
            if (!value.is_null()) read.text(name, value, sent.target);
        }
        else read.unknown(name);
    }
    if (!read.problems.empty()) return Error{ErrorKind::Invalid, "invalid", {}, std::move(read.problems)};
    return sent;
}

}  // namespace

Answer list_fields(ApiServices const& services, Context& context, Request const& request)
{
    auto const wanted = request.query.get("register");
    if (!wanted.empty() && !services.machinery.registers.find(wanted)) return field_error("register", "unknown_choice", {{"value", shorten(wanted, 60)}});
    auto const fields = fields_of(services, context).offered(wanted);
    return paged(request, fields.size(), [&](JsonWriter& out, std::size_t i) { write_field(out, fields[i]); });
}

Answer add_field(ApiServices const& services, Context& context, Request const& request)
{
    auto sent = TRY(read_field(request, false));
    auto& edit = sent.edit;
    CustomField field;
    field.register_slug = request.param("register");
    field.code = sent.code.value_or("");
    field.kind = sent.kind.value_or("string");
    field.target = sent.target.value_or("");
    field.label_fr = edit.label_fr.value_or("");
    field.label_en = edit.label_en.value_or("");
    field.help_fr = edit.help_fr.value_or("");
    field.help_en = edit.help_en.value_or("");
    field.section = edit.section.value_or("");
    field.required = edit.required.value_or(false);
    field.in_list = edit.in_list.value_or(false);
    field.searchable = edit.searchable.value_or(false);
    field.options = edit.options.value_or(std::vector<CustomOption>{});
    return answer_of(TRY(in_api_words(fields_of(services, context).add(std::move(field)))), 201);
}

Answer patch_field(ApiServices const& services, Context& context, Request const& request)
{
    auto sent = TRY(read_field(request, true));
    auto const store = fields_of(services, context);
    std::optional<CustomField> before;
    for (auto& field : store.offered(request.param("register")))
        if (field.code == request.param("code")) before = std::move(field);
    auto const after = TRY(in_api_words(store.change(request.param("register"), request.param("code"), std::move(sent.edit))));
    if (before) reword_options(services.machinery, context.where().id, *before, after, context.now);
    return answer_of(after, 200);
}

}  // namespace greffier::records::api
