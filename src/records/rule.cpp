#include "records/rule.hpp"

#include <array>
#include <utility>

namespace greffier::records {
namespace {
constexpr std::array<std::pair<Severity, std::string_view>, 4> codes{{
    {Severity::Blocking, "blocking"}, {Severity::Major, "major"}, {Severity::Minor, "minor"}, {Severity::Advice, "advice"},
}};
}

std::string_view code_of(Severity severity)
{
    for (auto const& [value, code] : codes)
        if (value == severity) return code;
    return {};
}

std::optional<Severity> parse_severity(std::string_view code)
{
    for (auto const& [value, known] : codes)
        if (known == code) return value;
    return std::nullopt;
}

std::string Place::text() const
{
    if (row.empty()) return part.empty() ? field : field + "." + part;
    return part.empty() ? field + "[" + row + "]" : field + "[" + row + "]." + part;
}

std::optional<Surroundings::Neighbour> Surroundings::find(std::string_view register_slug, RecordId id)
{
    std::optional<Neighbour> found;
    each(register_slug, [&](Neighbour const& one) {
        if (one.id == id) found = one;
        return !found;
    });
    return found;
}

std::vector<RecordId> Surroundings::naming(std::string_view register_slug, std::string_view field, Uuid target)
{
    std::vector<RecordId> ids;
    each_naming(register_slug, field, target, [&](Neighbour const& one) {
        ids.push_back(one.id);
        return true;
    });
    return ids;
}

Place Place::parse(std::string_view text)
{
    Place place;
    auto const dot = text.rfind('.');
    auto const head = text.substr(0, dot);
    if (dot != std::string_view::npos) place.part = text.substr(dot + 1);
    auto const open = head.find('[');
    place.field = head.substr(0, open);
    if (open != std::string_view::npos && head.ends_with(']')) place.row = head.substr(open + 1, head.size() - open - 2);
    return place;
}

}  // namespace greffier::records
