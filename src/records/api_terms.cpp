// Terms by the API: open lists with what is shipped and what was added; adding, renaming, retiring.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/text.hpp"
#include "records/api_parts.hpp"
#include "records/terms.hpp"
#include "schema/show.hpp"

namespace greffier::records::api {

namespace {

Terms terms_of(ApiServices const& services, Context const& context)
{
    return {services.machinery.database, services.machinery.registers, context.where().id};
}

void write_labels(JsonWriter& out, std::string_view french, std::string_view english)
{
    out.key("label").begin_object().member("fr", french).member("en", english).end_object();
}

void write_shipped(JsonWriter& out, schema::List const& list, schema::ListEntry const& entry)
{
    out.member("list", list.name).member("code", entry.code);
    write_labels(out, schema::code_label(list, entry.code, Locale(Language::French)), schema::code_label(list, entry.code, Locale(Language::English)));
    out.member("retired", entry.retired).member("owner", "shipped");
}

void write_added(JsonWriter& out, OfferedTerm const& term)
{
    out.member("list", std::string_view{term.list}).member("code", std::string_view{term.code});
    write_labels(out, term.label_fr, term.label_en);
    out.member("retired", term.retired).member("owner", code_of(term.owner));
}

Response answer_of(OfferedTerm const& term, int status)
{
    JsonWriter out;
    out.begin_object();
    write_added(out, term);
    out.end_object();
    return Response::json(std::move(out).take(), status);
}

/// {code, label: {fr, en}, retired}: members that are absent stay absent; others are refused.
struct SentTerm {
    std::optional<std::string> code, label_fr, label_en;
    std::optional<bool> retired;
};

Result<SentTerm> read_term(Request const& request, bool patch)
{
    TRY(expect_json(request, patch));
    auto const json = is_utf8(request.body) ? nlohmann::json::parse(request.body, nullptr, false) : nlohmann::json(nlohmann::json::value_t::discarded);
    if (!json.is_object()) return Error::invalid("unreadable", {{"reason", "json"}});
    SentTerm sent;
    Error problems{ErrorKind::Invalid, "invalid", {}, {}};
    auto wrong = [&](std::string const& field, char const* code) { problems.fields.push_back({shorten(field, 80), code, code == std::string_view{"unknown_field"} ? Arguments{{"field", shorten(field, 80)}} : Arguments{}}); };
    auto text = [&](std::string const& field, nlohmann::json const& value, std::optional<std::string>& into) {
        if (value.is_string()) into = value.get<std::string>();
        else wrong(field, "wrong_kind");
    };
    for (auto const& [name, value] : json.items()) {
        if (name == "code" && !patch) text(name, value, sent.code);
        else if (name == "retired" && patch) {
            if (value.is_boolean()) sent.retired = value.get<bool>();
            else wrong(name, "wrong_kind");
        } else if (name == "label" && value.is_object()) {
            for (auto const& [language, words] : value.items()) {
                auto const member = "label." + language;
                if (language == "fr") text(member, words, sent.label_fr);
                else if (language == "en") text(member, words, sent.label_en);
                else wrong(member, "unknown_field");
            }
        } else wrong(name, name == "label" ? "wrong_kind" : "unknown_field");
    }
    if (!problems.fields.empty()) return problems;
    return sent;
}

}  // namespace

Answer list_terms(ApiServices const& services, Context& context, Request const& request)
{
    auto const terms = terms_of(services, context);
    auto const wanted = request.query.get("list");
    if (!wanted.empty() && !terms.list(wanted)) return field_error("list", "unknown_choice", {{"value", shorten(wanted, 60)}});
    auto const added = terms.offered(wanted);
    std::vector<std::pair<schema::List const*, std::size_t>> items;   // shipped ones by index; added ones follow their list
    for (auto const* list : terms.lists()) {
        if (!wanted.empty() && list->name != wanted) continue;
        for (std::size_t i = 0; i < list->entries.size(); ++i) items.emplace_back(list, i);
        for (std::size_t i = 0; i < added.size(); ++i)
            if (added[i].list == list->name) items.emplace_back(list, list->entries.size() + i);
    }
    return paged(request, items.size(), [&](JsonWriter& out, std::size_t i) {
        auto const& [list, index] = items[i];
        if (index < list->entries.size()) write_shipped(out, *list, list->entries[index]);
        else write_added(out, added[index - list->entries.size()]);
    });
}

Answer add_term(ApiServices const& services, Context& context, Request const& request)
{
    auto const sent = TRY(read_term(request, false));
    auto const term = TRY(in_api_words(terms_of(services, context).add(request.param("list"), {sent.code.value_or(""), sent.label_fr.value_or(""), sent.label_en.value_or("")})));
    return answer_of(term, 201);
}

Answer patch_term(ApiServices const& services, Context& context, Request const& request)
{
    auto const sent = TRY(read_term(request, true));
    auto const term = TRY(in_api_words(terms_of(services, context).change(request.param("list"), request.param("code"), {sent.label_fr, sent.label_en, sent.retired})));
    if (sent.label_fr || sent.label_en) reword(services.machinery, context.where().id, term.list, term.code, context.now);
    return answer_of(term, 200);
}

}  // namespace greffier::records::api
