// Who sees one record, by the API: {"restricted": true, "reason": "…", "people": ["<id>", …]}.
#include <nlohmann/json.hpp>

#include "core/json_writer.hpp"
#include "core/text.hpp"
#include "records/access.hpp"
#include "records/api_parts.hpp"

namespace greffier::records::api {

namespace {

Response access_answer(Records const& records, Head const& head)
{
    JsonWriter out;
    out.begin_object().member("restricted", head.restricted).key("people").begin_array();
    for (auto const& one : nameable_on(records, head.id))
        if (one.named) out.begin_object().member("id", one.person.text()).member("name", one.name).end_object();
    out.end_array().end_object();
    auto answer = Response::json(std::move(out).take());
    answer.header("ETag", etag_of(head.version));
    return answer;
}

/// Members unknown or of another kind are errors, each under its name.
Result<AccessChange> change_of(Request const& request)
{
    TRY(expect_json(request));
    auto const json = is_utf8(request.body) ? nlohmann::json::parse(request.body, nullptr, false) : nlohmann::json(nlohmann::json::value_t::discarded);
    if (!json.is_object()) return Error::invalid("unreadable", {{"reason", "json"}});
    AccessChange change;
    Error problems{ErrorKind::Invalid, "invalid", {}, {}};
    for (auto const& [name, value] : json.items()) {
        auto wrong = [&] { problems.fields.push_back({name, "wrong_kind", {}}); };
        if (name == "restricted") value.is_boolean() ? void(change.restricted = value.get<bool>()) : wrong();
        else if (name == "reason") value.is_string() ? void(change.reason = value.get<std::string>()) : value.is_null() ? void() : wrong();
        else if (name == "people" && value.is_array()) {
            for (auto const& one : value) {
                auto const person = one.is_string() ? PersonId::parse(one.get<std::string>()) : std::nullopt;
                if (person) change.named.push_back(*person);
                else wrong();
            }
        } else if (name == "people") wrong();
        else problems.fields.push_back({name, "unknown_field", {{"field", shorten(name, 80)}}});
    }
    for (auto const* name : {"restricted", "people"})
        if (!json.contains(name)) problems.fields.push_back({name, "required", {}});
    if (!problems.fields.empty()) return problems;
    return change;
}

}  // namespace

Answer show_access(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const records = records_of(services, context);
    auto const stored = TRY(records.find(kind, TRY(record_id_of(request))));
    return access_answer(records, stored.head);
}

Answer put_access(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const records = records_of(services, context);
    auto const stored = TRY(records.find(kind, TRY(record_id_of(request))));
    auto change = TRY(change_of(request));
    change.id = stored.head.id;
    change.version = TRY(matched_version(request, stored.head.version));
    auto const changed = TRY(records.set_access(kind, std::move(change), by_of(context)));
    return access_answer(records, changed.head);
}

}  // namespace greffier::records::api
