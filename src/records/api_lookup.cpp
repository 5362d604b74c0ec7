#include "core/text.hpp"
#include "records/api_parts.hpp"

namespace greffier::records::api {

/// The one question that can be asked of what is sealed: is it this?
Answer find_sealed(ApiServices const& services, Context& context, Request const& request)
{
    constexpr std::size_t most_found = 200, longest_value = 500;
    auto const& kind = *TRY(register_of(services, context, request));
    if (!kind.sealed) return Error::conflict("not_sealed");
    auto const texts = TRY(read_texts(request, {"field", "value"}));
    auto const said = [&](char const* name) { return texts.contains(name) ? texts.at(name) : std::string{}; };
    auto const field = said("field"), value = said("value");
    auto const* declared = kind.schema->find(std::string_view{field}.substr(0, field.find('.')));
    if (!declared || !kind.seals(*declared)) return field_error("field", "unknown_choice", {{"value", shorten(field, 60)}});
    if (is_blank(value)) return field_error("value", "required");
    if (length_utf8(value) > longest_value) return field_error("value", "too_long", {{"max", std::to_string(longest_value)}});
    auto const records = records_of(services, context);
    JsonWriter out;
    out.begin_object().key("items").begin_array();
    std::int64_t total = 0;
    auto const ids = records.find_by_sealed(kind, field, value);
    for (auto const id : ids) {
        auto const stored = records.find(kind, id);
        if (!stored.ok() || static_cast<std::size_t>(total) == most_found) continue;
        ++total;
        out.begin_object();
        write_record(out, kind, stored->head, stored->row, stored->destroyed);
        out.end_object();
    }
    out.end_array().member("page", 1).member("per_page", static_cast<std::int64_t>(most_found)).member("total", total).member("total_capped", ids.size() > most_found);
    out.null_member("next").end_object();
    return Response::json(std::move(out).take());
}

}  // namespace greffier::records::api
